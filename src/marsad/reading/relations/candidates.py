"""Candidates for relations: relation words in the text, and who could stand on either side of each.

A `Trigger` is a match of a relation row; its `Party` list holds every actor that could be one of its two sides: the
mentions around it in their slots, what its pronouns may refer to, elided subjects, the speaker, the pair last spoken
of, and the actors that the article is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from marsad.lexicon.actors import Entry, Node
from marsad.lexicon.function_words import function_words
from marsad.lexicon.relations import Relations
from marsad.reading.actors.find import ActorLayer, ActorMention
from marsad.reading.actors.words import word_info
from marsad.reading.relations.referents import PRONOUNS, Referents
from marsad.reading.relations.slots import Clause, Slot, Spot
from marsad.reading.relations.trigger import UNKNOWN, Party, Trigger, Word
from marsad.records import Statement
from marsad.text.document import Document, Token

_FIRST_PERSON = frozenset(["نا", "ني", "ي"])
_BARE = frozenset(["subject", "left", "left:at", "left:that", "left:rel"])
_VERB_REACH = 6
_UNDERGO = 6
_PREDICATE = 14
"""Tokens after a word in which its predicate is looked for."""
_OWNED = frozenset(["body", "state", "seat", "place"])
"""Kinds of mention whose pronoun names the actor itself («بلاده», «حكومتها»)."""
_QUALIFYING = frozenset(["quality", "passive", "held-by", "led-by", "helped"])
_NEEDS_BEFORE, _NEEDS_AFTER = 6, 9
_UNKNOWN_KINDS = frozenset(["people", "group", "collective", "body"])
_DYAD = 1 << 20
"""Stands for the mention of a pair that is not named."""
_NAMED_AS_WRITTEN = frozenset(["group", "body"])


def _entry_at(tokens: Sequence[Token], index: int, end: int) -> tuple[Entry, int] | None:
    """The longest name with codes that begins at a token, and where it ends."""
    best: tuple[Entry, int] | None = None
    for start in word_info(tokens[index].norm).starts:
        node: Node | None = start.node
        last = index + 1
        while node is not None:
            for item in node.items:
                if isinstance(item, Entry) and item.codes and (best is None or last > best[1]):
                    best = item, last
            node = node.next.get(tokens[last].norm) if last < end else None
            last += 1
    return best


class Finder:
    """Finds triggers and their parties in one document."""

    def __init__(self, document: Document, layer: ActorLayer, statements: Sequence[Statement], data: Relations) -> None:
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
        self._referents = Referents(layer, self._clause, self._mentions, self.focus)
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
                whole = match.last - match.first
                found.append(Trigger(self.data.rows[name], first, last, tokens[first].sentence, whole, match.first))
            elif kind == "needs":
                needs.setdefault(name, []).append(match.first)
            else:
                row = self.data.words[name]
                words.setdefault(tokens[match.first].sentence, []).append(
                    Word(row.id, row.of, row.says, match.first, match.last)
                )
        found = [
            t
            for t in found
            if not (t.row.needs and not self._near(t, needs.get(t.row.id, ())))
            and not any(
                w.says == "blocked" and w.first <= t.first and t.last <= w.last for w in words.get(t.sentence, ())
            )
        ]
        for trigger in found:
            trigger.words = tuple(words.get(trigger.sentence, ()))
            trigger.statement = self.holder(tokens[trigger.first].start, tokens[trigger.last - 1].end)
            before = tokens[trigger.first - 1] if trigger.first else None
            trigger.governed = bool({"ب", "ل"} & set(tokens[trigger.first].proclitics)) or (
                before is not None and before.norm in function_words("governing")
            )
            trigger.undergone = any(
                w.says == "undergo" and 0 <= trigger.first - w.last <= _UNDERGO for w in trigger.words
            )
            trigger.clause_end = self._clause_end(trigger)
            trigger.inside = self.layer.at(trigger.first) is not None
        self._rivals(found)
        found = [t for t in found if not t.turned and not (t.inside and self._named(t))]
        for trigger in found:
            trigger.parties = self._parties(trigger)
        return found

    def _clause_end(self, trigger: Trigger) -> int:
        tokens = self.document.tokens
        last = min(self.document.sentences[trigger.sentence].last, trigger.last + _PREDICATE)
        meanwhile = function_words("meanwhile")
        for i in range(trigger.last, last):
            token = tokens[i]
            if "و" in token.proclitics and (token.pos == "VERB" or token.stem in function_words("negators")):
                return i
            if token.norm in meanwhile:
                return i
            if token.form in "،؛" and i > trigger.last + 2 and tokens[i + 1 : i + 2] and tokens[i + 1].norm != "قد":
                return i
        return last

    def _named(self, trigger: Trigger) -> bool:
        """Whether the words are part of an actor's name («مجلس التعاون», «الدعم السريع»)."""
        mention = self.layer.at(trigger.first)
        if trigger.row.kind in ("territory", "presence"):
            return False
        return mention is not None and mention.last >= trigger.last and mention.rule.startswith("name:")

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
                        longer = other.size > one.size
                        one.covered = one.covered or longer
                        turns = (
                            other.row.polarity != one.row.polarity
                            or other.row.kind == "diplomacy"
                            or other.row.state not in (None, one.row.state)
                        )
                        one.turned = one.turned or (longer and turns)
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
        verb = not head.definite and not trigger.row.verbs.isdisjoint(head.keys) and (
            head.pos == "VERB" or not any(key[:2] in ("n:", "m:") for key in head.keys)
        )  # fmt: skip
        out: list[Party] = []
        for spot in self._clause.right(trigger.first, trigger.last, verb):
            self._add(out, trigger, spot)
        around = self.layer.at(trigger.last - 1)
        inner = self._inner(trigger, around) if around is not None and around.last > trigger.last else []
        out += inner
        for spot in self._clause.left(trigger.first, trigger.row.frame in _QUALIFYING):
            self._add(out, trigger, spot)
        enclitic = next((tokens[i].enclitic for i in range(trigger.first, trigger.last) if tokens[i].enclitic), "")
        if enclitic in PRONOUNS:
            name = "object-pronoun" if verb else "own"
            if verb and (self._relative(trigger) or self._qualifies(trigger)):
                if not any(p.slot in ("left:rel", "left:at") for p in out):
                    out.append(Party(UNKNOWN, name, "pronoun", first=trigger.first, last=trigger.last, distance=0))
            else:
                out += self._referents.referents(trigger, trigger.first, enclitic, Slot(name, 0.0, 0, False, False))
        first_person = enclitic in _FIRST_PERSON or (head.person == "1" and head.norm[:1] in "ناس")
        if trigger.statement is not None:
            how = "first person" if first_person else ""
            for code in trigger.statement.speaker.affiliation[:3]:
                slot = "own" if enclitic in _FIRST_PERSON and not verb else "speaker"
                out.append(Party((code,), slot, "speaker", how))
        if not any(p.slot in _BARE and p.depth < 1 for p in out):
            governing = head if verb else self._governing_verb(trigger)
            if governing is not None:
                out += self._referents.elided(trigger, governing)
        for part, code in enumerate(self._referents.dyad(trigger)):
            out.append(Party((code,), "dyad", "collective", number=_DYAD, part=part))
        present = {code for party in out for code in party.codes}
        for rank, code in enumerate(self.focus):
            if code not in present:
                out.append(Party((code,), "focus", "focus", distance=rank))
        return out

    def _inner(self, trigger: Trigger, around: ActorMention) -> list[Party]:
        """Names inside the mention that the words stand in («قوات بوتسوانا المدعومة *من آيسلندا*»)."""
        tokens = self.document.tokens
        out: list[Party] = []
        i = trigger.last
        while i < around.last:
            found = _entry_at(tokens, i, around.last)
            if found is None:
                i += 1
                continue
            entry, last = found
            prep = self._clause.preposition_of(i, trigger.last)
            slot = f"to:{prep}" if prep else "idafa"
            distance = i - trigger.last
            out += [Party((code,), slot, entry.kind, "", i, last, distance=distance) for code in entry.codes]
            i = last
        return out

    def _qualifies(self, trigger: Trigger) -> bool:
        """Whether a verb qualifies the indefinite noun right before it («مقاتلين تدعمهم …»)."""
        before = self.document.tokens[trigger.first - 1] if trigger.first else None
        return before is not None and before.pos in ("NOUN", "ADJ") and not before.definite and not before.enclitic

    def _governing_verb(self, trigger: Trigger) -> Token | None:
        """The verb before a noun that has no subject of its own between («لكنها تتجنب المساعدة»)."""
        first = self.document.sentences[trigger.sentence].first
        for token in reversed(self.document.tokens[max(first, trigger.first - _VERB_REACH) : trigger.first]):
            if token.pos == "VERB" and not token.definite:
                return token
            if token.form in "،؛:":
                return None
        return None

    def _relative(self, trigger: Trigger) -> bool:
        """Whether a relative pronoun stands before the words: a pronoun on them then repeats its antecedent."""
        before = self.document.tokens[max(trigger.first - 2, 0) : trigger.first]
        return any(token.norm in function_words("relatives") for token in before)

    def _add(self, out: list[Party], trigger: Trigger, spot: Spot) -> None:
        slot, mention = spot.slot, spot.mention
        if mention is None:
            out += self._referents.referents(trigger, spot.token, self.document.tokens[spot.token].enclitic, slot)
            return
        codes = self.layer.codes(mention)
        tokens = self.document.tokens
        if mention.kind == "collective" and mention.number == "d":
            codes = self._referents.pair_of(mention, trigger) or codes
        if not codes:
            this = tokens[mention.first].norm in function_words("demonstratives")
            if this or (mention.enclitic and mention.kind in _OWNED):
                found = self._referents.referents(trigger, mention.first, mention.enclitic or "ها", slot)
                if found:
                    out += found
                    return
            if mention.kind not in _UNKNOWN_KINDS:
                return
            named = mention.kind in _NAMED_AS_WRITTEN and mention.last - mention.first > 1
            codes = (self.layer.document.text[mention.start : mention.end],) if named else UNKNOWN
        if mention.first < trigger.first < mention.last and not codes[0].isascii():
            codes = (self.layer.document.text[mention.start : tokens[trigger.first - 1].end],)
        parts = [codes] if mention.kind == "people" else [(code,) for code in codes]
        for part, some in enumerate(parts):
            out.append(
                Party(
                    some, slot.name, mention.kind, "", mention.first, mention.last, slot.nested, slot.joined,
                    slot.depth, slot.distance, mention.index, part,
                )
            )  # fmt: skip
