"""Which concept the words of a cause or effect stand for (`keys` has the keys, `phrase` finds its borders).

The head of what is left when directions are taken off decides the type: a word of belief, a relation word with its
pair, an event's trigger with its actors, else something of an actor or a quantity.  A span that is only a pointer
(«ذلك») has the concept of what it points back to, or none.  A bare definite noun («المشاورات») has the concept of the
nearest fuller phrase with that head before it; where there is none its key is `quantity:~word`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import msgspec

from marsad.lexicon.concepts import ConceptRow
from marsad.lexicon.relations import Relations, Row, load_relations
from marsad.lexicon.triggers import load_triggers
from marsad.reading.concepts.keys import (
    LOCAL,
    act_key,
    attribute_key,
    belief_key,
    pair_label,
    quantity_key,
    relation_key,
)
from marsad.reading.concepts.phrase import Borders, Scope
from marsad.records import Concept, Domain, Mechanism, Span
from marsad.text.document import Token

_WORDS = 3
"""Words of a key, so that longer wordings of one thing still meet."""
_LABEL = 8
_COOPERATION = 2
"""The highest quad of PLOVER types that cooperate."""
_DANGLING = frozenset(["ADP", "CONJ", "PART", "PRON"])


class Concepts(Scope):
    """Answers for one document."""

    def with_concepts(self, mechanisms: Sequence[Mechanism]) -> tuple[Mechanism, ...]:
        """The mechanisms with the concepts of their sides.  The same words stand for one concept: the most telling
        that any of them has."""
        sides = [
            [self._side(m.cause_antecedent or m.cause, governed=True), self._side(m.effect_antecedent or m.effect)]
            for m in mechanisms
        ]
        best: dict[tuple[str, ...], Concept] = {}
        for concept, words in (side for pair in sides for side in pair):
            if concept is not None and words and _TELLING[concept.kind] > _TELLING.get(_kind(best.get(words)), -1):
                best[words] = concept
        out = []
        for mechanism, pair in zip(mechanisms, sides, strict=True):
            cause, effect = (
                msgspec.structs.replace(best[words], direction=concept.direction)
                if concept is not None and words in best
                else concept
                for concept, words in pair
            )
            out.append(msgspec.structs.replace(mechanism, cause_concept=cause, effect_concept=effect))
        return tuple(out)

    def side(self, span: Span) -> Concept | None:
        """The concept of one side of a mechanism; None where the words name nothing."""
        return self._side(span)[0]

    def _side(self, span: Span, governed: bool = False) -> tuple[Concept | None, tuple[str, ...]]:
        """The concept, and the lemmas of the phrase that it was made of.  `governed` also asks what stands before: in
        «تمتنع عن | تقديم المساعدة» there is less of it (of an effect the mechanism's sign says so already)."""
        tokens = self.range(span)
        if not tokens:
            return None, ()
        phrase = Phrase(self, tokens.start, tokens.stop)
        concept = phrase.concept()
        if concept is not None and governed and phrase.lowered_from_before():
            concept = msgspec.structs.replace(concept, direction=-(concept.direction or 1))
        return concept, phrase.words


_TELLING = {"quantity": 0, "attribute": 1, "belief": 1, "act": 2, "relation": 3}
"""Which kind says most of the same words."""


def _kind(concept: Concept | None) -> str:
    return concept.kind if concept is not None else ""


class Phrase(Borders):
    """The words of one side and the concept that they stand for."""

    words: tuple[str, ...] = ()
    """Lemmas of the phrase where it names an actor or has two words at least."""

    def concept(self, fuller: bool = True) -> Concept | None:
        """The concept, or None where nothing is left to name; `fuller` looks for a fuller phrase where it is bare."""
        at = self._leading(self.first)
        if at is None:
            return None
        end = self._noun_phrase(at)
        if self.witnessed:
            self._witness(end)
        moved = self._main_verb(at, end)
        if moved is not None:
            at, end = moved, self._noun_phrase(moved)
        if self.verb < 0 and end - at > 1:
            self.words = tuple(token.lemma for token in self.tokens[at : self._zone(end)])
        head = self.tokens[at]
        belief = self._row(head, "before")
        if belief is not None and belief.class_ == "belief" and end < self.last:
            return self._belief(belief, at, end)
        if self.verb >= 0 and (held := self._held(at)) is not None:
            return held
        found = None if head.lemma in self.all.words.aspects else self._relation(at, end, fuller)
        bare = end == at + 1 and head.definite and not self._sides(at, self._zone(end))
        if found is None and fuller and self.verb < 0 and bare and head.lemma not in self.all.words.general:
            found = self._fuller(head)
        return found or self._act(at, end) or self._other(at, end)

    def _fuller(self, head: Token) -> Concept | None:
        """What fuller phrases before with the same head stand for most often, with this phrase's direction."""
        found = [self._at(place) for place in self.all.elsewhere(head.lemma, head.index)[0]]
        named = [concept for concept in found if concept is not None and concept.kind not in ("quantity", "belief")]
        if not named:
            return None
        keys = [concept.key for concept in named]
        best = max(named, key=lambda concept: (keys.count(concept.key), -keys.index(concept.key)))
        return msgspec.structs.replace(best, direction=self.direction)

    def _at(self, place: int) -> Concept | None:
        """The concept of the phrase that begins at a token."""
        sentence = self.all.document.sentences[self.tokens[place].sentence]
        return Phrase(self.all, place, min(sentence.last, place + 10)).concept(fuller=False)

    def _with(self, head: Token, *named: tuple[str, ...]) -> Concept | None:
        """The relation of a phrase elsewhere with the same head that names these sides: «الصراع مع الغرب»
        where the text also has «الصراع بين روسيا والغرب»."""
        before, after = self.all.elsewhere(head.lemma, head.index)
        for place in [*before, *after]:
            found = self._at(place)
            if found is not None and found.kind == "relation":
                sides = found.key.split(":")[1].replace(">", "-").split("-")
                if all("+".join(sorted(codes)) in sides for codes in named):
                    return msgspec.structs.replace(found, direction=self.direction)
        return None

    # -- the types

    def _row(self, token: Token, table: str) -> ConceptRow | None:
        rows: dict[str, ConceptRow] = getattr(self.all.words, table)
        return rows.get(token.lemma) or rows.get(token.stem)

    def _sides(self, first: int, last: int) -> list[tuple[str, ...]]:
        """Codes of each actor that is named."""
        return [codes for mention in self.layer.within(first, last) if (codes := self._codes(mention))]

    def _held(self, at: int) -> Concept | None:
        """A belief that a verb gives its subject: «تعيش الصين هاجس العزلة»."""
        for place in range(self.verb + 1, min(self.last, self.verb + 6)):
            row = self._row(self.tokens[place], "before")
            if row is not None and row.class_ == "belief" and self.tokens[place].pos == "NOUN":
                holder = next(iter(self._sides(min(at, self.verb), place)), ())
                return self._belief(row, place, self._noun_phrase(place), holder)
        return None

    def _belief(self, row: ConceptRow, at: int, end: int, holder: tuple[str, ...] = ()) -> Concept | None:
        zone = self._zone(end)
        holder = holder or next(iter(self._sides(at + 1, zone)), ()) or self._owner(self.tokens[at])
        words = self._key_words(at + 1, zone) or [LOCAL]
        key = belief_key(holder, row.id, words)
        return Concept(kind="belief", key=key, label=self._label(at, zone), direction=self.direction)

    def _relation(self, at: int, end: int, fuller: bool) -> Concept | None:
        data = load_relations()
        rows: list[Row] = []
        zone = self._zone(end)
        for match in data.matcher.find(self.all.document, at, at + 1):
            kind, id = cast(tuple[str, str], match.row)
            if kind == "row" and match.first == at:
                rows.append(data.rows[id])
        if not rows:
            return None
        head = self._label(at, end, actors=False)
        sides = self._sides(at, end)
        record = self.all.relation(self.tokens[at], rows, frozenset(code for side in sides for code in side))
        if record is not None:
            pole = data.rows[record.rule].polarity
            key = relation_key(record.a, record.b, record.directed, record.domain, pole)
            label = pair_label(head, record.a, record.b, record.directed)
            return Concept(kind="relation", key=key, label=label, direction=self.direction)
        return self._relation_by_words(data, rows, self._domain(at, end), at, zone, head, fuller)

    def _domain(self, first: int, last: int) -> Domain | None:
        """The domain that the first such word names."""
        data = load_relations()
        for match in data.matcher.find(self.all.document, first, last):
            kind, id = cast(tuple[str, str], match.row)
            if kind == "word" and data.words[id].of == "domain":
                return cast(Domain, data.words[id].says)
        return None

    def _relation_by_words(
        self, data: Relations, rows: list[Row], domain: Domain | None, at: int, zone: int, head: str, fuller: bool
    ) -> Concept | None:
        """A relation word with two sides in its own phrase, where the relation layer has no record."""
        sides = self._sides(at, zone)
        if not sides and zone + 1 < self.last:  # «الشراكة والتعاون بين روسيا والصين»
            sides = self._sides(zone, self._zone(zone + 1))
        a: tuple[str, ...]
        b: tuple[str, ...]
        row = rows[0]
        if len(sides) == 1 and len(sides[0]) == 2 and data.frames[row.frame].mutual:
            a, b = sides[0][:1], sides[0][1:]
        elif len(sides) >= 2 and sides[0] != sides[1]:
            a, b = sides[0], sides[1]
        elif len(sides) == 1 and fuller:
            return self._with(self.tokens[at], sides[0])
        else:
            return None
        if row.directed:  # which of the two acts, the words alone do not say
            return self._with(self.tokens[at], a, b) if fuller else None
        key = relation_key(a, b, False, domain or row.domain, row.polarity)
        return Concept(kind="relation", key=key, label=pair_label(head, a, b, False), direction=self.direction)

    def _act(self, at: int, end: int) -> Concept | None:
        for place in (at, self.verb):
            event = self.all.event(place) if place >= 0 else None
            if event is None or not (event.sources or event.targets):
                continue
            if event.status == "negated" and self.direction == 0:
                self._turn(-1)
            domain = ""
            if load_triggers()[event.type].quad <= _COOPERATION:
                domain = self._domain(at, self._zone(end)) or ""
            head = self._label(place, max(end, place + 1) if place == at else place + 1, actors=False)
            return Concept(
                kind="act",
                key=act_key(event.type, event.sources, event.targets, domain),
                label=pair_label(head, event.sources, event.targets, True),
                direction=self.direction,
            )
        return None

    def _other(self, at: int, end: int) -> Concept | None:
        zone = self._zone(end)
        codes: list[str] = []
        mentions = self.layer.within(at, zone)
        for mention in mentions:
            codes += self._codes(mention)
        words = self._key_words(at, end)
        if len(words) < 2:
            words = self._key_words(at, zone)
        if self.verb >= 0:
            lemma = self.tokens[self.verb].lemma
            words = [lemma, *words][:_WORDS]
            after = self.verb + 1 if self.verb >= end else zone
            stop = self._zone(after) if after < self.last else after
            for mention in self.layer.within(after, stop):
                codes += self._codes(mention)
            words = [*words, *self._key_words(after, stop)][:_WORDS]
        if codes and not words:  # an actor that is described by more than a name: «معارضة الهيمنة الأميركية»
            whole = self.layer.at(at)
            plain = whole is not None and whole.rule.startswith("name:") and whole.last >= end
            words = self._lemmas(at, end) if end - at > 1 and not plain else []
        if not codes and not words:
            return None
        if not codes:
            codes += self._owner(self.tokens[at]) or self.owner
        first = self.verb if 0 <= self.verb < at else at
        stop = self._zone(self.verb + 1) if self.verb >= end else zone
        label = self._label(first, max(stop, end))
        if codes and words:
            return Concept(kind="attribute", key=attribute_key(codes, words), label=label, direction=self.direction)
        if codes:
            key = attribute_key(codes, (LOCAL,))
            return Concept(kind="attribute", key=key, label=label, direction=self.direction)
        if len(words) == 1 and words[0] not in self.all.words.general:
            words = [LOCAL + words[0]]
        return Concept(kind="quantity", key=quantity_key(words), label=label, direction=self.direction)

    def _key_words(self, first: int, last: int) -> list[str]:
        """Lemmas that name the thing: no actors, directions, degrees or prepositions."""
        words, out = self.all.words, list[str]()
        for at in range(first, last):
            token = self.tokens[at]
            if token.pos not in ("NOUN", "ADJ", "NAME", "X", "LATIN") or self._named(at) or at in self.all.timed:
                continue
            lemma = token.lemma or token.stem
            after = words.after.get(lemma) or words.after.get(token.stem)
            if after is not None and (token.pos == "ADJ" or at > first):
                if after.class_ == "adjective" and at not in self.turned:
                    self._turn(after.direction)
                    self.turned.add(at)
                continue
            before = words.before.get(lemma)
            if before is not None and before.class_ == "light" and last - first > 1:
                continue
            if len(out) < _WORDS and lemma not in out:
                out.append(lemma)
        return out

    def _lemmas(self, first: int, last: int) -> list[str]:
        return list(dict.fromkeys(t.lemma for t in self.tokens[first:last] if t.pos in ("NOUN", "ADJ")))[:_WORDS]

    def _label(self, first: int, last: int, actors: bool = True) -> str:
        """The words as written, without marks, degrees and directions; without actors where asked."""
        words, out, kinds = self.all.words, list[str](), list[str]()
        text = self.all.document.text
        for at in range(first, last):
            token = self.tokens[at]
            if token.pos == "PUNCT" or (not actors and self._named(at)):
                continue
            row = words.after.get(token.lemma)
            if at > first and token.pos == "ADJ" and row is not None and row.class_ == "adjective":
                continue
            start = token.start
            if at == first:
                start = token.stem_start
                if token.definite and text[start - 2 : start] == "ال":
                    start -= 2
            out.append(text[start : token.end])
            kinds.append(token.pos)
            if len(out) == _LABEL:
                break
        while len(out) > 1 and kinds[len(out) - 1] in _DANGLING:
            out.pop()
        return " ".join(out)
