"""From a cue to its content: what stands between them, and the first complement that the cue's row takes.

The walk to the right passes over everything that may stand before the content (subject, addressee, outlet, occasion,
time, parentheses) until an أن clause, a quotation or colon, a governed preposition, or a direct object.
"""

from __future__ import annotations

from marsad.lexicon.cues import PREPOSITIONS, CueRow, load_cues
from marsad.lexicon.function_words import function_words
from marsad.reading.statements.frame import Complement, Frame, is_that, word_start
from marsad.reading.statements.view import SpanMention, View
from marsad.text.document import Token

_OPEN = frozenset("،,؛;-–—()[]…*")
_CLOSE = frozenset([".", "،", ",", "؛", "!", "؟", ")", "..", "..."])
MAX_SCAN = 70
"""Tokens between a cue and its content at most; keeps hostile input linear."""


def governed_by(token: Token) -> str | None:
    """The preposition that a word is, where a verb's complement may begin with it."""
    return token.stem if token.stem in function_words("complement_prepositions") else None


class Walker:
    """Fills frames with what stands to the right of their cues."""

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

    def scan(self, frame: Frame) -> bool:
        """Walk right to the complement; fills the frame and says whether one was found."""
        tokens, row = self.tokens, frame.row
        assert row is not None
        takes = frame.takes
        limit = min(self.view.limit(frame.cue), frame.cue + MAX_SCAN)
        expects_subject = frame.how == "verb" and frame.side == "none" and not frame.elided
        adjunct = -1
        j = frame.cue + 1
        if frame.how == "noun" and not tokens[frame.cue].enclitic:
            mention = self.view.mention_at(j) or self._issuer(frame.cue)
            if mention is None and not (j < limit and (is_that(tokens[j]) or self._opens(frame, j, limit))):
                return False
            if mention is not None and tokens[frame.cue].definite:
                j = mention.last  # «التأكيد للصحفيين أن …»
            elif mention is not None:
                last = self.view.joined(mention)
                frame.subject, frame.side = (j, last), "after"
                j = last
        while j < limit:
            token = tokens[j]
            norm = token.norm
            if norm == ":":
                return self._colon(frame, j, limit)
            quote = self.view.quote_at(token)
            behind = quote.last + quote.closed if quote is not None else j
            named = quote is not None and expects_subject and frame.subject is None and j == frame.cue + 1
            if named and quote is not None and self.view.mention_at(quote.first) is None:
                named = False
            ends = not named and self._ends_frame(behind, limit)
            if quote is not None and (not self.view.is_name_quote(quote) or ends):
                if "quote" in takes or "object" in takes:
                    return self._found(frame, "quote", j, quote.start, adjunct, j)
                inner = tokens[quote.first]
                if inner.proclitics and inner.proclitics[-1] in takes:
                    return self._found(frame, "prep", j, quote.start, adjunct, j)
                if inner.stem in takes and not inner.enclitic and quote.first + 1 < limit:
                    return self._found(frame, "prep", quote.first + 1, tokens[quote.first + 1].start, adjunct, j)
                if not self.view.is_name_quote(quote):
                    return False
            if quote is not None and self.view.is_name_quote(quote):
                if expects_subject and frame.subject is None and adjunct < 0:
                    frame.subject, frame.side = (j, min(quote.last + 1, limit)), "after"
                j = max(quote.last + 1, j + 1)
                continue
            if norm in _OPEN or token.pos == "PUNCT":
                adjunct = self._close(frame, adjunct, j)
                j += 1
                continue
            quoted = self.view.quote_at(tokens[j + 1]) if norm in ("ل", "ب") and j + 1 < limit else None
            if quoted is not None and norm not in takes:
                j = quoted.last + 1
                continue
            if is_that(token) and self.view.mention_at(j) is None:
                if tokens[j - 1].stem in self.subordinate and not token.proclitics:
                    j = self._skip_relative(j, limit)  # «دون أن يحدد …»
                    continue
                if "that" not in takes and not (token.proclitics and token.proclitics[-1] in takes):
                    return False
                return self._found(frame, "that", j + 1, tokens[j + 1].start if j + 1 < limit else -1, adjunct, j)
            if "quote" in takes and frame.how == "verb" and adjunct < 0 and self._direct_after(j):
                return self._found(frame, "quote", j, token.start, adjunct, j)
            preposition = governed_by(token)
            if token.enclitic and preposition != row.relay:
                preposition = None
            nxt = tokens[j + 1] if j + 1 < limit else None
            if preposition and nxt is not None:
                if is_that(nxt) and (preposition in takes or "that" in takes):
                    start = tokens[j + 2].start if j + 2 < limit else -1
                    return self._found(frame, "that", j + 2, start, adjunct, j)
                if preposition == row.relay and frame.relay is None and token.enclitic:
                    frame.relay, j = (j, j + 1), j + 1
                    continue
                if preposition == row.relay and frame.relay is None:
                    stop = self._relay(frame, j + 1, limit)
                    if stop > j:
                        j = stop
                        continue
                named = bool(row.heads) and self._head_fits(row, nxt)
                clear = preposition in function_words("clear_prepositions")
                if preposition in takes and (named or clear or not self._occasion(nxt)):
                    if named or self._head_fits(row, nxt):
                        return self._found(frame, "prep", j + 1, nxt.start, adjunct, j)
                    return False
                if preposition == row.document:
                    frame.cue_end = token.end if j == frame.cue + 1 else frame.cue_end
                    frame.subject, frame.side = self.view.phrase_at(j + 1), "after"
                    j = frame.subject[1]
                    continue
            governed = bool(token.proclitics) and token.proclitics[-1] in "بل" and token.proclitics[-1] in takes
            governed = governed and token.norm not in function_words("prepositions")  # «بشأن» is no «ب» of a verb
            occasion = token.proclitics[-1:] != ("ب",) and self._occasion(token)  # «نددت بتصريحات …»
            if governed and not occasion and self._head_fits(row, token):
                start = word_start(self.view.document.text, token)
                return self._found(frame, "prep", j, start, adjunct, j)
            if token.stem in self.adverbs or token.norm in self.adverbs or self._manner(token):
                j += 1
                continue
            if row.relay and token.stem == "قول" and token.enclitic:
                j += 1
                continue
            if frame.how == "noun" and row.addressee == "object" and token.proclitics[-1:] == ("ل",):
                mention = self.view.mention_at(j)
                if mention is not None and frame.addressee is None:
                    frame.addressee = (mention.first, mention.last)  # «اتهام واشنطن لموسكو ب…»
            if token.stem in self.adjuncts or (token.proclitics and token.proclitics[-1] in "بلك"):
                if adjunct < 0:
                    adjunct = j
                j = self._skip_phrase(j, limit)
                continue
            if self.view.relative(token):
                j = self._skip_relative(j, limit)
                continue
            mention = self.view.mention_at(j)
            if expects_subject and frame.subject is None and row.addressee == "object" and self._all_called(j):
                expects_subject = False
            if mention is not None and expects_subject and frame.subject is None:
                if self.view.agrees(frame.gender, mention):
                    last = self.view.joined(mention)
                    frame.subject, frame.side = (mention.first, last), "after"
                    adjunct = self._close(frame, adjunct, j)
                    j = last
                    continue
                expects_subject = False
            nominal = "object" in takes and any(k[:2] in ("n:", "m:") for k in token.keys)
            if token.pos == "VERB" and not nominal and frame.subject is not None and frame.subject[1] == j:
                # a name that reads as a verb, or a clause that describes the subject («مسؤول طلب عدم ذكر اسمه»)
                if not self.tokens[frame.subject[1] - 1].definite and "object" in takes:
                    return False
                j += 1
                continue
            if token.pos == "VERB" and row.document and frame.subject is not None and frame.subject[1] < j:
                j = self._skip_relative(j, limit)  # «جاء في بيان، نشر على موقعه، أن …»
                continue
            if token.pos == "VERB" and adjunct < 0 and not token.enclitic and not nominal:
                if "quote" in takes and frame.subject is not None and self._direct_after(j):
                    return self._found(frame, "quote", j, token.start, adjunct, j)
                return False
            if token.pos == "VERB" and not nominal:
                j = self._skip_relative(j, limit)
                continue
            if token.stem in self.times and not token.proclitics and mention is None:
                j = max(self.view.phrase_at(j)[1], j + 1)
                continue
            if "object" in takes and (nominal or token.pos in ("NOUN", "ADJ", "NAME", "NUM", "X", "PRON", "PART")):
                if mention is None and expects_subject and frame.subject is None:
                    phrase = self.view.phrase_at(j)
                    if self._is_subject(frame, phrase, limit):
                        frame.subject, frame.side = phrase, "after"
                        adjunct = self._close(frame, adjunct, j)
                        j = phrase[1]
                        continue
                if (
                    row.addressee == "object"
                    and frame.addressee is None
                    and (not row.heads or not self._head_fits(row, token))
                ):
                    phrase = self.view.phrase_at(j)
                    frame.addressee = phrase
                    j = phrase[1]
                    continue
                frame.fits = self._head_fits(row, token)
                if frame.fits or row.soft:
                    return self._found(frame, "object", j, word_start(self.view.document.text, token), adjunct, j)
                return False
            phrase = self.view.phrase_at(j)
            open_ = expects_subject and frame.subject is None and adjunct < 0 and not frame.between
            open_ = open_ and self.view.points_alike(frame.gender, j)
            if open_ and not token.enclitic and token.stem not in ("ما", "من"):
                frame.subject, frame.side = phrase, "after"
            elif row.addressee == "object" and frame.addressee is None:
                frame.addressee = phrase
            elif frame.side == "none" and frame.how != "verb" and frame.addressee is None and adjunct < 0:
                if "quote" in takes and frame.how == "participle" and j == frame.cue + 1:
                    return self._found(frame, "quote", j, token.start, adjunct, j)
                return False
            j = max(phrase[1], j + 1)
        return False

    def loose(self, frame: Frame, late: bool = False) -> bool:
        """A second try where the words between could not be read: first أن, colon, quotation or preposition.

        Everything between the verb and it, up to a comma or preposition, is the subject.  With `late` only أن counts:
        «وصف الوزير قيامها بذلك بأنه …».
        """
        row, tokens, view = frame.row, self.tokens, self.view
        assert row is not None
        if frame.how == "noun":
            return False
        takes = frame.takes
        limit = min(view.limit(frame.cue), frame.cue + MAX_SCAN)
        frame.between.clear()
        frame.addressee = None
        j = frame.cue + 1
        while j < limit:
            token = tokens[j]
            mention = view.mention_at(j)
            if mention is not None and (not is_that(token) or mention.last > j + 1):
                j = mention.last
                continue
            if is_that(token) and tokens[j - 1].stem in self.subordinate and not token.proclitics:
                j += 1
                continue
            after = tokens[j + 1] if j + 1 < limit else None
            if is_that(token) or (token.stem in PREPOSITIONS and after is not None and is_that(after)):
                at = j if is_that(token) else j + 1
                governs = tokens[at].proclitics[-1] if tokens[at].proclitics else token.stem
                if "that" not in takes and governs not in takes:
                    return False
                self._loose_subject(frame, j)
                return self._found(frame, "that", at + 1, tokens[at + 1].start if at + 1 < limit else -1, -1, j)
            if token.norm == ":":
                self._loose_subject(frame, j)
                return self._colon(frame, j, limit)
            quoted = view.quote_at(tokens[j + 1]) if token.norm == "ل" and j + 1 < limit else None
            if quoted is not None:
                j = quoted.last + 1
                continue
            quote = view.quote_at(token)
            if quote is not None and not view.is_name_quote(quote):
                if "quote" not in takes:
                    return False
                self._loose_subject(frame, j)
                return self._found(frame, "quote", j, quote.start, -1, j)
            if quote is not None:
                j = quote.last
            elif token.norm in (".", "؛", "!", "؟"):
                return False
            elif (
                after is not None
                and not late
                and not token.enclitic
                and token.stem in takes
                and (token.stem in function_words("clear_prepositions") or not self._occasion(after))
            ):
                if self._head_fits(row, after) and after.pos != "PUNCT":
                    self._loose_subject(frame, j)
                    return self._found(frame, "prep", j + 1, after.start, -1, j)
            elif (
                token.proclitics
                and not late
                and token.proclitics[-1] in takes
                and not self._occasion(token)
                and token.norm not in self.adverbs
                and self._head_fits(row, token)
            ):
                self._loose_subject(frame, j)
                return self._found(frame, "prep", j, word_start(view.document.text, token), -1, j)
            j += 1
        return False

    def _loose_subject(self, frame: Frame, stop: int) -> None:
        if frame.subject is not None or frame.how != "verb" or frame.side != "none":
            return
        tokens = self.tokens
        first = frame.cue + 1
        last = first
        while last < stop and not (tokens[last].pos in ("PUNCT", "ADP") or tokens[last].stem in self.adverbs):
            last += 1
        if tokens[first].proclitics and tokens[first].proclitics[-1] in "بلك":
            return
        if first < last <= first + 15 and tokens[first].pos not in ("ADP", "PUNCT", "CONJ", "PART"):
            frame.subject, frame.side = (first, last), "after"

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
