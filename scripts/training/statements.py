"""Task: which candidate frames are statements.  Needs the content-end model, which is trained before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marsad.reading.statements import candidate_frames
from marsad.reading.statements_features import accept_features
from training.frames import label_of, view_of
from training.instance import Instance

MODELS = {"statement": (3, 0.15, 0.02)}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """A frame is right where its cue meets that of a labelled statement."""
    for article in articles:
        view = view_of(article)
        frames = candidate_frames(view, scored=False)
        rivals: dict[int, int] = {}
        for frame in frames:
            rivals[frame.sentence] = rivals.get(frame.sentence, 0) + 1
        for frame in frames:
            right = "no" if label_of(article["statements"], frame) is None else "yes"
            features = tuple(accept_features(view, frame, rivals[frame.sentence]))
            yield "statement", Instance(features, right, article["id"])
