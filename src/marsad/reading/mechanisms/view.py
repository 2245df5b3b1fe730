"""What the mechanism layer asks of a document: a tag per token, borders counted along the text, limits of a search.

Tags are coarse word classes for features: the folded word for closed classes and marks, else a class such as `V`
(verb), `M` (verbal noun), `N` (noun), `A` (adjective), `@` (name); `d` says with the article, `e` with a pronoun.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol

from marsad.lexicon.connectives import Connectives, load_connectives
from marsad.lexicon.function_words import function_words
from marsad.reading.mechanisms.cues import COMMAS, so_clauses
from marsad.records import Statement, Time
from marsad.text.document import Document, Token

DASHES = frozenset("-–—()[]")
MARKS = frozenset('"“”„‟«»‹›') | {"''", "``"}
_CONJUNCTIONS = frozenset("وف")
_OPENING = frozenset("وفبلك")
_NOMINAL = frozenset(["NOUN", "ADJ", "NAME", "NUM", "LATIN", "X"])
_CLOSED = frozenset(["ADP", "CONJ", "PART", "PRON"])


class TokenRange(Protocol):
    """An actor mention, as far as this layer needs it."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def kind(self) -> str: ...


class View:
    """A document with what the features need, computed once."""

    def __init__(
        self,
        document: Document,
        statements: Sequence[Statement] = (),
        times: Sequence[Time] = (),
        mentions: Iterable[TokenRange] = (),
    ) -> None:
        self.document = document
        self.tokens = tokens = document.tokens
        self.data: Connectives = load_connectives()
        self.masdars = [any(key[:2] == "m:" for key in token.keys) and token.pos == "NOUN" for token in tokens]
        self.tags = [_tag(token, masdar) for token, masdar in zip(tokens, self.masdars, strict=True)]
        self.bare = [_bare(token) for token in tokens]
        self.lowering = [self._lowering(token) for token in tokens]
        relatives, that = function_words("relatives"), function_words("complementizers")
        particles = function_words("particles")
        self._opening = [word in relatives or word in that or word in particles for word in self.bare]
        self.verbs = _counts(token.pos == "VERB" for token in tokens)
        self.acts = _counts(tag[0] in "VM" for tag in self.tags)
        self.commas = _counts(token.norm in COMMAS for token in tokens)
        self.relatives = _counts(word in relatives for word in self.bare)
        self.that = _counts(word in that for word in self.bare)
        self.joined = [
            token.proclitics[0] if token.proclitics and token.proclitics[0] in _CONJUNCTIONS else "" for token in tokens
        ]
        self.ands = _counts(self.joined)
        self.marks = _counts(token.norm in MARKS for token in tokens)
        starts = {span.start for statement in statements for span in statement.content}
        ends = {span.end for statement in statements for span in statement.content}
        self.opens = [t.start in starts or t.stem_start in starts for t in tokens]
        self.closes = [t.end in ends for t in tokens]
        self.contents = _counts(self.opens)
        timed = {span.start for time in times for span in (time.span,)}
        self.times = [t.start in timed or t.stem_start in timed for t in tokens]
        self.inside = [False] * (len(tokens) + 1)
        self.kinds = [""] * len(tokens)
        for mention in mentions:
            self.kinds[mention.first] = mention.kind
            for i in range(mention.first + 1, mention.last):
                self.inside[i] = True
                self.kinds[i] = mention.kind
        self.phrase_starts = [self._phrase_start(i) for i in range(len(tokens))]
        self.clause_starts = [self._clause_start(i) for i in range(len(tokens))]
        self.phrases = _counts(self.phrase_starts)
        self.clauses = _counts(self.clause_starts)
        self.walls: list[int] = []
        """Tokens that no side runs over, in order (set by whoever knows the cues)."""
        self.so_clauses = so_clauses(document)
        self.sums: dict[str, dict[int, float]] = {}
        """Scores that do not depend on a cue, by ranker and token (kept by `mechanisms.search`)."""

    def _lowering(self, token: Token) -> str:
        keys = self.data.lowering_keys
        row = keys.get(token.lemma) or keys.get(token.stem)
        if row is None and token.pos == "VERB":
            row = next((keys[key] for key in sorted(token.keys) if key in keys), None)
        if row is None or (row.of and not self._governs(token, row.of)):
            return ""
        return row.id

    def _governs(self, token: Token, lemmas: tuple[str, ...]) -> bool:
        """Whether one of the lemmas follows."""
        following = self.tokens[token.index + 1 : token.index + 2]
        return any(t.lemma in lemmas or t.stem in lemmas for t in following)

    def previous(self, index: int) -> Token | None:
        """The token before, in the same sentence."""
        if index == 0 or self.tokens[index - 1].sentence != self.tokens[index].sentence:
            return None
        return self.tokens[index - 1]

    def floor(self, index: int) -> int:
        """First token that the left side of a cue at `index` may reach: start of the sentence after a dateline."""
        sentence = self.document.sentences[self.tokens[index].sentence]
        return sentence.body if sentence.first <= sentence.body <= index else sentence.first

    def opened(self, index: int) -> int:
        """Where the clause of a cue at `index` may begin: the floor, or the last «ف» before it that opens a clause."""
        at = bisect_left(self.so_clauses, index)
        return max(self.floor(index), self.so_clauses[at - 1] if at else 0)

    def answer(self, index: int) -> int:
        """First «ف» at or after a token, in its sentence, that opens a clause («إذا A، فإن B»), or -1."""
        at = bisect_left(self.so_clauses, index)
        found = self.so_clauses[at] if at < len(self.so_clauses) else -1
        return found if 0 <= found < self.limit(max(index - 1, 0)) else -1

    def limit(self, index: int) -> int:
        """Token index that the right side of a cue at `index` may not pass: the end of the sentence."""
        return self.document.sentences[self.tokens[index].sentence].last

    def wall_after(self, index: int) -> int:
        """First wall after a token, or the number of tokens."""
        at = bisect_right(self.walls, index)
        return self.walls[at] if at < len(self.walls) else len(self.tokens)

    def _phrase_start(self, index: int) -> bool:
        """Whether a noun phrase begins at the token."""
        token, previous = self.tokens[index], self.previous(index)
        if token.pos not in _NOMINAL or self.inside[index]:
            return False
        if previous is None or previous.pos not in _NOMINAL:
            return True
        return bool(token.proclitics) and token.proclitics[-1] in _OPENING

    def _clause_start(self, index: int) -> str:
        """How a clause may begin at the token: after «أن», a relative, a comma, with «و»; "" when it may not."""
        token, previous = self.tokens[index], self.previous(index)
        if previous is None or index == self.document.sentences[token.sentence].body:
            return "sentence"
        if self.opens[index]:
            return "content"
        bare = self.bare[index - 1]
        if bare in function_words("complementizers"):
            return "that"
        if previous.enclitic and previous.pos in _CLOSED:
            return "pronoun"
        if bare in function_words("relatives"):
            return "relative"
        if bare in function_words("subordinators"):
            return "subordinate"
        if previous.norm in COMMAS:
            return "comma" + self.joined[index]
        if previous.norm in MARKS or previous.norm in DASHES:
            return "mark"
        if token.pos == "VERB" and token.proclitics and token.proclitics[0] in _CONJUNCTIONS:
            return "and"
        return ""

    def may_start(self, index: int) -> bool:
        """Whether a span may begin at a token: at a phrase, clause or verb, at a verbal noun, or after one."""
        if self.inside[index]:
            return False
        if self.phrase_starts[index] or self.clause_starts[index] or self.masdars[index]:
            return True
        if self.tokens[index].pos in ("VERB", "PRON", "PART") or index == 0:
            return True
        previous = self.tokens[index - 1]
        if self.tokens[index].norm in MARKS:
            return True
        if self.tokens[index].pos in _NOMINAL and previous.pos in _NOMINAL and self.may_end(index):
            return True
        return self.masdars[index - 1] or bool(self.lowering[index - 1]) or previous.pos in ("VERB", "PUNCT", "ADP")

    def may_end(self, end: int) -> bool:
        """Whether a span may end before token `end`: not inside a noun phrase or a name."""
        token, last = self.tokens[end], self.tokens[end - 1]
        if self.inside[end] or (last.pos in ("ADP", "CONJ") and not last.enclitic):
            return False
        if self._opening[end - 1]:
            return False
        if token.pos not in _NOMINAL or last.pos not in _NOMINAL or token.proclitics or self.times[end]:
            return True
        closed = last.definite or bool(last.enclitic) or last.pos == "NAME"
        return closed and not (token.definite or token.pos in ("NAME", "NUM", "LATIN"))


def _counts(flags: Iterable[object]) -> list[int]:
    """Prefix sums: `counts[j] - counts[i]` flagged tokens lie in tokens `i:j`."""
    return list(accumulate(map(bool, flags), initial=0))


def gender_of(token: Token) -> str:
    """`f` where a noun's ending says feminine, `m` else; "" for other words."""
    if token.pos not in _NOMINAL:
        return ""
    return "f" if token.stem.endswith(("ه", "ات", "اء")) else "m"


def _bare(token: Token) -> str:
    if token.pos in _CLOSED and token.proclitics and token.proclitics[0] in _CONJUNCTIONS:
        return token.norm[1:]
    return token.norm


def _tag(token: Token, masdar: bool) -> str:
    pos = token.pos
    if pos in _CLOSED or pos == "PUNCT":
        return token.norm if not token.proclitics else _bare(token)
    if pos == "VERB":
        return "V" + (token.tense[:2] or "x")
    if pos == "NAME":
        return "@"
    if pos in ("NUM", "LATIN"):
        return "#"
    definite = "d" if token.definite else "e" if token.enclitic else ""
    return ("M" if masdar else "A" if pos == "ADJ" else "N") + definite
