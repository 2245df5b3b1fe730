"""FollowTheMoney entities (https://followthemoney.tech), one JSON object a line.

Actors become PublicBody (states), Organization or Person; articles become Article; events become Event with those
involved; relation claims become UnknownLink between the two sides, with the claim's words as their description;
statements become Event of their own, with the speaker as organiser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import msgspec

from marsad.lexicon.codes import name_of
from marsad.store.base import Store
from marsad.store.rows import name_key
from marsad.stored import Filters, StoredEvent, StoredRecord, StoredRelation, StoredStatement

_encode = msgspec.json.Encoder().encode


def _id(*parts: str) -> str:
    from hashlib import sha1

    return "marsad-" + sha1("|".join(parts).encode(), usedforsecurity=False).hexdigest()[:24]


def _entity(id: str, schema: str, **properties: Any) -> dict[str, Any]:
    """An entity; values that are nothing are left out, the others become lists of strings."""
    values = {
        name: [str(v) for v in (value if isinstance(value, list | tuple) else [value]) if v not in (None, "")]
        for name, value in properties.items()
    }
    return {"id": id, "schema": schema, "properties": {name: value for name, value in values.items() if value}}


class _Actors:
    """Makes each actor once."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self.new: list[dict[str, Any]] = []

    def code(self, code: str) -> str:
        id = _id("actor", code)
        if id not in self._known:
            self._known.add(id)
            state = len(code) == 3 and code.isascii() and code.isupper()
            schema = "PublicBody" if state else "Organization"
            names = list(dict.fromkeys((name_of(code), name_of(code, "en"))))
            self.new.append(_entity(id, schema, name=names, country=_country(code) if state else None))
        return id

    def person(self, name: str, role: str | None, codes: tuple[str, ...]) -> str:
        id = _id("person", name_key(name))
        if id not in self._known:
            self._known.add(id)
            countries = [c for c in map(_country, codes) if c]
            self.new.append(_entity(id, "Person", name=name, position=role, country=countries))
        return id


def _country(code: str) -> str | None:
    """ISO alpha-2 in small letters, as FollowTheMoney has it."""
    from babel.core import get_global

    if code == "XKX":
        return "xk"
    short = get_global("territory_aliases").get(code, [])
    return short[0].lower() if len(code) == 3 and len(short) == 1 else None


def entities(store: Store, filters: Filters) -> Iterator[dict[str, Any]]:
    """All entities of the records that meet the filters; each is given once."""
    actors = _Actors()
    articles: set[str] = set()
    for record in store.stream(filters):
        article = _id("article", record.article)
        if article not in articles:
            articles.add(article)
            yield _entity(
                article, "Article", title=record.title or record.article, publishedAt=record.date,
                publisher=record.outlet, sourceUrl=record.url,
            )  # fmt: skip
        entity = _of(record, article, actors)
        yield from actors.new
        actors.new.clear()
        if entity:
            yield entity


def _of(record: StoredRecord, article: str, actors: _Actors) -> dict[str, Any] | None:
    if isinstance(record, StoredEvent):
        e = record.record
        involved = [actors.code(code) for code in dict.fromkeys((*e.sources, *e.targets))]
        return _entity(
            _id(record.id), "Event", name=f"{e.type}: {e.trigger.quote}", date=record.date, involved=involved,
            organizer=[actors.code(code) for code in e.sources], summary=f"{e.status}, {record.layer}",
            proof=article, keywords=[e.type, e.status],
        )  # fmt: skip
    if isinstance(record, StoredStatement):
        s = record.record
        speaker = (
            actors.person(s.speaker.name, s.speaker.role, s.speaker.affiliation)
            if s.speaker.name and s.speaker.kind == "person"
            else None
        )
        who = [speaker] if speaker else [actors.code(code) for code in s.speaker.affiliation]
        return _entity(
            _id(record.id), "Event", name=f"{s.act}: {s.speaker.name or s.speaker.kind}", date=record.date,
            organizer=who, involved=[actors.code(code) for code in record.topics],
            summary=" … ".join(span.quote for span in s.content), proof=article, keywords=["statement", s.act],
        )  # fmt: skip
    if isinstance(record, StoredRelation) and record.record.a and record.record.b:
        r = record.record
        sign = {1: "cooperative", 0: "neutral or withheld", -1: "conflictual"}[r.polarity]
        return _entity(
            _id(record.id), "UnknownLink", subject=actors.code(r.a[0]), object=actors.code(r.b[0]),
            role=f"{r.domain}, {sign}", date=record.date, description=r.span.quote, proof=article,
        )  # fmt: skip
    return None


def write_entities(store: Store, filters: Filters, out: IO[bytes]) -> int:
    """Entities, one a line; returns how many there are."""
    count = 0
    for entity in entities(store, filters):
        out.write(_encode(entity) + b"\n")
        count += 1
    return count
