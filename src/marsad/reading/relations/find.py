"""Relations: how two actors stand, as a clause claims it.

Relation words are rows of the lexicon.  For each match the likeliest pair of parties is chosen by its row's frame
(`relations.pairs`), a scorer trained on the project's labels says whether a relation is claimed there at all (single
acts, topics and background are none), and three more say polarity, domain and trend.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from marsad.lexicon.relations import load_relations
from marsad.reading.actors.find import ActorLayer
from marsad.reading.concepts.keys import relation_concept
from marsad.reading.relations.candidates import Finder
from marsad.reading.relations.features import accept_features, domain_features, trend_features, worded_domain
from marsad.reading.relations.pairs import pairs
from marsad.reading.relations.polarity import polarity
from marsad.reading.relations.trigger import UNKNOWN, Party, Trigger
from marsad.reading.scorer import load_scorer
from marsad.records import Domain, Relation, Span, Statement, Time, Trend, content_id
from marsad.text.document import Document

_THRESHOLD = 0.16
_SAME_CLAIM = 8
"""Two words of one pair that stand so near (in tokens) make one claim."""
_SPAN_REACH = 25


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that a trigger may relate: `cost` by its frame, `gap` to the next other pair."""

    trigger: Trigger
    a: Party
    b: Party
    cost: float
    gap: float
    sibling: bool


def find_relations(
    document: Document, layer: ActorLayer, statements: Sequence[Statement], times: Sequence[Time] = ()
) -> tuple[Relation, ...]:
    """The relations that a document claims, in the order of the text."""
    data = load_relations()
    finder = Finder(document, layer, statements, data)
    scorer = load_scorer("relation")
    scored: list[tuple[float, int, Candidate]] = []
    for number, candidate in enumerate(candidates(finder)):
        features = accept_features(document, candidate)
        probability = scorer.probability(features)
        if probability >= _THRESHOLD:
            scored.append((probability, number, candidate))
    scored.sort(key=lambda item: (-item[0], item[1]))
    kept: list[tuple[float, Candidate]] = []
    for probability, _, candidate in scored:
        sign = polarity(candidate.trigger)[0]
        if not any(_same(candidate, sign, other, polarity(other.trigger)[0]) for _, other in kept):
            kept.append((probability, candidate))
    kept.sort(key=lambda item: (item[1].trigger.first, item[1].trigger.last, item[1].a.codes, item[1].b.codes))
    return tuple(_record(document, finder, times, *item) for item in kept)


def candidates(finder: Finder) -> Iterator[Candidate]:
    """For each trigger its likeliest pair, and those that a coordination adds («مع روسيا وأوكرانيا»)."""
    for trigger in finder.triggers():
        found = pairs(finder.data, trigger)
        if not found:
            continue
        cost, a, b = found[0]
        one = {a.codes, b.codes}
        gap = next((other - cost for other, x, y in found if {x.codes, y.codes} != one), 20.0)
        for other, x, y in found:
            first = x is a and y is b
            if (first or (x is a and _siblings(b, y)) or (y is b and _siblings(a, x))) and UNKNOWN not in (
                x.codes,
                y.codes,
            ):
                yield Candidate(trigger, x, y, other, gap, not first)


def _siblings(one: Party, other: Party) -> bool:
    if one.slot != other.slot or one.codes == other.codes or one.slot == "dyad":
        return False
    if one.number == other.number >= 0:
        return one.part != other.part
    if one.first < 0 or other.first < 0 or abs(one.first - other.first) > 12:
        return False
    return one.joined or other.joined or (one.slot == "adjective" and one.kind == other.kind == "adjective")


def _same(candidate: Candidate, sign: int, other: Candidate, other_sign: int) -> bool:
    if candidate.trigger.sentence != other.trigger.sentence:
        return False
    if {candidate.a.codes, candidate.b.codes} != {other.a.codes, other.b.codes}:
        return False
    if sign != other_sign and candidate.a.codes == other.b.codes and candidate.trigger.row.directed:
        return False  # «فيجي تدعم مدغشقر، لكن مدغشقر لا تدعم فيجي»
    if abs(candidate.trigger.first - other.trigger.first) < _SAME_CLAIM:
        return True
    return sign == other_sign and worded_domain(candidate.trigger) == worded_domain(other.trigger)


def _best(model: str, features: Sequence[str]) -> str:
    found = load_scorer(model).probabilities(features)
    return max(found, key=lambda name: (found[name], name))


def _record(
    document: Document,
    finder: Finder,
    times: Sequence[Time],
    probability: float,
    candidate: Candidate,
) -> Relation:
    trigger, row = candidate.trigger, candidate.trigger.row
    domain = cast(Domain, _best("relation-domain", domain_features(candidate)))
    trend_word = _best("relation-trend", trend_features(document, candidate))
    sign, state = polarity(trigger)
    trend = None if trend_word == "none" else cast(Trend, trend_word)
    first, last = _clause(candidate)
    start, end = document.tokens[first].start, document.tokens[last - 1].end
    span = Span(start=start, end=end, quote=document.text[start:end])
    a, b = candidate.a.codes, candidate.b.codes
    holder = finder.holder(start, end) or trigger.statement
    return Relation(
        id=content_id("relation", start, end, a, b, domain),
        a=a,
        b=b,
        directed=row.directed,
        domain=domain,
        polarity=sign,  # type: ignore[arg-type]
        trend=trend,
        span=span,
        statement=holder.id if holder else None,
        rule=row.id,
        confidence=round(probability, 4),
        level=next((w.says for w in trigger.words if w.of == "level" and _near(w.first, trigger)), None),
        state=state,
        since=_since(document, trigger, times),
        concept=relation_concept(a, b, row.directed, domain, trend, span.quote, sign, row.polarity),
    )


def _near(token: int, trigger: Trigger) -> bool:
    return trigger.first - 3 <= token < trigger.last + 6


def _clause(candidate: Candidate) -> tuple[int, int]:
    """Tokens of the words that claim the relation: the trigger and its parties where they stand near it."""
    trigger = candidate.trigger
    first, last = trigger.first, trigger.last
    for party in (candidate.a, candidate.b):
        if party.first >= 0 and abs(party.first - trigger.first) <= _SPAN_REACH:
            first, last = min(first, party.first), max(last, party.last)
    return first, last


def _since(document: Document, trigger: Trigger, times: Sequence[Time]) -> Time | None:
    """The time after «منذ» in the trigger's sentence, if any."""
    sentence = document.sentences[trigger.sentence]
    for token in document.tokens[trigger.last : sentence.last]:
        if token.norm == "منذ":
            for time in times:
                if token.start <= time.span.start <= token.end + 2:
                    return time
    return None
