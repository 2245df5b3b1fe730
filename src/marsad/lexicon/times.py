"""The rows of `data/times.yaml`, compiled: which words may begin a time, and one pattern that finds them all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from marsad.errors import DataError
from marsad.text.normalise import fold

SPACE = r"[^\S\n]+"
_NUMBERS = {
    "day": r"3[01]|[12]\d|0?[1-9]",
    "month_number": r"1[0-2]|0?[1-9]",
    "year": r"(?:1[0-9]|2[01])\d\d",
    "hijri_year": r"1[34]\d\d",
    "number": r"\d{1,3}",
}
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_PLACE = re.compile(r"\{(\w+)(?::(\w+))?\}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class Example(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with the expression in brackets; `date` is the article's."""

    text: str
    value: str
    date: str | None = None


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"arguments": "with"}):
    id: str
    value: str
    examples: tuple[Example, ...]
    counter: tuple[str, ...]
    pattern: str
    arguments: dict[str, str] = {}
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


class _Join(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    value: str
    examples: tuple[Example, ...]
    counter: tuple[str, ...]
    before: tuple[str, ...]
    between: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: dict[str, dict[str, int | str]]
    rows: tuple[_Row, ...]
    joins: tuple[_Join, ...]


@dataclass(frozen=True, slots=True)
class TimeRow:
    """A row ready for use.  `groups` maps the name of a part («day», «unit», «year_last») to its group."""

    id: str
    value: str
    arguments: dict[str, str]
    pattern: re.Pattern[str]
    groups: tuple[tuple[str, str, str], ...]
    """(part, list that gives its value or «» for a number, group name)."""
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    examples: tuple[Example, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeJoin:
    """Words before a time, or before and between two, that make one interval of them."""

    id: str
    value: str
    before: re.Pattern[str]
    between: re.Pattern[str] | None
    examples: tuple[Example, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimeLexicon:
    """All time rows.  `starts` maps a folded word to the offsets in it at which an expression may begin."""

    words: dict[str, dict[str, int | str]]
    rows: tuple[TimeRow, ...]
    joins: tuple[TimeJoin, ...]
    any_row: re.Pattern[str]
    starts: dict[str, tuple[int, ...]]
    month_name: re.Pattern[str]


@cache
def load_times() -> TimeLexicon:
    """The compiled rows.  Raises DataError naming the row when one is not valid."""
    text = files(__package__).joinpath("data/times.yaml").read_text(encoding="utf-8")
    try:
        raw: Any = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        data = msgspec.convert(raw, _File)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise DataError(f"times.yaml: {error}") from None
    words = {name: {fold(form): value for form, value in forms.items()} for name, forms in data.words.items()}
    compiler = _Compiler(words)
    rows = tuple(compiler.row(i, row) for i, row in enumerate(data.rows))
    any_row = re.compile("|".join(f"(?P<r{i}>{row.pattern.pattern})" for i, row in enumerate(rows)))
    joins = tuple(
        TimeJoin(
            id=join.id,
            value=join.value,
            before=_word_before(join.before),
            between=re.compile(r"\s*(?:" + "|".join(map(_words, join.between)) + r")\s*") if join.between else None,
            examples=join.examples,
            counter=join.counter,
        )
        for join in data.joins
    )
    return TimeLexicon(words, rows, joins, any_row, _starts(data, words), compiler.month_name)


def _words(phrase: str) -> str:
    return SPACE.join(re.escape(word) for word in fold(phrase).split())


def _word_before(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Matches the end of a text that ends with one of the phrases; group 1 is the phrase without «و»."""
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(r"(?:^|(?<!\w))[وف]?(" + "|".join(map(_words, longest)) + r")[^\S\n]*\Z")


class _Compiler:
    def __init__(self, words: dict[str, dict[str, int | str]]) -> None:
        self._words = words
        self._lists = {name: self._alternatives(forms) for name, forms in words.items()}
        month = self._lists["month"]
        self.month_name = re.compile(month)
        mark, bracketed = r"[^\S\n]*[/\\-][^\S\n]*", rf"\([^\S\n]*{month}[^\S\n]*\)"
        mate = rf"(?:{mark}(?:{month}|{bracketed})|[^\S\n]*{bracketed}|{SPACE}{month})"
        self._lists["double_month"] = f"{month}{mate}"
        self._lists["month"] = rf"(?:{month}(?:{mate})?|{bracketed}[^\S\n]*(?:{month})?)"

    @staticmethod
    def _alternatives(forms: dict[str, int | str]) -> str:
        """Longest first; «ال» also as what is left of it after «ل»."""
        patterns = []
        for form in sorted(forms, key=len, reverse=True):
            pattern = SPACE.join(re.escape(word) for word in form.split())
            patterns.append("ا?" + pattern[1:] if pattern.startswith("ال") else pattern)
        return "(?:" + "|".join(patterns) + r")(?!\w)"

    def row(self, index: int, row: _Row) -> TimeRow:
        groups: list[tuple[str, str, str]] = []

        def group(match: re.Match[str]) -> str:
            name, suffix = match[1], match[2]
            part = f"{name}_{suffix}" if suffix else name
            title = f"{part}__{index}_{len(groups)}"
            if name in _NUMBERS:
                groups.append((part, "", title))
                return rf"(?P<{title}>(?:{_NUMBERS[name]})(?!\d))"
            if name not in self._lists:
                raise DataError(f"times.yaml: row {row.id}: no list {{{name}}}")
            groups.append(("month" if name == "double_month" else part, name.replace("double_", ""), title))
            return f"(?P<{title}>{self._lists[name]})"

        body = fold(row.pattern).replace(" ?", "\x01").replace(" ", "\x02")
        body = _PLACE.sub(group, body).replace("\x01", r"[^\S\n]*").replace("\x02", SPACE)
        body = f"(?:{body})" + r"(?!\w)(?![./:-]\d)"
        if row.not_before:
            body += rf"(?!{SPACE}(?:" + "|".join(map(_words, row.not_before)) + r")(?!\w))"
        try:
            pattern = re.compile(body)
        except re.error as error:
            raise DataError(f"times.yaml: row {row.id}: {error}") from None
        return TimeRow(
            id=row.id,
            value=row.value,
            arguments=row.arguments,
            pattern=pattern,
            groups=tuple(groups),
            after=_word_before(row.after) if row.after else None,
            not_after=_word_before(row.not_after) if row.not_after else None,
            examples=row.examples,
            counter=row.counter,
        )


def _starts(data: _File, words: dict[str, dict[str, int | str]]) -> dict[str, tuple[int, ...]]:
    """Every written word at which an expression may begin, with the length of the proclitics to skip.

    More words than needed do no harm: what does not match is left.
    """
    vocabulary = {form.split()[0] for forms in words.values() for form in forms}
    for row in data.rows:
        vocabulary.update(_LETTERS.findall(fold(_PLACE.sub(" ", row.pattern))))
    vocabulary |= {"ال" + word for word in vocabulary if not word.startswith("ال")}
    starts: dict[str, set[int]] = {}
    for word in vocabulary:
        for prefix in _PREFIXES:
            starts.setdefault(prefix + word, set()).add(len(prefix))
            if prefix.endswith("ل") and word.startswith("ال"):
                starts.setdefault(prefix + word[1:], set()).add(len(prefix))
    return {form: tuple(sorted(offsets)) for form, offsets in starts.items()}
