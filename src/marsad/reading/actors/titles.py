"""The person beside a title: names behind and before titles, second titles, roles that follow a name."""

from __future__ import annotations

from marsad.lexicon.actors import HeadForm
from marsad.reading.actors.complements import ComplementGrammar
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.words import LIKELY, SURE, Words

LONG_TITLE = 8
"""Words between the head of a title and the comma before its bearer that are looked through."""


class TitleGrammar(ComplementGrammar):
    """Joins titles and names; the base of `Grammar`."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.one_of = words.lexicon.words["one_of"]

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
