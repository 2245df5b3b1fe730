"""From the query of an address to what a store is asked, and back; the names are those of the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, get_args
from urllib.parse import urlencode

from marsad.assembly.signs import event_sign
from marsad.errors import QueryError
from marsad.lexicon.codes import code_of
from marsad.records import EventType
from marsad.stored import Filters

LIMIT = 25
MOST = 500
"""Items of a page, and the most that may be asked for."""
LONGEST = 300
"""Characters of one value of a query."""
DEEPEST = 1_000_000

FIELDS = {
    "outlet": "outlets", "actor": "actors", "layer": "layers", "type": "types", "act": "acts", "domain": "domains",
    "status": "statuses", "claim": "claims",
}  # fmt: skip
"""Names that may be repeated, and the field of Filters that each fills."""
SINGLE = ("since", "until", "speaker", "article", "story", "words", "decided")


class Multi(Protocol):
    """Query parameters, each with any number of values."""

    def getall(self, key: str, default: list[str], /) -> list[str]: ...


def values(query: Multi, name: str) -> list[str]:
    """The values of a parameter that say anything."""
    found = [value.strip() for value in query.getall(name, [])]
    if any(len(value) > LONGEST or "\x00" in value for value in found) or len(found) > 50:
        raise QueryError(f"{name} is too long")
    return [value for value in found if value]


def clean(value: str) -> str:
    """A value from the path or the query that may be asked for.  Raises QueryError."""
    if len(value) > LONGEST or "\x00" in value:
        raise QueryError("the value is too long")
    return value.strip()


def one(query: Multi, name: str, default: str = "") -> str:
    """The first value of a parameter."""
    found = values(query, name)
    return found[0] if found else default


def filters_of(query: Multi, **fixed: Any) -> Filters:
    """The filters that the query says, actors and speakers by code or name; `fixed` fields go before it.

    `sign` (1 or -1) stands for the event types of cooperation or of conflict.

    Raises QueryError for what is no value of its field.
    """
    given: dict[str, Any] = {}
    for name, field in FIELDS.items():
        found = values(query, name)
        if found:
            given[field] = tuple(dict.fromkeys(map(code_of, found) if name == "actor" else found))
    for name in SINGLE:
        if value := one(query, name):
            given[name] = code_of(value) if name == "speaker" else value
    polarity = [value for value in values(query, "polarity") if value in ("-1", "0", "1")]
    if polarity:
        given["polarities"] = tuple(map(int, polarity))
    sign = one(query, "sign")
    if sign in ("1", "-1") and "types" not in given:
        given["types"] = tuple(kind for kind in get_args(EventType) if event_sign(kind) == int(sign))
    if one(query, "hide_rejected") in ("1", "true", "on"):
        given["hide_rejected"] = True
    given.update(fixed)
    if given.get("decided") not in (None, "accept", "reject", "correct"):
        raise QueryError("decided is accept, reject or correct")
    return Filters(**given)


def query_of(filters: Filters) -> list[tuple[str, str]]:
    """The filters as parameters, in a fixed order."""
    pairs: list[tuple[str, str]] = []
    for name, field in FIELDS.items():
        pairs += [(name, value) for value in getattr(filters, field)]
    for name in SINGLE:
        if value := getattr(filters, name):
            pairs.append((name, value))
    pairs += [("polarity", str(value)) for value in filters.polarities]
    if filters.hide_rejected:
        pairs.append(("hide_rejected", "1"))
    return pairs


def whole(query: Multi, name: str, default: int, most: int) -> int:
    """A whole number from 0 to `most`.  Raises QueryError for anything else."""
    text = one(query, name)
    if not text:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) > most:
        raise QueryError(f"{name} is a number from 0 to {most}")
    return int(text)


def window(query: Multi, limit: int = LIMIT) -> tuple[int, int]:
    """(offset, limit) of the page that is asked for."""
    return whole(query, "offset", 0, DEEPEST), max(1, whole(query, "limit", limit, MOST))


def address(path: str, parameters: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> str:
    """The path with a query; None and "" are left out, lists repeat their name."""
    pairs: list[tuple[str, str]] = []
    for name, value in parameters.items() if isinstance(parameters, Mapping) else parameters:
        several = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(item)) for item in several if item is not None and item != ""]
    return f"{path}?{urlencode(pairs)}" if pairs else path
