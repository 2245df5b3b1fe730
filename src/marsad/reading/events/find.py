"""Events: who did what to whom, in the PLOVER ontology (GUIDELINES section 2).

Candidates (`events.candidates`) are judged by scorers over features of their words and clause (`events.features`):
event or not, of which type, with which status.  `events.arguments` gives source and target.  The holder of an event
is the innermost statement whose content covers it, except that a speaker's own verbal act is not held by the
statement that performs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from marsad.reading.actors.find import ActorLayer
from marsad.reading.events.arguments import PEOPLE, ArgumentFinder, Filler
from marsad.reading.events.candidates import Candidate, Context, find_candidates
from marsad.reading.events.details import Details
from marsad.reading.events.features import CandidateFeatures, holder_features, status_features, type_features
from marsad.reading.scorer import load_scorer
from marsad.records import Event, EventType, Span, Statement, Status, Time, content_id
from marsad.text.document import Document

ACCEPT = 0.3
"""Least probability of being an event of its likeliest type (held-out folds: best F1 of type in sentence)."""
PLAUSIBLE = 0.25
"""Least probability of being an event at all from which its type is asked for."""
WORTH_READING = 0.12
"""Probability by the word alone from which its clause is looked at."""
REFERRED_TO = frozenset(("ASSAULT", "PROTEST"))
NEWS = 0.09
"""Least probability that an attack or protest is reported and no background; by the labelled trigger words."""
SOURCE, BEST_SOURCE = 0.40, 0.10
TARGET, BEST_TARGET = 0.50, 0.20
"""Least probability of a role, and of its likeliest filler when none reaches it (tuned on held-out folds)."""
VERBAL = frozenset(("REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE"))

MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""Types that those between whom they are («بين») do together."""


@dataclass(slots=True)
class Found:
    """An accepted candidate on its way to a record."""

    candidate: Candidate
    type: EventType
    confidence: float
    sources: list[Filler] = field(default_factory=list)
    targets: list[Filler] = field(default_factory=list)
    status: Status = "actual"
    holder: Statement | None = None


def find_events(
    document: Document, layer: ActorLayer, times: Sequence[Time], statements: Sequence[Statement]
) -> tuple[Event, ...]:
    """All events of the document in text order."""
    context = Context(document, layer, statements)
    features = CandidateFeatures(context, find_candidates(context))
    found = choose(features)
    arguments = ArgumentFinder(context, features)
    for event in found:
        assign_roles(arguments, event)
    found = [event for event in found if event.sources or event.targets]
    for event in found:
        event.status = status_of(features, event)
    found = [event for event in found if is_news(features, event)]
    for event in found:
        event.holder = holder_of(context, features, event)
    return Details(context, times).records(found)


def is_news(features: CandidateFeatures, event: Found) -> bool:
    """Whether the sentence reports the event: attacks and protests are often only referred to («منذ هجوم …»)."""
    if event.type not in REFERRED_TO or event.status != "actual":
        return True
    return load_scorer("event-news").probability(features.features(event.candidate)) >= NEWS


def choose(features: CandidateFeatures) -> list[Found]:
    """The candidates that are events, with their types, in text order; of those that share words, the likeliest."""
    quick, scorer = load_scorer("event-word"), load_scorer("event")
    typer = load_scorer("event-type")
    found: list[Found] = []
    for candidate in features.candidates:
        if quick.probability(features.word_features(candidate)) < WORTH_READING:
            continue
        strings = features.features(candidate)
        probability = scorer.probability(strings)
        if probability < PLAUSIBLE:
            continue
        types = typer.probabilities(type_features(strings))
        best = max(types, key=lambda name: (types[name], name))
        if probability * types[best] >= ACCEPT:
            found.append(Found(candidate, cast("EventType", best), probability * types[best]))
    found.sort(key=lambda event: (-event.confidence, event.candidate.token))
    covered: set[int] = set()
    out: list[Found] = []
    for event in found:
        candidate = event.candidate
        if candidate.token in covered:
            continue
        out.append(event)
        covered.update(candidate.parts)
        if candidate.within >= 0:
            covered.add(candidate.within)
    out.sort(key=lambda event: event.candidate.token)
    return out


def assign_roles(arguments: ArgumentFinder, event: Found) -> None:
    """Fill the event's sources and targets."""
    scorer = load_scorer("event-role")
    fillers = arguments.fillers(event.candidate)
    if not fillers:
        return
    rows = arguments.features(event.candidate, event.type, fillers)
    scores = [scorer.probabilities(row) for row in rows]
    event.sources, event.targets = roles(list(zip(fillers, scores, strict=True)))
    between = [f for f in fillers if f.mentions and f.mentions[0][1].name == "after:بين"]
    if event.type in MUTUAL and len(between) > 1:
        event.sources, event.targets = between, []


def roles(ranked: Sequence[tuple[Filler, dict[str, float]]]) -> tuple[list[Filler], list[Filler]]:
    """Sources and targets among fillers with the probabilities of their roles."""
    sources = [f for f, p in ranked if p["source"] >= SOURCE and p["source"] >= p["target"]]
    targets = [f for f, p in ranked if p["target"] >= TARGET and p["target"] > p["source"]]
    if not targets:
        targets = _best([(p["target"], f) for f, p in ranked if f not in sources], BEST_TARGET)
    if not sources:
        sources = _best([(p["source"], f) for f, p in ranked if f not in targets], BEST_SOURCE)
    return sources, targets


def _best(scored: Sequence[tuple[float, Filler]], least: float) -> list[Filler]:
    """The likeliest filler, if it is likely enough."""
    best = max(scored, key=lambda item: (item[0], item[1].code), default=None)
    return [best[1]] if best is not None and best[0] > least else []


def codes_of(fillers: Sequence[Filler]) -> tuple[str, ...]:
    """Codes with people first, their state second."""
    codes = [filler.code for filler in fillers]
    return tuple(sorted(codes, key=lambda code: code not in PEOPLE))


def status_of(features: CandidateFeatures, event: Found) -> Status:
    """Whether the event happened, is planned, called for, denied or imagined."""
    p = load_scorer("event-status").probabilities(status_features(features, event.candidate, event.type))
    return cast("Status", max(p, key=lambda name: (p[name], name)))


def holder_of(context: Context, features: CandidateFeatures, event: Found) -> Statement | None:
    """The statement that claims the event, or None for the writer."""
    inner = event.candidate.holder
    if inner is None or event.type not in VERBAL:
        return inner
    own = set(inner.speaker.affiliation) & {filler.code for filler in event.sources}
    strings = holder_features(features, event.candidate, event.type, inner, bool(own))
    if load_scorer("event-holder").probability(strings, "outer") > 0.5:
        return context.by_id.get(inner.parent) if inner.parent else None
    return inner


__all__ = ["Event", "Span", "content_id", "find_events"]
