"""Which mentions are one actor: the order of resolution, officials, sources, people, and the last tidying."""

from __future__ import annotations

from marsad.lexicon.actors import Entry, HeadForm
from marsad.reading.actors.descriptions import NAMED, STATES, DescriptionResolver, is_code, plain_name
from marsad.reading.actors.layer import ActorMention, Entity
from marsad.reading.actors.table import LOOKBACK, is_state
from marsad.text.normalise import fold


class Resolver(DescriptionResolver):
    """Joins the mentions of one document into entities."""

    def run(self) -> None:
        """Resolve everything, in place."""
        self.keys: dict[tuple[str, ...], Entity] = {}
        self.dropped: set[int] = set()
        self.nested: dict[int, list[Entity]] = {}
        self._ambiguous_states()
        self.add_surnames()
        self.find_home()
        self.resolve_people()
        for mention in self.mentions:
            if mention.entity < 0:
                self._resolve(mention)
            self.nest(mention)
        self.fill_people()
        self._finish()

    def _resolve(self, mention: ActorMention) -> None:
        kind = mention.kind
        head = mention.phrase.head
        if mention.enclitic and not mention.codes:
            self._owned(mention)
        if not mention.codes and kind not in ("collective", "anaphor"):
            mention.codes = self.part_codes(mention.phrase) or self._shared(mention)
        if kind == "state" and not mention.codes and self.home:
            mention.codes = (self.home_at(mention.first),)
        if kind in STATES or (kind == "adjective" and mention.codes):
            self._by_key(("state", *mention.codes), "state", mention)
        elif kind == "anaphor":
            self._anaphor(mention)
        elif kind == "place":
            self._by_key((kind, fold(self.span_text(mention))), kind, mention)
        elif kind in NAMED and isinstance(head, Entry):
            same = mention.codes == head.codes or kind == "outlet"
            self._by_key((kind, mention.lemma) if same else (kind, fold(self.span_text(mention))), kind, mention)
        elif kind in ("collective", "body", "office") and self._both(mention):
            pass
        elif kind in ("office", "expert"):
            self._office(mention)
        elif kind == "unnamed":
            self._unnamed(mention)
        elif kind == "people":
            self._people(mention)
        else:
            self._described(mention)

    def _office(self, mention: ActorMention) -> None:
        """A role without a name: the person who has it, or an office of its own."""
        flags = mention.phrase.flags
        person = self.person_of_title(mention) if mention.number == "s" else None
        lone = mention.bare and mention.definite and mention.number == "s"
        if person is None and lone and (mention.kind == "expert" or "vague" in flags):
            person = self._expert(mention)
        if person is None and lone and "recalled" in flags:
            person = self.recent_person(mention, 3)
            if person is not None and any("gov" in self.mentions[index].phrase.flags for index in person.mentions):
                person = None  # who governs is not «المتحدث»
        if person is None and mention.bare and mention.definite and mention.number == "p":
            person = self._same_plural(mention)
        if person is not None:
            self.join(person, mention)
            words = self.content(mention)
            if person.kind == "office" and person.words < words:
                person.name = person.role = self.span_text(mention)  # «الأمير», then «أمير الكويت»
                person.words = words
            return
        entity = self.new(mention.kind, mention, self.span_text(mention))
        entity.role, entity.words = entity.name, self.content(mention)
        entity.lemma = self.lexicon.synonym(mention.lemma)
        if "vague" in flags and not mention.phrase.definite:
            entity.vague, entity.role = mention.number == "s" or mention.kind == "office", None
        if not entity.codes and "gov" in flags and self.home:
            entity.codes = (self.home_at(mention.first),)

    def _same_plural(self, mention: ActorMention) -> Entity | None:
        """«الخبراء»: those named before, «خبراء الأمم المتحدة»."""
        lemma = self.lexicon.synonym(mention.lemma)
        for other in self.before(mention):
            if other.entity < 0 or other.kind != mention.kind or other.number != "p":
                continue
            entity = self.entities[other.entity]
            if entity.lemma == lemma and entity.number == "p":
                return entity
        return None

    def _expert(self, mention: ActorMention) -> Entity | None:
        """«الكاتب», «الخبير», «الدبلوماسي»: the last person who may be one."""
        experts = ("expert",)
        for other in self.before(mention):
            if other.entity < 0 or other.kind not in ("person", "expert", "office"):
                continue
            entity = self.entities[other.entity]
            if entity.number != "s" or not self.compatible(mention, entity):
                continue
            governing = bool(set(entity.sectors) & {"GOV", "MIL"})
            if mention.kind in experts and not governing:
                return entity
            if mention.kind not in experts and governing:
                return entity
        return None

    def _unnamed(self, mention: ActorMention) -> None:
        lemma = self.lexicon.synonym(mention.lemma)
        words = self.content(mention)
        flags = mention.phrase.flags
        lone = mention.number == "s" and "official" in flags and not mention.phrase.parts
        definite = mention.definite and (mention.bare or mention.phrase.quantity or len(words) <= 2 or lone)
        if definite and "recalled" in flags:
            for entity in reversed(self.entities[-LOOKBACK:]):
                same = entity.kind == "unnamed" and entity.lemma == lemma and self.compatible(mention, entity)
                if same and (mention.number == entity.number or mention.bare):
                    self.join(entity, mention)
                    return
            person = self.recent_person(mention) if "official" in flags and mention.number == "s" else None
            if person is not None and set(person.sectors) & {"GOV", "MIL", "COP", "LEG"}:
                self.join(person, mention)
                return
            if person is not None and mention.phrase.quantity:
                self.join(person, mention)  # «ذات المسؤول»
                return
            outlet = self._recent_outlet(mention) if "source" in flags and mention.number == "s" else None
            if outlet is not None:
                self.join(outlet, mention)
                return
        entity = self.new("unnamed", mention, self.span_text(mention))
        entity.words, entity.lemma = words, lemma

    def _recent_outlet(self, mention: ActorMention) -> Entity | None:
        for other in self.before(mention):
            if other.kind == "outlet" and other.entity >= 0:
                return self.entities[other.entity]
        return None

    def _people(self, mention: ActorMention) -> None:
        head = mention.phrase.head
        if not isinstance(head, HeadForm):
            self._by_key(("people", *mention.codes), "people", mention)
            return
        words = self.content(mention)
        for entity in reversed(self.entities[-LOOKBACK:]):
            shorter = words == entity.words or (mention.definite and words <= entity.words)
            if entity.kind == "people" and entity.lemma == mention.lemma and shorter:
                self.join(entity, mention)
                return
        entity = self.new("people", mention, self.span_text(mention))
        entity.words = words
        states = [code for code in mention.codes if code != head.head.code]
        if "rebel" in head.head.flags and states and not is_state(states[0]):
            entity.codes = mention.codes = tuple(states)
        if "rebel" in head.head.flags and not states:
            self._rebels(mention, entity)
            if not mention.codes and not entity.codes:
                entity.codes = (plain_name(entity.name),)
        elif "selfcode" in head.head.flags and not mention.codes:
            entity.codes = mention.codes = (plain_name(entity.name),)
        elif "gov" in head.head.flags and not entity.codes and self.home:
            entity.codes = (self.home_at(mention.first),)
        if entity.codes and not mention.codes:
            mention.codes = entity.codes

    def _anaphor(self, mention: ActorMention) -> None:
        """«الأخير», «الأخيرة»: the last actor that agrees."""
        for other in self.before(mention):
            if other.entity < 0 or other.kind in ("adjective", "place", "document"):
                continue
            entity = self.entities[other.entity]
            female = entity.gender == "f" or other.kind in STATES
            if entity.number == "s" and female == (mention.gender == "f"):
                self.join(entity, mention)
                return
        self.dropped.add(mention.index)
        self.new("anaphor", mention, self.span_text(mention))

    def _finish(self) -> None:
        """Drop what stayed empty, give states their names, number everything anew."""
        for entity in self.entities:
            if entity.kind == "state" and is_code(entity.name):
                entity.name = self.lexicon.states.get(entity.name, entity.name)
            entity.mentions.sort()
        if not self.dropped and all(entity.mentions for entity in self.entities):
            return
        mentions = [mention for mention in self.mentions if mention.index not in self.dropped]
        numbers = {mention.index: number for number, mention in enumerate(mentions)}
        entities: list[Entity] = []
        for entity in self.entities:
            entity.mentions = [numbers[index] for index in entity.mentions if index in numbers]
            if entity.mentions:
                for index in entity.mentions:
                    mentions[index].entity = len(entities)
                entity.index = len(entities)
                entities.append(entity)
        for number, mention in enumerate(mentions):
            mention.index = number
        self.mentions, self.entities = mentions, entities
