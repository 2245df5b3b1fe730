"""Every item of a reading as one thing that has words: what the page highlights and `explain` looks up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from marsad.lexicon.rows import DataRow, find_row
from marsad.records import Event, Mechanism, Mention, Reading, Relation, Span, Statement, Time
from marsad.view.highlight import Mark


class Item(NamedTuple):
    """`record` under its `id`; `spans` are its words with the part that they play."""

    id: str
    layer: str
    record: Statement | Event | Relation | Mechanism | Time | Mention
    spans: tuple[tuple[str, Span], ...]

    codes: tuple[str, ...] = ()
    """For a mention, the codes of its actor."""

    @property
    def rule(self) -> str:
        """The rule that made it."""
        return self.record.rule

    def row(self) -> DataRow | None:
        """The data row behind it: the rule's, or for a name the row of who is named; None for a rule of the code."""
        found = (find_row(name) for name in (self.rule, *self.codes))
        return next((row for row in found if row is not None), None)


def items(reading: Reading) -> Iterator[Item]:
    """All items, layer by layer.  A mention goes by the id of its actor; a time by its place among the times."""
    for statement in reading.statements:
        parts = [("content", span) for span in statement.content]
        parts += _present(
            cue=statement.cue,
            speaker=statement.speaker.mention,
            addressee=statement.addressee,
            outlet=statement.outlet,
            occasion=statement.occasion,
        )
        yield Item(statement.id, "statements", statement, tuple(parts))
    for event in reading.events:
        parts = [("trigger", event.trigger)]
        parts += [("source", span) for span in event.source_spans]
        parts += [("target", span) for span in event.target_spans]
        yield Item(event.id, "events", event, tuple(parts))
    for relation in reading.relations:
        yield Item(relation.id, "relations", relation, (("relation", relation.span),))
    for mechanism in reading.mechanisms:
        parts = _present(
            cause=mechanism.cause,
            effect=mechanism.effect,
            cause_antecedent=mechanism.cause_antecedent,
            effect_antecedent=mechanism.effect_antecedent,
        )
        yield Item(mechanism.id, "mechanisms", mechanism, tuple(parts))
    for number, time in enumerate(reading.times, 1):
        yield Item(f"t{number}", "times", time, (("time", time.span),))
    codes = {actor.id: actor.codes for actor in reading.actors}
    for mention in reading.mentions:
        yield Item(mention.actor, "actors", mention, (("actor", mention.span),), codes.get(mention.actor, ()))


def _present(**spans: Span | None) -> list[tuple[str, Span]]:
    return [(name, span) for name, span in spans.items() if span is not None]


def marks(reading: Reading) -> list[Mark]:
    """What to highlight, for `highlight.pieces`."""
    return [Mark(span.start, span.end, item.id, part) for item in items(reading) for part, span in item.spans]
