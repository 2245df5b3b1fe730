"""PLOVER's and CAMEO's codes for what Marsad codes (`data/plover.yaml`).

Types, modes, quads and scores stand with the triggers (`lexicon.triggers`); here are the codes that differ: CAMEO's
event codes, and how an actor is written as a country and its sectors.  Codes and structure after the PLOVER ontology of
the Open Event Data Alliance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from marsad.lexicon.actors import rows
from marsad.lexicon.triggers import load_triggers
from marsad.records import EventType


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    countries: dict[str, str]
    society: tuple[str, ...]
    cameo: dict[EventType, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as PLOVER writes it: `country` is an ISO alpha-3 code, UNO, EUR, IGO, NGO or IMG, or "" where none is
    known; `sectors` are PLOVER sector codes."""

    country: str
    sectors: tuple[str, ...]


UNKNOWN = Party("", ("UNK",))


@cache
def _data() -> _File:
    return msgspec.convert(yaml.safe_load((files("marsad.lexicon") / "data" / "plover.yaml").read_bytes()), _File)


@cache
def _parties() -> dict[str, Party]:
    data = _data()
    out = {code: Party(data.countries.get(code, code), ()) for _, (code, *_) in rows("states.tsv", 5)}
    for _, (code, _, _, sector, _) in rows("bodies.tsv", 5):
        kind = "NGO" if sector in data.society else "IGO"
        out.setdefault(code, Party(data.countries.get(code, kind), (sector,) if sector and sector != "IGO" else ()))
    for _, (code, _, _, sector, home, _) in rows("groups.tsv", 6):
        out.setdefault(code, Party(data.countries.get(home, home) or "IMG", (sector,) if sector else ()))
    for _, (_, _, _, _, _, sector, flags) in rows("heads.tsv", 7):
        for flag in flags.split("|"):
            if flag.startswith("code:") and sector:
                out.setdefault(flag[5:], Party("", (sector,)))
    return out


def party(code: str) -> Party:
    """How PLOVER writes the actor of that code.

    >>> party("RUS"), party("HAMAS"), party("UN").country
    (Party(country='RUS', sectors=()), Party(country='PSE', sectors=('REB',)), 'UNO')
    >>> party("GUNMEN").sectors, party("رجل من القرية").sectors
    (('UAF',), ('UNK',))
    """
    return _parties().get(code, UNKNOWN)


def cameo(kind: EventType, mode: str | None = None) -> str:
    """CAMEO's code of an event of that type and mode.

    >>> cameo("CONSULT", "visit"), cameo("CONSULT")
    ('042', '040')
    """
    codes = _data().cameo[kind]
    return codes.get(mode or "", codes[""])


def score(kind: EventType, mode: str | None = None) -> float:
    """PLOVER's intensity from -10 (conflict) to +10 (cooperation), which takes the place of CAMEO's Goldstein score:
    the mode's where it has one, else the type's.

    >>> score("ASSAULT", "aerial"), score("PROTEST", "vandalize")
    (-9.5, -5.0)
    """
    loaded = load_triggers()[kind]
    of_mode = loaded.modes.get(mode) if mode else None
    return float(loaded.score if of_mode is None else of_mode)


def quad(kind: EventType) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return load_triggers()[kind].quad
