"""Example articles of the project's own: invented people, in the manner of the Arabic press."""

from __future__ import annotations

from importlib.resources import files

from marsad.records import Article

_ABOUT = {
    "corridor": {
        "title": "تركيا وكازاخستان ترفعان تعاونهما إلى شراكة إستراتيجية",
        "date": "2025-03-12",
        "outlet": "مثال من مرصد",
    },
}


def names() -> list[str]:
    """The names of the example articles."""
    return list(_ABOUT)


def load(name: str = "corridor") -> Article:
    """The example article of that name.  Raises KeyError where there is none."""
    about = _ABOUT[name]
    text = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return Article(text=text, id=f"example-{name}", **about)
