"""Does an archive fit together?  For tests, and for people who have had a bad disk."""

from __future__ import annotations

from collections.abc import Iterator

from marsad.store import decode
from marsad.store.rows import record_spans
from marsad.store.schema import RECORD_BITS
from marsad.store.write import SqlStore

_CURRENT = "(SELECT n FROM versions WHERE current = 1)"
_QUESTIONS = (
    ("versions without a text", "SELECT count(*) FROM versions WHERE n NOT IN (SELECT n FROM texts)"),
    ("texts without a version", "SELECT count(*) FROM texts WHERE n NOT IN (SELECT n FROM versions)"),
    (
        "articles without exactly one current version",
        "SELECT count(*) FROM (SELECT article FROM versions GROUP BY article HAVING sum(current) <> 1) q",
    ),
    (
        "records outside a current version",
        f"SELECT count(*) FROM records r WHERE r.rid >> {RECORD_BITS} NOT IN {_CURRENT}",
    ),
    ("actors of no record", "SELECT count(*) FROM codes WHERE rid NOT IN (SELECT rid FROM records)"),
    ("pairs of no record", "SELECT count(*) FROM pairs WHERE rid NOT IN (SELECT rid FROM records)"),
    ("entities of no article", f"SELECT count(*) FROM entities WHERE n NOT IN {_CURRENT}"),
)


def faults(store: SqlStore) -> Iterator[str]:
    """What does not fit, in words; nothing where all is well."""
    for what, question in _QUESTIONS:
        count = store.number(question)
        if count:
            yield f"{count:,} {what}"
    columns = "n, article, statements + events + relations + mechanisms"
    for n, article, count in store.rows(f"SELECT {columns} FROM versions WHERE current = 1 ORDER BY n"):
        rows = store.rows(
            "SELECT layer, data FROM records WHERE rid BETWEEN ? AND ?",
            [n << RECORD_BITS, ((n + 1) << RECORD_BITS) - 1],
        )
        if len(rows) != count:
            yield f"article {article}: {len(rows)} records, {count} expected"
        found = store.one("SELECT text FROM texts WHERE n = ?", [n])
        text = found[0] if found else ""
        for layer, data in rows:
            for span in record_spans(decode.any_record(layer, data)):
                if text[span.start : span.end] != span.quote:
                    yield f"article {article}: a {layer} quotes what is not there: {span.quote[:60]!r}"
