"""Proper names of people: where one begins beside a title, how far it goes, and names that stand before their title.

Arabic closes a genitive chain with its first definite word, so after a closed title a bare word that is no verb,
particle or common noun can only be a name.  That is how people whom no list knows get their title.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.lexicon.actors import Adjective, Entry, HeadForm
from marsad.reading.actors.words import LIKELY, NO, SURE, WEAK, Start, Words
from marsad.text import morphology

NAME_LIMIT = 7
"""Longest name, in words."""
CLOSING = {"(": ")", '"': '"', "«": "»", "“": "”", "‘": "’", "„": "“", "[": "]", "'": "'", "”": "”"}
"""Closing mark of each opening mark."""


@dataclass(slots=True)
class Phrase:
    """A parsed actor phrase; token ranges are half-open, `skip` counts the proclitic letters of the first word.

    `targets` are codes of what an envoy goes to, never an affiliation.  `closed`: the genitive chain has ended.
    `bare`: nothing stands with the head, so that it has to be resolved in the article.
    `quantity`: «بعض», «أحد», «هذه».
    """

    first: int
    last: int
    skip: int
    kind: str
    head: HeadForm | Entry | Adjective | None
    gender: str
    number: str
    definite: bool
    rule: str
    codes: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    owner: tuple[int, int] | None = None
    """Tokens of the person whom a body is called by («حكومة نتنياهو»)."""
    enclitic: str = ""
    bare: bool = True
    closed: bool = False
    weak: bool = False
    quantity: str = ""
    parts: list[Phrase] = field(default_factory=list)

    def add(self, codes: list[str] | tuple[str, ...]) -> None:
        """Add codes that are not there yet, in text order."""
        for code in codes:
            if code not in self.codes:
                self.codes.append(code)

    @property
    def flags(self) -> frozenset[str]:
        """Flags of the head noun."""
        return self.head.head.flags if isinstance(self.head, HeadForm) else _NONE


_NONE: frozenset[str] = frozenset()


class NameGrammar:
    """Reads names over the words of one document."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.tokens = words.tokens
        self.infos = words.infos
        self.size = words.size
        self.definite = words.definite
        lists = words.lexicon.words
        self.comma = lists["comma"]
        self.particles = lists["particle"]
        self.says = lists["says"]
        self.modifiers = lists["modifier"]
        self.rank_prefixes = lists["rank_prefix"]
        self.name_ends = lists["name_end"]
        self.not_first = lists["not_first"]
        self._scores = [-1] * words.size
        self.said = False
        """A reporting verb stands before the title: a finite verb after the first name is a surname («جانيت يلين»)."""
        self.dotted = not any(token.form == "على" for token in words.tokens)
        """The document writes «على» with dots, so that «علي» may be either."""
        self._vocabulary: frozenset[str] | None = None

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every folded word of the document: a name seen elsewhere betrays a proclitic («لبيفوفاروف»)."""
        if self._vocabulary is None:
            self._vocabulary = frozenset(token.norm for token in self.tokens)
        return self._vocabulary

    def item_at(self, at: int) -> tuple[Entry | HeadForm | None, int, Start | None]:
        """The name or head that begins at `at` without proclitics, its end, and its way into the trie."""
        if at < self.size:
            for start in self.infos[at].starts:
                if start.proclitics:
                    break
                end, items = self.words.longest(at, start)
                for item in items:
                    if not isinstance(item, Adjective):
                        return item, end, start
        return None, at, None

    def adjective_at(self, at: int) -> tuple[Adjective | None, int]:
        """The affiliation adjective that stands at `at` without proclitics, and its end."""
        if at < self.size:
            for start in self.infos[at].starts:
                if start.proclitics:
                    break
                end, items = self.words.longest(at, start)
                for item in items:
                    if isinstance(item, Adjective):
                        return item, end
        return None, at

    def name_like(self, at: int) -> int:
        """How name-like the token is here: NO, WEAK, LIKELY or SURE."""
        if at >= self.size:
            return NO
        score = self._scores[at]
        if score < 0:
            score = self._scores[at] = self._name_like(at)
        return score

    def _name_like(self, at: int) -> int:
        token = self.tokens[at]
        if token.pos in ("PUNCT", "NUM", "LATIN"):
            return NO
        info = self.infos[at]
        norm = token.norm
        if len(norm) < 2:
            return NO
        if norm == "علي":
            return SURE if token.form.endswith("ي") and (not self.dotted or self._ali(at + 1)) else NO
        if norm == "ان":
            return SURE if token.form == "آن" else NO
        if info.name != LIKELY:
            return info.name
        if token.pos in ("ADP", "PRON", "PART", "CONJ") or token.form.endswith("ية"):
            return NO
        if token.enclitic in ("ه", "ها", "هم", "هما", "ني", "كم", "هن") and (
            token.pos == "VERB" or morphology.frequency(token.stem) > 3.0
        ):
            return NO
        if len(norm) > 4 and norm[0] in "ولبفك":
            rest = norm[1:]
            if rest in self.vocabulary or rest in self.words.lexicon.given:
                return NO
        cut = token.proclitics and (norm.startswith(("وال", "فال", "بال", "كال", "لل")) or self._known(token.stem))
        if cut and (morphology.frequency(token.stem) > 2.6 or token.definite):
            return NO
        return LIKELY

    def _known(self, stem: str) -> bool:
        return morphology.noun_lemma(stem) is not None or morphology.is_verb_form(stem) or bool(
            morphology.derivations(stem)
        )

    def _ali(self, at: int) -> bool:
        """Whether the name «علي» and not a dotted «على» stands before `at`."""
        if at >= self.size or self.tokens[at].pos in ("PUNCT", "VERB"):
            return True
        return self.infos[at].name >= LIKELY or self.infos[at].given != "" or self.tokens[at].norm in self.particles

    def stops(self, at: int) -> bool:
        """Whether the word is a function or time word here, and no name written like one."""
        return self.infos[at].stop and self.name_like(at) < SURE

    def find_name(self, at: int, strong: bool) -> tuple[int, int] | None:
        """Token range of the proper name at `at`, honorifics and ranks before it passed over.

        `strong`: the place alone does not speak for a name (after a comma, after an open phrase).
        """
        begin = at
        at = self.skip_honorifics(at)
        if at >= self.size:
            return None
        strong = strong and at == begin
        mark = self.tokens[at].norm
        if mark in CLOSING:
            if at + 2 >= self.size:
                return None
            inner = self.plain_name(at + 1, strong=False)
            if inner is not None and inner[1] < self.size and self.tokens[inner[1]].norm == CLOSING[mark]:
                return inner
            return None
        return self.plain_name(at, strong)

    def skip_honorifics(self, at: int) -> int:
        """Where the name begins after «الشيخ», «الدكتور», «العميد ركن», «الأمير»."""
        for _ in range(4):
            item, end, _ = self.item_at(at)
            if not isinstance(item, HeadForm) or "rank" not in item.head.flags or item.construct:
                break
            if item.head.kind != "honorific" and not item.definite and self.infos[at].given:
                break
            at = end
            while at < self.size and self.tokens[at].norm in self.rank_prefixes:
                at += 1
            if at < self.size and self.tokens[at].norm == ".":
                at += 1
        return at

    def plain_name(self, at: int, strong: bool) -> tuple[int, int] | None:
        """Token range of a name whose first word is at `at`."""
        if at >= self.size:
            return None
        token = self.tokens[at]
        known, known_end, _ = self.item_at(at)
        if isinstance(known, Entry) and known.kind == "person":
            while known_end < self.size and known_end - at < NAME_LIMIT and self._goes_on(at, known_end):
                known_end += 1
            return at, known_end
        score = self.name_like(at)
        if token.pos in ("PUNCT", "NUM", "LATIN") or (self.infos[at].stop and score < SURE):
            return None
        particle = token.norm in self.particles and token.norm not in self.not_first
        if score < SURE and not particle:
            if self._blocks(at):
                return None
            if token.norm.startswith("ال") and (strong or score < LIKELY):
                return None
            if score < LIKELY and not self._unlikely_start(at, score, strong):
                return None
        end = at + 1
        while end < self.size and end - at < NAME_LIMIT and self._goes_on(at, end):
            end += 1
        while end - at > 1 and self.tokens[end - 1].norm in self.particles and self.name_like(end - 1) < SURE:
            end -= 1
        if end - at < 2 and (particle or (strong and score < SURE)):
            return None
        return at, end

    def _blocks(self, at: int) -> bool:
        """Whether another name, head or adjective begins at the word; places that are surnames too do not count."""
        for start in self.infos[at].starts:
            for item in self.words.longest(at, start)[1]:
                if not isinstance(item, Entry) or not (item.kind == "place" or item.weak) or " " in item.name:
                    return True
        return False

    def _unlikely_start(self, at: int, score: int, strong: bool) -> bool:
        """A word of the lexicon as a first name («راجح بادي», «أرتو ليكونن»): only when a clear name follows."""
        token = self.tokens[at]
        if strong and not token.proclitics and token.pos != "VERB" and self.name_like(at + 1) == SURE:
            return at + 2 >= self.size or self.tokens[at + 2].norm in self.comma
        if token.proclitics == ("ك",) and not strong and self.name_like(at + 1) >= LIKELY:
            return True  # «مفوضة الطاقة كادري …»: «ك» joins nothing to a title
        if strong or token.proclitics or token.norm in self.modifiers or at + 1 >= self.size:
            return False
        if score < WEAK and (token.pos not in ("NOUN", "ADJ", "X", "NAME") or token.norm.endswith("ا")):
            return False
        return self.name_like(at + 1) >= LIKELY and not self.stops(at + 1)

    def _goes_on(self, begin: int, at: int) -> bool:
        if at >= self.size:
            return False
        token = self.tokens[at]
        if token.norm == "-":
            return self._hyphen(at)
        if token.pos in ("PUNCT", "NUM", "LATIN"):
            return False
        norm = token.norm
        if self.infos[at].determiner:
            return False  # «فلان الفلاني أحد نواب …»
        if self._another(begin, at):
            return False
        if norm in self.particles:
            return at + 1 < self.size and self.tokens[at + 1].pos not in ("PUNCT", "NUM")
        score = self.name_like(at)
        if at - begin >= 2 and norm in self.says and self._predicate(at):
            return False
        if score == SURE:
            return True
        if norm in self.name_ends:
            return True
        if self.infos[at].stop:
            return False
        if self._title_inside(at):
            return True
        if self._blocks(at) and self.adjective_at(at)[0] is None:
            return False
        if self.tokens[at - 1].norm in self.particles and self.tokens[at - 1].norm not in self.not_first:
            act = token.pos == "VERB" or any(key[:2] == "m:" for key in token.keys)
            return score >= WEAK or not act  # «شينزو آبي إطلاق …»: «أبي» begins no name here
        adjective, _ = self.adjective_at(at)
        if adjective is not None:
            if adjective.number != "s" or adjective.gender != "m" or at != begin + 1:
                return False
            return adjective.definite or self._clause_goes_on(at + 1)
        if self._blocks(at) or token.form.endswith(("اً", "ًا")):
            return False
        if norm.startswith("ال") and self.definite[at]:
            return norm not in self.modifiers and self._surname_like(begin, at)
        if score >= LIKELY:
            return True
        slot = at - begin - sum(self.tokens[i].norm == "عبد" for i in range(begin, at))
        if self.name_like(begin) < SURE or slot > 2:
            return False
        if token.pos == "VERB":
            return self.said and slot == 1 and not token.proclitics and self._clause_goes_on(at + 1)
        if score == WEAK and slot == 1:
            return True
        common = norm.endswith("ا") or norm in self.modifiers or token.proclitics or token.enclitic
        if common:
            return False
        if slot == 2:
            return self._role_at_word(at + 1) or self._role_at_word(at + 2)
        return self._clause_goes_on(at + 1) or self.name_like(at + 1) >= LIKELY or self._role_at_word(at + 1)

    def _another(self, begin: int, at: int) -> bool:
        """«حذر بايدن نتنياهو …»: a well-known surname right behind another one."""
        return at == begin + 1 and self.infos[begin].given == "s" == self.infos[at].given

    def _predicate(self, at: int) -> bool:
        """A word after two names that is a reporting verb too («فلان الفلاني طالب …»): the clause goes on behind it."""
        after = at + 1
        if self.tokens[at - 1].norm in self.particles or after >= self.size:
            return False
        return self.tokens[after].pos not in ("PUNCT", "VERB") or self.tokens[after].norm in CLOSING

    def _title_inside(self, at: int) -> bool:
        """«محمد الحاج حمود»: an honorific that is part of a name."""
        item, _, _ = self.item_at(at)
        inside = isinstance(item, HeadForm) and item.head.kind == "honorific" and item.definite
        return inside and self.name_like(at + 1) >= WEAK

    def _hyphen(self, at: int) -> bool:
        """«كي-مون»: a hyphen without spaces between two parts of a name."""
        if at + 1 >= self.size:
            return False
        token, before, after = self.tokens[at], self.tokens[at - 1], self.tokens[at + 1]
        return before.end == token.start and token.end == after.start and self.name_like(at + 1) >= LIKELY

    def _role_at_word(self, at: int) -> bool:
        """Whether a title begins at `at`."""
        item, _, _ = self.item_at(at)
        return isinstance(item, HeadForm) and item.head.kind in ("office", "expert") and item.number == "s"

    def _clause_goes_on(self, at: int) -> bool:
        return at >= self.size or self.tokens[at].pos in ("PUNCT", "VERB") or self.infos[at].stop

    def _surname_like(self, begin: int, at: int) -> bool:
        if self.name_like(at) >= WEAK or self.tokens[at].stem.endswith("ي"):
            return True
        return at == begin + 1 and (self._clause_goes_on(at + 1) or self._role_at_word(at + 1))
