"""Which cue a written word may be: the text layer's keys, and what is left of the word without its clitics.

Reporting verbs are so frequent that a missed reading costs a statement («وأكد» is و + أكد, «وصفته» is وصف + ه), so
this layer also tries the cuts that the text layer did not choose.  Cached per written form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from marsad.lexicon.cues import load_cues
from marsad.text.document import Token
from marsad.text.morphology import ACTIVE_PARTICIPLE, VERBAL_NOUN, VerbReading, derivations, verb_readings

_PRONOUNS = ("هما", "هم", "ها", "ني", "نا", "ه")
_ENDINGS = ("", "ا", "ه", "ين", "ات")


@dataclass(frozen=True, slots=True)
class CueWord:
    """Cue lemmas of a word by kind; `reading` is the verb reading where the text layer has none."""

    verbs: tuple[str, ...] = ()
    participles: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    reading: VerbReading | None = None
    joined: bool = False
    """The word begins with the conjunction و or ف."""
    enclitic: str = ""
    doubtful: bool = False
    """The word is more often something else; it is a cue only at the start of a clause."""


NOTHING = CueWord()


def cue_word(token: Token) -> CueWord:
    """What cue the token may be."""
    if len(token.norm) < 2 or token.pos in ("PUNCT", "NUM", "LATIN"):
        return NOTHING
    return _cue_word(
        token.norm, token.stem, token.keys, token.lemma, token.pos, token.person, token.proclitics, token.enclitic
    )


def after_subject(token: Token) -> CueWord:
    """What finite cue a word may be that the text layer reads as a noun, where an actor stands right before it."""
    if token.pos not in ("NOUN", "ADJ", "X", "NAME") or token.definite or token.proclitics or token.enclitic:
        return NOTHING
    return _after_subject(token.norm)


@lru_cache(maxsize=20_000)
def _after_subject(norm: str) -> CueWord:
    if norm in load_cues().context["homographs"]:
        return NOTHING
    by_lemma = load_cues().by_lemma
    for reading in verb_readings(norm):
        if reading.lemma in by_lemma and reading.person == "3" and reading.voice == "active":
            return CueWord((reading.lemma,), reading=reading)
    return NOTHING


@lru_cache(maxsize=40_000)
def _cue_word(
    norm: str,
    stem: str,
    keys: frozenset[str],
    lemma: str,
    pos: str,
    person: str,
    proclitics: tuple[str, ...],
    enclitic: str,
) -> CueWord:
    cues = load_cues().by_lemma
    homographs = load_cues().context["homographs"]
    bare = norm[1:] if norm[0] in "وف" and len(norm) > 3 else norm
    if norm in homographs or bare in homographs:
        return NOTHING
    form = load_cues().by_form.get(bare)
    if form is not None and pos != "VERB":
        return CueWord((form,), joined=bare != norm, doubtful=True)
    verbs = [k[2:] for k in sorted(keys) if k[:2] == "v:" and k[2:] in cues]
    participles = [k[2:] for k in sorted(keys) if k[:2] == "p:" and k[2:] in cues]
    nouns = [k[2:] for k in sorted(keys) if k[:2] == "m:" and k[2:] in cues]
    joined = bool(proclitics) and proclitics[0] in "وف"
    if lemma in verbs and person != "1":
        return CueWord((lemma,), tuple(participles), tuple(nouns), None, joined, enclitic)
    reading: VerbReading | None = None
    if verbs:
        # the likeliest reading is not the cue, or is a first person («وأبلغ»): take the cue's own third person
        readings = [r for r in verb_readings(stem) if r.lemma in verbs and r.person == "3" and r.voice == "active"]
        if readings:
            reading = next((r for r in readings if r.lemma == lemma), readings[0])
            verbs = [reading.lemma]
    if not verbs and not (pos == "NAME" or norm.startswith("ال")):
        found = _other_cut(norm, cues)
        if found is not None:
            reading, enclitic, joined = found
            verbs = [reading.lemma]
    if not participles:
        participles = _participles(bare, cues)
    if not (verbs or participles or nouns):
        return NOTHING
    return CueWord(tuple(verbs), tuple(participles), tuple(nouns), reading, joined, enclitic)


def _other_cut(norm: str, cues: Mapping[str, object]) -> tuple[VerbReading, str, bool] | None:
    """A finite form of a cue that remains when و, ف, س and an object pronoun are taken off."""
    starts = [(norm, False)]
    if norm[0] in "وف" and len(norm) > 3:
        starts.insert(0, (norm[1:], True))
    for stem, joined in starts:
        for pronoun in ("", *_PRONOUNS):
            if pronoun and not (stem.endswith(pronoun) and len(stem) - len(pronoun) >= 3):
                continue
            base = stem[: len(stem) - len(pronoun)] if pronoun else stem
            if not pronoun and not joined:
                continue
            bases = (base, base[:-1] + "ي") if pronoun and base.endswith("ا") else (base,)
            for form in bases:
                for reading in verb_readings(form):
                    if reading.lemma in cues and reading.person == "3" and reading.voice == "active":
                        return reading, pronoun, joined
    return None


def _participles(bare: str, cues: Mapping[str, object]) -> list[str]:
    out: list[str] = []
    if bare[:1] not in ("م", "ق", "ز", "ن", "ل", "د", "ر", "ا", "ح", "ط", "ك", "ش", "س", "خ", "و"):
        return out
    for ending in _ENDINGS[1:]:
        if bare.endswith(ending) and len(bare) - len(ending) >= 3:
            for kind, verb in derivations(bare[: len(bare) - len(ending)]):
                if kind == ACTIVE_PARTICIPLE and verb in cues and verb not in out:
                    out.append(verb)
    return out


def is_masdar(word: str) -> bool:
    """Whether a folded word without clitics can be a verbal noun."""
    return any(kind == VERBAL_NOUN for kind, _ in derivations(word))
