"""Reading a folder of reference articles and measuring the result."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from marsad.errors import DataError
from marsad.evaluation.layers import compare
from marsad.evaluation.reference import Document, decode, folder_hash
from marsad.evaluation.tally import Counts, Tally
from marsad.reading.pipeline import read
from marsad.records import Article


def predict(document: Document) -> Document:
    """The project's own reading of a reference article."""
    article = Article(
        text=document.text,
        id=document.id,
        title=document.title,
        date=document.date,
        outlet=document.outlet,
        url=document.url,
    )
    return decode(msgspec.json.encode(read(article)))


def measure(reference: Iterable[Document], predicted: Iterable[Document] | None = None) -> Tally:
    """Counts and errors over all documents; a document with no prediction counts as all missed.

    Without `predicted`, the articles are read.
    """
    given = None if predicted is None else {document.id: document for document in predicted}
    tally = Tally()
    for document in reference:
        found = predict(document) if given is None else given.get(document.id, Document(document.id))
        compare(document, found, tally)
    return tally


def value(counts: Counts, measure: str) -> float:
    """`precision`, `recall`, `f1`, or `right` (a count)."""
    return float(getattr(counts, measure))


def below_floors(tally: Tally, folder: Path, floors: Path, name: str) -> list[str]:
    """What is worse than `floors` allows, each as a sentence; empty when all is well.

    The file holds, for each name, `sha256` (optional) of the folder and `least`: for a measure the least precision,
    recall or f1; `most` likewise for what must not grow (`right`).  Raises DataError for a file that is not valid, a
    name or measure that is not there, and a folder that is not the one on which the floors were set.
    """
    try:
        entry: dict[str, Any] = json.loads(floors.read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{floors}: no floors for {name!r} ({type(error).__name__}: {error})") from None
    pinned = entry.get("sha256")
    if pinned and pinned != folder_hash(folder):
        raise DataError(f"{folder}: not the readings on which the floors of {name!r} were set (hash {pinned[:12]}…)")
    faults = []
    for bound, sign in (("least", 1), ("most", -1)):
        for row, wanted in entry.get(bound, {}).items():
            if row not in tally.rows:
                raise DataError(f"{floors}: {name!r} names a measure that is not there: {row!r}")
            for what, limit in wanted.items():
                got = value(tally.rows[row], what)
                if (got - limit) * sign < 0:
                    than = "below" if sign > 0 else "above"
                    faults.append(f"{name}: {row.strip()}: {what} {got:.3f} is {than} {limit}")
    return faults
