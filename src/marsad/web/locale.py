"""Words, numbers and dates in the language of the interface."""

from __future__ import annotations

import datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

Language = Literal["ar", "en"]
LANGUAGES: tuple[Language, ...] = ("ar", "en")
_BABEL = {"ar": "ar_EG", "en": "en"}
_DIGITS = {"ar": str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"), "en": {}}
Message = str | dict[str, str]


@cache
def catalogue() -> dict[str, dict[str, Message]]:
    """All messages: key -> language -> text, or its plural forms."""
    import yaml

    table: dict[str, dict[str, Message]] = {}
    folder = files(__package__).joinpath("messages")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".yaml"):
            rows = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
            for key, row in (rows or {}).items():
                if key in table:
                    raise ValueError(f"{file.name}: {key} is there twice")
                table[key] = row
    return table


@cache
def _plural(language: Language) -> Any:
    return Locale.parse(language).plural_form


def message(language: Language, key: str, **values: object) -> Markup:
    """The message with `values` put in, all escaped, numbers in the language.  `n` chooses the plural form."""
    text = catalogue()[key][language]
    if isinstance(text, dict):
        form = _plural(language)(values["n"])
        text = text.get(form, text["other"])
    shown = {
        name: number(language, value) if isinstance(value, int | float) else escape(value)
        for name, value in values.items()
    }
    # The text is escaped too: quotation marks in it must not end the attribute that it may stand in.
    return escape(text).format(**shown) if shown else escape(text)


def strings(language: Language, *prefixes: str) -> dict[str, str]:
    """Plain messages whose keys begin with one of the prefixes, by what follows the prefix: for an island."""
    found: dict[str, str] = {}
    for prefix in prefixes:
        for key, row in catalogue().items():
            text = row[language]
            if key.startswith(prefix) and isinstance(text, str):
                found[key.removeprefix(prefix)] = text
    return found


@lru_cache(8_192)
def number(language: Language, value: float, places: int | None = None) -> str:
    """A number with the language's digits and separators."""
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    shown = format_decimal(value, pattern, locale=_BABEL[language], numbering_system="default")
    return str(shown).translate(_DIGITS[language])


@lru_cache(8_192)
def percent(language: Language, share: float) -> str:
    """A share of one as a percentage."""
    shown = format_percent(share, locale=_BABEL[language], numbering_system="default")
    return str(shown).translate(_DIGITS[language])


@lru_cache(8_192)
def date(language: Language, value: str | None, short: bool = False) -> str:
    """A date or part of one (2024, 2024-05, 2024-05-31, with or without a time) in words; as it is where it is none."""
    if not value:
        return ""
    day, _, clock = value.partition("T")
    try:
        parts = [int(part) for part in day.split("-")]
        moment = datetime.date(*[*parts, 1, 1][:3])
    except (ValueError, TypeError):
        return value
    if len(parts) == 1:
        shown = f"{moment.year:04d}"
    elif len(parts) == 2:
        shown = format_date(moment, "MMM y" if short else "MMMM y", locale=language)
    else:
        shown = format_date(moment, "d MMM y" if short else "d MMMM y", locale=language)
    if clock:
        shown = f"{shown}{'،' if language == 'ar' else ','} {clock[:5]}"
    return shown.translate(_DIGITS[language])
