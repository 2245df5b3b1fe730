"""Descriptions as entities: institutions, groups, shortened names, both sides, what a pronoun or a part owns."""

from __future__ import annotations

from marsad.lexicon.actors import Entry, HeadForm
from marsad.reading.actors.layer import ActorMention, Entity
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.people import PeopleResolver
from marsad.reading.actors.table import LOOKBACK, is_state, strip_article
from marsad.text.normalise import fold

STATES = ("state", "capital")
NAMED = ("body", "bloc", "group", "seat", "outlet")
_TO_SPACE = str.maketrans('"«»“”()', "       ")


class DescriptionResolver(PeopleResolver):
    """Joins descriptions; the base of `Resolver`."""

    keys: dict[tuple[str, ...], Entity]
    dropped: set[int]
    nested: dict[int, list[Entity]]
    """Index of a mention -> entities that are named inside it («قائد حركة حماس»)."""

    def _by_key(self, key: tuple[str, ...], kind: str, mention: ActorMention) -> None:
        entity = self.keys.get(key)
        name = self.span_text(mention)
        if entity is None:
            entity = self.keys[key] = self.new(kind, mention, name)
            entity.words = self.content(mention)
            if mention.kind == "adjective":
                entity.name = mention.codes[0]
            return
        if kind == "outlet" and entity.codes and mention.codes:
            mention.codes = entity.codes
        self.join(entity, mention)
        if mention.kind == "adjective" or (mention.kind == "capital" and not is_code(entity.name)):
            return
        described = kind == "state" and isinstance(mention.phrase.head, HeadForm)
        fuller = len(name) > len(entity.name) and not described
        if kind in ("body", "bloc"):  # «المنظمة الدولية» is longer than «الأمم المتحدة», but no fuller name
            fuller = fuller and entity.words <= self.content(mention)
        if is_code(entity.name) or fuller:
            entity.name = name

    def _ambiguous_states(self) -> None:
        """«المملكة», «عمان», «الاحتلال»: weak names of states, judged by what else the article names."""
        codes = [code for m in self.mentions if not m.weak for code in m.codes]
        kept: list[ActorMention] = []
        for mention in self.mentions:
            head = mention.phrase.head
            kept.append(mention)
            if not isinstance(head, Entry) or not head.weak or head.kind != "state" or mention.last - mention.first > 1:
                continue
            norm = self.tokens[mention.first].norm[len(mention.proclitics) :]
            if norm == "المملكه":
                rulers = [code for code in codes if code in ("SAU", "JOR", "MAR", "BHR", "GBR")]
                if rulers:
                    mention.codes = (max(sorted(set(rulers)), key=rulers.count),)
                    mention.phrase.codes = list(mention.codes)
            elif norm == "عمان" and codes.count("JOR") > codes.count("OMN"):
                mention.codes, mention.kind = ("JOR",), "capital"
        self.mentions = kept
        for number, mention in enumerate(self.mentions):
            mention.index = number

    def owned_codes(self, mention: ActorMention) -> tuple[str, ...]:
        """Codes that the pronoun of a title gives («وزير دفاعه»)."""
        if not mention.codes and mention.enclitic:
            self._owned(mention)
        return mention.codes

    def _owned(self, mention: ActorMention) -> None:
        """«بلاده», «حكومته», «وزير دفاعها»: the state of the one the pronoun stands for."""
        if mention.enclitic in ("نا", "ي", "ك", "كم"):
            return
        feminine = mention.enclitic == "ها"
        for other in self.before(mention):
            if other.entity < 0 or other.kind in ("place", "document", "outlet", "adjective"):
                continue
            entity = self.entities[other.entity]
            states = [code for code in entity.codes if is_state(code)]
            if not states or (mention.enclitic in ("هم", "هما")) != (entity.number != "s"):
                continue
            female = entity.gender == "f" or other.kind in STATES
            if feminine != female and entity.number == "s":
                continue
            mention.codes = (states[0],) if mention.enclitic != "هما" else tuple(states[:2])
            return

    def _both(self, mention: ActorMention) -> bool:
        """«البلدان», «الجانبان», «الرئيسان», «الدول الثلاث»: the actors in focus."""
        head = mention.phrase.head
        if not isinstance(head, HeadForm) or mention.codes or not mention.definite:
            return False
        wanted = 2 if head.number == "d" else 0
        if head.number == "p" and mention.kind == "collective":
            numbers = self.lexicon.words["number3"]
            wanted = 3 if any(token.norm in numbers for token in self.tokens[mention.first : mention.last]) else 0
        if not wanted or not (head.head.flags & {"both", "country"} or (mention.kind == "office" and mention.bare)):
            return False
        codes = self._focus(mention, wanted, "country" in head.head.flags or "بلد" in head.head.lemma)
        if len(codes) == wanted:
            mention.codes = codes
        self._by_key(("both", *codes), "collective", mention)
        return True

    def _focus(self, mention: ActorMention, wanted: int, states_only: bool) -> tuple[str, ...]:
        """Codes of the last `wanted` different actors before a mention; those of one sentence are preferred."""
        recent: list[str] = []
        for other in self.before(mention):
            if other.entity < 0 and not other.codes:
                continue
            if other.kind in ("place", "outlet", "document", "unnamed"):
                continue
            codes = other.codes or self.entities[other.entity].codes
            if other.kind == "collective" and len(codes) == wanted:
                return codes
            for code in reversed(codes):
                if code not in recent and (not states_only or is_state(code)):
                    recent.append(code)
            if len(recent) >= wanted:
                break
        return tuple(reversed(recent[:wanted]))

    def _described(self, mention: ActorMention) -> None:
        """Institutions, groups, outlets, documents: the same words, or a shorter form of something said before."""
        words = self.content(mention)
        lemma = self.lexicon.synonym(mention.lemma)
        flags = mention.phrase.flags
        entity = self._same_description(mention, words, lemma)
        if entity is not None:
            self.join(entity, mention)
            name = self.span_text(mention)
            if len(words) > len(entity.words) and isinstance(mention.phrase.head, HeadForm):
                entity.name, entity.words = name, words
            elif mention.kind == "document" and mention.definite and not entity.definite and words == entity.words:
                entity.name, entity.definite = name, True
            return
        if mention.bare and flags & {"phrase"} and not mention.codes:
            self.dropped.add(mention.index)
        entity = self.new(mention.kind, mention, self.span_text(mention))
        entity.words, entity.lemma, entity.reports = words, lemma, "reports" in flags
        if "opposition" in flags or any("opposition" in part.flags for part in mention.phrase.parts):
            self._opposition(mention, entity)
        elif not entity.codes and "rebel" in flags:
            self._rebels(mention, entity)
        if entity.codes:
            return
        named = mention.kind == "group" and ("common" not in flags or mention.phrase.name is not None)
        if mention.number == "p" and flags & {"society", "party"}:
            named = False
        if not mention.bare and (named or (mention.kind == "body" and "society" in flags and mention.number == "s")):
            entity.codes = mention.codes = (plain_name(entity.name),)
        elif flags & {"gov", "state"} and self.home and mention.number != "p":
            entity.codes = (self.home_at(mention.first),)
        elif mention.kind == "document" and not mention.bare:
            entity.codes = ()

    def _same_description(self, mention: ActorMention, words: frozenset[str], lemma: str) -> Entity | None:
        head = fold(lemma).split()[0]
        for entity in self._recent(mention):
            if entity.kind not in (mention.kind, "collective") and not (mention.bare and entity.kind in NAMED):
                continue
            same = entity.lemma and fold(entity.lemma).split()[0] == head
            if same and entity.kind == mention.kind:
                if mention.codes and entity.codes and set(mention.codes) != set(entity.codes):
                    continue
                if words == entity.words or (mention.definite and (words <= entity.words or entity.words <= words)):
                    return entity
            if mention.bare and mention.definite and entity.kind in NAMED and self._begins_with(entity, head):
                return entity
            if mention.bare and mention.definite and entity.kind == "body" and words <= entity.words:
                return entity
        return None

    def part_codes(self, phrase: Phrase) -> tuple[str, ...]:
        """Codes that a phrase gets from what it belongs to, once that is resolved: «متحدث باسم الوزارة»."""
        if phrase.owner is not None:
            codes = self._owner_codes(phrase.owner)
            if codes:
                return codes
        for part in phrase.parts:
            if part.codes and set(part.codes) <= set(phrase.targets):
                continue
            codes = tuple(part.codes) or self.part_codes(part)
            if codes:
                return codes
            if isinstance(part.head, HeadForm) and part.definite:
                codes = self._codes_of_part(part, part.head)
                if codes:
                    return codes
        return ()

    def _shared(self, mention: ActorMention) -> tuple[str, ...]:
        """«السلطات في البلدين», «بيان وزراء خارجية الدول الثلاث»: the states in focus."""
        parts = list(mention.phrase.parts)
        while parts:
            part = parts.pop()
            parts += part.parts
            head = part.head
            if not isinstance(head, HeadForm) or not part.definite or not head.head.flags & {"both", "country"}:
                continue
            numbers = self.lexicon.words["number3"]
            three = any(token.norm in numbers for token in self.tokens[part.first : part.last + 1])
            wanted = 2 if head.number == "d" else 3 if three else 0
            codes = self._focus(mention, wanted, True) if wanted else ()
            if codes:
                return codes
        return ()

    def _owner_codes(self, owner: tuple[int, int]) -> tuple[str, ...]:
        norms = [token.norm for token in self.tokens[owner[0] : owner[1]]]
        for norm in reversed(norms):
            for entity in self.parts.get(norm, ()):
                if entity.codes:
                    return entity.codes
        known = self.lexicon.person(" ".join(norms)) or self.lexicon.person(norms[-1])
        return known.codes if known is not None else ()

    def _codes_of_part(self, part: Phrase, form: HeadForm) -> tuple[str, ...]:
        head = fold(self.lexicon.synonym(form.head.lemma)).split()[0]
        own = frozenset() if part.bare else self._part_words(part) - {head}
        for entity in reversed(self.entities[-LOOKBACK:]):
            same = entity.codes and entity.kind in (*NAMED, "people", "document") and self._begins_with(entity, head)
            if same and (not own or own & entity.words):
                return entity.codes
        if own and form.head.flags & {"party"} and form.number == "s":
            return (plain_name(self.text[self.words.offset(part.first, part.skip) : self.tokens[part.last - 1].end]),)
        if "opposition" in form.head.flags and self._syrian_opposition():
            return ("SYRIAN_OPPOSITION",)
        if form.head.flags & {"gov", "state"} and self.home and form.number == "s":
            return (self.home_at(part.first),)
        return ()

    def _part_words(self, part: Phrase) -> frozenset[str]:
        """Folded words of a part, without articles."""
        return frozenset(strip_article(t.norm) for t in self.tokens[part.first : part.last] if t.pos != "PUNCT")

    def nest(self, mention: ActorMention) -> None:
        """Make what is named inside a mention known to later short forms («الحركة»)."""
        parts = list(mention.phrase.parts)
        while parts:
            part = parts.pop()
            parts += part.parts
            head = part.head
            if not isinstance(head, Entry) or head.kind not in NAMED:
                continue
            key = (head.kind, head.name)
            entity = self.keys.get(key)
            if entity is None:
                written = self.text[self.words.offset(part.first, part.skip) : self.tokens[part.last - 1].end]
                entity = Entity(
                    len(self.entities), head.kind, written, head.codes, head.sectors, None, head.gender, head.number,
                    lemma=head.name,
                )  # fmt: skip
                self.entities.append(entity)
                self.keys[key] = entity
            self.nested.setdefault(mention.index, []).append(entity)

    def _recent(self, mention: ActorMention) -> list[Entity]:
        """Entities mentioned before, the last mentioned first."""
        seen: list[Entity] = []
        known: set[int] = set()
        for other in self.before(mention):
            if other.entity >= 0 and other.entity not in known:
                known.add(other.entity)
                seen.append(self.entities[other.entity])
            for entity in self.nested.get(other.index, ()):
                if entity.index not in known:
                    known.add(entity.index)
                    seen.append(entity)
        return seen

    def _begins_with(self, entity: Entity, head: str) -> bool:
        words = fold(entity.name).split()
        if words and strip_article(words[0]) == head:
            return True
        if head == "وزاره" and entity.kind == "body" and entity.mentions:
            return "ministry" in self.mentions[entity.mentions[0]].phrase.flags  # «الخارجية الروسية»
        return entity.kind in ("group", "body", "bloc", "seat") and head in self.lexicon.heads_of.get(entity.lemma, ())

    def _syrian_opposition(self) -> bool:
        return any("SYRIAN_OPPOSITION" in entity.codes for entity in self.entities[-LOOKBACK:])

    def _opposition(self, mention: ActorMention, entity: Entity) -> None:
        """«المعارضة»: the Syrian opposition in a Syrian context, else the opposition of its state."""
        states = [code for code in mention.codes if is_state(code)] or [self.home_at(mention.first)]
        resistance = "resistance" in mention.phrase.flags
        if resistance and not mention.bare:
            entity.codes = mention.codes = (plain_name(self.span_text(mention)),)
        elif resistance:
            homes = [code for code, _ in self.state_counts.most_common() if code in self.lexicon.resistance]
            entity.codes = (self.lexicon.resistance[homes[0]],) if homes else ()
        elif "SYR" in states or (not mention.codes and self._syrian_opposition()):
            entity.codes = mention.codes = ("SYRIAN_OPPOSITION",)
        elif states[0]:
            entity.codes = (states[0],)

    def _rebels(self, mention: ActorMention, entity: Entity) -> None:
        """«المتمردون»: the one armed group of the article, when there is one."""
        groups = [
            one for one in self.entities[-LOOKBACK:]
            if one.kind == "group" and "REB" in one.sectors and one.index != entity.index and one.codes
        ]  # fmt: skip
        if groups:
            entity.codes = max(groups, key=lambda one: len(one.mentions)).codes


def is_code(name: str) -> bool:
    """Whether a name is still a code."""
    return name.isascii() and name.isupper()


def plain_name(name: str) -> str:
    """A name as a code: without quotation marks and brackets."""
    return " ".join(name.translate(_TO_SPACE).split())
