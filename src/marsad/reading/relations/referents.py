"""Whom a relation word means without naming them: pronouns, elided subjects, «البلدان», the pair last spoken of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from marsad.lexicon.pronouns import pronouns
from marsad.reading.actors.find import ActorLayer, ActorMention, agrees
from marsad.reading.relations.slots import Clause, Slot
from marsad.reading.relations.trigger import Party, Trigger
from marsad.text.document import Token

PRONOUNS = {word: (gender, number or "s") for word, (gender, number) in pronouns("enclitic").items()}
_ACTING = frozenset(["state", "capital", "place", "body", "bloc", "group", "seat", "person", "office"])
_NAMED = frozenset(["state", "capital", "body", "bloc", "group", "seat", "person", "office", "adjective"])


class Referents:
    """Answers for one document.  `mentions` are those with codes, by sentence; `focus` the most mentioned codes."""

    def __init__(
        self, layer: ActorLayer, clause: Clause, mentions: Mapping[int, Sequence[ActorMention]], focus: tuple[str, ...]
    ) -> None:
        self._layer, self._clause, self._mentions, self._focus = layer, clause, mentions, focus

    def pair_of(self, mention: ActorMention, trigger: Trigger) -> tuple[str, ...]:
        """The pair that «البلدان» means: what the actor layer says, unless the nearest two and the focus agree."""
        codes = self._layer.codes(mention)
        near = self._recent(mention.first, trigger.sentence)[:2]
        if len(codes) != 2 or (set(near) == set(self._focus[:2]) and set(codes) != set(near)):
            return tuple(near) if len(near) == 2 else codes
        return codes

    def _recent(self, token: int, sentence: int) -> list[str]:
        """Codes mentioned before a token in its sentence and the three before it, latest first, each once."""
        out: list[str] = []
        for number in range(sentence, max(sentence - 4, -1), -1):
            for mention in reversed(self._mentions.get(number, [])):
                if mention.first < token and mention.kind in _NAMED:
                    out += [code for code in self._layer.codes(mention) if code not in out]
        return out

    def dyad(self, trigger: Trigger) -> tuple[str, ...]:
        """The pair last spoken of, the speaker first."""
        recent = self._recent(trigger.first, trigger.sentence)
        if trigger.statement is not None:
            speaker = list(trigger.statement.speaker.affiliation[:1])
            recent = speaker + [code for code in recent if code not in speaker]
        first = recent[:1]
        rest = [code for code in recent[1:] if code in self._focus] or recent[1:]
        return (*first, *rest[:1]) if first and rest else ()

    def referents(self, trigger: Trigger, at: int, enclitic: str, slot: Slot) -> list[Party]:
        """What a pronoun at token `at` may refer to: the nearest mentions that agree, and the most salient one."""
        if enclitic not in PRONOUNS:
            return []
        gender, number = PRONOUNS[enclitic]
        out: list[Party] = []
        seen: set[str] = set()

        def add(codes: tuple[str, ...], how: str, mention: ActorMention | None) -> None:
            for part, code in enumerate(codes):
                if code not in seen:
                    seen.add(code)
                    out.append(
                        Party(
                            (code,), slot.name, "pronoun", how, at, at + 1, False, False, slot.depth, slot.distance,
                            mention.index if mention else -1, part,
                        )
                    )  # fmt: skip

        earlier_ones = [m for m in self._mentions.get(trigger.sentence, []) if m.last <= at]
        for mention in sorted(earlier_ones, key=self._governed):
            if mention.last > at or mention.kind == "adjective":
                continue
            entity = self._layer.entity(mention)
            if mention.kind in ("person", "office") and not agrees(entity, gender, number if number != "s" else ""):
                continue
            codes = self._layer.codes(mention)
            if number == "d" and len(codes) < 2:
                earlier = self._joined_to(mention)
                if earlier is None:
                    continue
                codes = (*self._layer.codes(earlier), *codes)
            add(codes, "next" if seen else "near", mention)
            if len(seen) >= 2:
                break
        found = self._layer.resolve(at, gender, number)
        if found is not None:
            add(found.codes, "salient", None)
        if trigger.statement is not None:
            add(trigger.statement.speaker.affiliation[:2], "speaker", None)
        return out

    def elided(self, trigger: Trigger, head: Token) -> list[Party]:
        out: list[Party] = []
        entity = self._layer.resolve(trigger.first, head.gender, "")
        if entity is not None:
            out += [Party((code,), "elided", "pronoun", "salient") for code in entity.codes]
        earlier = self._mentions.get(trigger.sentence - 1, [])
        if earlier:
            first = next((m for m in earlier if m.kind in _ACTING), earlier[0])
            out += [Party((code,), "elided", "pronoun", "previous") for code in self._layer.codes(first)]
        return out

    def _governed(self, mention: ActorMention) -> bool:
        """Whether a preposition stands before a mention; a pronoun rather means one that stands free."""
        return self._clause.governor(mention) is not None

    def _joined_to(self, mention: ActorMention) -> ActorMention | None:
        """The mention before one that «و» joins to it («هولندا والمغرب»)."""
        if not mention.proclitics.startswith("و"):
            return None
        before = self._layer.at(mention.first - 1)
        return before if before is not None and self._layer.codes(before) else None
