"""Task: which candidate frames are statements.  Needs the content-end model, which is trained before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marsad.lexicon.cues import load_cues
from marsad.reading.statements.features import accept_features
from marsad.reading.statements.find import candidate_frames, rivals_of
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View
from training.frames import label_of, view_of
from training.instance import Instance

MODELS = {"statement": (2, 0.15, 0.02)}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""
ROW_WEIGHT = 4.0
"""How much the example of a row counts beside a labelled statement."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """A frame is right where its cue meets that of a labelled statement."""
    yield from _rows()
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


def _rows() -> Iterator[tuple[str, Instance]]:
    """The example of every row of the cue data says yes, its counter-example no: a rare row keeps its meaning."""
    cues = load_cues()
    for row in (*cues.verbs, *cues.phrases):
        if getattr(row, "kind", "") in ("blocked", "turn", "tag"):
            continue
        at, end = row.example.find("["), row.example.find("]") - 1
        for text, right in ((row.example.replace("[", "").replace("]", ""), "yes"), (row.counter, "no")):
            view = view_of({"text": text})
            frames = candidate_frames(view, scored=False)
            rivals = rivals_of(frames)
            for frame in frames:
                meant = frame.row_id == row.id and (at < 0 or right == "no" or frame.content[-1] == (at, end))
                if meant:
                    features = tuple(accept_features(view, frame, rivals[frame.sentence]))
                    yield "statement", Instance(features, right, f"row {row.id}", ROW_WEIGHT)


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
