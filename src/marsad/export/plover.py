"""Events for programs that read event data: PLOVER's lines of JSON, and rows in the manner of ICEWS with CAMEO codes.

Programs that count rows take every row for something that happened: so only actual events are given unless the user
asks for others, and what one article tells twice (headline and lead) is one event.  Who claims an event stands beside
it.  docs/plover.md explains every field.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import IO, Any, NamedTuple

import msgspec

from marsad.assembly.claims import chains
from marsad.lexicon.codes import name_of
from marsad.lexicon.plover import UNKNOWN, cameo, party, quad, score
from marsad.records import Article, Event, Reading, Span, Status
from marsad.store.base import Store
from marsad.store.identity import article_id
from marsad.store.prepare import first_day
from marsad.stored import Claimant, Filters, StoredEvent
from marsad.version import VERSION

ACTUAL: tuple[Status, ...] = ("actual",)
_AUXILIARY: dict[Status, tuple[str, ...]] = {
    "actual": (), "planned": ("future",), "called-for": ("hypothetical",), "hypothetical": ("hypothetical",),
    "negated": ("negation",),
}  # fmt: skip
"""PLOVER's auxiliary modes; it has none for what is called for, whose call is an event of its own (REQUEST)."""
_encode = msgspec.json.Encoder().encode


class Coded(NamedTuple):
    """An event in its place: what either format is made from.  `date` is the event's own or the article's."""

    event: Event
    article: str
    text: str
    date: str | None
    title: str | None
    outlet: str | None
    url: str | None
    story: str
    claimants: Sequence[Claimant]


def of_reading(article: Article, reading: Reading, statuses: Sequence[Status] = ACTUAL) -> Iterator[Coded]:
    """The events of one reading, in the order of the text."""
    held = chains(reading.statements)
    key = article.id or article_id(article, reading.text_hash)
    for event in reading.events:
        if event.status in statuses and event.same_as is None:
            yield Coded(
                event, key, article.text, first_day(event.time) or article.date, article.title, article.outlet,
                article.url, "", held.get(event.statement or "", ()),
            )  # fmt: skip


def of_store(store: Store, filters: Filters) -> Iterator[Coded]:
    """The events of an archive that meet the filters, article by article; actual ones unless `filters.statuses` says
    otherwise."""
    wanted = msgspec.structs.replace(filters, layers=("event",), statuses=filters.statuses or ACTUAL)
    article, text = "", ""
    for record in store.stream(wanted):
        if not isinstance(record, StoredEvent) or record.record.same_as is not None:
            continue
        if record.article != article:
            stored = store.article(record.article, record.version)
            article, text = record.article, stored.text if stored else ""
        yield Coded(
            record.record, article, text, record.date, record.title, record.outlet, record.url, record.story,
            record.claimants,
        )  # fmt: skip


def record(found: Coded) -> dict[str, Any]:
    """PLOVER's record of an event; fields that hold nothing are left out, but for `date`."""
    event = found.event
    start, end = _sentence(found.text, event.trigger)
    values: dict[str, Any] = {
        "recipient": _entities(event.targets, event.target_sectors, event.target_spans),
        "event_loc": _place(event),
        "event_text": event.trigger.quote,
        "quad_code": quad(event.type),
        "event_scale": score(event.type, event.mode),
        "mode": [*([event.mode] if event.mode else []), *_AUXILIARY[event.status]],
        "context": list(event.contexts),
        "text": found.text[start:end],
        "text_info": {"start": event.trigger.start, "end": event.trigger.end, "text_story": found.story},
        "cite_info": _filled(
            corpus=found.article, title=found.title, publication=found.outlet, url=found.url, language="ar",
            coder=f"Marsad {VERSION}", codebook="PLOVER 2.0",
        ),
        "coder": f"Marsad {VERSION}",
        "comment": " > ".join(map(_holder, found.claimants)),
    }  # fmt: skip
    interval = (event.time.value if event.time else "").partition("/")[2]
    return {
        "id": event.id,
        "date": found.date,
        **({"enddate": interval} if interval else {}),
        "actor": _entities(event.sources, event.source_sectors, event.source_spans) or [_filled(sector=["UNK"])],
        "event": event.type,
        **_filled(**values),
    }


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def _holder(claimant: Claimant) -> str:
    return claimant.name or claimant.role or "?"


def _entities(codes: Sequence[str], sectors: Sequence[str], spans: Sequence[Span]) -> list[dict[str, Any]]:
    """PLOVER's entities.  The sectors that the text gives belong to all of a side; the words too where they are not
    one for each actor."""
    out = []
    for at, code in enumerate(codes):
        words = [spans[at].quote] if len(spans) == len(codes) else [span.quote for span in spans]
        out.append(
            _filled(
                code=party(code).country, sector=_sectors(code, sectors), entity_text=" | ".join(words),
                identifier_id=code, identifier_text=_english(code),
            )
        )  # fmt: skip
    return out


def _sectors(code: str, given: Sequence[str]) -> list[str]:
    """Sectors that the text gives, then those of the actor itself; UNK where neither says anything of one that has no
    country.  (IGO is a country code in PLOVER.)"""
    known = party(code)
    sectors = dict.fromkeys(s for s in (*given, *known.sectors) if s not in ("IGO", "UNK"))
    return list(sectors) or ([] if known.country else list(UNKNOWN.sectors))


def _english(code: str) -> str:
    """The English name where there is one, else the Arabic one."""
    name = name_of(code, "en")
    return name if name != code else name_of(code)


def _place(event: Event) -> dict[str, Any]:
    place = event.place
    if place is None:
        return {}
    return _filled(
        extracted_place=place.span.quote, country_code=place.country,
        country=_english(place.country) if place.country else None, lat=place.latitude, lon=place.longitude,
    )  # fmt: skip


def _sentence(text: str, span: Span) -> tuple[int, int]:
    """The line in which the span stands, of a long one the stretch between full stops."""
    start = max(text.rfind("\n", 0, span.start), text.rfind(". ", 0, span.start)) + 1
    ends = [at for at in (text.find("\n", span.end), text.find(". ", span.end)) if at >= 0]
    end = min(ends, default=len(text))
    end += text[end : end + 1] == "."
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return start, end


def write_plover(events: Iterable[Coded], out: IO[bytes]) -> int:
    """PLOVER records, one a line; returns how many there are."""
    count = 0
    for found in events:
        out.write(_encode(record(found)) + b"\n")
        count += 1
    return count


ICEWS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
"""The columns of ICEWS coded event data, in its order."""
COLUMNS = (
    *ICEWS, "Source Code", "Target Code", "Event Type", "Event Mode", "Quad Code", "Contexts", "Status", "Claimant",
    "Source", "URL",
)  # fmt: skip
"""After ICEWS's own columns: Marsad's actor codes, PLOVER's type, mode, quad and contexts, the status, who claims the
event ("" for the writer), the words around it, and the address."""
UNSPECIFIED = "Unspecified Actor"


def rows(found: Coded) -> Iterator[tuple[object, ...]]:
    """Rows of `COLUMNS`: one for each source with each target; where there is no target, one for each pair of sources;
    where there is one source alone, one without a target."""
    event = found.event
    if event.targets:
        sides = list(product(event.sources or ("",), event.targets))
    elif len(event.sources) > 1:
        sides = list(combinations(event.sources, 2))
    else:
        sides = [(event.sources[0] if event.sources else "", "")]
    start, end = _sentence(found.text, event.trigger)
    place = event.place
    for number, (source, target) in enumerate(sides):
        yield (
            event.id if len(sides) == 1 else f"{event.id}-{number + 1}", found.date,
            *_side(source, event.source_sectors, UNSPECIFIED), event.trigger.quote, cameo(event.type, event.mode),
            score(event.type, event.mode), *_side(target, event.target_sectors, ""), found.article, "", found.outlet,
            place.span.quote if place else "", "", "", _english(place.country) if place and place.country else "",
            place.latitude if place else None, place.longitude if place else None, source, target, event.type,
            event.mode or "", quad(event.type), ";".join(event.contexts), event.status,
            " > ".join(map(_holder, found.claimants)), " ".join(found.text[start:end].split()), found.url,
        )  # fmt: skip


def _side(code: str, sectors: Sequence[str], nobody: str) -> tuple[str, str, str]:
    """Name, sectors and country of one side."""
    if not code:
        return nobody, "", ""
    return _english(code), ",".join(_sectors(code, sectors)), party(code).country


def write_cameo(events: Iterable[Coded], out: IO[bytes]) -> int:
    """Rows as tab-separated text with a heading; returns how many events there are."""
    text = io.TextIOWrapper(out, "utf-8", newline="", write_through=True)
    try:
        writer = csv.writer(text, "excel-tab", lineterminator="\n")
        writer.writerow(COLUMNS)
        count = 0
        for found in events:
            writer.writerows(["" if value is None else value for value in row] for row in rows(found))
            count += 1
        return count
    finally:
        text.detach()
