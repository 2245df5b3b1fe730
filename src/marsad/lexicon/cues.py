"""Reporting cues: the words that open a statement, what may follow them, and the act that they perform.

Four data files: `cues.yaml` (verbs; one row covers finite forms, participles and verbal nouns), `cue_phrases.yaml`
(attribution by phrase, formulas that are no attribution, turn markers), `cue_nouns.yaml` (nouns that decide an act,
and documents) and `cue_context.yaml` (what may stand between a cue and its content).  The acts are those of
GUIDELINES section 1 (`records.Act`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec
import yaml

from marsad.errors import DataError
from marsad.records import Act
from marsad.text.normalise import fold

Complement = Literal["that", "quote", "object", "prep", "question"]
PhraseKind = Literal["according", "reported", "opinion", "relay", "pretext", "bridge", "blocked", "turn", "tag"]
PREPOSITIONS = frozenset(["الي", "علي", "عن", "من", "في", "ب", "ل"])
"""Prepositions that a verb may govern; ب and ل are proclitics of the next word."""
_TAKES = PREPOSITIONS | {"that", "quote", "object", "question"}


class CueRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reporting verb as stored; `cues.yaml` explains the fields."""

    id: str
    verb: str | tuple[str, ...]
    act: str
    takes: tuple[str, ...]
    example: str
    counter: str
    addressee: str | None = None
    object: Literal["negated", "enclitic", None] = None
    heads: frozenset[str] = frozenset()
    not_heads: frozenset[str] = frozenset()
    needs: Literal["speaker", "cue", "addressee", None] = None
    document: str | None = None
    cue_with: str | None = None
    relative: str | None = None
    relay: str | None = None
    forms: tuple[str, ...] = ()
    soft: bool = False

    @property
    def verbs(self) -> tuple[str, ...]:
        """Lemmas as stored, one or several."""
        return (self.verb,) if isinstance(self.verb, str) else self.verb


class PhraseRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phrase as stored; `cue_phrases.yaml` explains the fields."""

    id: str
    kind: PhraseKind
    words: tuple[str, ...]
    example: str
    counter: str
    act: str = "STATE"
    strict: bool = False
    initial: bool = False


class NounRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nouns that decide the act of a verb (`feeling`), or that can hold speech (`document`)."""

    id: str
    kind: Literal["feeling", "document"]
    lemma: tuple[str, ...]
    act: str = "EXPRESS"
    restated: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """One variant of a phrase: its words in order; `proclitic` is a final preposition written with the next word."""

    row: PhraseRow
    words: tuple[str, ...]
    proclitic: str = ""


@dataclass(slots=True)
class Cues:
    """All cue data, indexed for reading."""

    verbs: tuple[CueRow, ...]
    phrases: tuple[PhraseRow, ...]
    by_lemma: dict[str, tuple[CueRow, ...]] = field(default_factory=dict)
    """Folded verb lemma -> rows, in file order."""
    by_form: dict[str, str] = field(default_factory=dict)
    """Written forms that are words of other kinds too («بين») -> the cue's lemma; only at the start of a clause."""
    by_first: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)
    """First word of a phrase -> variants, longest first."""
    feelings: dict[str, NounRow] = field(default_factory=dict)
    documents: frozenset[str] = frozenset()
    context: dict[str, frozenset[str]] = field(default_factory=dict)
    """Closed sets of folded words by name (`cue_context.yaml`)."""


def _read(name: str, kind: Any) -> Any:
    path = files("marsad.lexicon") / "data" / name
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=kind)
    except (OSError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"{name}: {error}") from error


def _check(name: str, rows: tuple[Any, ...]) -> None:
    """Ids are unique and acts exist; raises DataError naming the row."""
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise DataError(f"{name}: row {row.id!r} stands there twice")
        seen.add(row.id)
        for act in (row.act, getattr(row, "restated", None) or row.act):
            if act not in get_args(Act) and not (act == "noun" and isinstance(row, CueRow)):
                raise DataError(f"{name}: row {row.id!r}: {act!r} is no act")


def _folded(row: CueRow) -> CueRow:
    takes = tuple(t if t in _TAKES else fold(t) for t in row.takes)
    wrong = [t for t in takes if t not in _TAKES]
    if wrong:
        raise DataError(f"cues.yaml: row {row.id!r}: unknown complement {wrong[0]!r}")
    return msgspec.structs.replace(
        row,
        takes=takes,
        heads=frozenset(map(fold, row.heads)),
        not_heads=frozenset(map(fold, row.not_heads)),
    )


@cache
def load_cues() -> Cues:
    """All cue data.  Raises DataError naming file and row when one is not valid."""
    verbs: tuple[CueRow, ...] = _read("cues.yaml", tuple[CueRow, ...])
    phrases: tuple[PhraseRow, ...] = _read("cue_phrases.yaml", tuple[PhraseRow, ...])
    nouns: tuple[NounRow, ...] = _read("cue_nouns.yaml", tuple[NounRow, ...])
    context: dict[str, list[str]] = _read("cue_context.yaml", dict[str, list[str]])
    for name, rows in (("cues.yaml", verbs), ("cue_phrases.yaml", phrases), ("cue_nouns.yaml", nouns)):
        _check(name, rows)
    verbs = tuple(map(_folded, verbs))
    cues = Cues(verbs, phrases, context={k: frozenset(map(fold, v)) for k, v in context.items()})
    for row in verbs:
        for lemma in map(fold, row.verbs):
            cues.by_lemma[lemma] = (*cues.by_lemma.get(lemma, ()), row)
        cues.by_form.update(dict.fromkeys(map(fold, row.forms), fold(row.verbs[0])))
    variants: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for text in phrase.words:
            words = fold(text).split()
            proclitic = words.pop() if len(words) > 1 and words[-1] == "ل" else ""
            variants.setdefault(words[0], []).append(Phrase(phrase, tuple(words), proclitic))
    cues.by_first = {k: tuple(sorted(v, key=lambda p: -len(p.words))) for k, v in variants.items()}
    for noun in nouns:
        if noun.kind == "feeling":
            cues.feelings.update(dict.fromkeys(map(fold, noun.lemma), noun))
        else:
            cues.documents |= frozenset(map(fold, noun.lemma))
    return cues
