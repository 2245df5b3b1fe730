"""Which mentions are one actor: names and surnames, roles, descriptions, capitals, both sides."""

from __future__ import annotations

from collections import Counter

from rapidfuzz.distance import Levenshtein

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors import ActorMention, Entity
from marsad.reading.actors_names import Phrase
from marsad.reading.actors_words import Words, _strip
from marsad.records import Article
from marsad.text.document import Document
from marsad.text.normalise import fold

_SAME_LEMMA = {
    "ناطق": "متحدث",
    "مسئول": "مسؤول",
    "ديبلوماسي": "دبلوماسي",
    "صحافي": "صحفي",
    "موفد": "مبعوث",
    "جريدة": "صحيفة",
}
_STATES = ("state", "capital")
_MARKS = "\"«»“”()[]'‘’،,.:- "

_TO_SPACE = str.maketrans('"«»“”()', "       ")


class Resolver:
    """Joins the mentions of one document into entities."""

    def __init__(
        self, document: Document, words: Words, mentions: list[ActorMention], article: Article | None
    ) -> None:
        self.document = document
        self.text = document.text
        self.tokens = document.tokens
        self.words = words
        self.mentions = mentions
        self.article = article
        self.entities: list[Entity] = []
        self.keys: dict[tuple[str, ...], Entity] = {}
        self.surnames: dict[str, Entity] = {}
        self.home = ""

    def run(self) -> None:
        """Resolve everything, in place."""
        self._add_surnames()
        self.home = self._home_state()
        self._people_first()
        for mention in self.mentions:
            if mention.entity < 0:
                self._resolve(mention)
        self._late_roles()
        self._finish()

    # --- helpers ------------------------------------------------------------------------------------------------

    def span_text(self, mention: ActorMention) -> str:
        """The mention as written, without marks at its ends."""
        return self.text[mention.start : mention.end].strip(_MARKS) if mention.kind != "outlet" else (
            self.text[mention.start : mention.end]
        )  # fmt: skip

    def range_text(self, tokens: tuple[int, int]) -> str:
        """The characters of a token range."""
        return self.text[self.tokens[tokens[0]].start : self.tokens[tokens[1] - 1].end]

    def _role_text(self, mention: ActorMention) -> str | None:
        if mention.role is None:
            return self.span_text(mention) if mention.kind in ("office", "expert") else None
        first, last = mention.role
        start = mention.start if first == mention.first else self.tokens[first].start
        return self.text[start : self.tokens[last - 1].end].strip(" ،,")

    def _content(self, mention: ActorMention) -> frozenset[str]:
        skip = len(mention.proclitics)
        norms = [token.norm for token in self.tokens[mention.first : mention.last] if token.pos != "PUNCT"]
        if norms and skip:
            norms[0] = norms[0][skip:]
        return frozenset(_strip_article(norm) for norm in norms)

    def new(self, kind: str, mention: ActorMention, name: str, **more: object) -> Entity:
        """A new entity with its first mention."""
        entity = Entity(
            len(self.entities), kind, name, mention.codes, mention.sectors, gender=mention.gender,
            number=mention.number, lemma=mention.lemma,
        )  # fmt: skip
        for key, value in more.items():
            setattr(entity, key, value)
        self.entities.append(entity)
        self.join(entity, mention)
        return entity

    def join(self, entity: Entity, mention: ActorMention) -> None:
        """Make the mention one of the entity."""
        mention.entity = entity.index
        entity.mentions.append(mention.index)
        if not entity.codes:
            entity.codes = mention.codes

    def _home_state(self) -> str:
        """The state that a bare «الحكومة» belongs to: the most mentioned one, early mentions counting more."""
        counts: Counter[str] = Counter()
        limit = self.document.sentences[1].last if len(self.document.sentences) > 1 else len(self.tokens)
        for mention in self.mentions:
            for code in mention.codes:
                if (
                    len(code) == 3
                    and code.isupper()
                    and code not in ("SDF", "PKK", "PLO", "RSF", "GCC", "OIC")
                ):
                    counts[code] += 3 if mention.first < limit else 1
        return counts.most_common(1)[0][0] if counts else ""

    # --- people -------------------------------------------------------------------------------------------------

    def _people_first(self) -> None:
        people = sorted(
            (m for m in self.mentions if m.kind == "person" and m.name is not None),
            key=lambda m: (-(m.name[1] - m.name[0]), m.first),  # type: ignore[index]
        )
        for mention in people:
            assert mention.name is not None
            norms = self._name_norms(mention)
            entity = self._known_person(norms)
            if entity is None:
                name = self.range_text(mention.name)
                if mention.name[0] == mention.first:
                    name = self.text[mention.start : self.tokens[mention.name[1] - 1].end]
                entity = self.new("person", mention, name.strip(_MARKS), words=frozenset(norms), codes=())
                for part in (norms[-1], " ".join(norms)):
                    self.surnames.setdefault(part, entity)
                for part in norms[:-1]:
                    self.surnames.setdefault(part, entity)
            else:
                self.join(entity, mention)
            role = self._role_text(mention)
            if (
                role and mention.codes and (not entity.codes or entity.codes == mention.codes)
            ) or not entity.codes:
                entity.codes = mention.codes
            if role and (entity.role is None or len(role.split()) > len(entity.role.split())):
                entity.role = role
                entity.lemma = mention.lemma
                entity.sectors = mention.sectors or entity.sectors
            if mention.gender == "f":
                entity.gender = "f"
        for entity in self.entities:
            entity.mentions.sort()

    def _name_norms(self, mention: ActorMention) -> list[str]:
        assert mention.name is not None
        first, last = mention.name
        norms = [token.norm for token in self.tokens[first:last]]
        if first == mention.first:
            norms[0] = norms[0][len(mention.proclitics) :]
        return [norm for norm in norms if norm not in ("بن", "ابن", "ال")] or norms

    def _known_person(self, norms: list[str]) -> Entity | None:
        if len(norms) == 1:
            return self.surnames.get(norms[0])
        wanted = set(norms)
        for entity in self.entities:
            if entity.kind != "person":
                continue
            if wanted <= entity.words or entity.words <= wanted:
                return entity
            shared = wanted & entity.words
            if shared and norms[0] in shared and len(shared) + 1 >= min(len(wanted), len(entity.words)):
                other = (wanted - shared) | (entity.words - shared)
                if len(other) == 2 and _similar(*sorted(other)):
                    return entity
        return None

    def _add_surnames(self) -> None:
        """Mentions of people by a part of a name that the document gives in full elsewhere."""
        parts: dict[str, str] = {}
        for mention in self.mentions:
            if mention.kind == "person" and mention.name is not None:
                norms = self._name_norms(mention)
                for at, part in enumerate(norms):
                    if at == len(norms) - 1 or len(norms) > 1:
                        parts.setdefault(part, mention.gender)
        covered = bytearray(len(self.tokens) + 1)
        for mention in self.mentions:
            for number in range(mention.first, mention.last):
                covered[number] = 1
        added: list[ActorMention] = []
        particles = self.words.lexicon.words["particle"]
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if covered[at] or token.pos in ("PUNCT", "NUM", "LATIN"):
                at += 1
                continue
            for clitics, skip, rest in _strip(token.norm):
                joined = rest in particles and at + 1 < len(self.tokens) and self.tokens[at + 1].norm in parts
                listed = self.words.lexicon.given.get(rest) == "s"
                if not joined and rest not in parts and not listed:
                    continue
                last = at + 2 if joined else at + 1
                while last < len(self.tokens) and not covered[last] and self.tokens[last].norm in parts:
                    if self.tokens[last].norm == rest:
                        break
                    last += 1
                gender = parts.get(rest, "m")
                phrase = Phrase(
                    at, last, skip, "person", None, gender, "s", True, "surname", name=(at, last), bare=False
                )
                added.append(
                    ActorMention(
                        0,
                        at,
                        last,
                        self.words.offset(at, skip),
                        self.tokens[last - 1].end,
                        "person",
                        (),
                        (),
                        (),
                        (at, last),
                        None,
                        gender,
                        "s",
                        True,
                        "surname",
                        "",
                        False,
                        "",
                        clitics,
                        False,
                        phrase,
                    )
                )
                at = last - 1
                break
            at += 1
        if added:
            self.mentions = sorted(self.mentions + added, key=lambda m: m.first)
            for number, mention in enumerate(self.mentions):
                mention.index = number

    # --- everything else ----------------------------------------------------------------------------------------

    def _resolve(self, mention: ActorMention) -> None:
        kind = mention.kind
        if kind in _STATES or (kind == "adjective" and mention.codes):
            self._by_key(("state", *mention.codes), "state", mention)
        elif kind in ("place", "people"):
            self._by_key((kind, fold(self.span_text(mention))), kind, mention)
            if kind == "people" and not mention.codes:
                self.entities[mention.entity].codes = ()
        elif kind in ("body", "bloc", "group", "seat", "outlet") and not isinstance(
            mention.phrase.head, HeadForm
        ):
            key = (
                (kind, mention.lemma)
                if mention.codes == getattr(mention.phrase.head, "codes", ())
                else (kind, fold(self.span_text(mention)))
            )
            self._by_key(key, kind, mention)
        elif kind == "collective" and isinstance(mention.phrase.head, HeadForm) and self._both(mention):
            pass
        elif kind in ("office", "expert"):
            self._office(mention)
        elif kind == "unnamed":
            self._unnamed(mention)
        else:
            self._described(mention)

    def _by_key(self, key: tuple[str, ...], kind: str, mention: ActorMention) -> None:
        entity = self.keys.get(key)
        name = self.span_text(mention)
        if entity is None:
            self.keys[key] = self.new(kind, mention, name)
            if mention.kind == "adjective":
                self.keys[key].name = mention.codes[0]
            return
        self.join(entity, mention)
        if mention.kind == "adjective":
            return
        if mention.kind == "capital" and entity.kind == "state" and not _is_code(entity.name):
            return
        if _is_code(entity.name) or len(name) > len(entity.name):
            entity.name = name

    def _described(self, mention: ActorMention) -> None:
        """Institutions, groups, outlets, documents: the same words, or a shorter form of something said before."""
        words = self._content(mention)
        lemma = _SAME_LEMMA.get(mention.lemma, mention.lemma)
        own = isinstance(mention.phrase.head, HeadForm) and "own" in mention.phrase.head.head.flags
        for entity in reversed(self.entities):
            if entity.kind != mention.kind or (entity.lemma and not _same_head(entity.lemma, lemma)):
                continue
            if words == entity.words or (mention.definite and words <= entity.words):
                self.join(entity, mention)
                return
            if mention.bare and mention.definite and self._starts_with(entity, lemma):
                self.join(entity, mention)
                return
        if mention.bare and mention.definite:
            for entity in reversed(self.entities):
                if entity.kind in ("group", "body", "outlet", "seat", "bloc") and self._starts_with(
                    entity, lemma
                ):
                    self.join(entity, mention)
                    return
        name = self.text[mention.start : mention.end]
        entity = self.new(mention.kind, mention, name.strip(" ،,"), words=words, lemma=lemma)
        flags = mention.phrase.head.head.flags if isinstance(mention.phrase.head, HeadForm) else frozenset()
        if not entity.codes and own and not mention.bare and mention.kind == "group":
            entity.codes = (_plain_name(name),)
            mention.codes = entity.codes
        elif not entity.codes and "gov" in flags and self.home:
            entity.codes = (self.home,)

    def _starts_with(self, entity: Entity, lemma: str) -> bool:
        words = fold(entity.name).split()
        return bool(words) and _strip_article(words[0]) == fold(lemma)

    def _both(self, mention: ActorMention) -> bool:
        head = mention.phrase.head
        if not isinstance(head, HeadForm) or "both" not in head.head.flags or head.number != "d":
            return False
        recent: list[str] = []
        for other in reversed(self.mentions[: mention.index]):
            if other.kind in ("state", "capital", "adjective", "person", "office", "body", "group"):
                for code in reversed(other.codes or self.entities[other.entity].codes):
                    if code not in recent:
                        recent.append(code)
            if len(recent) >= 2:
                break
        codes = tuple(reversed(recent[:2]))
        if len(codes) == 2:
            mention.codes = codes
        self._by_key(("both", *codes), "collective", mention)
        return True

    def _office(self, mention: ActorMention) -> None:
        """A role without a name: the person who has it, or an office of its own."""
        lemma = _SAME_LEMMA.get(mention.lemma, mention.lemma)
        words = self._content(mention)
        best: tuple[int, Entity] | None = None
        for entity in self.entities:
            if entity.kind not in ("person", "office", "expert") or not entity.role:
                continue
            role = {_strip_article(word) for word in fold(entity.role).split()}
            role = {fold(_SAME_LEMMA.get(word, word)) for word in role}
            if fold(lemma).split()[0] not in role or not self._compatible(mention, entity):
                continue
            if not mention.definite and words != role:
                continue
            shared = len(words & role)
            before = entity.mentions and entity.mentions[0] < mention.index
            recency = max((m for m in entity.mentions if m < mention.index), default=-1000)
            if not mention.bare and len(words - role) > 1 and not before:
                continue
            score = shared * 50 + recency + (100 if before else 0)
            if best is None or score > best[0]:
                best = (score, entity)
        if best is not None and mention.number == "s":
            self.join(best[1], mention)
            return
        entity = self.new(
            mention.kind,
            mention,
            self.span_text(mention),
            role=self.span_text(mention),
            words=words,
            lemma=lemma,
        )
        flags = mention.phrase.head.head.flags if isinstance(mention.phrase.head, HeadForm) else frozenset()
        if not entity.codes and "gov" in flags and self.home:
            entity.codes = (self.home,)

    def _compatible(self, mention: ActorMention, entity: Entity) -> bool:
        if mention.codes and entity.codes and not set(mention.codes) & set(entity.codes):
            return False
        return mention.gender == entity.gender or entity.kind != "person"

    def _unnamed(self, mention: ActorMention) -> None:
        lemma = _SAME_LEMMA.get(mention.lemma, mention.lemma)
        words = self._content(mention)
        if mention.definite:
            for entity in reversed(self.entities):
                if entity.kind == "unnamed" and entity.lemma in (
                    lemma,
                    {"مصدر": "مصادر", "مصادر": "مصدر"}.get(lemma),
                ) and self._compatible(mention, entity) and (
                    mention.number == entity.number or len(words) < 2
                ):
                    self.join(entity, mention)
                    return
            if mention.number == "s" and lemma == "مسؤول":
                for earlier in reversed(self.mentions[: mention.index]):
                    if earlier.kind in ("person", "office") and earlier.entity >= 0:
                        entity = self.entities[earlier.entity]
                        if self._compatible(mention, entity) and entity.codes:
                            self.join(entity, mention)
                            return
        self.new("unnamed", mention, self.span_text(mention), words=words, lemma=lemma)

    def _late_roles(self) -> None:
        """Codes for people whose title names no state: the state of the article."""
        for entity in self.entities:
            if entity.kind == "person" and not entity.codes:
                for index in entity.mentions:
                    head = self.mentions[index].phrase.head
                    if isinstance(head, HeadForm) and "gov" in head.head.flags and self.home:
                        entity.codes = (self.home,)
                        break

    def _finish(self) -> None:
        names = {"state": self.words.lexicon.states}
        for entity in self.entities:
            if entity.kind == "state" and _is_code(entity.name):
                entity.name = names["state"].get(entity.name, entity.name)
            entity.mentions.sort()
            if len(entity.mentions) > 1 and entity.kind == "person" and not entity.codes:
                for index in entity.mentions:
                    if self.mentions[index].codes:
                        entity.codes = self.mentions[index].codes
                        break


def _same_head(a: str, b: str) -> bool:
    return a == b or fold(a).split()[0] == fold(b).split()[0]


def _is_code(name: str) -> bool:
    return name.isascii() and name.isupper()


def _plain_name(name: str) -> str:
    return " ".join(name.translate(_TO_SPACE).split())


def _strip_article(norm: str) -> str:
    return norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm


def _similar(a: str, b: str) -> bool:
    """Two spellings of one foreign name («نتنياهو», «نتانياهو»)."""
    return Levenshtein.distance(a, b, score_cutoff=2) <= (2 if min(len(a), len(b)) > 5 else 1)
