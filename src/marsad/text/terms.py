"""Search terms: the one form under which a word is indexed and looked for.

A term is the dictionary form of a word (simplemma's Arabic list; where that does not know the word, what is left when
this project's clitic rules have cut it), folded as everywhere (`text.normalise`).  So «والعقوبات», «عقوبة» and
«بعقوباتها» meet, and so do «إيران» and «ايران».  A term holds letters and digits only, and is never empty.

>>> terms("وبالعقوباتِ الأمريكيّة عام ٢٠٢٤")
['عقوبه', 'امريكي', 'عام', '2024']
>>> [(term, start) for term, start, _ in term_spans("قال: نعم")]
[('قال', 0), ('نعم', 5)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import simplemma

from marsad.text.normalise import CONTROLS, DIACRITICS, bare, fold
from marsad.text.words import analyse_word

TERMS = 1
"""Raised whenever the same word may get another term; archives with other terms are indexed anew."""

_LETTERS = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f"
    "\ufb50-\ufdfd\ufe70-\ufefc"
)
_WORD = re.compile(
    rf"[{_LETTERS}](?:[{DIACRITICS}{CONTROLS}\u0640]*[{_LETTERS}])*"
    r"|[0-9\u0660-\u0669\u06f0-\u06f9]+"
    r"|[^\W\d_\u0600-\u06ff]+"
)
_KEEP = re.compile(r"[\W_]+")
_LONGEST = 40
_ARABIC = re.compile(f"[{_LETTERS}]")


@lru_cache(maxsize=200_000)
def term(form: str) -> str:
    """The term of one written word; "" where nothing is left of it."""
    if len(form) > _LONGEST:
        return _KEEP.sub("", fold(form))[:_LONGEST]
    if not _ARABIC.match(form):
        return _KEEP.sub("", fold(form))
    word = bare(form)
    lemma = _known(word)
    if lemma is None:
        parts = analyse_word(word)
        cut = parts.proclitics or parts.definite or parts.enclitic
        inner = (parts.stem if parts.enclitic else word[parts.stem_start : parts.stem_end]) if cut else ""
        lemma = _known(inner) if inner else None
        if lemma is None and parts.pos == "VERB" and parts.lemma:
            lemma = parts.lemma
        if lemma is None:
            guess = simplemma.lemmatize(word, "ar")
            lemma = guess if guess != word else inner or word
    # «أميركا» and «أمريكا» are both everywhere, often in one newspaper.
    folded = _KEEP.sub("", fold(lemma)).replace("اميرك", "امريك")
    return folded or _KEEP.sub("", fold(form))


def _known(word: str) -> str | None:
    """The dictionary form of a word on the list, also where it is written with ه for ة or ى for ي."""
    spellings = [word]
    if word[-1:] == "ه":
        spellings.append(word[:-1] + "ة")
    elif word[-1:] in ("ى", "ي"):
        spellings.append(word[:-1] + ("ي" if word[-1] == "ى" else "ى"))
    for spelling in spellings:
        if simplemma.is_known(spelling, "ar"):
            lemma = simplemma.lemmatize(spelling, "ar")
            # The list has some adjectives twice («فرنسي», «فرنسية»); the masculine stands for both.
            if lemma.endswith("ية") and simplemma.lemmatize(lemma[:-1], "ar") == lemma[:-1]:
                return lemma[:-1]
            return lemma
    return None


def term_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """(term, start, end) of every word of the text, in order; offsets in code points, half-open."""
    for match in _WORD.finditer(text):
        found = term(match.group())
        if found:
            start, end = match.span()
            yield found, start, end


def terms(text: str) -> list[str]:
    """The terms of the text, in order."""
    return [found for match in _WORD.finditer(text) if (found := term(match.group()))]
