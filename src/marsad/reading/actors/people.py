"""People as entities: full names, spellings of one name, and who a bare title stands for."""

from __future__ import annotations

from abc import ABC, abstractmethod

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors.layer import ActorMention, Entity
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.surnames import SurnameFinder, similar
from marsad.reading.actors.table import LOOKBACK, MARKS, strip_article
from marsad.text.normalise import fold

SERVING = frozenset(("GOV", "MIL", "COP", "LEG"))
"""Sectors of those who serve a state: of the article's state when nothing else is said."""


class PeopleResolver(SurnameFinder, ABC):
    """Joins the mentions of people; a base of `Resolver`."""

    def resolve_people(self) -> None:
        """Join all mentions that hold a name, the fullest names first."""
        people = [mention for mention in self.mentions if mention.kind == "person" and mention.name is not None]
        people.sort(key=lambda m: (-(m.name[1] - m.name[0]) if m.name else 0, m.first))
        for mention in people:
            norms = self.name_norms(mention)
            entity = self._known(norms, mention)
            if entity is None:
                entity = self.new("person", mention, self._name_text(mention))
                entity.words = frozenset(norms)
                entity.codes = ()
                fathers = self.fathers(mention)
                for part in norms:
                    if part not in fathers or len(norms) == 1:
                        self.parts.setdefault(part, []).append(entity)
            else:
                self.join(entity, mention)
            self._describe(entity, mention)
        for entity in self.entities:
            entity.mentions.sort()

    def _name_text(self, mention: ActorMention) -> str:
        assert mention.name is not None
        first, last = mention.name
        start = mention.start if first == mention.first else self.tokens[first].start
        return self.text[start : self.tokens[last - 1].end].strip(MARKS)

    def _describe(self, entity: Entity, mention: ActorMention) -> None:
        """Role, codes, sectors and gender that a mention adds to a person."""
        role = self.role_text(mention)
        if mention.codes and (not entity.codes or (role is not None and entity.role is None)):
            entity.codes = mention.codes
        fuller = role is not None and (entity.role is None or len(role.split()) > len(entity.role.split()))
        if fuller and (mention.codes or not entity.codes or entity.role is None):
            entity.role = role
            entity.lemma = mention.lemma or self._role_lemma(mention)
            entity.sectors = mention.sectors or entity.sectors
        if mention.gender == "f":
            entity.gender = "f"

    def _role_lemma(self, mention: ActorMention) -> str:
        heads = [part.head for part in mention.phrase.parts]
        return next((head.head.lemma for head in heads if isinstance(head, HeadForm)), "")

    def _known(self, norms: list[str], mention: ActorMention) -> Entity | None:
        """The person already known by this name: by one part, by contained parts, or by a near spelling."""
        if len(norms) == 1:
            bearers = self.parts.get(norms[0], [])
            if len(bearers) > 1 and mention.codes:
                bearers = [one for one in bearers if set(one.codes) & set(mention.codes)] or bearers
            if bearers:
                return bearers[0]
            return next((one for one in self.entities[:LOOKBACK] if self._near(norms[0], one)), None)
        wanted = set(norms)
        shared_part = {one.index: one for norm in norms for one in self.parts.get(norm, [])[:LOOKBACK]}
        for _, entity in sorted(shared_part.items()):
            if wanted <= entity.words or entity.words <= wanted:
                return entity
            shared = wanted & entity.words
            if shared and len(shared) + 1 >= min(len(wanted), len(entity.words)):
                other = sorted((wanted - shared) | (entity.words - shared))
                if len(other) == 2 and similar(other[0], other[1]):
                    return entity
        return None

    def _near(self, norm: str, entity: Entity) -> bool:
        return len(norm) > 4 and any(len(part) > 4 and similar(norm, part) for part in entity.words)

    # --- titles -------------------------------------------------------------------------------------------------

    def person_of_title(self, mention: ActorMention) -> Entity | None:
        """Who a title without a name stands for: the person or office whose role has the same head and state."""
        lemma = fold(self.lexicon.synonym(mention.lemma)).split()[0]
        words = self.content(mention)
        best: tuple[float, Entity] | None = None
        people = self.entities
        if len(people) > 2 * LOOKBACK:
            people = [*people[:LOOKBACK], *people[-LOOKBACK:]]
        for entity in people:
            if entity.kind not in ("person", "office", "expert") or entity.number != "s":
                continue
            known = self.lexicon.person(entity.name) if entity.kind == "person" and not entity.role else None
            written = entity.role or (known.role if known is not None else "")
            if not written:
                continue
            role = {strip_article(word) for word in fold(written).split()}
            heads = {fold(self.lexicon.synonym_of_fold(form)) for word in role for form in (word, word.rstrip("ه"))}
            heads.add(fold(self.lexicon.synonym(entity.lemma)).split()[0] if entity.lemma else "")
            if lemma not in heads or not self.compatible(mention, entity):
                continue
            if not mention.definite and words != role:
                continue
            before = [index for index in entity.mentions[-LOOKBACK:] if index < mention.index]
            if not before and (len(words - role) > 1 or mention.bare):
                continue
            distance = before[-1] - mention.index if before else -60
            score = 40.0 * len(words & role) - 25.0 * len(words - role) + distance
            score += 25.0 * (entity.kind == "person")  # the bearer rather than his title
            if best is None or score > best[0]:
                best = (score, entity)
        return best[1] if best else None

    def compatible(self, mention: ActorMention, entity: Entity) -> bool:
        """Whether codes and gender allow that the mention is the entity."""
        if mention.codes and entity.codes and not set(mention.codes) & set(entity.codes):
            return False
        return mention.gender == entity.gender or entity.kind not in ("person", "office")

    def recent_person(self, mention: ActorMention, limit: int = 4) -> Entity | None:
        """The last person or office mentioned at most `limit` sentences before, fitting in gender."""
        sentence = self.tokens[mention.first].sentence
        for other in self.before(mention):
            if sentence - self.tokens[other.first].sentence > limit:
                break
            if other.entity >= 0 and other.kind in ("person", "office", "expert"):
                entity = self.entities[other.entity]
                if entity.number == "s" and self.compatible(mention, entity):
                    return entity
        return None

    @abstractmethod
    def owned_codes(self, mention: ActorMention) -> tuple[str, ...]:
        """Defined by `Resolver`."""

    @abstractmethod
    def part_codes(self, phrase: Phrase) -> tuple[str, ...]:
        """Defined by `Resolver`."""

    def fill_people(self) -> None:
        """Codes for people whose title names no state: the state of the article, or what everybody knows."""
        for entity in self.entities:
            if entity.kind != "person":
                continue
            heads = [self.mentions[index].phrase.head for index in entity.mentions]
            known = self.lexicon.person(entity.name)
            if not entity.codes and known is not None:
                entity.codes = known.codes
            if not entity.codes:
                parts = (self.part_codes(self.mentions[index].phrase) for index in entity.mentions)
                entity.codes = next((codes for codes in parts if codes), ())
            if not entity.codes:
                owned = (self.owned_codes(self.mentions[index]) for index in entity.mentions)
                entity.codes = next((codes for codes in owned if codes), ())
            governs = next(
                (
                    index for index, head in zip(entity.mentions, heads, strict=True)
                    if isinstance(head, HeadForm) and "gov" in head.head.flags
                ), None,
            )  # fmt: skip
            expert = any(isinstance(head, HeadForm) and head.head.kind == "expert" for head in heads)
            serves = bool(set(entity.sectors) & SERVING)
            if governs is None and serves:
                governs = next((index for index in entity.mentions if self.mentions[index].role is not None), None)
            if not entity.codes and governs is not None and self.home and not expert:
                entity.codes = (self.home_at(self.mentions[governs].first),)
