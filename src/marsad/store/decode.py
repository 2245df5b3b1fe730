"""From rows back to records."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

import msgspec

from marsad.records import Actor, Event, Mechanism, Mention, Reading, Relation, Statement, Time
from marsad.store.schema import RECORD_COLUMNS, VERSION_COLUMNS
from marsad.stored import (
    ArticleInfo,
    Claimant,
    StoredEvent,
    StoredMechanism,
    StoredRecord,
    StoredRelation,
    StoredStatement,
    Verdict,
)

VERSION = ", ".join(f"v.{name}" for name in VERSION_COLUMNS)
RECORD = ", ".join(f"r.{name}" for name in RECORD_COLUMNS)

_statement = msgspec.json.Decoder(Statement).decode
_event = msgspec.json.Decoder(Event).decode
_relation = msgspec.json.Decoder(Relation).decode
_mechanism = msgspec.json.Decoder(Mechanism).decode
_claimants = msgspec.json.Decoder(tuple[Claimant, ...]).decode
_codes = msgspec.json.Decoder(dict[str, tuple[str, ...]]).decode
_object = msgspec.json.Decoder(dict[str, Any]).decode


class _Rest(msgspec.Struct, frozen=True):
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    warnings: tuple[str, ...] = ()


_rest = msgspec.json.Decoder(_Rest).decode


def info(row: tuple[Any, ...]) -> ArticleInfo:
    """An article from the columns of `VERSION`."""
    (
        _, article, version, source_id, title, date, outlet, url, text_hash, pipeline, added, story, change, current,
        statements, events, relations, mechanisms,
    ) = row  # fmt: skip
    return ArticleInfo(
        id=article, version=version, text_hash=text_hash, pipeline=pipeline, added=added, story=story, change=change,
        title=title, date=date or None, outlet=outlet or None, url=url, source_id=source_id, current=bool(current),
        statements=statements, events=events, relations=relations, mechanisms=mechanisms,
    )  # fmt: skip


def record(row: tuple[Any, ...], article: ArticleInfo, verdict: Verdict | None = None) -> StoredRecord:
    """A record in its place from the columns of `RECORD`."""
    _, id, layer, date, _, _, _, _, _, _, said, claimants, codes, data = row
    place: dict[str, Any] = {
        "id": id, "layer": layer, "article": article.id, "version": article.version, "date": date or None,
        "title": article.title, "outlet": article.outlet, "url": article.url, "story": article.story,
        "claimants": _claimants(claimants) if claimants else (), "verdict": verdict,
        "pipeline": article.pipeline,
    }  # fmt: skip
    if layer == "statement":
        topics = _codes(codes).get("topic", ())
        return StoredStatement(record=_statement(data), topics=topics, said=said, **place)
    if layer == "event":
        return StoredEvent(record=_event(data), **place)
    if layer == "relation":
        return StoredRelation(record=_relation(data), **place)
    return StoredMechanism(record=_mechanism(data), **place)


def reading(article: ArticleInfo, rest: bytes, rows: Iterable[tuple[str, str]]) -> Reading:
    """A reading from its (layer, JSON) rows in order."""
    parts = _rest(zlib.decompress(rest))
    layers: dict[str, list[str]] = {"statement": [], "event": [], "relation": [], "mechanism": []}
    for layer, data in rows:
        layers[layer].append(data)
    return Reading(
        id=article.id, text_hash=article.text_hash, version=article.pipeline, title=article.title, date=article.date,
        outlet=article.outlet, url=article.url, actors=parts.actors, mentions=parts.mentions, times=parts.times,
        statements=tuple(map(_statement, layers["statement"])), events=tuple(map(_event, layers["event"])),
        relations=tuple(map(_relation, layers["relation"])),
        mechanisms=tuple(map(_mechanism, layers["mechanism"])), warnings=parts.warnings,
    )  # fmt: skip


def any_record(layer: str, data: str) -> Statement | Event | Relation | Mechanism:
    """A bare record of a layer from its JSON."""
    decode: dict[str, Any] = {
        "statement": _statement, "event": _event, "relation": _relation, "mechanism": _mechanism
    }  # fmt: skip
    found: Statement | Event | Relation | Mechanism = decode[layer](data)
    return found


def codes(text: str) -> dict[str, tuple[str, ...]]:
    """The actors of a record by role."""
    return _codes(text)


def json_object(text: str) -> dict[str, Any]:
    """An object kept as JSON."""
    return _object(text)
