"""What a preposition or participle ties to the head of a phrase: «باسم», «في», «ل», «إلى», «التابع ل», «صادر عن»."""

from __future__ import annotations

from marsad.reading.actors.marks import MarkGrammar
from marsad.reading.actors.names import CLOSING, Phrase
from marsad.reading.actors.plain import COUNTRIES, INSTITUTIONS
from marsad.reading.actors.words import LIKELY


class PrepositionGrammar(MarkGrammar):
    """Takes in prepositional complements."""

    def _after_preposition(self, found: Phrase, at: int, depth: int, owner: bool) -> bool:
        inner = self.phrase(at, depth + 1, "")
        if inner is not None and inner.kind != "adjective":
            if owner:
                self.absorb(found, inner)
            else:
                self._target(found, inner)
            found.definite = found.definite or owner
            return True
        end = self.plain_run(at)
        if end > at:
            found.last, found.closed = end, True
            return True
        return False

    def _preposition(self, found: Phrase, at: int, depth: int) -> bool:
        norm = self.tokens[at].norm
        if norm == "في":
            return self._in(found, at + 1, depth)
        owned = found.flags & {"of", "to"} or found.kind == "document" or self.tokens[at - 1].norm in self.titled
        if norm == "ل" and owned:
            return self._marked_owner(found, at + 1, depth)
        if norm in ("الي", "لدي") and "to" in found.flags:
            return self._envoy(found, at + 1, depth)
        if norm == "علي" and found.flags & {"over"}:
            return self._after_preposition(found, at + 1, depth, owner=not found.codes)
        if norm == "من" and found.kind in ("unnamed", "people", "expert", "group") and not found.definite:
            inner = self.phrase(at + 1, depth + 1, "")
            if inner is not None and inner.kind in (*INSTITUTIONS, "state", "place"):
                self._target(found, inner)
                return True
        return False

    def _marked_owner(self, found: Phrase, at: int, depth: int) -> bool:
        """«الأمين العام لـ"حزب الله"»: an owner in marks after a separate «لـ»."""
        if at + 1 >= self.size or self.tokens[at].norm not in CLOSING:
            return False
        inner = self.phrase(at + 1, depth + 1, "")
        if inner is None or inner.kind not in (*INSTITUTIONS, "state"):
            return False
        if inner.last >= self.size or self.tokens[inner.last].norm not in CLOSING.values():
            return False
        self.absorb(found, inner)
        found.last = inner.last + 1
        found.definite = True
        return True

    def _envoy(self, found: Phrase, at: int, depth: int) -> bool:
        """«إلى اليمن», «لدى الأمم المتحدة», «إلى الشرق الأوسط»: where an envoy is sent."""
        inner = self.phrase(at, depth + 1, "")
        if inner is None:
            end = self.plain_run(at)
            if end == at:
                return False
            found.last, found.closed = end, True
            return True
        if inner.kind in ("person", "office", "unnamed", "adjective"):
            return False
        self._target(found, inner)
        self._more_targets(found, depth)
        return True

    def _in(self, found: Phrase, at: int, depth: int) -> bool:
        """«في …»: an institution, a place or a field of expertise; never a time or an event."""
        if at >= self.size:
            return False
        flags = found.flags
        inner = self.phrase(at, depth + 1, "")
        country = inner is not None and (inner.kind in COUNTRIES or "state" in inner.flags)
        shared = inner is not None and bool(inner.flags & {"both", "country"})
        if inner is not None and (country or shared) and found.kind == "body" and not found.codes:
            self.absorb(found, inner)
            return True
        if inner is not None and inner.kind in (*INSTITUTIONS, *COUNTRIES):
            if found.kind == "outlet" or (found.kind in ("group", "people", "document") and found.codes):
                return False
            if found.kind == "body" and found.codes and "in" not in flags:
                return False
            if "in" not in flags and (found.kind not in ("body", "unnamed", "expert") or inner.kind in INSTITUTIONS):
                return False
            if "in" not in flags and inner.kind == "place" and not inner.codes:
                return False
            if found.kind == "office" and found.codes and inner.kind in COUNTRIES and not flags & {"to", "press"}:
                bodies = any(part.kind == "body" for part in found.parts)
                if inner.kind == "capital" or not bodies or ("gov" in flags and not found.parts[0].bare):
                    return False
            self._target(found, inner)
            return True
        if found.kind == "expert" or (found.kind == "unnamed" and not found.definite and "in" in flags):
            topical = self.tokens[at].norm in self.topics or self.name_like(at) >= LIKELY
            if found.kind == "unnamed" and not self._local(at):
                return False
            end = self.plain_run(at)
            if end > at and (topical or self.definite[end - 1]):
                found.last, found.closed = end, True
                return True
        if "in" in flags and found.kind == "office" and self.tokens[at].norm in self.topics:
            end = self.plain_run(at)
            if end > at:
                found.last, found.closed = end, True
                return True
        return False

    def _local(self, at: int) -> bool:
        """Whether a plain noun phrase after «في» may be a place or body rather than a time or an event."""
        return self.name_like(at) >= LIKELY

    def _for(self, found: Phrase, at: int, depth: int) -> bool:
        """«ل…»: owner of an office, body or document; where an envoy goes."""
        flags = found.flags
        titled = self.tokens[at - 1].norm in self.titled
        if found.kind not in ("office", "body", "group", "outlet", "expert", "document", "person"):
            return False
        inner = self.phrase(at, depth + 1, "ل")
        unit = inner is not None and inner.kind in ("body", "place") and self.tokens[at].stem in self.units
        if found.kind == "office" and not titled and not unit and not flags & {"of", "to"}:
            return False
        if inner is not None:
            return self._owner(found, inner, flags, titled, depth)
        token = self.tokens[at]
        own = "own" in flags or titled
        if token.pos in ("NOUN", "ADJ") and (own or "of" in flags or found.kind == "group"):
            if found.kind == "outlet" and not titled and not token.norm.startswith("لل"):
                return False
            if token.stem in ("شوون", "شان", "حقوق") or token.definite or found.kind in ("body", "group"):
                end = self.plain_run(at, first_any=True)
                if end > at:
                    found.last, found.closed = end, True
                    return True
        return False

    def _owner(
        self, found: Phrase, inner: Phrase, flags: frozenset[str], titled: bool, depth: int
    ) -> bool:  # fmt: skip
        people = ("office", "expert", "honorific", "unnamed", "people", "person", "collective")
        if found.kind == "document":
            if inner.kind in ("people", "adjective", "unnamed", "collective", "document") or found.definite:
                return False
            self.absorb(found, inner)
            return True
        if inner.kind in people or inner.kind in ("outlet", "document", "adjective"):
            outlet = inner.kind == "outlet" and found.flags & {"press"}
            deputy = inner.kind == "office" and "of" in flags and titled
            if not outlet and not deputy:
                return False
        if "to" in flags and (found.codes or inner.kind in COUNTRIES):
            self._target(found, inner)
            self._more_targets(found, depth)
            return True
        if "gov" in flags and not found.codes and inner.kind == "state":
            self.absorb(found, inner)
            return True
        foreign = "own" not in flags or (found.codes and inner.kind in COUNTRIES)
        if foreign and found.kind in ("body", "group", "outlet") and not titled:
            return False
        self.absorb(found, inner)
        return True

    def _by(self, found: Phrase, at: int, depth: int) -> bool:
        """«بالوزارة», «بمجلس الشيوخ»: the institution of an office, an official or a source."""
        if found.kind not in ("office", "unnamed", "expert") or "in" not in found.flags:
            return False
        inner = self.phrase(at, depth + 1, "ب")
        if inner is None or inner.kind not in (*INSTITUTIONS, *COUNTRIES):
            return False
        self._target(found, inner)
        return True

    def _issued(self, found: Phrase, at: int, depth: int) -> bool:
        """«بيان صادر عن …», «لجنة تابعة للأمم المتحدة», «انفصاليون موالون لروسيا», «مسؤول مقرب من …»."""
        for ahead, proclitics in ((at + 1, "ل"), (at + 1, "ب"), (at + 2, "")):
            if ahead >= self.size or (ahead == at + 2 and self.tokens[at + 1].norm not in ("عن", "من")):
                continue
            inner = self.phrase(ahead, depth + 1, proclitics)
            if inner is not None and inner.kind != "adjective":
                if self.tokens[at].norm.startswith(("صاد", "صدر", "تابع")):
                    self.absorb(found, inner)
                else:
                    self._around(found, inner)
                found.closed = True
                return True
            if ahead == at + 2 and inner is None:
                end = self.plain_run(ahead)
                if end > ahead:
                    found.last, found.closed = end, True
                    return True
        return False

    def _published(self, found: Phrase, at: int, depth: int) -> bool:
        """«تقرير نشرته صحيفة …»: the publisher of a document."""
        inner = self.phrase(at + 1, depth + 1, "")
        if inner is None or inner.kind not in (*INSTITUTIONS, "state", "office", "capital"):
            return False
        self.absorb(found, inner)
        return True

    def _relative(self, found: Phrase, at: int, depth: int) -> bool:
        """«التابع للأمم المتحدة», «المكلف بالشؤون الإفريقية»: a participle and its complement."""
        if at + 1 >= self.size:
            return False
        follower = self.tokens[at + 1]
        owner = self.tokens[at].norm in self.words.lexicon.words["belonging"]
        for proclitic in ("ل", "ب"):
            inner = self.phrase(at + 1, depth + 1, proclitic)
            if inner is not None:
                if owner and not (found.kind == "outlet" and found.codes):
                    self.absorb(found, inner)
                else:
                    self._target(found, inner) if found.codes else self._around(found, inner)
                return True
            if follower.proclitics == (proclitic,) and follower.pos in ("NOUN", "ADJ"):
                found.last = max(self.plain_run(at + 1, first_any=True), at + 2)
                return True
        if follower.norm in ("في", "علي", "عن", "من", "الي") and at + 2 < self.size:
            inner = self.phrase(at + 2, depth + 1, "")
            end = inner.last if inner is not None else self.plain_run(at + 2)
            if end > at + 2:
                found.last = end
                return True
        found.last = at + 1
        return True
