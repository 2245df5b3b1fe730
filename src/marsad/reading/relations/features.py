"""Features of relation candidates: of a trigger (is a relation claimed here?), and of a pair (between whom?)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from marsad.reading.relations.candidates import Party, Trigger

if TYPE_CHECKING:
    from marsad.reading.relations.find import Candidate
from marsad.text.document import Document

_NEAR_BEFORE, _NEAR_AFTER = 6, 10


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


def attribute_features(document: Document, candidate: Candidate) -> list[str]:
    """What speaks for the polarity, domain and trend of a relation."""
    trigger = candidate.trigger
    row = trigger.row
    out = [*trigger_features(document, trigger), f"polarity={row.polarity}", f"domain={row.domain}"]
    words = set()
    for word in trigger.words:
        if word.of != "domain":
            continue
        if trigger.first <= word.first < trigger.last:
            words.add(f"d:in:{word.says}")
        elif trigger.last <= word.first < trigger.last + 6:
            words.add(f"d:after:{word.says}")
            if word.first <= trigger.last + 1:
                words.add(f"d:next:{word.says}")
        elif trigger.first - 5 <= word.first < trigger.first:
            words.add(f"d:before:{word.says}")
        else:
            words.add(f"d:far:{word.says}")
    out += sorted(words)
    out += [f"domain={row.domain}|{word}" for word in sorted(words)]
    return out
