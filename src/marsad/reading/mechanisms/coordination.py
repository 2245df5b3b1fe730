"""Coordinated effects: «لمواجهة A وتعزيز B، وتثبيت C» names three.

The labelled articles read most pairs of verbal nouns as one effect.  They part them where a comma stands between, or
where one is lowered and the next is not, so that the signs differ; once parted, what follows is parted too.
"""

from __future__ import annotations

from marsad.reading.mechanisms.borders import LONGEST, Range
from marsad.reading.mechanisms.cues import COMMAS
from marsad.reading.mechanisms.view import View


def conjuncts_of(view: View, side: Range, stop: int) -> list[Range]:
    """The side, or its conjuncts where it names several; a conjunct may follow the side before `stop`."""
    first = side[0]
    if not view.masdars[first]:
        return [side]
    out: list[Range] = []
    i, reach = first + 1, side[1] + 2
    while i < min(reach, stop):
        close = i - first < 2 and not view.lowering[first]
        if _heads(view, i) and not close and (out or (not view.tokens[i].definite and _parts(view, first, i))):
            out.append((first, i))
            first = i
            reach = max(reach, _end(view, i, stop) + 2)
        i += 1
    if not out:
        return [side]
    return [*out, (first, max(side[1], _end(view, first, stop)))]


def _heads(view: View, index: int) -> bool:
    """Whether a conjunct begins at the token: a verbal noun joined by «و»."""
    return view.joined[index] == "و" and view.masdars[index]


def _parts(view: View, first: int, index: int) -> bool:
    if view.tokens[index - 1].norm in COMMAS:
        return True
    lowered = bool(view.lowering[first]) or bool(first and view.lowering[first - 1])
    return lowered and not view.lowering[index]


def _end(view: View, start: int, stop: int) -> int:
    """End of the noun phrase with its prepositions that begins at a token."""
    tokens = view.tokens
    end = start + 1
    while end < min(stop, start + LONGEST, view.wall_after(start)):
        token = tokens[end]
        if token.pos in ("VERB", "CONJ", "PUNCT", "PART") or view.joined[end]:
            break
        end += 1
    return end
