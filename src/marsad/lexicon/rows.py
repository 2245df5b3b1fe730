"""Finding the data row behind a rule id, to answer "why?".

Every record names the rule that made it; the rule is the `id` of a row of one of the data files.  This looks the
row up as it stands in the file, whatever the layer, so that a reader sees what its author saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_NAMES_FIRST = ("actors/states.tsv", "actors/bodies.tsv", "actors/groups.tsv")
"""A code stands in several tables; these say whose it is."""


class DataRow(NamedTuple):
    """A row and where it stands: `file` relative to the data folder, `fields` as written."""

    id: str
    file: str
    fields: dict[str, Any]

    def examples(self) -> list[str]:
        """The row's own examples, as plain sentences."""
        found = self.fields.get("example", self.fields.get("examples", []))
        items = found if isinstance(found, list) else [found]
        texts = [item.get("text", "") if isinstance(item, dict) else str(item) for item in items]
        return [text for text in texts if text]

    def as_yaml(self) -> str:
        """The row as YAML, one field a line."""
        return _as_yaml(self.id, self.file)


@cache
def _as_yaml(id: str, file: str) -> str:
    text: str = yaml.dump(_parsed(file)[id], Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=110)
    return text


@cache
def _texts() -> tuple[tuple[str, str], ...]:
    """(file, content) of every data file."""

    def walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_dir():
                yield from walk(entry, f"{prefix}{entry.name}/")
            elif entry.name.endswith((".yaml", ".tsv")):
                yield prefix + entry.name, entry.read_text(encoding="utf-8")

    found = list(walk(files(__package__).joinpath("data"), ""))
    return tuple(sorted(found, key=lambda entry: entry[0] not in _NAMES_FIRST))


@cache
def _parsed(file: str) -> dict[str, dict[str, Any]]:
    """The rows of a file by id."""
    text = dict(_texts())[file]
    if file.endswith(".tsv"):
        return _table(text)
    found: dict[str, dict[str, Any]] = {}

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("id"), str):
                found.setdefault(value["id"], value)
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(yaml.load(text, _LOADER))
    return found


def _table(text: str) -> dict[str, dict[str, Any]]:
    """The rows of a table by their first column, or the first spelling in it; the first comment names the columns."""
    lines = text.splitlines()
    names = lines[0].lstrip("# ").split("\t") if lines else []
    rows: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line and not line.startswith("#"):
            fields = {name: value for name, value in zip(names, line.split("\t"), strict=False) if value}
            rows.setdefault(line.split("\t")[0].split("|")[0], fields)
    return rows


@cache
def find_row(rule: str) -> DataRow | None:
    """The row with that id, or None.  Of a compound rule («a+b», «layer:a») the first part that is a row."""
    for name in dict.fromkeys([rule, *re.split(r"[:+/|> ]+", rule)]):
        if not name:
            continue
        for file, _ in _texts():
            if (fields := _parsed(file).get(name)) is not None:
                return DataRow(name, file, fields)
    return None
