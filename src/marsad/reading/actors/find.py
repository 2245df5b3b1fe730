"""Actors of an article: mentions, the entities behind them, and what the other layers ask about them.

    layer = find_actors(document, article)
    layer.at(i)                 the mention that covers token i, or None
    layer.within(i, j)          mentions inside a token range
    layer.noun_phrase(i)        token range of the maximal noun phrase at i, with or without an actor in it
    layer.coordinated(mention)  the mentions joined to it by «و», itself first
    layer.resolve(position, gender, number)   the most salient entity before a token that agrees

A mention's span leaves proclitics out («و», «ب», «ل»); its codes stand in text order.  Entities join the mentions of
one actor: by name and surname, by role, by country and capital, by description.
"""

from __future__ import annotations

from collections.abc import Iterator

from marsad.lexicon.actors import Adjective, Entry, HeadForm
from marsad.reading.actors.entities import Resolver
from marsad.reading.actors.layer import ACTOR_KINDS, SPEAKER_KINDS, ActorLayer, ActorMention, Entity, agrees
from marsad.reading.actors.names import CLOSING, Phrase
from marsad.reading.actors.phrases import Grammar
from marsad.reading.actors.words import LIKELY, Words
from marsad.records import Article
from marsad.text.analyse import mark_name
from marsad.text.document import Document

__all__ = [
    "ACTOR_KINDS", "SPEAKER_KINDS", "ActorLayer", "ActorMention", "Entity", "agrees", "find_actors",
]  # fmt: skip


def find_actors(document: Document, article: Article | None = None) -> ActorLayer:
    """Find, describe and resolve all actors of a document; marks the tokens of names for the layers above."""
    words = Words(document.tokens)
    grammar = Grammar(words)
    mentions = [_mention(words, number, found) for number, found in enumerate(_phrases(words, grammar))]
    resolver = Resolver(document, words, mentions, article)
    resolver.run()
    for mention in resolver.mentions:
        if mention.name is not None and mention.kind == "person":
            mark_name(document.tokens[mention.name[0] : mention.name[1]])
    return ActorLayer(document, resolver.mentions, resolver.entities)


def _phrases(words: Words, grammar: Grammar) -> Iterator[Phrase]:
    at = 0
    while at < words.size:
        info = words.infos[at]
        found = grammar.phrase(at) if info.starts or info.determiner else None
        if found is not None and not _is_actor(words, found):
            found = None
        if found is None and (info.name >= LIKELY or info.given) and not grammar.stops(at):
            found = grammar.name_first(at) or grammar.name_after_verb(at)
        if found is None:
            at += 1
            continue
        yield found
        at = max(found.last, at + 1)


def _is_actor(words: Words, found: Phrase) -> bool:
    """Whether a phrase may be an actor here; a definite head alone that needs more is left to the resolver."""
    form = found.head
    if not isinstance(form, HeadForm) or found.kind == "person":
        return True
    flags = form.head.flags
    token = words.tokens[found.first]
    previous = words.tokens[found.first - 1] if found.first else None
    if token.pos == "VERB" and found.bare and not form.definite:
        return False
    if previous is not None and not found.skip and not found.quantity and form.head.lemma.endswith(("ي", "ية")):
        same = words.definite[found.first - 1] == form.definite and previous.pos in ("NOUN", "ADJ")
        if same and found.bare and not previous.enclitic and previous.norm not in words.lexicon.words["says"]:
            return False
    following = words.tokens[found.first + 1].norm if found.first + 1 < words.size else ""
    if "flow" in flags and following in words.lexicon.words["moving"]:
        return False
    if form.head.kind == "place":
        return bool(found.parts) or ("side" not in flags and (bool(found.codes) or not found.bare))
    if "adjective" in flags and form.number == "s":
        return form.definite and bool(found.codes)
    if "rest" in flags and previous is not None and previous.pos in ("NOUN", "NUM", "ADJ", "NAME"):
        return False
    if found.quantity and "country" in flags:
        return True
    if flags & {"phrase", "definite"}:
        return found.definite or not found.bare
    if found.bare and "bare" not in flags and not form.definite and not found.enclitic:
        return ("both" in flags and form.number == "d") or bool(form.head.code)
    return True


def _mention(words: Words, number: int, found: Phrase) -> ActorMention:
    form = found.head
    lemma = form.head.lemma if isinstance(form, HeadForm) else form.name if isinstance(form, Entry) else (
        form.lemma if isinstance(form, Adjective) else ""
    )  # fmt: skip
    tokens = words.tokens
    start, end = words.offset(found.first, found.skip), tokens[found.last - 1].end
    opening = tokens[found.first - 1].norm if found.first else ""
    if opening in CLOSING and not found.skip and found.last < words.size:
        closing = tokens[found.last]
        quoted = closing.norm == CLOSING[opening] and closing.start == end and tokens[found.first - 1].end == start
        if quoted and opening != "(":
            start, end = tokens[found.first - 1].start, closing.end
    kind = "collective" if "country" in found.flags and found.number != "s" else found.kind
    if "state" in found.flags and found.number == "s" and found.definite and found.kind == "body":
        kind = "state"
    return ActorMention(
        number, found.first, found.last, start, end, kind, tuple(found.codes), tuple(found.targets),
        tuple(found.sectors), found.name, found.role, found.gender, found.number, found.definite, found.rule, lemma,
        found.bare, found.enclitic, tokens[found.first].norm[: found.skip], found.weak, found,
    )  # fmt: skip
