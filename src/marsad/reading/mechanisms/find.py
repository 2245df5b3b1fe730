"""Mechanisms: what is claimed to cause what (GUIDELINES sections 4 and 6).

Cues are matched (`mechanisms.cues`), a quick scorer drops those that hardly ever claim anything, the sides of the
rest are searched (`mechanisms.search`), a full scorer accepts or rejects (`mechanisms.judge`), the best of what
overlaps is kept, and each mechanism gets its sign, claim, modality and holder (`mechanisms.claims`).
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cache

from marsad.lexicon.function_words import function_words
from marsad.reading.actors.layer import ActorLayer
from marsad.reading.concepts.find import Concepts
from marsad.reading.mechanisms.borders import Range
from marsad.reading.mechanisms.claims import Claims
from marsad.reading.mechanisms.coordination import conjuncts_of
from marsad.reading.mechanisms.cues import COMMAS, Cue, find_cues, walls
from marsad.reading.mechanisms.judge import cue_features, side_features
from marsad.reading.mechanisms.search import AGREE, Search, Sides, overlap, pointer
from marsad.reading.mechanisms.view import DASHES, View
from marsad.reading.scorer import Scorer, load_scorer
from marsad.records import Event, Mechanism, Relation, Span, Statement, Time, content_id
from marsad.text.document import Document

WORTH_SEARCHING = 0.2
"""Probability from which the sides of a cue are searched."""
ACCEPT = 0.22
"""Probability from which a mechanism is emitted: where precision and recall balance on held-out labelled articles."""
SURE = 0.5
"""Probability at least of a causal verb whose subject points back to what was said, and of a verb that is negated to
deny an influence: little else is said that way."""
_PREDICATES = frozenset(["VERB", "ADJ"])
_TRAILING = COMMAS | DASHES | frozenset(".!؟?…")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A cue with its sides and how probable the claim is.  `link` is the cue that a verb is joined by («مما يمنع»)."""

    cue: Cue
    sides: Sides
    probability: float
    pointed: bool = False
    """A pointing word is the cause: nothing else in the sentence is."""
    link: Cue | None = None

    @property
    def cause(self) -> Range:
        """Tokens of the cause."""
        return self.sides.near if self.cue.row.after == "cause" else self.sides.far

    @property
    def effect(self) -> Range:
        """Tokens of the effect."""
        return self.sides.far if self.cue.row.after == "cause" else self.sides.near

    @property
    def concedes(self) -> bool:
        """Whether the cause did not bring the effect."""
        return self.cue.row.claim == "concedes"


def accepted(view: View, models: Models | None = None) -> list[Accepted]:
    """Cues that claim a mechanism, with their sides, in text order; of those that overlap the likeliest."""
    models = models or _models()
    quick, full, search = models.quick, models.full, models.search
    candidates: list[Accepted] = []
    conceding: list[Accepted] = []
    cues = find_cues(view.document)
    view.walls = walls(view.document, cues)
    verbs = _causal_verbs(cues)
    may = {c.first: c for c in cues if c.form == "w" and c.row.kind == "verb" and c.row.modality == "potential"}
    governed = {
        c.preposition for c in cues
        if c.form == "v" and c.row.tier == "explicit" and not c.row.takes_object and 0 <= c.preposition - c.last <= 2
    }  # fmt: skip
    explained: dict[int, Range] = {}
    for cue in cues:
        if cue.form == "c" and cue.row.kind == "purpose" and (cue.first in governed or _functional(view, cue)):
            continue
        features = cue_features(view, cue)
        at = pointing(view, cue)
        subject = explained.get(cue.first) if cue.row.pointed else None
        sure = at >= 0 or subject is not None or _denial(view, cue) or pointer(view, cue) >= 0
        concedes = cue.row.claim == "concedes"
        if not sure and not concedes and quick.probability(features) < WORTH_SEARCHING:
            continue
        sides = search.sides(view, cue)
        if sides is None:
            continue
        if at >= 0 and not sides.near[0] <= at < sides.near[1]:
            sides = replace(sides, far=(at, at + 1))
        if subject is not None:
            sides = replace(sides, far=subject)
        if _aside(view, sides.far):
            continue
        if _of_a_subject(view, cue, sides.far):
            explained[cue.last] = sides.far
            if sides.far[1] < cue.first and view.tokens[sides.far[1]].pos in _PREDICATES:
                continue  # what is explained is a predicate that this side has not got
        probability = full.probability(features + side_features(view, cue, sides))
        if sure:
            probability = max(probability, SURE)
        found = Accepted(cue, sides, probability, at >= 0 and cue.row.after == "effect")
        if concedes:
            conceding.append(found)
        if probability >= ACCEPT:
            candidates.append(_through(view, search, verbs, may, found))
    candidates = [c for c in candidates if c.concedes or not _conceded(conceding, c)]
    kept: list[Accepted] = []
    for candidate in sorted(candidates, key=lambda a: (-a.probability, a.cue.first, a.cue.row.id)):
        if not any(_clash(candidate, other) for other in kept):
            kept.append(candidate)
    said = {item.cue.first for item in kept}
    kept = [part for item in kept for part in _parts(view, item, said)]
    return sorted(kept, key=lambda a: (a.cue.first, a.sides.near, a.cue.row.id))


def _functional(view: View, cue: Cue) -> bool:
    """Whether the words say what a thing is for («محطة لتوليد الكهرباء»), which is no purpose of an act."""
    previous = view.previous(cue.first)
    return previous is not None and previous.lemma in cue.row.not_after


def pointing(view: View, cue: Cue) -> int:
    """The token of a pointing word that is the verb's subject («أسهم ذلك في», «ذلك يعود إلى», «وهو ما يمنع»), or -1."""
    if not cue.row.pointed:
        return -1
    tokens, first = view.tokens, cue.first
    start = view.floor(first)
    if first - 2 >= start and view.bare[first - 1] == "ما" and view.bare[first - 2] in function_words("copulas"):
        return first - 1
    if cue.form != "v":
        return -1
    sure, pointers = tokens[first].lemma in cue.row.verbs, function_words("demonstratives")
    if first + 1 < view.limit(first) and view.bare[first + 1] in pointers and (sure or view.bare[first + 1] == "ذلك"):
        if first + 2 < view.limit(first) and tokens[first + 2].definite:
            return -1  # «أدى هذا القرار إلى»
        return first + 1
    if sure and first - 1 >= start and view.bare[first - 1] in pointers and view.clause_starts[first - 1]:
        return first - 1
    return -1


def _of_a_subject(view: View, cue: Cue, far: Range) -> bool:
    """Whether the cue says why of a noun phrase that its pronoun stands for: in «المحادثات مهمة لأنها تعزز الثقة» the
    talks are what strengthens trust."""
    words = view.tokens[far[0] : far[1]]
    because = cue.row.kind == "link" and cue.row.after == "cause" and bool(view.tokens[cue.last - 1].enclitic)
    return because and far[1] <= cue.first and all(token.pos != "VERB" for token in words)


def _denial(view: View, cue: Cue) -> bool:
    """Whether the cue is a verb that is negated to deny an influence («لا تخضع لضغوط»)."""
    previous = view.previous(cue.first)
    return cue.row.negated and cue.form == "v" and previous is not None and previous.norm in function_words("negators")


def _aside(view: View, side: Range) -> bool:
    """Whether a side is only a turn of speech («علاوة على ذلك»), which is no cause."""
    first, last = side
    while last - 1 > first and view.tokens[last - 1].norm in _TRAILING:
        last -= 1
    if last - first > 3 or view.bare[last - 1] not in function_words("demonstratives"):
        return False
    previous = view.previous(last - 1)
    return previous is not None and previous.pos == "ADP"


def _parts(view: View, found: Accepted, said: Set[int]) -> list[Accepted]:
    """One mechanism for each effect that coordination names, but for those at whose head a cue of their own stands."""
    if found.cue.row.after != "effect":
        return [found]
    stop = view.limit(found.cue.first) if found.sides.far[0] < found.sides.near[0] else found.sides.far[0]
    sides = found.sides
    return [
        replace(found, sides=Sides(near, sides.far, sides.near_share, sides.far_share))
        for near in conjuncts_of(view, found.sides.near, stop)
        if near[0] == sides.near[0] or near[0] not in said
    ]  # fmt: skip


def _causal_verbs(cues: Sequence[Cue]) -> dict[int, Cue]:
    """Cues of finite causal verbs by token; of several readings the one whose preposition stands nearest."""
    verbs = [c for c in cues if c.form == "v" and c.row.tier == "explicit" and c.row.after == "effect"]
    verbs.sort(key=lambda c: (c.preposition < 0, c.preposition, c.row.id), reverse=True)
    return {c.first: c for c in verbs}


def _through(view: View, search: Search, verbs: dict[int, Cue], may: dict[int, Cue], found: Accepted) -> Accepted:
    """A link that joins a causal verb («مما يمنع X», «من شأنه أن يمنع X») takes its effect and sign."""
    link = found.cue
    if link.form != "w" or not (link.row.kind == "result" or link.first in may):
        return found
    at = link.last
    particles = function_words("particles")
    while at < view.limit(link.first) and (view.bare[at] in particles or view.bare[at] == "ان" or at in may):
        if at in may:
            link = may[at]
            at = link.last
        else:
            at += 1
    verb = verbs.get(at)
    if verb is None or found.sides.far[0] >= link.last:
        return found
    near = search.near(view, verb)
    if near is None:
        return found
    sides = Sides(near[0], found.sides.far, near[1], found.sides.far_share)
    return replace(found, cue=verb, sides=sides, link=link)


def _conceded(conceding: Sequence[Accepted], found: Accepted) -> bool:
    """Whether the cause is what a concession concedes: «حتى وإن A فإن B» must not come out as A causing B."""
    cause, effect = found.cause, found.effect
    for item in conceding:
        first, last = item.cue.last, item.sides.near[1]
        reach = cause[1] - cause[0] if found.cue.row.kind == "result" else 1
        if cause[0] - 1 <= first <= cause[0] + reach and not (first <= effect[0] and effect[1] <= last + 1):
            return True
        inside = min(cause[1], last) - max(cause[0], first)
        if 2 * inside > cause[1] - cause[0] and effect[0] >= last:
            return True
    return False


def _clash(a: Accepted, b: Accepted) -> bool:
    """Two readings of the same words: one cue, the same two sides whichever way round, or one effect of which «ذلك» is
    said to be the cause."""
    if a.cue.first == b.cue.first:
        return True
    if a.pointed or b.pointed:
        return overlap(a.effect, b.effect) >= AGREE
    within = any(x.cue.first <= y.cue.first <= x.sides.near[0] for x, y in ((a, b), (b, a)))
    if within and overlap(a.sides.near, b.sides.near) >= AGREE:
        return True
    same = overlap(a.cause, b.cause) >= AGREE and overlap(a.effect, b.effect) >= AGREE
    return same or (overlap(a.cause, b.effect) >= AGREE and overlap(a.effect, b.cause) >= AGREE)


@dataclass(frozen=True, slots=True)
class Models:
    """The scorers and rankers of the layer."""

    quick: Scorer
    full: Scorer
    search: Search


@cache
def _models() -> Models:
    return Models(load_scorer("mechanism-cue"), load_scorer("mechanism"), Search())


def find_mechanisms(
    document: Document,
    layer: ActorLayer,
    statements: Sequence[Statement],
    times: Sequence[Time],
    relations: Sequence[Relation] = (),
    events: Sequence[Event] = (),
) -> tuple[Mechanism, ...]:
    """All mechanisms of the document in text order, with the concepts that their sides stand for."""
    view = View(document, statements, times, layer.mentions)
    found = accepted(view)
    if not found:
        return ()
    claims = Claims(view, statements, layer)
    concepts = Concepts(document, layer, relations, events, times)
    return concepts.with_concepts([_mechanism(view, claims, item) for item in found])


def _mechanism(view: View, claims: Claims, item: Accepted) -> Mechanism:
    cue = item.cue
    if cue.row.after == "effect":
        item = replace(item, sides=replace(item.sides, near=claims.unlowered(item.sides.near)))
    cause, effect = _span(view, item.cause), _span(view, item.effect)
    holding = claims.holding(cue, item.sides.near, item.sides.far)
    statement = holding.statement
    claim = claims.claim(cue, item.sides.near, item.sides.far, statement)
    antecedents = [claims.antecedent(side) for side in (item.cause, item.effect)]
    return Mechanism(
        id=content_id("mechanism", cause.start, cause.end, effect.start, effect.end, cue.row.sign),
        cause=cause,
        effect=effect,
        sign=claims.sign(cue, item.effect),
        claim=claim,
        tier=cue.row.tier,
        modality=claims.modality(item.link or cue),
        statement=statement.id if statement is not None else None,
        rule=cue.row.id,
        confidence=round(item.probability, 3),
        cause_antecedent=_span(view, antecedents[0]) if antecedents[0] else None,
        effect_antecedent=_span(view, antecedents[1]) if antecedents[1] else None,
        holders=holding.believers,
        continuation=holding.continuation,
    )


def _span(view: View, side: Range) -> Span:
    """Characters of a side: without the proclitics of its first word, commas and stops at its end."""
    tokens, text = view.tokens, view.document.text
    first, last = side
    while last - 1 > first and tokens[last - 1].norm in _TRAILING:
        last -= 1
    token = tokens[first]
    start = token.stem_start if token.pos != "PUNCT" else token.start
    if token.definite and text[start - 2 : start] == "ال":
        start -= 2
    elif token.proclitics[-1:] == ("س",):
        start -= 1
    end = tokens[last - 1].end
    return Span(start=start, end=end, quote=text[start:end])
