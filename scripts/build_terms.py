"""Build the packed list of search terms: src/marsad/text/data/{terms,term-forms}.marisa.

Run with the dependency group `build-lexicon` installed:  python scripts/build_terms.py
Sources (see NOTICE): simplemma (Arabic lemma list, from Wiktionary) and wordfreq (which of two words that fold to one
spelling is the usual one).  Output, loaded by `marsad.text.terms`:

  terms.marisa        folded dictionary forms (ids of the other file)
  term-forms.marisa   folded written form -> id of its term

After building, raise `TERMS` in marsad/text/terms.py: archives are then indexed anew.
"""

from __future__ import annotations

import pathlib
import re

import marisa_trie
import wordfreq
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from marsad.text.normalise import fold

OUT = pathlib.Path(__file__).parent.parent / "src/marsad/text/data"
ARABIC = re.compile(r"[\u0621-\u0652\u0670]+")


def main() -> None:
    """Write both files."""
    forms = dict(DefaultDictionaryFactory().get_dictionary("ar").items())
    text = {
        str(form): lemma.decode() if isinstance(lemma, bytes) else str(lemma)
        for form, lemma in forms.items()
        if ARABIC.fullmatch(str(form))
    }
    best: dict[str, tuple[float, str, str]] = {}
    for form, lemma in text.items():
        # The list has some adjectives twice («فرنسي», «فرنسية»); the masculine stands for both.
        if lemma.endswith("ية") and text.get(lemma[:-1]) == lemma[:-1]:
            lemma = lemma[:-1]
        rank = wordfreq.zipf_frequency(form, "ar"), form, fold(lemma)
        key = fold(form)
        if key and rank[2] and rank > best.get(key, (-1.0, "", "")):
            best[key] = rank
    terms = marisa_trie.Trie(sorted({term for _, _, term in best.values()}))
    packed = marisa_trie.RecordTrie("<I", [(key, (terms[term],)) for key, (_, _, term) in best.items()])
    terms.save(str(OUT / "terms.marisa"))
    packed.save(str(OUT / "term-forms.marisa"))
    print(f"{len(packed):,} forms, {len(terms):,} terms")


if __name__ == "__main__":
    main()
