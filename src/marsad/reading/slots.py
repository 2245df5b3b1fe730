"""Argument slots: where a mention stands in the clause, seen from a trigger word.

A shallow reading of the sentence without a parser.  Seen from a trigger, each mention of its sentence gets a
`Slot`: on which side it is, which preposition governs it, whether a noun stands between («أراضي روسيا»), how many
bare phrases came before it, and which borders (relative pronoun, complementiser, verb, comma) lie between.  Rows of
the lexicon say what a slot means for them; the scorers use its parts as features.

Slot names (`Slot.name`):

    subject     first bare phrase after a verb            («قصفت *القوات الروسية* …»)
    object      second bare phrase after a verb, or the first after a verb whose subject stood before it
    idafa       directly after a noun trigger             («مقتل *جنود*», «زيارة *الوزير*»)
    adjective   nationality adjective after a noun        («الغارات *الإسرائيلية*»)
    after:P     governed by preposition P after it        («هجوم على *مالي*»)
    next        bare phrase after a noun trigger, further away
    before      bare phrase before the trigger, no verb between (topic, or subject of a governing verb)
    before:P    governed by preposition P before it
    relative    antecedent of a relative pronoun before the trigger
    governor    bare phrase before which the verb stands that governs a noun trigger («شنت *إسرائيل* غارات»)
    governed:P  the same, governed by preposition P
    before-that bare phrase beyond one complementiser («قالت *روسيا* إنها قصفت …»)
    far, back   beyond another verb or clause border, after and before the trigger
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from marsad.lexicon.function_words import function_words
from marsad.reading.actors import ActorMention
from marsad.text.document import Document, Token


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mention stands, seen from a trigger."""

    name: str
    nested: str
    """Lemma of the noun that is not part of the mention, stands directly before it and governs it, or ""."""
    borders: tuple[str, ...]
    """Kinds of clause border between trigger and mention, nearest the trigger first."""
    distance: int
    """Tokens between trigger and mention; negative where the mention comes first."""
    coordinated: bool
    """Joined with «و» to the mention before it."""
    order: int = 0
    """Place among the mentions on its side of the trigger that have codes, nearest first, chains counted once."""


_COMMAS = frozenset(("،", ",", "؛", ";", "-", "–", ":"))
_NOMINAL = frozenset(("NOUN", "X", "NAME", "ADJ"))


class SentenceSlots:
    """One sentence, prepared once for all its triggers."""

    def __init__(self, document: Document, first: int, last: int, mentions: Sequence[ActorMention]) -> None:
        self.tokens = document.tokens
        self.first, self.last = first, last
        self.mentions = mentions
        self.by_first = {mention.first: i for i, mention in enumerate(mentions)}
        norms = [token.norm for token in self.tokens[first:last]]
        inside = [False] * (last - first)
        for mention in mentions:
            for i in range(max(mention.first, first), min(mention.last, last)):
                inside[i - first] = True
        self.inside = inside
        self.chain = self._chains()
        prepositions = function_words("prepositions")
        self.borders: list[str | None] = []
        self.prepositions: dict[int, tuple[str, int]] = {}
        skip = 0
        for k in range(last - first):
            token = self.tokens[first + k]
            self.borders.append(None if inside[k] else _border(token))
            if skip > 0:
                skip -= 1
                continue
            found = prepositions.at(norms, k)
            if found is None and token.proclitics and token.proclitics[-1] in ("و", "ف"):
                found = prepositions.at([token.norm[1:], *norms[k + 1 : k + 4]], 0)
            if found is not None:
                self.prepositions[first + k] = (" ".join(found), len(found))
                skip = len(found) - 1

    def _chains(self) -> list[int]:
        """For each mention the number of the first of its coordinated chain («روسيا وأوكرانيا وبولندا»)."""
        out: list[int] = []
        for i, mention in enumerate(self.mentions):
            head = i
            if i and "و" in mention.proclitics:
                gap = mention.first - self.mentions[i - 1].last
                if gap == 0 or gap == 1 and self.tokens[mention.first - 1].norm in ("،", ","):
                    head = out[i - 1]
                elif gap <= 2 and self.tokens[mention.first - 1].pos == "ADJ":
                    head = out[i - 1]
            elif i and self.mentions[i - 1].last + 1 == mention.first:
                between = self.tokens[mention.first - 1].norm
                if between in ("او", "و") or between in ("،", ",") and self._listed(i):
                    head = out[i - 1]
            out.append(head)
        return out

    def _listed(self, i: int) -> bool:
        """Whether a comma before mention `i` separates members of a list that ends with «و»."""
        for k in range(i, min(i + 6, len(self.mentions) - 1)):
            following = self.mentions[k + 1]
            gap = following.first - self.mentions[k].last
            if gap == 0 and "و" in following.proclitics:
                return self.mentions[i].kind != "adjective"
            if gap != 1 or self.tokens[following.first - 1].norm not in ("،", ","):
                return False
        return False

    def attached(self, mention: ActorMention) -> str | None:
        """The preposition written together with a mention («لإسرائيل»)."""
        for clitic in reversed(mention.proclitics):
            if clitic in "بلك":
                return clitic
        return None

    def before(self, mention: ActorMention) -> str | None:
        """The preposition that stands directly before a mention, attached or not."""
        attached = self.attached(mention)
        if attached is not None:
            return attached
        for size in (1, 2, 3, 4):
            found = self.prepositions.get(mention.first - size)
            if found is not None and found[1] == size:
                return found[0]
        return None

    def head_noun(self, mention: ActorMention) -> Token | None:
        """The noun outside the mention that governs it («أراضي *روسيا*», «طائرات *إسرائيلية*»), or None."""
        left = mention.first - 1
        if left < self.first or "و" in mention.proclitics or self.attached(mention) is not None:
            return None
        token = self.tokens[left]
        if self.inside[left - self.first] or token.pos not in ("NOUN", "ADJ") or left in self.prepositions:
            return None
        if mention.kind == "adjective" and token.pos == "ADJ" and left - 1 >= self.first:
            further = self.tokens[left - 1]
            if further.pos == "NOUN" and not self.inside[left - 1 - self.first]:
                return further
        return token

    def slots(self, first: int, last: int, is_verb: bool, parts: frozenset[int] = frozenset()) -> dict[int, Slot]:
        """The slot of each mention (by position in `mentions`) seen from the trigger tokens `first:last`.

        Mentions that begin inside the trigger are left out.  `parts` are tokens of the trigger after `last`
        («فرضت … عقوبات»): no nouns of their own.
        """
        out: dict[int, Slot] = {}
        self._after(last, is_verb, parts, out)
        self._before(first, is_verb, out)
        return out

    def _after(self, start: int, is_verb: bool, parts: frozenset[int], out: dict[int, Slot]) -> None:
        tokens = self.tokens
        preposition: str | None = None
        noun = ""
        nouns = bare = 0
        borders: list[str] = []
        hard = False
        i = start
        while i < self.last:
            number = self.by_first.get(i)
            token = tokens[i]
            if number is None:
                if i in parts:
                    preposition, noun, nouns = None, "", 0
                    i += 1
                    continue
                word = self.prepositions.get(i)
                if word is not None:
                    preposition, nouns, noun = word[0], 0, ""
                    i += word[1]
                    continue
                border = self.borders[i - self.first]
                if border is not None:
                    borders.append(border)
                    if border != "comma":
                        preposition, nouns, noun = None, 0, ""
                        hard = hard or border in ("verb", "that", "subordinate")
                elif token.pos in _NOMINAL:
                    clitic = token.proclitics[-1] if token.proclitics else ""
                    if clitic in ("ب", "ل", "ك"):
                        preposition, nouns, noun = clitic, 1, token.lemma
                    elif token.pos != "ADJ":
                        nouns += 1
                        noun = token.lemma
                        if preposition is None and nouns == 1 and token.pos == "NOUN":
                            bare += 1
                i += 1
                continue
            mention = self.mentions[number]
            attached = self.attached(mention)
            joined = self.chain[number] != number and self.chain[number] in out
            nested = noun if nouns > 0 and attached is None and not joined else ""
            if attached is not None:
                preposition = attached
            if joined and attached is None:
                name = out[self.chain[number]].name
            elif hard:
                name = "far"
            elif preposition is not None:
                name = f"after:{preposition}"
            elif not is_verb:
                if mention.kind == "adjective" and not nested and not borders:
                    name = "adjective"
                else:
                    name = "idafa" if i == start else "next"
            else:
                name = "subject" if bare == (1 if nested else 0) else "object"
            if preposition is None and not nested:
                bare += 1
            out[number] = Slot(name, nested, tuple(borders[:4]), i - start, joined)
            preposition, nouns, noun = None, 0, ""
            i = max(mention.last, i + 1)

    def _before(self, first: int, is_verb: bool, out: dict[int, Slot]) -> None:
        borders: list[str] = []
        position = first
        for number in range(len(self.mentions) - 1, -1, -1):
            mention = self.mentions[number]
            if mention.last > first:
                continue
            for i in range(position - 1, mention.last - 1, -1):
                border = self.borders[i - self.first]
                if border is not None and len(borders) < 8:
                    borders.append(border)
            preposition = self.before(mention)
            head = self.head_noun(mention)
            kinds = [b for b in borders if b != "comma"]
            if not kinds:
                name = f"before:{preposition}" if preposition else "before"
            elif kinds[-1] == "relative" and len(kinds) == 1:
                name = "relative"
            elif kinds == ["verb"]:
                name = ("verbal" if is_verb else "governed" if preposition else "governor") + (
                    f":{preposition}" if preposition else ""
                )
            elif kinds in (["that"], ["verb", "that"]) and preposition is None:
                name = "before-that"
            else:
                name = "back"
            out[number] = Slot(name, head.lemma if head else "", tuple(borders[:4]), mention.last - first - 1, False)
            position = mention.first
        for number in list(out):
            head = self.chain[number]
            if head != number and head in out and self.mentions[number].last <= first:
                lead, tail = out[head], out[number]
                nearest = max(lead.distance, tail.distance)
                name = lead.name if self.before(self.mentions[head]) else tail.name
                if self.before(self.mentions[number]) is None:
                    out[number] = Slot(name, lead.nested, tail.borders, nearest, True)
                    out[head] = Slot(name, lead.nested, tail.borders, nearest, False)


def _border(token: Token) -> str | None:
    norm = token.norm
    if norm in _COMMAS:
        return "comma"
    if token.proclitics and norm[:1] in "وف":
        norm = norm[1:]
    if norm in function_words("relatives"):
        return "relative"
    if norm in function_words("complementizers") or token.stem in ("ان", "لان") and token.enclitic:
        return "that"
    if norm in function_words("subordinators"):
        return "subordinate"
    if token.pos == "VERB":
        return "verb"
    return None
