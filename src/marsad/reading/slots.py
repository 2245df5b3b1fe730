"""Argument slots: where a mention stands in the clause, seen from a trigger word.

A shallow reading of the sentence without a parser.  Seen from a trigger, each mention of its sentence gets a
`Slot`: on which side it is, which preposition governs it, whether a noun stands between («أراضي روسيا»), how many
bare phrases came before it, and which borders (relative pronoun, complementiser, verb, comma) lie between.  Rows of
the lexicon say what a slot means for them; the scorers use its parts as features.

Slot names (`Slot.name`):

    subject     first bare phrase after a verb            («قصفت *القوات الروسية* …»)
    object      second bare phrase after a verb, or the first after a verb with an attached subject or a subject before
    idafa       directly after a noun trigger             («مقتل *جنود*», «زيارة *الوزير*»)
    adjective   nationality adjective after a noun        («الغارات *الإسرائيلية*»)
    after:P     governed by preposition P after it        («هجوم على *مالي*»)
    before      bare phrase before the trigger, no verb between (topic or subject of a governing verb)
    before:P    governed by preposition P before it
    relative    antecedent of a relative pronoun before the trigger
    governor    subject of the verb that governs a noun trigger («شنت *إسرائيل* غارات»)
    far         beyond another verb or clause border
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from marsad.lexicon.function_words import function_words
from marsad.text.document import Document, Token


class TokenRange(Protocol):
    """Anything that covers tokens `first:last` (half-open)."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a mention stands, seen from a trigger."""

    name: str
    nested: bool
    """A noun that is not part of the mention stands directly before it and governs it."""
    borders: tuple[str, ...]
    """Kinds of clause border between trigger and mention, nearest first."""
    distance: int
    """Tokens between trigger and mention."""
    coordinated: bool
    """Joined with «و» to the mention before it."""


def _preposition(tokens: Sequence[Token], norms: Sequence[str], index: int) -> tuple[str, int] | None:
    """Preposition expression at a token: its words and how many tokens it takes."""
    found = function_words("prepositions").at(norms, index)
    if found is not None:
        return " ".join(found), len(found)
    token = tokens[index]
    if token.proclitics and token.proclitics[-1] == "و":
        bare = [token.stem, *norms[index + 1 : index + 4]]
        found = function_words("prepositions").at(bare, 0)
        if found is not None:
            return " ".join(found), len(found)
    return None


def _attached_preposition(token: Token) -> str | None:
    for clitic in reversed(token.proclitics):
        if clitic in function_words("proclitic_prepositions"):
            return clitic
    return None


def _border(token: Token) -> str | None:
    norm = token.norm.removeprefix("و").removeprefix("ف") if token.proclitics else token.norm
    if norm in function_words("relatives"):
        return "relative"
    if norm in function_words("complementizers"):
        return "that"
    if norm in function_words("subordinators"):
        return "subordinate"
    if token.pos == "VERB":
        return "verb"
    if token.norm in ("،", ",", "؛", ";", "-", "–", ":"):
        return "comma"
    return None


def slots(
    document: Document, first: int, last: int, is_verb: bool, mentions: Sequence[TokenRange]
) -> dict[int, Slot]:
    """The slot of each of `mentions` (by position in the sequence) seen from the trigger tokens `first:last`.

    `mentions` must be in text order, without overlap, and of the trigger's sentence; those that overlap the trigger
    are left out.
    """
    tokens = document.tokens
    norms = [token.norm for token in tokens]
    sentence = document.sentences[tokens[first].sentence]
    by_first = {mention.first: i for i, mention in enumerate(mentions)}
    out: dict[int, Slot] = {}
    _after(tokens, norms, last, sentence.last, is_verb, mentions, by_first, out)
    _before(tokens, norms, sentence.first, first, is_verb, mentions, out)
    return out


def _after(
    tokens: Sequence[Token],
    norms: Sequence[str],
    start: int,
    end: int,
    is_verb: bool,
    mentions: Sequence[TokenRange],
    by_first: dict[int, int],
    out: dict[int, Slot],
) -> None:
    preposition: str | None = None
    nouns = bare = 0
    borders: list[str] = []
    last_end, last_name = -1, ""
    i = start
    while i < end:
        token = tokens[i]
        number = by_first.get(i)
        if number is None:
            word = _preposition(tokens, norms, i)
            if word is not None:
                preposition, nouns = word[0], 0
                i += word[1]
                continue
            border = _border(token)
            if border is not None:
                borders.append(border)
                if border != "comma":
                    preposition, nouns = None, 0
            elif token.pos in ("NOUN", "X", "NAME", "ADJ"):
                attached = _attached_preposition(token)
                if attached is not None:
                    preposition, nouns = attached, 1
                elif token.pos != "ADJ":
                    nouns += 1
                    if preposition is None and nouns == 1 and token.pos == "NOUN":
                        bare += 1
            i += 1
            continue
        mention = mentions[number]
        attached = _attached_preposition(token)
        joined = last_end == i and "و" in token.proclitics
        nested = nouns > 0 and attached is None and not joined
        if attached is not None:
            preposition, nested = attached, False
        if joined and attached is None and last_name:
            name = last_name
        elif any(b in ("verb", "that", "subordinate") for b in borders):
            name = "far"
        elif preposition is not None:
            name = f"after:{preposition}"
        elif not is_verb:
            adjective = getattr(mention, "kind", "") == "adjective"
            name = "adjective" if adjective and i - start <= 2 else "idafa" if i - start <= 1 else "object"
        else:
            name = "subject" if bare == (1 if nested else 0) else "object"
        if preposition is None and not nested:
            bare += 1
        out[number] = Slot(name, nested, tuple(borders), i - start, joined)
        last_end, last_name = mention.last, name
        preposition, nouns = None, 0
        i = max(mention.last, i + 1)


def _before(
    tokens: Sequence[Token],
    norms: Sequence[str],
    begin: int,
    first: int,
    is_verb: bool,
    mentions: Sequence[TokenRange],
    out: dict[int, Slot],
) -> None:
    borders: list[str] = []
    position = first
    earlier = [(i, m) for i, m in enumerate(mentions) if m.last <= first and m.first >= begin]
    relative = False
    for number, mention in reversed(earlier):
        for i in range(position - 1, mention.last - 1, -1):
            border = _border(tokens[i])
            if border is not None:
                borders.append(border)
                relative = relative or border == "relative"
        head = tokens[mention.first]
        preposition = _attached_preposition(head)
        nested = False
        if preposition is None and mention.first > begin:
            left = mention.first - 1
            for size in (3, 2, 1):
                at = mention.first - size
                word = _preposition(tokens, norms, at) if at >= begin else None
                if word is not None and word[1] == size:
                    preposition = word[0]
                    break
            nested = preposition is None and tokens[left].pos == "NOUN" and "و" not in head.proclitics
        kinds = [b for b in borders if b != "comma"]
        if kinds == ["relative"] or (is_verb and kinds[:1] == ["relative"] and len(kinds) == 1):
            name = "relative"
        elif not kinds:
            name = f"before:{preposition}" if preposition else "before"
        elif kinds == ["verb"] and not is_verb:
            name = f"governed:{preposition}" if preposition else "governor"
        elif kinds in (["that"], ["verb", "that"]) and preposition is None:
            name = "before-that"
        else:
            name = "far"
        distance = first - mention.last
        out[number] = Slot(name, nested, tuple(borders), -distance - 1, False)
        position = mention.first
