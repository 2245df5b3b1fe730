"""The rows of one article in an archive, the same for every kind of store."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import msgspec

from marsad.records import Event, Mechanism, Relation, Span, Statement
from marsad.text.normalise import fold
from marsad.text.terms import terms

TITLE_END = "¦"
"""A term between title and text, which no phrase can span."""


class RecordRow(NamedTuple):
    """A record: its place in the article's list of that layer, what is asked for, and itself as JSON.

    `kind` is the act, PLOVER type, domain or claim; `sign` that of the quad, polarity or mechanism; `status` that of
    the event, "negated" for a statement, the trend of a relation, the tier of a mechanism; `speaker` the key of who
    holds it; `codes` its actors as a JSON object of roles.
    """

    seq: int
    id: str
    layer: str
    date: str
    kind: str
    sign: int
    status: str
    speaker: str
    start: int
    end: int
    said: str
    claimants: str
    codes: str
    data: str
    terms: str


class CodeRow(NamedTuple):
    """An actor in a record; `roles` joined by commas."""

    seq: int
    layer: str
    code: str
    roles: str


class PairRowIn(NamedTuple):
    """Two actors that a record joins, `a` before `b` in the alphabet; `forward` when it goes from a to b."""

    seq: int
    layer: str
    a: str
    b: str
    forward: int
    date: str
    kind: str
    sign: int
    status: str


class EntityRow(NamedTuple):
    """An actor of the article."""

    key: str
    name: str
    kind: str
    codes: str
    role: str
    mentions: int


class Prepared(NamedTuple):
    """All rows of one article."""

    article: str
    source_id: str | None
    title: str | None
    date: str | None
    outlet: str | None
    url: str | None
    text: str
    text_hash: str
    pipeline: str
    terms: str
    rest: bytes
    """Actors, mentions, times and warnings as compressed JSON."""
    signature: bytes
    records: list[RecordRow]
    codes: list[CodeRow]
    pairs: list[PairRowIn]
    entities: list[EntityRow]


class Rest(msgspec.Struct, frozen=True):
    """What belongs to a reading but is no claim."""

    actors: msgspec.Raw
    mentions: msgspec.Raw
    times: msgspec.Raw
    warnings: tuple[str, ...]


def record_spans(record: Statement | Event | Relation | Mechanism) -> tuple[Span, ...]:
    """The words that a record stands on."""
    if isinstance(record, Statement):
        return record.content or ((record.cue,) if record.cue else ())
    if isinstance(record, Event):
        return record.trigger, *record.source_spans, *record.target_spans
    if isinstance(record, Relation):
        return (record.span,)
    several = (record.cause, record.effect, record.cause_antecedent, record.effect_antecedent)
    return tuple(span for span in several if span is not None)


def record_words(record: Statement | Event | Relation | Mechanism) -> str:
    """The terms under which a record is found."""
    return " ".join(" ".join(terms(span.quote)) for span in record_spans(record))


def article_words(title: str | None, text: list[str]) -> str:
    """The terms under which an article is found, given those of its text."""
    head = terms(title) if title else []
    return " ".join([*head, TITLE_END, *text] if head else text)


def pack_words(words: str) -> bytes:
    """Terms as an archive keeps them beside the text."""
    return zlib.compress(words.encode(), 6)


def unpack_words(packed: bytes) -> str:
    """Terms as they were packed."""
    return zlib.decompress(bytes(packed)).decode()


def speaker_key(statement: Statement) -> str:
    """Who speaks, across articles: the code of a state that speaks, else the folded name; "" for nobody named."""
    speaker = statement.speaker
    if speaker.kind == "state" and len(speaker.affiliation) == 1:
        return speaker.affiliation[0]
    return name_key(speaker.name) if speaker.name else ""


def name_key(name: str) -> str:
    """A name as a key: folded, single spaces."""
    return " ".join(fold(name).split())
