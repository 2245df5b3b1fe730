"""From an article and its reading to the rows of an archive; pure, so that a pool of processes can do it."""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import combinations, product

import msgspec

from marsad.assembly.claims import chains
from marsad.assembly.signs import event_sign, position
from marsad.assembly.stories import signature
from marsad.records import Article, Event, Mechanism, Reading, Relation, Span, Statement, Time
from marsad.store.identity import article_id, rekeyed
from marsad.store.rows import (
    CodeRow,
    EntityRow,
    PairRowIn,
    Prepared,
    RecordRow,
    Rest,
    article_words,
    name_key,
    record_spans,
    record_words,
    speaker_key,
)
from marsad.stored import Claimant
from marsad.text.terms import terms

_MOST = 8
"""Actors of one side of a record that are paired with the other side."""
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_json = msgspec.json.Encoder().encode


def prepare(article: Article, reading: Reading) -> Prepared:
    """The rows of an article."""
    key = article_id(article, reading.text_hash)
    reading = rekeyed(reading, key)
    rows = _Rows(article, reading)
    for number, statement in enumerate(reading.statements):
        rows.statement(number, statement)
    for number, event in enumerate(reading.events):
        rows.event(number, event)
    for number, relation in enumerate(reading.relations):
        rows.relation(number, relation)
    for number, mechanism in enumerate(reading.mechanisms):
        rows.mechanism(number, mechanism)
    rest = Rest(
        msgspec.Raw(_json(reading.actors)), msgspec.Raw(_json(reading.mentions)), msgspec.Raw(_json(reading.times)),
        reading.warnings,
    )  # fmt: skip
    words = terms(article.text)
    return Prepared(
        key, article.id or None, article.title, article.date, article.outlet, article.url, article.text,
        reading.text_hash, reading.version, article_words(article.title, words),
        zlib.compress(_json(rest), 1), signature(words), rows.records, rows.codes, rows.pairs,
        entities(reading),
    )  # fmt: skip


class _Rows:
    """Collects the rows of one reading."""

    def __init__(self, article: Article, reading: Reading) -> None:
        self.records: list[RecordRow] = []
        self.codes: list[CodeRow] = []
        self.pairs: list[PairRowIn] = []
        self._date = article.date or ""
        self._statements = {statement.id: statement for statement in reading.statements}
        self._chains = chains(reading.statements)
        self._found = sorted((m.span.start, m.span.end, m.actor) for m in reading.mentions)
        self._starts = [start for start, _, _ in self._found]
        self._codes_of = {actor.id: actor.codes for actor in reading.actors}

    def statement(self, number: int, s: Statement) -> None:
        topics = self._inside(s.content)
        roles = {"speaker": s.speaker.affiliation, "topic": topics}
        sides = product(s.speaker.affiliation[:_MOST], topics[:_MOST])
        self._put(number, s, "statement", s.act, 0, "negated" if s.negated else "", s.time, s.id, roles, sides)

    def event(self, number: int, e: Event) -> None:
        roles = {"source": e.sources, "target": e.targets}
        sides = product(e.sources[:_MOST], e.targets[:_MOST]) if e.targets else combinations(e.sources[:_MOST], 2)
        self._put(number, e, "event", e.type, event_sign(e.type), e.status, e.time, e.statement, roles, sides)

    def relation(self, number: int, r: Relation) -> None:
        sides = product(r.a[:_MOST], r.b[:_MOST])
        roles = {"a": r.a, "b": r.b}
        self._put(number, r, "relation", r.domain, r.polarity, r.trend or "", None, r.statement, roles, sides)

    def mechanism(self, number: int, m: Mechanism) -> None:
        cause = self._inside(span for span in (m.cause, m.cause_antecedent) if span is not None)
        effect = self._inside(span for span in (m.effect, m.effect_antecedent) if span is not None)
        sides = combinations(list(dict.fromkeys((*cause, *effect)))[:_MOST], 2)
        roles = {"cause": cause, "effect": effect}
        self._put(number, m, "mechanism", m.claim, m.sign, m.tier, None, m.statement, roles, sides)

    def _inside(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Codes of the actors named in the spans, in the order of the text."""
        named: dict[str, None] = {}
        for span in spans:
            at = bisect_left(self._starts, span.start)
            while at < len(self._found) and self._found[at][0] < span.end:
                if self._found[at][1] <= span.end:
                    named.update(dict.fromkeys(self._codes_of.get(self._found[at][2], ())))
                at += 1
        return tuple(named)

    def _put(
        self, number: int, record: Statement | Event | Relation | Mechanism, layer: str, kind: str, sign: int,
        status: str, time: Time | None, holder: str | None, roles: dict[str, tuple[str, ...]],
        sides: Iterable[tuple[str, str]],
    ) -> None:  # fmt: skip
        held_by = self._statements.get(holder) if holder else None
        speaker = speaker_key(held_by) if held_by else ""
        chain: Sequence[Claimant] = self._chains.get(holder, ()) if holder else ()
        said = ""
        words = record_words(record)
        if layer == "statement":
            chain = chain[:-1]
            stand = position(held_by) if held_by else 0  # who denies or rejects it does not say it
            topics = " ".join(sorted(roles["topic"]))  # «البلدان» are not the same two everywhere
            said = blake2b(f"{speaker}\n{stand}\n{topics}\n{words}".encode(), digest_size=8).hexdigest()
        elif held_by:
            roles["holder"] = held_by.speaker.affiliation
        date = first_day(time) or self._date
        span = next(iter(record_spans(record)), None)
        self.records.append(
            RecordRow(
                number, record.id, layer, date, kind, sign, status, speaker, span.start if span else 0,
                span.end if span else 0, said, _json(chain).decode() if chain else "", _json(roles).decode(),
                _json(record).decode(), words,
            )
        )  # fmt: skip
        named: dict[str, dict[str, None]] = {}
        for role, values in roles.items():
            for code in values:
                named.setdefault(code, {})[role] = None
        self.codes.extend(CodeRow(number, layer, code, ",".join(parts)) for code, parts in named.items() if code)
        done: set[tuple[str, str]] = set()
        for one, other in sides:
            a, b = sorted((one, other))
            if a != b and a and (a, b) not in done:
                done.add((a, b))
                self.pairs.append(PairRowIn(number, layer, a, b, int(one == a), date, kind, sign, status))


def first_day(time: Time | None) -> str | None:
    """The first day, month or year that a time names."""
    if time is None:
        return None
    value = time.value.partition("/")[0].partition("T")[0]
    return value if _DAY.fullmatch(value) else None


def entities(reading: Reading) -> list[EntityRow]:
    """The actors of a reading, one row for each key."""
    counts: dict[str, int] = {}
    for mention in reading.mentions:
        counts[mention.actor] = counts.get(mention.actor, 0) + 1
    rows: dict[str, EntityRow] = {}
    for actor in reading.actors:
        own = actor.kind in ("state", "body", "bloc", "group", "people") and actor.codes
        key = actor.codes[0] if own else name_key(actor.name)
        row = EntityRow(
            key, actor.name, actor.kind, ",".join(actor.codes), actor.role or "", counts.get(actor.id, 0)
        )
        before = rows.get(key)
        if before is not None:
            row = (row if row.mentions > before.mentions else before)._replace(
                mentions=row.mentions + before.mentions, role=before.role or row.role
            )
        rows[key] = row
    return list(rows.values())
