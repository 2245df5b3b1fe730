"""What may stand between a cue and its content, word by word: relays, occasions, relatives, manner, subjects; and where
the content is found.  `statements.walk` reads the words in their order.
"""

from __future__ import annotations

from marsad.lexicon.cues import CueRow, load_cues
from marsad.lexicon.function_words import function_words
from marsad.reading.statements.frame import Complement, Frame, is_that
from marsad.reading.statements.view import SpanMention, View
from marsad.text.document import Token

_OPEN = frozenset("،,؛;-–—()[]…*")
_CLOSE = frozenset([".", "،", ",", "؛", "!", "؟", ")", "..", "..."])
MAX_SCAN = 70
"""Tokens between a cue and its content at most; keeps hostile input linear."""


def governed_by(token: Token) -> str | None:
    """The preposition that a word is, where a verb's complement may begin with it."""
    return token.stem if token.stem in function_words("complement_prepositions") else None


class Complements:
    """Questions about the words to the right of a cue, and the record of the complement that is found."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.tokens = view.document.tokens
        context = load_cues().context
        self.negators = context["negators"]
        self.adjuncts = context["adjuncts"]
        self.adverbs = context["adverbs"]
        self.occasions = context["occasions"]
        self.times = context["times"]
        self.quantifiers = context["quantifiers"]
        self.subordinate = context["subordinate"]
        self.all_of, self.called = context["all_of"], context["addressees"]

    def _found(self, frame: Frame, how: Complement, first: int, start: int, adjunct: int, at: int) -> bool:
        if start < 0:
            return False
        self._close(frame, adjunct, at)
        tokens = self.tokens
        if how == "that":
            while first < len(tokens) and tokens[first].norm in (":", "،", ","):
                first += 1
            if first >= len(tokens):
                return False
            start = tokens[first].start
            # the cue holds its preposition when they touch: «أشار إلى أن»
            marker = first - 1
            while marker > frame.cue and not is_that(tokens[marker]):
                marker -= 1
            if marker - 1 == frame.cue + 1 and governed_by(tokens[frame.cue + 1]):
                frame.cue_end = tokens[frame.cue + 1].end
        elif how == "prep" and first - 1 == frame.cue + 1 and governed_by(tokens[frame.cue + 1]):
            frame.cue_end = tokens[frame.cue + 1].end
        frame.complement, frame.first, frame.start = how, first, start
        return True

    def _colon(self, frame: Frame, j: int, limit: int) -> bool:
        """Content after a colon: a quotation, أن, or direct speech without marks."""
        row = frame.row
        assert row is not None
        k = j + 1
        if k >= len(self.tokens):
            return False
        token = self.tokens[k]
        if k < limit and is_that(token):
            return self._found(
                frame, "that", k + 1, self.tokens[k + 1].start if k + 1 < len(self.tokens) else -1, -1, j
            )
        if "quote" not in row.takes and self.view.quote_at(token) is None:
            return False
        if k >= limit and self.view.quote_at(token) is None and token.sentence != frame.sentence + 1:
            return False
        return self._found(frame, "quote" if self.view.quote_at(token) else "colon", k, token.start, -1, j)

    def _ends_frame(self, last: int, limit: int) -> bool:
        """Nothing but a stop, comma or conjunction follows a short quotation: it is what was said."""
        return last >= limit or self.tokens[last].norm in _CLOSE

    def _direct_after(self, j: int) -> bool:
        """Whether direct speech without marks begins: a verb in the first person, perhaps negated."""
        token = self.tokens[j]
        if token.stem in ("نحن", "انا") and not token.proclitics:
            return True
        if token.stem in self.negators and j + 1 < len(self.tokens):
            token = self.tokens[j + 1]
        return token.pos == "VERB" and token.person == "1"

    def _close(self, frame: Frame, adjunct: int, j: int) -> int:
        if adjunct >= 0:
            frame.between.append((adjunct, j))
        return -1

    def _occasion(self, token: Token) -> bool:
        return token.lemma in self.occasions or token.stem in self.occasions

    def _opens(self, frame: Frame, j: int, limit: int) -> bool:
        """Whether a definite verbal noun has its content at `j`: «التأكيد على أن …», «التأكيد: "…"»."""
        token = self.tokens[j]
        if not self.tokens[frame.cue].definite:
            return False
        if token.norm == ":" or self.view.quote_at(token) is not None:
            return True
        after = self.tokens[j + 1] if j + 1 < limit else None
        if after is None or governed_by(token) not in frame.takes or token.enclitic:
            return False
        return is_that(after) or self.view.quote_at(after) is not None

    def _issuer(self, cue: int) -> SpanMention | None:
        """«إعلان تركيا إسقاط …»: the actor inside a mention that the verbal noun heads as a document."""
        mention = self.view.mention_at(cue)
        return mention if mention is not None and mention.kind == "document" and mention.last > cue + 1 else None

    def _all_called(self, j: int) -> bool:
        """«ودعا جميع الأطراف إلى …»: all of those who are usually called upon do not call."""
        after = self.tokens[j + 1].norm if j + 1 < len(self.tokens) else ""
        return self.tokens[j].stem in self.all_of and after in self.called

    def _manner(self, token: Token) -> bool:
        """«وتابع مؤكدا: …», «أضافت قائلة إن …»: a bare reporting participle between cue and content."""
        if token.definite or token.proclitics or token.norm[-1:] not in ("ا", "ه"):
            return False
        return bool(self.view.words[token.index].participles)

    def _head_fits(self, row: CueRow, token: Token) -> bool:
        if token.stem in self.quantifiers and token.index + 1 < len(self.tokens):
            token = self.tokens[token.index + 1]  # «تبنى غالبية الهجمات»
        names = {token.stem, token.lemma}
        if row.heads:
            return bool(names & row.heads) or any(k[2:] in row.heads for k in token.keys if k[1:2] == ":")
        return not names & row.not_heads

    def _is_subject(self, frame: Frame, phrase: tuple[int, int], limit: int) -> bool:
        """An unknown phrase after the verb is its subject when another complement follows it at once."""
        first = self.tokens[phrase[0]]
        if any(k[:2] == "m:" for k in first.keys) and not first.definite:
            return False
        if first.stem in ("ما", "ذلك", "هذا", "هذه", "تلك", "اي", "عدم", "ضروره", "اهميه"):
            return False
        row = frame.row
        assert row is not None
        j = phrase[1]
        while j < limit and (
            (self.tokens[j].pos == "PUNCT" and self.tokens[j].norm in _OPEN) or self.tokens[j].stem in self.adverbs
        ):
            j += 1
        if j >= limit:
            return False
        token = self.tokens[j]
        if is_that(token) or token.norm == ":" or self.view.quote_at(token) is not None:
            return True
        if token.stem in frame.takes and j + 1 < limit:
            return True
        return token.pos in ("NOUN", "NUM", "NAME") and not token.proclitics

    def _skip_phrase(self, j: int, limit: int) -> int:
        """End of a prepositional phrase that begins at j: preposition and one noun phrase."""
        token = self.tokens[j]
        k = j + 1 if token.stem in self.adjuncts and not token.enclitic else j
        if k >= limit or (k > j and self.tokens[k].pos == "PUNCT"):
            return j + 1
        if k > j and is_that(self.tokens[k]):
            return self._skip_relative(k, limit) if token.stem in self.subordinate else k
        if token.enclitic and token.stem in self.adjuncts:
            return j + 1
        if self.view.time_end(k) > k:
            return min(self.view.time_end(k), limit)
        head = self.tokens[k]
        if head.stem in self.adverbs or head.norm in self.adverbs:
            return k + 1
        if self._occasion(head) and not head.definite and not head.enclitic and self.view.mention_at(k) is None:
            end = k + 1
            while end < limit and self.tokens[end].pos == "ADJ" and not self.tokens[end].definite:
                end += 1
            if end > k + 1:
                return end
        return max(self.view.phrase_at(k)[1], j + 1)

    def _skip_relative(self, j: int, limit: int) -> int:
        """End of a relative clause: the next comma, closing mark or complement."""
        k = j + 1
        while k < limit:
            token = self.tokens[k]
            if token.pos == "PUNCT" or is_that(token) or self.view.quote_at(token) is not None:
                return k
            k += 1
        return k

    def _relay(self, frame: Frame, j: int, limit: int) -> int:
        phrase = self.view.phrase_at(j)
        if phrase[1] <= j:
            return j
        frame.relay = phrase
        return phrase[1]
