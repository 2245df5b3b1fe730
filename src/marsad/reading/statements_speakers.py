"""Who holds a statement: the mention at the statement, its entity, or the speaker of the turn when none is named.

A turn begins where a speaker is named in full.  An elided subject («وأضاف أن …»), a participle («مضيفا أن …») or a
pronoun («لكنه قال») takes the nearest earlier subject of its own sentence that agrees, else the speaker of the turn;
gender and number of the verb are a hard filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.reading.actors import SPEAKER_KINDS, ActorLayer, ActorMention, Entity, agrees
from marsad.reading.statements_frames import Frame
from marsad.reading.statements_view import View
from marsad.records import Span, Speaker, SpeakerKind

_PRONOUNS = {"ه": ("m", "s"), "ها": ("f", ""), "هم": ("m", "p"), "هما": ("", "d"), "هن": ("f", "p")}
_SUBJECT_PRONOUNS = {"هو": ("m", "s"), "هي": ("f", "s"), "هم": ("m", "p"), "هما": ("", "d")}


_SPEAKING = frozenset(["person", "office", "expert", "body", "group", "outlet", "unnamed"])


@dataclass(slots=True)
class Holder:
    """A resolved speaker: an entity, or a phrase that no entity stands for."""

    name: str | None
    role: str | None
    codes: tuple[str, ...]
    kind: SpeakerKind
    gender: str = ""
    number: str = ""
    entity: int = -1


class SpeakerResolver:
    """Resolves the speakers of one document's frames in text order."""

    def __init__(self, view: View, layer: ActorLayer) -> None:
        self.view = view
        self.layer = layer
        self.text = view.document.text
        self.holders: dict[int, Holder | None] = {}
        self.turn: Holder | None = None

    def resolve(self, frames: Sequence[Frame]) -> list[Speaker]:
        """The speaker of every frame, in order."""
        out: list[Speaker] = []
        for index, frame in enumerate(frames):
            span: Span | None = None
            holder: Holder | None = None
            if frame.subject is not None:
                span, holder = self._named(frame)
            elif frame.side == "clitic":
                span = self._clitic(frame)
            if holder is None:
                holder = self._elided(frame, frames[:index])
            self.holders[id(frame)] = holder
            if frame.parent is None and holder is not None:
                self.turn = holder
            out.append(self._speaker(span, holder))
        return out

    def _speaker(self, mention: Span | None, holder: Holder | None) -> Speaker:
        if holder is None:
            name = mention.quote if mention else None
            return Speaker(mention=mention, name=name, role=None, affiliation=(), kind="unnamed")
        return Speaker(mention=mention, name=holder.name, role=holder.role, affiliation=holder.codes, kind=holder.kind)

    # -- named ----------------------------------------------------------------------------------------------

    def _named(self, frame: Frame) -> tuple[Span | None, Holder | None]:
        assert frame.subject is not None
        first, last = frame.subject
        tokens = self.view.tokens
        mention = self.layer.starting(first) or next(iter(self.layer.within(first, last)), None)
        start = tokens[first].start
        if mention is not None and mention.first == first:
            start = mention.start
        elif tokens[first].proclitics:
            start += sum(map(len, tokens[first].proclitics))
        end = tokens[last - 1].end
        span = Span(start=start, end=end, quote=self.text[start:end])
        if mention is None or (mention.first != first and not self._covers(mention, first, last)):
            codes = mention.codes if mention is not None else ()
            return span, Holder(span.quote, None, codes, "unnamed")
        joined = [m for m in self.layer.coordinated(mention) if m.last <= last]
        if len(joined) > 1:
            codes = tuple(dict.fromkeys(code for m in joined for code in self.layer.codes(m)))
            return span, Holder(span.quote, None, codes, "collective", "", "p")
        return span, self._holder(mention, span)

    def _covers(self, mention: ActorMention, first: int, last: int) -> bool:
        return mention.last - mention.first >= last - first - 1

    def _holder(self, mention: ActorMention, span: Span) -> Holder:
        entity = self.layer.entity(mention)
        kind: SpeakerKind = SPEAKER_KINDS.get(entity.kind, "unnamed")  # type: ignore[assignment]
        return Holder(entity.name or span.quote, entity.role, self.layer.codes(mention), kind,
                      entity.gender, entity.number, entity.index)  # fmt: skip

    def _from_entity(self, entity: Entity) -> Holder:
        kind: SpeakerKind = SPEAKER_KINDS.get(entity.kind, "unnamed")  # type: ignore[assignment]
        return Holder(entity.name, entity.role, entity.codes, kind, entity.gender, entity.number, entity.index)

    def _clitic(self, frame: Frame) -> Span | None:
        token = self.view.tokens[frame.clause] if frame.clause >= 0 else None
        for index in range(frame.cue - 1, max(frame.cue - 4, -1), -1):
            token = self.view.tokens[index]
            if token.enclitic or token.stem in _SUBJECT_PRONOUNS:
                break
        if token is None:
            return None
        start = token.end - len(token.enclitic) if token.enclitic else token.start
        return Span(start=start, end=token.end, quote=self.text[start : token.end])

    # -- elided ---------------------------------------------------------------------------------------------

    def _features(self, frame: Frame) -> tuple[str, str]:
        """Gender and number that the verb or pronoun asks for."""
        tokens = self.view.tokens
        token = tokens[frame.cue]
        if frame.side == "clitic":
            for index in range(frame.cue - 1, max(frame.cue - 4, -1), -1):
                found = _PRONOUNS.get(tokens[index].enclitic) or _SUBJECT_PRONOUNS.get(tokens[index].stem)
                if found:
                    return found
        if frame.how == "participle":
            norm = token.norm
            if norm.endswith("ين"):
                return "", "p"
            return ("f" if norm.endswith("ه") or norm.endswith("ات") else "m"), "s"
        if frame.how == "noun":
            found = _PRONOUNS.get(frame.word.enclitic or token.enclitic)
            return found or ("", "")
        return frame.gender, frame.number

    def _elided(self, frame: Frame, before: Sequence[Frame]) -> Holder | None:
        gender, number = self._features(frame)
        if frame.side == "relative":
            antecedent = self._antecedent(frame)
            if antecedent is not None:
                return antecedent
        same = [f for f in before if f.sentence == frame.sentence and f.parent is frame.parent and f.cue < frame.cue]
        if frame.parent is not None and not same:
            inside = self._subject_inside(frame, gender, number)
            if inside is not None:
                return inside
            if frame.row_id != "relayed":
                return self.holders.get(id(frame.parent))
        subject = self._sentence_subject(frame, gender, number, same[-1].cue if same else -1)
        if subject is not None:
            return subject
        for other in reversed(same):
            holder = self.holders.get(id(other))
            if holder is not None and _fits(holder, gender, number):
                return holder
        if self.turn is not None and _fits(self.turn, gender, number):
            return self.turn
        for other in reversed(before):
            holder = self.holders.get(id(other))
            if holder is not None and _fits(holder, gender, number):
                return holder
        if self.turn is not None and self.turn.kind == "person":
            return self.turn  # the gender of a name is a guess
        entity = self.layer.resolve(frame.cue, gender, number, _SPEAKING) or self.layer.resolve(
            frame.cue, gender, number
        )
        if entity is not None and (not gender or entity.gender == gender):
            return self._from_entity(entity)
        return self.turn

    def _antecedent(self, frame: Frame) -> Holder | None:
        """«في تصريحات لوزير الدفاع قال فيها»: the last actor before the cue that the words describe."""
        for mention in reversed(self.layer.within(max(frame.cue - 14, 0), frame.cue)):
            if mention.kind not in ("adjective", "place"):
                return self._from_entity(self.layer.entity(mention))
        return None

    def _subject_inside(self, frame: Frame, gender: str, number: str) -> Holder | None:
        """The nearest agreeing mention between the parent's content start and the cue."""
        parent = frame.parent
        assert parent is not None
        for mention in reversed(self.layer.within(max(parent.first, 0), frame.cue)):
            if mention.kind in ("adjective", "place") or mention.proclitics.endswith(("ل", "ب", "ك")):
                continue
            entity = self.layer.entity(mention)
            if agrees(entity, gender, number) and self._is_subject(mention):
                return self._from_entity(entity)
        return None

    def _sentence_subject(self, frame: Frame, gender: str, number: str, after: int) -> Holder | None:
        """An agreeing subject of an earlier verb of the sentence, later than the last statement's cue."""
        sentence = self.view.document.sentences[frame.sentence]
        if after >= 0:
            return None
        for mention in self.layer.within(sentence.first, frame.cue):
            if mention.kind in ("adjective", "place", "capital"):
                continue
            entity = self.layer.entity(mention)
            if agrees(entity, gender, number) and self._is_subject(mention):
                return self._from_entity(entity)
        return None

    def _is_subject(self, mention: ActorMention) -> bool:
        """A mention right after a verb, or at the start of a clause."""
        tokens = self.view.tokens
        if mention.proclitics.endswith(("ل", "ب", "ك")):
            return False
        if mention.first == 0:
            return True
        previous = tokens[mention.first - 1]
        if previous.pos == "VERB" and not previous.enclitic:
            return True
        return previous.index < self.view.document.sentences[tokens[mention.first].sentence].first or (
            previous.stem in ("ان", "لكن") and not previous.enclitic
        )


def _fits(holder: Holder, gender: str, number: str) -> bool:
    if number in ("p", "d") and holder.number == "s":
        return False
    if number == "s" and holder.number == "d":
        return False
    if holder.number == "p" and number == "s" and holder.kind == "collective":
        return True
    return not gender or not holder.gender or gender == holder.gender
