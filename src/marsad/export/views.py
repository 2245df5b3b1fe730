"""What can be taken out of an archive as a table: the columns, their types, the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from marsad.assembly.ledger import content
from marsad.export.rows import COLUMNS, TYPES, record_row
from marsad.store.base import Store
from marsad.stored import By, Filters, Hit, Page, Period

Rows = Iterator[tuple[Any, tuple[object, ...]]]
"""(the object as it is, its row)"""
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Table:
    """A table to export: `types` names the columns that are not text; rows are made as they are taken."""

    name: str
    columns: tuple[str, ...]
    types: dict[str, str]
    rows: Rows


def _paged(ask: Callable[[int], Page[Any]]) -> Iterator[Any]:
    offset = 0
    while (page := ask(offset)).items:
        yield from page.items
        offset += len(page.items)


def _fields(items: Iterator[Any], columns: tuple[str, ...]) -> Rows:
    for item in items:
        values = (getattr(item, name) for name in columns)
        yield item, tuple(" ".join(map(str, v)) if isinstance(v, tuple) else v for v in values)


def records(store: Store, filters: Filters) -> Table:
    """Records that meet the filters, oldest first."""
    return Table("records", COLUMNS, TYPES, ((record, record_row(record)) for record in store.stream(filters)))


def between(store: Store, a: str, b: str, filters: Filters) -> Table:
    """Records that join two actors (what a dossier counts), newest first."""
    found = _paged(lambda offset: store.between(a, b, filters, offset, _PAGE))
    return Table("records", COLUMNS, TYPES, ((record, record_row(record)) for record in found))


_ARTICLE = (
    "id", "version", "date", "outlet", "title", "url", "source_id", "story", "pipeline", "added", "statements",
    "events", "relations", "mechanisms",
)  # fmt: skip


def articles(store: Store, filters: Filters) -> Table:
    """Articles, newest first, without their texts."""
    types = dict.fromkeys(("version", "statements", "events", "relations", "mechanisms"), "int")
    found = _paged(lambda offset: store.articles(filters, offset, _PAGE))
    return Table("articles", _ARTICLE, types, _fields(found, _ARTICLE))


# `source` is the outlet that the statement was made to, as the text names it; `outlets` are those that report it.
LEDGER = (
    "id", "date", "speaker", "role", "codes", "act", "negated", "topics", "content", "outlets", "places", "claimants",
    "links", "addressee", "occasion", "source", "article", "url",
)  # fmt: skip


def ledger_row(entry: Any) -> tuple[object, ...]:
    """An entry of the ledger as a row."""
    s = entry.statement
    return (
        s.id, s.date, s.record.speaker.name, s.record.speaker.role, " ".join(s.record.speaker.affiliation),
        s.record.act, s.record.negated, " ".join(s.topics), content(s),
        " | ".join(dict.fromkeys(place.outlet for place in entry.places if place.outlet)), len(entry.places),
        " > ".join(c.name or "" for c in s.claimants), " ".join(f"{link.kind}:{link.other}" for link in entry.links),
        *(span.quote if span else "" for span in (s.record.addressee, s.record.occasion, s.record.outlet)),
        s.article, s.url,
    )  # fmt: skip


def ledger(store: Store, filters: Filters) -> Table:
    """Statements of `filters.speaker` (everybody's without), newest first, repeats joined."""

    def entries() -> Rows:
        offset = 0
        while True:
            page = store.ledger(filters.speaker, filters, offset, _PAGE)
            for entry in page.items:
                yield entry, ledger_row(entry)
            offset += _PAGE
            if offset >= page.total:
                return

    return Table("ledger", LEDGER, {"negated": "bool", "places": "int"}, entries())


def timeline(store: Store, filters: Filters, by: By = "month") -> Table:
    """The timeline of the two actors in the filters, oldest first."""
    from msgspec.structs import replace

    from marsad.errors import QueryError

    if len(filters.actors) != 2:
        raise QueryError("a timeline needs two actors")
    a, b = filters.actors
    columns = Period.__struct_fields__
    periods = iter(store.timeline(a, b, by, replace(filters, actors=())))
    return Table("timeline", columns, dict.fromkeys(columns[1:], "int"), _fields(periods, columns))


_ACTOR = (
    "key", "name", "kind", "codes", "articles", "statements", "events", "relations", "mechanisms", "first", "last",
)  # fmt: skip


def actors(store: Store, filters: Filters) -> Table:
    """All actors, those in most articles first."""
    types = dict.fromkeys(("articles", "statements", "events", "relations", "mechanisms"), "int")
    return Table("actors", _ACTOR, types, _fields(_paged(lambda o: store.actors("", (), o, _PAGE)), _ACTOR))


_PAIR = ("a", "b", "records", "events", "relations", "statements", "positive", "negative", "last")


def pairs(store: Store, filters: Filters) -> Table:
    """Pairs of actors, those with most records first."""
    found = _paged(lambda offset: store.pairs(filters, offset, _PAGE))
    return Table("pairs", _PAIR, dict.fromkeys(_PAIR[2:8], "int"), _fields(found, _PAIR))


_VERDICT = (
    "id", "at", "analyst", "decision", "layer", "record", "article", "version", "standing", "note", "correction",
    "record_then",
)  # fmt: skip


def verdicts(store: Store, filters: Filters) -> Table:
    """Verdicts in force, newest first; corrections and the records as they were as JSON."""
    import msgspec

    def rows() -> Rows:
        for verdict in _paged(lambda offset: store.verdicts(filters, offset, _PAGE)):
            values = (getattr(verdict, name) for name in _VERDICT)
            yield verdict, tuple(msgspec.json.encode(v).decode() if isinstance(v, dict) else v for v in values)

    return Table("verdicts", _VERDICT, {"version": "int"}, rows())


_STORY = ("id", "first", "last", "count", "outlets", "articles", "title")


def stories(store: Store, filters: Filters) -> Table:
    """Stories of two articles or more, newest first."""

    def rows() -> Rows:
        for story in _paged(lambda offset: store.stories(offset, _PAGE)):
            ids = " ".join(article.id for article in story.articles)
            count, outlets = len(story.articles), " | ".join(story.outlets)
            yield story, (story.id, story.first, story.last, count, outlets, ids, story.articles[0].title)

    return Table("stories", _STORY, {"count": "int"}, rows())


HIT = ("article", "date", "outlet", "title", "url", "snippet", "records")


def hit_row(hit: Hit) -> tuple[object, ...]:
    """A hit of a search as a row."""
    a = hit.article
    snippet = " … ".join(" ".join(s.text.split()) for s in hit.snippets)
    return a.id, a.date, a.outlet, a.title, a.url, snippet, " ".join(hit.records)


def search(store: Store, filters: Filters, query: str) -> Table:
    """Articles that a search finds, newest first, with their snippets and the records that meet the filters."""
    found = _paged(lambda offset: store.search(query, filters, offset, _PAGE))
    return Table("search", HIT, {}, ((hit, hit_row(hit)) for hit in found))


VIEWS: dict[str, Callable[[Store, Filters], Table]] = {
    "records": records, "articles": articles, "ledger": ledger, "timeline": timeline, "actors": actors, "pairs": pairs,
    "verdicts": verdicts, "stories": stories,
}  # fmt: skip
