"""From a cue to its content: what stands between them, and the first complement that the cue's row takes.

The walk to the right passes over everything that may stand before the content (subject, addressee, outlet, occasion,
time, parentheses) until an أن clause, a quotation or colon, a governed preposition, or a direct object.
"""

from __future__ import annotations

from marsad.lexicon.cues import PREPOSITIONS
from marsad.lexicon.function_words import function_words
from marsad.reading.statements.complements import MAX_SCAN, Complements, governed_by
from marsad.reading.statements.frame import Frame, is_that, word_start

_OPEN = frozenset("،,؛;-–—()[]…*")


class Walker(Complements):
    """Walks to the right of a cue: a strict reading of every word, or a looser one."""

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
