"""The tables of an archive, the same in SQLite, PostgreSQL and Parquet.

`n` numbers an article's version so that a later date has a greater number; `rid` is a record's number: its version's,
then two bits of layer, then its place in the article.  Thus "newest first" is the order of the key, and the records of
an article are a range.  "" stands for "none" in `date`, `outlet`, `speaker` and `status`.

    versions   one row for each version of each article      texts     its text, terms, and what is no claim
    records    claims of current versions                    old_records   those of superseded versions
    codes      which actor is in which record                pairs     which two actors a record joins
    entities   actors of an article                          bands     look-up of near-duplicates
    verdicts, feeds, notes, meta                             what people decided, what is watched, how it was made
"""

from __future__ import annotations

import datetime
import re

SCHEMA = 2
"""Version of the tables; an archive with another one is refused."""
LAYER_NUMBER = {"statement": 0, "event": 1, "relation": 2, "mechanism": 3}
RECORD_BITS = 20
_DAY_BITS = 20
_SEQ_BITS = 18
FIRST_DATED = 1 << _DAY_BITS
"""The smallest version number of an article with a date."""

VERSION_COLUMNS = (
    "n", "article", "version", "source_id", "title", "date", "outlet", "url", "text_hash", "pipeline", "added", "story",
    "change", "current", "statements", "events", "relations", "mechanisms",
)  # fmt: skip
RECORD_COLUMNS = (
    "rid", "id", "layer", "date", "kind", "sign", "status", "speaker", "start", "finish", "said", "claimants", "codes",
    "data",
)  # fmt: skip
FEED_COLUMNS = (
    "url", "etag", "modified", "next_try", "last_success", "last_failure", "failure", "failures", "added",
)  # fmt: skip
VERDICT_COLUMNS = (
    "seq", "id", "record", "layer", "article", "version", "n", "start", "finish", "decision", "at", "analyst", "note",
    "correction", "record_then", "stands", "in_force",
)  # fmt: skip

_RECORDS = """(
  rid BIGINT PRIMARY KEY, id TEXT NOT NULL, layer TEXT NOT NULL, date TEXT NOT NULL, kind TEXT NOT NULL,
  sign INT NOT NULL, status TEXT NOT NULL, speaker TEXT NOT NULL, start INT NOT NULL, finish INT NOT NULL,
  said TEXT NOT NULL, claimants TEXT NOT NULL, codes TEXT NOT NULL, data TEXT NOT NULL{record_terms})"""

_TABLES = f"""
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE versions(
  n BIGINT PRIMARY KEY, article TEXT NOT NULL, version INT NOT NULL, source_id TEXT, title TEXT, date TEXT NOT NULL,
  outlet TEXT NOT NULL, url TEXT, text_hash TEXT NOT NULL, pipeline TEXT NOT NULL, added TEXT NOT NULL,
  story TEXT NOT NULL, change BIGINT NOT NULL, current INT NOT NULL, statements INT NOT NULL, events INT NOT NULL,
  relations INT NOT NULL, mechanisms INT NOT NULL, UNIQUE(article, version));
CREATE INDEX versions_story ON versions(story);
CREATE INDEX versions_source ON versions(source_id);
CREATE INDEX versions_change ON versions(change);
CREATE INDEX versions_outlet ON versions(outlet, n);
CREATE TABLE texts(n BIGINT PRIMARY KEY, text TEXT NOT NULL, rest BLOB NOT NULL, signature BLOB NOT NULL,
  words BLOB NOT NULL{{text_terms}});
CREATE TABLE records{_RECORDS};
CREATE UNIQUE INDEX records_id ON records(id);
CREATE INDEX records_kind ON records(layer, kind, rid, status);
CREATE INDEX records_speaker ON records(speaker, rid);
CREATE TABLE old_records{_RECORDS};
CREATE INDEX old_records_id ON old_records(id);
CREATE TABLE codes(code TEXT NOT NULL, rid BIGINT NOT NULL, layer TEXT NOT NULL, roles TEXT NOT NULL,
  PRIMARY KEY(code, rid)){{without_rowid}};
CREATE TABLE pairs(a TEXT NOT NULL, b TEXT NOT NULL, rid BIGINT NOT NULL, layer TEXT NOT NULL, forward INT NOT NULL,
  date TEXT NOT NULL, kind TEXT NOT NULL, sign INT NOT NULL, status TEXT NOT NULL,
  PRIMARY KEY(a, b, rid)){{without_rowid}};
CREATE INDEX pairs_b ON pairs(b, a);
CREATE TABLE entities(key TEXT NOT NULL, n BIGINT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  codes TEXT NOT NULL, role TEXT NOT NULL, mentions INT NOT NULL, PRIMARY KEY(key, n)){{without_rowid}};
CREATE TABLE bands(hash BIGINT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY(hash, n)){{without_rowid}};
CREATE TABLE verdicts(
  seq BIGINT PRIMARY KEY, id TEXT NOT NULL, record TEXT NOT NULL, layer TEXT NOT NULL, article TEXT NOT NULL,
  version INT NOT NULL, n BIGINT NOT NULL, start INT NOT NULL, finish INT NOT NULL, decision TEXT NOT NULL,
  at TEXT NOT NULL, analyst TEXT NOT NULL, note TEXT NOT NULL, correction TEXT NOT NULL, record_then TEXT NOT NULL,
  stands TEXT NOT NULL, in_force INT NOT NULL);
CREATE INDEX verdicts_stands ON verdicts(stands);
CREATE INDEX verdicts_n ON verdicts(n);
CREATE TABLE feeds(url TEXT PRIMARY KEY, etag TEXT, modified TEXT, next_try TEXT, last_success TEXT,
  last_failure TEXT, failure TEXT, failures INT NOT NULL, added INT NOT NULL);
CREATE TABLE notes(id BIGINT PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, at TEXT NOT NULL);
CREATE INDEX notes_key ON notes(kind, key, id);
"""


def tables(dialect: dict[str, str]) -> list[str]:
    """The statements that make the tables.  `dialect` fills in the differing pieces: `record_terms`, `text_terms`
    (columns, where the index of words lives in the tables) and `without_rowid`."""
    return [statement.strip() for statement in _TABLES.format(**dialect).split(";") if statement.strip()]


def first_n(date: str | None) -> int:
    """The smallest version number of a date; unknown parts count as the first month and day."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", date or "")
    if not match:
        return 0
    try:
        day = datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1)).toordinal()
    except ValueError:
        return 0
    return day << _DAY_BITS


def first_rid(date: str) -> int:
    """The smallest number of a record of an article of that date."""
    return first_n(date) << RECORD_BITS


def layer_number(column: str) -> str:
    """The number of a record's layer (`LAYER_NUMBER`), from the record's number alone: no row is read for it, and no
    index on layers is taken where the order of the numbers is what matters."""
    return f"(({column} >> {_SEQ_BITS}) & 3)"


def is_statement(column: str) -> str:
    """A condition that needs nothing but the record's number."""
    return f"{layer_number(column)} = {LAYER_NUMBER['statement']}"


def rid(n: int, layer: str, seq: int) -> int:
    """The number of a record."""
    return n << RECORD_BITS | LAYER_NUMBER[layer] << _SEQ_BITS | min(seq, (1 << _SEQ_BITS) - 1)
