"""The stretches of a text that a search found, cut at words."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from marsad.store.rows import TITLE_END
from marsad.stored import Snippet
from marsad.text.terms import terms, word_places

_BEFORE, _AFTER = 60, 120
_MOST = 2
_LOOKED_AT = 20
"""Hits of one phrase that are looked at."""


def snippets(text: str, wanted: Iterable[tuple[str, ...]], words: str | None = None) -> tuple[Snippet, ...]:
    """Up to two stretches of the text around hits of the phrases; the beginning where nothing hits.

    `words` are the terms of title and text as the archive keeps them, which saves finding them anew.
    """
    hits = _hits(text, tuple(wanted), words)
    if not hits:
        return (_cut(text, 0, []),)
    out: list[Snippet] = []
    while hits and len(out) < _MOST:
        start = hits[0][0] - _BEFORE
        end = hits[0][0] + _AFTER
        inside = [hit for hit in hits if hit[1] <= end]
        out.append(_cut(text, start, inside or hits[:1]))
        hits = hits[max(len(inside), 1) :]
    return tuple(out)


def _hits(text: str, wanted: tuple[tuple[str, ...], ...], words: str | None) -> list[tuple[int, int]]:
    """Places of the first hits, in order."""
    known = terms(text) if words is None else words.rpartition(f"{TITLE_END} ")[2].split()
    ends: dict[int, int] = {}
    for phrase in wanted:
        at = -1
        for _ in range(_LOOKED_AT):
            try:
                at = known.index(phrase[0], at + 1)
            except ValueError:
                break
            if tuple(known[at : at + len(phrase)]) == phrase:
                ends[at] = max(ends.get(at, 0), at + len(phrase))
    if not ends:
        return []
    places = list(islice(word_places(text), max(ends.values())))
    hits: list[tuple[int, int]] = []
    for at, end in sorted(ends.items()):
        if end <= len(places) and (not hits or places[at][0] >= hits[-1][1]):
            hits.append((places[at][0], places[end - 1][1]))
    return hits


def _cut(text: str, start: int, hits: list[tuple[int, int]]) -> Snippet:
    end = min(len(text), max(start + _BEFORE + _AFTER, hits[-1][1] if hits else 0))
    start = max(0, start)
    line = text.rfind("\n", start, hits[0][0] if hits else start)
    if line >= 0:
        start = line + 1
    elif start > 0 and (space := text.find(" ", start, hits[0][0] if hits else end)) >= 0:
        start = space + 1
    if end < len(text):
        last = hits[-1][1] if hits else start
        line = text.find("\n", last, end)
        space = line if line >= 0 else text.rfind(" ", last, end)
        end = space if space > last else end
    return Snippet(text=text[start:end], start=start, hits=tuple((a - start, b - start) for a, b in hits))
