"""Task: which words report an event, of which type and status, who did it to whom, and who holds the claim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.lexicon.triggers import load_triggers
from marsad.reading.actors.find import find_actors
from marsad.reading.events.arguments import ArgumentFinder, Filler
from marsad.reading.events.candidates import Candidate, Context, find_candidates
from marsad.reading.events.features import CandidateFeatures, holder_features, status_features, type_features
from marsad.reading.events.find import REFERRED_TO, VERBAL
from marsad.reading.statements.find import find_statements
from marsad.records import Article
from marsad.text.analyse import analyse
from training.instance import Instance

MODELS = {
    "event-word": (3, 0.3, 0.04),
    "event": (3, 0.15, 0.03),
    "event-news": (3, 0.4, 0.04),
    "event-type": (3, 0.5, 0.16),
    "event-role": (3, 0.06, 0.03),
    "event-status": (3, 0.3, 0.08),
    "event-holder": (2, 0.5, 0.03),
}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


SENTENCES = Path(__file__).resolve().parent.parent.parent / "training/event-sentences.tsv"
INVENTED = 1.5
"""Weight of an invented sentence: short, and clearer than a sentence of the news."""


def context_of(article: dict[str, Any]) -> CandidateFeatures:
    """The event layer's view of a labelled article."""
    document = analyse(article["text"])
    layer = find_actors(document, Article(text=article["text"], outlet=article.get("outlet")))
    context = Context(document, layer, find_statements(document, layer))
    return CandidateFeatures(context, find_candidates(context))


def align(features: CandidateFeatures, events: list[dict[str, Any]]) -> tuple[dict[int, dict[str, Any]], set[int]]:
    """Labelled events by candidate token, and tokens of candidates that belong to an event of another candidate.

    Where a label names only a part of a phrase («عقوبات» of «فرضت … عقوبات»), the phrase's head gets it, unless
    another label holds the head.
    """
    tokens = features.tokens
    out: dict[int, dict[str, Any]] = {}
    shared: set[int] = set()

    def meets(index: int, event: dict[str, Any]) -> bool:
        trigger = event["trigger"]
        return bool(tokens[index].start < trigger["end"] and tokens[index].end > trigger["start"])

    for event in events:
        heads = [c for c in features.candidates if meets(c.token, event)]
        parts = [c for c in features.candidates if any(meets(k, event) for k in _words(c))]
        pool = [c for c in heads if c.token not in out] or [c for c in parts if c.token not in out]
        if not pool:
            continue
        best = min(pool, key=lambda c: (event["type"] not in {h.type for h in c.hits}, c.within >= 0, c.token))
        outer = features.at.get(best.within)
        if outer is not None and outer.token not in out and event["type"] in {h.type for h in outer.hits}:
            best = best if any(meets(outer.token, other) for other in events) else outer
        out[best.token] = event
        shared.update(c.token for c in heads + parts)
    return out, shared - set(out)


def role_of(filler: Filler, event: dict[str, Any]) -> str:
    """The label of a filler."""
    return "source" if filler.code in event["sources"] else "target" if filler.code in event["targets"] else "none"


def _words(candidate: Candidate) -> set[int]:
    return candidate.parts | set(range(candidate.first, candidate.last))


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """Instances of all models."""
    yield from sentence_instances()
    for article in articles:
        features = context_of(article)
        events, shared = align(features, article["events"])
        name = article["id"]
        arguments = ArgumentFinder(features.context, features)
        for candidate in features.candidates:
            event = events.get(candidate.token)
            if event is None and candidate.token in shared:
                continue
            label = "yes" if event else "no"
            strings = features.features(candidate)
            yield "event-word", Instance(tuple(features.word_features(candidate)), label, name)
            yield "event", Instance(tuple(strings), label, name)
            if event is None:
                continue
            kind = event["type"]
            yield "event-type", Instance(tuple(type_features(strings)), kind, name)
            status = status_features(features, candidate, kind)
            yield "event-status", Instance(tuple(status), event["status"], name)
            fillers = arguments.fillers(candidate)
            for filler, row in zip(fillers, arguments.features(candidate, kind, fillers), strict=True):
                yield "event-role", Instance(tuple(row), role_of(filler, event), name)
            inner = candidate.holder
            if inner is not None and kind in VERBAL:
                yield from _holder(features, candidate, event, inner, article, name)


def sentence_instances() -> Iterator[tuple[str, Instance]]:
    """Instances of invented sentences: `training/event-sentences.tsv`, and the examples and counters of the rows."""
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        marked, kind, *rest = line.split("\t")
        start, end = marked.index("["), marked.index("]") - 1
        text = marked.replace("[", "").replace("]", "")
        features = context_of({"text": text})
        for candidate in features.candidates:
            if start <= features.tokens[candidate.token].start < end and kind == "-":
                yield from _unlike(features, candidate, text)
            elif start <= features.tokens[candidate.token].start < end:
                sides = [side.split(",") if side else [] for side in rest[0].split(">")]
                event = {"type": kind, "status": rest[1], "sources": sides[0], "targets": sides[1]}
                yield from _like(features, candidate, event, text)
                break
    for kind, loaded in load_triggers().items():
        for row in loaded.rows:
            features = context_of({"text": row.example})
            own = [c for c in features.candidates if row.id in {hit.row.id for hit in c.hits}]
            for candidate in own[:1]:
                yield from _like(features, candidate, {"type": kind}, row.example)
            features = context_of({"text": row.counter})
            for candidate in features.candidates:
                if kind in {hit.type for hit in candidate.hits}:
                    yield from _unlike(features, candidate, row.counter)


def _unlike(features: CandidateFeatures, candidate: Candidate, name: str) -> Iterator[tuple[str, Instance]]:
    yield "event-word", Instance(tuple(features.word_features(candidate)), "no", name, INVENTED)
    yield "event", Instance(tuple(features.features(candidate)), "no", name, INVENTED)


def _like(
    features: CandidateFeatures, candidate: Candidate, event: dict[str, Any], name: str
) -> Iterator[tuple[str, Instance]]:
    strings, kind = features.features(candidate), event["type"]
    yield "event-word", Instance(tuple(features.word_features(candidate)), "yes", name, INVENTED)
    yield "event", Instance(tuple(strings), "yes", name, INVENTED)
    yield "event-type", Instance(tuple(type_features(strings)), kind, name, INVENTED)
    if "status" not in event:
        return
    status = status_features(features, candidate, kind)
    yield "event-status", Instance(tuple(status), event["status"], name, INVENTED)
    arguments = ArgumentFinder(features.context, features)
    fillers = arguments.fillers(candidate)
    for filler, row in zip(fillers, arguments.features(candidate, kind, fillers), strict=True):
        yield "event-role", Instance(tuple(row), role_of(filler, event), name, INVENTED)


def word_instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """Instances of articles in which single words are labelled: is it an event, of which type and status?"""
    for article in articles:
        features = context_of(article)
        name = article["id"]
        for trigger in article["triggers"]:
            for candidate in features.candidates:
                if features.tokens[candidate.token].start != trigger["start"]:
                    continue
                kind = trigger["type"]
                label = "yes" if kind else "no"
                strings = features.features(candidate)
                yield "event-word", Instance(tuple(features.word_features(candidate)), label, name)
                yield "event", Instance(tuple(strings), label, name)
                referred_to = not REFERRED_TO.isdisjoint(hit.type for hit in candidate.hits)
                if referred_to and (kind is None or trigger["status"] == "actual"):
                    yield "event-news", Instance(tuple(strings), label, name)
                if kind:
                    yield "event-type", Instance(tuple(type_features(strings)), kind, name)
                    status = status_features(features, candidate, kind)
                    yield "event-status", Instance(tuple(status), trigger["status"], name)


def _holder(
    features: CandidateFeatures,
    candidate: Candidate,
    event: dict[str, Any],
    inner: Any,
    article: dict[str, Any],
    name: str,
) -> Iterator[tuple[str, Instance]]:
    """Whether the label's holder is the innermost labelled statement around the trigger, or one further out."""
    at = event["trigger"]["start"]
    around = [
        (sum(c["end"] - c["start"] for c in s["content"]), s["id"])
        for s in article["statements"]
        if any(c["start"] <= at < c["end"] for c in s["content"])
    ]
    if not around:
        return
    own = bool(set(inner.speaker.affiliation) & set(event["sources"]))
    label = "inner" if event["statement"] == min(around)[1] else "outer"
    yield "event-holder", Instance(
        tuple(holder_features(features, candidate, event["type"], inner, own)), label, name
    )  # fmt: skip
