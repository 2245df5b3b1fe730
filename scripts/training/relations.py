"""Task: which candidates are relations, and their domain and trend."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marsad.lexicon.relations import Row, load_relations
from marsad.reading.actors.find import find_actors
from marsad.reading.relations.candidates import Finder
from marsad.reading.relations.features import accept_features, domain_features, trend_features
from marsad.reading.relations.find import Candidate, candidates
from marsad.reading.statements.find import find_statements
from marsad.records import Article
from marsad.text.analyse import analyse
from marsad.text.document import Document
from training.instance import Instance

MODELS = {
    "relation": (2, 0.05, 0.01),
    "relation-domain": (1, 0.3, 0.02),
    "relation-trend": (1, 1.0, 0.02),
}
"""Name -> least count of a feature, inverse strength of regularisation, smallest weight that is stored."""


SENTENCES = Path(__file__).resolve().parent.parent.parent / "training/relation-sentences.tsv"
EXAMPLE_WEIGHT = 0.3
"""Weight of the rows' own examples, which stand for words that the labelled articles do not hold."""


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """A candidate is right where its words lie in the span of a labelled relation of the same pair."""
    data = load_relations()
    for row in data.rows.values():
        yield from _examples(row)
    yield from _sentences()
    for article in articles:
        document = analyse(article["text"])
        layer = find_actors(document, Article(**{key: article.get(key) for key in ("text", "title", "date", "outlet")}))
        statements = find_statements(document, layer)
        for candidate in candidates(Finder(document, layer, statements, data)):
            gold = matching(article["relations"], document, candidate)
            label = "yes" if gold else "no"
            yield "relation", Instance(tuple(accept_features(document, candidate)), label, article["id"])
            if gold:
                yield "relation-domain", Instance(tuple(domain_features(candidate)), gold["domain"], article["id"])
                features = tuple(trend_features(document, candidate))
                yield "relation-trend", Instance(features, gold["trend"] or "none", article["id"])


def _examples(row: Row) -> Iterator[tuple[str, Instance]]:
    source = row.source
    name = f"example {row.id}"
    yield from _invented(name, source.example, source.pair, source.trend, row.id)
    yield from _invented(name, source.counter, "", None, row.id)


def _sentences() -> Iterator[tuple[str, Instance]]:
    for number, line in enumerate(SENTENCES.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            text, pair, trend = line.split("\t")
            yield from _invented(f"sentence {number}", text, pair, trend, None)


def _invented(name: str, text: str, pair: str, trend: str | None, row: str | None) -> Iterator[tuple[str, Instance]]:
    """Instances of the example of a row; without a row, of a sentence that teaches trends alone."""
    document = analyse(text)
    layer = find_actors(document, Article(text=text))
    sides = re.split("[=>]", pair) if pair else []
    for candidate in candidates(Finder(document, layer, find_statements(document, layer), load_relations())):
        found = [candidate.a.codes[0], candidate.b.codes[0]]
        right = found == sides or ("=" in pair and found[::-1] == sides)
        label = "yes" if right else "no"
        if row is not None:
            yield "relation", Instance(tuple(accept_features(document, candidate)), label, name, EXAMPLE_WEIGHT)
        if right and row in (None, candidate.trigger.row.id):
            if row is not None:
                domain = tuple(domain_features(candidate))
                yield "relation-domain", Instance(domain, candidate.trigger.row.domain, name, EXAMPLE_WEIGHT)
            features = tuple(trend_features(document, candidate))
            yield "relation-trend", Instance(features, trend or "none", name, EXAMPLE_WEIGHT if row else 1.0)


def matching(relations: list[dict[str, Any]], document: Document, candidate: Candidate) -> dict[str, Any] | None:
    """The labelled relation that a candidate stands for, if any."""
    trigger = candidate.trigger
    start, end = document.tokens[trigger.first].start, document.tokens[trigger.last - 1].end
    a, b = set(candidate.a.codes), set(candidate.b.codes)
    for relation in relations:
        if relation["span"]["start"] < end and start < relation["span"]["end"]:
            x, y = set(relation["a"]), set(relation["b"])
            if (x, y) == (a, b) or (not relation["directed"] and (x, y) == (b, a)):
                return relation
    return None
