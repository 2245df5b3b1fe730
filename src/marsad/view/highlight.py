"""Cutting a text where marked spans begin and end, so that spans that overlap can be shown side by side.

HTML elements nest and spans do not («a|b» and «b|c» may overlap).  So the text is cut at every border, and each
piece carries the marks that cover it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple


class Mark(NamedTuple):
    """`start:end` of the text plays `part` (cue, content, cause, …) in the item `item`."""

    start: int
    end: int
    item: str
    part: str


class Piece(NamedTuple):
    """A stretch of text under the same marks, the tightest mark first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def pieces(length: int, marks: Iterable[Mark], start: int = 0, cuts: Iterable[int] = ()) -> Iterator[Piece]:
    """The pieces that make up `[start, length)`, in order and without gaps.  Empty marks are left out; `cuts` are
    further borders."""
    inside = [mark for mark in marks if max(mark.start, start) < min(mark.end, length)]
    borders = {start, length, *(cut for cut in cuts if start < cut < length)}
    opens: dict[int, list[Mark]] = {}
    for mark in inside:
        first, last = max(mark.start, start), min(mark.end, length)
        borders.update((first, last))
        opens.setdefault(first, []).append(mark)
    active: list[Mark] = []
    ordered = sorted(borders)
    for left, right in pairwise(ordered):
        active = [mark for mark in active if mark.end > left] + opens.get(left, [])
        yield Piece(left, right, tuple(sorted(active, key=lambda m: (m.end - m.start, m))))
