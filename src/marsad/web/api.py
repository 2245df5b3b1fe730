"""The archive as JSON: one route for each question that a store answers (`store/base.py`), under `/api`.

Answers are the project's records as they are; OpenAPI (`/api/openapi.json`) is made from them, and `/api/reference`
is a page made from OpenAPI.  Names of query parameters are those of the pages' addresses and of the command line.
Every list comes in pages: `offset`, `limit` and `total`.  What cannot be answered is told as a `Problem`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from litestar import Request, Router, get, post
from litestar.di import NamedDependency, Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import (
    Contact,
    License,
    OpenAPIFormat,
    OpenAPIMediaType,
    OpenAPIResponse,
    OpenAPIType,
    Operation,
    Schema,
)
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from marsad.assembly.dossier import Dossier
from marsad.assembly.ledger import LedgerEntry
from marsad.errors import NotFoundError, QueryError
from marsad.export.tables import MEDIA, TABLE_FORMATS
from marsad.lexicon.codes import code_of
from marsad.lexicon.rows import find_row
from marsad.records import Act, Article, Domain, EventType, Reading, Record, Status
from marsad.stored import (
    ActorCard,
    ActorRow,
    ArticleInfo,
    By,
    Count,
    Decision,
    Feed,
    Filters,
    Hit,
    Layer,
    Page,
    PairRow,
    Period,
    SpeakerRow,
    Stats,
    StoredReading,
    StoredRecord,
    Story,
    Verdict,
)
from marsad.version import VERSION
from marsad.web import api_system, query
from marsad.web.options import Options
from marsad.web.pages import reference
from marsad.web.problems import problems
from marsad.web.render import options_of, store_of
from marsad.web.streams import stream_export


def _told(description: str) -> QueryParameter:
    return QueryParameter(description=description)


T = TypeVar("T")
Asked = Request[Any, Any, Any]
Filtered = NamedDependency[Filters]
Text = str
Texts = list[str] | None
Offset = Annotated[int, QueryParameter(ge=0, le=query.DEEPEST, description="Items to pass over.")]
Limit = Annotated[int, QueryParameter(ge=1, le=query.MOST, description="Items of this page.")]
Kind = Literal["state", "body", "bloc", "group", "person", "outlet", "people", "document"]
View = Literal["records", "articles", "ledger", "timeline", "actors", "pairs", "verdicts", "stories"]
Format = Literal["csv", "jsonl", "parquet", "xlsx"]


class Rule(Record, frozen=True):
    """The data row behind a record's `rule`: where it stands, what it says, the sentences that it must match."""

    id: str
    file: str
    row: str
    examples: tuple[str, ...]


class Judgement(Record, frozen=True):
    """A verdict to be kept.  `correction` gives fields of the record their right values, only with `correct`."""

    decision: Decision
    note: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    analyst: Annotated[str, msgspec.Meta(max_length=200)] = ""
    correction: dict[str, Any] = msgspec.field(default_factory=dict)


def _filters(
    request: Asked,
    since: Annotated[Text | None, _told("From this date on (2024, 2024-05 or 2024-05-31).")] = None,
    until: Annotated[Text | None, _told("Up to and with this date.")] = None,
    outlet: Annotated[Texts, _told("In any of these outlets.")] = None,
    actor: Annotated[Texts, _told("All of these take part (codes or names).")] = None,
    speaker: Annotated[Text | None, _told("Held by: a code, or words of a name.")] = None,
    layer: Annotated[list[Layer] | None, _told("Records of these layers.")] = None,
    type_: Annotated[list[EventType] | None, QueryParameter(name="type", description="Events of these types.")] = None,
    act: Annotated[list[Act] | None, _told("Statements with these acts.")] = None,
    domain: Annotated[list[Domain] | None, _told("Relations in these domains.")] = None,
    status: Annotated[list[Status] | None, _told("Events with these statuses.")] = None,
    claim: Annotated[list[Literal["asserts", "denies", "concedes"]] | None, _told("Mechanisms so claimed.")] = None,
    polarity: Annotated[list[Literal["-1", "0", "1"]] | None, _told("Relations so signed.")] = None,
    article: Annotated[Text | None, _told("Of this article.")] = None,
    story: Annotated[Text | None, _told("Of this story.")] = None,
    words: Annotated[Text | None, _told("A search that the record's own words meet.")] = None,
    decided: Annotated[Literal["accept", "reject", "correct"] | None, _told("Records with this verdict.")] = None,
    hide_rejected: Annotated[Literal["1"] | None, _told("Leave out what an analyst has rejected.")] = None,
) -> Filters:
    """The filters; they are declared here for OpenAPI, and read as the pages read them."""
    return query.filters_of(request.query_params)


@get("/stats", sync_to_thread=True, summary="What the archive holds")
def stats(request: Asked) -> Stats:
    """Counts of articles, stories, outlets and records, with the first and last date."""
    return store_of(request).stats()


@get("/articles", sync_to_thread=True, summary="Articles", responses=problems(400))
def articles(request: Asked, filters: Filtered, offset: Offset = 0, limit: Limit = query.LIMIT) -> Page[ArticleInfo]:
    """Articles that hold a record meeting the filters, newest first."""
    return store_of(request).articles(filters, offset, limit)


@get("/articles/{id:str}", sync_to_thread=True, summary="An article with all that was read in it",
     responses=problems(400, 404))  # fmt: skip
def article(
    request: Asked, id: FromPath[str],
    version: Annotated[int | None, QueryParameter(ge=1, le=query.DEEPEST, description="This, not the newest.")] = None,
) -> StoredReading:  # fmt: skip
    """The text as it was read, and its records.  Offsets are half-open and count Unicode code points."""
    return _found(store_of(request).reading(query.clean(id), version), "article", id)


@get("/articles/{id:str}/versions", sync_to_thread=True, summary="Versions of an article",
     responses=problems(400, 404))  # fmt: skip
def versions(request: Asked, id: FromPath[str]) -> tuple[ArticleInfo, ...]:
    """All versions, oldest first."""
    return _found(store_of(request).versions(query.clean(id)) or None, "article", id)


@get("/search", sync_to_thread=True, summary="Search in texts and titles", responses=problems(400))
def search(
    request: Asked, filters: Filtered,
    q: Annotated[str, QueryParameter(min_length=1, max_length=query.LONGEST, description="Words and “phrases”.")],
    sort: FromQuery[Literal["newest", "best"]] = "newest", offset: Offset = 0, limit: Limit = query.LIMIT,
) -> Page[Hit]:  # fmt: skip
    """Articles found, with snippets.  Words are found whatever their clitics, number or spelling of hamza."""
    return store_of(request).search(q, filters, offset, limit, sort)


@get("/records", sync_to_thread=True, summary="Records of all layers", responses=problems(400))
def records(
    request: Asked, filters: Filtered, offset: Offset = 0, limit: Limit = query.LIMIT,
    oldest_first: Annotated[bool, _told("By date upward.")] = False,
) -> Page[StoredRecord]:  # fmt: skip
    """Statements, events, relations and mechanisms, each with its article, its chain of claimants and its verdict."""
    return store_of(request).records(filters, offset, limit, oldest_first)


@get("/records/{id:str}", sync_to_thread=True, summary="One record", responses=problems(400, 404))
def record(request: Asked, id: FromPath[str]) -> StoredRecord:
    """A record by its id, also of an older version of its article."""
    found: StoredRecord | None = store_of(request).record(query.clean(id))
    if found is None:
        raise NotFoundError(f"there is no record {id!r}")
    return found


@get("/records/{id:str}/verdicts", sync_to_thread=True, summary="All verdicts ever given on a record",
     responses=problems(400))  # fmt: skip
def verdict_history(request: Asked, id: FromPath[str]) -> tuple[Verdict, ...]:
    """Oldest first, with those that were withdrawn or superseded."""
    return store_of(request).verdict_history(query.clean(id))


@post("/records/{id:str}/verdicts", sync_to_thread=True, summary="Decide on a record",
      responses=problems(400, 403, 404))  # fmt: skip
def decide(request: Asked, id: FromPath[str], data: JSONBody[Judgement]) -> Verdict:
    """Accept, reject or correct a record, or withdraw the last verdict on it."""
    values = [data.note, data.analyst, *map(str, data.correction)]
    if any("\x00" in value for value in values):
        raise QueryError("a text with a zero character cannot be kept")
    return store_of(request).decide(
        Verdict(
            id="", record=query.clean(id), layer="statement", article="", version=0, decision=data.decision, at="",
            analyst=data.analyst or options_of(request).analyst, note=data.note, correction=data.correction,
        )
    )  # fmt: skip


@get("/verdicts", sync_to_thread=True, summary="Verdicts in force", responses=problems(400))
def verdicts(request: Asked, filters: Filtered, offset: Offset = 0, limit: Limit = query.LIMIT) -> Page[Verdict]:
    """Newest first."""
    return store_of(request).verdicts(filters, offset, limit)


@get("/facets", sync_to_thread=True, summary="How an answer divides", responses=problems(400))
def facets(
    request: Asked,
    filters: Filtered,
    q: Annotated[Text | None, _told("In the articles found.")] = None,
) -> dict[str, tuple[Count, ...]]:
    """Counts of records by `layer`, `act`, `type`, `domain`, `status`, `outlet` and `year`."""
    return store_of(request).facets(filters, q or None)


@get("/ledger", sync_to_thread=True, summary="Statements over time", responses=problems(400))
def ledger(request: Asked, filters: Filtered, offset: Offset = 0, limit: Limit = query.LIMIT) -> Page[LedgerEntry]:
    """Statements of `speaker` (everybody's without), newest first, repeats joined, with links to what they deny."""
    return store_of(request).ledger(filters.speaker, filters, offset, limit)


Side = Annotated[str, QueryParameter(min_length=1, max_length=query.LONGEST, description="A code or a name.")]


@get("/dossier", sync_to_thread=True, summary="All about two actors", responses=problems(400))
def dossier(request: Asked, filters: Filtered, a: Side, b: Side) -> Dossier:
    """By domain, over time, by claimant, and where the sources disagree."""
    return store_of(request).dossier(code_of(query.clean(a)), code_of(query.clean(b)), filters)


@get("/timeline", sync_to_thread=True, summary="Two actors over time", responses=problems(400))
def timeline(request: Asked, filters: Filtered, a: Side, b: Side, by: FromQuery[By] = "month") -> tuple[Period, ...]:
    """Events, relation claims and statements by day, month or year, oldest first."""
    return store_of(request).timeline(code_of(query.clean(a)), code_of(query.clean(b)), by, filters)


@get("/pairs", sync_to_thread=True, summary="Pairs of actors", responses=problems(400))
def pairs(request: Asked, filters: Filtered, offset: Offset = 0, limit: Limit = query.LIMIT) -> Page[PairRow]:
    """Those that most records join first."""
    return store_of(request).pairs(filters, offset, limit)


@get("/actors", sync_to_thread=True, summary="Actors", responses=problems(400))
def actors(
    request: Asked,
    words: Annotated[Text | None, _told("Words of the name, or the code.")] = None,
    kind: Annotated[list[Kind] | None, _told("Of these kinds.")] = None,
    offset: Offset = 0, limit: Limit = query.LIMIT,
) -> Page[ActorRow]:  # fmt: skip
    """Those in most articles first."""
    return store_of(request).actors(query.clean(words or ""), tuple(kind or ()), offset, limit)


@get("/actor", sync_to_thread=True, summary="One actor", responses=problems(400, 404))
def actor(request: Asked, key: Side) -> ActorCard:
    """By code or key: roles over time, names as written, partners."""
    return _found(store_of(request).actor(query.clean(key)), "actor", key)


@get("/speakers", sync_to_thread=True, summary="Speakers", responses=problems(400))
def speakers(
    request: Asked, words: Annotated[Text | None, _told("Words of the name, or a code.")] = None,
    offset: Offset = 0, limit: Limit = query.LIMIT,
) -> Page[SpeakerRow]:  # fmt: skip
    """Those with most statements first."""
    return store_of(request).speakers(query.clean(words or ""), offset, limit)


@get("/outlets", sync_to_thread=True, summary="Outlets by number of articles")
def outlets(request: Asked) -> tuple[Count, ...]:
    """All of them."""
    return store_of(request).outlets()


@get("/stories", sync_to_thread=True, summary="Stories told by several outlets", responses=problems(400))
def stories(request: Asked, offset: Offset = 0, limit: Limit = query.LIMIT) -> Page[Story]:
    """Groups of near-duplicate articles, newest first."""
    return store_of(request).stories(offset, limit)


@get("/stories/{id:str}", sync_to_thread=True, summary="One story", responses=problems(400, 404))
def story(request: Asked, id: FromPath[str]) -> Story:
    """By its id or that of one of its articles."""
    return _found(store_of(request).story(query.clean(id)), "story", id)


@get("/feeds", sync_to_thread=True, summary="Watched feeds")
def feeds(request: Asked) -> tuple[Feed, ...]:
    """How the last tries went."""
    return store_of(request).feeds()


@get("/rules/{id:str}", sync_to_thread=True, summary="The row behind a rule", responses=problems(400, 404))
def rule(id: FromPath[str]) -> Rule:
    """Why a record was made: the data row that its `rule` names, as its author wrote it."""
    row = _found(find_row(query.clean(id)), "rule", id)
    return Rule(id=row.id, file=row.file, row=row.as_yaml(), examples=tuple(row.examples()))


@post("/read", sync_to_thread=True, status_code=200, summary="Read a text", responses=problems(400, 413))
def read(request: Asked, data: JSONBody[Article]) -> Reading:
    """The record of a text that is not kept.  `date` anchors «أمس»; `id` comes back as it was given."""
    from msgspec.structs import replace

    from marsad.ingest.checks import check_article
    from marsad.reading import pipeline

    checked, warnings = check_article(data, options_of(request).max_chars)
    reading = pipeline.read(checked)
    return replace(reading, warnings=(*warnings, *reading.warnings)) if warnings else reading


@dataclass
class _Table(Operation):
    """An answer of several kinds, which OpenAPI would otherwise give one."""

    def __post_init__(self) -> None:
        binary = OpenAPIMediaType(Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY))
        kinds = {MEDIA[form].partition(";")[0]: binary for form in TABLE_FORMATS}
        told = OpenAPIResponse(description="The table.", content=kinds)
        self.responses = {**(self.responses or {}), "200": told}


@get("/export/{view:str}/{form:str}", sync_to_thread=True, summary="Take a table out", responses=problems(400),
     operation_class=_Table)  # fmt: skip
def export(request: Asked, filters: Filtered, view: FromPath[View], form: FromPath[Format]) -> Any:
    """All rows that meet the filters, streamed.  A `timeline` needs two actors."""
    return stream_export(store_of(request), view, form, filters)


def _found(item: T | None, what: str, id: str) -> T:
    if item is None:
        raise NotFoundError(f"there is no {what} {id!r}")
    return item


HANDLERS: list[Any] = [
    stats, articles, article, versions, search, records, record, verdict_history, decide, verdicts, facets, ledger,
    dossier, timeline, pairs, actors, actor, speakers, outlets, stories, story, feeds, rule, read, export,
    *api_system.HANDLERS,
]  # fmt: skip
ROUTES: list[Any] = [
    Router("/api", route_handlers=HANDLERS, dependencies={"filters": Provide(_filters, sync_to_thread=False)}),
    *reference.ROUTES,
]


def documentation(options: Options) -> dict[str, Any]:
    """OpenAPI, made from the handlers and records; without pages that would load scripts from elsewhere."""
    config = OpenAPIConfig(
        title="Marsad", version=VERSION, path="/api", render_plugins=[JsonRenderPlugin()],
        description="An archive of what the Arabic press reports: who said what, who did what to whom, how actors "
        "stand, and what is claimed to cause what.",
        license=License(name="Apache-2.0", identifier="Apache-2.0"), contact=Contact(name="Marsad"),
    )  # fmt: skip
    return {"openapi_config": config}
