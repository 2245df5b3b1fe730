"""A small language for rows of word patterns, and a matcher that tries thousands of rows in one pass.

A pattern is a list of elements with blanks between:

    قال           a word: the token's stem or whole word, folded, is this
    الوزير        a word with «ال»: the token has the article too
    =وزير         strict: the whole folded word, clitics and article included, is this
    v:قال         a key of the token: a finite verb of this lemma (p: active participle, q: passive participle,
                  m: verbal noun, n: noun or adjective); lemmas may be written with hamza («v:أكد»)
    ل+  ل+قرار     the token has this proclitic (و ف ب ل ك س; ال also), and is whatever follows the plus
    v:قال+ه  n:بلد+_   the token has this pronoun attached, or any pronoun
    *ان           proclitics are ignored wherever the element stands
    !بيان         the token has no proclitic at all (an article does not count)
    (a|b c|d)?    alternatives, each one or several elements; ? makes the element before it optional
    ~3  ~2-4      a gap of up to three tokens, of two to four
    ^  $          start of a sentence (after a dateline), end of a sentence (its stop does not count)
    @VERB         any token of this part of speech; @QUOTE: a quotation mark
    [ … ]         the part that is reported as `Match.inner`

The FIRST element ignores the proclitics of its token; later elements must stand without و ف ب ل ك unless they name
them («(ان|بان)», «ب+قرار», «*قرار»).  The article and the future س are ignored unless written.  No pattern crosses
the end of a sentence.  For one row and first token the reading with the fewest gap tokens is kept, then the longest.

>>> from marsad.text.analyse import analyse
>>> rows = [("say", "v:قال ~3 (أن|إن|بأن)"), ("accord", "وفقا [ل+]"), ("aim", "من أجل"), ("x", "^ v:أكد")]
>>> document = analyse("وقال الوزير الروسي إن بلاده تعمل من أجل السلام وفقا للاتفاق.")
>>> [(match.row, match.first, match.last, match.inner) for match in Matcher(rows).find(document)]
[('say', 0, 4, (0, 4)), ('aim', 6, 8, (6, 8)), ('accord', 9, 11, (10, 11))]
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from marsad.errors import DataError
from marsad.text.document import Document, Sentence, Token
from marsad.text.normalise import fold

_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "س", "ال")
_ENCLITICS = ("ه", "ها", "هم", "هما", "هن", "نا", "ني", "ي", "ك", "كم", "كن", "_")
_QUOTE_MARKS = frozenset("\"“”„‟«»‹›'‘’") | {"''", "``"}
_LEXER = re.compile(r"\s+|~\d+(?:-\d+)?|[()|\[\]^$?]|[^\s()|\[\]?]+")
_MOST_READINGS = 4096


class Match(NamedTuple):
    """A row that matched: `first:last` are its tokens (half-open), `inner` those in brackets, `at` its elements."""

    row: Hashable
    first: int
    last: int
    inner: tuple[int, int]
    at: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Atom:
    """One token.  `key` is what the token's keys (or its class, «@VERB») must hold; "" for anything."""

    key: str
    strict: bool = False
    article: bool = False
    proclitics: tuple[str, ...] = ()
    free: bool = False
    none: bool = False
    enclitic: str = ""


@dataclass(frozen=True, slots=True)
class _Gap:
    least: int
    most: int


_Step = _Atom | _Gap | str  # a str is one of ^ $ [ ]


@dataclass(slots=True)
class _Node:
    edges: dict[str, list[tuple[_Atom, _Node]]] = field(default_factory=dict)
    gaps: list[tuple[_Gap, _Node]] = field(default_factory=list)
    marks: dict[str, _Node] = field(default_factory=dict)
    rows: list[Hashable] = field(default_factory=list)
    made: dict[_Step, _Node] = field(default_factory=dict)
    wild: bool = False
    """Whether an edge takes a class of tokens («@VERB») or any token."""
    open: bool = False
    """Whether the node may go on, or end a row, whatever the next token's keys are."""

    def seal(self) -> None:
        """Note what a walk asks of every node, here and below."""
        stack = [self]
        while stack:
            node = stack.pop()
            node.wild = any(key[:1] in ("", "@") for key in node.edges)
            node.open = bool(node.rows or node.gaps or node.marks or node.wild)
            stack.extend(node.made.values())


class Matcher:
    """Compiled rows.  `rows` are (row id, pattern); raises DataError for a pattern that cannot be read."""

    def __init__(self, rows: Iterable[tuple[Hashable, str]]) -> None:
        self._root = _Node()
        self._order: dict[Hashable, int] = {}
        for row, pattern in rows:
            self._order.setdefault(row, len(self._order))
            for steps in compile_pattern(pattern, row):
                node = self._root
                for step in steps:
                    node = _extend(node, step)
                if row not in node.rows:
                    node.rows.append(row)
        self._root.seal()

    def find(self, document: Document, first: int = 0, last: int | None = None) -> list[Match]:
        """Every match that starts in tokens `first:last`, in order of first token."""
        tokens = document.tokens
        end = len(tokens) if last is None else last
        root = self._root
        start_node = root.marks.get("^")
        inner_node = root.marks.get("[")
        keys = root.edges.keys() | (inner_node.edges.keys() if inner_node else ())
        always = root.wild or (inner_node is not None and inner_node.open)
        sentences = document.sentences
        found: list[Match] = []
        for index in range(first, end):
            token = tokens[index]
            hits: list[tuple[Hashable, int, int, tuple[int, int], tuple[int, ...]]] = []
            if always or not keys.isdisjoint(token.keys) or (start_node and _opens(sentences[token.sentence], index)):
                self._walk(document, root, index, index, (), 0, (index, -1), hits)
            if hits:
                best: dict[Hashable, tuple[Hashable, int, int, tuple[int, int], tuple[int, ...]]] = {}
                for hit in hits:
                    old = best.get(hit[0])
                    if old is None or (hit[1], -hit[2], *hit[3:]) < (old[1], -old[2], *old[3:]):
                        best[hit[0]] = hit
                # Keys of a token are a set: rows come in their own order, whatever the set's.
                hits = sorted(best.values(), key=lambda hit: self._order[hit[0]])
                found.extend(Match(row, index, stop, inner, at) for row, _, stop, inner, at in hits)
        return found

    def _walk(
        self,
        document: Document,
        node: _Node,
        first: int,
        index: int,
        at: tuple[int, ...],
        gap: int,
        inner: tuple[int, int],
        hits: list[tuple[Hashable, int, int, tuple[int, int], tuple[int, ...]]],
    ) -> None:
        tokens = document.tokens
        for row in node.rows:
            if index > first:
                hits.append((row, gap, index, (inner[0], inner[1] if inner[1] >= 0 else index), at))
        if index >= len(tokens):
            if "]" in node.marks:
                self._walk(document, node.marks["]"], first, index, at, gap, (inner[0], index), hits)
            if "$" in node.marks:
                self._walk(document, node.marks["$"], first, index, at, gap, inner, hits)
            return
        token = tokens[index]
        sentence = tokens[first].sentence
        for mark, target in node.marks.items():
            if mark == "[":
                self._walk(document, target, first, index, at, gap, (index, -1), hits)
            elif mark == "]":
                self._walk(document, target, first, index, at, gap, (inner[0], index), hits)
            elif mark == "^":
                if _opens(document.sentences[token.sentence], index):
                    self._walk(document, target, first, index, at, gap, inner, hits)
            elif token.sentence != sentence or (
                token.form[0] in ".!؟?…" and index + 1 >= document.sentences[sentence].last - 1
            ):
                self._walk(document, target, first, index, at, gap, inner, hits)
        if token.sentence != sentence:
            return
        edges = node.edges
        if edges:
            initial = not at
            for key in token.keys:
                for atom, target in edges.get(key, ()):
                    if _fits(atom, token, initial):
                        self._step(document, target, first, index + 1, (*at, index), gap, inner, hits)
            if node.wild:
                for key in ("", *_classes_of(token)):
                    for atom, target in edges.get(key, ()):
                        if _fits(atom, token, initial):
                            self._step(document, target, first, index + 1, (*at, index), gap, inner, hits)
        for span, target in node.gaps:
            for length in range(span.least, span.most + 1):
                stop = index + length
                if length and (stop > len(tokens) or tokens[stop - 1].sentence != sentence):
                    break
                self._step(document, target, first, stop, at, gap + length, inner, hits)

    def _step(
        self, document: Document, node: _Node, first: int, index: int, at: tuple[int, ...], gap: int,
        inner: tuple[int, int], hits: list[tuple[Hashable, int, int, tuple[int, int], tuple[int, ...]]],
    ) -> None:  # fmt: skip
        """Go on at a node unless the next token rules it out at once."""
        tokens = document.tokens
        if node.open or (index < len(tokens) and not node.edges.keys().isdisjoint(tokens[index].keys)):
            self._walk(document, node, first, index, at, gap, inner, hits)


def _opens(sentence: Sentence, index: int) -> bool:
    return index in (sentence.first, sentence.body)


def _classes_of(token: Token) -> Iterator[str]:
    yield "@" + token.pos
    if token.norm in _QUOTE_MARKS:
        yield "@QUOTE"


def _fits(atom: _Atom, token: Token, initial: bool) -> bool:
    if atom.strict:
        return token.norm == atom.key
    if atom.article and not token.definite and token.norm != atom.key and not token.norm.endswith("ال" + atom.key):
        return False
    if atom.proclitics and token.proclitics[-len(atom.proclitics) :] != atom.proclitics:
        return False
    if atom.none and token.proclitics:
        return False
    if not (initial or atom.free or atom.proclitics) and token.proclitics not in ((), ("س",)):
        return token.norm == atom.key and not atom.enclitic
    if atom.enclitic:
        return bool(token.enclitic) if atom.enclitic == "_" else token.enclitic == atom.enclitic
    return True


def _extend(node: _Node, step: _Step) -> _Node:
    target = node.made.get(step)
    if target is None:
        target = node.made[step] = _Node()
        if isinstance(step, _Gap):
            node.gaps.append((step, target))
        elif isinstance(step, str):
            node.marks[step] = target
        else:
            node.edges.setdefault(step.key, []).append((step, target))
    return target


def compile_pattern(pattern: str, row: Hashable = "") -> list[tuple[_Step, ...]]:
    """The sequences of steps that a pattern stands for (alternatives and options written out)."""
    lexemes = [piece for piece in _LEXER.findall(pattern) if not piece.isspace()]
    position = 0

    def fail(why: str) -> DataError:
        return DataError(f"pattern of row {row!r}: {why}: {pattern!r}")

    def alternatives() -> list[tuple[_Step, ...]]:
        nonlocal position
        options = sequence()
        while position < len(lexemes) and lexemes[position] == "|":
            position += 1
            options = options + sequence()
        return options

    def sequence() -> list[tuple[_Step, ...]]:
        nonlocal position
        readings: list[tuple[_Step, ...]] = [()]
        while position < len(lexemes) and lexemes[position] not in ("|", ")"):
            lexeme = lexemes[position]
            position += 1
            options: list[tuple[_Step, ...]]
            if lexeme == "(":
                options = alternatives()
                if position >= len(lexemes):
                    raise fail("a bracket is not closed")
                position += 1
            elif lexeme in "^$[]":
                options = [(lexeme,)]
            elif lexeme[0] == "~":
                least, _, most = lexeme[1:].partition("-")
                gap = _Gap(int(least), int(most)) if most else _Gap(0, int(least))
                if gap.most < gap.least or gap.most > 40:
                    raise fail("a gap must be of at most 40 tokens")
                options = [(gap,)]
            elif lexeme == "?":
                raise fail("nothing stands before the question mark")
            else:
                options = [(_atom(lexeme, fail),)]
            if position < len(lexemes) and lexemes[position] == "?":
                position += 1
                options = [*options, ()]
            readings = [done + option for done in readings for option in options]
            if len(readings) > _MOST_READINGS:
                raise fail("too many alternatives")
        return readings

    readings = alternatives()
    if position < len(lexemes):
        raise fail("a bracket too many")
    if not all(any(isinstance(step, _Atom) for step in reading) for reading in readings):
        raise fail("it can match nothing at all")
    if any(isinstance(next(s for s in reading if not isinstance(s, str)), _Gap) for reading in readings):
        raise fail("it may not begin with a gap")
    return list(dict.fromkeys(readings))


def _atom(lexeme: str, fail: object) -> _Atom:
    free = lexeme[0] == "*" and len(lexeme) > 1
    none = lexeme[0] == "!" and len(lexeme) > 1
    if lexeme[0] == "=" and len(lexeme) > 1:
        return _Atom(fold(lexeme[1:]), strict=True)
    if free or none:
        lexeme = lexeme[1:]
    parts = lexeme.split("+") if len(lexeme) > 1 else [lexeme]
    proclitics: list[str] = []
    while len(parts) > 1 and parts[0] in _PROCLITICS:
        proclitics.append(parts.pop(0))
    enclitic = ""
    if len(parts) > 1 and parts[-1] in _ENCLITICS:
        enclitic = parts.pop()
    if len(parts) > 1:
        raise DataError(f"pattern element {lexeme!r}: only clitics may be joined by a plus")
    article = "ال" in proclitics
    base = parts[0]
    if base.startswith("@"):
        key = base
    elif base[1:2] == ":" and len(base) > 2:
        key = base[:2] + fold(base[2:])
    else:
        key = fold(base)
        if key.startswith("ال") and len(key) > 4 and not proclitics:
            return _Atom(key, free=free, none=none, enclitic=enclitic)
    return _Atom(
        key,
        article=article,
        proclitics=tuple(p for p in proclitics if p != "ال"),
        free=free,
        none=none,
        enclitic=enclitic,
    )
