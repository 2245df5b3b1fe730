"""Features of relation candidates: of a trigger (is a relation claimed here?), and of a pair (between whom?)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from marsad.reading.relations.trigger import Party, Trigger, Word

if TYPE_CHECKING:
    from marsad.reading.relations.find import Candidate
from marsad.text.document import Document

_NEAR_BEFORE, _NEAR_AFTER = 6, 10
_DOMAIN_REACH = {"ties": 2, "conflict": 2, "supply": 6, "support": 2, "trade": 1}
"""How many tokens after a word of a kind a domain word still says its domain."""
_WORDED = frozenset(
    ["economic", "energy", "military", "arms", "security", "diplomatic", "technology", "cultural", "humanitarian"]
)


def trigger_features(document: Document, trigger: Trigger) -> list[str]:
    """What the words around a trigger say about whether it claims a relation at all."""
    tokens = document.tokens
    sentence = document.sentences[trigger.sentence]
    row = trigger.row
    head = tokens[trigger.first]
    before = tokens[trigger.first - 1] if trigger.first > sentence.first else None
    after = tokens[trigger.last] if trigger.last < sentence.last else None
    out = [
        f"R={row.id}", f"K={row.kind}", f"F={row.frame}", f"pos={head.pos}", f"K={row.kind}|pos={head.pos}",
        f"w={head.stem}", f"pw={before.stem if before else '^'}", f"nw={after.stem if after else '$'}",
        f"K={row.kind}|pw={before.stem if before else '^'}",
        f"K={row.kind}|pp={before.pos if before else '^'}",
        f"clitic={''.join(head.proclitics)}",
    ]  # fmt: skip
    if head.definite:
        out.append(f"K={row.kind}|definite")
    if head.enclitic:
        out.append(f"K={row.kind}|own")
    if trigger.covered:
        out.append("covered")
    if trigger.inside:
        out.append(f"inside|F={row.frame}")
    out += [f"rival={kind}" for kind in trigger.rivals]
    out += [f"K={row.kind}|rival={kind}" for kind in trigger.rivals]
    statement = trigger.statement
    out.append("writer" if statement is None else f"act={statement.act}")
    if head.quote >= 0:
        out.append("quoted")
    if sentence.heading:
        out.append("heading")
    names = sorted(set(context(trigger)))
    out += [f"c={name}" for name in names]
    out += [f"K={row.kind}|c={name}" for name in names]
    return out


def context(trigger: Trigger) -> list[str]:
    """Context words near a trigger as `side:class:what`."""
    out = []
    for word in trigger.words:
        if word.of == "domain":
            continue
        if trigger.first - _NEAR_BEFORE <= word.first and word.last <= trigger.first:
            side = "before" if word.last >= trigger.first - 1 else "left"
        elif trigger.last <= word.first < trigger.last + _NEAR_AFTER:
            side = "after" if word.first <= trigger.last + 1 else "right"
        elif trigger.first <= word.first < trigger.last:
            side = "in"
        else:
            continue
        out.append(f"{side}:{word.of}:{word.says}")
    return out


@lru_cache(maxsize=4096)
def _bucket(distance: int) -> str:
    for limit in (0, 1, 3, 6, 12):
        if distance <= limit:
            return str(limit)
    return "far"


def party_features(trigger: Trigger, party: Party, side: str) -> list[str]:
    """What speaks for a party as side `a` or `b` of its trigger."""
    frame = trigger.row.frame
    out = [
        f"{side}:{party.slot}", f"{side}:F={frame}|{party.slot}", f"{side}:K={trigger.row.kind}|{party.slot}",
        f"{side}:R={trigger.row.id}|{party.slot}", f"{side}:kind={party.kind}",
        f"{side}:dist={_bucket(party.distance)}", f"{side}:depth={min(party.depth, 4):.0f}",
        f"{side}:F={frame}|depth={min(party.depth, 4):.0f}",
    ]  # fmt: skip
    if party.how:
        out += [f"{side}:how={party.how}", f"{side}:{party.slot}|how={party.how}"]
    if party.nested:
        out += [f"{side}:nested", f"{side}:{party.slot}|nested"]
    if party.joined:
        out += [f"{side}:joined", f"{side}:{party.slot}|joined"]
    statement = trigger.statement
    if statement is not None and party.kind != "speaker" and set(party.codes) & set(statement.speaker.affiliation):
        out.append(f"{side}:speaks")
    return out


def pair_features(trigger: Trigger, a: Party, b: Party) -> list[str]:
    """What speaks for two parties together."""
    frame = trigger.row.frame
    out = [f"P:F={frame}|{a.slot}|{b.slot}", f"P:{a.slot}|{b.slot}"]
    if a.number == b.number >= 0:
        out.append(f"P:same mention|{frame}")
    elif a.first >= 0 and b.first >= 0:
        order = "ab" if a.first < b.first else "ba"
        sides = (a.first >= trigger.last) + (b.first >= trigger.last)
        out += [f"P:order={order}|{frame}", f"P:F={frame}|after={sides}", f"P:F={frame}|after={sides}|{order}"]
    else:
        out.append(f"P:absent={(a.first < 0) + (b.first < 0)}|{frame}")
    return out


def accept_features(document: Document, candidate: Candidate) -> list[str]:
    """Everything that speaks for or against a candidate being a relation that the text claims."""
    trigger = candidate.trigger
    kind = trigger.row.kind
    return [
        *trigger_features(document, trigger),
        *party_features(trigger, candidate.a, "a"),
        *party_features(trigger, candidate.b, "b"),
        *pair_features(trigger, candidate.a, candidate.b),
        f"cost={min(int(candidate.cost * 1.5), 14)}",
        f"K={kind}|cost={min(int(candidate.cost), 8)}",
        f"gap={min(int(candidate.gap * 2), 6)}",
        f"sibling={candidate.sibling:d}",
    ]


def domain_features(candidate: Candidate) -> list[str]:
    """What speaks for the domain of a relation: its row, and the domain words near it."""
    trigger = candidate.trigger
    row = trigger.row
    worded = worded_domain(trigger)
    base = [f"R={row.id}", f"K={row.kind}", f"domain={row.domain}", f"worded={worded}", f"worded={worded}|K={row.kind}"]
    words = set()
    for word in trigger.words:
        if word.of == "domain":
            words.add(f"{_place(trigger, word)}:{word.says}")
    near = sorted(words)
    return base + near + [f"{word}|K={row.kind}" for word in near] + [f"{word}|domain={row.domain}" for word in near]


def worded_domain(trigger: Trigger) -> str:
    """The domain that the words name directly («التعاون العسكري», «تزويدها بالغاز»), else that of the row."""
    row = trigger.row
    reach = _DOMAIN_REACH.get(row.kind, 0)
    near = [
        word
        for word in trigger.words
        if word.of == "domain" and word.says in _WORDED and trigger.last <= word.first < trigger.last + reach
    ]
    return min(near, key=lambda word: word.first).says if near else row.domain


def trend_features(document: Document, candidate: Candidate) -> list[str]:
    """What speaks for the trend: words of rise, fall and lasting before and after the relation word."""
    trigger = candidate.trigger
    row = trigger.row
    sentence = document.sentences[trigger.sentence]
    before = document.tokens[trigger.first - 1] if trigger.first > sentence.first else None
    out = [f"R={row.id}", f"K={row.kind}", f"pw={before.stem if before else '^'}"]
    found = {(_place(trigger, word), word.says, word.id) for word in trigger.words if word.of == "trend"}
    places = sorted({(place, says) for place, says, _ in found})
    out += [f"{place}:{says}" for place, says in places]
    out += [f"{place}:{says}|K={row.kind}" for place, says in places]
    out += [f"{place}:{name}" for place, _, name in sorted(found)]
    if not any(place != "far" for place, _ in places):
        out.append("no trend word")
    return out


def _place(trigger: Trigger, word: Word) -> str:
    if trigger.first <= word.first < trigger.last:
        return "in"
    if word.first >= trigger.last:
        steps = word.first - trigger.last
        return "next" if steps <= 1 else "after" if steps <= 5 else "later" if steps <= 12 else "far"
    steps = trigger.first - word.last
    return "just" if steps <= 0 else "before" if steps <= 4 else "earlier" if steps <= 10 else "far"
