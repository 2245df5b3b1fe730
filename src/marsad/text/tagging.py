"""Verb, noun or adjective: part of speech in context by a small CRF over what the lexicon says of each word.

The model (data/tagger.crfsuite, made by `scripts/train_tagger.py`) labels every word of a sentence as VERB, NOUN, ADJ
or OTHER.  It is asked only about stretches around words that may be several of these; closed-class words, numbers and
marks are known.  Features are strings made once per written form, and joined with those of the neighbours.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

import pycrfsuite

from marsad.errors import DataError
from marsad.text import morphology
from marsad.text.clitics import data_rows
from marsad.text.document import Sentence, Token
from marsad.text.morphology import ACTIVE_PARTICIPLE, PASSIVE_PARTICIPLE
from marsad.text.normalise import fold
from marsad.text.words import analyse_word

_MODEL = "tagger.crfsuite"
_REACH = 3
"""Words on either side of an uncertain word that are shown to the model."""
_SUFFIXES = ("تين", "تان", "ات", "ين", "ون", "ان", "وا", "ه", "ا", "ي", "ت", "ن")
_PRESENT_ONLY = frozenset(("لم", "لن", "كي", "لكي", "سوف"))
_PREPOSITIONS = frozenset(("في", "الي", "علي", "عن", "مع", "خلال", "بعد", "منذ", "ضد", "لدي"))
_DAMMA = "\u064f"
_MARKS = frozenset('.,،؛:؟!"«»“”()-–/…')
_SURE = 0.97
"""From this probability the keys of the other readings are dropped."""


@lru_cache(maxsize=60_000)
def describe(form: str) -> tuple[str, tuple[str, ...]]:
    """(short class, features) of a written word on its own."""
    word = analyse_word(form)
    if word.function:
        short = "F:" + word.stem + ("+" if word.enclitic else "")
        features = [short, "pos=" + word.pos]
        if word.verbs:
            features.append("maybe=" + word.verbs[0].tense)
        return short, tuple(features)
    features = []
    outer = "".join(word.proclitics)
    frequency = morphology.frequency(word.stem)
    if word.verbs:
        first = word.verbs[0]
        reading = first.tense + first.person + first.gender + first.number
        features += ["v=" + reading, "tense=" + first.tense, f"rate={_bucket(first.rate - frequency)}"]
    if word.noun:
        features.append(f"n={word.derived}")
        if not word.definite:
            article = morphology.frequency("ال" + word.stem)
            features.append(f"al={_bucket(article - frequency) if article else 'no'}")
    ending = next((suffix for suffix in _SUFFIXES if word.stem.endswith(suffix)), "-")
    features.append("end=" + ending)
    if word.noun.endswith("ي") and ending in ("ي", "ه", "ا", "ين", "ون"):
        features.append("nisba")
    features.append(f"len={min(len(word.stem), 6)}")
    if form[-1] == "ى":
        features.append("maqsura" if any(verb.maqsura for verb in word.verbs) else "alif")
    initial = form[word.stem_start]
    if initial in "أإآا":
        features.append("initial=" + initial)
    if outer:
        features.append("pro=" + outer)
    features.append("def" if word.definite else "enc=" + word.enclitic if word.enclitic else "bare")
    can = ("V" if word.verbs else "") + ("N" if word.noun or not word.verbs else "") + (str(word.derived or ""))
    short = f"{can}{'d' if word.definite else 'e' if word.enclitic else ''}{ending}"
    features.append("can=" + can)
    features.append(f"shape={can}|{ending}|{'d' if word.definite else ''}|{outer}")
    return short, tuple(features)


def _bucket(difference: float) -> int:
    return max(-4, min(2, round(2 * difference)))


def describe_token(token: Token) -> tuple[str, tuple[str, ...]]:
    """As `describe`, for any token; names and what is no Arabic word have their own classes."""
    if token.pos in ("PUNCT", "LATIN", "X") or (token.pos == "NUM" and token.form[0].isdigit()):
        short = token.norm if token.norm in _MARKS else token.pos
        return short, (short, "pos=" + token.pos)
    if token.pos == "NAME":
        return "NAME", ("NAME", "pos=NAME")
    return describe(token.form)


def sequence(tokens: list[Token]) -> list[list[str]]:
    """The features of a stretch of tokens, those of the neighbours included."""
    described = [describe_token(token) for token in tokens]
    shorts = ["^", "^", *(short for short, _ in described), "$", "$"]
    out: list[list[str]] = []
    for index, (_, own) in enumerate(described):
        before2, before, after, after2 = shorts[index], shorts[index + 1], shorts[index + 3], shorts[index + 4]
        short = shorts[index + 2]
        out.append(
            [
                *own,
                "-1=" + before,
                "+1=" + after,
                "-2=" + before2,
                "+2=" + after2,
                "-1,0=" + before + "," + short,
                "0,+1=" + short + "," + after,
                "-1,0,+1=" + before + "," + short[:2] + "," + after,
            ]
        )
    return out


def label_of(pos: str) -> str:
    """The model's label for a part of speech."""
    return pos if pos in ("VERB", "NOUN", "ADJ") else "OTHER"


@lru_cache(maxsize=1)
def _tagger() -> Any:
    path = files("marsad.text") / "data" / _MODEL
    tagger = pycrfsuite.Tagger()
    try:
        tagger.open(str(path))
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: missing or damaged; run scripts/train_tagger.py") from error
    return tagger


def _uncertain(token: Token) -> bool:
    return token.pos in ("VERB", "NOUN", "ADJ", "ADP") and analyse_word(token.form).ambiguous


def _forced(tokens: list[Token], index: int, first: int) -> str:
    """The label that the word before leaves no choice about, or ""."""
    token = tokens[index]
    before = tokens[index - 1]
    if _DAMMA in token.form and (index == first or before.pos not in ("ADP", "NOUN", "ADJ")):
        verb = analyse_word(token.form).verbs[0]
        if verb.voice == "passive" and verb.tense == "past":
            return "VERB"  # «قُتل»
    if index == first or token.proclitics:
        return ""
    if before.enclitic:
        return ""
    if before.stem in _PRESENT_ONLY and before.pos in ("PART", "CONJ"):
        return "VERB" if any(verb.tense == "present" for verb in analyse_word(token.form).verbs) else ""
    if before.pos == "ADP" and before.stem in _PREPOSITIONS and (before.form[-1] != "ي" or before.stem == "في"):
        return "NOUN" if analyse_word(token.form).noun else ""
    return ""


def tag(tokens: list[Token], sentences: list[Sentence]) -> None:
    """Set part of speech, lemma, verb features and keys of the words that may be verbs and something else."""
    for sentence in sentences:
        uncertain = [index for index in range(sentence.first, sentence.last) if _uncertain(tokens[index])]
        at = 0
        while at < len(uncertain):
            start = max(sentence.first, uncertain[at] - _REACH)
            stop = uncertain[at] + _REACH + 1
            group = [uncertain[at]]
            at += 1
            while at < len(uncertain) and uncertain[at] - _REACH <= stop:
                stop = uncertain[at] + _REACH + 1
                group.append(uncertain[at])
                at += 1
            stretch = tokens[start : min(stop, sentence.last)]
            tagger = _tagger()
            labels = tagger.tag(pycrfsuite.ItemSequence(sequence(stretch)))
            for index in group:
                label = cast(str, labels[index - start])
                forced = _forced(tokens, index, sentence.first)
                if forced:
                    settle(tokens[index], forced, 1.0)
                else:
                    settle(tokens[index], label, tagger.marginal(label, index - start))
    tell_adjectives(tokens)
    choose_readings(tokens)


@lru_cache(maxsize=1)
def _adjectives() -> frozenset[str]:
    return frozenset(fold(row[0]) for row in data_rows("adjectives.tsv"))


@lru_cache(maxsize=60_000)
def may_be_adjective(form: str) -> bool:
    """Whether the word can be an adjective: a participle, a word in ي, or a row of data/adjectives.tsv."""
    word = analyse_word(form)
    lemma = word.noun or word.lemma
    return word.derived in (ACTIVE_PARTICIPLE, PASSIVE_PARTICIPLE) or lemma.endswith("ي") or lemma in _adjectives()


def tell_adjectives(tokens: list[Token]) -> None:
    """Set ADJ or NOUN: an adjective agrees with the noun before it, both with or both without the article.

    A participle in the accusative that follows no noun («مؤكدا أن») is one too.
    """
    before = ""  # what the nominal before is: "d" definite, "i" indefinite, "" no nominal
    for token in tokens:
        pos = token.pos
        if pos in ("NOUN", "ADJ"):
            definite = token.definite or bool(token.enclitic)
            free = not token.enclitic and not token.proclitics
            agrees = token.definite if before == "d" else before == "i" and not definite
            adjective = free and (
                (agrees and may_be_adjective(token.form))
                or (not before and token.stem[-1] == "ا" and analyse_word(token.form).derived == ACTIVE_PARTICIPLE)
            )
            token.pos = "ADJ" if adjective else "NOUN"
            before = "d" if definite else "i"
        elif pos == "NAME":
            before = "d"
        elif pos == "NUM" and before:
            continue
        else:
            before = ""


def choose_readings(tokens: list[Token]) -> None:
    """Where a verb has several readings («تحقق»: she checks, it came true), take the one that its context allows.

    After a particle that governs the present it is present; a following noun, else the one before, tells the gender;
    news speaks in the third person.
    """
    count = len(tokens)
    for index, token in enumerate(tokens):
        if token.pos != "VERB":
            continue
        verbs = analyse_word(token.form).verbs
        if len(verbs) < 2:
            continue
        before = tokens[index - 1] if index else None
        if before is not None and before.sentence != token.sentence:
            before = None
        after = tokens[index + 1] if index + 1 < count and tokens[index + 1].sentence == token.sentence else None
        present = token.proclitics[-1:] in (("س",), ("ل",)) or (before is not None and before.stem in _PRESENT_ONLY)
        gender = _gender(after) or _gender(before)
        best, most = verbs[0], -9.0
        for verb in verbs:
            if verb.rate < verbs[0].rate - 2.0:
                break
            score = verb.rate
            if verb.person != "3":
                score -= 0.8
            if present and verb.tense == "past":
                score -= 2.0
            if gender and verb.gender and verb.person == "3" and verb.number == "s" and verb.gender != gender:
                score -= 1.5
            if score > most:
                best, most = verb, score
        token.lemma = best.lemma
        token.tense, token.voice = best.tense, best.voice
        if any(verb.voice != best.voice and replace(verb, voice=best.voice, rate=best.rate) == best for verb in verbs):
            token.voice = ""  # spelled alike, as «قتل»
        token.person, token.gender, token.number = best.person, best.gender, best.number


def _gender(token: Token | None) -> str:
    """Gender that a subject asks of its verb: things in the plural are feminine; "" where unknown."""
    if token is None or token.pos not in ("NOUN", "ADJ") or token.proclitics:
        return ""
    if token.form[-1] == "ة" or token.stem.endswith("ات"):
        return "f"
    word = analyse_word(token.form)
    if word.noun and word.noun != word.stem and not word.stem.endswith(("ين", "ون", "ان", "ي", "ا")):
        return ""  # a broken plural: people or things
    return "m"


def settle(token: Token, label: str, probability: float) -> None:
    """Give the token the reading of this label, where the lexicon knows one."""
    word = analyse_word(token.form)
    if label == "VERB" and word.verbs:
        verb = word.verbs[0]
        token.pos, token.lemma = "VERB", verb.lemma
        token.tense, token.voice = verb.tense, verb.voice
        token.person, token.gender, token.number = verb.person, verb.gender, verb.number
        if word.function:
            token.keys |= {"v:" + reading.lemma for reading in word.verbs}
        elif probability >= _SURE:
            token.keys = frozenset(key for key in token.keys if key[1:2] != ":" or key[0] == "v")
        return
    if label != "VERB" and (word.noun or word.function):
        token.tense = token.voice = token.person = token.gender = token.number = ""
        if word.function:
            token.pos, token.lemma = word.pos, word.lemma
            return
        token.lemma = word.noun
        token.pos = "NOUN" if label == "OTHER" else cast(Any, label)
        if probability >= _SURE:
            token.keys = frozenset(key for key in token.keys if not key.startswith("v:"))
