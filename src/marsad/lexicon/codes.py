"""Actor codes and names: what a user may call an actor, and what a code is shown as."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from marsad.lexicon.actors import rows, split
from marsad.text.normalise import fold


def _named() -> Iterator[tuple[str, list[str]]]:
    """(code, names) of the packaged states, bodies, blocs and groups."""
    for _, (code, names, _, _, capitals) in rows("states.tsv", 5):
        yield code, [*split(names), *split(capitals)]
    for _, (code, _, _, _, names) in rows("bodies.tsv", 5):
        yield code, split(names)
    for _, (code, _, _, _, _, names) in rows("groups.tsv", 6):
        yield code, split(names)


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """(folded name -> code, code -> Arabic name)"""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for code, called in _named():
        for name in called:
            plain = name.strip("()*")
            names.setdefault(code, plain)
            codes.setdefault(_key(plain), code)
    for _, (code, _, arabic) in rows("codes.tsv", 3):
        if arabic:
            names.setdefault(code, arabic)
    return codes, names


@cache
def _english() -> tuple[dict[str, str], dict[str, str]]:
    """(small English name -> code, code -> English name) of states (from CLDR) and of what codes.tsv names."""
    from babel import Locale
    from babel.core import get_global

    territories = Locale("en").territories
    known = _tables()[1]
    codes: dict[str, str] = {}
    names: dict[str, str] = {"XKX": "Kosovo"}
    for code, short in get_global("territory_aliases").items():
        if code in known and len(code) == 3 and len(short) == 1 and short[0] in territories:
            names[code] = territories[short[0]]
    names.update((code, english) for _, (code, english, _) in rows("codes.tsv", 3))
    for code, name in names.items():
        codes[name.lower()] = code
    return codes, names


def _key(name: str) -> str:
    return " ".join(word.removeprefix("ال") if len(word) > 4 else word for word in fold(name).split())


def code_of(name: str) -> str:
    """The code of an actor called by code, Arabic name or capital, or English name of a state; `name` itself where
    none is known (armed groups outside the list are coded by their name).

    >>> code_of("روسيا"), code_of("الصين"), code_of("France"), code_of("hamas"), code_of("حركة أحرار الوادي")
    ('RUS', 'CHN', 'FRA', 'HAMAS', 'حركة أحرار الوادي')
    """
    codes, names = _tables()
    plain = name.strip()
    if plain.upper() in names:
        return plain.upper()
    return codes.get(_key(plain)) or _english()[0].get(plain.lower()) or plain


def name_of(code: str, language: Literal["ar", "en"] = "ar") -> str:
    """What a code is shown as; the code itself where there is no name in that language.

    >>> name_of("RUS"), name_of("RUS", "en"), name_of("HAMAS", "en")
    ('روسيا', 'Russia', 'Hamas')
    """
    names = _tables()[1] if language == "ar" else _english()[1]
    return names.get(code, code)
