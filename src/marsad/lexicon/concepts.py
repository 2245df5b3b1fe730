"""Words of direction and of belief (`data/concepts.yaml` explains the fields): what leaves a neutral concept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

from marsad.errors import DataError
from marsad.text.normalise import fold

WordClass = Literal[
    "noun", "verb", "adjective", "negator", "light", "copula", "degree", "belief", "aspect", "general", "alike",
]  # fmt: skip


class ConceptRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row as stored."""

    id: str
    class_: WordClass = msgspec.field(name="class")
    direction: Literal[-1, 0, 1]
    words: tuple[str, ...]
    example: str
    counter: str
    takes: tuple[str, ...] = ()
    with_: tuple[str, ...] = msgspec.field(name="with", default=())
    both: bool = False
    of: Literal["subject", "object", "noun"] | None = None


@dataclass(frozen=True, slots=True)
class ConceptWords:
    """Rows, and each row by the folded lemma of its words: those that stand before a concept (`before`: noun, light,
    negator, belief), verbs (with copulas), and adjectives (with degrees)."""

    rows: tuple[ConceptRow, ...]
    before: dict[str, ConceptRow]
    verbs: dict[str, ConceptRow]
    after: dict[str, ConceptRow]
    takes: dict[str, frozenset[str]]
    """Folded prepositions by row id."""
    with_: dict[str, dict[str, ConceptRow]]
    """Rows that ask what follows: by folded lemma of the word, then of what follows."""
    aspects: frozenset[str]
    general: frozenset[str]
    alike: dict[str, ConceptRow]
    """Rows by the folded lemmas that assembly takes for their first word."""


_TABLE: dict[str, str] = {
    "noun": "before", "light": "before", "negator": "before", "belief": "before",
    "verb": "verbs", "copula": "verbs", "adjective": "after", "degree": "after",
}  # fmt: skip


@cache
def load_concept_words() -> ConceptWords:
    """All rows.  Raises DataError where the file is not valid."""
    path = files("marsad.lexicon") / "data" / "concepts.yaml"
    try:
        rows = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=tuple[ConceptRow, ...])
    except (OSError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"concepts.yaml: {error}") from error
    tables: dict[str, dict[str, ConceptRow]] = {"before": {}, "verbs": {}, "after": {}}
    with_: dict[str, dict[str, ConceptRow]] = {}
    sets: dict[str, set[str]] = {"aspect": set(), "general": set()}
    alike: dict[str, ConceptRow] = {}
    for row in rows:
        if row.class_ == "alike":
            alike.update({fold(word): row for word in row.words})
            continue
        if row.class_ in sets:
            sets[row.class_].update(map(fold, row.words))
            continue
        if row.with_:
            for word in row.words:
                with_.setdefault(fold(word), {}).update({fold(other): row for other in row.with_})
            continue
        if (row.class_ == "verb") != (row.of is not None):
            raise DataError(f"concepts.yaml: row {row.id!r}: verbs, and they alone, say `of` what")
        for word in row.words:
            tables[_TABLE[row.class_]].setdefault(fold(word), row)
    takes = {row.id: frozenset(map(fold, row.takes)) for row in rows}
    return ConceptWords(
        rows, tables["before"], tables["verbs"], tables["after"], takes, with_,
        frozenset(sets["aspect"]), frozenset(sets["general"]), alike,
    )  # fmt: skip
