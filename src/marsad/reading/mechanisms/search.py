"""The search for the two sides of a cue: rank starts, rank ends, and take the span that agrees best with all others.

The last step matters: several borders are often as good as one another, and of such spans the middling one is right
(shares most of its words with the right one) more often than the likeliest.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.reading.mechanisms.borders import (
    Range,
    end_alone,
    end_in,
    ends,
    far_starts,
    near_starts,
    start_alone,
    start_in,
    stop_of,
)  # fmt: skip
from marsad.reading.mechanisms.cues import Cue
from marsad.reading.mechanisms.view import View
from marsad.reading.scorer import Ranker, load_ranker, shares

MODELS = ("near-start", "near-end", "far-start", "far-end")
STARTS, ENDS, SPANS = 4, 5, 8
"""Starts searched, ends kept for each, and spans of a side that vote for the middling one."""
LIKELY = 14
"""Starts and ends that are looked at, the likeliest by their own words."""
HOPELESS = 0.1
"""A start whose share is less than this part of the best one's is not searched."""
AGREE = 0.4
"""Share of common words from which two spans count as the same, as in the evaluation."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The sides found for a cue; `near_share` and `far_share` are how probable spans like them are."""

    near: Range
    far: Range
    near_share: float
    far_share: float


class Search:
    """The four rankers.  `rankers` are the packaged ones unless given (training passes its own)."""

    def __init__(self, rankers: dict[str, Ranker] | None = None) -> None:
        self.rankers = rankers or {name: load_ranker(f"mechanism-{name}") for name in MODELS}

    def sides(self, view: View, cue: Cue) -> Sides | None:
        """The best two sides of a cue, or None where there is no room for them."""
        near = self.near(view, cue)
        if near is None:
            return None
        pointed = pointer(view, cue)
        if pointed >= 0 and not near[0][0] <= pointed < near[0][1]:
            return Sides(near[0], (pointed, pointed + 1), near[1], 1.0)
        found = self._spans(view, cue, "far", far_starts(view, cue, near[0]), near[0])
        far = self._best([(p, s) for p, s in found if s[1] <= near[0][0] or s[0] >= near[0][1]])
        if far is None:
            return None
        return Sides(near[0], far[0], near[1], far[1])

    def near(self, view: View, cue: Cue) -> tuple[Range, float] | None:
        """The best near side and its share."""
        if cue.fixed:
            return (cue.near, cue.last), 1.0
        return self._best(self._spans(view, cue, "near", near_starts(view, cue), None))

    def _spans(
        self, view: View, cue: Cue, side: str, starts: list[int], near: Range | None
    ) -> list[tuple[float, Range]]:
        """Candidate spans of a side with their probabilities."""
        if not starts:
            return []
        out: list[tuple[float, Range]] = []
        ranker = self.rankers[f"{side}-start"]
        alone = view.sums.setdefault(f"{side}-start", {})
        for i in starts:
            if i not in alone:
                alone[i] = ranker.grouped(start_alone(view, i))
        starts = sorted(starts, key=lambda i: (-alone[i], i))[:LIKELY]
        scores = [alone[i] + ranker.grouped(start_in(view, cue, i, near is None)) for i in starts]
        ranked = sorted(zip(shares(scores), starts, strict=True), reverse=True)[:STARTS]
        for share, start in ranked:
            if share < HOPELESS * ranked[0][0]:
                break
            stop = stop_of(view, cue, start, near)
            possible = self._likely_ends(view, cue, side, ends(view, start, stop), stop)
            if not possible:
                continue
            end_ranker, end_alone_scores = self.rankers[f"{side}-end"], view.sums[f"{side}-end"]
            end_scores = [
                end_alone_scores[end] + end_ranker.grouped(end_in(view, cue, start, end, stop)) for end in possible
            ]
            best = sorted(zip(shares(end_scores), possible, strict=True), reverse=True)[:ENDS]
            out += [(share * p, (start, end)) for p, end in best]
        return out

    def _likely_ends(self, view: View, cue: Cue, side: str, possible: list[int], stop: int) -> list[int]:
        """The ends that are likely by themselves, and the last possible one."""
        ranker = self.rankers[f"{side}-end"]
        alone = view.sums.setdefault(f"{side}-end", {})
        limit = view.limit(cue.first)
        for end in possible:
            if end not in alone:
                alone[end] = ranker.grouped(end_alone(view, end, limit))
        return sorted(possible, key=lambda end: (end != stop, -alone[end], end))[:LIKELY]

    @staticmethod
    def _best(spans: list[tuple[float, Range]]) -> tuple[Range, float] | None:
        """The span with the most probability in spans that agree with it, and how much that is."""
        spans = sorted(spans, reverse=True)[:SPANS]
        if not spans:
            return None
        agreeing = [p for p, _ in spans]
        for i, (p, span) in enumerate(spans):
            for j in range(i + 1, len(spans)):
                if overlap(span, spans[j][1]) >= AGREE:
                    agreeing[i] += spans[j][0]
                    agreeing[j] += p
        best = max(range(len(spans)), key=lambda i: (agreeing[i], spans[i][0]))
        return spans[best][1], agreeing[best]


def pointer(view: View, cue: Cue) -> int:
    """The pointing word that opens the sentence and is the cause («لذلك», «من هنا»), or -1."""
    opening = cue.row.pointing and not cue.fixed and cue.first - view.floor(cue.first) <= 1
    return cue.last - 1 if opening else -1


def overlap(a: Range, b: Range) -> float:
    """Common tokens over all tokens of two ranges."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0
