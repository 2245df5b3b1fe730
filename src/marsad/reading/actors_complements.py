"""What belongs to the head of an actor phrase: genitives, adjectives, portfolios, prepositions, marks.

A phrase is *open* while its head stands in the construct state, *closed* once a definite word, a name or an adjective
has ended the chain.  Definite adjectives may follow a closed definite phrase, bare ones an indefinite phrase.
"""

from __future__ import annotations

from marsad.lexicon.actors import Adjective, Entry, HeadForm
from marsad.reading.actors_names import CLOSING, NameGrammar, Phrase
from marsad.reading.actors_words import LIKELY, SURE, WEAK, Start, Words

_PHRASE_LIMIT = 26
_QUOTED_LIMIT = 6
_INSTITUTIONS = ("body", "seat", "group", "outlet", "bloc")
_COUNTRIES = ("state", "capital", "place")
_NAMED = ("outlet", "group", "body")
_NOT_WORDS = ("VERB", "CONJ", "PART", "PRON", "ADP", "NAME")


class ComplementGrammar(NameGrammar):
    """Extends a phrase from its head to the right."""

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

    def phrase(self, index: int, depth: int = 0, proclitics: str | None = None) -> Phrase | None:
        """Defined by `Grammar`."""
        raise NotImplementedError

    def complete(self, found: Phrase, depth: int) -> None:
        """Take in every complement that follows."""
        while found.last < self.size and found.last - found.first < _PHRASE_LIMIT:
            before = found.last
            if not self._one(found, depth) or found.last == before:
                break
            if found.last - before > 1 or self.tokens[before].norm not in self.self_words:
                found.bare = False

    def _one(self, found: Phrase, depth: int) -> bool:
        at = found.last
        token = self.tokens[at]
        if token.pos in {"PUNCT", "LATIN"}:
            return self._marked(found, at, depth)
        if token.norm in self.led and "led" in found.flags:
            inner = self.phrase(at + 1, depth + 1, "")
            if inner is None or inner.kind not in ("state", "capital", "body", "bloc"):
                return False
            self.absorb(found, inner)
            self._joined_owners(found, depth)
            return True
        if token.norm in self.spokes:
            return self._after_preposition(found, at + 1, depth, owner=True)
        if found.kind == "outlet" and self._numbered(found, at):
            return True
        if self.stops(at) and token.norm not in self.self_words:
            return self._preposition(found, at, depth)
        adjective, end = self.adjective_at(at)
        if adjective is not None and self._agrees(found, adjective):
            plural = found.number == "p" and adjective.number != "s"
            if not adjective.weak or plural or found.kind in ("unnamed", "collective", "people"):
                found.add([adjective.code])
            found.last, found.closed = end, True
            return True
        if token.norm[0] == "و" and not found.closed and found.kind == "office" and not found.definite:
            inner = self.phrase(at, depth + 1, "و")
            if inner is not None and inner.kind == "office" and not inner.bare and inner.definite:
                self.absorb(found, inner)
                return True
        item, end, start = self.item_at(at)
        if isinstance(item, Entry) and item.weak and item.kind == "place" and found.closed:
            item = None
        if item is not None and start is not None:
            if not found.closed:
                return self._genitive(found, at, item, start, depth)
            if isinstance(item, HeadForm):
                if self._as_modifier(found, at, item):
                    found.last = at + 1
                    return True
                if token.norm not in self.portfolios:
                    return False
            elif not (isinstance(item, Entry) and found.kind == "group" and found.last - found.first == 1):
                return False
        return self._plain(found, at, depth)

    def _agrees(self, found: Phrase, adjective: Adjective) -> bool:
        if adjective.noun:
            return not found.closed or (found.number != "s" and found.definite == adjective.definite)
        if adjective.definite:
            return found.closed and found.definite
        return not (found.closed and found.definite)

    def _numbered(self, found: Phrase, at: int) -> bool:
        """«القناة 12», «القناة الـ14»."""
        if self.tokens[at].norm == "ال" and at + 1 < self.size:
            at += 1
        if self.tokens[at].pos != "NUM":
            return False
        found.last = at + 1
        return True

    # --- genitives ----------------------------------------------------------------------------------------------

    def _genitive(self, found: Phrase, at: int, item: Entry | HeadForm, start: Start, depth: int) -> bool:
        """«حكومة اليمن», «رئيس لجنة الشؤون الخارجية»; or an adjective that is a head elsewhere: «مصدر دبلوماسي»."""
        if isinstance(item, HeadForm):
            if self._indefinite_modifier(found, at, item):
                found.last, found.closed = at + 1, found.closed or found.kind != "body"
                return True
            if item.head.kind == "honorific" and "rank" in item.head.flags and not item.definite:
                return False
        if isinstance(item, Entry) and item.weak and item.kind == "place":
            end, _ = self.words.longest(at, start)
            if found.kind != "place":
                return self._plain(found, at, depth)
            found.add(item.codes)
            found.last, found.closed, found.definite = end, True, True
            return True
        if isinstance(item, Entry) and item.weak and item.kind == "outlet":
            if not (found.flags & {"press", "source"} or found.kind == "document"):
                return self._plain(found, at, depth)
            end, _ = self.words.longest(at, start)
            found.add(item.codes)
            found.last, found.closed, found.definite = end, True, True
            return True
        inner = self.phrase(at, depth + 1, "")
        if inner is None or inner.last <= at:
            return False
        if found.kind in ("unnamed", "people") and (not inner.definite or inner.kind == "person"):
            return False
        self.absorb(found, inner)
        dual = found.kind == "office" and self.tokens[found.first].norm.endswith("ا")
        if found.number in ("d", "p") or found.kind == "collective" or dual:
            before = found.last
            self._joined_owners(found, depth)
            if dual and found.last > before:
                found.number = "d"
        return True

    def _joined_owners(self, found: Phrase, depth: int) -> None:
        """«وزيرا خارجية قطر وإيران»: the second owner of a dual or plural head."""
        while found.last < self.size:
            inner = self.phrase(found.last, depth + 1, "و")
            if inner is None or inner.kind not in ("state", "capital", "bloc", "body"):
                return
            if inner.kind == "body" and isinstance(inner.head, HeadForm):
                return
            self.absorb(found, inner)

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
        outward = found.flags & {"to", "press"} and inner.kind in _COUNTRIES
        if not found.codes and not outward:
            self.absorb(found, inner)
            return
        found.parts.append(inner)
        found.targets += inner.codes
        found.last = inner.last
        found.closed = True

    def _after_preposition(self, found: Phrase, at: int, depth: int, owner: bool) -> bool:
        inner = self.phrase(at, depth + 1, "")
        if inner is not None and inner.kind != "adjective":
            if owner:
                self.absorb(found, inner)
            else:
                self._target(found, inner)
            found.definite = found.definite or owner
            return True
        end = self.plain_run(at)
        if end > at:
            found.last, found.closed = end, True
            return True
        return False

    # --- prepositions -------------------------------------------------------------------------------------------

    def _preposition(self, found: Phrase, at: int, depth: int) -> bool:
        norm = self.tokens[at].norm
        if norm == "في":
            return self._in(found, at + 1, depth)
        owned = found.flags & {"of", "to"} or found.kind == "document" or self.tokens[at - 1].norm in self.titled
        if norm == "ل" and owned:
            return self._marked_owner(found, at + 1, depth)
        if norm in ("الي", "لدي") and "to" in found.flags:
            return self._envoy(found, at + 1, depth)
        if norm == "علي" and found.flags & {"over"}:
            return self._after_preposition(found, at + 1, depth, owner=not found.codes)
        if norm == "من" and found.kind in ("unnamed", "people", "expert", "group") and not found.definite:
            inner = self.phrase(at + 1, depth + 1, "")
            if inner is not None and inner.kind in (*_INSTITUTIONS, "state", "place"):
                self._target(found, inner)
                return True
        return False

    def _marked_owner(self, found: Phrase, at: int, depth: int) -> bool:
        """«الأمين العام لـ"حزب الله"»: an owner in marks after a separate «لـ»."""
        if at + 1 >= self.size or self.tokens[at].norm not in CLOSING:
            return False
        inner = self.phrase(at + 1, depth + 1, "")
        if inner is None or inner.kind not in (*_INSTITUTIONS, "state"):
            return False
        if inner.last >= self.size or self.tokens[inner.last].norm not in CLOSING.values():
            return False
        self.absorb(found, inner)
        found.last = inner.last + 1
        found.definite = True
        return True

    def _envoy(self, found: Phrase, at: int, depth: int) -> bool:
        """«إلى اليمن», «لدى الأمم المتحدة», «إلى الشرق الأوسط»: where an envoy is sent."""
        inner = self.phrase(at, depth + 1, "")
        if inner is None:
            end = self.plain_run(at)
            if end == at:
                return False
            found.last, found.closed = end, True
            return True
        if inner.kind in ("person", "office", "unnamed", "adjective"):
            return False
        self._target(found, inner)
        self._more_targets(found, depth)
        return True

    def _in(self, found: Phrase, at: int, depth: int) -> bool:
        """«في …»: an institution, a place or a field of expertise; never a time or an event."""
        if at >= self.size:
            return False
        flags = found.flags
        inner = self.phrase(at, depth + 1, "")
        country = inner is not None and (inner.kind in _COUNTRIES or "state" in inner.flags)
        if inner is not None and country and found.kind == "body" and not found.codes:
            self.absorb(found, inner)
            return True
        if inner is not None and inner.kind in (*_INSTITUTIONS, *_COUNTRIES):
            if found.kind == "outlet" or (found.kind in ("group", "people", "document") and found.codes):
                return False
            if found.kind == "body" and found.codes and "in" not in flags:
                return False
            if "in" not in flags and (found.kind not in ("body", "unnamed", "expert") or inner.kind in _INSTITUTIONS):
                return False
            if "in" not in flags and inner.kind == "place" and not inner.codes:
                return False
            if found.kind == "office" and found.codes and inner.kind in _COUNTRIES and not flags & {"to", "press"}:
                bodies = any(part.kind == "body" for part in found.parts)
                if inner.kind == "capital" or not bodies or ("gov" in flags and not found.parts[0].bare):
                    return False
            self._target(found, inner)
            return True
        if found.kind == "expert" or (found.kind == "unnamed" and not found.definite and "in" in flags):
            topical = self.tokens[at].norm in self.topics or self.name_like(at) >= LIKELY
            if found.kind == "unnamed" and not self._local(at):
                return False
            end = self.plain_run(at)
            if end > at and (topical or self.definite[end - 1]):
                found.last, found.closed = end, True
                return True
        if "in" in flags and found.kind == "office" and self.tokens[at].norm in self.topics:
            end = self.plain_run(at)
            if end > at:
                found.last, found.closed = end, True
                return True
        return False

    def _local(self, at: int) -> bool:
        """Whether a plain noun phrase after «في» may be a place or body rather than a time or an event."""
        return self.name_like(at) >= LIKELY

    def _for(self, found: Phrase, at: int, depth: int) -> bool:
        """«ل…»: owner of an office, body or document; where an envoy goes."""
        flags = found.flags
        titled = self.tokens[at - 1].norm in self.titled
        if found.kind not in ("office", "body", "group", "outlet", "expert", "document", "person"):
            return False
        inner = self.phrase(at, depth + 1, "ل")
        unit = inner is not None and inner.kind in ("body", "place") and self.tokens[at].stem in self.units
        if found.kind == "office" and not titled and not unit and not flags & {"of", "to"}:
            return False
        if inner is not None:
            return self._owner(found, inner, flags, titled, depth)
        token = self.tokens[at]
        own = "own" in flags or titled
        if token.pos in ("NOUN", "ADJ") and (own or "of" in flags or found.kind == "group"):
            if found.kind == "outlet" and not titled and not token.norm.startswith("لل"):
                return False
            if token.stem in ("شوون", "شان", "حقوق") or token.definite or found.kind in ("body", "group"):
                end = self.plain_run(at, first_any=True)
                if end > at:
                    found.last, found.closed = end, True
                    return True
        return False

    def _more_targets(self, found: Phrase, depth: int) -> None:
        while found.last < self.size:
            inner = self.phrase(found.last, depth + 1, "و")
            if inner is None or inner.kind not in _COUNTRIES:
                break
            self._target(found, inner)

    def _owner(
        self, found: Phrase, inner: Phrase, flags: frozenset[str], titled: bool, depth: int
    ) -> bool:  # fmt: skip
        people = ("office", "expert", "honorific", "unnamed", "people", "person", "collective")
        if found.kind == "document":
            if inner.kind in ("people", "adjective", "unnamed", "collective", "document") or found.definite:
                return False
            self.absorb(found, inner)
            return True
        if inner.kind in people or inner.kind in ("outlet", "document", "adjective"):
            outlet = inner.kind == "outlet" and found.flags & {"press"}
            deputy = inner.kind == "office" and "of" in flags and titled
            if not outlet and not deputy:
                return False
        if "to" in flags and (found.codes or inner.kind in _COUNTRIES):
            self._target(found, inner)
            self._more_targets(found, depth)
            return True
        if "gov" in flags and not found.codes and inner.kind == "state":
            self.absorb(found, inner)
            return True
        foreign = "own" not in flags or (found.codes and inner.kind in _COUNTRIES)
        if foreign and found.kind in ("body", "group", "outlet") and not titled:
            return False
        self.absorb(found, inner)
        return True

    def _by(self, found: Phrase, at: int, depth: int) -> bool:
        """«بالوزارة», «بمجلس الشيوخ»: the institution of an office, an official or a source."""
        if found.kind not in ("office", "unnamed", "expert") or "in" not in found.flags:
            return False
        inner = self.phrase(at, depth + 1, "ب")
        if inner is None or inner.kind not in (*_INSTITUTIONS, *_COUNTRIES):
            return False
        self._target(found, inner)
        return True

    # --- marks --------------------------------------------------------------------------------------------------

    def brackets(self, at: int) -> int:
        """End of a short bracket or quotation that gives another name, at `at`; `at` itself when there is none."""
        tokens = self.tokens
        if at >= self.size or tokens[at].norm not in CLOSING:
            return at
        closing = CLOSING[tokens[at].norm]
        for end in range(at + 2, min(at + 2 + _QUOTED_LIMIT, self.size)):
            if tokens[end].norm == closing:
                inner = range(at + 1, end)
                latin = all(tokens[i].pos in ("LATIN", "PUNCT", "NUM") for i in inner)
                item, item_end, _ = self.item_at(at + 1)
                named = (item is not None and item_end == end) or (
                    len(inner) <= 4 and all(self.name_like(i) >= LIKELY or len(tokens[i].norm) <= 3 for i in inner)
                )
                return end + 1 if latin or named or self._short_name(at, end) else at
            if tokens[end].norm in (".", "،", ":"):
                return at
        return at

    def _short_name(self, at: int, end: int) -> bool:
        """One or two words in round brackets that are no sentence: «(إيرنا)», «(يونيفيل)»."""
        return self.tokens[at].norm == "(" and end - at <= 2 and self.tokens[at + 1].pos not in ("VERB", "NUM")

    def _marked(self, found: Phrase, at: int, depth: int) -> bool:
        """«حركة "فتح"», «صحيفة "نيويورك تايمز" الأميركية», «الإسرائيلي ـ الفلسطيني», «"جيش" الاحتلال»."""
        tokens = self.tokens
        mark = tokens[at].norm
        if mark in ("-", "ـ", "–"):
            adjective, end = self.adjective_at(at + 1)
            if adjective is None or found.last - found.first < 2 or self.adjective_at(at - 1)[0] is None:
                return False
            found.add([adjective.code])
            found.last = end
            return True
        if tokens[at].pos == "LATIN":
            return self._latin(found, at)
        if mark not in CLOSING:
            return False
        opened = found.first and tokens[found.first - 1].norm in CLOSING
        if opened and at == found.first + 1 and CLOSING[tokens[found.first - 1].norm] == mark:
            if at + 1 < self.size and (self.item_at(at + 1)[0] is not None or self.adjective_at(at + 1)[0] is not None):
                found.last = at + 1
                return True
            return False
        end = self.brackets(at)
        if mark == "(" or found.kind not in _NAMED:
            if end == at or (mark != "(" and self.name_like(at + 1) >= LIKELY):
                return False
            item, _, _ = self.item_at(at + 1)
            if isinstance(item, Entry) and found.kind in _NAMED and not found.codes:
                found.add(item.codes)
            found.last = end
            return True
        return self._quoted_name(found, at, depth)

    def _latin(self, found: Phrase, at: int) -> bool:
        if found.kind not in _NAMED or (found.closed and not found.bare):
            return False
        end = at
        while end < self.size and self.tokens[end].pos in ("LATIN", "NUM") and end - at < 4:
            end += 1
        found.name = found.name or (at, end)
        found.last, found.closed, found.definite = end, True, True
        return True

    def _quoted_name(self, found: Phrase, at: int, depth: int) -> bool:
        tokens = self.tokens
        if (found.kind == "body" and found.last - found.first > 2) or found.name is not None:
            return False
        closing = CLOSING[tokens[at].norm]
        for end in range(at + 1, min(at + 2 + _QUOTED_LIMIT, self.size)):
            if tokens[end].norm == closing and end > at + 1:
                found.name = found.name or (at + 1, end)
                inner = self.phrase(at + 1, 2, "")
                if inner is not None and inner.last == end and inner.kind in _INSTITUTIONS:
                    found.add(inner.codes)
                    found.kind = "outlet" if inner.kind == "outlet" else found.kind
                found.last, found.closed, found.definite = end + 1, True, True
                return True
            if tokens[end].norm in (".", ":", "!", "?", "؟"):
                return False
        return False

    # --- plain words --------------------------------------------------------------------------------------------

    def _as_modifier(self, found: Phrase, at: int, item: HeadForm) -> bool:
        """A title word used as an adjective: «المحلل السياسي», «المستشار الدبلوماسي»."""
        if item.construct or item.definite != found.definite:
            return False
        return self.tokens[at].norm in self.modifiers or "nisba" in item.head.flags

    def _nisba(self, at: int) -> bool:
        return self.tokens[at].norm.endswith(("ي", "يه", "يون", "يين", "يات", "يان"))

    def _indefinite_modifier(self, found: Phrase, at: int, item: HeadForm) -> bool:
        """«مصدر دبلوماسي», «خبير عسكري»: an adjective beside an indefinite head."""
        if found.definite or item.definite or item.construct or (found.closed and found.definite):
            return False
        return self.tokens[at].norm in self.modifiers or (
            self._nisba(at) and "nisba" in item.head.flags and not (found.kind == "group" and found.bare)
        )

    def adjectival(self, at: int) -> bool:
        """Whether the word may be an adjective, by the text layer or by its nisba ending."""
        token = self.tokens[at]
        return token.pos == "ADJ" or token.norm in self.modifiers or (
            token.pos in ("NOUN", "X") and len(token.stem) > 3 and token.stem.endswith(("ي", "يه", "يين", "يون"))
        )

    def _plain(self, found: Phrase, at: int, depth: int) -> bool:
        """A word that is no actor word: adjective, portfolio, genitive noun, or a coordinated complement."""
        token = self.tokens[at]
        norm = token.norm
        if norm in self.issued and not found.definite and self._issued(found, at, depth):
            return True
        if norm in self.exalted and at + 1 < self.size and self.tokens[at + 1].norm == "المستوي":
            found.last, found.closed = at + 2, True
            return True
        if found.kind == "document" and token.pos == "VERB" and token.enclitic in ("ه", "ها") and not found.definite:
            return self._published(found, at, depth)
        if token.pos in _NOT_WORDS and not token.proclitics and norm not in self.modifiers:
            return self._own_name(found, at)
        clitic = token.proclitics
        if clitic:
            if clitic == ("و",):
                return self._coordinated(found, at, depth)
            if clitic == ("ل",):
                return self._for(found, at, depth) or self._own_name(found, at)
            if clitic == ("ب",):
                return self._by(found, at, depth) or self._own_name(found, at)
            return self._own_name(found, at)
        if norm in self.relatives and found.definite and found.closed:
            return self._relative(found, at, depth)
        if norm in self.self_words and found.definite:
            found.last = at + 1
            return True
        if found.closed:
            if found.definite != self.definite[at] or not self.adjectival(at):
                return False
            if self.infos[at].given and found.kind in ("office", "honorific") and norm not in self.modifiers:
                return False
            found.last = at + 1
            return True
        return self._open_noun(found, at)

    def _open_noun(self, found: Phrase, at: int) -> bool:
        """A noun or bare adjective after a head in the construct state."""
        token = self.tokens[at]
        if self.definite[at]:
            if found.kind in ("unnamed", "people") and token.pos != "NOUN":
                return False
            found.last, found.closed, found.definite = at + 1, True, True
            return True
        if token.enclitic and token.pos == "NOUN":
            found.last, found.closed, found.definite, found.enclitic = at + 1, True, True, token.enclitic
            return True
        if self._own_name(found, at) or self._person_owner(found, at):
            return True
        if self.adjectival(at):
            found.last = at + 1
            found.closed = token.norm != "عام" or not self._chain(at + 1)
            return True
        if found.kind in ("unnamed", "people", "collective", "document", "outlet"):
            return False
        common = token.pos == "NOUN" and self.name_like(at) <= WEAK and not self.infos[at].given
        if common and (self._chain(at + 1) or token.norm in self.portfolios or self._described(at + 1)):
            found.last = at + 1
            return True
        return False

    def _described(self, at: int) -> bool:
        """Whether an indefinite description goes on at `at`: «لجنة تحقيق تابعة …», «قوة حفظ سلام دولية»."""
        if at >= self.size or self.definite[at]:
            return False
        return self.tokens[at].norm in self.issued or self.adjective_at(at)[0] is not None

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

    def _chain(self, at: int) -> bool:
        """Whether a genitive chain goes on at `at`: a definite noun or an actor word comes within three words."""
        for ahead in range(at, min(at + 3, self.size)):
            token = self.tokens[ahead]
            if token.pos not in ("NOUN", "ADJ", "X", "NAME") or token.proclitics or self.stops(ahead):
                return False
            if self.definite[ahead] or self.item_at(ahead)[0] is not None:
                return True
        return False

    def _own_name(self, found: Phrase, at: int) -> bool:
        """A name in no list after a head that bears one: «صحيفة لوموند», «منظمة أوكسفام», «بلدة طمون»."""
        if found.closed or found.definite or found.kind not in (*_NAMED, "place") or not found.flags & {"own", "site"}:
            return False
        if self.name_like(at) < LIKELY or self.stops(at):
            return False
        end = at + 1
        limit = 4 if found.kind == "outlet" else 3
        while end < self.size and end - at < limit and self.name_like(end) >= LIKELY and not self.stops(end):
            if self.item_at(end)[0] is not None or self.adjective_at(end)[0] is not None:
                break
            end += 1
        found.name = (at, end)
        found.last, found.closed, found.definite = end, True, True
        return True

    def _relative(self, found: Phrase, at: int, depth: int) -> bool:
        """«التابع للأمم المتحدة», «المكلف بالشؤون الإفريقية»: a participle and its complement."""
        if at + 1 >= self.size:
            return False
        follower = self.tokens[at + 1]
        owner = self.tokens[at].norm in self.words.lexicon.words["belonging"]
        for proclitic in ("ل", "ب"):
            inner = self.phrase(at + 1, depth + 1, proclitic)
            if inner is not None:
                if owner and not (found.kind == "outlet" and found.codes):
                    self.absorb(found, inner)
                else:
                    self._target(found, inner) if found.codes else self._around(found, inner)
                return True
            if follower.proclitics == (proclitic,) and follower.pos in ("NOUN", "ADJ"):
                found.last = max(self.plain_run(at + 1, first_any=True), at + 2)
                return True
        if follower.norm in ("في", "علي", "عن", "من", "الي") and at + 2 < self.size:
            inner = self.phrase(at + 2, depth + 1, "")
            end = inner.last if inner is not None else self.plain_run(at + 2)
            if end > at + 2:
                found.last = end
                return True
        found.last = at + 1
        return True

    def _issued(self, found: Phrase, at: int, depth: int) -> bool:
        """«بيان صادر عن …», «لجنة تابعة للأمم المتحدة», «انفصاليون موالون لروسيا», «مسؤول مقرب من …»."""
        for ahead, proclitics in ((at + 1, "ل"), (at + 1, "ب"), (at + 2, "")):
            if ahead >= self.size or (ahead == at + 2 and self.tokens[at + 1].norm not in ("عن", "من")):
                continue
            inner = self.phrase(ahead, depth + 1, proclitics)
            if inner is not None and inner.kind != "adjective":
                if self.tokens[at].norm.startswith(("صاد", "صدر", "تابع")):
                    self.absorb(found, inner)
                else:
                    self._around(found, inner)
                found.closed = True
                return True
            if ahead == at + 2 and inner is None:
                end = self.plain_run(ahead)
                if end > ahead:
                    found.last, found.closed = end, True
                    return True
        return False

    def _published(self, found: Phrase, at: int, depth: int) -> bool:
        """«تقرير نشرته صحيفة …»: the publisher of a document."""
        inner = self.phrase(at + 1, depth + 1, "")
        if inner is None or inner.kind not in (*_INSTITUTIONS, "state", "office", "capital"):
            return False
        self.absorb(found, inner)
        return True

    def _around(self, found: Phrase, inner: Phrase) -> None:
        found.parts.append(inner)
        found.targets += inner.codes
        found.last = inner.last

    def _coordinated(self, found: Phrase, at: int, depth: int) -> bool:
        """«وزارة الخارجية والمغتربين», «مصادر مالية وقانونية», «الحكومتان السورية والروسية»."""
        token, previous = self.tokens[at], self.tokens[at - 1]
        rest = token.norm[1:]
        for start in self.infos[at].starts:
            if start.proclitics != "و":
                continue
            end, items = self.words.longest(at, start)
            for item in items:
                if not isinstance(item, Adjective) or item.noun or self.adjective_at(at - 1)[0] is None:
                    continue
                if item.definite == found.definite and (item.number == "s" or found.number == "p"):
                    found.add([item.code])
                    found.last = end
                    return True
            if items and not (rest in self.modifiers and self.adjectival(at - 1)) and rest not in self.portfolios:
                return False
        if not found.closed or found.last - found.first < 2 or found.kind == "collective":
            return False
        if rest in self.modifiers or token.pos == "ADJ" or self._nisba(at):
            same = self.definite[at] == self.definite[at - 1] and self.adjectival(at - 1)
            if same and token.norm[-1:] == previous.norm[-1:]:
                found.last = at + 1
                return True
        if rest in self.portfolios and (previous.norm in self.portfolios or self._ministry(found)):
            found.last = at + 1
            if not rest.startswith("ال") and at + 1 < self.size and self.definite[at + 1]:
                found.last = at + 2
            return True
        noun = token.pos == "NOUN" and self.definite[at] and self.definite[at - 1]
        if noun and found.kind in ("office", "body", "expert", "group") and not self.adjectival(at - 1):
            found.last = at + 1
            return True
        return False

    def _ministry(self, found: Phrase) -> bool:
        return "ministry" in found.flags or any(self._ministry(part) for part in found.parts)

    def plain_run(self, at: int, first_any: bool = False) -> int:
        """End of a plain noun phrase at `at`: nouns up to the first definite one, then definite adjectives."""
        begin, closed = at, False
        while at < self.size and at - begin < 10:
            token = self.tokens[at]
            first = at == begin
            if self.stops(at) or token.pos not in ("NOUN", "ADJ", "X", "NAME"):
                break
            if token.proclitics and not (first and first_any):
                joined = token.proclitics == ("و",) and closed and self.definite[at]
                if not joined or self._is_titled(at):
                    break
            elif closed:
                if not (self.definite[at] and self.adjectival(at)) or self.infos[at].given:
                    break
            elif self.definite[at] or token.enclitic:
                closed = True
            elif not first and self.name_like(at) >= LIKELY:
                break
            at += 1
        return at

    def _is_titled(self, at: int) -> bool:
        """Whether the word is a head of another actor («والمتحدث»)."""
        return any(
            isinstance(item, HeadForm) and item.head.kind in ("office", "unnamed", "expert", "people")
            for start in self.infos[at].starts for item in start.node.items
        )  # fmt: skip
