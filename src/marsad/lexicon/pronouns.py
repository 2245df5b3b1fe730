"""Personal pronouns (`data/pronouns.yaml`): what gender and number each asks of the one it stands for."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

from marsad.errors import DataError


class PronounRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A pronoun as stored; an empty value asks nothing."""

    word: str
    gender: Literal["m", "f", ""]
    number: Literal["s", "d", "p", ""]


@cache
def pronouns(kind: Literal["enclitic", "subject"]) -> dict[str, tuple[str, str]]:
    """Folded pronoun -> (gender, number).  Raises DataError when the data file is not valid."""
    path = files("marsad.lexicon") / "data" / "pronouns.yaml"
    try:
        rows = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=dict[str, tuple[PronounRow, ...]])[
            kind
        ]
    except (OSError, KeyError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"pronouns.yaml: {error}") from error
    return {row.word: (row.gender, row.number) for row in rows}
