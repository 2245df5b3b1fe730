"""The stretches of a text that a search found, cut at words."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.stored import Snippet
from marsad.text.terms import term_spans

_BEFORE, _AFTER = 60, 120
_MOST = 2


def snippets(text: str, wanted: Iterable[tuple[str, ...]]) -> tuple[Snippet, ...]:
    """Up to two stretches of the text around hits of the phrases; the beginning where nothing hits."""
    wanted = tuple(wanted)
    longest = max(map(len, wanted), default=1)
    first = {phrase[-1] for phrase in wanted}
    window: list[tuple[str, int, int]] = []
    hits: list[tuple[int, int]] = []
    stop = None
    for found in term_spans(text):
        window.append(found)
        if len(window) > longest:
            del window[0]
        if found[0] in first:
            for phrase in wanted:
                if tuple(term for term, _, _ in window[-len(phrase) :]) == phrase:
                    hits.append((window[-len(phrase)][1], found[2]))
                    break
        # Enough once hits lie so far apart that they fill two stretches, and the second one is complete.
        if stop is None and hits and hits[-1][0] - hits[0][0] > _BEFORE + _AFTER:
            stop = hits[-1][0] + _AFTER
        if stop is not None and found[1] > stop:
            break
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
