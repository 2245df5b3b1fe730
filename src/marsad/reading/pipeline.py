"""Reading one article: text -> actors -> times -> statements -> events -> relations -> mechanisms.

Each layer is one function of the layers before it.  Nothing here opens a file or a socket; packaged data is loaded
once by the layers.
"""

from __future__ import annotations

from hashlib import sha256

from marsad.reading.actors.find import find_actors
from marsad.reading.events.find import find_events
from marsad.reading.mechanisms.find import find_mechanisms
from marsad.reading.relations.find import find_relations
from marsad.reading.statements.find import find_statements
from marsad.reading.times.find import find_times
from marsad.records import Article, Reading, unique
from marsad.text.analyse import analyse
from marsad.version import VERSION


def read(article: Article) -> Reading:
    """The reading of an article.  Never fails on any text; an empty text gives an empty reading."""
    document = analyse(article.text)
    layer = find_actors(document, article)
    times = tuple(find_times(document, article.date))
    statements = unique(find_statements(document, layer, times))
    events = unique(find_events(document, layer, times, statements))
    relations = unique(find_relations(document, layer, statements, times))
    return Reading(
        id=article.id,
        text_hash=text_hash(article.text),
        version=VERSION,
        title=article.title,
        date=article.date,
        outlet=article.outlet,
        url=article.url,
        actors=layer.actors(),
        mentions=layer.records(),
        times=times,
        statements=statements,
        events=events,
        relations=relations,
        mechanisms=unique(find_mechanisms(document, layer, statements, times, relations, events)),
    )


def text_hash(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes (lone surrogates passed through), in hex."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
