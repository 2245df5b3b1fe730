"""Mechanisms: rankers of borders, the scorer that picks cues, and the scorer that accepts a cue with its sides.

The rankers learn from cues that stand between the sides of a labelled mechanism.  The last scorer learns from sides
that rankers found which had not seen the article, so that it knows how often they err.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from marsad.lexicon.connectives import load_connectives, marked
from marsad.reading.actors.find import find_actors
from marsad.reading.mechanisms.borders import Group as FeatureGroup
from marsad.reading.mechanisms.borders import (
    Range,
    anchor,
    end_alone,
    end_in,
    ends,
    far_starts,
    near_starts,
    start_alone,
    start_in,
    stop_of,
)  # fmt: skip
from marsad.reading.mechanisms.cues import Cue, find_cues, walls
from marsad.reading.mechanisms.judge import cue_features, side_features
from marsad.reading.mechanisms.search import MODELS as RANKERS
from marsad.reading.mechanisms.search import Search, Sides
from marsad.reading.mechanisms.view import View
from marsad.reading.scorer import Ranker
from marsad.reading.statements.find import find_statements
from marsad.reading.times.find import find_times
from marsad.records import Article
from marsad.text.analyse import analyse
from training.instance import Instance
from training.ranking import Group, fit_ranker

RANKED = {f"mechanism-{name}": (2, 2.0, 0.02) for name in RANKERS}
MODELS = {"mechanism-cue": (3, 0.05, 0.01), "mechanism": (2, 0.03, 0.005)}
FOLDS = 4
EXAMPLE = 5.0
"""Weight of the rows' own examples, which stand for words that the labelled articles do not hold."""
_WORD = re.compile(r"\w+")


@dataclass
class Labelled:
    """An article as the layer sees it, with its labelled mechanisms as token ranges."""

    id: str
    text: str
    view: View
    cues: list[Cue]
    gold: list[tuple[Range, Range, dict[str, Any]]]
    words: list[Range] = field(default_factory=list)
    groups: dict[str, list[Group]] | None = None
    """Training groups of the rankers, once they were made."""

    def words_of(self, start: int, end: int) -> frozenset[int]:
        """Words (as the evaluation counts them) in characters `start:end`."""
        return frozenset(i for i, (a, b) in enumerate(self.words) if a < end and b > start)

    def span_words(self, span: Range) -> frozenset[int]:
        """Words of a token range without the proclitics of its first token."""
        tokens = self.view.tokens
        first = tokens[span[0]]
        return self.words_of(first.stem_start if first.pos != "PUNCT" else first.start, tokens[span[1] - 1].end)


def prepare(article: dict[str, Any]) -> Labelled:
    """Read the lower layers of a labelled article."""
    record = Article(text=article["text"], id=article["id"], title=article.get("title"), date=article.get("date"))
    document = analyse(record.text)
    layer = find_actors(document, record)
    view = View(document, find_statements(document, layer), find_times(document, record.date), layer.mentions)
    gold = []
    for mechanism in article["mechanisms"]:
        cause, effect = _tokens(view, mechanism["cause"]), _tokens(view, mechanism["effect"])
        if cause is not None and effect is not None:
            gold.append((cause, effect, mechanism))
    cues = find_cues(document)
    view.walls = walls(document, cues)
    words = [match.span() for match in _WORD.finditer(record.text)]
    return Labelled(record.id, record.text, view, cues, gold, words)


def examples() -> list[dict[str, Any]]:
    """The rows' own examples and counter-examples as labelled articles."""
    out = []
    for row in load_connectives().rows.values():
        text, cause, effect = marked(row.example)
        mechanism = {"cause": dict(zip(("start", "end"), cause, strict=True)), "tier": row.tier}
        mechanism |= {"effect": dict(zip(("start", "end"), effect, strict=True))}
        out.append({"id": f"row:{row.id}", "text": text, "mechanisms": [mechanism]})
        out.append({"id": f"counter:{row.id}", "text": row.counter, "mechanisms": []})
    return out


def _tokens(view: View, span: dict[str, int]) -> Range | None:
    inside = [t.index for t in view.tokens if t.start < span["end"] and t.end > span["start"]]
    while len(inside) > 1 and view.tokens[inside[-1]].norm in ".،,؛":
        inside.pop()
    return (inside[0], inside[-1] + 1) if inside else None


def aligned(labelled: Labelled) -> list[tuple[Cue, Range, Range, dict[str, Any]]]:
    """Cues that express a labelled mechanism, with its near and far sides; one mechanism a cue."""
    view = labelled.view
    best: dict[tuple[str, int], tuple[float, Cue, Range, Range, dict[str, Any]]] = {}
    for cause, effect, mechanism in labelled.gold:
        fitting = []
        for cue in labelled.cues:
            near, far = (cause, effect) if cue.row.after == "cause" else (effect, cause)
            cost = _cost(view, cue, near, far, mechanism)
            if cost is not None:
                fitting.append((cost, cue, near, far))
        least = min((f[0] for f in fitting), default=0.0)
        for cost, cue, near, far in fitting:
            key = (cue.row.id, cue.first)
            if cost <= least + 0.35 and (key not in best or cost < best[key][0]):
                best[key] = (cost, cue, near, far, mechanism)
    return [found[1:] for found in best.values()]


def _cost(view: View, cue: Cue, near: Range, far: Range, mechanism: dict[str, Any]) -> float | None:
    """How badly a cue fits between two sides; None when it cannot be what joins them."""
    tokens = view.tokens
    if not tokens[near[0]].sentence == tokens[far[0]].sentence == tokens[cue.first].sentence:
        return None
    if near[0] not in near_starts(view, cue) or far[0] not in far_starts(view, cue, near):
        return None
    words = cue.form in "wc"
    at = anchor(view, cue)
    if cue.row.takes_object and abs(cue.near - near[0]) < abs(at - near[0]):
        at = cue.near
    distance = near[0] - at
    if distance == 1 and (tokens[near[0] - 1].pos == "PUNCT" or view.lowering[near[0] - 1]):
        distance = 0
    if not (-2 <= distance <= 3 if words else -1 <= distance <= 5):
        return None
    if far[0] <= cue.first < far[1] and not (words and far[1] == cue.first + 1):
        return None
    gap = 0.0
    if far[1] <= cue.first:
        commas = view.commas[cue.first] - view.commas[far[1]]
        gap = view.verbs[cue.first] - view.verbs[far[1]] + (0.5 if commas > 1 else 0.0)
    elif words and far[0] - near[1] > 4:
        gap = 0.5
    tier = 0.0 if cue.row.tier == mechanism["tier"] else 0.6
    return abs(distance) + 0.7 * gap + tier + {"p": 0.4, "c": 0.3}.get(cue.form, 0.0)


def groups(labelled: list[Labelled]) -> dict[str, list[Group]]:
    """Training groups of the four rankers."""
    out: dict[str, list[Group]] = {name: [] for name in RANKERS}
    for article in labelled:
        if article.groups is None:
            article.groups = _groups(article)
        for name, found in article.groups.items():
            out[name] += found
    return out


def _groups(article: Labelled) -> dict[str, list[Group]]:
    out: dict[str, list[Group]] = {name: [] for name in RANKERS}
    view = article.view
    for cue, near, far, _ in aligned(article):
        for side, span, starts, other in (
            ("near", near, near_starts(view, cue), None),
            ("far", far, far_starts(view, cue, near), near),
        ):
            out[f"{side}-start"].append((
                [written(start_alone(view, i) + start_in(view, cue, i, side == "near")) for i in starts],
                [float(i == span[0]) for i in starts],
            ))  # fmt: skip
            stop = stop_of(view, cue, span[0], other)
            possible = ends(view, span[0], stop)
            limit = view.limit(cue.first)
            if possible:
                nearest = min(possible, key=lambda e: abs(e - span[1]))
                out[f"{side}-end"].append((
                    [written(end_alone(view, e, limit) + end_in(view, cue, span[0], e, stop)) for e in possible],
                    [float(e == nearest) for e in possible],
                ))  # fmt: skip
    return out


def written(groups: list[FeatureGroup]) -> list[str]:
    """The feature strings of groups."""
    return [feature for function, arguments in groups for feature in function(*arguments)]


def train_search(labelled: list[Labelled]) -> Search:
    """Rankers fitted to some articles."""
    return Search({
        name: Ranker(fit_ranker(items, *RANKED[f"mechanism-{name}"][:2])) for name, items in groups(labelled).items()
    })  # fmt: skip


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """Common elements over all."""
    return len(a & b) / len(a | b) if a | b else 0.0


def matches(article: Labelled, cue: Cue, sides: Sides) -> list[int]:
    """Labelled mechanisms that a cue with these sides would be counted right for."""
    near, far = article.span_words(sides.near), article.span_words(sides.far)
    cause, effect = (near, far) if cue.row.after == "cause" else (far, near)
    out = []
    for number, (_, _, m) in enumerate(article.gold):
        a = article.words_of(m["cause"]["start"], m["cause"]["end"])
        b = article.words_of(m["effect"]["start"], m["effect"]["end"])
        if jaccard(cause, a) >= 0.4 and jaccard(effect, b) >= 0.4:
            out.append(number)
    return out


def instances(articles: list[dict[str, Any]]) -> Iterator[tuple[str, Instance]]:
    """Instances of the two scorers."""
    labelled, rows = [prepare(article) for article in articles], [prepare(example) for example in examples()]
    for fold in range(FOLDS):
        search = train_search([a for i, a in enumerate(labelled) if i % FOLDS != fold] + rows)
        for article in (a for i, a in enumerate(labelled) if i % FOLDS == fold):
            yield from of_article(article, search)
    for row in rows:
        yield from of_row(row, search)


def of_article(article: Labelled, search: Search) -> Iterator[tuple[str, Instance]]:
    """Instances of a labelled article, with the sides that rankers find which have not seen it."""
    article.view.sums.clear()
    expressed = {(cue.row.id, cue.first) for cue, *_ in aligned(article)}
    for cue in article.cues:
        features = cue_features(article.view, cue)
        sides = search.sides(article.view, cue)
        right = bool(sides and matches(article, cue, sides))
        named = right or (cue.row.id, cue.first) in expressed
        yield "mechanism-cue", Instance(tuple(features), "yes" if named else "no", article.id)
        if sides is not None:
            features = features + side_features(article.view, cue, sides)
            yield "mechanism", Instance(tuple(features), "yes" if right else "no", article.id)


def of_row(article: Labelled, search: Search) -> Iterator[tuple[str, Instance]]:
    """Instances of a row's example, with its marked sides, or of its counter-example."""
    article.view.sums.clear()
    kind, name = article.id.split(":")
    expressed = {(cue.row.id, cue.first): Sides(near, far, 0.7, 0.7) for cue, near, far, _ in aligned(article)}
    for cue in article.cues:
        sides = expressed.get((cue.row.id, cue.first))
        right = sides is not None
        if not right and not (kind == "counter" and cue.row.id == name):
            continue
        features = cue_features(article.view, cue)
        yield "mechanism-cue", Instance(tuple(features), "yes" if right else "no", article.id, EXAMPLE)
        sides = sides or search.sides(article.view, cue)
        if sides is not None:
            features = features + side_features(article.view, cue, sides)
            yield "mechanism", Instance(tuple(features), "yes" if right else "no", article.id, EXAMPLE)


def rankers(articles: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Weights of the rankers by model name."""
    labelled = [prepare(article) for article in [*articles, *examples()]]
    return {
        f"mechanism-{name}": fit_ranker(items, *RANKED[f"mechanism-{name}"][:2])
        for name, items in groups(labelled).items()
    }
