"""Records that meet a question, one record with all that is known of it, and verdicts on records."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple

from litestar import get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath
from litestar.response import Redirect, Response

from marsad.errors import NotFoundError, QueryError, ReadOnlyError
from marsad.lexicon.codes import code_of
from marsad.lexicon.rows import find_row
from marsad.records import Span
from marsad.stored import StoredMechanism, StoredRecord, StoredRelation, StoredStatement, Verdict
from marsad.view.bidi import plain
from marsad.web.query import filters_of, one, window
from marsad.web.render import AnyRequest, options_of, page, store_of, writable

Form = Annotated[dict[str, Any], Body(media_type=RequestEncodingType.URL_ENCODED)]
_AROUND = 90
"""Words on either side of a span among which its right borders can be chosen."""
_NOTE = 2_000
_WORD = re.compile(r"\S+")


@get("/records", sync_to_thread=True, include_in_schema=False)
def records(request: AnyRequest) -> Response[str]:
    """Records that meet the filters; with `a` and `b` those that join the two (what a dossier counts)."""
    query = request.query_params
    store = store_of(request)
    offset, limit = window(query)
    a, b = code_of(one(query, "a")), code_of(one(query, "b"))
    filters = filters_of(query)
    found = store.between(a, b, filters, offset, limit) if a and b else store.records(filters, offset, limit)
    return page(request, "records.html", records=found, filters=filters, a=a, b=b)


class Part(NamedTuple):
    """A span of a record that can be set right: its name, itself, the words that its borders are chosen from."""

    name: str
    span: Span
    words: list[tuple[int, int, str]]


def _spans(record: StoredRecord) -> dict[str, Span]:
    """The spans of a record that an analyst can set right, by the field's name."""
    if isinstance(record, StoredStatement):
        return {"content": record.record.content[0]} if record.record.content else {}
    if isinstance(record, StoredRelation):
        return {"span": record.record.span}
    if isinstance(record, StoredMechanism):
        return {"cause": record.record.cause, "effect": record.record.effect}
    return {"trigger": record.record.trigger}


def _parts(record: StoredRecord, text: str) -> list[Part]:
    words = [(m.start(), m.end(), plain(m.group())) for m in _WORD.finditer(text)]
    parts = []
    for name, span in _spans(record).items():
        first = next((i for i, word in enumerate(words) if word[1] > span.start), 0)
        last = next((i for i, word in enumerate(words) if word[1] >= span.end), len(words) - 1)
        near = words[max(0, first - _AROUND) : last + _AROUND]
        # A border may lie inside a word (a prefix or a mark stands outside the span): it is one of the choices.
        exact = [
            (
                span.start if start < span.start < end else start,
                span.end if start < span.end < end else end,
            )
            for start, end, _ in near
        ]
        parts.append(Part(name, span, [(s, e, plain(text[s:e])) for s, e in exact]))
    return parts


@get("/record/{id:str}", sync_to_thread=True, include_in_schema=False)
def record(request: AnyRequest, id: FromPath[str]) -> Response[str]:
    """A record, its words in their surroundings, who holds it, the rule that made it, and what was decided on it."""
    store = store_of(request)
    found = store.record(id)
    if found is None:
        raise NotFoundError(id)
    article = store.article(found.article, found.version)
    text = article.text if article else ""
    spans = list(_spans(found).values())
    start = max(0, min(span.start for span in spans) - 240) if spans else 0
    end = min(len(text), max(span.end for span in spans) + 240) if spans else 0
    return page(
        request, "record.html", r=found, row=find_row(found.record.rule), history=store.verdict_history(id),
        parts=_parts(found, text) if writable(request) else [], before=text[start : spans[0].start] if spans else "",
        words=text[spans[0].start : spans[0].end] if spans else "", after=text[spans[0].end : end] if spans else "",
        current=bool(article and article.info.current),
    )  # fmt: skip


@post("/record/{id:str}/verdict", sync_to_thread=True, include_in_schema=False)
def decide(request: AnyRequest, id: FromPath[str], data: Form) -> Response[Any]:
    """Accept, reject, set a span right, or undo the last verdict; then back to where it was decided."""
    if not writable(request):
        raise ReadOnlyError("this archive may only be read")
    store = store_of(request)
    found = store.record(id)
    if found is None:
        raise NotFoundError(id)
    decision = str(data.get("decision") or "")
    kept = store.decide(
        Verdict(
            id="", record=id, layer=found.layer, article="", version=0, decision=decision, at="",  # type: ignore[arg-type]
            analyst=options_of(request).analyst, note=str(data.get("note") or "").strip()[:_NOTE],
            correction=_correction(store_of(request), found, data) if decision == "correct" else {},
        )
    )  # fmt: skip
    if data.get("back") == "article":
        return Redirect(f"/article/{kept.article}?version={kept.version}#c-{id}", status_code=303)
    return Redirect(f"/record/{id}", status_code=303)


def _correction(store: Any, found: StoredRecord, data: dict[str, Any]) -> dict[str, object]:
    """The span as the analyst sets it."""
    name = str(data.get("part") or "")
    old = _spans(found).get(name)
    article = store.article(found.article, found.version)
    try:
        start, end = int(str(data.get("start"))), int(str(data.get("end")))
    except ValueError:
        raise QueryError("say where the words begin and end") from None
    if old is None or article is None or not 0 <= start < end <= len(article.text):
        raise QueryError("the words must begin before they end, and lie in the text")
    span = {"start": start, "end": end, "quote": article.text[start:end]}
    return {name: [span] if name == "content" else span}


@get("/verdicts", sync_to_thread=True, include_in_schema=False)
def verdicts(request: AnyRequest) -> Response[str]:
    """Verdicts in force, newest first."""
    query = request.query_params
    offset, limit = window(query, 50)
    filters = filters_of(query)
    return page(
        request, "verdicts.html", verdicts=store_of(request).verdicts(filters, offset, limit), filters=filters
    )


ROUTES = [records, record, decide, verdicts]
