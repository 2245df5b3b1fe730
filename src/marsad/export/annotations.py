"""Records as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): a collection in JSON-LD.

Each annotation targets the record's words in the article by quote (with what stands before and after) and by
position, and carries the record as its body.  Positions are code points, as everywhere in Marsad.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

import msgspec

from marsad.records import Span
from marsad.store.base import Store
from marsad.store.rows import record_spans
from marsad.stored import Filters, StoredRecord
from marsad.version import VERSION

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32
_encode = msgspec.json.Encoder().encode


def annotation(record: StoredRecord, text: str) -> dict[str, Any]:
    """One annotation; `text` is the article's."""
    source = record.url or f"urn:marsad:{record.article}"
    targets = [
        {"source": source, "selector": _selector(span, text)} for span in dict.fromkeys(record_spans(record.record))
    ]
    body: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "classifying", "value": f"{record.layer}:{_kind(record)}"},
        {"type": "TextualBody", "purpose": "describing", "format": "application/json",
         "value": _encode(record.record).decode()},
    ]  # fmt: skip
    if record.claimants:
        chain = " > ".join(claimant.name or claimant.role or "" for claimant in record.claimants)
        body.append({"type": "TextualBody", "purpose": "commenting", "value": f"held by {chain}"})
    if record.verdict:
        body.append({"type": "TextualBody", "purpose": "assessing", "value": record.verdict.decision})
    return {
        "@context": _CONTEXT, "id": f"urn:marsad:{record.id}", "type": "Annotation", "motivation": "classifying",
        "generator": {"type": "Software", "name": f"Marsad {VERSION}"}, "body": body,
        "target": targets[0] if len(targets) == 1 else targets,
    }  # fmt: skip


def _selector(span: Span, text: str) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector", "exact": span.quote, "prefix": text[max(0, span.start - _AROUND) : span.start],
            "suffix": text[span.end : span.end + _AROUND],
        },
        {"type": "TextPositionSelector", "start": span.start, "end": span.end},
    ]  # fmt: skip


def _kind(record: StoredRecord) -> str:
    for name in ("act", "type", "domain", "claim"):
        value = getattr(record.record, name, None)
        if value:
            return str(value)
    return ""


def annotated(store: Store, records: Iterable[StoredRecord]) -> Iterator[dict[str, Any]]:
    """Annotations of records that come article by article."""
    article, text = "", ""
    for record in records:
        if record.article != article:
            stored = store.article(record.article, record.version)
            article, text = record.article, stored.text if stored else ""
        yield annotation(record, text)


def write_annotations(store: Store, filters: Filters, out: IO[bytes]) -> int:
    """An AnnotationCollection with one page of all; returns how many there are."""
    head = {"@context": _CONTEXT, "id": "urn:marsad:annotations", "type": "AnnotationCollection", "label": "Marsad"}
    out.write(_encode(head)[:-1] + b',"first":{"id":"urn:marsad:annotations:1","type":"AnnotationPage","startIndex":0,')
    out.write(b'"items":[')
    count = 0
    for item in annotated(store, store.stream(filters)):
        out.write(b",\n" if count else b"\n")
        out.write(_encode(item))
        count += 1
    out.write(b'\n]},"total":%d}\n' % count)
    return count
