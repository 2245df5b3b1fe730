"""Candidate connectives of a document: matches of the rows of `lexicon.connectives`, before any judgement.

A cue has a *near* side, which stands after its words, and a *far* side, which stands before them, between a verb and
its preposition, or after the near side («بسبب X، Y»).  Which side is cause and which effect, the row says.
"""

from __future__ import annotations

from dataclasses import dataclass

from marsad.lexicon.connectives import Connective, Connectives, load_connectives
from marsad.lexicon.function_words import function_words
from marsad.text.document import Document, Token

FURTHEST_PREPOSITION = 14
"""Tokens between a verb and its preposition, subject and object included."""
CLOSE = 4
"""Words of a row that stand together are at most so many; rows of more have gaps, where other cues may stand."""
COMMAS = frozenset("،,؛;:")
_HAMZA = frozenset("أإآ")


@dataclass(frozen=True, slots=True)
class Cue:
    """A matched row: tokens `first:last` are its words; `near` is the first token that can belong to the near side.

    `form` is how the row matched: `w` words, `c` clitic, `v` finite verb, `p` participle.  `preposition` is the token
    that holds the verb's preposition (near of it stands the complement), or -1.
    """

    row: Connective
    first: int
    last: int
    near: int
    form: str
    preposition: int = -1
    fixed: bool = False
    """The near side is the last of the words, a pronoun."""


def find_cues(document: Document) -> list[Cue]:
    """All cues in text order; several may share words, but a clitic cue shares none with a cue of words."""
    data = load_connectives()
    best: dict[tuple[str, int], Cue] = {}
    covered: set[int] = set()
    for cue in _longest(_word_cues(document, data)):
        old = best.get((cue.row.id, cue.first))
        if old is None or old.last < cue.last:
            best[cue.row.id, cue.first] = cue
        covered.update(range(cue.first, cue.last))
    clitics, by_key = data.clitics, data.by_key
    for token in document.tokens:
        if token.proclitics and token.index not in covered:
            for row in clitics.get(token.proclitics[-1], ()):
                if _bears(token, row.of) and (token.enclitic or not row.pronoun):
                    best[row.id, token.index] = Cue(row, token.index, token.index + 1, token.index, "c")
        if by_key.keys().isdisjoint(token.keys):
            continue
        for key in sorted(token.keys):
            for row in by_key.get(key, ()):
                found = _verb_cue(document, row, token.index, key[0])
                if found is not None:
                    old = best.get((row.id, token.index))
                    if old is None or (found.form == "v" and old.form == "p"):
                        best[row.id, token.index] = found
    return sorted(best.values(), key=lambda c: (c.first, c.last, c.row.id))


def _word_cues(document: Document, data: Connectives) -> list[Cue]:
    tokens = document.tokens
    out: list[Cue] = []
    for match in data.matcher.find(document):
        assert isinstance(match.row, tuple)
        name, number = match.row
        row = data.rows[name]
        if row.spelled and not _spelled(tokens[match.first], row.spelled):
            continue
        if row.next and not _next_fits(document, match.last, row.next):
            continue
        fixed = row.pointing and row.after == "cause"
        inside = (name, number) in data.inside or fixed or tokens[match.last - 1].enclitic
        near = match.last - 1 if inside else match.last
        out.append(Cue(row, match.first, match.last, near, "w", fixed=fixed))
    return out


def walls(document: Document, cues: list[Cue]) -> list[int]:
    """Tokens that no side runs over: first words of rows that say so, clauses that open with «ف» or «، وهو»."""
    tokens = document.tokens
    anew = {
        t.index for t in tokens
        if t.pos == "PRON" and t.index and t.proclitics[:1] == ("و",) and tokens[t.index - 1].norm in COMMAS
    }  # fmt: skip
    return sorted(anew | {cue.first for cue in cues if cue.row.wall and cue.form != "c"} | set(so_clauses(document)))


def so_clauses(document: Document) -> list[int]:
    """Tokens at which «ف» opens a clause: before a particle («فإن»), or after a comma."""
    tokens = document.tokens
    return [
        t.index for t in tokens
        if t.proclitics and t.proclitics[0] == "ف" and t.pos != "NAME"
        and (t.pos in ("CONJ", "PART") or (t.index and tokens[t.index - 1].norm in COMMAS))
    ]  # fmt: skip


def _longest(cues: list[Cue]) -> list[Cue]:
    """Cues of words without those that stand inside the words of another («رغم» in «رغم أن»)."""
    long = [cue for cue in cues if 1 < cue.last - cue.first <= CLOSE]
    return [
        cue for cue in cues
        if not any(
            other.first <= cue.first and cue.last <= other.last
            and (cue.last - cue.first < other.last - other.first or (other.fixed and not cue.fixed))
            for other in long
        )
    ]  # fmt: skip


def _bears(token: Token, classes: frozenset[str]) -> bool:
    if token.pos in classes:
        return True
    return "MASDAR" in classes and token.pos != "NAME" and any(key[:2] == "m:" for key in token.keys)


def _spelled(token: Token, letters: str) -> bool:
    """Whether the word without و and ف begins with these letters; a word written without hamza may be any."""
    form = token.form.lstrip("وف")
    return form.startswith(letters) or not _HAMZA & set(form[:1])


def _next_fits(document: Document, index: int, classes: frozenset[str]) -> bool:
    tokens = document.tokens
    stop = document.sentences[tokens[index - 1].sentence].last
    if index < stop and tokens[index].norm in function_words("particles") and "PART" not in classes:
        index += 1
    return index < stop and tokens[index].pos in classes


def _verb_cue(document: Document, row: Connective, index: int, form: str) -> Cue | None:
    tokens = document.tokens
    token = tokens[index]
    if form == "v" and token.pos != "VERB":
        return None
    if form == "p" and token.pos == "VERB":
        return None
    preposition = -1
    if row.prepositions:
        end = min(document.sentences[token.sentence].last, index + FURTHEST_PREPOSITION)
        for k in range(index + 1, end):
            other = tokens[k]
            if other.norm in row.prepositions or (other.proclitics and other.proclitics[-1] in row.prepositions):
                preposition = k
                break
        if preposition < 0 and not row.takes_object:
            return None
    return Cue(row, index, index + 1, index if token.enclitic else index + 1, form, preposition)
