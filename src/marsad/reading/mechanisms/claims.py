"""How a found mechanism is claimed: sign, claim, modality, holder, believers, antecedents, continuation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from marsad.lexicon.claim_words import Found, WordKind, load_claim_words
from marsad.lexicon.function_words import function_words
from marsad.reading.actors.layer import ActorLayer
from marsad.reading.mechanisms.borders import Range
from marsad.reading.mechanisms.cues import COMMAS, Cue
from marsad.reading.mechanisms.view import DASHES, MARKS, View
from marsad.records import Statement

Sign = Literal[-1, 1]
Claim = Literal["asserts", "denies", "concedes"]
Modality = Literal["asserted", "potential", "necessary", "hypothetical", "purpose"]
_EXPERTS = frozenset(["person", "office", "unnamed"])


@dataclass(frozen=True, slots=True)
class Holding:
    """Who holds a mechanism: the innermost statement around it, or none; believers inside; whether it may continue."""

    statement: Statement | None
    believers: tuple[str, ...] = ()
    continuation: bool = False


class Claims:
    """Answers for one document.  Claim words are looked up once a sentence."""

    def __init__(self, view: View, statements: Sequence[Statement], layer: ActorLayer) -> None:
        self.view = view
        self.statements = statements
        self.layer = layer
        self._words: dict[int, list[Found]] = {}
        self._starts = [token.start for token in view.tokens]
        self._continuing: dict[int, bool] = {}

    def words(self, sentence: int, kind: WordKind) -> list[Found]:
        """Claim words of a kind in a sentence."""
        if sentence not in self._words:
            where = self.view.document.sentences[sentence]
            self._words[sentence] = load_claim_words().find(self.view.document, where.first, where.last)
        return [found for found in self._words[sentence] if found.row.kind == kind]

    def sign(self, cue: Cue, effect: Range) -> Sign:
        """The row's sign, turned by a lowering word that governs the effect."""
        if cue.row.claim == "concedes":
            return -1
        sign = cue.row.sign
        if self.lowered(cue, effect[0]):
            sign = -sign
        return -1 if sign < 0 else 1

    def unlowered(self, side: Range) -> Range:
        """An effect without the lowering noun that it begins with («منع | X»), which the sign counts."""
        view = self.view
        first, last = side
        name = view.lowering[first]
        token = view.tokens[first]
        if last - first > 2 and "absence" in (view.lowering[first + 1], name) and token.pos == "NOUN":
            return (first + 1 if name == "absence" else first + 2), last
        if not name or token.pos != "NOUN" or last - first < 2 or token.enclitic:
            return side
        row = {row.id: row for row in view.data.lowering}[name]
        if token.lemma in row.kept:
            return side
        following = view.tokens[first + 1]
        if view.bare[first + 1] in row.takes:
            return (first + 2, last) if last - first > 2 else side
        if token.definite or following.pos not in ("NOUN", "NAME", "ADJ", "X", "VERB") or view.joined[first + 1]:
            return side
        return first + 1, last

    def lowered(self, cue: Cue, start: int) -> bool:
        """Whether a lowering word directly governs the token («إنهاء X», «الحد من X», «منع Y من X»); a word of the cue
        itself counts in the row's own sign («الهدنة تمنع X»)."""
        view = self.view
        said = range(cue.first, cue.last) if cue.row.sign < 0 else range(0)
        if start == 0 or view.previous(start) is None or (cue.form == "c" and start == cue.first):
            return False
        rows = {row.id: row for row in view.data.lowering}
        one = view.lowering[start - 1]
        if one and start - 1 in said:
            return False
        if one and view.tokens[start - 1].lemma in rows[one].kept and not view.tokens[start].proclitics:
            return one != "avoid"
        if one:
            return not view.tokens[start].proclitics or view.tokens[start].proclitics[-1] in rows[one].takes
        preposition = view.bare[start - 1]
        for back in range(2, 7):
            k = start - back
            if k < 0 or view.tokens[k].sentence != view.tokens[start].sentence or k < cue.first:
                return False
            name = view.lowering[k] if k not in said else ""
            if name and preposition in rows[name].takes:
                return back == 2 or rows[name].over_object
        return False

    def claim(self, cue: Cue, near: Range, far: Range, statement: Statement | None) -> Claim:
        """Asserted, denied or conceded."""
        if cue.row.claim == "concedes":
            return "concedes"
        if self._denied(cue, near) or self._denied_effect(cue, far):
            return "denies"
        if statement is not None and statement.act == "DENY" and not statement.negated:
            return "denies"
        return "asserts"

    def _denied(self, cue: Cue, near: Range) -> bool:
        view, sentence = self.view, self.view.tokens[cue.first].sentence
        denials = [f for f in self.words(sentence, "denial") if self._reaches(f, cue.first)]
        if not denials:
            return False
        last = max(cue.last, near[0]) + 1
        for found in self.words(sentence, "exception"):
            if any(d.first <= found.first for d in denials) and found.last > cue.first and found.first <= last:
                return False
            if found.first <= denials[0].first < found.last and found.last > denials[0].first + 1:
                return False
        return not (denials[0].row.id == "not" and view.bare[denials[0].first] == "غير" and cue.form not in "p")

    def _denied_effect(self, cue: Cue, far: Range) -> bool:
        """Whether a denial governs an effect before the reason for it («لن تشن | هجوما | بسبب X»), stands between the
        far side and the cue («الحرب لن تتوقف بعد X»), or denies that there is a cause («لا يوجد دليل يدفع إلى»)."""
        if far[0] >= cue.first:
            return False
        view, start = self.view, far[0]
        for found in self.words(view.tokens[start].sentence, "denial"):
            if cue.form != "v" and far[1] <= found.first and found.last <= cue.first:
                return not any(view.tokens[k].norm in COMMAS for k in range(found.last, cue.first))
            if found.row.id == "there-is-no" and found.first < start <= found.last + 1:
                return True
            if cue.row.kind not in ("link", "purpose") or cue.form == "v" or found.last > start:
                continue
            between = range(found.last, start)
            if any(view.tokens[k].norm in COMMAS for k in between):
                continue
            if len(between) <= (found.row.reach if found.row.reach > 6 else 0):
                return True
            if len(between) <= 1 and all(view.tokens[k].pos == "VERB" for k in between):
                return True
        return False

    def _reaches(self, found: Found, index: int) -> bool:
        """Whether claim words stand before a token with only their reach of words between."""
        if found.first >= index:
            return False
        between = [k for k in range(found.last, index) if self.view.bare[k] not in function_words("transparent")]
        if any(self.view.tokens[k].norm in COMMAS for k in between):
            return False
        return found.last <= index and len(between) <= found.row.reach

    def modality(self, cue: Cue) -> Modality:
        """The row's modality, or that of words before the cue."""
        if cue.row.modality != "asserted":
            return cue.row.modality
        sentence = self.view.tokens[cue.first].sentence
        if any(self._reaches(found, cue.first) for found in self.words(sentence, "potential")):
            return "potential"
        if any(self._reaches(found, cue.first) for found in self.words(sentence, "necessary")):
            return "necessary"
        return "asserted"

    def holding(self, cue: Cue, near: Range, far: Range) -> Holding:
        """The innermost statement whose content covers the cue and, where one does, both sides."""
        tokens = self.view.tokens
        at = tokens[cue.first].stem_start if cue.form == "c" else tokens[cue.first].start
        first = min(at, tokens[near[0]].stem_start, tokens[far[0]].stem_start)
        last = max(tokens[cue.last - 1].start, tokens[near[1] - 1].start, tokens[far[1] - 1].start)
        statement = self._innermost(first, last) or self._innermost(at, at)
        if statement is not None and statement.act == "RELAY":
            children = [s for s in self.statements if s.parent == statement.id and self._covers(s, first, last)]
            statement = children[0] if children else statement
        believers = self._believers(cue, statement)
        continuing = statement is None and self.continues(tokens[cue.first].sentence)
        return Holding(statement, believers, continuing)

    @staticmethod
    def _covers(statement: Statement, first: int, last: int) -> bool:
        return any(span.start <= first and last < span.end for span in statement.content)

    def _innermost(self, first: int, last: int) -> Statement | None:
        best: Statement | None = None
        size = 0
        for statement in self.statements:
            for span in statement.content:
                if span.start <= first and last < span.end and (best is None or span.end - span.start < size):
                    best, size = statement, span.end - span.start
        return best

    def _believers(self, cue: Cue, statement: Statement | None) -> tuple[str, ...]:
        """Subjects of belief words before the cue in the same sentence, inside the statement, that are no statement."""
        view, tokens = self.view, self.view.tokens
        floor = tokens[view.floor(cue.first)].start
        if statement is not None:
            floor = max(floor, statement.content[0].start)
        cues = {s.cue.start for s in self.statements if s.cue is not None}
        out: list[str] = []
        for found in self.words(tokens[cue.first].sentence, "belief"):
            token = tokens[found.first]
            if found.first < cue.first and token.start >= floor and self._reaches(found, cue.first):
                if token.start in cues or token.stem_start in cues:
                    continue
                name = self._subject(found)
                if name:
                    out.append(name)
        return tuple(dict.fromkeys(out))

    def _subject(self, found: Found) -> str:
        """Name of the actor in the belief words or just before them."""
        mentions = [self.layer.at(k) for k in range(found.first + 1, found.last)]
        mentions += [self.layer.at(k) for k in range(found.first - 1, max(found.first - 4, -1), -1)]
        for mention in mentions:
            if mention is not None and mention.entity >= 0:
                return self.layer.entities[mention.entity].name
        return ""

    def continues(self, sentence: int) -> bool:
        """Whether a sentence outside all statements may go on with the last speaker's argument."""
        if sentence not in self._continuing:
            self._continuing[sentence] = self._continues(sentence)
        return self._continuing[sentence]

    def _continues(self, sentence: int) -> bool:
        document = self.view.document
        here = document.sentences[sentence]
        if sentence == 0 or here.heading:
            return False
        before = document.sentences[sentence - 1]
        held = [
            s for s in self.statements
            if s.speaker.kind in _EXPERTS and any(c.start < before.end and c.end > before.start for c in s.content)
        ]  # fmt: skip
        if not held and not (sentence > 1 and self.continues(sentence - 1)):
            return False
        return here.paragraph == before.paragraph or bool(self.words(sentence, "continuer"))

    def antecedent(self, side: Range) -> Range | None:
        """What a side that is only a pointing word («ذلك», «ما», «من هنا») points back to: the clause before it."""
        view = self.view
        if side[1] - side[0] > 2:
            return None
        sentence = view.tokens[side[0]].sentence
        pointers = self.words(sentence, "pointer")
        if not any(f.first == side[0] and f.last == side[1] for f in pointers):
            return None
        floor, end = view.floor(side[0]), side[0]
        clause = self._clause_before(floor, end)
        if clause is not None:
            return clause
        if sentence == 0:
            return None
        before = view.document.sentences[sentence - 1]
        if before.heading and sentence > 1:
            before = view.document.sentences[sentence - 2]
        return self._trim(self._content_start(before.first, before.last), before.last)

    def _clause_before(self, floor: int, end: int) -> Range | None:
        """The clause before a token in its sentence: up to the last comma, from where it begins."""
        view = self.view
        stop = next((k for k in range(end - 1, floor, -1) if view.tokens[k].norm in COMMAS), -1)
        if stop < 0:
            return None
        opened = ("that", "content", "comma")
        start = next((k for k in range(stop - 1, floor, -1) if view.clause_starts[k].startswith(opened)), floor)
        said = stop - start > 3 or any(self.view.tokens[k].pos == "VERB" for k in range(start, stop))
        return self._trim(start, stop) if said and stop - start >= 2 else None  # not «في المقابل،»

    def _content_start(self, first: int, last: int) -> int:
        opened = [k for k in range(first, last) if self.view.opens[k]]
        if not opened or opened[0] - first > last - opened[0]:  # a phrase quoted at the end is not what is pointed at
            return first
        return opened[0]

    def _trim(self, first: int, last: int) -> Range | None:
        edge = COMMAS | DASHES | MARKS | frozenset(".!؟?…")
        while last > first and self.view.tokens[last - 1].norm in edge:
            last -= 1
        while first < last and self.view.tokens[first].norm in edge:
            first += 1
        return (first, last) if first < last else None

    def token_at(self, offset: int) -> int:
        """Index of the token that begins at or before a character."""
        return max(0, bisect_right(self._starts, offset) - 1)
