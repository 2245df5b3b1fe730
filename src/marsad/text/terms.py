"""Search terms: the one form under which a word is indexed and looked for.

A term is the dictionary form of a word (from simplemma's Arabic list; where that does not know the word, of what is
left when this project's clitic rules have cut it), folded as everywhere (`text.normalise`).  So «والعقوبات», «عقوبة»
and «بعقوباتها» meet, and so do «إيران» and «ايران».  A term holds letters and digits only, and is never empty.

>>> terms("وبالعقوباتِ الأمريكيّة عام ٢٠٢٤")
['عقوبه', 'امريكي', 'عام', '2024']
>>> [(term, start) for term, start, _ in term_spans("قال: نعم")]
[('قال', 0), ('نعم', 5)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

import marisa_trie

from marsad.text.normalise import CONTROLS, DIACRITICS, fold
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


@lru_cache(maxsize=25_000)
def term(form: str) -> str:
    """The term of one written word; never empty for a word of `term_spans`."""
    folded = _KEEP.sub("", fold(form)) or f"u{ord(form[0]):x}"  # a mark that stands where letters do
    if len(form) > _LONGEST:
        return folded[:_LONGEST]
    if not _ARABIC.match(form):
        return folded
    found = _listed(folded)
    if found is None:
        parts = analyse_word(form)
        inner = parts.stem if parts.proclitics or parts.definite or parts.enclitic else ""
        found = _listed(inner) if inner else None
        if found is None:
            found = parts.lemma if parts.pos == "VERB" and parts.lemma else inner or folded
    # «أميركا» and «أمريكا» are both everywhere, often in one newspaper.
    return _KEEP.sub("", found).replace("اميرك", "امريك") or folded


@lru_cache(maxsize=1)
def _lists() -> tuple[marisa_trie.RecordTrie, marisa_trie.Trie]:
    """(folded form -> number of its term, terms), made by scripts/build_terms.py."""
    folder = files("marsad.text") / "data"
    forms, names = marisa_trie.RecordTrie("<I"), marisa_trie.Trie()
    forms.mmap(str(folder / "term-forms.marisa"))
    names.mmap(str(folder / "terms.marisa"))
    return forms, names


def _listed(word: str) -> str | None:
    """The dictionary form of a folded word, where the list has the word."""
    forms, names = _lists()
    found = forms.get(word)
    return names.restore_key(found[0][0]) if found else None


def term_spans(text: str) -> Iterator[tuple[str, int, int]]:
    """(term, start, end) of every word of the text, in order; offsets in code points, half-open."""
    for match in _WORD.finditer(text):
        start, end = match.span()
        yield term(match.group()), start, end


def word_places(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of every word of the text, in order; each has one term."""
    return (match.span() for match in _WORD.finditer(text))


def terms(text: str) -> list[str]:
    """The terms of the text, in order."""
    return [term(word) for word in _WORD.findall(text)]
