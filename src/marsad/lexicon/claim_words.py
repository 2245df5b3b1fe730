"""Words around a connective that say how its claim is made (`data/connectives/claim_words.yaml` explains them)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import yaml

from marsad.errors import DataError
from marsad.text.document import Document
from marsad.text.patterns import Matcher

WordKind = Literal["denial", "exception", "potential", "necessary", "belief", "continuer", "pointer"]


class ClaimRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row as stored."""

    id: str
    kind: WordKind
    find: tuple[str, ...]
    reach: int
    example: str
    counter: str


@dataclass(frozen=True, slots=True)
class Found:
    """A row's words at tokens `first:last`."""

    row: ClaimRow
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """All rows and a matcher over their patterns."""

    rows: tuple[ClaimRow, ...]
    matcher: Matcher

    def find(self, document: Document, first: int, last: int) -> list[Found]:
        """All words that begin in tokens `first:last`; the longest of a row and first token."""
        by_id = {row.id: row for row in self.rows}
        best: dict[tuple[str, int], Found] = {}
        for match in self.matcher.find(document, first, last):
            assert isinstance(match.row, tuple)
            name = str(match.row[0])
            key = (name, match.first)
            if key not in best or best[key].last < match.last:
                best[key] = Found(by_id[name], match.first, match.last)
        return list(best.values())


@cache
def load_claim_words() -> ClaimWords:
    """All rows.  Raises DataError when the file is not valid."""
    path = files("marsad.lexicon") / "data" / "connectives" / "claim_words.yaml"
    try:
        rows = msgspec.convert(yaml.load(path.read_bytes(), yaml.CSafeLoader), type=tuple[ClaimRow, ...])
    except (OSError, msgspec.ValidationError, yaml.YAMLError) as error:
        raise DataError(f"claim_words.yaml: {error}") from error
    if len({row.id for row in rows}) != len(rows):
        raise DataError("claim_words.yaml: two rows have one id")
    patterns = [((row.id, number), pattern) for row in rows for number, pattern in enumerate(row.find)]
    return ClaimWords(rows, Matcher(patterns))
