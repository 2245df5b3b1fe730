"""Marsad: an observatory of relations between states, read from the Arabic press.

>>> import marsad
>>> reading = marsad.read("قال وزير الخارجية إن المحادثات مستمرة.")
>>> reading.statements[0].content[0].quote
'المحادثات مستمرة'
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from marsad.assembly.causal import CausalMap
from marsad.records import Article, Reading
from marsad.version import VERSION

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from marsad.assembly.whatif import WhatIf
    from marsad.store.base import Store
    from marsad.view.notebook import TextReading

__version__ = VERSION
__all__ = ["Article", "CausalMap", "Reading", "__version__", "causal_map", "open_archive", "read", "whatif"]


def read(
    text: str,
    *,
    id: str = "",
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    max_chars: int | None = None,
) -> TextReading:
    """Read one article; the same text and version give the same reading, which a notebook shows highlighted.

    `date` (ISO 8601) is the article's own date and anchors «أمس» and «العام الماضي».
    Raises InputError for a text that is empty, binary, hardly Arabic, or longer than `max_chars` (a million).
    """
    # What reads and shows loads only when something is read.
    from marsad.ingest.checks import MAX_CHARS, check_article
    from marsad.reading import pipeline
    from marsad.view.notebook import with_text

    article = Article(text=text, id=id, title=title, date=date, outlet=outlet, url=url)
    article, warnings = check_article(article, max_chars or MAX_CHARS)
    reading = pipeline.read(article)
    if warnings:
        reading = msgspec.structs.replace(reading, warnings=(*warnings, *reading.warnings))
    return with_text(reading, article.text)


def open_archive(location: str | os.PathLike[str] | None = None, *, read_only: bool = False) -> Store:
    """Open an archive: a file (made on first use), a `postgresql://` address, or a folder of Parquet files.

    None means $MARSAD_ARCHIVE, else ./marsad.db.  Raises ArchiveError.
    """
    from marsad.store import open_archive as opened

    return opened(location, read_only=read_only)


def causal_map(source: Store | Reading | Iterable[Reading]) -> CausalMap:
    """The causal map of an archive, a reading or several: concepts, and what is claimed to act on what."""
    from marsad.assembly.assemble import assemble

    return assemble(source).map()


def whatif(
    map: CausalMap | Store | Reading | Iterable[Reading],
    press: str | Sequence[str],
    target: str,
    *,
    edges: Iterable[str] = (),
    claimant: str | None = None,
    seed: int = 0,
    draws: int = 10_000,
    reliability: float | None = None,
) -> WhatIf:
    """What the claims of a map imply for the concept `target` when `press` («CONCEPT+» or «CONCEPT-») is pushed and
    stays pushed.  It is what the cited claims imply, not a forecast.

    `edges` are effects that you add («A -> B +»), `claimant` takes only one claimant's claims; see
    `marsad.assembly.whatif.whatif` for the rest.  Raises QueryError for a question that cannot be understood.
    """
    from marsad.assembly.claims import View
    from marsad.assembly.narrow import narrowed
    from marsad.assembly.whatif import RELIABILITY
    from marsad.assembly.whatif import whatif as ask

    found = map if isinstance(map, CausalMap) else causal_map(map)
    if claimant is not None:
        found = narrowed(found, View(claimant=claimant))
    chance = RELIABILITY if reliability is None else reliability
    return ask(found, press, target, edges=edges, seed=seed, draws=draws, reliability=chance)
