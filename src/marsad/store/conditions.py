"""From filters to SQL conditions on records `r` and on versions `v`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from marsad.errors import QueryError
from marsad.store.engine import Engine
from marsad.store.query import parse
from marsad.store.rows import name_key
from marsad.store.schema import LAYER_NUMBER, RECORD_BITS, first_n, is_statement, layer_number
from marsad.stored import LAYERS, Filters

CODE = re.compile(r"[A-Z][A-Z0-9_]+")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Where:
    """Conditions joined by AND, with their values in order; `joins` stand before them."""

    def __init__(self) -> None:
        self.joins = ""
        self.parts: list[str] = []
        self.params: list[object] = []

    def add(self, condition: str, *params: object) -> None:
        self.parts.append(condition)
        self.params.extend(params)

    def any(self, column: str, values: Sequence[object]) -> None:
        """One of the values, where any are asked for."""
        if values:
            self.add(f"{column} IN ({', '.join('?' * len(values))})", *values)

    def __str__(self) -> str:
        return " AND ".join(self.parts) or "1 = 1"


def check_date(date: str | None) -> str | None:
    """The date, where it is one; raises QueryError else."""
    if date is not None and not _DATE.fullmatch(date):
        raise QueryError(f"{date!r} is no date; write 2024-05-31, 2024-05 or 2024")
    return date


def until(date: str) -> str:
    """What compares greater than every date in `date`: «2024-05» holds «2024-05-31»."""
    return date + "~"


def speaker_keys(engine: Engine, speaker: str) -> list[str]:
    """Keys of the speakers that words of a name mean: an exact key alone, else all whose name holds the words."""
    key = name_key(speaker)
    if engine.one(f"SELECT 1 FROM records WHERE speaker = ? AND {is_statement('rid')} LIMIT 1", [key]):
        return [key]
    where = Where()
    for word in key.split():
        where.add("' ' || k.speaker || ' ' LIKE ?", "%".join(("", f" {_escaped(word)} ", "")))
    if not where.parts:
        return []
    statement = f"SELECT k.speaker FROM ({engine.all_speakers}) k WHERE {where} ORDER BY 1"
    return [row[0] for row in engine.rows(statement, where.params)][:500]


def _escaped(word: str) -> str:
    return word.replace("%", "").replace("_", "")


def record_where(engine: Engine, filters: Filters, speakers: Sequence[str] | None = None) -> Where:
    """Conditions on `r`; the first actor is a join with its own codes, so that the newest come without sorting.

    `speakers` are the keys that `filters.speaker` means, where they are known already.
    """
    where = Where()
    actors = list(filters.actors)
    speaker = filters.speaker
    held = "(c.roles LIKE ? OR c.roles LIKE ?)", "%".join(("", "speaker", "")), "%".join(("", "holder", ""))
    if actors:
        where.joins = " JOIN codes c ON c.rid = r.rid"
        where.add("c.code = ? AND c.roles <> 'holder'", actors[0])
    elif speaker is not None and CODE.fullmatch(speaker):
        where.joins = " JOIN codes c ON c.rid = r.rid"
        where.add(f"c.code = ? AND {held[0]}", speaker, *held[1:])
        speaker = None
    for actor in actors[1:]:
        where.add(
            "EXISTS (SELECT 1 FROM codes o WHERE o.code = ? AND o.rid = r.rid AND o.roles <> 'holder')", actor
        )
    for asked in filters.layers:
        if asked not in LAYERS:
            raise QueryError(f"there is no layer {asked!r}; there are {', '.join(LAYERS)}")
    where.any(layer_number("c.rid" if where.joins else "r.rid"), [LAYER_NUMBER[layer] for layer in filters.layers])
    kinds = [
        (layer, values)
        for layer, values in (
            ("event", filters.types), ("statement", filters.acts), ("relation", filters.domains),
            ("mechanism", filters.claims),
        )
        if values
    ]  # fmt: skip
    if kinds:
        either = Where()
        for layer, values in kinds:
            marks = ", ".join("?" * len(values))
            either.add(f"(r.layer = '{layer}' AND r.kind IN ({marks}))", *values)
        where.add("(" + " OR ".join(either.parts) + ")", *either.params)
    if filters.statuses:
        where.add("r.layer = 'event'")
        where.any("r.status", filters.statuses)
    if filters.polarities:
        where.add("r.layer = 'relation'")
        where.any("r.sign", filters.polarities)
    if speaker is not None:
        if CODE.fullmatch(speaker):
            where.add(
                f"EXISTS (SELECT 1 FROM codes s WHERE s.code = ? AND s.rid = r.rid AND {held[0].replace('c.', 's.')})",
                speaker, *held[1:],
            )  # fmt: skip
        else:
            keys = speaker_keys(engine, speaker) if speakers is None else speakers
            if keys:
                where.any("r.speaker", keys)
            else:
                where.add("1 = 0")
    if check_date(filters.since):
        where.add("r.date >= ?", filters.since)
    if check_date(filters.until):
        where.add("r.date <= ? AND r.date <> ''", until(filters.until or ""))
    if filters.words:
        where.add(engine.match_records(parse(filters.words), where.params))
    if filters.decided:
        where.add(
            "EXISTS (SELECT 1 FROM verdicts d WHERE d.stands = r.id AND d.in_force = 1 AND d.decision = ?)",
            filters.decided,
        )
    if filters.hide_rejected:
        where.add(
            "NOT EXISTS (SELECT 1 FROM verdicts d WHERE d.stands = r.id AND d.in_force = 1 AND d.decision = 'reject')"
        )
    if filters.outlets:
        marks = ", ".join("?" * len(filters.outlets))
        where.add(f"r.rid >> {RECORD_BITS} IN (SELECT n FROM versions WHERE outlet IN ({marks}))", *filters.outlets)
    if filters.article is not None or filters.story is not None:
        column, value = ("article", filters.article) if filters.article is not None else ("story", filters.story)
        found = engine.rows(f"SELECT n FROM versions WHERE {column} = ? AND current = 1", [value])
        ranges = Where()
        for (n,) in found:
            ranges.add("r.rid BETWEEN ? AND ?", n << RECORD_BITS, ((n + 1) << RECORD_BITS) - 1)
        where.add("(" + " OR ".join(ranges.parts or ["1 = 0"]) + ")", *ranges.params)
    return where


def version_where(engine: Engine, filters: Filters) -> Where:
    """Conditions on `v`: those on articles, and "holds a record that ..." for those on records."""
    where = Where()
    where.add("v.current = 1")
    where.any("v.outlet", filters.outlets)
    if filters.article is not None:
        where.add("v.article = ?", filters.article)
    if filters.story is not None:
        where.add("v.story = ?", filters.story)
    if filters.of_records():
        inner = record_where(engine, filters)
        where.add(f"v.n IN (SELECT r.rid >> {RECORD_BITS} FROM records r{inner.joins} WHERE {inner})", *inner.params)
    else:
        if check_date(filters.since):
            where.add("v.n >= ? AND v.date >= ?", first_n(filters.since), filters.since)
        if check_date(filters.until):
            where.add("v.date <= ? AND v.date <> ''", until(filters.until or ""))
    return where
