"""Task: who an unnamed speaker is, among the actors before the statement."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from marsad.reading.statements.find import find_frames
from marsad.reading.statements.speakers import Holder, SpeakerResolver
from marsad.text.normalise import fold
from training.frames import label_of, view_of
from training.instance import Instance

MODELS = {"speaker": (3, 0.3, 0.02)}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """One instance a candidate; the right one is noted as the speaker before the next frame is looked at."""
    for article in articles:
        view = view_of(article)
        frames = find_frames(view)
        resolver = SpeakerResolver(view, view.layer)
        for index, frame in enumerate(frames):
            _, holder = resolver.named(frame)
            label = label_of(article["statements"], frame)
            if holder is None:
                candidates = resolver.candidates(frame, frames[:index])
                right = [label is not None and _same(label["speaker"], c) for c, _ in candidates]
                if any(right):
                    for (_, features), yes in zip(candidates, right, strict=True):
                        yield "speaker", Instance(tuple(features), "yes" if yes else "no", article["id"])
                    holder = candidates[right.index(True)][0]
                elif candidates:
                    holder = candidates[0][0]
            resolver.note(frame, holder)


def _same(speaker: dict[str, Any], holder: Holder) -> bool:
    if speaker["kind"] == "state" and speaker["affiliation"] and set(speaker["affiliation"]) == set(holder.codes):
        return True
    gold, found = set(fold(speaker["name"] or "").split()), set(fold(holder.name or "").split())
    return bool(gold and found) and (gold <= found or found <= gold)
