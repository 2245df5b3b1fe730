"""Verbal frames: a reporting verb, participle or verbal noun, and each way to read what stands around it.

`statements.subjects` looks to the left of the cue, `statements.walk` to the right.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from marsad.lexicon.cues import CueRow, Cues, load_cues
from marsad.reading.statements.frame import Frame, word_start
from marsad.reading.statements.subjects import SubjectFinder
from marsad.reading.statements.view import View
from marsad.reading.statements.walk import Walker
from marsad.reading.statements.words import NOTHING, CueWord, after_subject
from marsad.text.document import Token

_MODES = ("strict", "loose", "elided", "late")


@lru_cache(maxsize=2_000)
def _rows(lemmas: tuple[str, ...]) -> tuple[CueRow, ...]:
    by_lemma = load_cues().by_lemma
    found: list[CueRow] = []
    for lemma in lemmas:
        found += [row for row in by_lemma[lemma] if row not in found]
    return tuple(found)


class Scanner:
    """Finds the frames of one document."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.tokens = view.document.tokens
        self.cues: Cues = load_cues()
        self.negators = self.cues.context["negators"]
        self.subjects = SubjectFinder(view)
        self.walker = Walker(view)

    def frames(self) -> Iterator[Frame]:
        """All verbal frames in text order: finite verbs, participles, verbal nouns."""
        view = self.view
        for token, word in zip(self.tokens, view.words, strict=True):
            index = token.index
            if word is NOTHING and (not index or view.mention_ending(index) is None):
                continue
            if not view.blocked(index):
                yield from self._frames_at(token, word)

    def _frames_at(self, token: Token, word: CueWord) -> Iterator[Frame]:
        """The frames of one cue: each row that fits, with the complement of a strict and of a loose reading."""
        if not word.verbs and not word.participles and self.view.mention_ending(token.index) is not None:
            verbal = after_subject(token)
            if verbal is not NOTHING:
                word = replace(verbal, nouns=word.nouns)
        if word is NOTHING:
            return
        if word.doubtful and not word.joined and token.index != self.view.floor(token.index):
            return
        readings: list[tuple[Literal["verb", "participle", "noun"], tuple[str, ...]]] = []
        finite = bool(word.verbs) and not token.definite
        after_verb = token.index > 0 and self.tokens[token.index - 1].pos == "VERB"
        dual = token.norm[-1] == "ا" and token.number == "d" and bool(word.participles)
        if finite and not dual and (token.pos == "VERB" or word.reading or not word.participles):
            if token.pos == "VERB" or not after_verb:
                readings.append(("verb", word.verbs))
        elif word.participles and not token.definite and self._accusative(token):
            readings.append(("participle", word.participles))
        elif finite and not dual and not after_verb:
            readings.append(("verb", word.verbs))
        if word.nouns and token.pos != "VERB":
            readings.append(("noun", word.nouns))
        seen: set[tuple[int, str, object]] = set()
        for how, lemmas in readings:
            for row in _rows(lemmas):
                for mode in _MODES if how == "verb" and row.addressee == "object" else _MODES[:2]:
                    frame = self._try(token.index, row, how, word, mode)
                    key = (frame.first, row.act, frame.subject if row.addressee else None) if frame else None
                    if frame is not None and key is not None and key not in seen:
                        seen.add(key)
                        yield frame

    def _accusative(self, token: Token) -> bool:
        """An indefinite participle in the accusative, as far as the letters show: «مضيفا»، «مشيرة»، «مؤكدين»."""
        if token.index and self.tokens[token.index - 1].stem in ("ليس", "كان", "غير", "يكون", "تكون", "ما"):
            return False
        if token.enclitic or (token.proclitics and token.proclitics[-1] not in "وف"):
            return False
        return token.norm[-1] in "اه" or token.norm.endswith(("ين", "ات")) or token.form[-1] in "ًٍ"

    # -- one cue with one row -------------------------------------------------------------------------------

    def _try(
        self, i: int, row: CueRow, how: Literal["verb", "participle", "noun"], word: CueWord, mode: str
    ) -> Frame | None:
        token = self.tokens[i]
        if word.reading and token.person == "1" and self.view.quoted(i):
            word = replace(word, reading=None)  # somebody speaks of himself
        person = word.reading.person if word.reading else token.person
        if how == "verb" and (person == "2" or token.tense == "imperative"):
            return None
        if how == "verb" and person == "1" and not self.view.quoted(i):
            return None
        frame = Frame(row.id, row.act, how, i, token.stem_start, token.end, "that", -1, -1, token.sentence, row=row)
        frame.cue_start = word_start(self.view.document.text, token)
        if word.reading and word.joined and not token.proclitics:
            frame.cue_start += 1
        frame.word = word
        frame.tense = word.reading.tense if word.reading else token.tense
        frame.gender = word.reading.gender if word.reading else token.gender
        frame.number = word.reading.number if word.reading else token.number
        frame.takes = row.takes
        frame.negated = how == "verb" and i > 0 and self.tokens[i - 1].stem in self.negators
        if row.object == "negated" and not frame.negated:
            frame.takes = tuple(t for t in row.takes if t != "object")
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        wherein = how == "verb" and after is not None and after.norm in self.cues.context["wherein"]
        if wherein:
            frame.clause, frame.joined = i, word.joined  # «بيانا أشار فيه إلى أن»: what stands before does not speak
        else:
            self.subjects.find(frame)
        if row.relative and frame.side != "relative":
            return None
        frame.loose, frame.elided = mode in ("loose", "late"), mode == "elided"
        if (frame.elided and frame.side != "none") or (mode == "late" and "that" in row.takes):
            return None
        if not (self.walker.loose(frame, mode == "late") if frame.loose else self.walker.scan(frame)):
            return None
        if frame.side == "relative" and row.addressee is None and frame.complement != "object":
            mention = self.view.mention_at(i + 1)
            if mention is not None and mention.last <= frame.first and self.view.agrees(frame.gender, mention):
                frame.subject, frame.side = (mention.first, mention.last), "after"
        if wherein and frame.subject is None:
            frame.side = "relative"
        if row.needs == "addressee" and frame.addressee is None and not word.enclitic and frame.complement == "prep":
            return None
        if row.document and frame.subject is None:
            return None
        return frame
