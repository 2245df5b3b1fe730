"""Where a written word is cut into proclitics, stem and pronoun.

A word is cut where the parts are likelier than the whole: each cut is scored by the frequency of the stem that it
leaves (Zipf scale) minus the price of its clitics, and needs a stem that the lexicon knows.  Words that are whole
despite a likely cut («وزير», «واحد»), and the reverse, are rows of data/segments.tsv; closed-class words are rows of
data/function-words.tsv.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from marsad.text import morphology
from marsad.text.document import Pos
from marsad.text.normalise import bare, fold

_CONJUNCTIONS = {"": 0.0, "و": 1.0, "ف": 2.0}
_PREPOSITIONS = {"": 0.0, "ب": 1.2, "ل": 1.2, "ك": 2.2}
_ENCLITICS = {
    "": 0.0, "ه": 1.3, "ها": 1.2, "هم": 1.5, "هما": 2.2, "هن": 2.8, "نا": 1.9, "ني": 2.4, "ك": 2.6, "كم": 2.6,
}  # fmt: skip
_HAMZAS = frozenset("أإآ")
_MARKED = frozenset("أإآؤئة")
_FUTURE = 1.3
_ARTICLE = 0.2
_NOMINAL_ENDINGS = ("ات", "ين", "ون", "ان", "تين", "تان", "تي", "تا", "ه", "ا", "يا", "يه", "ي", "و")
_WHOLE_ENDINGS = ("", "ات", "ين", "ون", "ان", "ه", "ها", "هم", "هما", "نا", "ا", "يا", "يه", "ي")
"""Endings with which a word of data/segments.tsv is still that word («التزاماتها» has two of them and is listed)."""
_DERIVED_PRICE = 0.6
"""For a noun that is no listed form, only a listed one with an ending."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to cut a folded word: `prefix` letters before the stem, `suffix` after it."""

    score: float
    proclitics: tuple[str, ...]
    definite: bool
    prefix: int
    stem: str
    """Folded stem as a word of its own (ته -> ه before a pronoun is undone)."""
    suffix: int
    enclitic: str
    verbal: bool
    nominal: bool


@lru_cache(maxsize=1)
def function_words() -> dict[str, tuple[Pos, tuple[str, ...], str, str, str]]:
    """Closed-class words: part of speech, proclitics, stem, pronoun, lemma; keyed as spelled and folded."""
    table: dict[str, tuple[Pos, tuple[str, ...], str, str, str]] = {}
    for row in data_rows("function-words.tsv"):
        word, pos, proclitics, stem, enclitic, lemma = (*row, "", "", "", "")[:6]
        exact, word = word.startswith("="), word.lstrip("=")
        stem = fold(stem or word)
        entry = (pos, tuple(proclitics.split()), stem, enclitic, fold(lemma) or stem)
        table[word] = entry  # type: ignore[assignment]
        if not exact:
            table.setdefault(fold(word), entry)  # type: ignore[arg-type]
    return table


def function_word(word: str, written: str) -> tuple[Pos, tuple[str, ...], str, str, str] | None:
    """Entry of a closed-class word, as spelled or with its marks left out."""
    table = function_words()
    return table.get(written) or (table.get(word) if not _MARKED.intersection(written) else None)


def given_cut(word: str, written: str) -> tuple[tuple[str, ...], str, str] | None:
    """Cut of a word that the table gives, as spelled or with its marks left out."""
    table = segments()
    return table.get(written) or (table.get(word) if not _MARKED.intersection(written) else None)


@lru_cache(maxsize=1)
def segments() -> dict[str, tuple[tuple[str, ...], str, str]]:
    """Words whose cut is given: proclitics (with «ال» for the article), stem, enclitic.

    Keyed as spelled in the table and, where no other row is spelled so, folded («وحده» and «وحدة» differ).
    """
    table: dict[str, tuple[tuple[str, ...], str, str]] = {}
    for row in data_rows("segments.tsv"):
        word, proclitics, stem, enclitic = (*row, "", "", "")[:4]
        entry = (tuple(proclitics.split()), fold(stem or word), enclitic)
        table[bare(word)] = entry
        if word[-1] != "ة":
            table.setdefault(fold(word), entry)
    return table


def data_rows(name: str) -> list[list[str]]:
    """Rows of a table of the text layer, split at tabs; # starts a comment line."""
    text = (files("marsad.text") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


def nominal_bases(stem: str, feminine: bool = True) -> list[str]:
    """The stem and what is left of it without one nominal ending («مؤكدين» -> «مؤكد»).

    `feminine` is False where a final ه cannot be ة.
    """
    bases = [stem]
    for ending in _NOMINAL_ENDINGS:
        if not feminine and (
            ending in ("ه", "يه") or (ending == "ا" and stem.endswith("ها") and not _ends_in_ha(stem[:-1]))
        ):
            continue  # «شعبها» is no «شعبه» in the accusative, but «منوها» is «منوه»
        if stem.endswith(ending) and len(stem) - len(ending) >= 3:
            base = stem[: -len(ending)]
            bases.append(base)
            if ending in ("ات", "تين", "تان", "تي", "تا"):
                bases.append(base + "ه")
    return bases


def _ends_in_ha(base: str) -> bool:
    """Whether the ه at the end belongs to the word («منوه», «وجه»)."""
    listed = morphology.noun_lemma(base) is not None and not morphology.only_with_ta_marbuta(base)
    return listed or bool(morphology.derivations(base))


def _stem_variants(stem: str, enclitic: str) -> list[tuple[str, bool, bool]]:
    """(stem as a word of its own, may be verb, may be noun) for a stem before a pronoun."""
    if not enclitic:
        return [(stem, True, True)]
    nominal = enclitic != "ني"
    variants = [(stem, True, nominal)]
    last = stem[-1]
    if last == "ت":
        variants.insert(0, (stem[:-1] + "ه", False, nominal))
    elif last == "ا":
        variants.append((stem[:-1] + "ي", True, nominal))
    elif last == "و":
        variants.append((stem + "ا", True, False))
        variants.append((stem[:-1] + "ء", False, nominal))
        variants.append((stem + "ن", False, nominal))
    elif last == "ي":
        variants.append((stem[:-1] + "ء", False, nominal))
        variants.append((stem + "ن", False, nominal))
    return variants


def _stem_score(
    stem: str, initial: str, verbal: bool, nominal: bool, feminine: bool, changed: bool
) -> tuple[float, bool, bool]:
    """(score, known as verb, known as noun); the score is below zero for an unknown stem."""
    frequency = morphology.frequency(stem)
    is_verb = verbal and morphology.is_verb_form(stem)
    is_noun = nominal and (
        morphology.noun_lemma(stem, initial) is not None or (stem in function_words() and not changed)
    )
    if nominal and not is_noun:
        given = segments().get(stem)
        is_noun = given is not None and not given[0] and not given[2]
    if nominal and not is_noun:
        bases = nominal_bases(stem, feminine)
        known = [
            base for base in bases if morphology.derivations(base, initial) or morphology.noun_lemma(base, initial)
        ]
        is_noun = bool(known)
        if is_noun and not is_verb:
            frequency = max(frequency, max(map(morphology.frequency, known)) - 2.0)
            frequency -= _DERIVED_PRICE * (2 if stem[0] in "وفبلكس" else 1)
    if nominal and not is_noun and len(stem) > 2:
        with_article = morphology.frequency("ال" + stem)
        is_noun = with_article >= 2 and with_article > frequency - 2
    if is_verb or is_noun:
        if not is_noun:
            frequency = min(frequency, morphology.verb_rate(stem) + 0.7)
        return frequency, is_verb, is_noun
    # A word that no list explains is likely a name; one that looks as if it had a clitic is likelier two words.
    clitic = stem[0] in "وفبلكس" or stem.endswith(("ه", "ها", "هم", "نا"))
    return (frequency - (2.75 if clitic else 1.0) if frequency else -9.0), False, False


def _cuts(word: str, written: str) -> list[Cut]:
    """Possible cuts of a folded word; `written` has the hamzas and ة of the text."""
    marbuta = written[-1] == "ة"
    feminine = written[-1] != "ه" and not word.endswith("ها")
    cuts: list[Cut] = []
    for conjunction, price_c in _CONJUNCTIONS.items():
        if conjunction and not word.startswith(conjunction):
            continue
        rest = word[len(conjunction) :]
        outer = (conjunction,) if conjunction else ()
        heads: list[tuple[tuple[str, ...], bool, int, float, bool, bool]] = [(outer, False, 0, 0.0, True, True)]
        if rest.startswith("س"):
            heads.append(((*outer, "س"), False, 1, _FUTURE, True, False))
        if rest.startswith("ال") and written[len(conjunction)] not in _HAMZAS:
            heads.append((outer, True, 2, _ARTICLE, False, True))
        for preposition, price_p in _PREPOSITIONS.items():
            if not preposition or not rest.startswith(preposition):
                continue
            heads.append(((*outer, preposition), False, 1, price_p, preposition == "ل", True))
            if rest.startswith(preposition + "ال"):
                heads.append(((*outer, preposition), True, 3, price_p + _ARTICLE, False, True))
            if preposition == "ل" and rest.startswith("لل"):
                heads.append(((*outer, "ل"), True, 2, price_p + _ARTICLE, False, True))
        for proclitics, definite, length, price, verbal, nominal in heads:
            prefix = len(conjunction) + length
            body = word[prefix:]
            if len(body) < 2:
                continue
            if not definite and _has_article(body, written[prefix]):
                continue
            for enclitic, price_e in _ENCLITICS.items():
                if enclitic and (definite or marbuta or not body.endswith(enclitic) or len(body) - len(enclitic) < 2):
                    continue
                stem = body[: len(body) - len(enclitic)] if enclitic else body
                for variant, may_verb, may_noun in _stem_variants(stem, enclitic):
                    score, is_verb, is_noun = _stem_score(
                        variant,
                        written[prefix],
                        verbal and may_verb,
                        nominal and may_noun,
                        bool(enclitic) or definite or feminine,
                        marbuta or variant != stem,
                    )
                    if variant[-1] == "ه" and body[len(stem) - 1] == "ت":
                        # «حكومته»: a noun in ة is also written with the article; «نشرته» is a verb.
                        score = min(score, morphology.frequency("ال" + variant) + 0.3)
                    if definite and (with_article := morphology.frequency("ال" + variant)) >= 2.5:
                        score, is_noun = max(score, with_article - 0.4), True
                    if len(variant) == 2 and not definite and variant not in function_words():
                        score -= 1.0
                    if is_verb and proclitics and proclitics[-1] in "سل":
                        is_verb = any(r.tense == "present" for r in morphology.verb_readings(variant))
                        if not is_verb and not is_noun:
                            score -= 2.5
                    if "س" in proclitics and not is_verb:
                        continue
                    if not enclitic and not definite and written[-1] == "ه" and morphology.only_with_ta_marbuta(body):
                        score -= 2
                    if score <= 0 and (enclitic or not (is_verb or is_noun)):
                        score -= 9
                    cuts.append(
                        Cut(
                            score - price_c - price - price_e - (0.5 if enclitic and is_verb and not is_noun else 0),
                            proclitics,
                            definite,
                            prefix,
                            variant,
                            len(enclitic),
                            enclitic,
                            is_verb,
                            is_noun,
                        )
                    )
    return cuts


def _has_article(body: str, initial: str) -> bool:
    """Whether «ال» at the start can only be the article."""
    if not body.startswith("ال") or len(body) < 4 or initial in _HAMZAS or body in function_words():
        return False
    table = segments()
    if any(body[: len(body) - len(ending)] in table for ending in _WHOLE_ENDINGS if body.endswith(ending)):
        return False
    rest = body[2:]
    if len(rest) == 2:
        return morphology.noun_lemma(rest) is not None and rest not in function_words()
    return morphology.noun_lemma(rest) is not None or not morphology.is_verb_form(body)


def best_cut(word: str, written: str) -> Cut:
    """The likeliest cut of a folded word; `written` is the word with its hamzas and ة, of the same length."""
    table = segments()
    given = given_cut(word, written)
    if given is None and len(word) > 3 and word[0] in "وف" and word[1:] in table:
        inner = table.get(written[1:]) or table[word[1:]]
        if not inner[0] or inner[0][0] not in "وف":
            given = ((word[0], *inner[0]), *inner[1:])
    if given is not None:
        proclitics, stem, enclitic = given
        definite = "ال" in proclitics
        length = len(word) - len(enclitic)
        bare_stem = stem if word[:length].endswith(stem) else word[:length][-len(stem) :]
        return Cut(
            0.0, tuple(p for p in proclitics if p != "ال"), definite, length - len(bare_stem), stem, len(enclitic),
            enclitic,
            morphology.is_verb_form(stem) and not definite and not set(proclitics) & {"ب", "ك"}, True,
        )  # fmt: skip
    cuts = _cuts(word, written)
    if not cuts:
        return Cut(0.0, (), False, 0, word, 0, "", False, True)
    best = max(cuts, key=lambda cut: (cut.score, -cut.prefix - cut.suffix))
    if best.score < -3:
        article = word.startswith("ال") and len(word) >= 5
        if not article and word[:1] == "و" and len(word) >= 5 and not morphology.frequency(word):
            start = 3 if word[1:3] == "ال" else 1
            return Cut(best.score, ("و",), start == 3, start, word[start:], 0, "", False, True)
        for prefix, proclitics in (("بال", ("ب",)), ("وال", ("و",)), ("لل", ("ل",)), ("ال", ())):
            if word.startswith(prefix) and len(word) >= len(prefix) + 3:
                return Cut(best.score, proclitics, True, len(prefix), word[len(prefix) :], 0, "", False, True)
        return Cut(best.score, (), False, 0, word, 0, "", False, True)
    return best
