"""The text layer of one article: tokens, sentences and quotes over the untouched text.

This is what every reading layer works on.  Offsets are code points of the stored text, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Pos = Literal["VERB", "NOUN", "ADJ", "NAME", "ADP", "CONJ", "PART", "PRON", "NUM", "PUNCT", "LATIN", "X"]


@dataclass(slots=True)
class Token:
    """One written word, number or mark, with its clitics split off.

    `start:end` is the whole word, `stem_start:stem_end` the word without proclitics (the article «ال» counts as
    one) and enclitics.  `norm` and `stem` are folded (see `text.normalise`); `lemma` is folded too and equals
    `stem` where nothing better is known.  `proclitics` are in written order without the article («و», «ل»);
    `enclitic` is a pronoun («ه», «هم») or "".  Verb features are "" for other words and where unknown.
    """

    index: int
    start: int
    end: int
    form: str
    norm: str
    stem: str
    stem_start: int
    stem_end: int
    proclitics: tuple[str, ...] = ()
    definite: bool = False
    enclitic: str = ""
    pos: Pos = "X"
    lemma: str = ""
    tense: Literal["", "past", "present", "imperative"] = ""
    voice: Literal["", "active", "passive"] = ""
    person: Literal["", "1", "2", "3"] = ""
    gender: Literal["", "m", "f"] = ""
    number: Literal["", "s", "d", "p"] = ""
    keys: frozenset[str] = frozenset()
    """Everything that a pattern may ask for: the stem itself, `v:LEMMA` for each possible verb, `n:LEMMA` for each
    possible noun or adjective, `p:LEMMA` for active participles, `q:LEMMA` for passive ones, `m:LEMMA` for verbal
    nouns of verb LEMMA."""
    sentence: int = -1
    quote: int = -1
    """Index of the innermost quote that holds the token, or -1."""


@dataclass(slots=True)
class Sentence:
    """A sentence or heading; `first:last` are token indexes (half-open).

    `body` is the first token after a dateline («موسكو (رويترز) -») at the start; equals `first` when there is none.
    """

    index: int
    start: int
    end: int
    first: int
    last: int
    paragraph: int
    heading: bool = False
    body: int = -1


@dataclass(slots=True)
class Quote:
    """A paired quotation: `start:end` with its marks, `inner_start:inner_end` without; `first:last` tokens inside.

    `closed` is False where the closing mark is missing and the end was inferred.
    """

    index: int
    start: int
    end: int
    inner_start: int
    inner_end: int
    first: int
    last: int
    closed: bool = True


@dataclass(slots=True)
class Document:
    """The text layer of one article."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
