"""The ledger: statements over time, repeats joined, linked to what they repeat, deny, change or contradict.

Nothing here decides who is right: a link has a kind and its evidence, the words that made it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Literal, get_args

from rapidfuzz import fuzz

from marsad.assembly.signs import position
from marsad.lexicon.function_words import WordClass, function_words
from marsad.records import Record
from marsad.stored import StoredStatement
from marsad.text.normalise import fold
from marsad.text.terms import term, terms

LinkKind = Literal["denies", "rejects", "earlier-position", "conflict-in-number"]
SAME_WORDS = 85.0
"""Likeness (rapidfuzz token_set_ratio, 0-100) from which two contents by one speaker are one statement repeated."""
_TOPIC = 0.34
"""Share of common terms from which two statements are about the same thing."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COUNT = re.compile(r"(\d+(?:[.,٫٬]\d+)*)\s*([%٪]|[^\W\d_]+)")
_ANSWERS = {"DENY": "denies", "REJECT": "rejects"}


class Place(Record, frozen=True):
    """Where a statement stands: one of its repeats."""

    id: str
    article: str
    outlet: str | None
    date: str | None
    story: str


class Link(Record, frozen=True):
    """A statement's bond to another.  `evidence` are the words on either side that made it."""

    kind: LinkKind
    other: str
    name: str | None
    date: str | None
    quote: str
    evidence: tuple[str, ...]


class LedgerEntry(Record, frozen=True):
    """One statement of the ledger: its first wording, everywhere it stands, and its links."""

    statement: StoredStatement
    places: tuple[Place, ...]
    links: tuple[Link, ...] = ()


def content(statement: StoredStatement) -> str:
    """What is said, in one line."""
    return " … ".join(span.quote for span in statement.record.content)


def join(statements: Iterable[StoredStatement]) -> list[LedgerEntry]:
    """Entries in the order of the statements given; equal and nearly equal words by one speaker become one entry,
    at the place of the first of them.  Near repeats are sought within 30 days."""
    groups: list[list[StoredStatement]] = []
    words: list[str] = []
    exact: dict[str, int] = {}
    by_speaker: dict[str, list[int]] = {}
    for statement in statements:
        at = exact.get(statement.said) if statement.said else None
        text = " ".join(terms(content(statement)))
        name = statement.record.speaker.name or ""
        if at is None and len(text) > 20:
            for other in by_speaker.get(name, ())[-40:]:
                near = _days(groups[other][0].date, statement.date) <= 30
                near &= position(groups[other][0].record) == position(statement.record)
                near &= _on_the_same(groups[other][0].topics, statement.topics)
                if near and fuzz.token_set_ratio(text, words[other]) >= SAME_WORDS and _alike(text, words[other]):
                    at = other
                    break
        if at is None:
            at = len(groups)
            groups.append([])
            words.append(text)
            by_speaker.setdefault(name, []).append(at)
        exact.setdefault(statement.said, at)
        groups[at].append(statement)
    return [
        LedgerEntry(
            statement=min(group, key=lambda s: (s.date or "9999", s.article, s.record.content[:1])),
            places=tuple(
                Place(id=s.id, article=s.article, outlet=s.outlet, date=s.date, story=s.story) for s in group
            ),
        )
        for group in groups
    ]


def _on_the_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """May the topic actors be the same («البلدان» of one report are not those of another)?"""
    return not one or not other or not set(one).isdisjoint(other)


def _alike(one: str, other: str) -> bool:
    """A word set inside a much longer one is no repeat, and a negation or another number makes another statement."""
    longer, shorter = max(len(one), len(other)), min(len(one), len(other))
    if shorter < 0.6 * longer or sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)):
        return False
    negators = function_words("negators").words
    return negators & set(one.split()) == negators & set(other.split())


def _days(one: str | None, other: str | None) -> int:
    """Rough number of days between two dates; 0 where either is unknown."""
    if not one or not other:
        return 0

    def count(date: str) -> int:
        year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
        return year * 365 + month * 30 + day

    return abs(count(one) - count(other))


def link(
    entries: Sequence[LedgerEntry],
    answered: Callable[[StoredStatement], Iterable[StoredStatement]],
    earlier: Callable[[StoredStatement], Iterable[StoredStatement]],
    common: frozenset[str] = frozenset(),
) -> list[LedgerEntry]:
    """The entries with their links.

    `answered(s)` gives statements by others that a denial or rejection s may answer, or whose numbers may differ (same
    article or story, or about the speaker shortly before); `earlier(s)` earlier statements by the same speaker that
    share a topic actor; `common` are terms that tie nothing together (see `generic`).
    """
    out = []
    known: dict[str, set[str]] = {}

    def topic_of(s: StoredStatement) -> set[str]:
        if s.id not in known:
            known[s.id] = _topic_terms(content(s))
        return known[s.id]

    for entry in entries:
        statement = entry.statement
        links: list[Link] = []
        own = topic_of(statement)
        kind = _ANSWERS.get(statement.record.act)
        counted = bool(_counted(content(statement)))
        others = list(answered(statement)) if kind or counted else []
        if kind:
            found = _closest(statement, own, others, topic_of)
            if found:
                links.append(_link(kind, *found))  # type: ignore[arg-type]
        for other in others if counted else ():
            if other.story == statement.story and other.record.speaker.name != statement.record.speaker.name:
                numbers = _numbers_apart(content(statement), content(other))
                if numbers and len(own & topic_of(other)) >= 2:
                    links.append(_link("conflict-in-number", other, numbers))
        best: tuple[float, Link] | None = None
        for other in earlier(statement):
            if other.id == statement.id or other.said == statement.said:
                continue
            theirs = topic_of(other)
            shared = (own & theirs) - common
            share = len(shared) / (min(len(own), len(theirs)) or 1)
            if share < _TOPIC or len(shared) < 2:
                continue
            numbers = _numbers_apart(content(statement), content(other))
            if numbers:
                links.append(_link("conflict-in-number", other, numbers))
            turned = position(statement.record) * position(other.record) < 0
            rank = share + (1 if turned else 0)
            if best is None or rank >= best[0]:  # of equal ones the oldest, which comes last
                evidence = (statement.record.act, other.record.act, *sorted(shared)[:6])
                best = rank, _link("earlier-position", other, evidence)
        if best:
            links.append(best[1])
        out.append(LedgerEntry(statement=statement, places=entry.places, links=tuple(links[:6])))
    return out


def _link(kind: LinkKind, other: StoredStatement, evidence: tuple[str, ...]) -> Link:
    return Link(
        kind=kind, other=other.id, name=other.record.speaker.name, date=other.date, quote=content(other)[:300],
        evidence=evidence,
    )  # fmt: skip


def _topic_terms(text: str) -> set[str]:
    return {word for word in terms(text) if len(word) > 2 and not word.isdigit()} - _function_terms()


@cache
def _function_terms() -> frozenset[str]:
    """Words that are no topic, as terms."""
    words = " ".join(word for name in get_args(WordClass) for word in sorted(function_words(name).words))
    return frozenset(terms(words))


def generic(statements: Iterable[StoredStatement]) -> frozenset[str]:
    """Terms that a speaker uses all the time (in a quarter of the statements or more): they tie no two together."""
    counts: Counter[str] = Counter()
    number = 0
    for statement in statements:
        counts.update(_topic_terms(content(statement)))
        number += 1
    return frozenset(word for word, count in counts.items() if number >= 6 and count * 4 >= number)


def _closest(
    statement: StoredStatement,
    own: set[str],
    candidates: Iterable[StoredStatement],
    topic_of: Callable[[StoredStatement], set[str]],
) -> tuple[StoredStatement, tuple[str, ...]] | None:
    best: tuple[float, StoredStatement, tuple[str, ...]] | None = None
    for other in candidates:
        if other.id == statement.id or other.record.speaker.name == statement.record.speaker.name:
            continue
        theirs = topic_of(other)
        shared = own & theirs
        share = len(shared) / (min(len(own), len(theirs)) or 1)
        if share >= _TOPIC and len(shared) >= 2 and (best is None or share > best[0]):
            best = share, other, tuple(sorted(shared)[:6])
    return (best[1], best[2]) if best else None


def _numbers_apart(one: str, other: str) -> tuple[str, ...]:
    """Numbers before the same counted word that differ: («30 قتيل», «45 قتيل»)."""
    first, second = _counted(one), _counted(other)
    for noun in sorted(first.keys() & second.keys()):
        if not first[noun] & second[noun]:
            return tuple(f"{'، '.join(sorted(numbers[noun]))} {noun}" for numbers in (first, second))
    return ()


def _counted(text: str) -> dict[str, set[str]]:
    """Counted words (or %) and their numbers; years are no counts."""
    found: dict[str, set[str]] = {}
    for match in _COUNT.finditer(text):
        number = fold(match[1])
        noun = "%" if match[2] in "%٪" else term(match[2])
        if noun != "%" and (len(noun) < 3 or noun in _function_terms() or re.fullmatch("1[89]..|20..", number)):
            continue
        found.setdefault(noun, set()).add(number)
    return found
