"""Folding: one written form for spellings that Arabic writers mix, with a map back to the original.

The rule, used everywhere (words of the text, data rows, lemmas, search terms):

* removed: short vowels and other marks (U+0610-061A, 064B-065F, 0670, 06D6-06ED), tatweel, zero-width and
  bidirectional control characters, the soft hyphen and the byte order mark;
* أ إ آ ٱ -> ا, ى ی -> ي, ة -> ه, ؤ -> و, ئ -> ي, and the Persian ک -> ك, گ ڨ -> غ, پ -> ب, چ -> ج, ڤ -> ف, ژ -> ز;
  a bare ء stays;
* Arabic-Indic and extended digits -> 0-9, Latin capitals -> small letters;
* presentation forms (U+FB50-FDFF, FE70-FEFF) -> the letters that they show (ﻻ is two letters).

>>> fold("أكَّــد المسؤولون")
'اكد المسوولون'
>>> fold("على") == fold("علي")
True
>>> folded = fold_with_map("«قالَ»")
>>> folded.text, folded.original(1, 4)
('«قال»', (1, 5))
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

DIACRITICS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Marks over and under letters, as the inside of a regular expression class."""
CONTROLS = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Zero-width and bidirectional control characters, as the inside of a regular expression class."""


def _members(spec: str) -> list[int]:
    """Code points of a character class such as `a-cx`."""
    points: list[int] = []
    at = 0
    while at < len(spec):
        if spec[at + 1 : at + 2] == "-":
            points.extend(range(ord(spec[at]), ord(spec[at + 2]) + 1))
            at += 3
        else:
            points.append(ord(spec[at]))
            at += 1
    return points


def _table() -> dict[int, str]:
    table = dict.fromkeys([*_members(DIACRITICS + CONTROLS), 0x640], "")
    letters = zip("أإآٱىیېةؤئکگڨپچڤژھہۀە", "اااايييهويكغغبجفزهههه", strict=True)
    table.update({ord(source): target for source, target in letters})
    for base in (0x660, 0x6F0):
        table.update({base + digit: str(digit) for digit in range(10)})
    for point in range(ord("A"), ord("Z") + 1):
        table[point] = chr(point + 32)
    for point in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        plain = unicodedata.normalize("NFKC", chr(point))
        if plain != chr(point):
            table[point] = plain.strip().translate(table)
    return table


_TABLE = _table()
_BARE = dict.fromkeys([*_members(DIACRITICS + CONTROLS), 0x640], "")


def fold(text: str) -> str:
    """The folded form of `text`, for matching and searching."""
    return text.translate(_TABLE)


def bare(text: str) -> str:
    """`text` without marks, tatweel and controls; letters stay as written (أ and ا differ)."""
    return text.translate(_BARE)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `starts[i]` is the offset in the original of the character that gave `text[i]`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original for `text[start:end]`, marks on the last letter included."""
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


def fold_with_map(text: str) -> Folded:
    """Fold `text` and keep, for each folded character, the span of the original that it stands for."""
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    get = _TABLE.get
    for at, char in enumerate(text):
        folded = get(ord(char), char)
        for piece in folded:
            out.append(piece)
            starts.append(at)
            ends.append(at + 1)
        if not folded and ends:
            ends[-1] = at + 1
    return Folded("".join(out), tuple(starts), tuple(ends))
