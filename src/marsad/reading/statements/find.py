"""Statements: who says what (GUIDELINES sections 1 and 6).

Frames are found (`statements.frames`, `statements.phrases`), bounded (`statements.content`), given their speakers
(`statements.speakers`), nested, and turned into records.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors.find import ActorLayer, ActorMention
from marsad.reading.scorer import load_scorer
from marsad.reading.statements.content import bound, form_of
from marsad.reading.statements.features import accept_features
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.frames import Scanner
from marsad.reading.statements.marked import closing_frames, headline_frames, resumed_frames, trailing_frames
from marsad.reading.statements.phrases import phrase_frames
from marsad.reading.statements.setting import Settings
from marsad.reading.statements.speakers import SpeakerResolver
from marsad.reading.statements.view import SpanMention, View
from marsad.reading.times.find import find_times
from marsad.records import Act, Span, Statement, Time, content_id
from marsad.text.document import Document

HEADLINE = 0.82
"""Share of headlines "X: …" with an actor as X that are attributions (counted in the corpus)."""


SPEECH = 0.75
"""Least score of «verb + actor + colon + quotation»: the form alone says that it is a statement."""


def _speech(view: View, frame: Frame) -> bool:
    """Whether a quotation stands behind a colon, and an actor between verb and colon."""
    if frame.how != "verb" or frame.complement != "quote" or frame.subject is None or frame.loose:
        return False
    return view.tokens[frame.first - 1].norm == ":" and view.mention_at(frame.subject[0]) is not None


def find_frames(view: View) -> list[Frame]:
    """The accepted frames of the document, bounded and nested, in the order of their cues."""
    candidates = candidate_frames(view)
    frames = _one_a_content(_one_a_cue(candidates))
    if len(frames) < len(candidates):
        taken = {id(frame) for frame in frames}
        changed = {frame.sentence for frame in candidates if id(frame) not in taken}
        for frame in frames:
            if not frame.fixed and frame.sentence in changed:
                frame.content = []
            if not frame.tied:
                frame.parent = None
        kept = {f.cue: f for f in frames if not f.tied}
        for frame in frames:
            if frame.tied and frame.parent is not None:
                frame.parent = kept.get(frame.parent.cue)
        frames = [f for f in frames if not f.tied or f.parent is not None]
        bound(view, frames)
        nest(frames)
    return frames


def threshold(frame: Frame) -> float:
    """The least probability with which a frame is taken."""
    return 0.46


def candidate_frames(view: View, scored: bool = True) -> list[Frame]:
    """All frames of the document with their scores, bounded and nested as if all were statements."""
    frames = raw_frames(view)
    bound(view, frames)
    nest(frames)
    if not scored:
        return frames
    rivals = rivals_of(frames)
    scorer = load_scorer("statement")
    for frame in frames:
        if frame.how == "headline":
            frame.score = HEADLINE
        else:
            frame.score = scorer.probability(accept_features(view, frame, rivals[frame.sentence]))
            if _speech(view, frame):
                frame.score = max(frame.score, SPEECH)
    return frames


def rivals_of(frames: Sequence[Frame]) -> dict[int, int]:
    """Number of cues by sentence."""
    cues: dict[int, set[int]] = {}
    for frame in frames:
        cues.setdefault(frame.sentence, set()).add(frame.cue)
    return {sentence: len(found) for sentence, found in cues.items()}


def raw_frames(view: View) -> list[Frame]:
    """All frames of the document in the order of their cues; only trailing attributions have their content."""
    verbal = [
        f
        for f in Scanner(view).frames()
        if (f.complement in ("that", "quote", "colon") or not view.reported(f.cue))
        and not (f.how == "noun" and view.attributing(f.cue))
    ]
    for frame in verbal:
        _broken(view, frame)
    frames = [*verbal, *headline_frames(view), *phrase_frames(view, verbal)]
    taken = {frame.cue for frame in frames}
    frames.extend(trailing_frames(view, taken))
    taken = {frame.cue for frame in frames}
    frames.extend(closing_frames(view, taken))
    taken = {frame.cue for frame in frames}
    frames.extend(resumed_frames(view, taken))
    frames = _unique(frames)
    relayed = [_relayed(view, frame) for frame in frames if frame.relay is not None]
    inner = {frame.cue for frame in relayed}
    frames = [frame for frame in frames if frame.cue not in inner] + relayed
    frames.sort(key=lambda f: (f.cue_start, f.parent is not None))
    for frame in frames:
        frame.fixed = bool(frame.content)
    return frames


def _broken(view: View, frame: Frame) -> None:
    """«"…"، قال الوزير، "…"»: one utterance that its cue breaks has the quotation before the cue as a first span."""
    tokens = view.tokens
    if frame.how != "verb" or frame.complement != "quote" or frame.joined or frame.cue < 3:
        return
    quote = view.quote_ending(frame.cue - 2) if tokens[frame.cue - 1].norm in ("،", ",") else None
    if quote is None or view.is_name_quote(quote) or tokens[quote.first - 1].sentence != frame.sentence:
        return
    if quote.first < 2 or tokens[quote.first - 2].norm in (".", "!", "؟"):
        frame.prefix = (quote.start, quote.end)


def _unique(frames: Sequence[Frame]) -> list[Frame]:
    """At one cue only the frames of the finder that came first; each with its own content."""
    first: dict[int, str] = {}
    out: list[Frame] = []
    for frame in frames:
        kind = first.setdefault(frame.cue, "verb" if frame.row is not None else frame.how)
        if kind == ("verb" if frame.row is not None else frame.how):
            out.append(frame)
    return out


def _one_a_cue(frames: Sequence[Frame]) -> list[Frame]:
    """Of the readings of one cue the likeliest; readings that differ in the subject only add up."""
    shared: dict[tuple[int, int], float] = {}
    for frame in frames:
        key = (frame.cue, frame.first)
        shared[key] = min(1.0, shared.get(key, 0.0) + frame.score)
    best: dict[int, Frame] = {}
    for frame in frames:
        other = best.get(frame.cue)
        rank = (shared[frame.cue, frame.first], frame.score)
        if other is None or rank > (shared[other.cue, other.first], other.score):
            best[frame.cue] = frame
    for frame in best.values():
        frame.score = shared[frame.cue, frame.first]
    return [frame for frame in frames if best[frame.cue] is frame and frame.score >= threshold(frame)]


def _one_a_content(frames: Sequence[Frame]) -> list[Frame]:
    """Of cues that share one content («وأضاف قائلا: …») the likeliest; a relay keeps its source."""
    best: dict[int, Frame] = {}
    for frame in frames:
        if not _shares(frame):
            continue
        other = best.get(frame.start)
        if other is None or frame.score > other.score:
            best[frame.start] = frame
    return [f for f in frames if not _shares(f) or best[f.start] is f]


def _shares(frame: Frame) -> bool:
    return not (
        frame.complement == "before"
        or frame.resumed
        or frame.how == "headline"
        or frame.tied
        or frame.relay is not None
    )


def _relayed(view: View, outer: Frame) -> Frame:
    """The statement of the source of a relay: «نقلت الوكالة عن X قوله إن …»."""
    assert outer.relay is not None
    tokens = view.tokens
    first, last = outer.relay
    cue = next(
        (k for k in range(last, min(outer.first, last + 12)) if tokens[k].stem == "قول" and tokens[k].enclitic), -1
    )
    index = cue if cue >= 0 else first - 1
    inner = Frame("relayed", "STATE", "noun", index, tokens[index].start, tokens[index].end, outer.complement,
                  outer.first, outer.start, outer.sentence)  # fmt: skip
    inner.subject, inner.side, inner.parent, inner.clause = outer.relay, "phrase", outer, index
    inner.tied = True
    if tokens[first].enclitic and last == first + 1 and tokens[first].stem == "عن":
        inner.subject, inner.side, inner.pronoun = None, "clitic", (first, tokens[first].enclitic)
    return inner


def nest(frames: Sequence[Frame]) -> None:
    """Give every frame whose cue and content lie in another's content its parent, the innermost such frame.

    `frames` stand in the order of their cues; a parent is looked for among the nearest, which keeps this linear.
    """
    for index, frame in enumerate(frames):
        if frame.parent is not None:
            continue
        best: Frame | None = None
        for other in frames[max(0, index - 30) : index + 12]:
            if other is frame or other.cue == frame.cue:
                continue
            start, end = other.content[0][0], other.content[-1][1]
            if start <= frame.cue_start and frame.cue_end <= end and frame.content[0][0] >= start:
                size = end - start
                if best is None or size < best.content[-1][1] - best.content[0][0]:
                    best = other
        frame.parent = best or _attributed(frame, frames[index + 1 : index + 12])


def _attributed(frame: Frame, later: Sequence[Frame]) -> Frame | None:
    """The trailing attribution that passes on just what this frame says («وأضاف أن …، وفق الوكالة»)."""
    for other in later:
        if other.complement == "before" and other.content == frame.content and other.cue != frame.cue:
            return other
    return None


def find_statements(
    document: Document, layer: ActorLayer, times: Sequence[Time] | None = None
) -> tuple[Statement, ...]:
    """All statements of the document in the order of their cues."""
    view = View(document, layer, times)
    frames = [frame for frame in find_frames(view) if frame.content]
    for frame in frames:
        if frame.parent is not None:
            frame.parent.holds = True
    speakers = SpeakerResolver(view, layer).resolve(frames)
    settings = Settings(view, find_times(document) if times is None else times)
    text = document.text

    def span(start: int, end: int) -> Span:
        return Span(start=start, end=end, quote=text[start:end])

    ids = {id(frame): content_id("statement", frame.cue_start, frame.cue_end, frame.content) for frame in frames}
    return tuple(
        Statement(
            id=ids[id(frame)],
            cue=span(frame.cue_start, frame.cue_end),
            speaker=speaker,
            content=tuple(span(*c) for c in frame.content),
            form=form_of(view, frame),
            act=act_of(view, frame),
            rule=frame.row_id,
            confidence=round(frame.score, 3),
            negated=frame.negated,
            parent=ids.get(id(frame.parent)) if frame.parent is not None else None,
            addressee=setting.addressee,
            outlet=setting.outlet,
            occasion=setting.occasion,
            time=setting.time,
        )
        for frame, speaker, setting in zip(frames, speakers, map(settings.of, frames), strict=True)
    )


def _expert(mention: SpanMention) -> bool:
    """An expert, named or not."""
    head = mention.source.phrase.head if isinstance(mention.source, ActorMention) else None
    return mention.kind == "expert" or (isinstance(head, HeadForm) and head.head.kind == "expert")


def act_of(view: View, frame: Frame) -> Act:
    """The act: the row's, or that of the noun which the verb governs («أعرب عن أمله»)."""
    if frame.how == "phrase" and frame.act == "STATE":
        if frame.holds:
            return "RELAY"
        mention = view.mention_at(frame.subject[0]) if frame.subject is not None else None
        if mention is not None and _expert(mention):
            return "ASSESS"
    if frame.act != "noun":
        return cast("Act", frame.act)
    token = next((t for t in view.tokens[frame.first : frame.first + 4] if t.pos not in ("PUNCT", "ADP")), None)
    if token is None:
        return "EXPRESS"
    for name in (token.lemma, token.stem, *sorted(k[2:] for k in token.keys if k[1:2] == ":")):
        noun = view.cues.feelings.get(name)
        if noun is not None:
            restated = frame.row_id in ("renew", "redo") and noun.restated
            return cast("Act", restated or noun.act)
    return (
        "STRESS"
        if frame.row_id in ("renew", "redo")
        else "EXPRESS"
        if frame.complement in ("prep", "object")
        else "STATE"
    )
