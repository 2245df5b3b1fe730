"""Frame: a candidate statement, and two questions about tokens that every finder asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from marsad.lexicon.cues import CueRow
from marsad.reading.statements.words import NOTHING, CueWord
from marsad.text.document import Token

How = Literal["verb", "participle", "noun", "phrase", "headline", "quote"]
Complement = Literal["that", "quote", "object", "prep", "question", "colon", "clause", "before"]
Side = Literal["none", "after", "before", "relative", "clitic", "phrase"]


@dataclass(slots=True)
class Frame:
    """A candidate statement.  Token indexes are half-open; `first` is the first token of the content."""

    row_id: str
    act: str
    how: How
    cue: int
    cue_start: int
    cue_end: int
    complement: Complement
    first: int
    start: int
    sentence: int
    side: Side = "none"
    subject: tuple[int, int] | None = None
    clause: int = -1
    """First token of the cue's own clause: an earlier statement's content ends before it."""
    joined: bool = False
    """The clause is coordinated with the one before («وقال», «، مضيفا», «فيما أكد»)."""
    negated: bool = False
    row: CueRow | None = None
    addressee: tuple[int, int] | None = None
    between: list[tuple[int, int]] = field(default_factory=list)
    """Token ranges of adjunct phrases between cue and content (occasion, outlet, time)."""
    relay: tuple[int, int] | None = None
    """The source after «عن» of a relay."""
    last: int = -1
    """End of the frame's own words when the content stands before it (trailing attribution)."""
    prefix: tuple[int, int] | None = None
    """A first span of the content, before the cue («…، بحسب الوكالة، …»)."""
    content: list[tuple[int, int]] = field(default_factory=list)
    """Character spans of the content, once bounded."""
    parent: Frame | None = None
    pronoun: tuple[int, str] | None = None
    """Token and letters of a pronoun that names the speaker («وفقا له»، «نقلت عنه قوله»)."""
    holds: bool = False
    """Another statement is nested in this one."""
    origin: str = ""
    """How a finder chose the content of a trailing attribution."""
    tied: bool = False
    """The parent was given by the finder (the source of a relay)."""
    resumed: bool = False
    """The content stands before the cue as the antecedent of its clause."""
    fixed: bool = False
    """The content was given by the finder and is not bounded again."""
    elided: bool = False
    """Read as having no subject, so that the first actor is the one spoken to («ودعت جميع الأطراف إلى …»)."""
    loose: bool = False
    """Made by the second, looser reading of the words between cue and content."""
    takes: tuple[str, ...] = ()
    fits: bool = True
    """The head of the complement is one that the row names."""
    word: CueWord = NOTHING
    tense: str = ""
    gender: str = ""
    number: str = ""
    """Features of the cue as a finite verb."""
    score: float = 1.0


def is_that(token: Token) -> bool:
    """Whether the token opens a content clause: أن، إن، بأن، أنه, not لأن or كأن."""
    return token.stem == "ان" and (not token.proclitics or token.proclitics[-1] in "بف")


def word_start(text: str, token: Token) -> int:
    """Offset of the word without its proclitics (the article stays), tatweel and marks after them skipped."""
    at = token.start
    for proclitic in token.proclitics:
        at += len(proclitic)
        while at < token.end and (text[at] == "ـ" or "\u064b" <= text[at] <= "\u0652"):
            at += 1
    return min(at, token.end - 1)
