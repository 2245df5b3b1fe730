"""What the actor layer hands to the layers above: mentions, entities, and questions about them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from marsad.lexicon.actors import Entry, actor_lexicon, words_of
from marsad.reading.actors.names import Phrase
from marsad.reading.actors.phrases import Grammar
from marsad.reading.actors.words import Words
from marsad.records import Actor, Mention, Place, Span, content_id
from marsad.text.document import Document


@dataclass(slots=True)
class ActorMention:
    """A span that names or describes an actor.

    `first:last` are tokens, `start:end` characters without proclitics.  `kind` is one of state, capital, place, body,
    bloc, group, seat, outlet, person, office, expert, unnamed, people, document, collective, adjective, anaphor.
    `name` and `role` are token ranges.  `targets` are codes of what an envoy is sent to; they are no affiliation.
    `proclitics` are the letters before `start` in the first word («و», «ل»).
    """

    index: int
    first: int
    last: int
    start: int
    end: int
    kind: str
    codes: tuple[str, ...]
    targets: tuple[str, ...]
    sectors: tuple[str, ...]
    name: tuple[int, int] | None
    role: tuple[int, int] | None
    gender: str
    number: str
    definite: bool
    rule: str
    lemma: str
    bare: bool
    enclitic: str
    proclitics: str
    weak: bool
    phrase: Phrase
    entity: int = -1


@dataclass(slots=True)
class Entity:
    """One actor of the article.

    `name` is the fullest proper name without honorifics, or the fullest name as written; `role` the fullest role
    phrase; `kind` the kind of its fullest mention; `mentions` indexes of its mentions in text order.
    """

    index: int
    kind: str
    name: str
    codes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    role: str | None = None
    gender: str = "m"
    number: str = "s"
    mentions: list[int] = field(default_factory=list)
    lemma: str = ""
    words: frozenset[str] = frozenset()
    definite: bool = True
    reports: bool = False
    """«تقارير»: a word for documents whose plural names no source."""
    vague: bool = False
    """An indefinite description of somebody («دبلوماسي أميركي»): an unnamed source."""


SPEAKER_KINDS = {
    "state": "state", "capital": "state", "place": "state", "body": "institution", "bloc": "collective",
    "group": "institution", "seat": "institution", "outlet": "outlet", "person": "person", "office": "office",
    "expert": "office", "unnamed": "unnamed", "people": "collective", "document": "document",
    "collective": "collective", "adjective": "state", "anaphor": "unnamed",
}  # fmt: skip
"""Kind of entity -> kind of speaker; `ActorLayer.speaker_kind` knows the exceptions."""
ACTOR_KINDS = {
    "state": "state", "capital": "state", "place": "state", "adjective": "state", "body": "body", "seat": "body",
    "bloc": "bloc", "collective": "bloc", "group": "group", "person": "person", "office": "person",
    "expert": "person", "unnamed": "person", "people": "people", "outlet": "outlet", "document": "document",
    "anaphor": "person",
}  # fmt: skip
_SALIENCE = {"person": 2.0, "office": 1.5, "state": 0.5, "body": 0.8, "group": 0.8, "unnamed": 0.8, "outlet": 0.3}
_LOOKBACK = 400
"""How many mentions back `resolve` looks."""


class ActorLayer:
    """The actors of one document."""

    def __init__(self, document: Document, mentions: list[ActorMention], entities: list[Entity]) -> None:
        self.document = document
        self.mentions = mentions
        self.entities = entities
        self._places = [mention.first for mention in mentions]
        self._grammar: Grammar | None = None
        self._by_token: list[int] = [-1] * (len(document.tokens) + 1)
        for mention in mentions:
            for token in range(mention.first, mention.last):
                self._by_token[token] = mention.index

    def at(self, token: int) -> ActorMention | None:
        """The mention that covers a token."""
        index = self._by_token[token] if 0 <= token < len(self._by_token) else -1
        return self.mentions[index] if index >= 0 else None

    def starting(self, token: int) -> ActorMention | None:
        """The mention that begins at a token."""
        mention = self.at(token)
        return mention if mention is not None and mention.first == token else None

    def within(self, first: int, last: int) -> list[ActorMention]:
        """Mentions that lie inside the token range `first:last`, in text order."""
        out: list[ActorMention] = []
        token = first
        while token < last:
            mention = self.at(token)
            if mention is None:
                token += 1
                continue
            if mention.first >= first and mention.last <= last:
                out.append(mention)
            token = max(mention.last, token + 1)
        return out

    def entity(self, mention: ActorMention) -> Entity:
        """The entity of a mention."""
        return self.entities[mention.entity]

    def codes(self, mention: ActorMention) -> tuple[str, ...]:
        """Codes of a mention: its own, else those of its entity."""
        return mention.codes or self.entities[mention.entity].codes

    def speaker_kind(self, entity: Entity) -> str:
        """The kind of speaker that the entity is (GUIDELINES, section 1)."""
        if entity.vague or (entity.number != "s" and entity.kind == "expert"):
            return "unnamed"
        if entity.kind == "document" and entity.number == "p" and entity.reports:
            return "unnamed"
        if entity.kind in ("office", "expert", "body", "seat") and entity.number != "s":
            return "collective"
        if entity.kind == "bloc" and entity.number == "s" and entity.codes and entity.codes[0] in ("EU", "GCC", "NATO"):
            return "institution"
        return SPEAKER_KINDS[entity.kind]

    def place(self, mention: ActorMention) -> Place | None:
        """The place that a mention names: a place, capital or state, with coordinates where the lexicon has them."""
        if mention.kind not in ("place", "capital", "state"):
            return None
        heads = [mention.phrase.head, *(part.head for part in mention.phrase.parts)]
        entry = next((head for head in heads if isinstance(head, Entry)), None)
        point: tuple[float | None, float | None] = (None, None)
        if entry is not None and entry.kind == "place":
            point = (entry.latitude, entry.longitude)
        elif entry is not None and entry.kind == "capital":
            point = actor_lexicon().points.get(" ".join(words_of(entry.name)), point)
        codes = self.codes(mention)
        quote = self.document.text[mention.start : mention.end]
        return Place(
            span=Span(start=mention.start, end=mention.end, quote=quote), country=codes[0] if codes else None,
            latitude=point[0], longitude=point[1],
        )  # fmt: skip

    def text(self, first: int, last: int) -> str:
        """The characters of a token range, proclitics included."""
        tokens = self.document.tokens
        return self.document.text[tokens[first].start : tokens[last - 1].end] if last > first else ""

    def coordinated(self, mention: ActorMention) -> list[ActorMention]:
        """The mention and those that «و», «أو» or a comma before «و» joins to it."""
        out = [mention]
        tokens = self.document.tokens
        while True:
            at = out[-1].last
            if at < len(tokens) and tokens[at].norm in ("،", ",") and at + 1 < len(tokens):
                at += 1
            if at < len(tokens) and tokens[at].norm in ("او", "و"):
                following = self.starting(at + 1)
            else:
                following = self.starting(at)
                if following is not None and following.proclitics != "و":
                    following = None
            if following is None:
                return out
            out.append(following)

    def noun_phrase(self, token: int) -> tuple[int, int]:
        """Token range of the maximal noun phrase that begins at `token` (empty when none does)."""
        mention = self.starting(token)
        if mention is not None:
            return mention.first, mention.last
        if self._grammar is None:
            self._grammar = Grammar(Words(self.document.tokens))
        return token, self._grammar.plain_run(token, first_any=True)

    def resolve(
        self, token: int, gender: str = "", number: str = "", kinds: frozenset[str] | None = None
    ) -> Entity | None:
        """The most salient entity mentioned before `token` that agrees in gender and number ("" asks nothing)."""
        best: tuple[float, Entity] | None = None
        sentence = self.document.tokens[token].sentence if token < len(self.document.tokens) else -1
        places = self._places
        for index in range(bisect_left(places, token) - 1, -1, -1):
            mention = self.mentions[index]
            if places[index] >= token or mention.entity < 0:
                continue
            if bisect_left(places, token) - index > _LOOKBACK:
                break
            entity = self.entities[mention.entity]
            distance = sentence - self.document.tokens[mention.first].sentence
            if distance > 6 and best is not None:
                break
            if kinds is not None and entity.kind not in kinds:
                continue
            if mention.kind in ("adjective", "place") or not agrees(entity, gender, number):
                continue
            score = -2.0 * distance + _SALIENCE.get(entity.kind, 0.0) + min(len(entity.mentions), 5) * 0.3
            if mention.proclitics.endswith(("ل", "ب", "ك")):
                score -= 1.0
            if best is None or score > best[0]:
                best = (score, entity)
        return best[1] if best else None

    def actors(self) -> tuple[Actor, ...]:
        """The entities as records."""
        return tuple(
            Actor(
                id=self.actor_id(entity), name=entity.name, kind=ACTOR_KINDS[entity.kind],  # type: ignore[arg-type]
                codes=entity.codes, sectors=entity.sectors, role=entity.role,
            )
            for entity in self.entities
        )  # fmt: skip

    def actor_id(self, entity: Entity) -> str:
        """The stable id of an entity: from where it is first mentioned."""
        first = self.mentions[entity.mentions[0]] if entity.mentions else None
        return content_id("actor", entity.name, first.start if first else -1)

    def records(self) -> tuple[Mention, ...]:
        """The mentions as records."""
        text = self.document.text
        return tuple(
            Mention(
                span=Span(start=mention.start, end=mention.end, quote=text[mention.start : mention.end]),
                actor=self.actor_id(self.entities[mention.entity]), rule=mention.rule,
            )
            for mention in self.mentions
        )  # fmt: skip


def agrees(entity: Entity, gender: str, number: str) -> bool:
    """Whether verb or pronoun features fit an entity; a capital or state is feminine whatever its name."""
    if number in ("p", "d") and entity.number == "s":
        return False
    if number == "s" and entity.number in ("p", "d") and entity.kind in ("people", "collective"):
        return False
    return not gender or gender == entity.gender or entity.kind in ("state", "capital")
