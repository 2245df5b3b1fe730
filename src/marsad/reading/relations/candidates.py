"""Candidates for relations: relation words in the text, and who could stand on either side of each.

A `Trigger` is a match of a relation row; its `Party` list holds every actor that could be one of its two sides: the
mentions around it in their slots, what its pronouns may refer to, elided subjects, the speaker, the pair last spoken
of, and the actors that the article is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from marsad.lexicon.relations import Relations, Row
from marsad.reading.actors.find import ActorLayer, ActorMention, agrees
from marsad.reading.relations.slots import Clause, Slot, Spot
from marsad.records import Statement
from marsad.text.document import Document, Token

_PRONOUNS = {"ها": ("f", "s"), "ه": ("m", "s"), "هم": ("m", "p"), "هن": ("f", "p"), "هما": ("", "d")}
_FIRST_PERSON = frozenset(["نا", "ني", "ي"])
_THIS = frozenset(["هذا", "هذه", "تلك", "ذلك"])
_NEEDS_BEFORE, _NEEDS_AFTER = 6, 9
_ACTING = frozenset(["state", "capital", "place", "body", "bloc", "group", "seat", "person", "office"])
_NAMED = frozenset(["state", "capital", "body", "bloc", "group", "seat", "person", "office", "adjective"])
_UNKNOWN_KINDS = frozenset(["people", "group", "collective", "body"])
_DYAD = 1 << 20
"""Stands for the mention of a pair that is not named."""
UNKNOWN = ("?",)
"""Codes of a party that is named but has no code: it holds its slot and yields no relation."""


@dataclass(frozen=True, slots=True)
class Word:
    """A context word near a relation word: what it says, and its tokens."""

    of: str
    says: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Party:
    """An actor that could be one side of a trigger.

    `slot` is its slot (`relations.slots`), or how it was found where it is no mention in the clause; `how` is how a
    pronoun was resolved (near, next, salient, speaker), or "".  `first:last` are tokens of the words that stand for
    it in the sentence, or (-1, -1); `number` the index of its mention, or -1.
    """

    codes: tuple[str, ...]
    slot: str
    kind: str
    how: str = ""
    first: int = -1
    last: int = -1
    nested: bool = False
    joined: bool = False
    depth: float = 0.0
    distance: int = 9
    number: int = -1
    part: int = 0


@dataclass(slots=True)
class Trigger:
    """A match of a relation row: tokens, context words, holder, parties."""

    row: Row
    first: int
    last: int
    sentence: int
    statement: Statement | None = None
    words: tuple[Word, ...] = ()
    parties: list[Party] = field(default_factory=list)
    covered: bool = False
    """Lies within the longer match of another row."""
    inside: bool = False
    """Lies within an actor's mention."""
    rivals: tuple[str, ...] = ()
    """Kinds of other rows that match at the same words or next to them."""


class Finder:
    """Finds triggers and their parties in one document."""

    def __init__(
        self, document: Document, layer: ActorLayer, statements: Sequence[Statement], data: Relations
    ) -> None:
        self.document, self.layer, self.data = document, layer, data
        self.statements = statements
        self._mentions: dict[int, list[ActorMention]] = {}
        counts: dict[str, int] = {}
        starting: dict[int, ActorMention] = {}
        ending: dict[int, ActorMention] = {}
        for mention in layer.mentions:
            codes = layer.codes(mention)
            if mention.kind == "outlet":
                continue
            starting[mention.first] = mention
            for token in range(mention.first, mention.last):
                ending[token] = mention
            if codes:
                self._mentions.setdefault(document.tokens[mention.first].sentence, []).append(mention)
                for code in codes:
                    counts[code] = counts.get(code, 0) + 1
        self.focus = tuple(sorted(counts, key=lambda code: (-counts[code], code))[:3])
        self._clause = Clause(document, starting, ending)
        self._holders = sorted(
            ((span.start, span.end, s) for s in statements for span in s.content), key=lambda h: h[:2]
        )

    def triggers(self) -> list[Trigger]:
        """All triggers in the order of the text, with their parties."""
        found: list[Trigger] = []
        needs: dict[str, list[int]] = {}
        words: dict[int, list[Word]] = {}
        tokens = self.document.tokens
        for match in self.data.matcher.find(self.document):
            kind, name = cast(tuple[str, str], match.row)
            if kind == "row":
                first, last = match.inner
                found.append(Trigger(self.data.rows[name], first, last, tokens[first].sentence))
            elif kind == "needs":
                needs.setdefault(name, []).append(match.first)
            else:
                row = self.data.words[name]
                words.setdefault(tokens[match.first].sentence, []).append(
                    Word(row.of, row.says, match.first, match.last)
                )
        found = [t for t in found if not t.row.needs or self._near(t, needs.get(t.row.id, ()))]
        for trigger in found:
            trigger.words = tuple(words.get(trigger.sentence, ()))
            trigger.statement = self.holder(tokens[trigger.first].start, tokens[trigger.last - 1].end)
            trigger.inside = self.layer.at(trigger.first) is not None
            trigger.parties = self._parties(trigger)
        self._rivals(found)
        return found

    @staticmethod
    def _near(trigger: Trigger, at: Sequence[int]) -> bool:
        return any(
            trigger.first - _NEEDS_BEFORE <= i < trigger.last + _NEEDS_AFTER
            and (not trigger.first <= i < trigger.last or trigger.last - trigger.first > 1)
            for i in at
        )

    @staticmethod
    def _rivals(found: list[Trigger]) -> None:
        by_sentence: dict[int, list[Trigger]] = {}
        for trigger in found:
            by_sentence.setdefault(trigger.sentence, []).append(trigger)
        for same in by_sentence.values():
            for one in same:
                kinds = set()
                for other in same:
                    if other is one or other.first > one.last + 2 or other.last < one.first - 2:
                        continue
                    if other.first < one.last and one.first < other.last:
                        longer = other.last - other.first > one.last - one.first
                        one.covered = one.covered or longer
                        kinds.add(("<" if longer else "=") + other.row.kind)
                    else:
                        kinds.add((">" if other.first > one.first else "") + other.row.kind)
                one.rivals = tuple(sorted(kinds))

    def holder(self, start: int, end: int) -> Statement | None:
        """The innermost statement whose content covers the characters `start:end`."""
        best: Statement | None = None
        size = 1 << 60
        for a, b, statement in self._holders:
            if a > start:
                break
            if b >= end and b - a <= size:
                best, size = statement, b - a
        return best

    # ---- parties

    def _parties(self, trigger: Trigger) -> list[Party]:
        if trigger.row.frame == "fixed":
            return []
        tokens = self.document.tokens
        head = tokens[trigger.first]
        verb = head.pos == "VERB" and not head.definite and not trigger.row.verbs.isdisjoint(head.keys)
        out: list[Party] = []
        for spot in self._clause.right(trigger.first, trigger.last, verb):
            self._add(out, trigger, spot)
        for spot in self._clause.left(trigger.first):
            self._add(out, trigger, spot)
        enclitic = next((tokens[i].enclitic for i in range(trigger.first, trigger.last) if tokens[i].enclitic), "")
        if enclitic in _PRONOUNS:
            name = "object-pronoun" if verb else "own"
            out += self._referents(trigger, trigger.first, enclitic, Slot(name, 0.0, 0, False, False))
        first_person = enclitic in _FIRST_PERSON or head.person == "1"
        if trigger.statement is not None:
            how = "first person" if first_person else ""
            for code in trigger.statement.speaker.affiliation[:3]:
                slot = "own" if enclitic in _FIRST_PERSON and not verb else "speaker"
                out.append(Party((code,), slot, "speaker", how))
        if verb and not any(p.slot in ("subject", "left", "left:that", "left:rel") and p.depth < 1 for p in out):
            out += self._elided(trigger, head)
        for part, code in enumerate(self._dyad(trigger)):
            out.append(Party((code,), "dyad", "collective", number=_DYAD, part=part))
        present = {code for party in out for code in party.codes}
        for rank, code in enumerate(self.focus):
            if code not in present:
                out.append(Party((code,), "focus", "focus", distance=rank))
        return out

    def _add(self, out: list[Party], trigger: Trigger, spot: Spot) -> None:
        slot, mention = spot.slot, spot.mention
        if mention is None:
            out += self._referents(trigger, spot.token, self.document.tokens[spot.token].enclitic, slot)
            return
        codes = self.layer.codes(mention)
        tokens = self.document.tokens
        if mention.kind == "collective" and mention.number == "d":
            codes = self._pair_of(mention, trigger) or codes
        if not codes:
            if mention.enclitic or tokens[mention.first].norm in _THIS:
                found = self._referents(trigger, mention.first, mention.enclitic or "ها", slot)
                if found:
                    out += found
                    return
            if mention.kind not in _UNKNOWN_KINDS:
                return
            codes = UNKNOWN
        parts = [codes] if mention.kind == "people" else [(code,) for code in codes]
        for part, some in enumerate(parts):
            out.append(
                Party(
                    some, slot.name, mention.kind, "", mention.first, mention.last, slot.nested, slot.joined,
                    slot.depth, slot.distance, mention.index, part,
                )
            )  # fmt: skip

    def _pair_of(self, mention: ActorMention, trigger: Trigger) -> tuple[str, ...]:
        """The pair that «البلدان» means: what the actor layer says, unless the nearest two and the focus agree."""
        codes = self.layer.codes(mention)
        near = self._recent(mention.first, trigger.sentence)[:2]
        if len(codes) != 2 or (set(near) == set(self.focus[:2]) and set(codes) != set(near)):
            return tuple(near) if len(near) == 2 else codes
        return codes

    def _recent(self, token: int, sentence: int) -> list[str]:
        """Codes mentioned before a token in its sentence and the three before it, latest first, each once."""
        out: list[str] = []
        for number in range(sentence, max(sentence - 4, -1), -1):
            for mention in reversed(self._mentions.get(number, [])):
                if mention.first < token and mention.kind in _NAMED:
                    out += [code for code in self.layer.codes(mention) if code not in out]
        return out

    def _dyad(self, trigger: Trigger) -> tuple[str, ...]:
        """The pair last spoken of, the speaker first."""
        recent = self._recent(trigger.first, trigger.sentence)
        if trigger.statement is not None:
            speaker = list(trigger.statement.speaker.affiliation[:1])
            recent = speaker + [code for code in recent if code not in speaker]
        first = recent[:1]
        rest = [code for code in recent[1:] if code in self.focus] or recent[1:]
        return (*first, *rest[:1]) if first and rest else ()

    def _referents(self, trigger: Trigger, at: int, enclitic: str, slot: Slot) -> list[Party]:
        """What a pronoun at token `at` may refer to: the nearest mentions that agree, and the most salient one."""
        if enclitic not in _PRONOUNS:
            return []
        gender, number = _PRONOUNS[enclitic]
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

        for mention in reversed(self._mentions.get(trigger.sentence, [])):
            if mention.last > at or mention.kind == "adjective" or (mention.last == at and enclitic != "هم"):
                continue
            entity = self.layer.entity(mention)
            if mention.kind in ("person", "office") and not agrees(entity, gender, number if number != "s" else ""):
                continue
            codes = self.layer.codes(mention)
            if number == "d" and len(codes) < 2:
                continue
            add(codes, "next" if seen else "near", mention)
            if len(seen) >= 2:
                break
        found = self.layer.resolve(at, gender, number)
        if found is not None:
            add(found.codes, "salient", None)
        if trigger.statement is not None:
            add(trigger.statement.speaker.affiliation[:2], "speaker", None)
        return out

    def _elided(self, trigger: Trigger, head: Token) -> list[Party]:
        out: list[Party] = []
        entity = self.layer.resolve(trigger.first, head.gender, "")
        if entity is not None:
            out += [Party((code,), "elided", "pronoun", "salient") for code in entity.codes]
        earlier = self._mentions.get(trigger.sentence - 1, [])
        if earlier:
            first = next((m for m in earlier if m.kind in _ACTING), earlier[0])
            out += [Party((code,), "elided", "pronoun", "previous") for code in self.layer.codes(first)]
        return out
