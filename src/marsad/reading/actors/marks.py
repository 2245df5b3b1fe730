"""Quotation marks, brackets, dashes and Latin letters inside an actor phrase."""

from __future__ import annotations

from marsad.lexicon.actors import Entry
from marsad.reading.actors.names import CLOSING, Phrase
from marsad.reading.actors.plain import INSTITUTIONS, NAMED, PlainGrammar
from marsad.reading.actors.words import LIKELY

_QUOTED_LIMIT = 6


class MarkGrammar(PlainGrammar):
    """Takes in what stands in marks."""

    def brackets(self, at: int) -> int:
        """End of a short bracket or quotation that gives another name, at `at`; `at` itself when there is none."""
        tokens = self.tokens
        if at >= self.size or tokens[at].norm not in CLOSING:
            return at
        closing = CLOSING[tokens[at].norm]
        for end in range(at + 2, min(at + 2 + _QUOTED_LIMIT, self.size)):
            if tokens[end].norm == closing:
                inner = range(at + 1, end)
                latin = all(tokens[i].pos in ("LATIN", "PUNCT", "NUM") for i in inner)
                latin = latin and any(tokens[i].pos != "PUNCT" for i in inner)
                item, item_end, _ = self.item_at(at + 1)
                named = (item is not None and item_end == end) or (
                    len(inner) <= 4 and all(self.name_like(i) >= LIKELY or len(tokens[i].norm) <= 3 for i in inner)
                )
                return end + 1 if latin or named or self._short_name(at, end) else at
            if tokens[end].norm in (".", "،", ":"):
                return at
        return at

    def _short_name(self, at: int, end: int) -> bool:
        """One or two words in round brackets that are no sentence: «(إيرنا)», «(يونيفيل)»."""
        return self.tokens[at].norm == "(" and end - at <= 2 and self.tokens[at + 1].pos not in ("VERB", "NUM")

    def _marked(self, found: Phrase, at: int, depth: int) -> bool:
        """«حركة "فتح"», «صحيفة "نيويورك تايمز" الأميركية», «الإسرائيلي ـ الفلسطيني», «"جيش" الاحتلال»."""
        tokens = self.tokens
        mark = tokens[at].norm
        if mark in ("-", "ـ", "–"):
            adjective, end = self.adjective_at(at + 1)
            if adjective is None or found.last - found.first < 2 or self.adjective_at(at - 1)[0] is None:
                return False
            found.add([adjective.code])
            found.last = end
            return True
        if tokens[at].pos == "LATIN":
            return self._latin(found, at)
        if mark not in CLOSING:
            return False
        opened = found.first and tokens[found.first - 1].norm in CLOSING
        if opened and at == found.first + 1 and CLOSING[tokens[found.first - 1].norm] == mark:
            if at + 1 < self.size and (self.item_at(at + 1)[0] is not None or self.adjective_at(at + 1)[0] is not None):
                found.last = at + 1
                return True
            return False
        end = self.brackets(at)
        if mark == "(" or found.kind not in NAMED:
            person = self.name_like(at + 1) >= LIKELY and not isinstance(self.item_at(at + 1)[0], Entry)
            if end == at or (mark != "(" and person):
                return False
            item, _, _ = self.item_at(at + 1)
            if isinstance(item, Entry) and found.kind in NAMED and not found.codes:
                found.add(item.codes)
            found.last = end
            return True
        return self._quoted_name(found, at, depth)

    def _latin(self, found: Phrase, at: int) -> bool:
        if found.kind not in NAMED or (found.closed and not found.bare):
            return False
        end = at
        while end < self.size and self.tokens[end].pos in ("LATIN", "NUM") and end - at < 4:
            end += 1
        found.name = found.name or (at, end)
        found.last, found.closed, found.definite = end, True, True
        return True

    def _quoted_name(self, found: Phrase, at: int, depth: int) -> bool:
        tokens = self.tokens
        if (found.kind == "body" and found.last - found.first > 2) or found.name is not None:
            return False
        closing = CLOSING[tokens[at].norm]
        for end in range(at + 1, min(at + 2 + _QUOTED_LIMIT, self.size)):
            if tokens[end].norm == closing and end > at + 1:
                found.name = found.name or (at + 1, end)
                inner = self.phrase(at + 1, 2, "")
                if inner is not None and inner.last == end and inner.kind in INSTITUTIONS:
                    found.add(inner.codes)
                    found.kind = "outlet" if inner.kind == "outlet" else found.kind
                found.last, found.closed, found.definite = end + 1, True, True
                return True
            if tokens[end].norm in (".", ":", "!", "?", "؟"):
                return False
        return False
