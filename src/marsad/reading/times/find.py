"""Times: where the text names one, and which day, month or year it is.

Values are ISO 8601: a date or part of one («2024-02», «2024-W05»), or an interval «a/b»; with the extensions of
ISO 8601-2, «..» is an open end and «X» a digit that the text and the article's date leave open.
The expressions are rows of `lexicon/data/times.yaml`; this module holds the arithmetic.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from marsad.lexicon.times import TimeLexicon, TimeRow, load_times
from marsad.reading.times.anchor import Anchor, Parts
from marsad.reading.times.calendar import ABSOLUTE
from marsad.reading.times.relative import RELATIVE
from marsad.records import Span, Time
from marsad.text.document import Document
from marsad.text.normalise import CONTROLS, DIACRITICS, fold

_DROPPED = re.compile(f"[{DIACRITICS}{CONTROLS}\u0640]+")
_MARKS = re.compile(f"[{DIACRITICS}\u0640]+")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_FOLDED_LETTERS = str.maketrans(
    {chr(c): fold(chr(c)) for c in (*range(0x621, 0x6FF), *range(0x41, 0x5B)) if len(fold(chr(c))) == 1}
)
_DECIMAL = re.compile(r"\d[.,٫٬:/-]\Z")
_BEFORE = 30


_FUNCTIONS = {**ABSOLUTE, **RELATIVE}


def resolve(name: str, parts: Parts, anchor: Anchor, arguments: dict[str, str]) -> str | None:
    """The value of an expression by the function `name`; None where the parts make no time."""
    try:
        return _FUNCTIONS[name](parts, anchor, arguments)
    except (ValueError, OverflowError):
        return None


def find_times(document: Document, date: str | None = None) -> list[Time]:
    """The times of a document in the order of the text; `date` is the article's, in ISO 8601, if known."""
    return _Finder(document.text, Anchor.parse(date)).find()


class _Finder:
    def __init__(self, text: str, anchor: Anchor) -> None:
        self._text, self._anchor = text, anchor
        self._lexicon: TimeLexicon = load_times()
        self._cuts: list[int] = []
        self._shift: list[int] = []
        self._folded = self._fold(text)

    def _fold(self, text: str) -> str:
        """Folded text in which only marks are missing, so a short list of cuts leads back."""
        if _DROPPED.search(text):
            kept, at, dropped = [], 0, 0
            for match in _DROPPED.finditer(text):
                kept.append(text[at : match.start()])
                self._cuts.append(match.start() - dropped)
                dropped += match.end() - match.start()
                self._shift.append(dropped)
                at = match.end()
            kept.append(text[at:])
            text = "".join(kept)
        return text.translate(_FOLDED_LETTERS)

    def _original(self, at: int) -> int:
        index = bisect_right(self._cuts, at)
        return at + self._shift[index - 1] if index else at

    def find(self) -> list[Time]:
        found: list[tuple[int, int, str, str]] = []
        folded, starts = self._folded, self._lexicon.starts
        end = 0
        for word in _WORD.finditer(folded):
            offsets = starts.get(word[0])
            if offsets is None:
                if not word[0].isdigit() or _DECIMAL.search(folded, max(0, word.start() - 2), word.start()):
                    continue
                offsets = (0,)
            for offset in offsets:
                at = word.start() + offset
                if at >= end and (hit := self._match(at)) is not None:
                    found.append(hit)
                    end = hit[1]
                    break
        return [self._time(*hit) for hit in self._join(found)]

    def _match(self, at: int) -> tuple[int, int, str, str] | None:
        """(start, end, value, rule) of the first row that holds at `at`."""
        match = self._lexicon.any_row.match(self._folded, at)
        if match is None:
            return None
        first = int((match.lastgroup or "r0")[1:])
        for number, row in enumerate(self._lexicon.rows[first:], first):
            hit = match if number == first else row.pattern.match(self._folded, at)
            if hit is None or not self._fits(row, at):
                continue
            value = resolve(row.value, self._parts(row, hit), self._anchor, row.arguments)
            if value is not None:
                return at, hit.end(), value, row.id
        return None

    def _fits(self, row: TimeRow, at: int) -> bool:
        before = self._folded[max(0, at - _BEFORE) : at]
        if row.after and not row.after.search(before):
            return False
        return not (row.not_after and row.not_after.search(before))

    def _parts(self, row: TimeRow, match: re.Match[str]) -> Parts:
        parts: Parts = {}
        for part, words, group in row.groups:
            said = match[group]
            if said is None:
                continue
            if not words:
                parts[part] = int(said)
                continue
            value = self._value(words, said)
            if value is not None:
                parts[part] = value
        return parts

    def _value(self, words: str, said: str) -> int | str | None:
        forms = self._lexicon.words[words]
        said = " ".join(said.split())
        value = forms.get(said, forms.get("ا" + said))
        if value is not None or words != "month":
            return value
        # A month under two names («تموز/يوليو») must be one month.
        values = {forms[" ".join(name.split())] for name in self._lexicon.month_name.findall(said)}
        return values.pop() if len(values) == 1 else None

    def _join(self, found: list[tuple[int, int, str, str]]) -> list[tuple[int, int, str, str]]:
        joined: list[tuple[int, int, str, str]] = []
        i = 0
        while i < len(found):
            start, end, value, rule = found[i]
            before = self._folded[max(0, start - _BEFORE) : start]
            following = found[i + 1] if i + 1 < len(found) else None
            taken = 1
            for join in self._lexicon.joins:
                head = join.before.search(before)
                if head is None:
                    continue
                if join.between is not None:
                    if following is None or not join.between.fullmatch(self._folded, end, following[0]):
                        continue
                    end, other, taken = following[1], following[2], 2
                else:
                    other = value
                new = resolve(join.value, {"a": value, "b": other}, self._anchor, {})
                if new is None:
                    continue
                start -= len(before) - head.start(1)
                value, rule = new, join.id
                break
            joined.append((start, end, value, rule))
            i += taken
        return joined

    def _time(self, start: int, end: int, value: str, rule: str) -> Time:
        first, last = self._original(start), self._original(end - 1) + 1
        if marks := _MARKS.match(self._text, last):
            last = marks.end()
        return Time(span=Span(start=first, end=last, quote=self._text[first:last]), value=value, rule=rule)
