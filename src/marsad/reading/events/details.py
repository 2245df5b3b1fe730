"""What an event record holds beside type and roles: spans, sectors, mode, contexts, time, place, duplicates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from marsad.lexicon.fields import fields_of
from marsad.lexicon.function_words import function_words
from marsad.lexicon.triggers import trigger_index
from marsad.reading.actors.find import ActorMention
from marsad.reading.events.arguments import PEOPLE, Filler
from marsad.reading.events.candidates import Candidate, Context
from marsad.records import Event, EventType, Place, Span, Time, content_id

if TYPE_CHECKING:
    from marsad.reading.events.find import Found


_CONTEXT = 12
"""How many tokens on either side of a trigger give it a context."""


_MODE = 6
"""How many tokens after a trigger may give its mode."""
_FAR = 14
"""How far from a trigger its time or place may stand, in tokens."""
_BORDER = 4
"""How many tokens a verb or the end of a clause counts as."""
_SHARED = 0.4
"""Share of the fewer words around two triggers that must be common for one to repeat the other."""
_CONTENT = frozenset(("NOUN", "VERB", "ADJ", "NUM"))


class Details:
    """Makes records of the accepted events of one document."""

    def __init__(self, context: Context, times: Sequence[Time]) -> None:
        self.context = context
        self.times = times
        self._ends = function_words("clause_ends").words
        self._inside_words = function_words("inside").words
        self._time_starts = [time.span.start for time in times]
        self.text = context.document.text

    def records(self, found: Sequence[Found]) -> tuple[Event, ...]:
        """The records, in text order."""
        out: list[Event] = []
        for number, event in enumerate(found):
            record = self._record(event)
            for k in range(number - 1, -1, -1):
                if _agree(out[k], record) and self._repeats(found[k].candidate, event.candidate, out[k], record):
                    record = msgspec.structs.replace(record, same_as=out[k].same_as or out[k].id)
                    break
            out.append(record)
        return tuple(out)

    def _repeats(self, first: Candidate, second: Candidate, one: Event, other: Event) -> bool:
        """Whether the second trigger tells the first event again: by a definite noun («الزيارة»), by the same word
        after a heading or on the same day, or in words that are mostly the same."""
        tokens = self.context.tokens
        if tokens[first.token].sentence == tokens[second.token].sentence:
            return False
        token = tokens[second.token]
        if token.pos == "NOUN" and token.definite and not token.enclitic:
            return True
        heading = self.context.document.sentences[tokens[first.token].sentence].heading
        if one.rule == other.rule and (heading or (one.time is not None and other.time is not None)):
            return True
        a, b = self._words(first), self._words(second)
        return len(a & b) >= max(_SHARED * min(len(a), len(b)), 2)

    def _words(self, candidate: Candidate) -> frozenset[str]:
        """Lemmas around a trigger that are no names of actors."""
        tokens, layer = self.context.tokens, self.context.layer
        sentence = self.context.document.sentences[tokens[candidate.token].sentence]
        first, last = max(sentence.first, candidate.first - _CONTEXT), min(sentence.last, candidate.last + _CONTEXT)
        return frozenset(
            tokens[i].lemma for i in range(first, last) if tokens[i].pos in _CONTENT and layer.at(i) is None
        )

    def _record(self, event: Found) -> Event:
        candidate = event.candidate
        trigger = self._trigger(candidate)
        sources, targets = _codes(event.sources), _codes(event.targets)
        rows = [hit.row for hit in candidate.hits if hit.type == event.type]
        identity = content_id("event", trigger.start, trigger.end, event.type)
        rule = rows[0].id if rows else f"{event.type}.{candidate.cue.rule if candidate.cue else 'other'}"
        return Event(
            id=identity, type=event.type, trigger=trigger, sources=sources, targets=targets, status=event.status,
            statement=event.holder.id if event.holder else None, rule=rule,
            confidence=round(event.confidence, 3),
            mode=self._mode(candidate, event.type) or next((row.mode for row in rows if row.mode), None),
            contexts=self._contexts(candidate, [name for row in rows for name in row.contexts]),
            source_sectors=_sectors(event.sources), target_sectors=_sectors(event.targets),
            source_spans=self._spans(event.sources), target_spans=self._spans(event.targets),
            time=self._time(candidate), place=self._place(candidate, {*sources, *targets}),
        )  # fmt: skip

    def _mode(self, candidate: Candidate, kind: EventType) -> str | None:
        """The mode that a word near the trigger gives: of its own noun phrase, or of what is asked or threatened."""
        words = trigger_index().modes[kind]
        if not words:
            return None
        tokens = self.context.tokens
        sentence = self.context.document.sentences[tokens[candidate.token].sentence]
        found: list[tuple[int, str]] = []
        for i in range(candidate.first, min(sentence.last, candidate.last + _MODE)):
            token = tokens[i]
            if i >= candidate.last and token.norm in self._ends:
                break
            given = words.get(token.lemma) or words.get(token.stem)
            if given is not None:
                found.append(given)
        return min(found)[1] if found else None

    def _contexts(self, candidate: Candidate, own: list[str]) -> tuple[str, ...]:
        """PLOVER contexts: those of the rows, and those that words of the clause around the trigger point at."""
        sentence = self.context.document.sentences[self.context.tokens[candidate.token].sentence]
        first, last = max(sentence.first, candidate.first - _CONTEXT), min(sentence.last, candidate.last + _CONTEXT)
        fields = fields_of(self.context.tokens, first, last).values()
        return tuple(dict.fromkeys([*own, *(field.context for field in fields if field.context)]))

    def _span(self, start: int, end: int) -> Span:
        return Span(start=start, end=end, quote=self.text[start:end])

    def _trigger(self, candidate: Candidate) -> Span:
        tokens = self.context.tokens
        first, last = tokens[candidate.first], tokens[candidate.last - 1]
        start = first.start
        for clitic in first.proclitics:
            if clitic in ("و", "ف", "ب", "ل", "ك") and self.text.startswith(clitic, start):
                start += len(clitic)
        return self._span(min(start, last.end - 1), last.end)

    def _spans(self, fillers: Sequence[Filler]) -> tuple[Span, ...]:
        seen = dict.fromkeys((m.start, m.end) for filler in fillers for m, _ in filler.mentions[:1])
        return tuple(self._span(start, end) for start, end in seen)

    def _time(self, candidate: Candidate) -> Time | None:
        """The time expression that dates the trigger: in its sentence, on its side of the reported words, the nearest.

        Borders of clauses count as distance; «منذ» says how long something has lasted, not when something happened.
        """
        tokens = self.context.tokens
        sentence = self.context.document.sentences[tokens[candidate.token].sentence]
        holder = self.context.holders[candidate.token]
        best: tuple[int, int, Time] | None = None
        for number in range(bisect_left(self._time_starts, sentence.start), len(self.times)):
            time = self.times[number]
            if time.span.start >= sentence.end:
                break
            first = self.context.token_at(time.span.start)
            if self.context.holders[first] is not holder or tokens[first].norm == "منذ":
                continue
            low, high = (candidate.last, first) if first >= candidate.last else (first + 1, candidate.first)
            borders = sum(token.norm in self._ends or token.pos == "VERB" for token in tokens[low:high])
            distance = high - low + _BORDER * borders
            if distance <= _FAR and (best is None or (distance, number) < best[:2]):
                best = (distance, number, time)
        return best[2] if best else None

    def _place(self, candidate: Candidate, parties: set[str]) -> Place | None:
        """The place that «في» or the like introduces: after the trigger in its clause, else shortly before."""
        tokens = self.context.tokens
        layer = self.context.layer
        sentence = self.context.document.sentences[tokens[candidate.token].sentence]
        end = candidate.last
        while end < min(sentence.last, candidate.last + _FAR):
            token = tokens[end]
            if token.norm in self._ends or (token.pos == "VERB" and end > candidate.last + 1):
                break
            end += 1
        start = candidate.first
        while start > max(sentence.first, candidate.first - _CONTEXT) and tokens[start - 1].norm not in self._ends:
            start -= 1
        for first, last in ((candidate.last, end), (start, candidate.first)):
            for mention in layer.within(first, last):
                if mention.kind not in ("place", "state", "capital"):
                    continue
                dealt_with = mention.kind != "place" and bool(parties.intersection(layer.codes(mention)))
                if self._inside(mention, sentence.first, dealt_with):
                    return layer.place(mention)
        return None

    def _inside(self, mention: ActorMention, first: int, dealt_with: bool) -> bool:
        """Whether a preposition says that something is in the place, a noun («مدينة») between them at most.

        «ب» before a state or capital that takes part («اتصلت بتل أبيب») is no place.
        """
        tokens = self.context.tokens
        if mention.proclitics.endswith("ب"):
            return not dealt_with
        for i in range(mention.first - 1, max(first, mention.first - 3) - 1, -1):
            if tokens[i].norm in self._inside_words:
                return True
            if tokens[i].pos != "NOUN":
                return tokens[i].proclitics[-1:] == ("ب",)
        return False


def _agree(one: Event, other: Event) -> bool:
    """Whether two reports of an article may be of one event: the same act between the same actors at no other time."""
    return bool(
        one.type == other.type and one.status == other.status
        and one.sources == other.sources and one.targets == other.targets
        and ((one.sources and one.targets) or one.rule == other.rule)
        and (one.mode is None or other.mode is None or one.mode == other.mode)
        and (one.time is None or other.time is None or one.time.value == other.time.value)
        and (one.place is None or other.place is None or one.place.country == other.place.country)
    )  # fmt: skip


def _codes(fillers: Sequence[Filler]) -> tuple[str, ...]:
    codes = [filler.code for filler in fillers]
    return tuple(sorted(codes, key=lambda code: code not in PEOPLE))


def _sectors(fillers: Sequence[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for filler in fillers for m, _ in filler.mentions[:1] for s in m.sectors))
