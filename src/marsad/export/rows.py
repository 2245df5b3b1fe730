"""Records as rows of one flat table."""

from __future__ import annotations

from collections.abc import Iterable

from marsad.records import Span
from marsad.stored import StoredEvent, StoredMechanism, StoredRecord, StoredRelation, StoredStatement

COLUMNS = (
    "id", "layer", "date", "kind", "status", "sign", "who", "to_whom", "words", "start", "end", "speaker", "role",
    "codes", "topics", "claimants", "confidence", "rule", "verdict", "article", "version", "title", "outlet", "url",
    "story", "pipeline",
)  # fmt: skip
"""`kind` is the act, PLOVER type, domain or claim; `sign` the polarity of a relation or the sign of a mechanism;
`who` and `to_whom` sources and targets, the two sides, or affiliation and topics; `claimants` the chain that holds
the record, outermost first; `start` and `end` the code points of `words` in the article's text."""
TYPES = {"start": "int", "end": "int", "sign": "int", "confidence": "float", "version": "int"}


def record_row(r: StoredRecord) -> tuple[object, ...]:
    """The record as a row of `COLUMNS`."""
    chain = " > ".join(claimant.name or claimant.role or "" for claimant in r.claimants)
    kind, status, speaker, role, codes, topics = "", "", "", "", "", ""
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    sign: int | None = None
    if isinstance(r, StoredStatement):
        s = r.record
        kind, status = s.act, "negated" if s.negated else ""
        who, whom = s.speaker.affiliation, r.topics
        words, start, end = _joined(s.content or ((s.cue,) if s.cue else ()))
        speaker, role = s.speaker.name or "", s.speaker.role or ""
        codes, topics = " ".join(s.speaker.affiliation), " ".join(r.topics)
    else:
        if r.claimants:
            last = r.claimants[-1]
            speaker, role, codes = last.name or "", last.role or "", " ".join(last.codes)
        if isinstance(r, StoredEvent):
            kind, status, who, whom = r.record.type, r.record.status, r.record.sources, r.record.targets
            words, start, end = _joined((r.record.trigger,))
        elif isinstance(r, StoredRelation):
            kind, status, who, whom = r.record.domain, r.record.trend or "", r.record.a, r.record.b
            words, start, end = _joined((r.record.span,))
            sign = r.record.polarity
        else:
            assert isinstance(r, StoredMechanism)
            m = r.record
            kind, status, sign = m.claim, m.tier, m.sign
            words, start, end = f"{m.cause.quote} → {m.effect.quote}", m.cause.start, m.effect.end
    return (
        r.id, r.layer, r.date, kind, status, sign, " ".join(who), " ".join(whom), words, start, end, speaker, role,
        codes, topics, chain, r.record.confidence, r.record.rule, r.verdict.decision if r.verdict else "", r.article,
        r.version, r.title, r.outlet, r.url, r.story, r.pipeline,
    )  # fmt: skip


def _joined(spans: Iterable[Span]) -> tuple[str, int, int]:
    several = tuple(spans)
    if not several:
        return "", 0, 0
    return " … ".join(span.quote for span in several), several[0].start, several[-1].end
