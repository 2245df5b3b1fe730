"""Relation words: how two actors stand.  One YAML file per kind under `data/relations/`, and `frames.yaml`.

A file holds the defaults of its kind (frame, domain, polarity, directed) and its rows.  A row names words of one
meaning:

    id        KIND.word, unique
    words     patterns in the language of `marsad.text.patterns`, joined by |
    frame     how it takes its two parties (`frames.yaml`: slot -> a, b or both)
    needs     words (also patterns) of which one must stand near it in the sentence
    state     name of a state other than plain (withheld, neutral, ...)
    parties   the parties themselves, where the words name both («القدس المحتلة»); "" for one that is not named
    example   an invented sentence that must give a relation of this row between `pair` («A=B» mutual, «A>B» directed)
    trend     the trend that the example claims, or absent
    counter   an invented sentence that must give none

`data/relation_words.yaml` holds the words around a relation word that say trend, level, domain, and whether the tie
is withheld or denied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec
import yaml

from marsad.errors import DataError
from marsad.records import Domain, Trend
from marsad.text.normalise import fold
from marsad.text.patterns import Matcher

Role = Literal["a", "b", "both"]
Polarity = Literal[-1, 0, 1]


_VERB = re.compile(r"v:(\w+)")


class RelationRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row as stored, with the defaults of its file filled in by `load_relations`."""

    id: str
    words: str
    example: str
    pair: str
    counter: str
    frame: str = ""
    domain: Domain | None = None
    polarity: Polarity | None = None
    directed: bool | None = None
    needs: str | None = None
    state: str | None = None
    parties: tuple[str, ...] = ()
    trend: Trend | None = None
    note: str | None = None


class KindFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: a kind of relation with its defaults and rows."""

    kind: str
    frame: str
    domain: Domain
    polarity: Polarity
    directed: bool
    rows: tuple[RelationRow, ...]


class WordRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words around a relation word: `says` is what they say in the class `of` (trend up, domain energy, ...)."""

    id: str
    of: Literal["trend", "level", "domain", "polarity", "context"]
    says: str
    words: str
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Row:
    """A relation row ready for use."""

    id: str
    kind: str
    frame: str
    domain: Domain
    polarity: Polarity
    directed: bool
    needs: bool
    state: str | None
    parties: tuple[str, ...]
    verbs: frozenset[str]
    """Keys of its words that are finite verbs; a token with one of them, read as a verb, takes a subject."""
    source: RelationRow


@dataclass(frozen=True, slots=True)
class Frame:
    """How a row takes its parties: for each side the slots that can hold it, with their place in the order."""

    name: str
    a: dict[str, int]
    b: dict[str, int]
    mutual: bool


@dataclass(frozen=True, slots=True)
class Relations:
    """All relation data, compiled.

    `matcher` finds rows of four kinds at once; what a match is stands in its row: ("row", id), ("needs", id),
    ("word", id).
    """

    rows: dict[str, Row]
    words: dict[str, WordRow]
    frames: dict[str, Frame]
    matcher: Matcher


def _read(name: str, kind: Any) -> Any:
    path = files("marsad.lexicon") / "data" / name
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=kind)
    except (OSError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"{name}: {error}") from error


def _frames() -> dict[str, Frame]:
    out: dict[str, Frame] = {}
    for name, sides in _read("relations/frames.yaml", dict[str, dict[Role, list[str]]]).items():
        if "both" in sides:
            both = {_folded(slot): i for i, slot in enumerate(sides["both"])}
            out[name] = Frame(name, both, both, True)
        else:
            a, b = ({_folded(slot): i for i, slot in enumerate(sides.get(side, ()))} for side in ("a", "b"))
            out[name] = Frame(name, a, b, False)
    return out


def _folded(slot: str) -> str:
    head, colon, word = slot.rpartition(":")
    return head + colon + (fold(word) if colon and not word.isascii() else word)


def _row(loaded: KindFile, row: RelationRow, name: str, frames: dict[str, Frame]) -> Row:
    frame = row.frame or loaded.frame
    if frame not in frames:
        raise DataError(f"{name}: row {row.id!r}: no frame {frame!r} in frames.yaml")
    if not row.id.startswith(loaded.kind + "."):
        raise DataError(f"{name}: row {row.id!r} must begin with {loaded.kind}.")
    if frame.startswith("fixed") != (len(row.parties) == 2):
        raise DataError(f"{name}: row {row.id!r}: the frames fixed and fixed-a, and they alone, take two `parties`")
    return Row(
        row.id, loaded.kind, frame, row.domain or loaded.domain,
        loaded.polarity if row.polarity is None else row.polarity,
        loaded.directed if row.directed is None else row.directed,
        row.needs is not None, row.state, row.parties,
        frozenset("v:" + fold(lemma) for lemma in _VERB.findall(row.words)), row,
    )  # fmt: skip


@cache
def load_relations() -> Relations:
    """All relation data.  Raises DataError naming file and row when one is not valid."""
    frames = _frames()
    rows: dict[str, Row] = {}
    patterns: list[tuple[tuple[str, str], str]] = []
    folder = files("marsad.lexicon") / "data" / "relations"
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml") or path.name == "frames.yaml":
            continue
        loaded: KindFile = _read(f"relations/{path.name}", KindFile)
        for stored in loaded.rows:
            if stored.id in rows:
                raise DataError(f"{path.name}: row {stored.id!r} stands there twice")
            rows[stored.id] = _row(loaded, stored, path.name, frames)
            patterns.append((("row", stored.id), stored.words))
            if stored.needs is not None:
                patterns.append((("needs", stored.id), stored.needs))
    words: dict[str, WordRow] = {}
    for word in _read("relation_words.yaml", tuple[WordRow, ...]):
        if word.id in words:
            raise DataError(f"relation_words.yaml: row {word.id!r} stands there twice")
        if (word.of == "trend" and word.says not in get_args(Trend)) or (
            word.of == "domain" and word.says not in get_args(Domain)
        ):
            raise DataError(f"relation_words.yaml: row {word.id!r}: {word.says!r} is no {word.of}")
        words[word.id] = word
        patterns.append((("word", word.id), word.words))
    return Relations(rows, words, frames, Matcher(patterns))
