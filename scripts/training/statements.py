"""Task: which candidate frames are statements."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marsad.reading.actors import find_actors
from marsad.reading.statements import candidate_frames
from marsad.reading.statements_features import accept_features
from marsad.reading.statements_view import View
from marsad.records import Article
from marsad.text.analyse import analyse
from training.instance import Instance

MODELS = {"statement": (3, 0.15, 0.02)}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """A frame is right where its cue meets the cue of a labelled statement, or its content that of one without cue."""
    for article in articles:
        document = analyse(article["text"])
        view = View(document, find_actors(document, Article(text=article["text"], outlet=article.get("outlet"))))
        frames = candidate_frames(view, scored=False)
        rivals: dict[int, int] = {}
        for frame in frames:
            rivals[frame.sentence] = rivals.get(frame.sentence, 0) + 1
        for frame in frames:
            right = any(
                _same(statement, frame.cue_start, frame.cue_end, frame.content[0])
                for statement in article["statements"]
            )
            features = tuple(accept_features(view, frame, rivals[frame.sentence]))
            yield "statement", Instance(features, "yes" if right else "no", article["id"])


def _same(statement: dict[str, Any], start: int, end: int, content: tuple[int, int]) -> bool:
    cue = statement["cue"]
    if cue is None:
        return abs(int(statement["content"][0]["start"]) - content[0]) < 5
    return int(cue["start"]) < end and start < int(cue["end"])
