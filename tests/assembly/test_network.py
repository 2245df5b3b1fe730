"""The signed network: what counts once, what stays apart."""

from __future__ import annotations

from typing import Any

from marsad.assembly.network import network
from marsad.assembly.trends import trends
from marsad.records import Concept, Event, Mechanism, Relation, Span
from marsad.stored import Claimant, StoredEvent, StoredMechanism, StoredRelation

SPAN = Span(0, 4, "كلام")


def place(layer: str, n: int, **more: Any) -> dict[str, Any]:
    base = {
        "id": f"{layer}{n}", "layer": layer, "article": f"a{n}", "version": 1, "date": "2025-03-04", "title": None,
        "outlet": None, "url": None, "story": f"a{n}",
    }  # fmt: skip
    who = more.pop("who", None)
    if who:
        more["claimants"] = (Claimant(name=who, role=None, codes=(), act="STATE", statement="s"),)
    return {**base, **more}


def event(n: int, kind: str, a: str, b: str, status: str = "actual", mode: str | None = None, **at: Any) -> StoredEvent:
    record = Event(
        id="e", type=kind, trigger=SPAN, sources=(a,), targets=(b,) if b else (), status=status, statement=None,
        rule="r", confidence=1.0, mode=mode,
    )  # type: ignore[arg-type]  # fmt: skip
    return StoredEvent(record=record, **place("event", n, **at))


def relation(
    n: int, polarity: int, state: str | None = None, trend: str | None = None, concept: Concept | None = None, **at: Any
) -> StoredRelation:
    record = Relation(
        id="r", a=("FJI",), b=("NPL",), directed=False, domain="economic", polarity=polarity, trend=trend, span=SPAN,
        statement=None, rule="r", confidence=1.0, state=state, concept=concept,
    )  # type: ignore[arg-type]  # fmt: skip
    return StoredRelation(record=record, **place("relation", n, **at))


def test_scores_are_of_actual_events_once_a_story() -> None:
    records = [
        event(1, "CONSULT", "FJI", "NPL"),
        event(2, "CONSULT", "FJI", "NPL", story="a1"),
        event(3, "ASSAULT", "NPL", "FJI", mode="aerial"),
        event(4, "SANCTION", "FJI", "NPL", status="called-for"),
    ]
    (period,) = network(records).events
    assert (period.a, period.b, period.period) == ("FJI", "NPL", "2025-03")
    assert (period.events, period.cooperation, period.conflict, period.other) == (2, 1, 1, 1)
    assert period.backward == -9.5
    assert period.forward is not None
    assert period.score == (period.forward - 9.5) / 2


def test_neutral_and_withheld_are_not_averaged() -> None:
    records = [
        relation(1, 1, trend="down", who="وزير"),
        relation(2, 1, who="وزير", story="a1"),
        relation(3, 0, "withheld", who="خبير"),
        relation(4, 0, who="خبير"),
        relation(5, -1, date="2025-05"),
    ]
    found = network(records)
    (tie,) = found.ties
    assert (tie.positive, tie.withheld, tie.neutral, tie.negative) == (1, 1, 1, 1)
    assert (tie.sign, tie.contested, tie.latest) == (None, True, "2025-05")
    assert [(c.period, c.positive, c.down) for c in found.claims] == [("2025-03", 1, 1), ("2025-05", 0, 0)]
    (neutral,) = network([relation(1, 0, "withheld")]).ties
    assert neutral.sign == 0


def mechanism(n: int, cause: Concept, effect: Concept, sign: int, who: str, **at: Any) -> StoredMechanism:
    record = Mechanism(
        id="m", cause=SPAN, effect=SPAN, sign=sign, claim="asserts", tier="explicit", modality="asserted",
        statement="s", rule="r", confidence=1.0, cause_concept=cause, effect_concept=effect,
    )  # type: ignore[arg-type]  # fmt: skip
    return StoredMechanism(record=record, **place("mechanism", n, who=who, **at))


def test_a_reported_trend_is_held_against_the_claimants_own_map() -> None:
    def quantity(name: str, direction: int = 0) -> Concept:
        return Concept(kind="quantity", key=f"quantity:{name}", label=name, direction=direction)  # type: ignore[arg-type]

    tie = Concept(kind="relation", key="relation:FJI-NPL:economic", label="t", direction=-1)
    records = [
        mechanism(1, quantity("رسوم_عبور", 1), quantity("حركه_شحن", -1), 1, "خبير"),  # fees up, traffic down
        mechanism(2, quantity("حركه_شحن"), Concept(kind="relation", key=tie.key, label="t"), 1, "خبير"),
        relation(3, 1, trend="down", concept=tie, who="خبير"),
        relation(4, 1, trend="down", concept=tie, who="نقيب"),
    ]
    report = trends(records)
    assert (report.reported, report.testable, report.reproduced, report.contradicted) == (4, 1, 1, 0)
    (check,) = report.checks
    assert (check.claimant, check.concept, check.implied) == ("خبير", tie.key, -1)
