"""The measures of each layer, after GUIDELINES and its scorer: what is counted and what is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from marsad.evaluation.align import Pairs, Tokens, align, overlap, same_speaker, sets
from marsad.evaluation.reference import Document, Event, Mechanism, Relation
from marsad.evaluation.tally import Tally

_FOUND = 0.5
"""Token overlap from which a statement's content counts as found."""
_ENDS = 0.4
"""Token overlap that both cause and effect need."""
_FORMS = ("direct", "indirect", "mixed", "nominal", "fragment", "headline")


@dataclass
class Comparison:
    """A reference document and a predicted one, with the statements of the two that were matched."""

    reference: Document
    predicted: Document
    tally: Tally
    tokens: Tokens = field(init=False)
    holders: dict[str | None, str | None] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = Tokens(self.reference.text)
        self.holders = {None: None}

    def same_holder(self, reference: Event | Relation | Mechanism, predicted: Event | Relation | Mechanism) -> bool:
        """Whether both are held by the same statement, or both by the writer."""
        return self.holders.get(predicted.statement, "?") == reference.statement

    def error(self, kind: str, *what: object) -> None:
        """Keep an example of an error for the report."""
        self.tally.error(kind, self.reference.id, *what)

    def excerpt(self, start: int, length: int) -> str:
        """Text from `start` on one line."""
        return " ".join(self.reference.text[start : start + length].split())


def _left(count: int, matched: Sequence[int]) -> list[int]:
    return sorted(set(range(count)) - set(matched))


def compare(reference: Document, predicted: Document, tally: Tally) -> None:
    """Add the counts and errors of one document to the tally."""
    comparison = Comparison(reference, predicted, tally)
    _statements(comparison)
    _events(comparison)
    _relations(comparison)
    _mechanisms(comparison)


def _statements(c: Comparison) -> None:
    gold, pred = c.reference.statements, c.predicted.statements
    content = [[c.tokens.of(*s.content) for s in side] for side in (gold, pred)]
    cues = [[c.tokens.of(s.cue) for s in side] for side in (gold, pred)]
    pairs = align(len(gold), len(pred), lambda i, j: overlap(content[0][i], content[1][j]))
    found = [(i, j) for i, j in pairs if overlap(content[0][i], content[1][j]) >= _FOUND]
    c.holders.update((pred[j].id, gold[i].id) for i, j in found)
    c.holders[None] = None
    names = {pair: same_speaker(gold[pair[0]].speaker, pred[pair[1]].speaker) for pair in found}

    def add(name: str, right: int) -> None:
        c.tally.add(name, len(gold), len(pred), right)

    add("statement found (IoU>=.5)", len(found))
    add("statement exact content", sum(content[0][i] == content[1][j] for i, j in found))
    add("statement + speaker", sum(loose for loose, _ in names.values()))
    add("statement + full speaker name", sum(strict for _, strict in names.values()))
    add(
        "statement + speaker + affiliation",
        sum(names[i, j][0] and set(gold[i].speaker.affiliation) == set(pred[j].speaker.affiliation) for i, j in found),
    )
    add("statement + act", sum(gold[i].act == pred[j].act for i, j in found))
    add("statement + exact cue", sum(cues[0][i] == cues[1][j] for i, j in found))
    matched = {i for i, _ in found}
    for form in _FORMS:
        of_form = [i for i, s in enumerate(gold) if s.form == form]
        if of_form:
            c.tally.accuracy(f"  recall of {form}", len(of_form), sum(i in matched for i in of_form))
    for how in ("no mention", "mention"):
        those = [p for p in found if (gold[p[0]].speaker.mention is None) == (how == "no mention")]
        c.tally.accuracy(f"  speaker accuracy, {how}", len(those), sum(names[p][0] for p in those))

    for i in _left(len(gold), [i for i, _ in found]):
        c.error("statement missed", gold[i].act, c.excerpt(gold[i].content[0].start, 90))
    for j in _left(len(pred), [j for _, j in found]):
        c.error("statement spurious", pred[j].act, c.excerpt(pred[j].content[0].start, 90))
    for i, j in found:
        if not names[i, j][0]:
            c.error("speaker wrong", gold[i].speaker.name, "<-", pred[j].speaker.name)


def _events(c: Comparison) -> None:
    gold, pred = c.reference.events, c.predicted.events
    sentences = [[c.tokens.sentences(e.trigger) for e in side] for side in (gold, pred)]
    triggers = [[c.tokens.of(e.trigger) for e in side] for side in (gold, pred)]

    def value(i: int, j: int, level: str) -> float:
        if gold[i].type != pred[j].type or not sentences[0][i] & sentences[1][j]:
            return 0
        gs, gt, ps, pt = sets(gold[i].sources, gold[i].targets, pred[j].sources, pred[j].targets)
        exact = gs == ps and gt == pt
        some = (bool(gs & ps) or (not gs and not ps)) and (bool(gt & pt) or (not gt and not pt))
        all_together = bool(gs | gt) and gs | gt == ps | pt
        if (level == "exact" and not exact) or (level == "overlap" and not (some or all_together)):
            return 0
        return 1 + 2 * exact + some + bool(triggers[0][i] & triggers[1][j])

    def at(level: str) -> Pairs:
        return align(len(gold), len(pred), lambda i, j: value(i, j, level))

    typed, overlapping, exact = at("type"), at("overlap"), at("exact")
    c.tally.add("event type in sentence", len(gold), len(pred), len(typed))
    c.tally.add("event type + actors overlap", len(gold), len(pred), len(overlapping))
    count = len(overlapping)
    c.tally.accuracy("  event status accuracy", count, sum(gold[i].status == pred[j].status for i, j in overlapping))
    c.tally.accuracy("  event holder accuracy", count, sum(c.same_holder(gold[i], pred[j]) for i, j in overlapping))
    c.tally.add("event type + exact actors", len(gold), len(pred), len(exact))
    for kind, side, left in (
        ("event missed", gold, _left(len(gold), [i for i, _ in typed])),
        ("event spurious", pred, _left(len(pred), [j for _, j in typed])),
    ):
        for i in left:
            event = side[i]
            actors = f"{','.join(event.sources) or '-'} > {','.join(event.targets) or '-'}"
            c.error(kind, event.type, actors, c.excerpt(event.trigger.start, 70))


def _relations(c: Comparison) -> None:
    gold, pred = c.reference.relations, c.predicted.relations
    spans = [[c.tokens.of(r.span) for r in side] for side in (gold, pred)]

    def value(i: int, j: int, with_domain: bool) -> float:
        ga, gb, pa, pb = sets(gold[i].a, gold[i].b, pred[j].a, pred[j].b)
        pair = (ga, gb) == (pa, pb) or (not gold[i].directed and (ga, gb) == (pb, pa))
        domain = gold[i].domain == pred[j].domain
        if not pair or gold[i].polarity != pred[j].polarity or not spans[0][i] & spans[1][j]:
            return 0
        return 0 if with_domain and not domain else 1 + overlap(spans[0][i], spans[1][j]) + domain

    without = align(len(gold), len(pred), lambda i, j: value(i, j, with_domain=False))
    found = align(len(gold), len(pred), lambda i, j: value(i, j, with_domain=True))
    c.tally.add("relation pair + polarity", len(gold), len(pred), len(without))
    c.tally.add("relation pair + polarity + domain", len(gold), len(pred), len(found))
    trends = sum(gold[i].trend == pred[j].trend for i, j in found)
    c.tally.accuracy("  relation trend accuracy", len(found), trends)
    holders = sum(c.same_holder(gold[i], pred[j]) for i, j in found)
    c.tally.accuracy("  relation holder accuracy", len(found), holders)
    for kind, side, left in (
        ("relation missed", gold, _left(len(gold), [i for i, _ in without])),
        ("relation spurious", pred, _left(len(pred), [j for _, j in without])),
    ):
        for i in left:
            pair = f"{','.join(side[i].a)} / {','.join(side[i].b)}"
            c.error(kind, pair, side[i].domain, side[i].polarity, c.excerpt(side[i].span.start, 70))


def _mechanisms(c: Comparison) -> None:
    gold, pred = c.reference.mechanisms, c.predicted.mechanisms
    causes = [[c.tokens.of(m.cause) for m in side] for side in (gold, pred)]
    effects = [[c.tokens.of(m.effect) for m in side] for side in (gold, pred)]

    def value(i: int, j: int) -> float:
        cause, effect = overlap(causes[0][i], causes[1][j]), overlap(effects[0][i], effects[1][j])
        return cause + effect if min(cause, effect) >= _ENDS else 0

    found = align(len(gold), len(pred), value)
    signed = sum(gold[i].sign == pred[j].sign and gold[i].claim == pred[j].claim for i, j in found)
    c.tally.add("mechanism cause + effect", len(gold), len(pred), len(found))
    c.tally.add("mechanism + sign + claim", len(gold), len(pred), signed)
    explicit = [i for i, m in enumerate(gold) if m.tier == "explicit"]
    hit = sum(gold[i].tier == "explicit" for i, _ in found)
    c.tally.accuracy("  recall of explicit mechanisms", len(explicit), hit)
    turned = sum(gold[i].claim != "asserts" and pred[j].claim == "asserts" for i, j in found)
    unasserted = sum(m.claim != "asserts" for m in gold)
    c.tally.add("  denied or conceded, emitted as asserted", unasserted, 0, turned)
    holders = sum(c.same_holder(gold[i], pred[j]) for i, j in found)
    c.tally.accuracy("  mechanism holder accuracy", len(found), holders)
    for kind, side, left in (
        ("mechanism missed", gold, _left(len(gold), [i for i, _ in found])),
        ("mechanism spurious", pred, _left(len(pred), [j for _, j in found])),
    ):
        for i in left:
            cause, effect = side[i].cause, side[i].effect
            c.error(
                kind,
                side[i].tier,
                c.excerpt(cause.start, min(50, cause.end - cause.start)),
                "=>",
                c.excerpt(effect.start, min(50, effect.end - effect.start)),
            )
