"""Mentions by a part of a name that the document gives in full elsewhere, and by well-known surnames."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors.layer import ActorMention
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.table import EntityTable
from marsad.reading.actors.words import LIKELY
from marsad.text import morphology


class SurnameFinder(EntityTable):
    """Adds mentions by surname; a base of `Resolver`."""

    def add_surnames(self) -> None:
        """New mentions: people by a part of a name that the document gives in full elsewhere, and well-known names."""
        genders: dict[str, str] = {}
        self.partners: dict[str, set[str]] = {}
        words = self.lexicon.words
        common = words["particle"] | words["function"] | words["name_end"]
        for mention in self.mentions:
            if mention.kind == "person" and mention.name is not None:
                fathers = self.fathers(mention)
                for part in self.name_norms(mention):
                    if part not in fathers and part not in common:
                        genders.setdefault(part, mention.gender)
                        self.partners.setdefault(part, set()).update(self.name_norms(mention))
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
            partners = self.partners.get(self.tokens[at].norm, set())  # «حذر بايدن نتنياهو»: two people
            while last < len(self.tokens) and not covered[last] and self.tokens[last].norm in partners:
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
                own = norm in genders and (rest not in genders or norm in self.partners.get(rest, ()))
                goes_on = own or (norm in particles and self._particle_goes_on(last, genders))
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


def similar(a: str, b: str) -> bool:
    """Two spellings of one foreign name («نتنياهو», «نتانياهو»)."""
    if abs(len(a) - len(b)) > 2 or min(len(a), len(b)) < 4 or a[0] != b[0]:
        return False
    return Levenshtein.distance(a, b, score_cutoff=2) <= (2 if min(len(a), len(b)) > 6 else 1)
