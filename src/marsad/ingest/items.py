"""What the sources give: articles that are ready, pages whose article is still to be found, and faults."""

from __future__ import annotations

from dataclasses import dataclass, field

from marsad.records import Article


@dataclass(frozen=True, slots=True)
class Ready:
    """An article as a table or a feed holds it.  `where` names its place for messages."""

    where: str
    article: Article

    @property
    def size(self) -> int:
        """Bytes, roughly."""
        return 2 * len(self.article.text)


@dataclass(frozen=True, slots=True)
class Page:
    """Bytes of a page or text file; `known` is what is known of the article besides (title, date, outlet, id)."""

    where: str
    data: bytes
    url: str | None = None
    charset: str | None = None
    kind: str = ""
    known: dict[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.data)


@dataclass(frozen=True, slots=True)
class Fault:
    """What could not be taken in: `reason` in a few words for the summary, `message` in full."""

    where: str
    reason: str
    message: str
    size: int = 0


Item = Ready | Page | Fault
