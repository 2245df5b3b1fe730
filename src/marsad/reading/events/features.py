"""Features of a candidate trigger: what says that a word reports an event here, and of which type.

Strings, as the scorers take them.  Prefixes: R row, T type of a row, F form, W word, P and N words before and after,
G governing verb, D field, H holding statement, C cue, S argument slots, B background, X statuses words, K counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from marsad.lexicon.fields import fields_of
from marsad.lexicon.function_words import function_words
from marsad.reading.events.candidates import Candidate, Context
from marsad.reading.slots import SentenceSlots, Slot
from marsad.records import Statement
from marsad.text.document import Token

_NEAR_SLOTS = frozenset(("subject", "object", "idafa", "adjective", "topic", "v<agent", "v<topic"))


def form_of(candidate: Candidate, token: Token) -> str:
    """The grammatical form of the trigger word: tense and voice of a verb, kind of a noun."""
    if token.pos == "VERB":
        return f"v{token.tense[:2]}{'P' if token.voice == 'passive' else ''}"
    forms = {hit.form for hit in candidate.hits}
    kind = next((f[0] for f in ("masdar", "noun", "active", "passive") if f in forms), "x")
    mark = "d" if token.definite else "e" if token.enclitic else "i"
    return f"n{kind}{mark}"


def shape(token: Token) -> str:
    """A word as context: function words as written, others by lemma."""
    return token.lemma or token.norm


class CandidateFeatures:
    """Feature strings of the candidates of one document."""

    def __init__(self, context: Context, candidates: list[Candidate]) -> None:
        self.context = context
        self.tokens = context.tokens
        self.candidates = candidates
        self.at = {c.token: c for c in candidates}
        self._sentence: dict[int, SentenceSlots] = {}
        self._slots: dict[int, dict[int, Slot]] = {}
        self._words: dict[int, list[str]] = {}
        self._strings: dict[int, list[str]] = {}
        self._fields: dict[int, tuple[str, ...]] = {}

    def sentence(self, index: int) -> SentenceSlots:
        """The prepared sentence."""
        found = self._sentence.get(index)
        if found is None:
            sentence = self.context.document.sentences[index]
            mentions = self.context.layer.within(sentence.first, sentence.last)
            found = self._sentence[index] = SentenceSlots(
                self.context.document, sentence.first, sentence.last, mentions
            )
        return found

    def slots(self, candidate: Candidate) -> dict[int, Slot]:
        """Slots of the sentence's mentions seen from a candidate; cached."""
        found = self._slots.get(candidate.token)
        if found is None:
            token = self.tokens[candidate.token]
            found = self._slots[candidate.token] = self.sentence(token.sentence).slots(
                candidate.first, candidate.last, token.pos == "VERB", frozenset(candidate.parts)
            )
        return found

    def fields(self, index: int) -> tuple[str, ...]:
        """The fields of life that words of a sentence point at; cached."""
        found = self._fields.get(index)
        if found is None:
            sentence = self.context.document.sentences[index]
            found = self._fields[index] = tuple(fields_of(self.tokens, sentence.first, sentence.last))
        return found

    def word_features(self, candidate: Candidate) -> list[str]:
        """What the word, its rows and its holder say; cached.  Enough to drop most candidates that are no event."""
        found = self._words.get(candidate.token)
        if found is None:
            found = self._words[candidate.token] = list(self._word_features(candidate))
        return found

    def features(self, candidate: Candidate) -> list[str]:
        """All features of a candidate, those of its word included; cached."""
        found = self._strings.get(candidate.token)
        if found is None:
            found = self._strings[candidate.token] = [*self.word_features(candidate), *self._features(candidate)]
        return found

    def _word_features(self, candidate: Candidate) -> Iterator[str]:
        tokens = self.tokens
        token = tokens[candidate.token]
        sentence = self.context.document.sentences[token.sentence]
        form = form_of(candidate, token)
        types: list[str] = sorted({hit.type for hit in candidate.hits})
        yield "F=" + form
        word = token.lemma if token.pos == "VERB" else token.stem
        yield "W=" + word
        yield "WF=" + word + ":" + form[:2]
        for row in sorted({hit.row.id for hit in candidate.hits}):
            yield "R=" + row
            yield f"RF={row}:{form}"
        for kind in types:
            yield "T=" + kind
            yield f"TF={kind}:{form}"
        for row in candidate.phrases:
            yield "RP=" + row
        if not candidate.hits:
            yield "R=none"
        if candidate.within >= 0:
            yield "within"
            for row in self.at[candidate.within].phrases:
                yield "within=" + row
        if len(candidate.parts) > 1:
            yield "phrase"
        for clitic in token.proclitics:
            yield "L=" + clitic
        if token.enclitic:
            yield "E=" + token.enclitic
        yield from self._next_words(candidate, sentence.first, sentence.last, types)
        yield from self._holding(candidate, types, form)

    def _features(self, candidate: Candidate) -> Iterator[str]:
        tokens = self.tokens
        i = candidate.token
        token = tokens[i]
        sentence = self.context.document.sentences[token.sentence]
        types: list[str] = sorted({hit.type for hit in candidate.hits})
        rows = sorted({hit.row.id for hit in candidate.hits})
        yield from self._neighbours(candidate, sentence.first, sentence.last)
        yield from self._governing(candidate, sentence.first, types)
        yield from self._arguments(candidate, types, rows)
        position = i - (sentence.body if sentence.body >= 0 else sentence.first)
        yield f"pos={min(position, 3) if position < 4 else 4 if position < 8 else 5}"
        if sentence.heading:
            yield "heading"
        yield "quote=" + ("no" if token.quote < 0 else "yes")
        for field in self.fields(sentence.index):
            yield "D=" + field
            for kind in types:
                yield f"TD={kind}:{field}"
        yield from self._others(candidate, sentence.first, sentence.last, types)

    def _next_words(self, candidate: Candidate, first: int, last: int, types: list[str]) -> Iterator[str]:
        """The words before and after."""
        tokens = self.tokens
        i = candidate.first
        words = [shape(tokens[k]) if k >= first else "^" for k in (i - 1, i - 2, i - 3)]
        yield "P1=" + words[0]
        yield "P2=" + words[1]
        yield f"P12={words[1]}_{words[0]}"
        for kind in types:
            yield f"TP1={kind}:{words[0]}"
        j = max(candidate.last, candidate.token + 1)
        after = [shape(tokens[k]) if k < last else "$" for k in (j, j + 1)]
        yield "N1=" + after[0]
        yield "N2=" + after[1]
        if j < last:
            yield f"N1k={tokens[j].pos}{'d' if tokens[j].definite else ''}"
        if i - 1 >= first:
            yield f"P1k={tokens[i - 1].pos}{'d' if tokens[i - 1].definite else ''}"

    def _neighbours(self, candidate: Candidate, first: int, last: int) -> Iterator[str]:
        """Negation, future, condition and background before the trigger; content words around it."""
        tokens = self.tokens
        i, j = candidate.first, max(candidate.last, candidate.token + 1)
        for k in range(max(first, i - 4), i):
            norm = tokens[k].norm
            for name in ("negators", "future", "conditionals", "background"):
                if norm in function_words(name):
                    yield f"X{name[:3]}{i - k if i - k < 3 else 3}"
                    if name == "background":
                        yield f"B={norm}:{i - k if i - k < 3 else 3}"
        for k in range(max(first, i - 6), min(last, j + 6)):
            if k < i or k >= j:
                other = tokens[k]
                if other.pos in ("NOUN", "VERB", "ADJ"):
                    yield ("b:" if k < i else "a:") + other.lemma

    def _holding(self, candidate: Candidate, types: list[str], form: str) -> Iterator[str]:
        holder = candidate.holder
        yield "H=" + (holder.act if holder else "none")
        if holder is not None:
            yield "Hf=" + holder.form
            start = holder.content[0].start
            if self.tokens[candidate.first].start <= start + 2:
                yield "Hstart"
                yield "Hstart=" + holder.act
        cue = candidate.cue
        if cue is not None:
            yield "C=" + cue.act
            yield "Cr=" + cue.rule
            yield f"Cf={cue.act}:{cue.form}"
            yield "Ck=" + cue.speaker.kind
            yield f"Caf={cue.act}:{'yes' if cue.speaker.affiliation else 'no'}"
            yield "Cneg" if cue.negated else "Cpos"
        else:
            for kind in types:
                yield f"noC={kind}"

    def _governing(self, candidate: Candidate, first: int, types: list[str]) -> Iterator[str]:
        """The nearest verb before the trigger in its clause, and the noun that governs it."""
        tokens = self.tokens
        for k in range(candidate.first - 1, max(first, candidate.first - 40) - 1, -1):
            token = tokens[k]
            if token.norm in ("،", "؛", ","):
                break
            if token.pos == "VERB":
                yield "G=" + token.lemma
                yield f"Gd={min(candidate.first - k, 6)}"
                for kind in types:
                    yield f"TG={kind}:{token.lemma}"
                break
        else:
            yield "G=none"
        before = tokens[candidate.first - 1] if candidate.first > first else None
        bare = before is not None and before.pos in ("NOUN", "ADJ") and not before.definite and not before.enclitic
        if before is not None and bare and not tokens[candidate.first].proclitics:
            yield "gov=" + before.stem
            for kind in types:
                yield f"Tgov={kind}:{before.stem}"

    def _arguments(self, candidate: Candidate, types: list[str], rows: list[str]) -> Iterator[str]:
        sentence = self.sentence(self.tokens[candidate.token].sentence)
        layer = self.context.layer
        seen: set[str] = set()
        codes: set[str] = set()
        for number, slot in self.slots(candidate).items():
            mention = sentence.mentions[number]
            own = layer.codes(mention)
            codes.update(own)
            if not own:
                continue
            name = slot.name
            mark = f"{name}:{mention.kind}{'+' if slot.nested else ''}"
            if mark not in seen:
                seen.add(mark)
                yield "S=" + mark
                for kind in types:
                    yield f"TS={kind}:{name}{'+' if slot.nested else ''}"
                if slot.name.startswith("after") or slot.name in (
                    "subject",
                    "object",
                    "idafa",
                    "adjective",
                    "governor",
                ):
                    for row in rows[:3]:
                        yield f"RS={row}:{slot.name}"
            if abs(slot.distance) <= 3:
                yield "near"
        yield f"K={min(len(codes), 4)}"

    def _others(self, candidate: Candidate, first: int, last: int, types: list[str]) -> Iterator[str]:
        """Other candidates of the same type near by."""
        own = set(types)
        for step, name in ((-1, "Ob"), (1, "Oa")):
            for distance in range(1, 6):
                k = candidate.token + step * distance
                other = self.at.get(k)
                if other is None or not first <= k < last:
                    continue
                shared = own & {hit.type for hit in other.hits}
                if shared:
                    yield f"{name}={'near' if distance < 3 else 'far'}"
                    yield f"{name}T={min(shared)}"
                    break


_TYPE_PREFIXES = (
    "R=", "RF=", "T=", "W=", "WF=", "N1=", "P1=", "F=", "G=", "TG=", "gov=", "C=", "Cr=", "Caf=", "RP=",
    "S=", "RS=", "a:", "H=", "Hstart=", "within=", "Oa", "Ob",
)  # fmt: skip
_STATUS_PREFIXES = (
    "R=", "T=", "W=", "WF=", "P1=", "P2=", "P12=", "F=", "X", "B=", "L=", "G=", "Gd=", "gov=", "C=", "Cf=", "Cneg",
    "Cpos", "H=", "Hf=", "Hstart=", "b:", "N1=", "quote=", "RF=",
)  # fmt: skip


def type_features(strings: Iterable[str]) -> list[str]:
    """The features of a candidate that tell its type."""
    return [s for s in strings if s.startswith(_TYPE_PREFIXES)]


def status_features(features: CandidateFeatures, candidate: Candidate, kind: str) -> list[str]:
    """The features of an event that tell its status."""
    out = [s for s in features.features(candidate) if s.startswith(_STATUS_PREFIXES)]
    out.append("Y=" + kind)
    out.extend(f"Y{s}:{kind}" for s in out if s.startswith(("H=", "F=", "X")))
    return out


def holder_features(
    features: CandidateFeatures, candidate: Candidate, kind: str, inner: Statement, own: bool
) -> list[str]:
    """Features that tell whether the innermost statement performs a verbal act or reports it."""
    token = features.tokens[candidate.token]
    form = form_of(candidate, token)
    start = features.tokens[candidate.first].start <= inner.content[0].start + 2
    said = "own" if own else "other"
    first = token.person == "1" or token.enclitic in ("نا", "ي", "ني")
    out = [
        said, f"{said}:{kind}", f"{said}:{form}", f"{said}:{form}:{kind}", f"{said}:{inner.act}",
        f"{said}:{inner.form}", f"{said}:{'start' if start else 'later'}", f"{said}:start={start}:{kind}",
        f"{said}:start={start}:{inner.act}", f"{said}:start={start}:{inner.form}:{form[0]}",
        f"{said}:first={first}", f"{said}:cue={candidate.cue is not None}",
    ]  # fmt: skip
    out.extend(f"{said}:R={row}" for row in sorted({hit.row.id for hit in candidate.hits if hit.type == kind}))
    return out
