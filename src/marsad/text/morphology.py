"""What the packed lexicon knows about a folded word: verb readings, participles, verbal nouns, noun lemma, frequency.

The data files are made by `scripts/build_lexicon.py` and lie in `marsad/text/data` (the text layer may not import
`marsad.lexicon`).  They are mapped into memory once, in a few milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import marisa_trie

from marsad.errors import DataError

ACTIVE_PARTICIPLE, PASSIVE_PARTICIPLE, VERBAL_NOUN = 1, 2, 3
"""Kinds of word derived from a verb, as stored in deriv.marisa."""
PAST, PASSIVE, INITIAL_HAMZA, FINAL_MAQSURA = 1, 2, 512, 1024
VERB_LAYOUT, DERIVED_LAYOUT, NOUN_LAYOUT, WORD_LAYOUT = "<HHB", "<BHB", "<HB", "<B"
"""Records of the packed files: (lemma, features, rate), (kind, lemma, flags), (lemma, flags), (frequency,).

Flags tell how the folded form is really spelled: 1 with a final ة, 2 with another letter; 4, 8, 16, 32 with an initial
آ, أ, إ or other letter.  Rates and frequencies are 25 times the Zipf scale.
"""
_PERSONS: tuple[Literal["", "1", "2", "3"], ...] = ("", "1", "2", "3")
_GENDERS: tuple[Literal["", "m", "f"], ...] = ("", "m", "f", "")
_NUMBERS: tuple[Literal["", "s", "d", "p"], ...] = ("", "s", "d", "p")


def pack_features(past: bool, passive: bool, person: str, gender: str, number: str) -> int:
    """Verb features as one number below 512: tense, voice, person, gender, number."""
    return (
        (PAST if past else 0)
        | (PASSIVE if passive else 0)
        | _PERSONS.index(person) << 2
        | ("", "m", "f").index(gender) << 4
        | ("", "s", "d", "p").index(number) << 6
    )


@dataclass(frozen=True, slots=True)
class VerbReading:
    """One reading of a word as a finite verb.

    `hamza`: the full spelling starts with أ, إ or آ; `maqsura`: it ends with ى; `rate`: how often the word is expected
    in this reading (Zipf scale).
    """

    lemma: str
    tense: Literal["past", "present"]
    voice: Literal["active", "passive"]
    person: Literal["", "1", "2", "3"]
    gender: Literal["", "m", "f"]
    number: Literal["", "s", "d", "p"]
    hamza: bool
    maqsura: bool
    rate: float = 0.0


@lru_cache(maxsize=1)
def _tries() -> tuple[Any, Any, Any, Any, Any]:
    folder = files("marsad.text") / "data"
    loaded: list[Any] = []
    for name, layout in (
        ("lemmas", ""),
        ("verbs", VERB_LAYOUT),
        ("deriv", DERIVED_LAYOUT),
        ("nouns", NOUN_LAYOUT),
        ("words", WORD_LAYOUT),
    ):
        trie = marisa_trie.RecordTrie(layout) if layout else marisa_trie.Trie()
        path = folder / f"{name}.marisa"
        try:
            trie.mmap(str(path))
        except (OSError, RuntimeError) as error:
            raise DataError(f"{path}: missing or damaged; run scripts/build_lexicon.py") from error
        loaded.append(trie)
    return loaded[0], loaded[1], loaded[2], loaded[3], loaded[4]


def _reading(lemma: str, code: int, rate: int) -> VerbReading:
    return VerbReading(
        lemma,
        "past" if code & PAST else "present",
        "passive" if code & PASSIVE else "active",
        _PERSONS[code >> 2 & 3],
        _GENDERS[code >> 4 & 3],
        _NUMBERS[code >> 6 & 3],
        bool(code & INITIAL_HAMZA),
        bool(code & FINAL_MAQSURA),
        rate / 25,
    )


def verb_readings(folded: str) -> list[VerbReading]:
    """Every reading of the word (no clitics) as a finite verb; commonest verb first."""
    lemmas, verbs, *_ = _tries()
    found = verbs.get(folded)
    if not found:
        return []
    restore = lemmas.restore_key
    readings = [_reading(restore(lemma), code, rate) for lemma, code, rate in found]
    if len(readings) > 1:
        readings.sort(key=lambda reading: (-reading.rate, reading.lemma, reading.tense, reading.person, reading.gender))
    return readings


def verb_rate(folded: str) -> float:
    """How often the word is expected as a finite verb (Zipf scale); 0 where it can be none."""
    found = _tries()[1].get(folded)
    return max(rate for _, _, rate in found) / 25 if found else 0.0


def is_verb_form(folded: str) -> bool:
    """Whether the word (no clitics) can be a finite verb."""
    return folded in _tries()[1]


def _spelled(flags: int, initial: str) -> bool:
    """Whether a word with these flags may begin with this letter as written; a bare ا stands for any alef."""
    bit = {"آ": 4, "أ": 8, "إ": 16}.get(initial)
    return bit is None or not flags & 28 or bool(flags & bit)


def derivations(folded: str, initial: str = "") -> list[tuple[int, str]]:
    """(kind, verb lemma) for which the word, in its base form, is a participle or verbal noun.

    `initial` is the first letter as written, «آخذ» and «أخذ» being different words.
    """
    lemmas, _, deriv, *_ = _tries()
    found = deriv.get(folded)
    if not found:
        return []
    return [(kind, lemmas.restore_key(lemma)) for kind, lemma, flags in found if _spelled(flags, initial)]


def noun_lemma(folded: str, initial: str = "") -> str | None:
    """Lemma (singular) of a known noun or adjective form without clitics, or None."""
    tries = _tries()
    found = tries[3].get(folded)
    return str(tries[0].restore_key(found[0][0])) if found and _spelled(found[0][1], initial) else None


def frequency(folded: str) -> float:
    """How often the written word is used: Zipf scale (log10 per thousand million words), 0 when not listed."""
    found = _tries()[4].get(folded)
    return found[0][0] / 25 if found else 0.0


def only_with_ta_marbuta(folded: str) -> bool:
    """Whether a listed noun whose folded form ends in ه is always spelled with ة."""
    found = _tries()[3].get(folded)
    return bool(found) and found[0][1] & 3 == 1
