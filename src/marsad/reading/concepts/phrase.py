"""The borders of a concept inside the words of one side: what stands before it, its noun phrase, what follows.

Words that only measure or move are taken off («ارتفاع», «لم», «مستوى») and their direction kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import cast

from marsad.lexicon.concepts import ConceptRow, load_concept_words
from marsad.lexicon.connectives import load_connectives
from marsad.lexicon.function_words import function_words
from marsad.lexicon.relations import Row
from marsad.reading.actors.layer import ActorLayer, ActorMention
from marsad.reading.concepts.keys import Direction
from marsad.records import Event, Relation, Span, Time
from marsad.text.document import Document, Token

TRIES = 8
"""Phrases with the same head that are looked at for a fuller one."""
_NOMINAL = frozenset(["NOUN", "ADJ", "NAME", "NUM", "LATIN", "X"])
_JOINING = frozenset(["و", "ف"])
_GOVERNING = frozenset(["ب", "ل", "ك"])
_STATE_KINDS = frozenset(["state", "capital", "body", "bloc", "group", "collective"])
_COMMAS = frozenset("،,؛;:.")


class Scope:
    """A document with the layers that concepts are read from."""

    def __init__(
        self,
        document: Document,
        layer: ActorLayer,
        relations: Sequence[Relation],
        events: Sequence[Event],
        times: Sequence[Time] = (),
    ) -> None:
        self.document = document
        self.tokens = document.tokens
        self.layer = layer
        self.words = load_concept_words()
        self.relations = relations
        self.connectives = load_connectives()
        self._starts = [token.start for token in self.tokens]
        self._by_lemma: dict[str, list[int]] = {}
        self._events: dict[int, Event] = {}
        for event in events:
            at = bisect_right(self._starts, event.trigger.start) - 1
            while 0 <= at < len(self.tokens) and self.tokens[at].start < event.trigger.end:
                self._events.setdefault(at, event)
                at += 1
        self.timed = {at for time in times for at in self.range(time.span)}

    def range(self, span: Span) -> range:
        """The tokens of a span."""
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        return range(first, bisect_left(self._starts, span.end))

    def event(self, token: int) -> Event | None:
        """An event whose trigger covers the token."""
        return self._events.get(token)

    def elsewhere(self, lemma: str, index: int) -> tuple[list[int], list[int]]:
        """A few tokens with that lemma before a token and after it, the nearest first."""
        if not self._by_lemma:
            for token in self.tokens:
                if token.pos == "NOUN":
                    self._by_lemma.setdefault(token.lemma, []).append(token.index)
        places = self._by_lemma.get(lemma, [])
        here, beyond = bisect_left(places, index), bisect_right(places, index)
        return places[max(0, here - TRIES) : here][::-1], places[beyond : beyond + TRIES]

    def relation(self, token: Token, rows: Sequence[Row], sides: frozenset[str]) -> Relation | None:
        """A relation record of one of the rows whose words cover the token, about these sides where two are named:
        the shortest."""
        ids = {row.id for row in rows}
        found = [
            r
            for r in self.relations
            if r.span.start <= token.start < r.span.end and r.rule in ids and (len(sides) < 2 or sides == {*r.a, *r.b})
        ]
        return min(found, key=lambda r: (r.span.end - r.span.start, r.id)) if found else None


class Borders:
    """The words of one side, being taken apart from left to right."""

    def __init__(self, scope: Scope, first: int, last: int) -> None:
        self.all = scope
        self.tokens = scope.tokens
        self.layer = scope.layer
        self.first, self.last = first, last
        self.direction: Direction = 0
        self.verb: int = -1
        """A main verb that says neither direction nor nothing."""
        self.turned: set[int] = set()
        self.witnessed = False
        """A verb before that leaves the direction to a noun («شهدت»)."""
        self.owner: tuple[str, ...] = ()
        """Codes of whom a pronoun stands for on a word that was taken out («منعها من الحصول»)."""

    # -- what stands before the concept

    def _leading(self, at: int) -> int | None:
        """The token at which the concept begins; sets direction and verb on the way."""
        at, steps = self._past_adverbial(at), 0
        while at < self.last and steps < 12:
            steps += 1
            token = self.tokens[at]
            if token.pos in ("PUNCT", "PRON", "CONJ", "ADP") or (token.pos == "PART" and not self._negates(token)):
                at += 1
                continue
            if self._negates(token):
                self._turn(-1)
                at += 1
                continue
            if token.pos == "VERB" and not self._rather_noun(at):
                row = self._verb_row(token)
                if row is None and (causal := self._causal(token)) is not None and at + 1 < self.last:
                    if causal < 0:
                        self._turn(-1)
                    at += 1
                    continue
                if row is None:
                    self.verb = at if self.verb < 0 else self.verb
                    if at + 1 < self.last:
                        at += 1
                        continue
                    return at
                if row.class_ == "verb" and at + 1 < self.last:
                    self._turn(row.direction)
                    self.witnessed = row.of == "noun"
                    at += 1
                    if row.of == "object":
                        at = self._over_subject(at)
                    continue
                if at + 1 >= self.last:
                    return at if self.verb < 0 and row.class_ != "copula" else None
                at += 1
                continue
            row = self._before_row(at)
            mention = self.layer.at(at)
            if row is None or row.class_ == "belief" or (mention is not None and mention.first == at):
                return at
            after = self._after(at, row)
            if after is None and row.class_ == "light" and at + 1 < self.last and not token.definite:
                after = at + 1
            if after is None:
                return at
            self._turn(row.direction)
            self.owner = self.owner or self._owner(token)
            at = after
        return at if at < self.last and self.tokens[at].pos in _NOMINAL else None

    def lowered_from_before(self) -> bool:
        """Whether a word that governs the phrase lowers or stops it: it stands just before, or a preposition that goes
        with it stands between."""
        at, first = self.first - 1, self.tokens[self.first]
        preposition = first.proclitics[-1] if first.proclitics else ""
        if at >= 0 and not preposition and self.tokens[at].pos == "ADP":
            at, preposition = at - 1, self.tokens[at].norm
        if at < 0 or self.tokens[at].sentence != first.sentence:
            return False
        token = self.tokens[at]
        row = self._verb_row(token) if token.pos == "VERB" else self._before_row(at)
        if row is None or row.direction >= 0 or row.of == "subject" or row.class_ not in ("noun", "verb"):
            return False
        return not preposition or preposition in self.all.words.takes.get(row.id, ())

    def _rather_noun(self, at: int) -> bool:
        """Whether a word tagged as a verb is a verbal noun with a row («رفع الحصار» at the start of a heading)."""
        token = self.tokens[at]
        if token.tense == "present" or token.proclitics[-1:] == ("س",):
            return False
        following = self.all.words.with_.get(token.stem, {})
        if at + 1 < self.last and self.tokens[at + 1].lemma in following:
            return True
        return token.stem in self.all.words.before and self._verb_row(token) is None

    def _past_adverbial(self, at: int) -> int:
        """Past a prepositional phrase that a comma sets off («في السنوات الأخيرة، شهدت العلاقات»)."""
        if self.tokens[at].pos == "ADP":
            for comma in range(at + 1, min(at + 8, self.last - 1)):
                if self.tokens[comma].norm in _COMMAS:
                    return comma + 1
                if self.tokens[comma].pos == "VERB":
                    break
        return at

    def _witness(self, end: int) -> None:
        """Turn by the noun of direction that stands behind a subject: «شهدت الصادرات تراجعا»."""
        for at in range(end, min(end + 8, self.last)):
            token = self.tokens[at]
            row = self.all.words.before.get(token.lemma)
            if row is not None and row.class_ == "noun" and token.norm == token.stem and token.norm[-1] == "ا":
                self._turn(row.direction)
                return

    def _negates(self, token: Token) -> bool:
        row = self.all.words.before.get(token.norm) or self.all.words.before.get(token.lemma)
        return row is not None and row.class_ == "negator"

    def _before_row(self, at: int) -> ConceptRow | None:
        """The row of a word that stands before a concept, also of those that ask what follows."""
        words, token = self.all.words, self.tokens[at]
        following = words.with_.get(token.stem)
        if following is not None and at + 1 < self.last and self.tokens[at + 1].lemma in following:
            return following[self.tokens[at + 1].lemma]
        if token.pos == "VERB":
            return words.before.get(token.stem)
        return words.before.get(token.lemma) or words.before.get(token.stem)

    def _causal(self, token: Token) -> int | None:
        """The sign of a causal verb that a side begins with («ما يمنع X»), else None."""
        for key in sorted(token.keys):
            if key[:2] == "v:" and key[2:] == token.lemma:
                for row in self.all.connectives.by_key.get(key, ()):
                    if row.kind == "verb" and row.after == "effect" and row.tier == "explicit":
                        return row.sign
        return None

    def _turn(self, by: int) -> None:
        if by:
            self.direction = cast(Direction, by * (self.direction or 1))

    def _verb_row(self, token: Token) -> ConceptRow | None:
        verbs = self.all.words.verbs
        return verbs.get(token.lemma) or (verbs.get(token.stem) if f"v:{token.stem}" in token.keys else None)

    def _after(self, at: int, row: ConceptRow) -> int | None:
        """Where the concept goes on after a word of direction, or None where the word is all there is."""
        following = at + 1 + row.both
        takes = self.all.words.takes.get(row.id, frozenset())
        if following < self.last and self.tokens[following].norm in takes:
            following += 1
        if following >= self.last:
            return None
        token = self.tokens[following]
        if token.pos == "VERB" or token.pos not in _NOMINAL or (_JOINING & set(token.proclitics)):
            return None
        if token.proclitics and token.proclitics[-1] in _GOVERNING and token.proclitics[-1] not in takes:
            return None
        if token.pos == "ADJ" and following == at + 1 and not token.proclitics:
            beyond = self.tokens[following + 1] if following + 1 < self.last else None
            if beyond is None or beyond.pos not in _NOMINAL or beyond.proclitics or token.definite:
                return None
        mention = self.layer.at(following)
        if mention is not None and mention.first == following and mention.kind in _STATE_KINDS and self._codes(mention):
            # «تراجع روسيا»: the actor's decline, not less of an actor.
            return None
        return following

    def _over_subject(self, at: int) -> int:
        """Past the subject of a verb that says something of its object: «قلص القرار | صادرات الحديد»."""
        end = self._noun_phrase(at) if at < self.last else at
        if end < self.last and self.tokens[end].pos in _NOMINAL and not self.tokens[end].proclitics:
            return end
        mention = self.layer.at(at)
        if mention is not None and mention.first == at and mention.last < self.last:
            return mention.last
        if at < self.last and self.tokens[at].definite and at + 1 < self.last:
            following = self.tokens[at + 1]
            if following.pos == "NOUN" and not following.definite and not following.proclitics:
                return at + 1
        return at

    # -- the noun phrase and what follows it

    def _noun_phrase(self, at: int) -> int:
        """End of the noun phrase that begins at a token: nouns, adjectives and names without a proclitic."""
        end = at + 1
        while end < self.last:
            token = self.tokens[end]
            mention = self.layer.at(end)
            if mention is not None and mention.first < end < mention.last:
                end += 1
                continue
            if token.pos not in _NOMINAL or token.proclitics:
                break
            previous = self.tokens[end - 1]
            if previous.definite and not token.definite and mention is None and token.pos == "NOUN":
                break  # a new phrase: «القرار | صادرات»
            end += 1
        return end

    def _zone(self, end: int) -> int:
        """End of the prepositional phrases that go with a noun phrase: up to a verb, relative, comma or new clause."""
        relatives, that = function_words("relatives"), function_words("complementizers")
        at = end
        while at < self.last and at < end + 10:
            token = self.tokens[at]
            if token.pos in ("VERB", "PUNCT", "CONJ") or token.norm in relatives or token.norm in that:
                if token.pos == "PUNCT" and token.norm in "\"'“”«»":
                    at += 1
                    continue
                break
            if self._joins(at) or at in self.all.timed:
                break
            at += 1
        return at

    def _joins(self, at: int) -> bool:
        """Whether «و» joins something other than a second actor here («روسيا والصين» stays together)."""
        token = self.tokens[at]
        if not (_JOINING & set(token.proclitics)):
            return False
        return self.layer.at(at) is None or self.layer.at(at - 1) is None

    def _main_verb(self, start: int, end: int) -> int | None:
        """A verb after the phrase that says it rises or falls («التحديات التي ... تتزايد»); where the verb says it of
        its object («الصين تتجنب المواجهة»), the token at which that begins."""
        if self.verb >= 0:
            return None
        inside = False
        relatives, subordinators = function_words("relatives"), function_words("subordinators")
        for at in range(end, self.last):
            token = self.tokens[at]
            inside = inside or token.norm in relatives
            if (token.pos == "PUNCT" and token.norm in _COMMAS and not inside) or token.norm in subordinators:
                return None
            if token.pos != "VERB" or token.proclitics[:1] == ("و",):
                continue
            before = self.tokens[at - 1]
            if self._negates(before):
                before = self.tokens[at - 2]
            if before.norm in relatives or before.norm in function_words("whats"):
                continue
            before = self.tokens[at - 1]
            row = self._verb_row(token)
            if row is None:
                self.verb = at
            elif row.class_ == "verb" and row.of == "subject":
                self._turn(row.direction)
                if self._negates(before):
                    self._turn(-1)
            elif row.class_ == "verb" and row.of == "noun":
                self._witness(at + 1)
            elif row.class_ == "verb" and self._named(start) and at + 1 < self.last:
                moved = self._leading(at + 1)
                if moved is not None:
                    self._turn(row.direction)
                    return moved
            elif row.class_ == "verb":
                self.verb = at
            return None
        return None

    def _owner(self, token: Token) -> tuple[str, ...]:
        """Codes of whom a pronoun on the head stands for («حيادها»)."""
        if not token.enclitic:
            return ()
        gender = "f" if token.enclitic == "ها" else "m" if token.enclitic == "ه" else ""
        entity = self.layer.resolve(token.index, gender, kinds=_STATE_KINDS) if gender else None
        return entity.codes if entity is not None else ()

    def _codes(self, mention: ActorMention) -> tuple[str, ...]:
        """Codes of a mention; a group that is only known by its name («حركة …») is a word like others here."""
        return tuple(code for code in self.layer.codes(mention) if code.isascii())

    def _named(self, at: int) -> bool:
        """Whether an actor with codes is named here, so that the key has it already; «الموانئ» of «الموانئ
        الكازاخستانية» is a word of its own."""
        mention = self.layer.at(at)
        if mention is None or mention.start >= self.tokens[at].stem_end or not self._codes(mention):
            return False
        return not (at == mention.first and mention.kind in ("place", "people") and mention.rule.startswith("head:"))
