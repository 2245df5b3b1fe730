"""Closed classes of function words (`data/function_words.yaml`) as look-ups over token norms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec
import yaml

from marsad.errors import DataError

WordClass = Literal[
    "prepositions",
    "proclitic_prepositions",
    "relatives",
    "complementizers",
    "subordinators",
    "meanwhile",
    "negators",
    "future",
    "conditionals",
    "background",
    "inside",
    "clause_ends",
    "auxiliaries",
    "particles",
    "transparent",
    "demonstratives",
    "masculine_demonstratives",
    "feminine_demonstratives",
    "copulas",
    "whats",
    "each",
    "such_as",
    "with_that",
    "governing",
    "complement_prepositions",
    "clear_prepositions",
]


class ClosedClass:
    """The expressions of one class; `at` finds the longest that begins at a token."""

    def __init__(self, rows: Sequence[Sequence[str]]) -> None:
        self.words = frozenset(row[0] for row in rows if len(row) == 1)
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for row in sorted(rows, key=len, reverse=True):
            self._by_first.setdefault(row[0], []).append(tuple(row))

    def __contains__(self, word: str) -> bool:
        return word in self.words

    def at(self, words: Sequence[str], index: int) -> tuple[str, ...] | None:
        """The longest expression of the class whose words stand at `words[index:]`, or None."""
        for row in self._by_first.get(words[index], ()):
            if tuple(words[index : index + len(row)]) == row:
                return row
        return None


@cache
def function_words(name: WordClass) -> ClosedClass:
    """One class by name.  Raises DataError when the data file is not valid."""
    return _load()[name]


@cache
def _load() -> dict[str, ClosedClass]:
    path = files("marsad.lexicon") / "data" / "function_words.yaml"
    try:
        rows = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=dict[str, list[list[str]]])
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"function_words.yaml: {error}") from error
    if set(rows) != set(get_args(WordClass)):
        raise DataError(f"function_words.yaml: expected the classes {', '.join(get_args(WordClass))}")
    return {name: ClosedClass(items) for name, items in rows.items()}
