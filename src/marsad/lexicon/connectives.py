"""Connectives: words that claim a cause and an effect, one YAML file per way of standing (`data/connectives/`).

A file's head gives the defaults of its rows:

    kind      link: between two clauses or phrases; condition; purpose; result; verb: between subject and complement
    after     which side stands after the words: the cause («بسبب X») or the effect («أدى إلى X»)
    tier      explicit, purpose or implicit, as in the annotation guidelines
    claim     asserts or concedes («رغم»); denial comes from negation, not from rows
    sign      -1 when the words say that the cause lowers or prevents the effect
    modality  asserted unless given

A row names its words in one or more of three ways and says when they count:

    find      patterns in the language of `marsad.text.patterns`
    verbs     lemmas, with `takes`: where the complement stands (`object`, a preposition, `object+preposition`)
    clitic    a proclitic, with `of`: parts of speech (or MASDAR) of the word that bears it; `pronoun`: it must have
              a pronoun attached
    next      parts of speech of the word after the words found by `find`
    pointed   of verbs: with a pointing word as subject («أسهم ذلك في») they hardly ever say anything else
    negated   of verbs: with a negation before them they hardly ever do anything but deny («لا تخضع لضغوط»)
    wall      words that no side runs over («رغم», «بسبب»): a side that begins before them ends before them
    not_after lemmas right after which the words say what something is for («محطة لتوليد الكهرباء»)
    pointing  the last of the words is a pronoun that is the near side («نتيجة لذلك»)
    spelled   letters that the first word begins with before folding (إن, not أن), where it is written with a hamza
    example   invented, with {cause} and [effect] marked: the row must find them
    counter   invented: the row must yield no mechanism in it

Any default may be given anew in a row.

`lowering.yaml` lists the words that lower what they govern («إنهاء X», «الحد من X»); the effect is X and the sign -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

from marsad.errors import DataError
from marsad.text.document import Pos
from marsad.text.normalise import fold
from marsad.text.patterns import Matcher, compile_pattern

Kind = Literal["link", "condition", "purpose", "result", "verb"]
Side = Literal["cause", "effect"]
Claim = Literal["asserts", "concedes"]
Tier = Literal["explicit", "purpose", "implicit"]
Modality = Literal["asserted", "potential", "necessary", "hypothetical", "purpose"]
FILES = (
    "links", "links_implicit", "concessions", "conditions", "purposes", "results",
    "verbs_bring", "verbs_lower", "verbs_back", "verbs_aim",
)  # fmt: skip
_PROCLITIC_PREPOSITIONS = frozenset("بلك")


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row as stored; absent columns are the file's."""

    id: str
    example: str
    counter: str
    find: str | tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    clitic: Literal["ب", "ل", "ف", "س"] | None = None
    of: tuple[Pos | Literal["MASDAR"], ...] = ()
    pronoun: bool = False
    pointed: bool = False
    negated: bool = False
    next: tuple[Pos, ...] = ()
    spelled: str | None = None
    wall: bool = False
    pointing: bool = False
    not_after: tuple[str, ...] = ()
    after: Side | None = None
    tier: Tier | None = None
    sign: Literal[-1, 1] | None = None
    modality: Modality | None = None
    note: str | None = None


class ConnectiveFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: defaults and rows."""

    kind: Kind
    after: Side
    tier: Tier
    claim: Claim
    sign: Literal[-1, 1]
    rows: tuple[Row, ...]
    modality: Modality = "asserted"


class LoweringRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that lower what they govern, with the prepositions that may stand between."""

    id: str
    example: str
    counter: str
    nouns: tuple[str, ...]
    verbs: tuple[str, ...]
    takes: tuple[str, ...]
    kept: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    over_object: bool = False
    """An object may stand before the preposition («منع القوات من التقدم»)."""


@dataclass(frozen=True, slots=True)
class Connective:
    """A row with its defaults filled in and its words folded."""

    id: str
    kind: Kind
    after: Side
    tier: Tier
    claim: Claim
    sign: int
    modality: Modality
    patterns: tuple[str, ...]
    verbs: tuple[str, ...]
    clitic: str | None
    of: frozenset[str]
    pronoun: bool
    pointed: bool
    negated: bool
    next: frozenset[str]
    spelled: str
    wall: bool
    pointing: bool
    not_after: frozenset[str]
    takes_object: bool
    prepositions: frozenset[str]
    object_and: frozenset[str]
    """Prepositions that stand after an object («دفع X إلى Y»)."""
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Connectives:
    """All rows, a matcher over their patterns, and look-ups by verb lemma and lowering word."""

    rows: dict[str, Connective]
    matcher: Matcher
    inside: frozenset[tuple[str, int]]
    """(row id, pattern number) of patterns whose last element is already part of what follows the words."""
    clitics: dict[str, tuple[Connective, ...]]
    """Rows by proclitic."""
    by_key: dict[str, tuple[Connective, ...]]
    """Rows by token key: `v:LEMMA` and `p:LEMMA` of their verbs."""
    lowering_keys: dict[str, LoweringRow]
    """Lowering rows by token key: lemma of the noun, `v:` lemma of the verb."""
    lowering: tuple[LoweringRow, ...]


def marked(example: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    """An example without its marks, and the offsets of its {cause} and [effect].

    Raises ValueError when it lacks one."""
    text, spans, opened = "", {}, {}
    for letter in example:
        if letter in "{[":
            opened[letter] = len(text)
        elif letter in "}]":
            start = "{" if letter == "}" else "["
            spans[start] = (opened[start], len(text))
        else:
            text += letter
    if set(spans) != {"{", "["}:
        raise ValueError(f"{example!r} marks no {{cause}} and [effect]")
    return text, spans["{"], spans["["]


def _fill(row: Row, file: ConnectiveFile) -> Connective:
    patterns = (row.find,) if isinstance(row.find, str) else row.find
    plain = [t for t in row.takes if "+" not in t]
    joined = [t.split("+")[-1] for t in row.takes if "+" in t]
    return Connective(
        id=row.id,
        kind=file.kind,
        after=row.after or file.after,
        tier=row.tier or file.tier,
        claim=file.claim,
        sign=row.sign or file.sign,
        modality=row.modality or file.modality,
        patterns=patterns,
        verbs=tuple(fold(v) for v in row.verbs),
        clitic=row.clitic,
        of=frozenset(row.of),
        pronoun=row.pronoun,
        pointed=row.pointed,
        negated=row.negated,
        next=frozenset(row.next),
        spelled=row.spelled or "",
        wall=row.wall,
        pointing=row.pointing,
        not_after=frozenset(map(fold, row.not_after)),
        takes_object="object" in plain or any(t.startswith("object+") for t in row.takes),
        prepositions=frozenset(fold(t) for t in plain if t != "object") | frozenset(fold(t) for t in joined),
        object_and=frozenset(fold(t) for t in joined),
        example=row.example,
        counter=row.counter,
    )


def _read(name: str, kind: type) -> object:
    path = files("marsad.lexicon") / "data" / "connectives" / f"{name}.yaml"
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=kind)
    except (OSError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"{name}.yaml: {error}") from error


@cache
def load_connectives() -> Connectives:
    """All connectives and lowering words.  Raises DataError naming file and row when one is not valid."""
    rows: dict[str, Connective] = {}
    patterns: list[tuple[tuple[str, int], str]] = []
    inside: set[tuple[str, int]] = set()
    by_key: dict[str, list[Connective]] = {}
    clitics: dict[str, list[Connective]] = {}
    for name in FILES:
        file = _read(name, ConnectiveFile)
        assert isinstance(file, ConnectiveFile)
        for stored in file.rows:
            row = _fill(stored, file)
            if row.id in rows:
                raise DataError(f"{name}.yaml: row {row.id!r} stands twice")
            if not (row.patterns or row.verbs or row.clitic):
                raise DataError(f"{name}.yaml: row {row.id!r} names no words")
            if bool(row.clitic) != bool(row.of):
                raise DataError(f"{name}.yaml: row {row.id!r}: `clitic` and `of` go together")
            if row.verbs and not (row.takes_object or row.prepositions):
                raise DataError(f"{name}.yaml: row {row.id!r} does not say what its verbs take")
            rows[row.id] = row
            for number, pattern in enumerate(row.patterns):
                compile_pattern(pattern, row.id)
                patterns.append(((row.id, number), pattern))
                if pattern.rstrip("?)").endswith("+"):
                    inside.add((row.id, number))
            if row.clitic:
                clitics.setdefault(row.clitic, []).append(row)
            for verb in row.verbs:
                for prefix in ("v:", "p:"):
                    by_key.setdefault(prefix + verb, []).append(row)
    loaded = _read("lowering", tuple[LoweringRow, ...])
    assert isinstance(loaded, tuple)
    lowering_keys: dict[str, LoweringRow] = {}
    lowered: list[LoweringRow] = []
    for lowering in loaded:
        takes, kept = tuple(map(fold, lowering.takes)), tuple(map(fold, lowering.kept))
        lowering = msgspec.structs.replace(lowering, takes=takes, kept=kept, of=tuple(map(fold, lowering.of)))
        lowered.append(lowering)
        for noun in lowering.nouns:
            lowering_keys[fold(noun)] = lowering
        for verb in lowering.verbs:
            lowering_keys["v:" + fold(verb)] = lowering
    return Connectives(
        rows, Matcher(patterns), frozenset(inside), {k: tuple(v) for k, v in clitics.items()},
        {k: tuple(v) for k, v in by_key.items()}, lowering_keys, tuple(lowered),
    )  # fmt: skip
