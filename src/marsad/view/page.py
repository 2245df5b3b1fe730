"""A reading as one self-contained page."""

from __future__ import annotations

from marsad.errors import MarsadError
from marsad.records import Article, Reading


def page(article: Article, reading: Reading) -> str:
    """The page.  Raises MarsadError until it is built."""
    raise MarsadError("the page is not built yet")
