"""What is supported and how well: the numbers of the last evaluation run, packaged with the program."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from litestar import get
from litestar.response import Response

from marsad.web.render import AnyRequest, page

SETS = ("development", "own")
GROUPS: dict[str, tuple[str, ...]] = {
    "statements": (
        "statement found (IoU>=.5)", "statement exact content", "statement + speaker",
        "statement + speaker + affiliation", "statement + act",
    ),
    "events": ("event type in sentence", "event type + actors overlap", "event type + exact actors"),
    "relations": ("relation pair + polarity", "relation pair + polarity + domain"),
    "mechanisms": ("mechanism cause + effect", "mechanism + sign + claim"),
}  # fmt: skip


@cache
def results() -> dict[str, Any]:
    """Set -> `version`, `documents`, `rows`: name -> counts and the three measures."""
    text = files("marsad.evaluation").joinpath("data", "results.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    for measured in found.values():
        for row in measured["rows"].values():
            row["precision"] = row["right"] / row["predicted"] if row["predicted"] else None
            row["recall"] = row["right"] / row["gold"] if row["gold"] else None
            total = row["gold"] + row["predicted"]
            row["f1"] = 2 * row["right"] / total if total else None
    return found


@get("/quality", sync_to_thread=True, include_in_schema=False)
def quality(request: AnyRequest) -> Response[str]:
    """The numbers, layer by layer."""
    return page(request, "quality.html", results=results(), sets=SETS, groups=GROUPS)


ROUTES = [quality]
