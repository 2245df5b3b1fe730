"""Who holds a statement: the mention at the statement, its entity, or the speaker of the turn when none is named."""

from __future__ import annotations

from collections.abc import Sequence

from marsad.reading.statements_frames import Frame
from marsad.reading.statements_view import View
from marsad.records import Span, Speaker


def resolve_speakers(view: View, frames: Sequence[Frame]) -> list[Speaker]:
    """The speaker of every frame, in order."""
    text = view.document.text
    out: list[Speaker] = []
    last: Speaker | None = None
    for frame in frames:
        mention: Span | None = None
        if frame.subject is not None:
            first, stop = frame.subject
            start, end = view.tokens[first].start, view.tokens[stop - 1].end
            mention = Span(start=start, end=end, quote=text[start:end])
        if mention is not None or last is None:
            speaker = Speaker(
                mention=mention, name=mention.quote if mention else None, role=None, affiliation=(), kind="unnamed"
            )
        else:
            speaker = Speaker(
                mention=None, name=last.name, role=last.role, affiliation=last.affiliation, kind=last.kind
            )
        if frame.parent is None:
            last = speaker
        out.append(speaker)
    return out
