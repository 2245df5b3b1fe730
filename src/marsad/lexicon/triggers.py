"""Event triggers: one YAML file per PLOVER type under `data/events/`.

A file holds the type's score and modes and its rows.  A row names words of one meaning and how they take their
arguments:

    id        TYPE.word, unique
    verbs     lemmas; finite forms and participles match
    nouns     verbal nouns and event nouns (singular lemmas)
    phrases   patterns in the language of `marsad.text.patterns`
    roles     slot -> source | target | both | none; over the file's own `roles`
    mode      PLOVER mode, or absent
    example   an invented sentence in which the row matches
    counter   an invented sentence in which it must not yield an event of the type

Slots are named in `marsad.reading.slots`.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec
import yaml

from marsad.errors import DataError
from marsad.records import EventType

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
    false_friends: tuple[str, ...] = ()

    def role(self, row: TriggerRow, slot: str) -> Role | None:
        """The role of an argument slot under a row, or None where neither row nor type says."""
        return row.roles.get(slot) or self.roles.get(slot)


@cache
def load_triggers() -> dict[str, TypeFile]:
    """All type files by type.  Raises DataError naming file and row when one is not valid."""
    folder = files("marsad.lexicon") / "data" / "events"
    out: dict[str, TypeFile] = {}
    seen: dict[str, str] = {}
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".yaml"):
            continue
        try:
            loaded = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=TypeFile)
        except (msgspec.ValidationError, yaml.YAMLError) as error:
            raise DataError(f"{path.name}: {error}") from error
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
