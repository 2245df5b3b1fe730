"""The grammar of actor phrases: a head noun or a known name, what belongs to it, and the person who holds the title."""

from __future__ import annotations

from marsad.lexicon.actors import Adjective, Entry, Head, HeadForm
from marsad.reading.actors.names import CLOSING, Phrase
from marsad.reading.actors.titles import TitleGrammar
from marsad.reading.actors.words import CLOSE, NO, Start, Words

_FOR_PERSON = ("office", "expert", "unnamed", "people")


class Grammar(TitleGrammar):
    """Reads actor phrases over the words of one document."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        lists = words.lexicon.words
        self.each = lists["each"]
        self.pointing, self.both_of = lists["pointing"], lists["both_of"]

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
