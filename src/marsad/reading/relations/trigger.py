"""A match of a relation row, the context words near it, and the parties that it could relate."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.lexicon.relations import Row
from marsad.records import Statement

UNKNOWN = ("?",)
"""Codes of a party that is named but has no code: it holds its slot and yields no relation."""


@dataclass(frozen=True, slots=True)
class Word:
    """A context word near a relation word: what it says, and its tokens."""

    id: str
    of: str
    says: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Party:
    """An actor that could be one side of a trigger.

    `slot` is its slot (`relations.slots`), or how it was found where it is no mention in the clause; `how` is how a
    pronoun was resolved (near, next, salient, speaker), or "".  `first:last` are tokens of the words that stand for
    it in the sentence, or (-1, -1); `number` the index of its mention, or -1.
    """

    codes: tuple[str, ...]
    slot: str
    kind: str
    how: str = ""
    first: int = -1
    last: int = -1
    nested: bool = False
    joined: bool = False
    depth: float = 0.0
    distance: int = 9
    number: int = -1
    part: int = 0


@dataclass(slots=True)
class Trigger:
    """A match of a relation row: tokens, context words, holder, parties."""

    row: Row
    first: int
    last: int
    sentence: int
    size: int = 1
    """Tokens of the whole match, of which `first:last` may be a part."""
    begin: int = -1
    """First token of the whole match."""
    statement: Statement | None = None
    words: tuple[Word, ...] = ()
    parties: list[Party] = field(default_factory=list)
    covered: bool = False
    """Lies within the longer match of another row."""
    turned: bool = False
    """Lies within the longer match of a row that says something else («لم تستأنف العلاقات»)."""
    inside: bool = False
    """Lies within an actor's mention."""
    clause_end: int = 0
    """Token at which the trigger's clause ends: a comma or the like with no و after it, or the sentence's end."""
    governed: bool = False
    """A verbal noun after a preposition («لدعم …», «في دعم …»): a genitive is then rather its object."""
    undergone: bool = False
    """The subject before it is the one that it happens to («يتعرض لضغوط», «تحظى بدعم»)."""
    rivals: tuple[str, ...] = ()
    """Kinds of other rows that match at the same words or next to them."""
