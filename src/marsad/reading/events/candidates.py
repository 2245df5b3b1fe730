"""Words that may report an event: tokens that trigger rows or the cues of statements name, and what stands around.

A candidate is one token (the head of a phrase where a phrase row matched) with every row that it may belong to.
Which candidates are events, and of which type, a scorer decides (`events.features`).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache

from marsad.lexicon.triggers import Hit, trigger_index
from marsad.reading.actors.find import ActorLayer
from marsad.records import Statement
from marsad.text.document import Document
from marsad.text.patterns import Matcher


@dataclass(slots=True)
class Candidate:
    """A token that may be a trigger.

    `first:last` are the tokens of the trigger span; `parts` the tokens that a phrase row named (the head included).
    `cue` is the statement whose cue the token is, `holder` the innermost one whose content covers it.
    `within` is the head of an earlier phrase candidate that names this token too, or -1.
    """

    token: int
    first: int
    last: int
    hits: list[Hit]
    parts: set[int] = field(default_factory=set)
    phrases: list[str] = field(default_factory=list)
    cue: Statement | None = None
    holder: Statement | None = None
    within: int = -1


class Context:
    """A document with its actors and statements, indexed for the event layer."""

    def __init__(self, document: Document, layer: ActorLayer, statements: Sequence[Statement]) -> None:
        self.document = document
        self.tokens = document.tokens
        self.layer = layer
        self.statements = statements
        self.norms = [token.norm for token in document.tokens]
        self._starts = [token.start for token in document.tokens]
        self._ends = [token.end for token in document.tokens]
        self.by_id = {statement.id: statement for statement in statements}
        self.cue_at: dict[int, Statement] = {}
        self.holders: list[Statement | None] = [None] * len(self.tokens)
        sizes = [1 << 60] * len(self.tokens)
        for statement in statements:
            if statement.cue is not None:
                self.cue_at.setdefault(self.token_at(statement.cue.start), statement)
            size = sum(span.end - span.start for span in statement.content)
            for span in statement.content:
                for i in range(self.token_at(span.start), bisect_left(self._starts, span.end)):
                    if size < sizes[i]:
                        sizes[i] = size
                        self.holders[i] = statement

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after a character offset."""
        return bisect_right(self._ends, offset)


@cache
def _matcher() -> Matcher:
    index = trigger_index()
    return Matcher([*index.phrases, *index.never])


def find_candidates(context: Context) -> list[Candidate]:
    """Every token that a row or a statement's cue names, in text order."""
    index = trigger_index()
    by_key = index.by_key
    found: dict[int, Candidate] = {}
    layer = context.layer
    for i, token in enumerate(context.tokens):
        keys = token.keys
        if token.pos in ("PUNCT", "NUM", "LATIN") or by_key.keys().isdisjoint(keys):
            continue
        mention = layer.at(i)
        if mention is not None and (mention.first != i or mention.kind in ("state", "capital", "person")):
            continue
        hits = [hit for key in sorted(keys) for hit in by_key.get(key, ())]
        found[i] = Candidate(i, i, i + 1, hits, {i})
    never: list[tuple[int, Hashable]] = []
    for match in _matcher().find(context.document):
        number = match.row
        if not isinstance(number, int):
            never.extend((i, number) for i in match.at)
            continue
        file, row = index.rows[number]
        head = match.at[0]
        candidate = found.get(head)
        if candidate is None:
            candidate = found[head] = Candidate(head, head, head + 1, [], {head})
        candidate.hits.append(Hit(row, file.type, "phrase"))
        candidate.phrases.append(row.id)
        candidate.parts.update(match.at)
        if match.last - match.first == len(match.at):
            candidate.last = max(candidate.last, match.last)
    for i, kind in never:
        if i in found:
            found[i].hits = [hit for hit in found[i].hits if hit.type != kind]
    found = {i: candidate for i, candidate in found.items() if candidate.hits}
    for i, statement in context.cue_at.items():
        if i not in found:
            found[i] = Candidate(i, i, i + 1, [], {i})
        found[i].cue = statement
    out = [found[i] for i in sorted(found)]
    for candidate in out:
        candidate.holder = context.holders[candidate.token]
        for part in candidate.parts:
            if part != candidate.token and part in found:
                found[part].within = candidate.token
    return out
