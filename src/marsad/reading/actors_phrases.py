"""The grammar of actor phrases: a head noun or name, its complements, and the proper name beside a title.

A phrase is read from its first word.  Arabic closes a genitive chain with its first definite word, so after a closed
chain a bare word that is no verb can only be a name: that is how people whom no list knows get their title.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.lexicon.actors import Adjective, Entry, HeadForm
from marsad.reading.actors_words import LIKELY, NO, SURE, WEAK, Start, Words
from marsad.text import morphology

_NAME_LIMIT = 7
_PHRASE_LIMIT = 24
_QUOTED_LIMIT = 6


@dataclass(slots=True)
class Phrase:
    """A parsed actor phrase; token ranges are half-open, `skip` counts the proclitic letters of the first word."""

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
    """Codes of what an envoy goes to; never an affiliation."""
    sectors: list[str] = field(default_factory=list)
    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    enclitic: str = ""
    bare: bool = True
    """Nothing stands with the head: it has to be resolved in the article."""
    closed: bool = False
    parts: list[Phrase] = field(default_factory=list)
    weak: bool = False
    people: bool = False

    def add(self, codes: list[str] | tuple[str, ...]) -> None:
        """Add codes that are not there yet, in text order."""
        for code in codes:
            if code not in self.codes:
                self.codes.append(code)


_SELF = frozenset(("نفسه", "نفسها", "ذاته", "ذاتها"))
_TITLES = frozenset(("العام", "العامه", "عام", "الاعلي", "الرسمي", "الخاص", "التنفيذي", "العليا", "الدايم"))


class Grammar:
    """Reads phrases over the words of one document."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.tokens = words.tokens
        self.infos = words.infos
        self.size = words.size
        self.lists = words.lexicon.words
        self.definite = words.definite

    # --- entry points -------------------------------------------------------------------------------------------

    def phrase(self, index: int, depth: int = 0, proclitics: str | None = None) -> Phrase | None:
        """The actor phrase that begins at token `index`, or None.  `proclitics`: demand exactly these."""
        if depth > 4 or index >= self.size:
            return None
        for start in self.infos[index].starts:
            if proclitics is not None and start.proclitics != proclitics:
                continue
            end, items = self.words.longest(index, start)
            if not items:
                continue
            found = self._from_item(index, end, start, items, depth)
            if found is not None:
                return found
        return None

    def _from_item(
        self, index: int, end: int, start: Start, items: list[Entry | HeadForm | Adjective], depth: int
    ) -> Phrase | None:
        item = items[0]
        if isinstance(item, Entry):
            return self._entry(index, end, start, item, depth)
        if isinstance(item, HeadForm):
            if item.head.kind == "honorific":
                return self._honorific(index, end, start, item, depth)
            return self._head(index, end, start, item, depth)
        return self._adjective(index, end, start, item)

    # --- names and adjectives -----------------------------------------------------------------------------------

    def _entry(self, index: int, end: int, start: Start, entry: Entry, depth: int) -> Phrase | None:
        if entry.weak and not self._weak_ok(index, start, entry, depth):
            return None
        found = Phrase(
            index, end, start.skip, entry.kind, entry, entry.gender, entry.number, True, f"name:{entry.kind}",
            codes=list(entry.codes), sectors=list(entry.sectors), bare=False, closed=True,
        )  # fmt: skip
        if entry.kind in ("body", "group", "seat", "outlet", "bloc"):
            self._tail(found, depth)
        return found

    def _weak_ok(self, index: int, start: Start, entry: Entry, depth: int) -> bool:
        return depth > 0 or entry.kind == "capital"

    def _tail(self, found: Phrase, depth: int) -> None:
        """Adjectives, brackets and a second name after a fixed name: «حزب الله اللبناني», «الناتو (NATO)»."""
        at = found.last
        adjective, end = self._adjective_at(at)
        if adjective is not None and adjective.definite and not adjective.noun:
            if found.kind == "body" and adjective.code not in found.codes and not adjective.weak:
                found.codes = [adjective.code]
                found.rule = "name:body+state"
            found.last = end
        found.last = self._brackets(found.last)

    def _adjective(self, index: int, end: int, start: Start, item: Adjective) -> Phrase | None:
        plural_noun = item.noun or (item.number == "p" and item.gender == "m")
        kind = "people" if plural_noun else "adjective"
        return Phrase(
            index, end, start.skip, kind, item, item.gender, item.number, item.definite, "adjective",
            codes=[item.code], bare=False, closed=True, weak=item.weak, people=plural_noun,
        )  # fmt: skip

    def _adjective_at(self, at: int) -> tuple[Adjective | None, int]:
        """The affiliation adjective that stands at `at` without proclitics."""
        if at >= self.size:
            return None, at
        for start in self.infos[at].starts:
            if start.proclitics:
                break
            end, items = self.words.longest(at, start)
            for item in items:
                if isinstance(item, Adjective):
                    return item, end
        return None, at

    def _item_at(self, at: int) -> tuple[Entry | HeadForm | None, int, Start | None]:
        if at >= self.size:
            return None, at, None
        for start in self.infos[at].starts:
            if start.proclitics:
                break
            end, items = self.words.longest(at, start)
            for item in items:
                if isinstance(item, Entry | HeadForm):
                    return item, end, start
        return None, at, None

    def _brackets(self, at: int) -> int:
        """End of a short bracket or quotation of another name that begins at `at`; `at` when there is none."""
        tokens = self.tokens
        if at >= self.size or tokens[at].norm not in ("(", '"', "«", "“"):
            return at
        closing = {"(": ")", '"': '"', "«": "»", "“": "”"}[tokens[at].norm]
        for end in range(at + 2, min(at + 2 + _QUOTED_LIMIT, self.size)):
            if tokens[end].norm == closing:
                inner = range(at + 1, end)
                latin = all(tokens[i].pos in ("LATIN", "PUNCT", "NUM") for i in inner)
                item, item_end, _ = self._item_at(at + 1)
                named = (isinstance(item, Entry) and item_end == end) or (
                    len(inner) <= 3 and all(self.name_like(i) >= LIKELY for i in inner)
                )
                return end + 1 if latin or named else at
            if tokens[end].norm in (".", "،", ":", "\n"):
                return at
        return at

    # --- heads and complements ----------------------------------------------------------------------------------

    def _head(self, index: int, end: int, start: Start, form: HeadForm, depth: int) -> Phrase | None:
        head = form.head
        kind = "body" if head.kind == "body" else head.kind
        found = Phrase(
            index, end, start.skip, kind, form, form.gender, form.number, form.definite or bool(start.enclitic),
            f"head:{head.lemma}", sectors=list(head.sectors), enclitic=start.enclitic, closed=form.definite,
        )  # fmt: skip
        if head.code:
            found.add([head.code])
        if start.enclitic:
            found.closed = True
        self._complements(found, depth)
        if head.kind in ("office", "expert", "unnamed", "people", "honorific") and depth == 0:
            self._person(found)
        return found

    def _complements(self, found: Phrase, depth: int) -> None:
        begin = found.last
        while found.last < self.size and found.last - found.first < _PHRASE_LIMIT:
            before = found.last
            if not self._one_complement(found, depth):
                break
            if found.last == before:
                break
            found.bare = False
        if found.last > begin:
            found.bare = False

    def _one_complement(self, found: Phrase, depth: int) -> bool:
        at = found.last
        token = self.tokens[at]
        info = self.infos[at]
        head = found.head.head if isinstance(found.head, HeadForm) else None
        if token.pos in ("PUNCT", "LATIN"):
            return self._quoted_name(found, at)
        if token.norm in self.lists["spokes"]:
            return self._nested(found, at + 1, depth, owner=True)
        if info.stop:
            return self._prepositional(found, at, depth, head)
        adjective, end = self._adjective_at(at)
        if adjective is not None and self._agrees(found, adjective):
            if not adjective.weak or found.kind in ("unnamed", "body", "collective", "outlet"):
                self._own(found, [adjective.code])
            found.last, found.closed = end, True
            if not adjective.definite and not found.definite:
                found.closed = True
            return True
        item, end, start = self._item_at(at)
        if item is not None and start is not None:
            if not found.closed and not found.enclitic:
                return self._construct(found, at, item, start, depth)
            if isinstance(item, HeadForm) and self._as_modifier(found, at, item):
                found.last = at + 1
                return True
            if (
                isinstance(item, HeadForm)
                and found.closed
                and found.kind == "office"
                and item.head.kind == "office"
            ):
                return False
            if not (isinstance(item, HeadForm) and token.pos == "ADJ"):
                return False
        return self._plain(found, at, depth, head)

    def _agrees(self, found: Phrase, adjective: Adjective) -> bool:
        if adjective.noun:
            return not found.closed or (found.number != "s" and found.definite == adjective.definite)
        if adjective.definite:
            return (found.closed and found.definite) or self._closed_by_definite(found)
        return not found.definite and not self._closed_by_definite(found)

    def _closed_by_definite(self, found: Phrase) -> bool:
        return found.closed and found.definite

    def _own(self, found: Phrase, codes: list[str] | tuple[str, ...]) -> None:
        """Codes that the phrase belongs to: the first owner counts, what follows through و joins it."""
        found.add(codes)

    def _construct(self, found: Phrase, at: int, item: Entry | HeadForm, start: Start, depth: int) -> bool:
        """A genitive complement: «حكومة اليمن», «رئيس لجنة الشؤون الخارجية»."""
        if isinstance(item, HeadForm) and item.head.kind == "honorific":
            return False
        if isinstance(item, HeadForm) and not found.definite and self._indefinite_modifier(found, at, item):
            found.last = at + 1
            return True
        inner = self.phrase(at, depth + 1, "")
        if inner is None or inner.last <= at:
            return False
        if found.kind in ("unnamed", "people") and not inner.definite:
            return False
        self._absorb(found, inner)
        return True

    def _absorb(self, found: Phrase, inner: Phrase) -> None:
        found.parts.append(inner)
        self._own(found, inner.codes)
        found.targets += inner.targets
        found.last = inner.last
        found.closed = True
        found.definite = found.definite or inner.definite
        for sector in inner.sectors:
            if sector not in found.sectors:
                found.sectors.append(sector)

    def _nested(self, found: Phrase, at: int, depth: int, owner: bool) -> bool:
        """A complement after a preposition: an actor phrase, or else a plain noun phrase."""
        inner = self.phrase(at, depth + 1, "")
        if inner is not None and inner.kind != "adjective":
            if owner:
                self._absorb(found, inner)
            else:
                found.parts.append(inner)
                found.targets += inner.codes
                found.last = inner.last
            found.closed = True
            return True
        end = self.plain_run(at)
        if end > at:
            found.last, found.closed = end, True
            return True
        return False

    def _prepositional(self, found: Phrase, at: int, depth: int, head: object) -> bool:
        norm = self.tokens[at].norm
        kind = found.kind
        if norm == "في" and kind in ("unnamed", "expert", "office", "people", "body", "outlet", "document"):
            return self._in(found, at + 1, depth)
        if norm in ("الي", "لدي") and kind in ("office", "body") and self._is_envoy(found):
            return self._nested(found, at + 1, depth, owner=not found.codes)
        return False

    def _is_envoy(self, found: Phrase) -> bool:
        return isinstance(found.head, HeadForm) and "to" in found.head.head.flags

    def _in(self, found: Phrase, at: int, depth: int) -> bool:
        """«في …»: an institution, a place or a field of expertise; never a time or an event."""
        if at >= self.size:
            return False
        flags = found.head.head.flags if isinstance(found.head, HeadForm) else frozenset()
        inner = self.phrase(at, depth + 1, "")
        if inner is not None and inner.kind in (
            "state",
            "capital",
            "place",
            "body",
            "group",
            "seat",
            "outlet",
            "bloc",
        ):
            if "in" not in flags and inner.kind not in ("state",) and found.kind not in ("unnamed", "expert"):
                return False
            if found.kind in ("body", "outlet", "people", "document") and (
                found.codes or inner.kind != "state"
            ):
                return False
            if found.kind == "office" and "in" not in flags and found.codes:
                return False
            if found.codes:
                found.parts.append(inner)
                found.targets += inner.codes
                found.last = inner.last
            else:
                self._absorb(found, inner)
            found.closed = True
            return True
        if found.kind == "expert":
            end = self.plain_run(at)
            if end > at:
                found.last, found.closed = end, True
                return True
        return False

    def _quoted_name(self, found: Phrase, at: int) -> bool:
        """«حركة "فتح"», «صحيفة "نيويورك تايمز" الأميركية», «وكالة الأنباء الرسمية (إرنا)»."""
        tokens = self.tokens
        mark = tokens[at].norm
        if mark in ("-", "ـ", "–") and at + 1 < self.size:
            adjective, end = self._adjective_at(at + 1)
            if (
                adjective is not None
                and found.last - found.first > 1
                and self._adjective_at(at - 1)[0] is not None
            ):
                self._own(found, [adjective.code])
                found.last = end
                return True
            return False
        pairs = {"(": ")", '"': '"', "«": "»", "“": "”", "'": "'", "‘": "’", "„": "“"}
        if tokens[at].pos == "LATIN" and found.kind in ("outlet", "body", "group"):
            if found.bare or self._open(found):
                found.last = at + 1
                found.name = found.name or (at, at + 1)
                return True
            return False
        if mark not in pairs:
            return False
        if found.kind not in ("outlet", "group", "body"):
            end = self._brackets(at)
            if end > at and found.kind in ("office", "unnamed", "expert"):
                found.last = end
                return True
            return False
        if mark == "(":
            end = self._brackets(at)
            if end > at:
                found.last = end
                return True
            if found.kind not in ("group", "outlet", "body"):
                return False
        for end in range(at + 1, min(at + 2 + _QUOTED_LIMIT, self.size)):
            if tokens[end].norm == pairs[mark] and end > at + 1:
                if mark != "(" or found.kind == "group":
                    found.name = found.name or (at + 1, end)
                inner = self.phrase(at + 1, 2, "")
                if (
                    inner is not None
                    and inner.last == end
                    and inner.kind in ("group", "outlet", "body", "seat")
                ):
                    self._own(found, inner.codes)
                found.last, found.closed = end + 1, True
                return True
            if tokens[end].norm in (".", ":", "!", "?", "؟"):
                return False
        return False

    def _open(self, found: Phrase) -> bool:
        return not found.closed

    def _as_modifier(self, found: Phrase, at: int, item: HeadForm) -> bool:
        """A title word used as an adjective: «المحلل السياسي», «المستشار الدبلوماسي»."""
        token = self.tokens[at]
        if token.norm in self.lists["modifier"]:
            return item.definite == found.definite
        return token.norm.endswith(("ي", "يه")) and item.definite == found.definite and not item.construct

    def _indefinite_modifier(self, found: Phrase, at: int, item: HeadForm) -> bool:
        """«مصدر دبلوماسي», «خبير عسكري»: an adjective beside an indefinite head."""
        if item.definite or item.construct:
            return False
        token = self.tokens[at]
        return token.norm in self.lists["modifier"] or (
            token.norm.endswith(("ي", "يه", "يون", "يين")) and found.kind in ("unnamed", "expert", "people")
        )

    def _plain(self, found: Phrase, at: int, depth: int, head: object) -> bool:
        """A word that is no actor word: adjective, portfolio, genitive noun, or a coordinated complement."""
        token = self.tokens[at]
        norm = token.norm
        if (
            token.pos in ("VERB", "CONJ", "PART", "PRON", "ADP", "NAME")
            and norm not in self.lists["modifier"]
        ) and not token.proclitics:
            return False
        if norm.startswith("و") and token.proclitics[:1] == ("و",):
            return self._coordinated(found, at, depth)
        if norm.startswith("ل") and token.proclitics == ("ل",):
            return self._for(found, at, depth)
        if norm.startswith("ب") and token.proclitics == ("ب",):
            return self._by(found, at, depth)
        if token.proclitics:
            return False
        if norm in self.lists["modifier"]:
            if found.definite and (norm.startswith("ال") or norm in _SELF):
                found.last = at + 1
                return True
            if not found.definite and not norm.startswith("ال") and (found.closed or found.kind != "body"):
                found.last = at + 1
                return True
        if norm in self.lists["relative"] and found.definite and at + 1 < self.size:
            return self._relative(found, at, depth)
        if found.closed or found.enclitic:
            if found.definite and self.definite[at] and self._adjectival(at):
                if self.infos[at].given and found.kind in ("office", "honorific"):
                    return False
                found.last = at + 1
                return True
            return (
                not found.definite and not self.definite[at] and self._adjectival(at) and self._take(found, at)
            )
        if self.definite[at]:
            if found.kind in ("unnamed", "people") and token.pos != "NOUN":
                return False
            found.last, found.closed, found.definite = at + 1, True, True
            return True
        if token.enclitic and token.pos == "NOUN":
            found.last, found.closed, found.definite, found.enclitic = at + 1, True, True, token.enclitic
            return True
        if self._adjectival(at):
            return self._take(found, at)
        if found.kind in ("unnamed", "people", "collective", "document"):
            return False
        if token.pos == "NOUN" and self.name_like(at) <= WEAK and not self.infos[at].given:
            following = self.tokens[at + 1] if at + 1 < self.size else None
            if following is not None and (self.definite[at + 1] or norm in self.lists["portfolio"]):
                found.last = at + 1
                return True
        return False

    def _take(self, found: Phrase, at: int) -> bool:
        found.last, found.closed = at + 1, True
        return True

    def _adjectival(self, at: int) -> bool:
        token = self.tokens[at]
        return token.pos == "ADJ" or (
            token.pos == "NOUN" and len(token.stem) > 3 and token.stem.endswith(("ي", "يه", "يين", "يون"))
        )

    def _relative(self, found: Phrase, at: int, depth: int) -> bool:
        """«التابع للأمم المتحدة», «المكلف بالشؤون الإفريقية»: a participle and its complement."""
        follower = self.tokens[at + 1]
        for proclitic in ("ل", "ب"):
            inner = self.phrase(at + 1, depth + 1, proclitic)
            if inner is not None:
                self._absorb(found, inner)
                return True
            if follower.proclitics == (proclitic,) and follower.pos in ("NOUN", "ADJ"):
                end = self.plain_run(at + 1, first_any=True)
                found.last = max(end, at + 2)
                return True
        if follower.norm in ("في", "علي", "عن", "من") and at + 2 < self.size:
            inner = self.phrase(at + 2, depth + 1, "")
            if inner is not None:
                if not found.codes:
                    self._absorb(found, inner)
                found.last = inner.last
                return True
            end = self.plain_run(at + 2)
            if end > at + 2:
                found.last = end
                return True
        found.last = at + 1
        return True

    def _coordinated(self, found: Phrase, at: int, depth: int) -> bool:
        """«وزارة الخارجية والمغتربين», «مصادر مالية وقانونية», «الحكومتان السورية والروسية»."""
        token = self.tokens[at]
        rest = token.norm[1:]
        previous = self.tokens[at - 1]
        for start in self.infos[at].starts:
            if start.proclitics != "و":
                continue
            end, items = self.words.longest(at, start)
            for item in items:
                if (
                    isinstance(item, Adjective)
                    and not item.noun
                    and self._adjective_at(at - 1)[0] is not None
                ) and item.definite == found.definite:
                    self._own(found, [item.code])
                    found.last = end
                    return True
            if items and rest not in self.lists["portfolio"] and rest not in self.lists["modifier"]:
                return False
        ministry = isinstance(found.head, HeadForm) and (
            "ministry" in found.head.head.flags or any(
                isinstance(part.head, HeadForm) and "ministry" in part.head.head.flags for part in found.parts
            )
        )  # fmt: skip
        if not found.closed or found.last - found.first < 2:
            return False
        if rest in self.lists["portfolio"] and (ministry or previous.norm in self.lists["portfolio"]):
            found.last = at + 1
            following = self.tokens[at + 1] if at + 1 < self.size else None
            if following is not None and not rest.startswith("ال") and self.definite[at + 1]:
                found.last = at + 2
            return True
        adjectival = self._adjectival(at) or rest in self.lists["modifier"]
        if adjectival and self.definite[at] == self.definite[at - 1] and self._adjectival(at - 1):
            if token.stem[-1:] == previous.stem[-1:]:
                found.last = at + 1
                return True
            return False
        if self.definite[at] and found.kind in ("office", "body", "expert") and token.pos in ("NOUN", "ADJ"):
            for ahead in range(at + 1, min(at + 5, self.size)):
                adjective, end = self._adjective_at(ahead)
                if adjective is not None and adjective.definite and ahead == at + 1 and not self.definite[at - 1]:
                    return False
                if adjective is not None and adjective.definite and ministry:
                    found.last = ahead
                    return True
                if not self.definite[ahead]:
                    break
        return False

    def _for(self, found: Phrase, at: int, depth: int) -> bool:
        """«ل…»: owner of an office or body; target of an envoy."""
        flags = found.head.head.flags if isinstance(found.head, HeadForm) else frozenset()
        previous = self.tokens[at - 1].norm
        titled = previous in _TITLES
        if found.kind not in ("office", "body", "group", "outlet", "expert"):
            return False
        if "of" not in flags and not titled and found.kind == "office" and not self._is_envoy(found):
            return False
        inner = self.phrase(at, depth + 1, "ل")
        if inner is not None:
            if inner.kind in (
                "office",
                "expert",
                "honorific",
                "unnamed",
                "people",
                "outlet",
                "collective",
                "document",
            ):
                return False
            if self._is_envoy(found) and found.codes:
                found.targets += inner.codes
                found.parts.append(inner)
                found.last = inner.last
                return True
            if found.kind == "body" and found.codes and inner.kind in ("state", "capital"):
                return False
            if found.kind in ("body", "group") and "own" not in flags and not titled:
                return False
            self._absorb(found, inner)
            return True
        token = self.tokens[at]
        if token.pos in ("NOUN", "ADJ") and (
            found.kind in ("body", "group", "outlet") or titled or "of" in flags
        ) and (token.stem in ("شوون", "شان", "حقوق") or self.definite[at] or found.kind == "body"):
            if found.kind == "body" and "own" not in flags and not titled:
                return False
            end = self.plain_run(at, first_any=True)
            if end > at:
                found.last, found.closed = end, True
                return True
        return False

    def _by(self, found: Phrase, at: int, depth: int) -> bool:
        """«بالوزارة», «بمجلس الشيوخ»: the institution of an office, an official or a source."""
        if found.kind not in ("office", "unnamed", "expert", "body"):
            return False
        inner = self.phrase(at, depth + 1, "ب")
        if inner is None or inner.kind not in ("body", "seat", "group", "capital", "state", "place"):
            return False
        flags = found.head.head.flags if isinstance(found.head, HeadForm) else frozenset()
        if inner.kind in ("capital", "state", "place") and "in" not in flags:
            return False
        if found.codes:
            found.parts.append(inner)
            found.targets += inner.codes
            found.last = inner.last
        else:
            self._absorb(found, inner)
        return True

    def plain_run(self, at: int, first_any: bool = False) -> int:
        """End of a plain noun phrase at `at`: nouns up to the first definite one, then definite adjectives."""
        begin, closed = at, False
        while at < self.size and at - begin < 10:
            token = self.tokens[at]
            first = at == begin
            if self.infos[at].stop or token.pos not in ("NOUN", "ADJ", "X", "NAME"):
                break
            if token.proclitics and not (first and first_any):
                if token.proclitics == ("و",) and closed and self.definite[at] and self._continues(at):
                    at += 1
                    continue
                break
            if closed:
                if not (self.definite[at] and self._adjectival(at)):
                    break
            elif self.definite[at] or token.enclitic:
                closed = True
            elif not first and self.name_like(at) >= LIKELY:
                break
            at += 1
        return at

    def _continues(self, at: int) -> bool:
        """A coordinated definite noun that goes on with the phrase, not with the sentence."""
        info = self.infos[at]
        return not any(
            isinstance(item, HeadForm) and item.head.kind in ("office", "unnamed")
            for start in info.starts for item in start.node.items
        )  # fmt: skip

    # --- names of people ----------------------------------------------------------------------------------------

    def name_like(self, at: int) -> int:
        """How name-like the token is here: NO, WEAK, LIKELY or SURE."""
        token = self.tokens[at]
        info = self.infos[at]
        if token.pos in ("PUNCT", "NUM", "LATIN"):
            return NO
        cut = info.name == LIKELY and token.proclitics and token.pos in ("VERB", "NOUN", "ADJ", "ADP", "PART")
        if cut and morphology.frequency(token.stem) > max(2.6, morphology.frequency(token.norm)):
            return WEAK if token.pos != "VERB" else NO
        if token.norm == "علي" and token.form.endswith("ى"):
            return NO
        return info.name

    def _honorific(self, index: int, end: int, start: Start, form: HeadForm, depth: int) -> Phrase | None:
        name = self._name(end, strong=False)
        if name is None:
            if end < self.size and depth == 0:
                inner = self.phrase(end, 0, "")
                if (
                    inner is not None
                    and inner.kind in ("office", "expert")
                    and inner.first == end
                    and inner.name
                ):
                    inner.first, inner.skip = index, start.skip
                    return inner
            return None
        first, last = name
        found = Phrase(
            index, last, start.skip, "person", form, form.gender, "s", True, "honorific+name",
            name=(first, last), bare=False, closed=True,
        )  # fmt: skip
        self._role_after(found)
        return found

    def name_first(self, at: int) -> Phrase | None:
        """A person named without a title before: two names at least, perhaps with a role after them."""
        name = self._plain_name(at, True)
        if name is None or name[1] - name[0] < 2:
            return None
        gender = self.infos[at].given if self.infos[at].given in ("m", "f") else "m"
        found = Phrase(
            at, name[1], 0, "person", None, gender, "s", True, "name", name=name, bare=False, closed=True
        )
        self._role_after(found)
        return found

    def _person(self, found: Phrase) -> None:
        """Attach the proper name that follows a title, with or without a comma, and a second title."""
        role_end = found.last
        at = role_end
        comma = at < self.size and self.tokens[at].norm in self.lists["comma"]
        if found.number != "s" and found.kind != "honorific":
            return
        if not found.definite and not comma and found.kind in ("unnamed", "people"):
            return
        if not found.definite and found.kind == "office" and found.bare:
            return
        name = self._name(at + 1 if comma else at, strong=comma or not found.closed)
        if name is None:
            self._second_title(found, at)
            return
        found.role = (found.first, role_end)
        found.name = name
        found.last = name[1]
        found.kind = "person"
        found.bare = False
        found.rule += "+name"
        self._role_after(found, titled=True)

    def _second_title(self, found: Phrase, at: int) -> None:
        """«نائب الرئيس رئيس الوزراء خالد …»: a second title before the name."""
        if not found.closed or at >= self.size:
            return
        item, _, _ = self._item_at(at)
        if not isinstance(item, HeadForm) or item.head.kind not in ("office", "expert"):
            return
        inner = self.phrase(at, 0, "")
        if inner is None or inner.kind != "person" or inner.role is None:
            return
        found.role = (found.first, inner.role[1])
        found.add(inner.codes)
        found.name, found.last, found.kind, found.bare = inner.name, inner.last, "person", False
        found.rule += "+title+name"

    def _role_after(self, found: Phrase, titled: bool = False) -> None:
        """A role that follows the name: «سيرغي لافروف، وزير الخارجية الروسي»."""
        at = found.last
        comma = at < self.size and self.tokens[at].norm in self.lists["comma"]
        begin = at + 1 if comma else at
        item, _, _ = self._item_at(begin)
        if not isinstance(item, HeadForm) or item.head.kind not in ("office", "expert", "unnamed"):
            return
        inner = self.phrase(begin, 1, "")
        if inner is None or inner.bare or (inner.kind not in ("office", "expert", "unnamed")):
            return
        if comma and titled:
            return
        if comma and not self._ends_clause(inner.last) and inner.kind == "unnamed":
            return
        found.role = (begin, inner.last) if found.role is None else found.role
        found.add(inner.codes)
        found.targets += inner.targets
        found.parts.append(inner)
        found.last = inner.last

    def _ends_clause(self, at: int) -> bool:
        return at >= self.size or self.tokens[at].pos in ("PUNCT", "VERB") or self.infos[at].stop

    def _name(self, at: int, strong: bool) -> tuple[int, int] | None:
        """Token range of the proper name that begins at `at`, honorifics and ranks before it passed over."""
        at = self._skip_honorifics(at)
        if at >= self.size:
            return None
        tokens = self.tokens
        if tokens[at].norm in ("«", '"', "“") and at + 2 < self.size:
            inner = self._plain_name(at + 1, strong)
            if inner is not None and inner[1] < self.size and tokens[inner[1]].norm in ("»", '"', "”"):
                return inner
            return None
        return self._plain_name(at, strong)

    def _skip_honorifics(self, at: int) -> int:
        for _ in range(4):
            item, end, _ = self._item_at(at)
            if not isinstance(item, HeadForm) or "rank" not in item.head.flags or item.construct:
                break
            if item.head.kind != "honorific" and not item.definite and self.infos[at].given:
                break
            at = end
            while at < self.size and self.tokens[at].norm in self.lists["rank_prefix"]:
                at += 1
            if at < self.size and self.tokens[at].norm == ".":
                at += 1
        return at

    def _plain_name(self, at: int, strong: bool) -> tuple[int, int] | None:
        if at >= self.size:
            return None
        token = self.tokens[at]
        particle = token.norm in self.lists["particle"]
        score = self.name_like(at)
        if token.pos in ("PUNCT", "NUM", "LATIN") or (self.infos[at].stop and score < SURE):
            return None
        item, _, _ = self._item_at(at)
        if item is not None and score < SURE and not particle:
            return None
        if token.norm.startswith("ال") and score < SURE and (strong or score < LIKELY):
            return None
        if not particle and score < LIKELY:
            following = self.name_like(at + 1) if at + 1 < self.size else NO
            if score < WEAK or strong or following < LIKELY or self.infos[at + 1].stop:
                return None
        end = at + 1
        while end < self.size and end - at < _NAME_LIMIT:
            if not self._name_goes_on(at, end):
                break
            end += 1
        while end > at and self.tokens[end - 1].norm in self.lists["particle"] and end - at > 1:
            if self.name_like(end - 1) == SURE:
                break
            end -= 1
        if particle and end - at < 2:
            return None
        if strong and end - at < 2 and score < SURE:
            return None
        return at, end

    def _name_goes_on(self, begin: int, at: int) -> bool:
        token = self.tokens[at]
        info = self.infos[at]
        if token.pos in ("PUNCT", "NUM", "LATIN"):
            return False
        if token.norm in self.lists["particle"]:
            return at + 1 < self.size and self.tokens[at + 1].pos not in ("PUNCT", "NUM")
        previous = self.tokens[at - 1].norm
        after_particle = previous in self.lists["particle"] and previous not in ("علاء", "نور")
        score = self.name_like(at)
        if score == SURE:
            return True
        if info.stop:
            return False
        if after_particle:
            return token.pos != "VERB" or score >= WEAK
        item, _, _ = self._item_at(at)
        if item is not None:
            adjective = self._adjective_at(at)[0]
            return adjective is not None and adjective.definite and at == begin + 1
        adjective, _ = self._adjective_at(at)
        if adjective is not None:
            return at == begin + 1 and adjective.number == "s" and self._ends_clause(at + 1)
        if token.norm.startswith("ال") and self.definite[at]:
            return token.norm not in self.lists["modifier"] and self._surname_like(at)
        return score >= LIKELY

    def _surname_like(self, at: int) -> bool:
        token = self.tokens[at]
        if self.name_like(at) >= WEAK:
            return True
        return token.stem.endswith("ي") or self._ends_clause(at + 1)
