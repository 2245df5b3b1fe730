"""A reading as one self-contained page: Arabic, right to left, working without scripts.

Words and records point at each other: a word's link leads to its record, a record's link to its words, and the
record under the pointer (or led to by a link) lights up its words, by style rules alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from marsad.lexicon.rows import DataRow, find_row
from marsad.records import Article, Reading, Statement
from marsad.view import ledger
from marsad.view.bidi import direction, plain
from marsad.view.causal_map import draw
from marsad.view.highlight import Mark, Piece, pieces
from marsad.view.items import marks
from marsad.view.labels import Language, label

_HUES = 8
"""Colours of speakers (classes h0 to h7 of page.css), told apart as far as eight go; then they repeat."""
_HEADING_WORDS = 8


class Shown(NamedTuple):
    """A piece of text as the page shows it."""

    text: str
    classes: str
    link: str
    anchors: list[str]
    title: str


class Line(NamedTuple):
    """A line of the text."""

    pieces: list[Shown]
    heading: bool

    @property
    def direction(self) -> str:
        """rtl or ltr."""
        return direction("".join(piece.text for piece in self.pieces))


def page(article: Article, reading: Reading, language: Language = "ar") -> str:
    """The whole page as HTML."""
    return _environment().get_template("page.html").render(**context(article, reading, language))


def fragment(article: Article, reading: Reading) -> str:
    """The highlighted text and its records without the page around them, for a notebook."""
    return _environment().get_template("fragment.html").render(**context(article, reading))


def style() -> str:
    """The style rules of the highlighted text and its records."""
    return files(__package__).joinpath("templates", "page.css").read_text(encoding="utf-8")


def lights(reading: Reading, card: str = "", word: str = "w-") -> str:
    """Style rules by which words and records light each other up; `card` and `word` as in `context`."""
    ids = list(dict.fromkeys(mark.item for mark in marks(reading)))
    return _environment().get_template("lights.css").render(ids=ids, card=card, word=word)


@cache
def _environment() -> Environment:
    from jinja2 import FunctionLoader

    folder = files(__package__).joinpath("templates")
    environment = Environment(
        loader=FunctionLoader(lambda name: folder.joinpath(name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    environment.globals["style"] = Markup(style())
    return environment


def _why(*rules: str) -> DataRow | None:
    """The first data row among the rules (or codes)."""
    return next((row for rule in rules if (row := find_row(rule)) is not None), None)


def context(
    article: Article, reading: Reading, language: Language = "ar", card: str = "", word: str = "w-"
) -> dict[str, Any]:
    """What the templates `text.html`, `records.html` and `map.html` need.

    A record's card has the id `card` + record, its words the id `word` + record.  Whoever shows them inside a page of
    its own may replace `controls`, which gives what stands under a record.
    """
    turns = ledger.by_speaker(reading)
    hues = {s.id: i % _HUES for i, turn in enumerate(turns) for s in turn.statements}
    by_id = {s.id: s for s in reading.statements}
    found = marks(reading)
    return {
        "article": article,
        "reading": reading,
        "turns": turns,
        "hues": hues,
        "by_id": by_id,
        "paragraphs": list(_paragraphs(article.text, found, hues, by_id, language)),
        "actors": ledger.mentions_of(reading),
        "rules": ledger.rules_of(reading),
        "pairs": ledger.pairs(reading),
        "chain": lambda item: ledger.chain(reading, item),
        "map": Markup(draw(reading, label("layer", "map", language))) if len(reading.mechanisms) > 1 else "",
        "ids": list(dict.fromkeys(mark.item for mark in found)),
        "words": len(article.text.split()),
        "label": lambda kind, code: label(kind, code, language),
        "why": _why,
        "controls": lambda item: "",
        "card": card,
        "word": word,
        "lang": language,
        "dir": "rtl" if language == "ar" else "ltr",
    }


def _paragraphs(
    text: str, found: list[Mark], hues: dict[str, int], statements: dict[str, Statement], language: Language
) -> Iterator[Line]:
    """The text by lines, each cut into pieces; an item's anchor stands at its first piece."""
    anchored: set[str] = set()
    line: list[Shown] = []
    number = 0
    split = set(_split_ligatures(text, found))
    for piece in pieces(len(text), found, cuts=[cut for at in split for cut in (at - 1, at, at + 1)]):
        for i, part in enumerate(text[piece.start : piece.end].split("\n")):
            if i:
                yield Line(line, number > 0 and _is_heading(line))
                line, number = [], number + 1
            if part:
                shown = _shown(part, piece, anchored, hues, statements, language)
                if piece.start in split or piece.end in split:
                    shown = shown._replace(classes=f"{shown.classes} apart".strip())
                line.append(shown)
    yield Line(line, number > 0 and _is_heading(line))


def _split_ligatures(text: str, found: list[Mark]) -> Iterator[int]:
    """Borders between lam and alef, which a font draws as one sign: cut in two, it would show half on either side.
    There the two letters are shown as letters (class `apart`)."""
    for border in {border for mark in found for border in (mark.start, mark.end)}:
        if 0 < border < len(text) and text[border - 1] == "ل" and text[border] in "اأإآٱ":
            yield border


def _is_heading(line: list[Shown]) -> bool:
    """Whether a line looks like a heading between paragraphs: a few words without a full stop."""
    text = "".join(piece.text for piece in line).strip()
    return len(text.split()) <= _HEADING_WORDS and not text.endswith((".", "!", "؟", "…", ":", '"', "»"))


def _shown(
    text: str,
    piece: Piece,
    anchored: set[str],
    hues: dict[str, int],
    statements: dict[str, Statement],
    language: Language,
) -> Shown:
    ids = list(dict.fromkeys(mark.item for mark in piece.marks))
    anchors = [item for item in ids if item not in anchored]
    anchored.update(anchors)
    parts = sorted({mark.part for mark in piece.marks})
    hue = next((f"h{hues[item]}" for item in ids if item in hues), None)
    names = ["w", *([hue] if hue else []), *(f"p-{part}" for part in parts), *(f"i-{item}" for item in ids)]
    said = next((statements[item] for item in ids if item in statements), None)
    title = f"{label('act', said.act, language)}: {plain(said.speaker.name or said.speaker.role or '')}" if said else ""
    return Shown(
        text=plain(text),
        classes=" ".join(names) if ids else "",
        link=ids[0] if ids else "",
        anchors=anchors,
        title=title,
    )
