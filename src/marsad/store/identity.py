"""Who is who: ids of articles and of records in an archive.

An article is known by its canonical address; where it has none by the id that its source gave it (bare numbers
excepted: every table counts from 1); else by its text.  A record is known by the article, its version's text, and the
words that it hangs on (the cue, the trigger, the clause), not by the rule that found it nor by what the rule made of
it: so a verdict on a record still finds it after the rules have changed.
"""

from __future__ import annotations

from collections import Counter

import msgspec
from courlan import normalize_url

from marsad.records import Article, Event, Mechanism, Reading, Relation, Statement, content_id

_ORIGIN = ("www.", "m.", "amp.")


def canonical_url(url: str) -> str:
    """The address without fragment, tracking parameters, `www.`, `http`/`https` difference and trailing slash."""
    address, _, fragment = url.strip().partition("#")
    if fragment.startswith("!"):  # a page of its own in some older sites
        address = f"{address}#{fragment}"
    try:
        plain = normalize_url(address, strict=False, trailing_slash=False)
    except (ValueError, TypeError):
        plain = address
    scheme, found, rest = plain.partition("://")
    if not found:
        return plain
    for prefix in _ORIGIN:
        rest = rest.removeprefix(prefix)
    return f"{'https' if scheme == 'http' else scheme}://{rest.rstrip('/')}"


def article_id(article: Article, text_hash: str) -> str:
    """The id under which an archive keeps the article: "a" and 16 hex digits."""
    if article.url:
        return content_id("article", "url", canonical_url(article.url))
    if article.id and not article.id.isdigit():
        return content_id("article", "id", article.id)
    return content_id("article", "text", text_hash)


def _anchor(record: Statement | Event | Relation | Mechanism) -> tuple[object, ...]:
    if isinstance(record, Statement):
        if record.cue is not None:
            return record.cue.start, record.cue.end
        return ("content", record.content[0].start) if record.content else ("empty",)
    if isinstance(record, Event):
        return record.trigger.start, record.trigger.end
    if isinstance(record, Relation):
        return record.span.start, *sorted((",".join(record.a), ",".join(record.b)))
    return record.cause.start, record.effect.start


def rekeyed(reading: Reading, article: str) -> Reading:
    """The reading with ids that are unique in an archive, `article` being the id of its article."""
    new: dict[str, str] = {}
    seen: Counter[tuple[object, ...]] = Counter()
    for layer in ("statement", "event", "relation", "mechanism"):
        for record in getattr(reading, f"{layer}s"):
            anchor = (layer, *_anchor(record))
            seen[anchor] += 1
            new[record.id] = content_id(layer, article, reading.text_hash, *anchor, seen[anchor])
    replace = msgspec.structs.replace

    def get(old: str | None) -> str | None:
        return None if old is None else new.get(old)

    return replace(
        reading,
        id=article,
        statements=tuple(replace(s, id=new[s.id], parent=get(s.parent)) for s in reading.statements),
        events=tuple(
            replace(e, id=new[e.id], statement=get(e.statement), same_as=get(e.same_as)) for e in reading.events
        ),
        relations=tuple(replace(r, id=new[r.id], statement=get(r.statement)) for r in reading.relations),
        mechanisms=tuple(replace(m, id=new[m.id], statement=get(m.statement)) for m in reading.mechanisms),
    )
