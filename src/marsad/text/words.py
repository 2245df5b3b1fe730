"""One written word: its clitics, part of speech, lemma and pattern keys, from the packed lexicon.

Analyses are cached per written form.  What depends on the sentence (verb or noun?) is settled by `text.tagging`; here
stands what is likeliest for the word alone, and all that it may be.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from marsad.text import morphology
from marsad.text.clitics import Cut, best_cut, data_rows, function_word, function_words, given_cut, nominal_bases
from marsad.text.document import Pos
from marsad.text.morphology import ACTIVE_PARTICIPLE, PASSIVE_PARTICIPLE, VERBAL_NOUN, VerbReading
from marsad.text.normalise import bare, fold, fold_with_map

_KINDS = {ACTIVE_PARTICIPLE: "p:", PASSIVE_PARTICIPLE: "q:", VERBAL_NOUN: "m:"}
_PLURALS = ("تين", "تان", "ات", "ين", "ون", "ان")
_DAMMA = "\u064f"
_CACHED = 40_000
"""Analyses kept: about 2 KB each.  More than that are found again too seldom to be worth the memory."""


@dataclass(frozen=True, slots=True)
class Word:
    """Analysis of one written form; offsets are relative to the form.

    `pos` and `lemma` are the likeliest.  `verbs` are all readings as a finite verb; `noun` is the lemma as a noun or
    adjective ("" where it can be none), `derived` the first kind of participle or verbal noun it may be (0: none).
    `keys` are for patterns: those of the nominal reading are `noun_keys`.
    """

    norm: str
    stem: str
    stem_start: int
    stem_end: int
    proclitics: tuple[str, ...]
    definite: bool
    enclitic: str
    pos: Pos
    lemma: str
    verbs: tuple[VerbReading, ...]
    keys: frozenset[str]
    noun: str = ""
    derived: int = 0
    function: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether the word may be a verb and something else."""
        return bool(self.verbs) and (bool(self.noun) or self.function)


def _noun_lemma(stem: str, initial: str, final: str) -> str:
    """Lemma of a noun or adjective stem: from the list, or by taking an ending off.

    `initial` and `final` are the first and last letter as written.
    """
    if final == "ى" and (exact := morphology.noun_lemma(stem[:-1] + "ى", initial)):
        return exact
    kinds = morphology.derivations(stem, initial)
    if any(kind == VERBAL_NOUN for kind, _ in kinds):
        return stem
    known = morphology.noun_lemma(stem, initial)
    bases = nominal_bases(stem)
    for base in bases:
        verbs = {verb for kind, verb in morphology.derivations(base, initial) if kind != VERBAL_NOUN}
        if verbs and (known is None or known in verbs):
            return base  # the list files some participles under their verb
    if known is not None:
        return known
    for base in bases[1:]:
        found = morphology.noun_lemma(base, initial)
        if found is not None:
            return found
    best, most = stem, 2.0
    for ending in _PLURALS:
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            base = stem[: -len(ending)]
            for candidate in (base, base + "ه"):
                if morphology.frequency(candidate) > most:
                    best, most = candidate, morphology.frequency(candidate)
    if best == stem and stem.endswith("ا") and len(stem) >= 4 and morphology.frequency(stem[:-1]) >= 3:
        return stem[:-1]
    return best


@lru_cache(maxsize=1)
def _one_reading() -> dict[str, str]:
    return {fold(row[0]): row[1] for row in data_rows("one-reading.tsv")}


def _function(form: str, word: str, written: str) -> Word | None:
    """Analysis of a closed-class word, maybe after «و» or «ف»; None for other words."""
    entry = function_word(word, written)
    if entry is None and word[:1] in ("و", "ف") and len(word) > 2 and not given_cut(word, written):
        inner = function_word(word[1:], written[1:])
        if inner is not None and not (inner[1] and inner[1][0] in "وف"):
            entry = (inner[0], (word[0], *inner[1]), *inner[2:])
    if entry is None:
        return None
    pos, proclitics, stem, enclitic, lemma = entry
    folded = fold_with_map(form)
    length = sum(map(len, proclitics))
    keys = {stem, word, word[length:]}
    start, end = folded.original(length, len(word) - len(enclitic))
    definite = word[length:].startswith("ال") and not stem.startswith("ال")
    if definite:
        start = folded.original(length + 2, len(word))[0]
    verbs: tuple[VerbReading, ...] = ()
    noun = ""
    if pos == "VERB":
        keys.add("v:" + lemma)
    elif pos in ("NOUN", "NUM"):
        keys.add("n:" + lemma)
        noun = lemma
    elif pos == "ADP" and not enclitic and not definite and not proclitics[1:]:
        verbs = tuple(morphology.verb_readings(stem))  # «بين», «عبر», «قبل»: prepositions unless the tagger objects
    return Word(
        word, stem, start, end, proclitics, definite, enclitic, pos, lemma, verbs, frozenset(keys), noun, 0, True
    )  # fmt: skip


def _analyse(form: str) -> Word:
    folded = fold_with_map(form)
    word = folded.text
    written = bare(form)
    if len(written) != len(word):
        written = word
    closed = _function(form, word, written)
    if closed is not None:
        return closed
    pos: Pos = "NOUN"
    if not word:  # a sign of marks only, such as «ﳲ»
        return Word(form, form, 0, len(form), (), False, "", "X", form, (), frozenset((form,)))
    if len(word) == 1:
        pos = "CONJ" if word in "وف" else "ADP" if word in "بلك" else "X"
        return Word(word, word, 0, len(form), (), False, "", pos, word, (), frozenset((word,)))
    cut = best_cut(word, written)
    start, end = folded.original(cut.prefix, len(word) - cut.suffix)
    keys = {cut.stem, word}
    if cut.definite:
        keys.add("ال" + cut.stem)
    if not cut.enclitic:
        keys.add(word[cut.prefix :])
    only = _one_reading().get(cut.stem, "")
    verbs: tuple[VerbReading, ...] = ()
    if cut.verbal and not cut.definite and only != "NOUN" and written[cut.prefix] != "إ":
        verbs = _fitting_verbs(form[start:end], cut)
        keys.update("v:" + reading.lemma for reading in verbs)
    noun, derived, lemma = "", 0, cut.stem
    if cut.nominal and "س" not in cut.proclitics:
        initial = written[cut.prefix]
        lemma = _noun_lemma(cut.stem, initial, written[-1])
        if not verbs or not (only == "VERB" or _only_verb(cut.stem, verbs[0].rate)):
            noun = lemma
            for base in nominal_bases(cut.stem):
                for kind, verb in morphology.derivations(base, initial):
                    keys.add(_KINDS[kind] + verb)
                    derived = derived or kind
            keys.add("n:" + lemma)
    if verbs and (not noun or not _rather_noun(cut, verbs[0].rate)):
        pos, lemma = "VERB", verbs[0].lemma
    elif not verbs and not cut.definite and cut.stem in function_words():
        pos = function_words()[cut.stem][0]
    elif derived in (ACTIVE_PARTICIPLE, PASSIVE_PARTICIPLE):
        pos = "ADJ"
    return Word(
        word, cut.stem, start, end, cut.proclitics, cut.definite, cut.enclitic, pos, lemma, verbs, frozenset(keys),
        noun, derived,
    )  # fmt: skip


def _only_verb(stem: str, rate: float) -> bool:
    """Whether nearly all uses of the word are as a verb."""
    frequency = morphology.frequency(stem)
    return rate > frequency - 0.6 and morphology.frequency("ال" + stem) < frequency - 2.5


def _rather_noun(cut: Cut, rate: float) -> bool:
    """Whether a word that can be both is a noun where nothing else is known.

    Nouns are written with the article, and oftener than the verb's other forms let expect.
    """
    if any(proclitic in "بك" for proclitic in cut.proclitics):
        return True
    frequency, with_article = morphology.frequency(cut.stem), morphology.frequency("ال" + cut.stem)
    return with_article > frequency - 0.3 or (with_article > frequency - 1.8 and rate < frequency - 0.35)


def _fitting_verbs(written: str, cut: Cut) -> tuple[VerbReading, ...]:
    """Verb readings in agreement with the written hamza, vowel marks, «س» and «ل»."""
    readings = morphology.verb_readings(cut.stem)
    if cut.proclitics and cut.proclitics[-1] in "سل":
        readings = [r for r in readings if r.tense == "present"]
    letters = bare(written)
    if len(readings) > 1 and letters:
        if letters[0] in "أإآ":
            readings = [r for r in readings if r.hamza] or readings
        if letters[-1] == "ى":
            readings = [r for r in readings if r.maqsura] or readings
        if _DAMMA in written[1:4]:
            readings = [r for r in readings if _may_be_passive(r)] or readings
    return tuple(readings)


def _may_be_passive(reading: VerbReading) -> bool:
    """Whether a ُ on one of the first letters leaves this reading: «قُتل», «يُعتقد», but also «يُعلن» (active)."""
    if reading.voice == "passive":
        return True
    return reading.tense == "present" and len(reading.lemma) <= 4 and reading.lemma[0] != "ت"


analyse_word = lru_cache(maxsize=_CACHED)(_analyse)
"""Analysis of one written Arabic word; cached."""
