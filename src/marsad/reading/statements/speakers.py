"""Who holds a statement: the mention at the statement, its entity, or the speaker of the turn when none is named.

An elided subject («وأضاف أن …»), a participle («مضيفا أن …») or a pronoun («لكنه قال») is looked for among the
speakers of earlier statements (of the sentence, of the turn) and the actors mentioned before; a scorer chooses by
place, kind, and agreement with the gender and number of the verb.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marsad.lexicon.pronouns import pronouns
from marsad.reading.actors.find import SPEAKER_KINDS, ActorLayer, ActorMention, Entity
from marsad.reading.scorer import load_scorer
from marsad.reading.statements.frame import Frame
from marsad.reading.statements.view import View
from marsad.records import Span, Speaker, SpeakerKind
from marsad.text.normalise import fold

_BEARERS = frozenset(["body", "group", "outlet"])
_GUESSED = frozenset(["name after verb", "surname"])
"""Rules of the actor layer that take an unknown word for somebody's name."""
_NO_MARKS = str.maketrans('"«»“”()،.', "         ")
MAX_CANDIDATES = 16
"""Unnamed speakers are looked for among at most this many actors."""


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
            span, holder = self.named(frame)
            if holder is None:
                holder = self._elided(frame, frames[:index])
            self.note(frame, holder)
            out.append(self._speaker(span, holder))
        return out

    def note(self, frame: Frame, holder: Holder | None) -> None:
        """Remember who holds a frame, for the frames after it."""
        self.holders[id(frame)] = holder
        if frame.parent is None and holder is not None:
            self.turn = holder

    def named(self, frame: Frame) -> tuple[Span | None, Holder | None]:
        """The mention at the frame and its holder; (span, None) for a pronoun, (None, None) when nothing is there."""
        if frame.subject is not None:
            return self._named(frame)
        return (self._clitic(frame) if frame.side == "clitic" else None), None

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
        quote = self.view.quote_at(tokens[first])
        if quote is not None and self.layer.starting(quote.first) is not None:
            first, last = quote.first, max(last - 1, quote.first + 1)  # «قالت "العين الإخبارية" إن …»
        mention = self.layer.starting(first) or next(iter(self.layer.within(first, last)), None)
        start = tokens[first].start
        if mention is not None and mention.first == first:
            start = mention.start
        elif tokens[first].proclitics:
            start += sum(map(len, tokens[first].proclitics))
        end = tokens[last - 1].end
        span = Span(start=start, end=end, quote=self.text[start:end])
        unknown = mention is None or (mention.rule in _GUESSED and not self.layer.entity(mention).role)
        bearer = self._bearer(span) if unknown else None
        if bearer is not None:
            return span, self._from_entity(bearer)
        if mention is None or (mention.first != first and not self._covers(mention, first, last)):
            codes = mention.codes if mention is not None else ()
            return span, Holder(span.quote, None, codes, "unnamed")
        joined = [m for m in self.layer.coordinated(mention) if m.last <= last]
        if len(joined) > 1:
            codes = tuple(dict.fromkeys(code for m in joined for code in self.layer.codes(m)))
            return span, Holder(span.quote, None, codes, "collective", "", "p")
        return span, self._holder(mention, span)

    def _bearer(self, span: Span) -> Entity | None:
        """«وقالت "غازوم" إن …»: the institution that the document calls «شركة "غازوم"» elsewhere."""
        words = set(fold(span.quote).translate(_NO_MARKS).split())
        if not words or min(map(len, words)) < 4:
            return None
        for entity in self.layer.entities:
            if entity.kind in _BEARERS and words < set(fold(entity.name).translate(_NO_MARKS).split()):
                return entity
        return None

    def _covers(self, mention: ActorMention, first: int, last: int) -> bool:
        return mention.last - mention.first >= last - first - 1

    def _holder(self, mention: ActorMention, span: Span) -> Holder:
        entity = self.layer.entity(mention)
        kind: SpeakerKind = SPEAKER_KINDS.get(entity.kind, "unnamed")  # type: ignore[assignment]
        name = entity.name or span.quote
        if kind == "collective" and not set(fold(name).split()) & set(fold(span.quote).split()):
            name = span.quote  # «القوى الكبرى» is not called «الدول الكبرى» here
        return Holder(name, entity.role, self.layer.codes(mention), kind,
                      entity.gender, entity.number, entity.index)  # fmt: skip

    def _from_entity(self, entity: Entity) -> Holder:
        kind: SpeakerKind = SPEAKER_KINDS.get(entity.kind, "unnamed")  # type: ignore[assignment]
        return Holder(entity.name, entity.role, entity.codes, kind, entity.gender, entity.number, entity.index)

    def _clitic(self, frame: Frame) -> Span | None:
        if frame.pronoun is not None:
            end = self.view.tokens[frame.pronoun[0]].end
            start = end - len(frame.pronoun[1])
            return Span(start=start, end=end, quote=self.text[start:end])
        token = self.view.tokens[frame.clause] if frame.clause >= 0 else None
        for index in range(frame.cue - 1, max(frame.cue - 4, -1), -1):
            token = self.view.tokens[index]
            if token.enclitic or token.stem in pronouns("subject"):
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
        if frame.pronoun is not None:
            return pronouns("enclitic").get(frame.pronoun[1], ("", ""))
        if frame.side == "clitic":
            for index in range(frame.cue - 1, max(frame.cue - 4, -1), -1):
                found = pronouns("enclitic").get(tokens[index].enclitic) or pronouns("subject").get(tokens[index].stem)
                if found:
                    return found
        if frame.how == "participle":
            norm = token.norm
            if norm.endswith("ين"):
                return "", "p"
            return ("f" if norm.endswith("ه") or norm.endswith("ات") else "m"), "s"
        if frame.how == "noun":
            found = pronouns("enclitic").get(frame.word.enclitic or token.enclitic)
            return found or ("", "")
        return frame.gender, frame.number

    def _elided(self, frame: Frame, before: Sequence[Frame]) -> Holder | None:
        candidates = self.candidates(frame, before)
        if not candidates:
            return self.turn
        scorer = load_scorer("speaker")
        best = max(range(len(candidates)), key=lambda i: (scorer.probability(candidates[i][1]), -i))
        return candidates[best][0]

    def candidates(self, frame: Frame, before: Sequence[Frame]) -> list[tuple[Holder, list[str]]]:
        """Who may be the unnamed speaker of a frame, with features; the likeliest kinds of place first."""
        gender, number = self._features(frame)
        found: dict[object, tuple[Holder, set[str]]] = {}

        def note(holder: Holder | None, *marks: str) -> None:
            if holder is None or holder.name is None:
                return
            key: object = holder.entity if holder.entity >= 0 else holder.name
            known = found.get(key)
            if known is not None:
                known[1].update(marks)
            elif len(found) < MAX_CANDIDATES:
                found[key] = (holder, set(marks))

        if frame.parent is not None:
            note(self.holders.get(id(frame.parent)), "parent")
        same = [f for f in before if f.sentence == frame.sentence and f.cue < frame.cue]
        sisters = [f for f in same if f.parent is frame.parent]
        for rank, other in enumerate(reversed(sisters[-3:])):
            note(self.holders.get(id(other)), f"sister{rank}", f"sister{rank} {other.how}")
        for rank, other in enumerate(reversed([f for f in same if f.parent is not frame.parent][-2:])):
            note(self.holders.get(id(other)), f"inner{rank}")
        tops = [f for f in before if f.sentence != frame.sentence and f.parent is None]
        for rank, other in enumerate(reversed(tops[-4:])):
            gap = min(frame.sentence - other.sentence, 4)
            note(self.holders.get(id(other)), f"turn{rank}", f"turn{rank} gap{gap}", f"gap{gap}")
        for rank, other in enumerate(reversed([f for f in before if f.sentence != frame.sentence and f.parent][-2:])):
            note(self.holders.get(id(other)), f"nested turn{rank}")
        self._mentioned(frame, note)
        base = [
            f"how={frame.how}/{frame.side}",
            f"nested={frame.parent is not None}",
            f"sisters={min(len(sisters), 2)}",
            f"joined={frame.joined}",
        ]
        place = f"{frame.how}/{frame.side}/{frame.parent is not None}"
        sentence = self.view.document.sentences[frame.sentence]
        opens = frame.cue - sentence.first <= 1
        out: list[tuple[Holder, list[str]]] = []
        for holder, marks in found.values():
            agreement = _agreement(holder, gender, number)
            features = [*base, f"agree={agreement}/{frame.how}", f"agree={agreement}/{holder.kind}",
                        f"kind={holder.kind}", f"kind={holder.kind}/{frame.how}",
                        f"kind={holder.kind}/{gender}{number}"]  # fmt: skip
            for mark in sorted(marks):
                features += [mark, f"{mark}/{place}", f"{mark}/{agreement}", f"{mark}/opens={opens}",
                             f"{mark}/sisters={min(len(sisters), 2)}", f"{mark}/{holder.kind}"]  # fmt: skip
            out.append((holder, features))
        return out

    def _mentioned(self, frame: Frame, note: Callable[..., None]) -> None:
        """Candidates that are mentioned before the cue, in its sentence and the two before."""
        sentences = self.view.document.sentences
        here = sentences[frame.sentence]
        inside = frame.parent.first if frame.parent is not None else -1
        within = self.layer.within(here.first, frame.cue)
        spoken = [m for m in within if m.kind not in ("adjective", "place") and m.proclitics[-1:] != "ك"]
        for rank, mention in enumerate(reversed(spoken[-6:])):
            marks = [f"here{min(rank, 3)}", "here", "here subject" if self._is_subject(mention) else "here other"]
            if mention is spoken[0]:
                marks.append("here first subject" if self._is_subject(mention) else "here first other")
            if inside >= 0:
                marks.append("inside" if mention.first >= inside else "outside")
                if mention.first >= inside and self._is_subject(mention):
                    marks.append("inside subject")
            if mention.last == frame.cue:
                marks.append("adjacent")
            note(self._from_entity(self.layer.entity(mention)), *marks)
        for back in (1, 2):
            if frame.sentence - back < 0:
                break
            earlier = sentences[frame.sentence - back]
            for mention in self.layer.within(earlier.first, earlier.last)[:8]:
                if mention.kind in ("adjective", "place"):
                    continue
                role = "subject" if self._is_subject(mention) else "other"
                note(self._from_entity(self.layer.entity(mention)), f"back{back}", f"back{back} {role}")

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


def _agreement(holder: Holder, gender: str, number: str) -> str:
    """How the features of a verb or pronoun fit a holder, as one word."""
    genders = "?" if not gender or not holder.gender else "+" if gender == holder.gender else "-"
    if not number or not holder.number:
        numbers = "?"
    elif number == holder.number or (number == "s" and holder.number == "p"):
        numbers = "+"
    else:
        numbers = "-"
    return genders + numbers
