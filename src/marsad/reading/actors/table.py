"""The table of entities that the resolvers fill: what a mention says, new entities, the state of the article."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from marsad.reading.actors.layer import ActorMention, Entity
from marsad.reading.actors.words import Words
from marsad.records import Article
from marsad.text.document import Document

MARKS = "\"«»“”()[]'‘’،,.:- "
LOOKBACK = 300
"""How many mentions or entities back an antecedent is looked for."""
RECENT = (6.0, 5.0, 2.0)
"""What a state gains that is named in the same sentence, in the one before, two before."""
_LINKS = frozenset(("بن", "ابن", "ال", "ولد"))


def strip_article(norm: str) -> str:
    """A folded word without «ال»."""
    return norm[2:] if norm.startswith("ال") and len(norm) > 4 else norm


def is_state(code: str) -> bool:
    """Whether a code is an ISO alpha-3 code; the few group codes of three letters are none."""
    return len(code) == 3 and code.isascii() and code.isupper() and code not in _GROUPS


_GROUPS = frozenset(("SDF", "PKK", "PLO", "RSF", "GCC", "OIC", "WHO", "WTO", "IMF", "ICC", "ICJ", "SCO", "CIS"))


class EntityTable:
    """The mentions and entities of one document; the base of `Resolver`."""

    def __init__(self, document: Document, words: Words, mentions: list[ActorMention], article: Article | None) -> None:
        self.document = document
        self.text = document.text
        self.tokens = document.tokens
        self.words = words
        self.lexicon = words.lexicon
        self.mentions = mentions
        self.article = article
        self.entities: list[Entity] = []
        self.parts: dict[str, list[Entity]] = {}
        """Part of a name -> the people who bear it."""
        self.home = ""
        self.particles = frozenset(self.lexicon.words["particle"]) - frozenset(self.lexicon.words["not_first"])
        self.state_counts: Counter[str] = Counter()
        self.state_places: list[tuple[int, str]] = []

    # --- shared helpers -----------------------------------------------------------------------------------------

    def span_text(self, mention: ActorMention) -> str:
        """The mention as written, without marks at its ends."""
        written = self.text[mention.start : mention.end]
        if mention.proclitics.endswith("ل") and written.startswith("ل") and self.tokens[mention.first].definite:
            written = "ا" + written
        return written.strip(" ،,-") if mention.kind == "outlet" else written.strip(MARKS)

    def role_text(self, mention: ActorMention) -> str | None:
        """The role words of a mention, or None."""
        if mention.role is None:
            return self.span_text(mention) if mention.kind in ("office", "expert") else None
        first, last = mention.role
        start = mention.start if first == mention.first else self.tokens[first].start
        return self.text[start : self.tokens[last - 1].end].strip(" ،,-")

    def content(self, mention: ActorMention) -> frozenset[str]:
        """Folded words of the mention, without articles, proclitics and marks."""
        own = self.lexicon.words["self"]
        norms = [
            token.norm for token in self.tokens[mention.first : mention.last]
            if token.pos != "PUNCT" and token.norm not in own
        ]  # fmt: skip
        if norms and mention.proclitics:
            norms[0] = norms[0][len(mention.proclitics) :]
        return frozenset(strip_article(norm) for norm in norms)

    def new(self, kind: str, mention: ActorMention, name: str) -> Entity:
        """A new entity with its first mention."""
        entity = Entity(
            len(self.entities), kind, name, mention.codes, mention.sectors, gender=mention.gender,
            number=mention.number, lemma=mention.lemma, definite=mention.definite,
        )  # fmt: skip
        self.entities.append(entity)
        self.join(entity, mention)
        return entity

    def before(self, mention: ActorMention) -> Iterator[ActorMention]:
        """The mentions before one, the nearest first; at most LOOKBACK, so that long texts take linear time."""
        for index in range(mention.index - 1, max(-1, mention.index - 1 - LOOKBACK), -1):
            yield self.mentions[index]

    def join(self, entity: Entity, mention: ActorMention) -> None:
        """Make the mention one of the entity."""
        mention.entity = entity.index
        entity.mentions.append(mention.index)
        if not entity.codes:
            entity.codes = mention.codes

    def find_home(self) -> None:
        """Count the states of the article, for `home_at`; early mentions count more."""
        limit = self.document.sentences[1].last if len(self.document.sentences) > 1 else len(self.tokens)
        for mention in self.mentions:
            for code in mention.codes:
                if is_state(code):
                    self.state_counts[code] += 3 if mention.first < limit else 1
                    self.state_places.append((mention.first, code))
        self.home = self.state_counts.most_common(1)[0][0] if self.state_counts else ""

    def home_at(self, token: int) -> str:
        """The state that a bare «الحكومة» at `token` belongs to: often named in the article and just before."""
        if not self.home:
            return ""
        sentence = self.tokens[token].sentence
        scores: dict[str, float] = {code: float(count) for code, count in self.state_counts.items()}
        for place, code in reversed(self.state_places):
            if place >= token:
                continue
            distance = sentence - self.tokens[place].sentence
            if distance > 2:
                break
            scores[code] += RECENT[distance]
        return max(sorted(scores), key=lambda code: scores[code])

    def name_norms(self, mention: ActorMention) -> list[str]:
        """Folded parts of the mention's name, without links."""
        if mention.name is None:
            return []
        first, last = mention.name
        norms = [token.norm for token in self.tokens[first:last]]
        if first == mention.first and mention.proclitics:
            norms[0] = norms[0][len(mention.proclitics) :]
        joined: list[str] = []
        for norm in norms:
            if joined and joined[-1] == "عبد":
                joined[-1] = "عبد" + norm
            elif norm not in _LINKS:
                joined.append(norm)
        return joined or norms

    def fathers(self, mention: ActorMention) -> set[str]:
        """Parts of a name that stand after «بن»: nobody is called by them alone."""
        if mention.name is None:
            return set()
        first, last = mention.name
        return {
            self.tokens[at].norm for at in range(first + 1, last) if self.tokens[at - 1].norm in ("بن", "ابن")
        }  # fmt: skip
