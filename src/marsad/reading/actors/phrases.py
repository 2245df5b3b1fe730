"""The grammar of actor phrases: a head noun or a known name, what belongs to it, and the person who holds the title."""

from __future__ import annotations

from marsad.lexicon.actors import Adjective, Entry, Head, HeadForm
from marsad.reading.actors.complements import ComplementGrammar
from marsad.reading.actors.names import CLOSING, Phrase
from marsad.reading.actors.words import CLOSE, LIKELY, NO, SURE, Start, Words

_FOR_PERSON = ("office", "expert", "unnamed", "people")
LONG_TITLE = 8
"""Words between the head of a title and the comma before its bearer that are looked through."""


class Grammar(ComplementGrammar):
    """Reads actor phrases over the words of one document."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        lists = words.lexicon.words
        self.each = lists["each"]
        self.pointing, self.one_of, self.both_of = lists["pointing"], lists["one_of"], lists["both_of"]

    def phrase(self, index: int, depth: int = 0, proclitics: str | None = None) -> Phrase | None:
        """The actor phrase that begins at token `index`, or None.  `proclitics`: demand exactly these."""
        if depth > 4 or index >= self.size:
            return None
        info = self.infos[index]
        if info.determiner and proclitics in (None, info.determiner_clitic):
            found = self._determined(index, depth)
            if found is not None:
                return found
        for start in info.starts:
            if proclitics is not None and start.proclitics != proclitics:
                continue
            end, items = self.words.longest(index, start)
            whole = bool(start.proclitics) and self._whole(index)
            if len(items) > 1 and isinstance(items[0], Adjective) and index and self.tokens[index - 1].norm in CLOSING:
                items = sorted(items, key=lambda item: isinstance(item, Adjective))
            for item in items:
                if whole and isinstance(item, HeadForm):
                    continue
                found = self._from_item(index, end, start, item, depth)
                if found is not None:
                    return found
        if depth and proclitics == "" and self.tokens[index].norm in ("«", '"', "“") and index + 1 < self.size:
            found = self.phrase(index + 1, depth + 1, "")
            if found is not None and found.last < self.size:
                found.last += self.tokens[found.last].norm == CLOSING[self.tokens[index].norm]
            return found
        return None

    def _whole(self, index: int) -> bool:
        """Whether the word is known whole, so that its first letter is no proclitic («وجهات», «بلدان»)."""
        token = self.tokens[index]
        return not token.proclitics and token.pos in ("NOUN", "ADJ") and self.infos[index].name == NO

    def _from_item(
        self, index: int, end: int, start: Start, item: Entry | HeadForm | Adjective, depth: int
    ) -> Phrase | None:
        if isinstance(item, Entry):
            return self._entry(index, end, start, item, depth)
        if isinstance(item, HeadForm):
            if item.head.kind == "honorific":
                return self._honorific(index, end, start, item, depth)
            return self._head(index, end, start, item, depth)
        return self._adjective(index, end, start, item)

    def _determined(self, index: int, depth: int) -> Phrase | None:
        """«بعض المسؤولين», «عدد من المراقبين», «هذه الصحيفة», «كلا البلدين», «36 دولة»."""
        at = index + 1
        if at < self.size and self.tokens[at].norm == "من" and self.infos[index].determiner in self.each:
            return None
        while at < self.size and self.tokens[at].norm == "من" and at == index + 1:
            at += 1
        if at < self.size and self.tokens[at].pos == "NUM" and at > index:
            at += 1
        found = self.phrase(at, depth + 1, "")
        if found is None or found.kind in ("adjective", "state", "capital", "place", "person", "seat"):
            return None
        found.first, found.skip = index, len(self.infos[index].determiner_clitic)
        found.quantity = self.infos[index].determiner
        if found.quantity in self.both_of:
            found.kind, found.number = "collective", "d"
        if found.quantity not in self.pointing:
            found.number = "d" if found.number == "d" else "p"
        elif found.quantity in self.one_of:
            found.number = "s"
        return found

    # --- names and adjectives -----------------------------------------------------------------------------------

    def _entry(self, index: int, end: int, start: Start, entry: Entry, depth: int) -> Phrase | None:
        if entry.weak and entry.kind != "capital" and not self._weak_stands(index, end, start, entry, depth):
            return None
        if entry.kind == "person":
            return self._known_person(index, end, start, depth)
        found = Phrase(
            index, end, start.skip, entry.kind, entry, entry.gender, entry.number, True, f"name:{entry.kind}",
            codes=list(entry.codes), sectors=list(entry.sectors), bare=False, closed=True, weak=entry.weak,
        )  # fmt: skip
        if entry.kind in ("body", "group", "seat", "outlet", "bloc"):
            self._tail(found)
        return found

    def _known_person(self, index: int, end: int, start: Start, depth: int) -> Phrase | None:
        if depth:
            return None
        name = self.plain_name(index, strong=False) if not start.skip else None
        end = max(end, name[1]) if name is not None else end
        found = Phrase(
            index, end, start.skip, "person", None, "m", "s", True, "name", name=(index, end), bare=False, closed=True
        )
        self._role_after(found)
        return found

    def _weak_stands(self, index: int, end: int, start: Start, entry: Entry, depth: int) -> bool:
        """A name that is a common word too («مالي», «فتح»): only after a preposition, in a genitive, or in marks."""
        if entry.kind == "place":
            return False
        if entry.kind == "outlet":
            marked = index > 0 and self.tokens[index - 1].norm in CLOSING
            return marked and end < self.size and self.tokens[end].norm in CLOSE
        if depth > 0:
            return True
        adjective, _ = self.adjective_at(end)
        if end - index > 1 or self.tokens[index].norm[start.skip :].startswith("ال"):
            plain = end < self.size and self.definite[end] and self.adjectival(end) and adjective is None
            return not plain and (adjective is None or adjective.code in entry.codes)
        before = self.tokens[index - 1] if index else None
        if before is None or start.proclitics in ("ل", "ب"):
            return before is None
        return before.pos == "ADP" or before.norm in ("«", '"', "“", "(")

    def _tail(self, found: Phrase) -> None:
        """An adjective, bracket or second name after a fixed name: «حزب الله اللبناني», «الناتو (NATO)»."""
        adjective, end = self.adjective_at(found.last)
        if adjective is not None and adjective.definite and not adjective.noun and adjective.number == "s":
            foreign = adjective.code not in found.codes and not adjective.weak
            if found.kind == "outlet":
                found.add([adjective.code])
                foreign = False
            if found.kind == "body" and foreign and found.last - found.first <= 2:
                found.codes = [adjective.code]
                found.rule = "name:body+state"
                found.last = end
            elif not foreign or found.kind == "group":
                found.last = end
        found.last = self.brackets(found.last)
        self._branch(found)
        if found.kind == "outlet" and found.last < self.size:
            adjective, end = self.adjective_at(found.last)
            if adjective is not None and adjective.definite and adjective.number == "s":
                found.add([adjective.code])
                found.last = end
            while found.last < self.size and self._outlet_word(found.last):
                found.last += 1
                adjective, end = self.adjective_at(found.last)
                if adjective is not None and adjective.definite and adjective.number == "s":
                    found.add([adjective.code])
                    found.last = end
            found.last = self.brackets(found.last)
            if found.last < self.size and self.tokens[found.last].norm in self.relatives:
                self._relative(found, found.last, 0)
        self._apposed(found)

    def _apposed(self, found: Phrase) -> None:
        """«حركة المقاومة الإسلامية، حماس»: a second name of the same group after a comma."""
        at = found.last
        if found.kind != "group" or at + 1 >= self.size or self.tokens[at].norm not in self.comma:
            return
        item, end, _ = self.item_at(at + 1)
        if isinstance(item, Entry) and item.codes == tuple(found.codes) and item.kind == "group":
            found.last = end

    def _branch(self, found: Phrase) -> None:
        """«منظمة أوكسفام اليمن»: the branch of an organisation in a country."""
        item, end, _ = self.item_at(found.last)
        branch = found.kind == "body" and "SOC" in found.sectors
        if branch and isinstance(item, Entry) and item.kind == "state" and not item.weak:
            found.targets += item.codes
            found.last = end

    def _outlet_word(self, at: int) -> bool:
        """«الإخبارية», «الفضائية», «للأنباء» after the name of an outlet."""
        norm = self.tokens[at].norm
        return norm in self.words.lexicon.words["agency_word"]

    def _adjective(self, index: int, end: int, start: Start, item: Adjective) -> Phrase | None:
        people = item.noun or (item.number == "p" and item.gender == "m")
        return Phrase(
            index, end, start.skip, "people" if people else "adjective", item, item.gender, item.number, item.definite,
            "adjective", codes=[item.code], bare=False, closed=True, weak=item.weak,
        )  # fmt: skip

    # --- heads --------------------------------------------------------------------------------------------------

    def _head(self, index: int, end: int, start: Start, form: HeadForm, depth: int) -> Phrase | None:
        head = form.head
        definite = form.definite or bool(start.enclitic)
        found = Phrase(
            index, end, start.skip, head.kind, form, form.gender, form.number, definite, f"head:{head.lemma}",
            sectors=list(head.sectors), enclitic=start.enclitic, closed=definite,
        )  # fmt: skip
        if head.code:
            found.add([head.code])
        if head.kind != "anaphor":
            self.complete(found, depth)
        if form.construct and (found.bare or not found.definite or self.adjective_at(end)[0] is not None):
            return None
        if head.kind == "document" and found.parts and self._speaks(found, head):
            return None
        if head.kind in _FOR_PERSON and depth == 0:
            self._person(found)
        return found

    def _speaks(self, found: Phrase, head: Head) -> bool:
        """«إعلان موسكو», «بيان رئيس الإقليم فلان»: the speaker is what follows, not the document."""
        last = found.parts[-1]
        named = last.kind in ("office", "expert") and last.last == found.last
        return "cue" in head.flags or (named and self.find_name(found.last, strong=False) is not None)

    def _honorific(self, index: int, end: int, start: Start, form: HeadForm, depth: int) -> Phrase | None:
        name = self.find_name(index if not start.skip else end, strong=False) if form.number == "s" else None
        if name is None or name[0] <= index:
            inner = self.phrase(end, depth, "") if end < self.size else None
            if inner is not None and inner.kind in ("office", "expert", "person") and inner.first == end:
                inner.first, inner.skip = index, start.skip
                if inner.role is not None and inner.role[0] == end:
                    inner.role = (index, inner.role[1])
                return inner
            return None
        found = Phrase(
            index, name[1], start.skip, "person", form, form.gender, "s", True, "honorific+name", name=name,
            bare=False, closed=True,
        )  # fmt: skip
        if self.tokens[name[0] - 1].norm in ("«", '"', "“", "("):
            found.last += 1
        self._role_after(found)
        return found

    # --- the person beside a title ------------------------------------------------------------------------------

    def name_first(self, at: int) -> Phrase | None:
        """A person named without a title before: two names at least, perhaps with a role after them."""
        self.said = False
        info = self.infos[at]
        skip = 0
        if info.name < SURE and info.given and info.given_skip:
            skip = info.given_skip
        elif info.name < SURE and not (self.name_like(at) >= LIKELY and self._unknown_pair(at)):
            return None
        name = self.plain_name(at, strong=True) if not skip else self._after_clitic(at)
        if name is None or name[1] - name[0] < 2:
            return None
        gender = info.given if info.given in ("m", "f") else "m"
        found = Phrase(at, name[1], skip, "person", None, gender, "s", True, "name", name=name, bare=False, closed=True)
        self._role_after(found)
        return found

    def _unknown_pair(self, at: int) -> bool:
        """Two words that no list knows and a title after them: «ميرتشيا جيوانا نائب الأمين العام …»."""
        if self.name_like(at + 1) < LIKELY:
            return False
        after = at + 2
        if after < self.size and self.tokens[after].norm in self.comma:
            after += 1
        return self._role_at_word(after)

    def name_after_verb(self, at: int) -> Phrase | None:
        """«وقال بليكس إن …», «بحسب فيودور كوزمين،»: an unknown bare word that a reporting verb has as its subject."""
        verb = self.tokens[at - 1].norm if at else ""
        if verb not in self.says and verb[:1] in "وف":
            verb = verb[1:]
        if verb not in self.says or self.name_like(at) < LIKELY or self.tokens[at].norm.startswith("ال"):
            return None
        name = self.plain_name(at, strong=False)
        follows = name is not None and (self._clause_goes_on(name[1]) or self._role_at_word(name[1]))
        if name is None or not follows or self.tokens[at].pos in ("PART", "CONJ", "ADP", "PRON"):
            return None
        if name[1] - name[0] == 1 and (len(self.tokens[at].norm) < 4 or self.tokens[at].proclitics[:1] == ("ل",)):
            return None
        gender = "f" if verb.endswith("ت") or (verb.startswith("ت") and self.tokens[at - 1].pos == "VERB") else "m"
        found = Phrase(
            at, name[1], 0, "person", None, gender, "s", True, "name after verb", name=name, bare=False, closed=True
        )
        self._role_after(found)
        return found

    def _after_clitic(self, at: int) -> tuple[int, int] | None:
        """«وسعيد خطيب», «لمحمد علي»: the rest of a name whose first word carries a proclitic."""
        if self.name_like(at + 1) < SURE and not self._goes_on(at, at + 1):
            return None
        end = at + 1
        while end < self.size and end - at < 6 and self._goes_on(at, end):
            end += 1
        return at, end

    def _person(self, found: Phrase) -> None:
        """Attach the proper name that follows a title, with or without a comma, and a second title."""
        role_end = at = found.last
        before = self.tokens[found.first - 1].norm if found.first else ""
        self.said = before in self.says or before[1:] in self.says
        if found.number != "s" or (not found.definite and found.bare):
            return
        comma = at < self.size and self.tokens[at].norm in self.comma
        if not found.definite and found.kind == "unnamed":
            return
        if found.kind == "people" and not (isinstance(found.head, HeadForm) and found.head.definite):
            return
        begin = at + 1 if comma else at
        name = self.find_name(begin, strong=comma or not found.definite)
        if name is not None and name[1] - name[0] == 1 and found.gender == "m" and self.infos[name[0]].given == "f":
            name = None
        if name is None and not comma and found.kind in ("office", "expert"):
            name = self._name_beyond(at)
            if name is not None:
                role_end = name[0] - 1 if self.tokens[name[0] - 1].norm in self.comma else self._before_honorifics(name)
        if name is None:
            self._second_title(found, begin, comma)
            return
        found.role, found.name, found.last = (found.first, role_end), name, name[1]
        if isinstance(found.head, HeadForm) and found.head.head.code:
            found.codes = [code for code in found.codes if code != found.head.head.code]
        if self.tokens[name[0] - 1].norm in ("«", '"', "“", "("):
            found.last += 1
        found.kind, found.bare = "person", False
        found.rule += "+name"
        self._role_after(found)

    def _name_beyond(self, at: int) -> tuple[int, int] | None:
        """The name behind the rest of a long title: «المتحدث باسم الصليب الأحمر في بلده من مقره، بشير الخطيب،»."""
        for end in range(at, min(at + LONG_TITLE, self.size)):
            token = self.tokens[end]
            if token.norm in self.comma:
                name = self.find_name(end + 1, strong=True)
                if name is None or name[1] - name[0] < 2 or name[1] >= self.size:
                    return None
                after = self.tokens[name[1]]
                return name if after.norm in self.comma or after.pos in ("CONJ", "PUNCT") else None
            if token.pos not in ("ADP", "NOUN", "ADJ", "NUM", "NAME", "X") or token.norm in self.says:
                return None
            begin = self.skip_honorifics(end)
            if begin > end > at and (name := self.find_name(begin, strong=False)) is not None:
                return name if name[1] - name[0] >= 2 else None
        return None

    def _before_honorifics(self, name: tuple[int, int]) -> int:
        """Where the honorifics before a name begin."""
        at = name[0]
        while at > 0 and self.skip_honorifics(at - 1) == name[0]:
            at -= 1
        return at

    def _second_title(self, found: Phrase, at: int, comma: bool) -> None:
        """«نائب الرئيس رئيس الوزراء خالد …»: a second title before the name."""
        if not found.closed or at >= self.size or not found.definite:
            return
        item, _, _ = self.item_at(at)
        if not isinstance(item, HeadForm) or item.head.kind not in ("office", "expert"):
            return
        inner = self.phrase(at, 0, "")
        if inner is None or inner.kind != "person" or inner.role is None or inner.role[0] != at:
            return
        found.role = (found.first, inner.role[1])
        found.add(inner.codes)
        found.name, found.last, found.kind, found.bare = inner.name, inner.last, "person", False
        found.rule += "+title+name"

    def _role_after(self, found: Phrase) -> None:
        """A role that follows the name: «سيرغي لافروف، وزير الخارجية الروسي», «فلان عضو اللجنة ورئيس الوفد»."""
        bracket = found.last < self.size and self.tokens[found.last].norm == "("
        at = self.brackets(found.last) if bracket else found.last
        if self._copula(found, at):
            return
        if at < self.size and self.tokens[at].norm == "من" and found.role is None:
            inner = self.phrase(at + 1, 1, "")
            if inner is not None and inner.kind in ("group", "body", "seat", "outlet") and inner.definite:
                found.add(inner.codes)
                found.parts.append(inner)
                found.last = inner.last
                return
        comma = at < self.size and self.tokens[at].norm in self.comma
        begin = at + 1 if comma else at
        if begin < self.size and self.tokens[begin].norm in ("-", "–", "ـ"):
            begin += 1
        inner = self._role_at(begin)
        if inner is None:
            found.last = max(found.last, at)
            return
        if comma and found.role is not None and (found.role[1] - found.role[0] > 1 or inner.gender != found.gender):
            return
        if comma and not self._role_stands(inner, begin):
            return
        found.last = inner.last
        if comma and found.role is not None:
            found.role = (begin, found.last)
        second = self._role_at(found.last, "و")
        if second is not None:
            inner.add(second.codes)
            found.last = second.last
        if found.role is None:
            found.role = (begin, found.last)
        found.add(inner.codes)
        found.targets += inner.targets
        found.sectors += [sector for sector in inner.sectors if sector not in found.sectors]
        found.parts.append(inner)

    def _copula(self, found: Phrase, at: int) -> bool:
        """«فلان -وهو متحدث باسم القوات-», «فلان وهو قائد ميداني»."""
        dash = at < self.size and self.tokens[at].norm in ("-", "–", "،", ",")
        begin = at + 1 if dash else at
        if begin + 1 >= self.size or self.tokens[begin].norm not in ("وهو", "وهي"):
            return False
        inner = self.phrase(begin + 1, 1, "")
        if inner is None or inner.kind not in ("office", "expert", "unnamed") or inner.bare:
            return False
        found.last = inner.last
        if dash and found.last < self.size and self.tokens[found.last].norm == self.tokens[at].norm != "،":
            found.last += 1
        if found.role is None:
            found.role = (begin + 1, inner.last)
        found.add(inner.codes)
        found.parts.append(inner)
        return True

    def _role_stands(self, inner: Phrase, begin: int) -> bool:
        """After a comma: a phrase with something of its own that is not the subject of what follows."""
        after = self.tokens[inner.last] if inner.last < self.size else None
        return not inner.bare and (after is None or after.pos != "ADP" or bool(inner.codes))

    def _role_at(self, at: int, proclitics: str = "") -> Phrase | None:
        if at >= self.size:
            return None
        if self.infos[at].determiner in self.one_of and self.infos[at].determiner_clitic == proclitics:
            one = self.phrase(at, 1, proclitics)
            return one if one is not None and one.kind in ("office", "expert", "unnamed") else None
        for start in self.infos[at].starts:
            if start.proclitics != proclitics:
                continue
            _end, items = self.words.longest(at, start)
            head = next((item for item in items if isinstance(item, HeadForm)), None)
            if head is None or head.head.kind not in ("office", "expert", "unnamed") or head.number != "s":
                return None
            inner = self.phrase(at, 1, proclitics)
            if inner is None or inner.bare or inner.kind not in ("office", "expert", "unnamed"):
                return None
            if inner.last < self.size and self.plain_name(inner.last, strong=False) is not None and inner.definite:
                return None
            return inner
        return None
