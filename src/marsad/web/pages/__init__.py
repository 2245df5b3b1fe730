"""The pages, one file for each or for a few that belong together; each module lists its own in `ROUTES`."""

from __future__ import annotations

from typing import Any

from marsad.web.pages import (
    actors,
    article,
    causal,
    compare,
    dossier,
    export,
    home,
    ledger,
    network,
    quality,
    read,
    records,
    search,
    stories,
)

_MODULES = (
    home, read, article, search, ledger, actors, dossier, records, network, causal, compare, stories, quality, export,
)  # fmt: skip
ROUTES: list[Any] = [route for module in _MODULES for route in module.ROUTES]
