"""The search language: words, "phrases", AND, OR, NOT and parentheses, over terms.

    سفير الاتحاد            both words
    "وقف إطلاق النار"       the words in a row, also in «» or “”
    روسيا OR الصين          either (also |); AND binds closer than OR
    عقوبات NOT نفط          the first without the second (also -نفط)

A query is a small tree, which each store turns into its own language.

>>> parse('عقوبات -النفط')
And(parts=(Phrase(terms=('عقوبه',)), Not(part=Phrase(terms=('نفط',)))))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from marsad.errors import QueryError
from marsad.text.terms import terms

_LONGEST = 1000
_DEEPEST = 20
_PIECE = re.compile(
    r"""\s*(?:(?P<phrase>"[^"]*"?|«[^»]*»?|“[^”]*”?)|(?P<mark>[()|])|(?P<minus>-(?=[^\s-]))|(?P<word>[^\s()|"«“]+))"""
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """One term, or several in a row."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    part: Query


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts."""

    parts: tuple[Query, ...]


Query = Phrase | Not | And | Or


def parse(query: str) -> Query:
    """The tree of a query.

    Raises QueryError where nothing is asked for, where only NOT is, or where it is too long or too deep.
    """
    if len(query) > _LONGEST:
        raise QueryError(f"the search is longer than {_LONGEST} characters; ask for fewer words")
    tree = _Parser(query).tree()
    if tree is None:
        raise QueryError("the search holds no word to look for")
    if not _positive(tree):
        raise QueryError("a search that only says NOT finds everything; add a word that must be there")
    fts5(tree)  # the strictest of the languages; what it cannot say no store is asked
    return tree


def _positive(tree: Query) -> bool:
    """Does the tree ask for something to be there, whichever way it is met?"""
    if isinstance(tree, Phrase):
        return True
    if isinstance(tree, Not):
        return False
    return (any if isinstance(tree, And) else all)(map(_positive, tree.parts))


class _Parser:
    def __init__(self, query: str) -> None:
        self._pieces = [(m.lastgroup or "", m.group(m.lastgroup or 0)) for m in _PIECE.finditer(query)]
        self._at = 0
        self._depth = 0

    def tree(self) -> Query | None:
        parts = []
        while self._at < len(self._pieces):
            part = self._or()
            if part is not None:
                parts.append(part)
            if self._peek() == ("mark", ")"):
                self._at += 1  # one too many; forgiven
        return _join(And, parts)

    def _peek(self) -> tuple[str, str]:
        return self._pieces[self._at] if self._at < len(self._pieces) else ("", "")

    def _or(self) -> Query | None:
        parts = [self._and()]
        while self._peek() in (("mark", "|"), ("word", "OR")):
            self._at += 1
            parts.append(self._and())
        return _join(Or, [part for part in parts if part is not None])

    def _and(self) -> Query | None:
        parts = []
        while self._at < len(self._pieces) and self._peek() not in (("mark", "|"), ("word", "OR"), ("mark", ")")):
            if self._peek() == ("word", "AND"):
                self._at += 1
                continue
            part = self._one()
            if part is not None:
                parts.append(part)
        return _join(And, parts)

    def _one(self) -> Query | None:
        kind, text = self._peek()
        self._at += 1
        if kind == "minus" or (kind == "word" and text == "NOT"):
            if self._peek()[0] == "" or self._peek() in (("mark", "|"), ("word", "OR"), ("mark", ")")):
                return None
            self._depth += 1
            self._check()
            part = self._one()
            self._depth -= 1
            return Not(part) if part is not None else None
        if (kind, text) == ("mark", "("):
            self._depth += 1
            self._check()
            part = self._or()
            self._depth -= 1
            if self._peek() == ("mark", ")"):
                self._at += 1
            return part
        found = tuple(terms(text))
        return Phrase(found) if found else None

    def _check(self) -> None:
        if self._depth > _DEEPEST:
            raise QueryError(f"the search has more than {_DEEPEST} parentheses inside each other")


def _join(kind: type[And] | type[Or], parts: Sequence[Query]) -> Query | None:
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def phrases(tree: Query) -> list[tuple[str, ...]]:
    """What may be shown as a hit: all phrases that are not under NOT."""
    if isinstance(tree, Phrase):
        return [tree.terms]
    if isinstance(tree, Not):
        return []
    return [found for part in tree.parts for found in phrases(part)]


def fts5(tree: Query) -> str:
    """The query for SQLite's FTS5.  A term holds letters and digits only, so quoting is safe."""
    if isinstance(tree, Phrase):
        return '"' + " ".join(tree.terms) + '"'
    if isinstance(tree, Or):
        return "(" + " OR ".join(map(fts5, tree.parts)) + ")"
    if isinstance(tree, And):
        wanted = [part for part in tree.parts if _positive(part)]
        unwanted = [part for part in tree.parts if not _positive(part)]
        text = "(" + " AND ".join(map(fts5, wanted)) + ")"
        for part in unwanted:
            text = f"({text} NOT {fts5(part.part if isinstance(part, Not) else _negated(part))})"
        return text
    raise QueryError("a search that only says NOT finds everything; add a word that must be there")


def _negated(part: Query) -> Query:
    """What a part without anything positive in it leaves out: `NOT a AND NOT b` leaves out `a OR b`."""
    if isinstance(part, Not):
        return part.part
    if isinstance(part, And):
        return Or(tuple(map(_negated, part.parts)))
    if isinstance(part, Or) and not any(map(_positive, part.parts)):
        return And(tuple(map(_negated, part.parts)))
    raise QueryError("NOT cannot stand beside OR here; use parentheses")


def tsquery(tree: Query) -> str:
    """The query for PostgreSQL's tsquery."""
    if isinstance(tree, Phrase):
        return "(" + " <-> ".join(f"'{term}'" for term in tree.terms) + ")"
    if isinstance(tree, Not):
        return "!" + tsquery(tree.part)
    mark = " & " if isinstance(tree, And) else " | "
    return "(" + mark.join(map(tsquery, tree.parts)) + ")"


def sql(tree: Query, column: str, params: list[object]) -> str:
    """The query as an SQL condition on a column of terms with a space on either side; values go to `params`."""
    if isinstance(tree, Phrase):
        params.append(f" {' '.join(tree.terms)} ")
        return f"contains({column}, ?)"
    if isinstance(tree, Not):
        return f"NOT {sql(tree.part, column, params)}"
    mark = " AND " if isinstance(tree, And) else " OR "
    return "(" + mark.join(sql(part, column, params) for part in tree.parts) + ")"


def matcher(tree: Query) -> Callable[[Sequence[str]], bool]:
    """The query as a function of a text's terms."""

    def meets(tree: Query, text: str) -> bool:
        if isinstance(tree, Phrase):
            return f" {' '.join(tree.terms)} " in text
        if isinstance(tree, Not):
            return not meets(tree.part, text)
        return (all if isinstance(tree, And) else any)(meets(part, text) for part in tree.parts)

    return lambda words: meets(tree, f" {' '.join(words)} ")
