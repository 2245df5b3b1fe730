"""How a statement was made: to whom, through which outlet, on what occasion and when.

GUIDELINES section 1 keeps these out of the speaker's mention; here they become fields of their own.  They are looked
for between the cue and the content, or, where the content stands first, in the words after the cue.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from marsad.reading.statements.frame import Frame, word_start
from marsad.reading.statements.view import SpanMention, View
from marsad.records import Span, Time

_AFTER = 16
"""Tokens after a cue that follows its content."""
_PEOPLE = frozenset(["person", "people", "office", "expert", "collective", "unnamed"])
_TO = "ل"


class Setting(NamedTuple):
    """The circumstances of a statement, None where not told."""

    addressee: Span | None = None
    outlet: Span | None = None
    occasion: Span | None = None
    time: Time | None = None


class Settings:
    """Finds the setting of each frame of a document."""

    def __init__(self, view: View, times: Sequence[Time]) -> None:
        self._view = view
        self._times = times
        self._text = view.document.text
        self._occasions = view.cues.context["occasions"]
        self._moments = view.cues.context["moments"]
        self._opening = view.cues.context["adjuncts"]

    def of(self, frame: Frame) -> Setting:
        """The setting of a frame whose content is known."""
        addressee = outlet = occasion = None
        told = self._view.mention_at(frame.addressee[0]) if frame.addressee is not None else None
        if told is not None and frame.act != "CHARACTERIZE":  # «وصف X بأنه»: X is what is described
            addressee = self._span(told.first, told.last)
        for first, last in self._between(frame):
            for k in range(first, last):
                token, mention = self._view.tokens[k], self._view.mention_at(k)
                to = bool(token.proclitics) and token.proclitics[-1] == _TO
                end = min(mention.last, last) if mention is not None else k + 1
                if mention is not None and mention.kind == "outlet":
                    outlet = outlet or self._span(k, end)
                elif to and k == first and mention is not None and self._is_spoken_to(mention, k):
                    addressee = addressee or self._span(k, end)
                elif occasion is None and k > first and self._is_occasion(k, first):
                    occasion = self._span(k, self._occasion_end(k, last))
                    if to_whom := self._addressee_in(k, last):
                        addressee = addressee or to_whom
        return Setting(addressee, outlet, occasion, self._time(frame))

    def _between(self, frame: Frame) -> Iterator[tuple[int, int]]:
        if frame.complement != "before":
            yield from frame.between
            return
        start = frame.subject[1] if frame.subject is not None and frame.side == "after" else frame.cue + 1
        limit = min(self._view.limit(frame.cue), start + _AFTER)
        tokens = self._view.tokens
        opens = [k for k in range(start, limit) if tokens[k].stem in self._opening]
        stops = [k for k in range(start, limit) if tokens[k].pos in ("PUNCT", "VERB")]
        if opens and (not stops or opens[0] < stops[0]):
            yield opens[0], stops[0] if stops else limit

    def _is_spoken_to(self, mention: SpanMention, k: int) -> bool:
        """«للصحفيين», «لنظيره»; but not «المستشار السياسي لرئيس الوزراء», where the title goes on."""
        if mention.kind not in _PEOPLE:
            return False
        token, before = self._view.tokens[k], self._view.tokens[k - 1]
        titled = mention.kind in ("office", "person") and not token.enclitic and token.pos != "NAME"
        return not (titled and before.pos in ("ADJ", "NOUN", "NUM"))

    def _is_occasion(self, k: int, first: int) -> bool:
        """«بيان» in «في بيان»: a noun of occasion right after the preposition that opens the phrase."""
        token, before = self._view.tokens[k], self._view.tokens[k - 1]
        if token.lemma not in self._occasions and token.stem not in self._occasions:
            return False
        if token.lemma in self._moments or token.stem in self._moments or self._view.time_end(k) > k:
            return False
        return before.stem in self._opening or (k - 2 >= first and self._view.tokens[k - 2].stem in self._opening)

    def _occasion_end(self, k: int, last: int) -> int:
        """The occasion goes to the end of its phrase, less a time or those addressed at its end."""
        head, end = self._view.tokens[k], last
        known = head.definite or bool(head.enclitic)  # no relative clause follows: a verb begins what is said
        for j in range(k + 1, last):
            token = self._view.tokens[j]
            if known and token.pos in ("VERB", "PART", "PRON"):
                return j
            if self._view.time_end(j) >= last or (token.stem in self._opening and self._view.time_end(j + 1) >= last):
                return j
            if token.proclitics and token.proclitics[-1] == _TO:
                mention = self._view.mention_at(j)
                if mention is not None and mention.last >= last:
                    return j
        return end

    def _addressee_in(self, k: int, last: int) -> Span | None:
        """«تصريحات للصحفيين»."""
        for j in range(k + 1, min(k + 3, last)):
            token, mention = self._view.tokens[j], self._view.mention_at(j)
            if token.proclitics and token.proclitics[-1] == _TO and mention is not None and mention.kind in _PEOPLE:
                return self._span(j, min(mention.last, last))
        return None

    def _time(self, frame: Frame) -> Time | None:
        """The first time between cue and content, outside the speaker's mention."""
        tokens = self._view.tokens
        if frame.complement == "before":
            limit = min(self._view.limit(frame.cue), frame.cue + _AFTER)
            end = tokens[limit - 1].end
        else:
            end = frame.content[0][0]
        inside = (0, 0)
        if frame.subject is not None and frame.subject[1] > frame.subject[0]:
            inside = tokens[frame.subject[0]].start, tokens[frame.subject[1] - 1].end
        for time in self._times:
            if time.span.start >= end:
                return None
            if frame.cue_end <= time.span.start and time.span.end <= end:
                if inside[0] <= time.span.start < inside[1]:
                    continue
                return time
        return None

    def _span(self, first: int, last: int) -> Span:
        tokens = self._view.tokens
        token = tokens[first]
        start = word_start(self._text, token)
        if token.definite and token.proclitics and self._text[start : start + 2] != "ال":
            start = token.stem_start  # «للصحفيين»: the article has lost its alef
        end = tokens[last - 1].end
        return Span(start=start, end=end, quote=self._text[start:end])
