"""The words that the views show for the codes of the records."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["ar", "en"]


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    import yaml

    text = files(__package__).joinpath("data/labels.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, str]]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table


def label(kind: str, code: object, language: Language = "en") -> str:
    """What to show for `code` of `kind` («act», «status», …); the code itself where the table has no word."""
    row = _table().get(kind, {}).get(str(code))
    return row[language] if row else str(code)
