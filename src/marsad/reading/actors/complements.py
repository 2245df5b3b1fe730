"""What belongs to the head of an actor phrase: genitives, adjectives, portfolios, coordinated complements.

A phrase is *open* while its head stands in the construct state, *closed* once a definite word, a name or an adjective
has ended the chain.  Definite adjectives may follow a closed definite phrase, bare ones an indefinite phrase.
"""

from __future__ import annotations

from marsad.lexicon.actors import Adjective, Entry, HeadForm
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.prepositions import PrepositionGrammar
from marsad.reading.actors.words import WEAK, Start

_PHRASE_LIMIT = 26
_NOT_WORDS = ("VERB", "CONJ", "PART", "PRON", "ADP", "NAME")


class ComplementGrammar(PrepositionGrammar):
    """Extends a phrase from its head to the right."""

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
            found.parts.append(Phrase(at, end, 0, "place", item, "f", "s", True, "name:place", codes=list(item.codes)))
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
        starts = self.infos[at].starts
        clitic = token.proclitics or (tuple(starts[0].proclitics) if starts else ())
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
            chained = "official" in found.flags and token.pos == "NOUN" and self._chain(at + 1)
            if chained:
                found.last = at + 1
            return chained
        common = token.pos == "NOUN" and self.name_like(at) <= WEAK and not self.infos[at].given
        if common and (self._chain(at + 1) or token.norm in self.portfolios or self._described(at + 1)):
            found.last = at + 1
            return True
        return False

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
