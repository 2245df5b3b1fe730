"""The sentences of an answer, in Arabic and English, from words.yaml."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from marsad.records import Record


class Words(Record, frozen=True):
    """The same thing said in both languages."""

    ar: str
    en: str


@cache
def _table() -> dict[str, dict[str, dict[str, str]]]:
    import yaml

    text = files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, str]]] = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return table


def say(kind: str, code: str, **values: object) -> Words:
    """The sentence for `code`, filled in; a value may itself be Words."""
    row = _table()[kind][code]
    return Words(
        ar=row["ar"].format(**{k: v.ar if isinstance(v, Words) else v for k, v in values.items()}),
        en=row["en"].format(**{k: v.en if isinstance(v, Words) else v for k, v in values.items()}),
    )


def percent(share: float) -> str:
    """A share as whole per cent."""
    return f"{100 * share:.0f}%"
