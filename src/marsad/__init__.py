"""Marsad: an observatory of relations between states, read from the Arabic press.

>>> import marsad
>>> reading = marsad.read("قال وزير الخارجية إن المحادثات مستمرة.")
>>> reading.statements[0].content[0].quote
'المحادثات مستمرة'
"""

from __future__ import annotations

from marsad.records import Article, Reading

__version__ = "0.1.0"
__all__ = ["Article", "Reading", "__version__", "read"]


def read(
    text: str,
    *,
    id: str = "",
    title: str | None = None,
    date: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
) -> Reading:
    """Read one article; the same text and version give the same reading.

    `date` (ISO 8601) is the article's own date and anchors «أمس» and «العام الماضي».
    """
    from marsad.reading import pipeline  # the layers load only when something is read

    return pipeline.read(Article(text=text, id=id, title=title, date=date, outlet=outlet, url=url))
