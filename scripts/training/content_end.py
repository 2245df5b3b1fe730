"""Task: where the content of a statement ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marsad.reading.statements.content import clause_starts, end_features, region, tagged
from marsad.reading.statements.find import raw_frames
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View
from training.frames import label_of, view_of
from training.instance import Instance

MODELS = {"content-end": (2, 0.4, 0.02)}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """One instance for each place at which a labelled content may end, up to the one where it does."""
    for article in articles:
        view = view_of(article)
        frames = raw_frames(view)
        labels = {id(frame): label_of(article["statements"], frame) for frame in frames}
        # sisters that are no statements are not there when the end is decided
        starts = clause_starts([f for f in frames if labels[id(f)] is not None])
        for frame in frames:
            label = labels[id(frame)]
            if label is not None and not frame.content:
                for features, right in _ends(view, frame, label, starts):
                    yield "content-end", Instance(tuple(features), right, article["id"])


def _ends(
    view: View, frame: Frame, label: dict[str, Any], starts: dict[int, list[Frame]]
) -> Iterator[tuple[list[str], str]]:
    gold = label["content"][0]
    if view.token_at(gold["start"]) != view.token_at(frame.start) and abs(gold["start"] - frame.start) > 3:
        return
    end = view.token_at(gold["end"])
    limit, points = region(view, frame, starts)
    for k in points:
        if tagged(view, k, limit):
            return
        right = k >= end or all(t.pos == "PUNCT" for t in view.tokens[k:end])
        yield end_features(view, frame, k, limit, starts), "yes" if right else "no"
        if right:
            return
