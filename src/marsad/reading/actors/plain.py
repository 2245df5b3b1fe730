"""What the grammar asks of plain words, and how a phrase takes in another one as owner or target."""

from __future__ import annotations

from abc import ABC, abstractmethod

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors.names import NameGrammar, Phrase
from marsad.reading.actors.words import LIKELY, SURE, Words

INSTITUTIONS = ("body", "seat", "group", "outlet", "bloc")
COUNTRIES = ("state", "capital", "place")
NAMED = ("outlet", "group", "body")


class PlainGrammar(NameGrammar, ABC):
    """Looks at plain words; the base of the other parts of the grammar."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        lists = words.lexicon.words
        self.portfolios = lists["portfolio"]
        self.relatives = lists["relative"]
        self.spokes = lists["spokes"]
        self.titled = lists["titled"]
        self.self_words = lists["self"]
        self.topics = lists["topic"]
        self.issued = lists["issued"]
        self.exalted = lists["exalted"]
        self.units = lists["unit"]
        self.led = lists["led"]

    @abstractmethod
    def phrase(self, index: int, depth: int = 0, proclitics: str | None = None) -> Phrase | None:
        """Defined by `Grammar`."""

    def absorb(self, found: Phrase, inner: Phrase) -> None:
        """Take in an actor phrase as owner: its codes become codes of the whole."""
        found.parts.append(inner)
        found.add(inner.codes)
        found.targets += inner.targets
        found.last = inner.last
        found.closed = True
        found.definite = found.definite or inner.definite
        if found.kind in ("office", "unnamed", "people"):
            found.sectors = list(inner.sectors) or found.sectors

    def _target(self, found: Phrase, inner: Phrase) -> None:
        """Take in an actor phrase as place or addressee: its codes are no affiliation unless there is none.

        Where an envoy goes or a reporter sits is never one.
        """
        outward = found.flags & {"to", "press"} and inner.kind in COUNTRIES
        if not found.codes and not outward:
            self.absorb(found, inner)
            return
        found.parts.append(inner)
        found.targets += inner.codes
        found.last = inner.last
        found.closed = True

    def _around(self, found: Phrase, inner: Phrase) -> None:
        found.parts.append(inner)
        found.targets += inner.codes
        found.last = inner.last

    def _more_targets(self, found: Phrase, depth: int) -> None:
        while found.last < self.size:
            inner = self.phrase(found.last, depth + 1, "و")
            if inner is None or inner.kind not in COUNTRIES:
                break
            self._target(found, inner)

    def _nisba(self, at: int) -> bool:
        return self.tokens[at].norm.endswith(("ي", "يه", "يون", "يين", "يات", "يان"))

    def adjectival(self, at: int) -> bool:
        """Whether the word may be an adjective, by the text layer or by its nisba ending."""
        token = self.tokens[at]
        return token.pos == "ADJ" or token.norm in self.modifiers or (
            token.pos in ("NOUN", "X") and len(token.stem) > 3 and token.stem.endswith(("ي", "يه", "يين", "يون"))
        )

    def _as_modifier(self, found: Phrase, at: int, item: HeadForm) -> bool:
        """A title word used as an adjective: «المحلل السياسي», «المستشار الدبلوماسي»."""
        if item.construct or item.definite != found.definite:
            return False
        return self.tokens[at].norm in self.modifiers or "nisba" in item.head.flags

    def _indefinite_modifier(self, found: Phrase, at: int, item: HeadForm) -> bool:
        """«مصدر دبلوماسي», «خبير عسكري»: an adjective beside an indefinite head."""
        if found.definite or item.definite or item.construct or (found.closed and found.definite):
            return False
        return self.tokens[at].norm in self.modifiers or (
            self._nisba(at) and "nisba" in item.head.flags and not (found.kind == "group" and found.bare)
        )

    def _chain(self, at: int) -> bool:
        """Whether a genitive chain goes on at `at`: a definite noun or an actor word comes within three words."""
        for ahead in range(at, min(at + 3, self.size)):
            token = self.tokens[ahead]
            if token.pos not in ("NOUN", "ADJ", "X", "NAME") or token.proclitics or self.stops(ahead):
                return False
            if self.definite[ahead] or self.item_at(ahead)[0] is not None:
                return True
        return False

    def _described(self, at: int) -> bool:
        """Whether an indefinite description goes on at `at`: «لجنة تحقيق تابعة …», «قوة حفظ سلام دولية»."""
        if at >= self.size or self.definite[at]:
            return False
        return self.tokens[at].norm in self.issued or self.adjective_at(at)[0] is not None

    def _ministry(self, found: Phrase) -> bool:
        return "ministry" in found.flags or any(self._ministry(part) for part in found.parts)

    def plain_run(self, at: int, first_any: bool = False) -> int:
        """End of a plain noun phrase at `at`: nouns up to the first definite one, then definite adjectives."""
        begin, closed, bare = at, False, False
        while at < self.size and at - begin < 10:
            token = self.tokens[at]
            first = at == begin
            if self.stops(at) or token.pos not in ("NOUN", "ADJ", "X", "NAME"):
                break
            if token.proclitics and not (first and first_any):
                joined = token.proclitics == ("و",) and closed and self.definite[at]
                if not joined or self._is_titled(at):
                    break
            elif closed or bare:
                if self.definite[at] != closed or not self.adjectival(at) or self.infos[at].given:
                    break
            elif self.definite[at] or token.enclitic:
                closed = True
            elif not first and self.name_like(at) >= LIKELY:
                break
            elif not first and (token.pos == "ADJ" or self.adjective_at(at)[0] is not None):
                bare = True
            at += 1
        return at

    def _is_titled(self, at: int) -> bool:
        """Whether the word is a head of another actor («والمتحدث»)."""
        return any(
            isinstance(item, HeadForm) and item.head.kind in ("office", "unnamed", "expert", "people")
            for start in self.infos[at].starts for item in start.node.items
        )  # fmt: skip

    def _own_name(self, found: Phrase, at: int) -> bool:
        """A name in no list after a head that bears one: «صحيفة لوموند», «منظمة أوكسفام», «بلدة طمون»."""
        governor = found.kind == "office" and "site" in found.flags
        bearer = governor or (found.kind in (*NAMED, "place") and found.flags & {"own", "site"})
        if found.closed or found.definite or not bearer:
            return False
        if self.name_like(at) < LIKELY or self.stops(at) or (governor and self.infos[at].given):
            return False
        end = at + 1
        limit = 4 if found.kind == "outlet" else 1 if governor else 3
        while end < self.size and end - at < limit and self.name_like(end) >= LIKELY and not self.stops(end):
            if self.item_at(end)[0] is not None or self.adjective_at(end)[0] is not None:
                break
            end += 1
        found.name = None if governor else (at, end)
        found.last, found.closed, found.definite = end, True, True
        return True

    def _person_owner(self, found: Phrase, at: int) -> bool:
        """«حكومة نتنياهو», «إدارة ترامب», «قوات صالح»: a body called by its leader."""
        helper = found.kind == "office" and isinstance(found.head, HeadForm) and found.head.construct
        if not helper and (found.kind not in ("body", "group") or not found.flags & {"gov", "definite", "led"}):
            return False
        if self.name_like(at) < SURE or self.stops(at):
            return False
        name = self.plain_name(at, strong=False)
        if name is None:
            return False
        found.owner, found.last, found.closed, found.definite = name, name[1], True, True
        return True

    def _numbered(self, found: Phrase, at: int) -> bool:
        """«القناة 12», «القناة الـ14»."""
        if self.tokens[at].norm == "ال" and at + 1 < self.size:
            at += 1
        if self.tokens[at].pos != "NUM":
            return False
        found.last = at + 1
        return True
