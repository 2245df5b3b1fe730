"""A reading that shows itself in a notebook."""

from __future__ import annotations

import msgspec

from marsad.records import Article, Reading
from marsad.view.bidi import plain


class TextReading(Reading, frozen=True):
    """A reading together with the text that was read, as Python code wants it.

    A notebook shows it as the highlighted text with its records.
    """

    text: str = ""

    def _repr_html_(self) -> str:
        from markupsafe import escape

        from marsad.view.page import page

        article = Article(
            text=self.text, id=self.id, title=self.title, date=self.date, outlet=self.outlet, url=self.url
        )
        # In a frame of its own: neither the notebook's style rules nor its link targets reach the page, nor ours it.
        return (
            '<iframe sandbox="allow-same-origin" style="width:100%;height:640px;border:0" '
            f'title="{escape(plain(self.title or "marsad"))}" srcdoc="{escape(page(article, self))}"></iframe>'
        )


def with_text(reading: Reading, text: str) -> TextReading:
    """The reading and its text."""
    fields = {name: getattr(reading, name) for name in msgspec.structs.asdict(reading)}
    return TextReading(**fields, text=text)
