"""What the statement layer asks of a document: mentions by token, noun phrases, quotes, scanning limits, agreement."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from marsad.lexicon.cues import Cues, Phrase, load_cues
from marsad.lexicon.function_words import function_words
from marsad.reading.actors.find import ActorLayer, ActorMention
from marsad.reading.statements.words import cue_word
from marsad.reading.times.find import find_times
from marsad.records import Time
from marsad.text.document import Document, Quote, Token

_NOMINAL = frozenset(["NOUN", "ADJ", "NAME", "NUM", "X", "LATIN"])
_BREAKING = frozenset(["،", ",", "؛", ";", "-", "–", "—", ":", "(", "…", "..", "...", "/", "*"])
_JOINERS = frozenset(["CONJ", "PART", "ADP"])
MAX_PHRASE = 25


@dataclass(slots=True)
class SpanMention:
    """A mention by tokens; `gender`, `number` and `human` where known ("" and None where not)."""

    first: int
    last: int
    gender: str = ""
    number: str = ""
    speaks: bool = True
    kind: str = ""
    source: object = None


def _mentions(document: Document, layer: ActorLayer) -> list[SpanMention]:
    """The mentions that can be subjects; one that others are joined to by «و» covers them too."""
    out: list[SpanMention] = []
    for mention in layer.mentions:
        if mention.kind == "adjective" or document.tokens[mention.first].stem in ("جانب", "جهه", "دور"):
            continue
        out.append(
            SpanMention(mention.first, mention.last, mention.gender, mention.number, True, mention.kind, mention)
        )
    return out


def _time_ends(document: Document, times: Sequence[Time]) -> dict[int, int]:
    """First token of each time -> the token after its last; a word with a proclitic before the time is its first."""
    starts = [token.start for token in document.tokens]
    ends: dict[int, int] = {}
    for time in times:
        first = bisect_right(starts, time.span.start) - 1
        ends[first] = bisect_left(starts, time.span.end)
    return ends


def _may_begin(token: Token) -> bool:
    """Whether something new can begin at the token: a mark, a function word, a coordinated or adverbial word."""
    pos = token.pos
    if pos == "PUNCT":
        return token.norm in _BREAKING
    if pos == "VERB" or pos in _JOINERS:
        return True
    if token.proclitics and token.proclitics[0] in "وفبلك":
        return True
    return token.norm[-1:] == "ا" and not token.definite


class View:
    """A document prepared for the scanner."""

    def __init__(self, document: Document, layer: ActorLayer, times: Sequence[Time] | None = None) -> None:
        self.document = document
        self.layer = layer
        self._time_ends = _time_ends(document, find_times(document) if times is None else times)
        mentions = _mentions(document, layer)
        self.tokens = document.tokens
        self.cues: Cues = load_cues()
        self._relatives = self.cues.context["relatives"]
        self._determiners = self.cues.context["determiners"]
        self._at = {m.first: m for m in mentions}
        self._ending = {m.last: m for m in mentions}
        self._inside: dict[int, SpanMention] = {}
        for mention in mentions:
            for i in range(mention.first, mention.last):
                self._inside[i] = mention
        self._quotes = {q.start: q for q in document.quotes}
        self._closing = {q.end: q for q in document.quotes if q.closed}
        self._blocked: set[int] = set()
        self._tags: set[int] = set()
        self._attributing: set[int] = set()
        self._reported: set[int] = set()
        self._ends = [token.end for token in self.tokens]
        self.words = [cue_word(token) for token in self.tokens]
        """What cue each token may be."""
        verbs = accumulate(token.pos == "VERB" for token in self.tokens)
        self._verbs = [0, *verbs]
        self.begins = [_may_begin(token) for token in self.tokens]
        """Whether something new can begin at each token."""
        self.phrases: list[tuple[int, int, Phrase]] = []
        self._find_phrases()

    def _find_phrases(self) -> None:
        tokens, by_first = self.tokens, self.cues.by_first
        for i, token in enumerate(tokens):
            word = token.norm
            if word not in by_first and word[:1] in ("و", "ف") and word[1:] in by_first:
                word = word[1:]
            for phrase in by_first.get(word, ()):
                n = len(phrase.words)
                if n > 1 and any(i + k >= len(tokens) or tokens[i + k].norm != phrase.words[k] for k in range(1, n)):
                    continue
                if phrase.row.initial and (word != token.norm or i != self.document.sentences[token.sentence].first):
                    continue
                if phrase.proclitic:
                    nxt = tokens[i + n] if i + n < len(tokens) else None
                    if nxt is None or not (phrase.proclitic in nxt.proclitics or nxt.norm.startswith(phrase.proclitic)):
                        continue
                self.phrases.append((i, i + n, phrase))
                if phrase.row.kind in ("according", "opinion", "bridge", "relay"):
                    self._attributing.update(range(i, i + n))
                if phrase.row.kind in ("blocked", "tag"):
                    self._blocked.update(range(i, i + n))
                if phrase.row.kind == "reported" and phrase.row.id != "as-said":
                    self._reported.add(i + n)
                if phrase.row.kind == "tag":
                    self._tags.add(i)
                break

    def verb_within(self, first: int, last: int) -> bool:
        """Whether a verb stands among the tokens `first:last`."""
        return self._verbs[max(last, first)] > self._verbs[first]

    def reported(self, index: int) -> bool:
        """Whether «حسبما» or the like stands right before the token."""
        return index in self._reported

    def attributing(self, index: int) -> bool:
        """Whether the token belongs to an attribution by phrase («برأي»، «بقوله»)."""
        return index in self._attributing

    def tag_at(self, index: int) -> bool:
        """Whether a trailing tag («على حد تعبيره») begins at the token."""
        return index in self._tags

    def token_at(self, offset: int) -> int:
        """Index of the first token that ends after a character offset."""
        return bisect_right(self._ends, offset)

    def blocked(self, index: int) -> bool:
        """Whether a formula («يذكر أن») or tag («على حد تعبيره») covers the token."""
        return index in self._blocked

    def limit(self, index: int) -> int:
        """Token index that a scan to the right from `index` must not pass: end of the quote or of the sentence."""
        token = self.tokens[index]
        last = self.document.sentences[token.sentence].last
        if token.quote >= 0:
            quote = self.document.quotes[token.quote]
            if not self.is_name_quote(quote):
                last = min(last, quote.last)
        return last

    def floor(self, index: int) -> int:
        """Token index that a scan to the left from `index` must not pass."""
        token = self.tokens[index]
        sentence = self.document.sentences[token.sentence]
        first = sentence.body if index >= sentence.body else sentence.first  # a dateline is no subject
        if token.quote >= 0:
            quote = self.document.quotes[token.quote]
            if not self.is_name_quote(quote):
                first = max(first, quote.first)
        return first

    def quote_at(self, token: Token) -> Quote | None:
        """The quote whose opening mark is this token."""
        return self._quotes.get(token.start)

    def quote_ending(self, index: int) -> Quote | None:
        """The quote whose closing mark is token `index`, or None."""
        return self._closing.get(self.tokens[index].end)

    def is_name_quote(self, quote: Quote) -> bool:
        """A short quotation that stands for a name («قناة "المسيرة"»)."""
        if quote.first in self._inside and self._inside[quote.first].first < quote.first:
            return True
        return quote.last - quote.first <= 3

    def quoted(self, index: int) -> bool:
        """Whether the token stands inside a quotation that is no name."""
        quote = self.tokens[index].quote
        return quote >= 0 and not self.is_name_quote(self.document.quotes[quote])

    def time_end(self, index: int) -> int:
        """The token after the time expression that begins at a token («14 نوفمبر/تشرين الثاني 2024»), or -1."""
        return self._time_ends.get(index, -1)

    def mention_at(self, index: int) -> SpanMention | None:
        """The actor mention that begins at a token."""
        return self._at.get(index)

    def mention_ending(self, index: int) -> SpanMention | None:
        """The actor mention whose last token is the one before `index`."""
        return self._ending.get(index)

    def joined(self, mention: SpanMention) -> int:
        """The token after the last of the mentions that «و» joins to one («مصر والأردن»)."""
        last = mention.last
        if isinstance(mention.source, ActorMention):
            for other in self.layer.coordinated(mention.source)[1:]:
                if other.kind in ("adjective", "place") or other.first not in self._at:
                    break
                last = other.last
        return last

    def joined_first(self, mention: SpanMention) -> int:
        """The first token of the mentions that «و» joins to the one that is last of them."""
        first = mention.first
        while True:
            previous = self._ending.get(first)
            here = self._at.get(first)
            if previous is None or here is None or not isinstance(here.source, ActorMention):
                return first
            if here.source.proclitics != "و" or previous.kind in ("adjective", "place"):
                return first
            first = previous.first

    def relative(self, token: Token) -> bool:
        """Whether the token is a relative pronoun."""
        return token.stem in self._relatives or token.norm in self._relatives

    def phrase_at(self, index: int) -> tuple[int, int]:
        """The noun phrase that begins at a token: a mention, else nouns in construct with their adjectives."""
        mention = self._at.get(index)
        if mention is not None:
            return mention.first, self.joined(mention)
        tokens = self.tokens
        stop = min(self.limit(index), index + MAX_PHRASE)
        j = index
        if j < stop and tokens[j].stem in self._determiners:
            j += 1
        if j >= stop or tokens[j].pos not in _NOMINAL:
            quote = self.quote_at(tokens[j]) if j < stop else None
            return (index, min(quote.last + 1, stop)) if quote is not None else (index, max(j, index + 1))
        closed = tokens[j].definite or bool(tokens[j].enclitic) or tokens[j].pos in ("NAME", "X")
        j += 1
        while j < stop:
            token = tokens[j]
            mention = self._at.get(j)
            if mention is not None and not closed:
                return index, mention.last
            quote = self.quote_at(token)
            if quote is not None and self.is_name_quote(quote):
                j = quote.last + 1
                closed = True
                continue
            if token.pos not in _NOMINAL or (token.proclitics and token.proclitics[-1] in "بلك"):
                break
            if token.proclitics and token.proclitics[0] in "وف":
                if mention is None and token.definite == tokens[j - 1].definite and not token.enclitic:
                    j += 1
                    continue
                break
            if closed and not (token.definite or token.pos in ("NAME", "LATIN", "NUM") or token.pos == "X"):
                break
            previous = tokens[j - 1]
            if not closed and previous.pos == "ADJ" and j - 1 > index and token.pos != "ADJ":
                break  # a bare noun after a bare adjective begins a phrase of its own
            closed = closed or token.definite or bool(token.enclitic) or token.pos == "NAME"
            j += 1
        return index, j

    def phrase_ending(self, last: int) -> tuple[int, int]:
        """The noun phrase before token `last` (exclusive): back over nouns and adjectives."""
        j = last - 1
        floor = self.floor(last - 1)
        while j > floor and self.tokens[j].pos in _NOMINAL and not self.tokens[j].proclitics and last - j < 6:
            if self.tokens[j - 1].pos not in _NOMINAL:
                break
            j -= 1
        return j, last

    def agrees(self, gender: str, mention: SpanMention) -> bool:
        """Whether a verb of that gender, standing before it, can have the mention as its subject."""
        if not mention.speaks or not self.points_alike(gender, mention.first):
            return False
        if not gender or not mention.gender or mention.number == "p" or mention.last - mention.first > 6:
            return True
        if mention.kind == "person":
            return True  # the gender of a name is a guess; the place after the verb is not
        return gender == mention.gender

    def points_alike(self, gender: str, first: int) -> bool:
        """Whether a demonstrative that opens a noun phrase lets it be the subject of a verb of that gender."""
        word = self.document.tokens[first].norm
        return not (
            (gender == "m" and word in function_words("feminine_demonstratives"))
            or (gender == "f" and word in function_words("masculine_demonstratives"))
        )

    def agrees_before(self, gender: str, number: str, mention: SpanMention | None) -> bool:
        """Whether a verb after its subject agrees with it in gender."""
        if mention is None or not mention.speaks:
            return False
        if mention.kind in ("state", "capital"):
            return True  # «العراق تدعو …»
        if not gender or not mention.gender or number in ("d", "p"):
            return True
        return gender == mention.gender
