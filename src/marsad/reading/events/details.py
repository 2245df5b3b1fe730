"""What an event record holds beside type and roles: spans, sectors, mode, contexts, time, place, duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from marsad.lexicon.fields import fields_of
from marsad.reading.events.arguments import PEOPLE, Filler
from marsad.reading.events.candidates import Candidate, Context
from marsad.records import Event, Place, Span, Time, content_id

if TYPE_CHECKING:
    from marsad.reading.events.find import Found


_CONTEXT = 12
"""How many tokens on either side of a trigger give it a context."""


class Details:
    """Makes records of the accepted events of one document."""

    def __init__(self, context: Context, times: Sequence[Time]) -> None:
        self.context = context
        self.times = times
        self.text = context.document.text

    def records(self, found: Sequence[Found]) -> tuple[Event, ...]:
        """The records, in text order."""
        first: dict[tuple[object, ...], str] = {}
        out: list[Event] = []
        for event in found:
            record = self._record(event, first)
            out.append(record)
        return tuple(out)

    def _record(self, event: Found, first: dict[tuple[object, ...], str]) -> Event:
        candidate = event.candidate
        trigger = self._trigger(candidate)
        sources, targets = _codes(event.sources), _codes(event.targets)
        rows = [hit.row for hit in candidate.hits if hit.type == event.type]
        identity = content_id("event", trigger.start, trigger.end, event.type)
        time = self._time(candidate)
        key = (event.type, sources, targets, event.status, time.value if time else None)
        same = first.get(key) if sources and targets else None
        if sources and targets and same is None:
            first[key] = identity
        mode = next((row.mode for row in rows if row.mode), None)
        contexts = self._contexts(candidate, [name for row in rows for name in row.contexts])
        rule = rows[0].id if rows else f"{event.type}.{candidate.cue.rule if candidate.cue else 'other'}"
        return Event(
            id=identity, type=event.type, trigger=trigger, sources=sources, targets=targets, status=event.status,
            statement=event.holder.id if event.holder else None, rule=rule,
            confidence=round(event.confidence, 3), mode=mode, contexts=contexts,
            source_sectors=_sectors(event.sources), target_sectors=_sectors(event.targets),
            source_spans=self._spans(event.sources), target_spans=self._spans(event.targets),
            time=time, place=self._place(candidate), same_as=same,
        )  # fmt: skip

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
        """The time expression of the trigger's sentence that stands nearest to it."""
        tokens = self.context.tokens
        sentence = self.context.document.sentences[tokens[candidate.token].sentence]
        at = tokens[candidate.token].start
        near = [t for t in self.times if sentence.start <= t.span.start < sentence.end]
        return min(near, key=lambda t: (abs(t.span.start - at), t.span.start)) if near else None

    def _place(self, candidate: Candidate) -> Place | None:
        """The first place after the trigger that «في» or a like preposition introduces."""
        tokens = self.context.tokens
        sentence = self.context.document.sentences[tokens[candidate.token].sentence]
        for mention in self.context.layer.within(candidate.last, sentence.last):
            before = tokens[mention.first - 1].norm
            inside = before in ("في", "داخل", "قرب", "شمال", "جنوب", "شرق", "غرب") or mention.proclitics.endswith("ب")
            if mention.kind in ("place", "state", "capital") and inside:
                return self.context.layer.place(mention)
        return None


def _codes(fillers: Sequence[Filler]) -> tuple[str, ...]:
    codes = [filler.code for filler in fillers]
    return tuple(sorted(codes, key=lambda code: code not in PEOPLE))


def _sectors(fillers: Sequence[Filler]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(s for filler in fillers for m, _ in filler.mentions[:1] for s in m.sectors))
