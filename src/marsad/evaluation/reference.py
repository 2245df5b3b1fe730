"""Reference readings: a folder with one JSON per article, holding its text and what a correct reading of it is.

The same shapes take a predicted reading, so that both sides of a comparison look alike; keys that a comparison
does not need are ignored, and keys that a reading may leave out have defaults.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import msgspec

from marsad.errors import DataError


class _Part(msgspec.Struct, frozen=True):
    pass


class Place(_Part, frozen=True):
    """A span: half-open code point offsets."""

    start: int
    end: int


class Speaker(_Part, frozen=True):
    """The holder of a statement, as in GUIDELINES section 1."""

    mention: Place | None = None
    name: str | None = None
    role: str | None = None
    affiliation: tuple[str, ...] = ()
    kind: str = ""


class Statement(_Part, frozen=True):
    """A statement, as in GUIDELINES section 1."""

    content: tuple[Place, ...]
    id: str | None = None
    cue: Place | None = None
    speaker: Speaker = Speaker()
    form: str = ""
    act: str = ""
    negated: bool = False
    parent: str | None = None


class Event(_Part, frozen=True):
    """An event, as in GUIDELINES section 2."""

    trigger: Place
    type: str
    id: str | None = None
    sources: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    status: str = "actual"
    statement: str | None = None


class Relation(_Part, frozen=True):
    """A relation, as in GUIDELINES section 3."""

    span: Place
    id: str | None = None
    a: tuple[str, ...] = ()
    b: tuple[str, ...] = ()
    directed: bool = False
    domain: str = ""
    polarity: int = 0
    trend: str | None = None
    statement: str | None = None


class Mechanism(_Part, frozen=True):
    """A mechanism, as in GUIDELINES section 4."""

    cause: Place
    effect: Place
    id: str | None = None
    sign: int = 1
    claim: str = "asserts"
    tier: str = ""
    statement: str | None = None


class Document(_Part, frozen=True):
    """An article and a reading of it; `text` is empty in a prediction."""

    id: str
    text: str = ""
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    mechanisms: tuple[Mechanism, ...] = ()


_decoder = msgspec.json.Decoder(Document)


def decode(data: bytes | str) -> Document:
    """A document from JSON.  Raises DataError where it is not one."""
    try:
        return _decoder.decode(data)
    except msgspec.DecodeError as error:
        raise DataError(f"not a reading: {error}") from None


def load_folder(folder: Path) -> list[Document]:
    """The documents of a folder in the order of their file names.

    Raises DataError for a folder that is not there or empty, a file that is not valid, or an id that occurs twice.
    """
    documents: dict[str, Document] = {}
    for path in _files(folder):
        try:
            document = decode(path.read_bytes())
        except DataError as error:
            raise DataError(f"{path}: {error}") from None
        if document.id in documents:
            raise DataError(f"{path}: the id {document.id} occurs twice in {folder}")
        documents[document.id] = document
    return list(documents.values())


def folder_hash(folder: Path) -> str:
    """SHA-256 over names and contents of the folder's documents: pins what a floor was measured on."""
    digest = sha256()
    for path in _files(folder):
        data = path.read_bytes()
        digest.update(f"{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _files(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise DataError(f"{folder}: no folder with reference readings (*.json)")
    return files
