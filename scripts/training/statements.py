"""Task: which candidate frames are statements.  Needs the content-end model, which is trained before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marsad.reading.statements.features import accept_features
from marsad.reading.statements.find import candidate_frames, rivals_of
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View
from training.frames import label_of, view_of
from training.instance import Instance

MODELS = {"statement": (2, 0.15, 0.02)}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """A frame is right where its cue meets that of a labelled statement."""
    for article in articles:
        view = view_of(article)
        frames = candidate_frames(view, scored=False)
        rivals = rivals_of(frames)
        labels = [label_of(article["statements"], frame) for frame in frames]
        values = [0.0 if label is None else _value(view, f, label) for f, label in zip(frames, labels, strict=True)]
        best: dict[int, float] = {}
        for frame, value in zip(frames, values, strict=True):
            best[frame.cue] = max(value, best.get(frame.cue, 0.0))
        for frame, value in zip(frames, values, strict=True):
            right = "yes" if value >= 0.4 and value == best[frame.cue] else "no"
            features = tuple(accept_features(view, frame, rivals[frame.sentence]))
            yield "statement", Instance(features, right, article["id"])


def _value(view: View, frame: Frame, label: dict[str, Any]) -> float:
    """How well a frame gives a labelled statement: overlap of contents; the right start and act count extra."""
    gold = [(int(c["start"]), int(c["end"])) for c in label["content"]]
    mine, theirs = _tokens(view, frame.content), _tokens(view, gold)
    value = len(mine & theirs) / max(1, len(mine | theirs))
    start = gold[-1][0] if frame.prefix is not None else gold[0][0]
    if view.token_at(start) == view.token_at(frame.start):
        value += 0.6
    if value and frame.act == label["act"]:
        value += 0.2
    if value and _same_subject(view, frame, label):
        value += 0.3
    return value


def _same_subject(view: View, frame: Frame, label: dict[str, Any]) -> bool:
    """Whether frame and label name the same words as speaker, or both none."""
    mention = label["speaker"]["mention"]
    if frame.subject is None or mention is None:
        return frame.subject is None and mention is None
    first, last = view.token_at(mention["start"]), view.token_at(mention["end"])
    return frame.subject[0] < last and first < frame.subject[1]


def _tokens(view: View, spans: list[tuple[int, int]]) -> set[int]:
    return {i for start, end in spans for i in range(view.token_at(start), view.token_at(end))}
