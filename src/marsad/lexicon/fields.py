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
    """The fields, by id and in order of ids, that the words of the token range `first:last` point at."""
    single, double = _by_word()
    part = tokens[first:last]
    words = {token.lemma for token in part}
    words.update([token.stem for token in part])
    found = {field.id: field for word in words & single.keys() for field in single[word]}
    for word in words & double.keys():
        for i in range(len(part) - 1):
            if part[i].stem == word:
                after = (part[i + 1].norm, part[i + 1].stem)
                found.update((field.id, field) for second, field in double[word] if second in after)
    return dict(sorted(found.items()))
