"""What counts as the same words, the same name and the same item."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable

from marsad.evaluation.reference import Place, Speaker

_TOKEN = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!؟\n]")
_MARKS = re.compile(r"[\u064b-\u0652\u0670\u0640]")
_NOT_WORD = re.compile(r"[^\w ]")
_FOLD = str.maketrans("أإآٱىةؤئ", "اااايهوي")

Pairs = list[tuple[int, int]]
"""(index of the reference item, index of the predicted item)."""


class Tokens:
    """The runs of letters and digits of a text, numbered, each in its sentence."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._sentence: list[int] = []
        number, at = 0, 0
        for match in _TOKEN.finditer(text):
            if _SENTENCE_END.search(text, at, match.start()):
                number += 1
            self._starts.append(match.start())
            self._ends.append(match.end())
            self._sentence.append(number)
            at = match.end()

    def of(self, *places: Place | None) -> frozenset[int]:
        """The tokens that the places touch."""
        touched: set[int] = set()
        for place in places:
            if place is not None:
                first = bisect_right(self._ends, place.start)
                touched.update(range(first, bisect_left(self._starts, place.end)))
        return frozenset(touched)

    def sentences(self, place: Place) -> frozenset[int]:
        """The sentences that the place touches."""
        return frozenset(self._sentence[token] for token in self.of(place))


def overlap(a: frozenset[int], b: frozenset[int]) -> float:
    """Tokens in common as a share of all; 0 for two empty sets."""
    union = len(a | b)
    return len(a & b) / union if union else 0.0


def align(reference: int, predicted: int, value: Callable[[int, int], float]) -> Pairs:
    """One-to-one pairs of items with a positive value, the best value first; ties go to the first items."""
    scored = [(value(i, j), i, j) for i in range(reference) for j in range(predicted)]
    free_i, free_j = set(range(reference)), set(range(predicted))
    pairs = []
    for score, i, j in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score > 0 and i in free_i and j in free_j:
            free_i.discard(i)
            free_j.discard(j)
            pairs.append((i, j))
    return pairs


def _name(name: str | None) -> list[str]:
    return _NOT_WORD.sub(" ", _MARKS.sub("", name or "").translate(_FOLD)).split()


def same_speaker(reference: Speaker, predicted: Speaker) -> tuple[bool, bool]:
    """(loosely, strictly): strictly the same words; loosely also when one name is part of the other.

    A state is the same under any of its names, judged by its code.
    """
    codes = set(reference.affiliation)
    if reference.kind == "state" and codes and codes == set(predicted.affiliation):
        return True, True
    a, b = _name(reference.name), _name(predicted.name)
    if not a or not b:
        return not a and not b, not a and not b
    return set(a) <= set(b) or set(b) <= set(a), a == b


def sets(*values: Iterable[str]) -> list[frozenset[str]]:
    """Each list of codes as a set."""
    return [frozenset(value) for value in values]
