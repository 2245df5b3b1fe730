"""A reading arranged for people: statements by speaker, pairs by domain, what a statement holds."""

from __future__ import annotations

from typing import NamedTuple

from marsad.records import Actor, Event, Mechanism, Reading, Relation, Speaker, Statement


class Turn(NamedTuple):
    """A speaker and all that the article lets them say, in the order of the text."""

    speaker: Speaker
    statements: tuple[Statement, ...]


def by_speaker(reading: Reading) -> list[Turn]:
    """Statements grouped by who holds them, speakers in the order in which they first speak.

    The role and affiliation shown are the fullest that any of the statements gives.
    """
    groups: dict[tuple[object, ...], list[Statement]] = {}
    for statement in reading.statements:
        speaker = statement.speaker
        named = speaker.name if speaker.name else (speaker.role, speaker.affiliation, speaker.kind)
        groups.setdefault((named,), []).append(statement)
    turns = []
    for statements in groups.values():
        fullest = max(statements, key=lambda s: (len(s.speaker.role or ""), len(s.speaker.affiliation)))
        turns.append(Turn(fullest.speaker, tuple(statements)))
    return turns


def mentions_of(reading: Reading) -> list[tuple[Actor, int]]:
    """Actors with the number of their mentions, most mentioned first."""
    counts: dict[str, int] = {}
    for mention in reading.mentions:
        counts[mention.actor] = counts.get(mention.actor, 0) + 1
    return sorted(((actor, counts.get(actor.id, 0)) for actor in reading.actors), key=lambda pair: -pair[1])


def rules_of(reading: Reading) -> dict[str, list[str]]:
    """The rules that found the mentions of each actor, each once."""
    rules: dict[str, list[str]] = {}
    for mention in reading.mentions:
        found = rules.setdefault(mention.actor, [])
        if mention.rule not in found:
            found.append(mention.rule)
    return rules


def pairs(reading: Reading) -> dict[tuple[str, str], dict[str, list[Relation]]]:
    """Relations by pair and domain; a pair stands under its codes in the order in which it is first told."""
    table: dict[tuple[str, str], dict[str, list[Relation]]] = {}
    for relation in reading.relations:
        key = (" ".join(relation.a), " ".join(relation.b))
        if key[::-1] in table:
            key = key[::-1]
        table.setdefault(key, {}).setdefault(relation.domain, []).append(relation)
    return table


def holder(reading: Reading, item: Event | Relation | Mechanism) -> Statement | None:
    """The statement that holds a claim, or None where the writer does."""
    return next((s for s in reading.statements if s.id == item.statement), None) if item.statement else None


def chain(reading: Reading, item: Statement | Event | Relation | Mechanism) -> list[Statement]:
    """The statements through which the text gives an item, outermost first; empty where the writer says it."""
    by_id = {s.id: s for s in reading.statements}
    found: list[Statement] = []
    at = by_id.get((item.parent if isinstance(item, Statement) else item.statement) or "")
    while at is not None and at not in found:
        found.insert(0, at)
        at = by_id.get(at.parent or "")
    return found


def holder_name(statement: Statement | None, writer: str, unknown: str) -> str:
    """Who holds a claim, in words."""
    if statement is None:
        return writer
    return statement.speaker.name or statement.speaker.role or unknown
