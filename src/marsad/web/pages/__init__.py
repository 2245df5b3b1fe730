"""The pages, one file for each or for a few that belong together; each module lists its own in `ROUTES`."""

from __future__ import annotations

from typing import Any

from marsad.web.pages import home

ROUTES: list[Any] = [*home.ROUTES]
