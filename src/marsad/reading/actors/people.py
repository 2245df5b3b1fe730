"""People as entities: full names, surnames, spellings of one name, and who a bare title stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rapidfuzz.distance import Levenshtein

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors.layer import ActorMention, Entity
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.words import LIKELY, Words
from marsad.records import Article
from marsad.text import morphology
from marsad.text.document import Document
from marsad.text.normalise import fold

MARKS = "\"«»“”()[]'‘’،,.:- "
LOOKBACK = 300
"""How many mentions or entities back an antecedent is looked for."""
RECENT = (6.0, 5.0, 2.0)
"""What a state gains that is named in the same sentence, in the one before, two before."""
SERVING = frozenset(("GOV", "MIL", "COP", "LEG"))
"""Sectors of those who serve a state: of the article's state when nothing else is said."""
_LINKS = frozenset(("بن", "ابن", "ال", "ولد"))


def strip_article(norm: str) -> str:
    """A folded word without «ال»."""
    return norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm


def is_state(code: str) -> bool:
    """Whether a code is an ISO alpha-3 code; the few group codes of three letters are none."""
    return len(code) == 3 and code.isascii() and code.isupper() and code not in _GROUPS


_GROUPS = frozenset(("SDF", "PKK", "PLO", "RSF", "GCC", "OIC", "WHO", "WTO", "IMF", "ICC", "ICJ", "SCO", "CIS"))


class PeopleResolver:
    """Joins the mentions of people; the base of `Resolver`."""

    def __init__(self, document: Document, words: Words, mentions: list[ActorMention], article: Article | None) -> None:
        self.document = document
        self.text = document.text
        self.tokens = document.tokens
        self.words = words
        self.lexicon = words.lexicon
        self.mentions = mentions
        self.article = article
        self.entities: list[Entity] = []
        self.parts: dict[str, list[Entity]] = {}
        """Part of a name -> the people who bear it."""
        self.home = ""
        self.particles = frozenset(self.lexicon.words["particle"]) - frozenset(self.lexicon.words["not_first"])
        self.state_counts: Counter[str] = Counter()
        self.state_places: list[tuple[int, str]] = []

    # --- shared helpers -----------------------------------------------------------------------------------------

    def span_text(self, mention: ActorMention) -> str:
        """The mention as written, without marks at its ends."""
        written = self.text[mention.start : mention.end]
        if mention.proclitics.endswith("ل") and written.startswith("ل") and self.tokens[mention.first].definite:
            written = "ا" + written
        return written.strip(" ،,-") if mention.kind == "outlet" else written.strip(MARKS)

    def role_text(self, mention: ActorMention) -> str | None:
        """The role words of a mention, or None."""
        if mention.role is None:
            return self.span_text(mention) if mention.kind in ("office", "expert") else None
        first, last = mention.role
        start = mention.start if first == mention.first else self.tokens[first].start
        return self.text[start : self.tokens[last - 1].end].strip(" ،,-")

    def content(self, mention: ActorMention) -> frozenset[str]:
        """Folded words of the mention, without articles, proclitics and marks."""
        own = self.lexicon.words["self"]
        norms = [
            token.norm for token in self.tokens[mention.first : mention.last]
            if token.pos != "PUNCT" and token.norm not in own
        ]  # fmt: skip
        if norms and mention.proclitics:
            norms[0] = norms[0][len(mention.proclitics) :]
        return frozenset(strip_article(norm) for norm in norms)

    def new(self, kind: str, mention: ActorMention, name: str) -> Entity:
        """A new entity with its first mention."""
        entity = Entity(
            len(self.entities), kind, name, mention.codes, mention.sectors, gender=mention.gender,
            number=mention.number, lemma=mention.lemma, definite=mention.definite,
        )  # fmt: skip
        self.entities.append(entity)
        self.join(entity, mention)
        return entity

    def before(self, mention: ActorMention) -> Iterator[ActorMention]:
        """The mentions before one, the nearest first; at most LOOKBACK, so that long texts take linear time."""
        for index in range(mention.index - 1, max(-1, mention.index - 1 - LOOKBACK), -1):
            yield self.mentions[index]

    def join(self, entity: Entity, mention: ActorMention) -> None:
        """Make the mention one of the entity."""
        mention.entity = entity.index
        entity.mentions.append(mention.index)
        if not entity.codes:
            entity.codes = mention.codes

    def find_home(self) -> None:
        """Count the states of the article, for `home_at`; early mentions count more."""
        limit = self.document.sentences[1].last if len(self.document.sentences) > 1 else len(self.tokens)
        for mention in self.mentions:
            for code in mention.codes:
                if is_state(code):
                    self.state_counts[code] += 3 if mention.first < limit else 1
                    self.state_places.append((mention.first, code))
        self.home = self.state_counts.most_common(1)[0][0] if self.state_counts else ""

    def home_at(self, token: int) -> str:
        """The state that a bare «الحكومة» at `token` belongs to: often named in the article and just before."""
        if not self.home:
            return ""
        sentence = self.tokens[token].sentence
        scores: dict[str, float] = {code: float(count) for code, count in self.state_counts.items()}
        for place, code in reversed(self.state_places):
            if place >= token:
                continue
            distance = sentence - self.tokens[place].sentence
            if distance > 2:
                break
            scores[code] += RECENT[distance]
        return max(sorted(scores), key=lambda code: scores[code])

    # --- names --------------------------------------------------------------------------------------------------

    def name_norms(self, mention: ActorMention) -> list[str]:
        """Folded parts of the mention's name, without links."""
        if mention.name is None:
            return []
        first, last = mention.name
        norms = [token.norm for token in self.tokens[first:last]]
        if first == mention.first and mention.proclitics:
            norms[0] = norms[0][len(mention.proclitics) :]
        joined: list[str] = []
        for norm in norms:
            if joined and joined[-1] == "عبد":
                joined[-1] = "عبد" + norm
            elif norm not in _LINKS:
                joined.append(norm)
        return joined or norms

    def fathers(self, mention: ActorMention) -> set[str]:
        """Parts of a name that stand after «بن»: nobody is called by them alone."""
        if mention.name is None:
            return set()
        first, last = mention.name
        return {
            self.tokens[at].norm for at in range(first + 1, last) if self.tokens[at - 1].norm in ("بن", "ابن")
        }  # fmt: skip

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

    # --- surnames -----------------------------------------------------------------------------------------------

    def add_surnames(self) -> None:
        """New mentions: people by a part of a name that the document gives in full elsewhere, and well-known names."""
        genders: dict[str, str] = {}
        words = self.lexicon.words
        common = words["particle"] | words["function"] | words["name_end"]
        for mention in self.mentions:
            if mention.kind == "person" and mention.name is not None:
                fathers = self.fathers(mention)
                for part in self.name_norms(mention):
                    if part not in fathers and part not in common:
                        genders.setdefault(part, mention.gender)
        covered = bytearray(len(self.tokens) + 1)
        for mention in self.mentions:
            replaceable = mention.kind == "adjective" or (mention.kind == "place" and mention.last - mention.first == 1)
            if not replaceable:
                covered[mention.first : mention.last] = b"\x01" * (mention.last - mention.first)
        self._join_titles(genders, covered)
        added: list[ActorMention] = []
        wanted = self.lexicon.surnames | self.lexicon.words["particle"] | genders.keys()
        infos = self.words.infos
        starts: dict[str, list[str]] = {}
        for part in genders:
            if len(part) > 5:
                starts.setdefault(part[:2], []).append(part)
        last = 0
        for at in range(len(self.tokens)):
            if at < last or covered[at]:
                continue
            if wanted.isdisjoint(infos[at].rest_words):
                near = self._near_spelling(at, starts)
                if not near:
                    continue
                genders[self.tokens[at].norm] = genders[near]
            found = self._surname_at(at, genders, covered)
            if found is not None:
                added.append(found)
                last = found.last
        if added:
            taken = {token for mention in added for token in range(mention.first, mention.last)}
            kept = [m for m in self.mentions if not (m.kind in ("adjective", "place") and m.first in taken)]
            self.mentions = sorted(kept + added, key=lambda m: m.first)
            for number, mention in enumerate(self.mentions):
                mention.index = number

    def _near_spelling(self, at: int, starts: dict[str, list[str]]) -> str:
        """The known part of a name of which an unknown word is another spelling, or ""."""
        norm = self.tokens[at].norm
        if self.words.infos[at].name != LIKELY or len(norm) < 6:
            return ""
        return next((part for part in starts.get(norm[:2], ()) if similar(norm, part)), "")

    def _join_titles(self, genders: dict[str, str], covered: bytearray) -> None:
        """«الوزير العطية»: a title without a name before a word that is somebody's name elsewhere."""
        for mention in self.mentions:
            at = mention.last
            if mention.kind not in ("office", "expert") or mention.number != "s" or at >= len(self.tokens):
                continue
            if covered[at] or self.tokens[at].norm not in genders or not mention.definite:
                continue
            last = at + 1
            while last < len(self.tokens) and not covered[last] and self.tokens[last].norm in genders:
                last += 1
            mention.role, mention.name, mention.kind = (mention.first, mention.last), (at, last), "person"
            mention.last, mention.end, mention.bare = last, self.tokens[last - 1].end, False
            mention.rule += "+surname"
            covered[at:last] = b"\x01" * (last - at)

    def _surname_at(self, at: int, genders: dict[str, str], covered: bytearray) -> ActorMention | None:
        token = self.tokens[at]
        if token.pos in ("PUNCT", "NUM", "LATIN"):
            return None
        particles = self.particles
        given = self.lexicon.given
        for clitics, skip, rest in self.words.infos[at].rests:
            if clitics and not token.proclitics and self.words.infos[at].name < LIKELY:
                continue
            last = at + 1
            if rest in particles and rest not in genders:
                if last >= len(self.tokens) or covered[last] or self.tokens[last].norm not in genders:
                    continue
                last += 1
            elif rest in genders:
                if not self._stands_alone(at, rest, clitics):
                    continue
            elif given.get(rest) != "s" or self._common_word(rest):
                continue
            while last < len(self.tokens) and not covered[last]:
                norm = self.tokens[last].norm
                goes_on = norm in genders or (norm in particles and self._particle_goes_on(last, genders))
                if norm == rest or not goes_on or (self.tokens[last].proclitics and norm not in genders):
                    break
                last += 1
            first = at
            if not clitics and at and not covered[at - 1] and self._honorific_before(at - 1):
                first, clitics, skip = at - 1, *self._clitic_of(at - 1)
            gender = genders.get(rest, "m")
            name = (at, last)
            phrase = Phrase(first, last, skip, "person", None, gender, "s", True, "surname", name=name, bare=False)
            return ActorMention(
                0, first, last, self.words.offset(first, skip), self.tokens[last - 1].end, "person", (), (), (), name,
                None, gender, "s", True, "surname", "", False, "", clitics, False, phrase,
            )  # fmt: skip
        return None

    def _common_word(self, word: str) -> bool:
        """Whether a listed surname is an everyday word too («رئيسي», «هادي»), so that alone it is no name."""
        return morphology.frequency(word) >= 3.5 and morphology.noun_lemma(word) is not None

    def _honorific_before(self, at: int) -> bool:
        return any(
            isinstance(item, HeadForm) and item.definite and "rank" in item.head.flags
            for start in self.words.infos[at].starts for item in start.node.items
        )  # fmt: skip

    def _clitic_of(self, at: int) -> tuple[str, int]:
        start = self.words.infos[at].starts[0]
        return start.proclitics, start.skip

    def _particle_goes_on(self, at: int, genders: dict[str, str]) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].norm in genders

    def _stands_alone(self, at: int, rest: str, clitics: str) -> bool:
        """Whether a part of a name is the name here and not the common word («صلاح», «أمين», «علي»)."""
        info = self.words.infos[at]
        token = self.tokens[at]
        if rest == "علي" or (info.stop and not clitics):
            return False
        if token.pos == "VERB" and self.lexicon.given.get(rest):
            return at > 0 and self.tokens[at - 1].pos == "VERB"
        if info.name >= LIKELY:
            return True
        if rest.startswith("ال"):
            return rest not in self.lexicon.words["modifier"]
        return token.pos not in ("VERB", "ADP", "PART", "CONJ") or bool(clitics)

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

    def owned_codes(self, mention: ActorMention) -> tuple[str, ...]:
        """Defined by `Resolver`."""
        raise NotImplementedError

    def part_codes(self, phrase: Phrase) -> tuple[str, ...]:
        """Defined by `Resolver`."""
        raise NotImplementedError

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


def similar(a: str, b: str) -> bool:
    """Two spellings of one foreign name («نتنياهو», «نتانياهو»)."""
    if abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < 4 or a[0] != b[0]:
        return False
    return Levenshtein.distance(a, b, score_cutoff=2) <= (2 if min(len(a), len(b)) > 6 else 1)
