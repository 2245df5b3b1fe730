"""Fields of life by their words (`data/fields.yaml`): PLOVER's contexts, and some that tell sport from events."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec
import yaml

from marsad.errors import DataError
from marsad.text.document import Token
from marsad.text.normalise import fold


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A field with its words, and the PLOVER context that it is."""

    id: str
    words: tuple[str, ...]
    example: str
    counter: str
    context: str | None = None


@cache
def load_fields() -> tuple[Field, ...]:
    """All fields in file order.  Raises DataError when the data file is not valid."""
    path = files("marsad.lexicon") / "data" / "fields.yaml"
    try:
        return msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=tuple[Field, ...])
    except (msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"fields.yaml: {error}") from error


@cache
def _by_word() -> tuple[dict[str, list[Field]], dict[str, list[tuple[str, Field]]]]:
    single: dict[str, list[Field]] = {}
    double: dict[str, list[tuple[str, Field]]] = {}
    for field in load_fields():
        for word in field.words:
            first, _, second = fold(word).partition(" ")
            if second:
                double.setdefault(first, []).append((second, field))
            else:
                single.setdefault(first, []).append(field)
    return single, double


def fields_of(tokens: Sequence[Token], first: int, last: int) -> dict[str, Field]:
    """The fields, by id, that the words of the token range `first:last` point at, in text order."""
    single, double = _by_word()
    out: dict[str, Field] = {}
    for i in range(first, last):
        token = tokens[i]
        found = single.get(token.lemma) or single.get(token.stem)
        for field in found or ():
            out.setdefault(field.id, field)
        for second, field in double.get(token.stem, ()):
            if i + 1 < last and second in (tokens[i + 1].norm, tokens[i + 1].stem):
                out.setdefault(field.id, field)
    return out
