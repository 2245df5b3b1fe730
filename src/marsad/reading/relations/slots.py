"""Where actors stand around a relation word: a shallow reading of its clause to the right and to the left.

To the right the words are read as the word's own noun phrase (adjectives, genitive), its prepositional phrases, and
a relative clause or participle that hangs on it («العقوبات المفروضة على …», «الحرب التي تشنها …»); what hangs on a
later noun, and what lies beyond a verb or أن, is deeper.  To the left the nearest bare noun is taken for the subject.
`frames.yaml` lists the slot names.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.lexicon.function_words import function_words
from marsad.reading.actors.find import ActorMention
from marsad.text.document import Document, Token

_COMMAS = frozenset("،,؛;:-–()")
_REACH = 32
_FURTHER_PHRASE = 0.4
"""Depth that a prepositional phrase adds after a noun in another: it rather belongs to that noun."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place around a relation word.  `depth` counts clause borders between, `distance` tokens."""

    name: str
    depth: float
    distance: int
    nested: bool
    joined: bool


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands in a slot: a mention, or a pronoun at a token."""

    slot: Slot
    mention: ActorMention | None
    token: int


class Clause:
    """Reads the surroundings of one relation word."""

    def __init__(self, document: Document, starting: dict[int, ActorMention], ending: dict[int, ActorMention]) -> None:
        self._tokens = document.tokens
        self._sentences = document.sentences
        self._norms = [token.norm for token in document.tokens]
        self._starting, self._ending = starting, ending
        self._prepositions = function_words("prepositions")
        self._attached = function_words("proclitic_prepositions").words
        self._relatives = function_words("relatives").words
        self._that = function_words("complementizers").words
        self._subordinate = function_words("subordinators").words

    def preposition(self, index: int) -> tuple[str, int] | None:
        """The preposition expression at a token and its length in tokens."""
        found = self._prepositions.at(self._norms, index)
        if found is not None:
            return " ".join(found), len(found)
        token = self._tokens[index]
        if token.proclitics and token.proclitics[-1] == "و" and token.pos in ("ADP", "X", "NOUN"):
            found = self._prepositions.at([token.stem, *self._norms[index + 1 : index + 4]], 0)
            if found is not None:
                return " ".join(found), len(found)
        if token.enclitic and token.pos == "ADP":
            return token.stem, 1
        return None

    def attached(self, token: Token) -> str | None:
        """The preposition written with a token («لروسيا»)."""
        for clitic in reversed(token.proclitics):
            if clitic in self._attached:
                return clitic
        return None

    def _is_verb(self, index: int) -> bool:
        token = self._tokens[index]
        if token.pos != "VERB" or token.definite:
            return False
        return index == 0 or self._tokens[index - 1].pos != "ADP"

    def _starting_before(self, index: int) -> ActorMention | None:
        """The mention that ends right before a token."""
        return self._ending.get(index - 1)

    def _prepositional(self, index: int) -> bool:
        return self.preposition(index) is not None or self.attached(self._tokens[index]) is not None

    def _subordinates(self, index: int, word: str) -> bool:
        if word in function_words("with_that"):
            return index + 1 < len(self._norms) and self._norms[index + 1] in self._that
        return word in self._subordinate

    def governor(self, mention: ActorMention) -> str | None:
        """The preposition that governs a mention, if any."""
        head = self._tokens[mention.first]
        return self.attached(head) or self._governor(mention.first - 1, self._sentences[head.sentence].first)

    def preposition_of(self, index: int, begin: int) -> str | None:
        """The preposition that governs the word at a token, looking back no further than `begin`."""
        return self.attached(self._tokens[index]) or self._governor(index - 1, begin)

    def _bare(self, token: Token) -> str:
        return token.norm[1:] if token.proclitics and token.norm[:1] in "وف" else token.norm

    # ---- to the right

    def right(self, first: int, last: int, is_verb: bool) -> list[Spot]:
        """Spots after the word at tokens `first:last`, in order."""
        tokens = self._tokens
        end = min(self._sentences[tokens[first].sentence].last, last + _REACH)
        out: list[Spot] = []
        prep: str | None = None
        phrase = nouns = bare = 0
        depth = 0.0
        relative = False
        verb_seen = False
        previous: Spot | None = None
        listed = False
        definite = tokens[first].definite
        i = first + 1
        while i < end:
            token = tokens[i]
            mention = self._starting.get(i)
            if i < last and mention is None and not self._prepositional(i):
                i += 1
                continue
            if mention is not None:
                if listed and previous is not None:
                    name, nested, joined = previous.slot.name, previous.slot.nested, True
                    depth = previous.slot.depth
                else:
                    name, nested, joined = self._right_name(
                        mention, token, prep, phrase, nouns, bare, relative, verb_seen, is_verb, definite, previous, i,
                        last,
                    )  # fmt: skip
                listed = False
                spot = Spot(Slot(name, depth, max(i - last, 0), nested, joined), mention, i)
                out.append(spot)
                if prep is None and not joined and mention.kind != "adjective":
                    bare += 1
                previous = spot
                nouns += 1
                i = max(mention.last, i + 1)
                continue
            if token.stem in function_words("each") and i + 1 < end and tokens[i + 1].norm == "من":
                clitic = self.attached(token)
                if clitic is not None:
                    prep, phrase, nouns = clitic, phrase + 1, 0
                i += 2
                continue
            if token.norm in function_words("such_as") and previous is not None:
                listed = True
                i += 1
                continue
            found = self.preposition(i)
            if found is not None:
                if phrase > 0 and nouns > 0 and not relative and self._starting_before(i) is None:
                    depth += _FURTHER_PHRASE
                prep, phrase, nouns = found[0], phrase + 1, 0
                if token.enclitic and token.pos == "ADP":
                    name = f"rel:to:{prep}" if relative else f"to:{prep}"
                    out.append(Spot(Slot(name, depth, max(i - last, 0), False, False), None, i))
                i += found[1]
                continue
            word = self._bare(token)
            if word in self._relatives:
                if phrase == 0 and not verb_seen:
                    relative = True
                else:
                    depth += 1
                prep, nouns = None, 0
            elif word in self._that:
                depth, prep, nouns = depth + 3, None, 0
            elif self._subordinates(i, word):
                depth, prep, nouns = depth + 2, None, 0
            elif self._is_verb(i):
                if relative and not verb_seen:
                    verb_seen = True
                    prep, nouns, bare = None, 0, 0
                else:
                    depth, prep, nouns, bare = depth + 2, None, 0, 0
            elif token.form in _COMMAS:
                following = tokens[i + 1] if i + 1 < end else None
                if token.form not in "-–()" and (following is None or "و" not in following.proclitics):
                    depth += 0.75
            elif token.pos in ("NOUN", "X", "ADJ", "NAME"):
                clitic = self.attached(token)
                if clitic is not None:
                    prep, phrase, nouns = clitic, phrase + 1, 1
                elif token.proclitics and "و" in token.proclitics and prep is None and phrase == 0:
                    nouns = 1
                elif phrase > 0 and token.definite and self._participle(token) and self._governs(i + 1, end):
                    depth, prep, nouns = depth + 1, None, 0
                elif token.pos == "NOUN":
                    nouns += 1
            i += 1
        return out

    def _participle(self, token: Token) -> bool:
        return token.pos == "ADJ" and any(key[:2] in ("p:", "q:") for key in token.keys)

    def _governs(self, index: int, end: int) -> bool:
        if index >= end:
            return False
        return self.preposition(index) is not None or self.attached(self._tokens[index]) is not None

    def _right_name(
        self,
        mention: ActorMention,
        token: Token,
        prep: str | None,
        phrase: int,
        nouns: int,
        bare: int,
        relative: bool,
        verb_seen: bool,
        is_verb: bool,
        definite: bool,
        previous: Spot | None,
        index: int,
        last: int,
    ) -> tuple[str, bool, bool]:
        clitic = self.attached(token)
        joined = (
            "و" in token.proclitics
            and clitic is None
            and previous is not None
            and previous.mention is not None
            and not (mention.kind == "adjective" and previous.mention.kind != "adjective")
        )
        if joined and previous is not None:
            name = previous.slot.name
            if name.endswith("to:بين") or index - previous.token <= 8:
                return name, previous.slot.nested, True
        inside = "rel:" if relative else ""
        if clitic is not None:
            return f"{inside}to:{clitic}", False, False
        nested = nouns > 0
        if prep is not None:
            return f"{inside}to:{prep}", nested, False
        if relative and verb_seen:
            return "rel:subject", nested, False
        if is_verb:
            return ("subject" if bare == 0 else "object"), nested, False
        if mention.kind == "adjective" and index - last <= 5:
            return "adjective", False, False
        if (
            previous is not None
            and previous.mention is not None
            and previous.slot.name == "adjective"
            and index - previous.mention.last <= 1
        ):
            return "adjective", False, False
        if bare == 0 and not definite:
            return "idafa", nested, False
        return "object", nested, False

    # ---- to the left

    def left(self, first: int, qualified: bool) -> list[Spot]:
        """Spots before the word at token `first`, nearest first.

        `qualified`: the word qualifies the noun before it, whatever governs that («من الحوثيين المدعومين»).
        """
        tokens = self._tokens
        begin = max(self._sentences[tokens[first].sentence].first, first - _REACH)
        out: list[Spot] = []
        depth = 0.0
        verbs = 0
        that = False
        relative = False
        between = 0
        chained: Spot | None = None
        i = first - 1
        while i >= begin:
            mention = self._ending.get(i)
            token = tokens[i]
            if mention is not None:
                head = tokens[mention.first]
                distance = first - mention.last
                clitic = self.attached(head)
                before = mention.first - 1
                prep = clitic or self._governor(before, begin)
                joined = "و" in head.proclitics
                if joined and prep is None and (other := self._ending.get(before)) is not None:
                    prep = self.governor(other)
                nested = prep is None and before >= begin and tokens[before].pos == "NOUN" and not joined
                nested = nested and not tokens[before].definite
                if chained is not None and chained.token == mention.last:
                    name = chained.slot.name
                elif relative and between == 0:
                    name = "left:rel"
                elif that:
                    name = "left:out"
                elif between == 0 and verbs == 0 and distance <= 1 and (qualified or prep is None):
                    name = "left:at"
                elif prep is not None:
                    name = f"left:{prep}"
                elif before >= begin and self._bare(tokens[before]) in self._that:
                    name = "left:that"
                else:
                    name = "left"
                spot = Spot(Slot(name, depth, distance, nested, joined), mention, mention.first)
                out.append(spot)
                chained = spot if joined else None
                between += 1
                i = min(mention.first, i) - 1
                continue
            word = self._bare(token)
            if word in self._relatives:
                relative, between = True, 0
                depth += 0.5
            elif word in self._that:
                that = True
                depth += 2
            elif self._subordinates(i, word):
                depth += 1
            elif self._is_verb(i):
                verbs += 1
                depth += 0.25 if verbs == 1 else 1
            elif token.form in _COMMAS and token.form not in "-–()":
                depth += 0.5
            i -= 1
        return out

    def _governor(self, index: int, begin: int) -> str | None:
        for size in (3, 2, 1):
            at = index - size + 1
            if at >= begin:
                found = self.preposition(at)
                if found is not None and found[1] == size and not self._tokens[at].enclitic:
                    return found[0]
        return None
