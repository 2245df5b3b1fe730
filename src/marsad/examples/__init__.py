"""Example articles of the project's own: invented people, in the manner of the Arabic press.

Together they tell one story over half a year (a trade corridor, a denial, a quarrel over tariffs and its end), so that
an archive of them shows what an archive is for.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from marsad.records import Article


@cache
def _about() -> dict[str, dict[str, str]]:
    import yaml

    about: dict[str, dict[str, str]] = yaml.safe_load(files(__package__).joinpath("about.yaml").read_text("utf-8"))
    return about


def names() -> list[str]:
    """The names of the example articles."""
    return list(_about())


def load(name: str = "corridor") -> Article:
    """The example article of that name.  Raises KeyError where there is none."""
    about = _about()[name]
    text = files(__package__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return Article(text=text, id=f"example-{name}", **about)


def load_all() -> list[Article]:
    """All example articles, oldest first."""
    return [load(name) for name in names()]
