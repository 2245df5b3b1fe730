"""Event triggers: one YAML file per PLOVER type under `data/events/`.

A file holds the type's score and modes, the words that give an event a mode (`mode_words`, the first mode with such a
word near the trigger), patterns whose words report no event of the type (`never`: false friends that are told by the
words beside them), and its rows.  A row names words of one meaning and how they take their
arguments:

    id        TYPE.word, unique
    verbs     lemmas; finite forms and participles match
    nouns     verbal nouns and event nouns (singular lemmas)
    phrases   patterns in the language of `marsad.text.patterns`
    roles     slot -> source | target | both | none; over the file's own `roles`
    contexts  PLOVER contexts that the row always adds
    mode      PLOVER mode, or absent
    example   an invented sentence in which the row matches
    counter   an invented sentence in which it must not yield an event of the type

Verbal acts need no rows of their own: a file's `acts` names acts of statements, and every cue of these acts
(`lexicon.cues`) is a trigger of the type, finite, participle or verbal noun.  Slots are named in
`marsad.reading.slots`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec
import yaml

from marsad.errors import DataError
from marsad.lexicon.cues import load_cues
from marsad.records import Act, EventType
from marsad.text.normalise import fold

Role = Literal["source", "target", "both", "none"]


class TriggerRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One trigger row as stored."""

    id: str
    example: str
    counter: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    roles: dict[str, Role] = {}
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    note: str | None = None


class TypeFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file: a PLOVER type with its scores, default roles and rows."""

    type: EventType
    definition: str
    quad: Literal[1, 2, 3, 4]
    score: float
    roles: dict[str, Role]
    rows: tuple[TriggerRow, ...]
    modes: dict[str, float | None] = {}
    mode_words: dict[str, tuple[str, ...]] = {}
    acts: tuple[Act, ...] = ()
    false_friends: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def role(self, row: TriggerRow, slot: str) -> Role | None:
        """The role of an argument slot under a row, or None where neither row nor type says."""
        return row.roles.get(slot) or self.roles.get(slot)


@cache
def load_triggers() -> dict[EventType, TypeFile]:
    """All type files by type.  Raises DataError naming file and row when one is not valid."""
    folder = files("marsad.lexicon") / "data" / "events"
    out: dict[EventType, TypeFile] = {}
    seen: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml"):
            continue
        try:
            loaded = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=TypeFile)
        except (msgspec.ValidationError, yaml.YAMLError) as error:
            raise DataError(f"{path.name}: {error}") from error
        for mode in loaded.mode_words:
            if mode not in loaded.modes:
                raise DataError(f"{path.name}: mode_words names {mode!r}, not one of the type's modes")
        for row in loaded.rows:
            if row.id in seen:
                raise DataError(f"{path.name}: row {row.id!r} stands in {seen[row.id]} already")
            if not row.id.startswith(loaded.type + "."):
                raise DataError(f"{path.name}: row {row.id!r} must begin with {loaded.type}.")
            if not (row.verbs or row.nouns or row.phrases):
                raise DataError(f"{path.name}: row {row.id!r} has no verb, noun or phrase")
            if row.mode is not None and row.mode not in loaded.modes:
                raise DataError(f"{path.name}: row {row.id!r} has mode {row.mode!r}, not one of the type")
            seen[row.id] = path.name
        out[loaded.type] = loaded
    missing = set(get_args(EventType)) - set(out)
    if missing:
        raise DataError(f"data/events: no file for {', '.join(sorted(missing))}")
    return out


Form = Literal["verb", "active", "passive", "masdar", "noun", "phrase"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that a word may belong to, and the form in which it stands there."""

    row: TriggerRow
    type: EventType
    form: Form


@dataclass(slots=True)
class TriggerIndex:
    """Rows by what a token's keys or its stem may be, and phrase patterns as (row number, pattern)."""

    rows: list[tuple[TypeFile, TriggerRow]] = field(default_factory=list)
    by_key: dict[str, list[Hit]] = field(default_factory=dict)
    phrases: list[tuple[int, str]] = field(default_factory=list)
    never: list[tuple[EventType, str]] = field(default_factory=list)
    by_id: dict[str, tuple[TypeFile, TriggerRow]] = field(default_factory=dict)
    type_of_act: dict[str, EventType] = field(default_factory=dict)
    modes: dict[EventType, dict[str, tuple[int, str]]] = field(default_factory=dict)
    """Type -> folded word -> rank and name of the mode that it gives."""


_VERB_FORMS: tuple[tuple[str, Form], ...] = (("v:", "verb"), ("p:", "active"), ("q:", "passive"), ("m:", "masdar"))


def inflections(noun: str) -> set[str]:
    """The noun's regular dual and plural forms, folded, itself included; broken plurals are listed in the rows."""
    base = fold(noun)
    out = {base, base + "ا"}
    if base.endswith("ه"):
        stem = base[:-1]
        out |= {stem + "ات", stem + "تين", stem + "تان", stem + "تي", stem + "تا"}
    else:
        out |= {base + "ات", base + "ين", base + "ان", base + "ون", base + "ي", base + "ه"}
        if base.endswith("اء"):
            out.add(base[:-1] + "ئات")
    return out


@cache
def trigger_index() -> TriggerIndex:
    """All rows, indexed for look-up by token key, and those that follow from the cues of statements."""
    index = TriggerIndex()
    files_ = load_triggers()
    for type_, loaded in files_.items():
        index.type_of_act.update(dict.fromkeys(loaded.acts, type_))
    for type_, loaded in files_.items():
        index.never.extend((type_, pattern) for pattern in loaded.never)
        words = index.modes.setdefault(type_, {})
        for rank, (mode, given) in enumerate(loaded.mode_words.items()):
            for word in given:
                words.setdefault(fold(word), (rank, mode))
    for type_, loaded in files_.items():
        rows = list(loaded.rows)
        for cue in load_cues().verbs:
            if cue.act in loaded.acts:
                rows.append(TriggerRow(f"{type_}.cue-{cue.id}", cue.example, cue.counter, tuple(cue.verbs)))
        for row in rows:
            number = len(index.rows)
            index.rows.append((loaded, row))
            index.by_id[row.id] = (loaded, row)
            index.phrases.extend((number, pattern) for pattern in row.phrases)
            hits: dict[str, Form] = {}
            for verb in row.verbs:
                hits.update((prefix + fold(verb), form) for prefix, form in _VERB_FORMS)
            for noun in row.nouns:
                hits.update(dict.fromkeys(inflections(noun), "noun"))
            for key, form in hits.items():
                index.by_key.setdefault(key, []).append(Hit(row, type_, form))
    return index
