"""Build the packed word data of the text layer: src/marsad/text/data/*.marisa.

Run with the dependency group `build-lexicon` installed:  python scripts/build_lexicon.py
Sources (see NOTICE): mazini (every verb of the attested-verb tables, conjugated; CC BY 4.0), wordfreq (Arabic word
frequencies; data CC BY-SA 4.0) and simplemma (Arabic lemma list, from Wiktionary; CC BY-SA), and the project's own
tables in scripts/lexicon/.  Output, loaded by `marsad.text.morphology`:

  lemmas.marisa   folded lemmas (ids of the other files)
  verbs.marisa    folded form -> (lemma id, features, expected frequency: Zipf scale times 25)
  deriv.marisa    folded participle or verbal noun -> (kind, lemma id, spelling flags)
  nouns.marisa    folded noun or adjective form -> (lemma id, spelling flags)
  words.marisa    folded written word -> frequency (Zipf scale times 25)
"""

from __future__ import annotations

import collections
import dataclasses
import math
import pathlib
import re
import sys
from collections.abc import Container
from typing import Any

import marisa_trie
import wordfreq
from mazini import conjugate
from mazini.lexicon import attested_wazns, lexicon_roots
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from marsad.text.morphology import (
    ACTIVE_PARTICIPLE,
    DERIVED_LAYOUT,
    FINAL_MAQSURA,
    INITIAL_HAMZA,
    NOUN_LAYOUT,
    PASSIVE_PARTICIPLE,
    VERB_LAYOUT,
    VERBAL_NOUN,
    WORD_LAYOUT,
    pack_features,
)
from marsad.text.normalise import bare, fold

HERE = pathlib.Path(__file__).parent
OUT = HERE.parent / "src/marsad/text/data"
TABLES = HERE / "lexicon"
ARABIC = re.compile(r"[\u0621-\u064a]+")
# A verb is kept when its forms are written at least this often (occurrences per thousand million words).
VERB_FLOOR = 60.0
# A written word of which verbs explain less than this share is no verb («روسيا», «قبل»).
VERB_SHARE = 0.012
# A reading that is rarer than this among the verb readings of its form is left out.
READING_SHARE = 0.01
# Verbs of the project's own tables are taken to be used at least this often.
WANTED_WEIGHT = 10_000.0
WORD_FLOOR = 1.3  # Zipf
# Forms that news hardly uses and that only look like other words: second person plural feminine and so on.
SKIPPED = re.compile(r"2f[sp]|past_.*2|imp_|pass_[12]")
SLOT = re.compile(r"(past|ind|sub|juss)_(pass_)?([123])([mf]?)([sdp])")


def verb_slots() -> list[dict[str, list[str]]]:
    """Slots of every attested verb, without marks.  Verbs in و, ي, ء also with assimilated افتعل («اتخذ»)."""
    paradigms = []
    more = [(row[1], row[2]) for row in rows("verbs.tsv") if len(row) == 3]
    listed = [(root, pattern) for root in lexicon_roots() for pattern in attested_wazns(root)]
    for root, pattern in dict.fromkeys(listed + more):
        for reduced in (False, True) if pattern == "افتعل" and root[0] in "ءوي" else (False,):
            verb = conjugate(root, pattern, reduced=reduced)
            if verb.passive == "ipass":  # the engine gives these one form only; news has «استؤنفت المحادثات»
                verb = conjugate(root, pattern, reduced=reduced, passive=True)
            slots = {
                name: list(dict.fromkeys(bare(form.form) for form in forms if form.form != "?"))
                for name, forms in verb.slots.items()
            }
            if slots.get("past_3ms"):
                slots["form"] = [str(verb.verb_form)]
                paradigms.append(slots)
    return paradigms


@dataclasses.dataclass
class Paradigm:
    """One verb of one pattern: form -> share of uses; (form, features) -> share; forms of its main slots."""

    lemma: str
    slots: dict[str, list[str]]
    shares: dict[str, float] = dataclasses.field(default_factory=lambda: collections.defaultdict(float))
    readings: dict[tuple[str, int], float] = dataclasses.field(default_factory=dict)
    main: set[str] = dataclasses.field(default_factory=set)
    weight: float = 1.0
    fresh: float = 1e-6


def initial_flag(spelling: str) -> int:
    """The letter that begins a full spelling, as a bit: آ 4, أ 8, إ 16, any other 32."""
    return {"آ": 4, "أ": 8, "إ": 16}.get(spelling[0], 32)


def word_frequencies() -> dict[str, float]:
    """Folded word -> occurrences per thousand million words, summed over spellings."""
    frequency: dict[str, float] = collections.defaultdict(float)
    for word, share in wordfreq.get_frequency_dict("ar", "large").items():
        plain = bare(word)
        if ARABIC.fullmatch(plain):
            frequency[fold(plain)] += share * 1e9
    return frequency


NOT_ARTICLE = frozenset(
    fold(line.split("\t")[0])
    for line in (OUT / "segments.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
)


def rows(name: str) -> list[list[str]]:
    """Rows of one of the project's own tables; # starts a comment line."""
    lines = (TABLES / name).read_text("utf-8").splitlines() if (TABLES / name).exists() else []
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


def slot_prior(past: bool, passive: bool, person: str, gender: str, number: str) -> float:
    """Share of a verb's uses that falls on one slot, in running text of many kinds (rough)."""
    share = {"3": 0.72, "1": 0.2, "2": 0.08}[person]
    share *= {"s": 0.78, "p": 0.21, "d": 0.01}[number]
    share *= 0.55 if past else 0.45
    share *= 0.08 if passive else 0.92
    if person == "3":
        share *= 0.62 if gender == "m" else 0.38
        if number == "p":
            share *= 1.5 if gender == "m" else 0.03
    return share


# News is told in the third person: what the shares of running text are multiplied with, by person.
NEWS_SHARE = (1.0, 0.35, 0.2, 1.2)
MOODS = {"past": 1.0, "ind": 1.0, "sub": 0.35, "juss": 0.12}
MAIN_SLOTS = ("past_3ms", "past_3fs", "past_3mp", "ind_3ms", "ind_3fs", "ind_3mp", "ind_1s", "ind_1p", "past_1s")


def read_paradigms(unwanted: set[str]) -> list[Paradigm]:
    """Forms of every verb, with the share of its uses that is expected to fall on each."""
    paradigms = []
    for slots in verb_slots():
        paradigm = Paradigm(fold(slots["past_3ms"][0]), slots)
        if paradigm.lemma in unwanted:
            continue
        for name, spellings in slots.items():
            match = SLOT.fullmatch(name)
            if not match or SKIPPED.search(name):
                continue
            tense, passive, person, gender, number = match.groups()
            share = slot_prior(tense == "past", bool(passive), person, gender, number) * MOODS[tense]
            for spelling in spellings:
                form = fold(spelling)
                features = pack_features(tense == "past", bool(passive), person, gender, number)
                features |= INITIAL_HAMZA if spelling[0] in "أإآ" else 0
                features |= FINAL_MAQSURA if spelling[-1] == "ى" else 0
                # The moods share forms; a form that is only jussive («أصر» of «صار») is rare.
                paradigm.readings[form, features] = max(paradigm.readings.get((form, features), 0.0), share)
                paradigm.shares[form] = max(paradigm.shares[form], share)
                if name in MAIN_SLOTS:
                    paradigm.main.add(form)
        paradigms.append(paradigm)
    return paradigms


def weigh(paradigms: list[Paradigm], frequency: dict[str, float]) -> None:
    """Set how often each verb is used (occurrences per thousand million words).

    Each of a verb's main forms gives an estimate: its frequency, less what other verbs with the same form, or the
    same form after a clitic («وتم» = «و» + «تم»), are expected to take, over the share of the slot.  The verb's
    weight is a low weighted quantile, so one form that is really a noun or a name does not matter.
    """
    heads = {"و": 0.12, "ف": 0.02, "س": 0.04, "ل": 0.04}
    for _ in range(12):
        expected = expectation(paradigms)
        for paradigm in paradigms:
            estimates = []
            for form in paradigm.main:
                share = paradigm.shares[form]
                total = expected[form] + heads.get(form[0], 0.0) * expected.get(form[1:], 0.0) + 1e-9
                estimates.append((frequency.get(form, 0.0) * paradigm.weight / total, share))
            estimates.sort()
            rest = sum(share for _, share in estimates) * 0.4
            for value, share in estimates:
                rest -= share
                if rest <= 0:
                    fresh = 0.5 * (value + paradigm.weight) if value else 0.3 * paradigm.weight
                    paradigm.fresh = max(fresh, 1e-6)
                    break
        for paradigm in paradigms:
            paradigm.weight = paradigm.fresh


def expectation(paradigms: list[Paradigm]) -> dict[str, float]:
    """How often each form is expected as a verb."""
    expected: dict[str, float] = collections.defaultdict(float)
    for paradigm in paradigms:
        for form, share in paradigm.shares.items():
            expected[form] += paradigm.weight * share
    return expected


def looks_like_noun(form: str, frequency: dict[str, float]) -> bool:
    """Whether the word is often written with the article."""
    return frequency.get("ال" + form, 0.0) > 0.05 * frequency.get(form, 1.0)


def is_plain_verb(form: str, frequency: dict[str, float]) -> bool:
    """Whether a form that begins or ends like a verb is never written with the article («يجب», «استؤنفت»)."""
    return (form[0] == "ي" or (form[-1] == "ت" and len(form) >= 5)) and frequency.get(
        "ال" + form, 0.0
    ) < 0.01 * frequency.get(form, 1.0)


def is_clitic_and_word(form: str, known: set[str], frequency: dict[str, float]) -> bool:
    """Whether a listed noun is rather a clitic before a known word («بسبب», «لدعم»): the rest is often written and
    the whole hardly ever with the article."""
    prices = {"و": 1.0, "ف": 2.0, "ب": 1.2, "ل": 1.2, "ك": 2.2}
    if form[0] not in prices or len(form) < 4 or frequency.get("ال" + form, 0.0) > 0.02 * frequency.get(form, 1.0):
        return False
    rest = form[1:]
    if form.startswith("لل"):
        rest = form[2:]
    elif rest.startswith("ال"):
        rest = rest[2:]
    if rest not in known:
        return False
    return math.log10(frequency.get(rest, 0.01)) - prices[form[0]] >= math.log10(frequency.get(form, 1.0)) - 1.2


def has_pronoun(form: str, nouns: dict[str, list[Any]]) -> bool:
    """Whether a listed form is another listed form of the same lemma with a pronoun («نفسها»)."""
    entry = nouns[form]
    if entry[1] & 1:
        return False
    return any(
        form.endswith(pronoun) and nouns.get(form[: -len(pronoun)], ("",))[0] == entry[0]
        for pronoun in ("ه", "ها", "هم", "هما", "هن", "نا", "كم")
    )


def verb_rows(
    paradigms: list[Paradigm], frequency: dict[str, float]
) -> tuple[dict[str, dict[tuple[str, int], int]], dict[tuple[str, int, str], int]]:
    """Readings of verb forms with their rate, and participles and verbal nouns with the letters they begin with."""
    forms: dict[str, dict[tuple[str, int], int]] = collections.defaultdict(dict)
    derived: dict[tuple[str, int, str], int] = collections.defaultdict(int)
    expected = expectation(paradigms)
    boosts = {(fold(form), fold(lemma)): 10.0 for form, lemma in rows("readings.tsv")}
    best: dict[str, float] = collections.defaultdict(float)
    for paradigm in paradigms:
        best[paradigm.lemma] = max(best[paradigm.lemma], paradigm.weight)
    for paradigm in paradigms:
        lemma = paradigm.lemma
        if paradigm.weight < 0.01 * best[lemma]:
            continue
        for (form, features), share in paradigm.readings.items():
            own = paradigm.weight * share * NEWS_SHARE[features >> 2 & 3] * boosts.get((form, lemma), 1.0)
            written = frequency.get(form, 0.0)
            if own < READING_SHARE * expected[form]:
                continue
            if written > 200 and expected[form] < VERB_SHARE * written and not is_plain_verb(form, frequency):
                continue
            rate = max(0, min(255, round(25 * math.log10(own + 1e-9))))
            forms[form][lemma, features] = max(forms[form].get((lemma, features), 0), rate)
        for name, kind in (("ap", ACTIVE_PARTICIPLE), ("pp", PASSIVE_PARTICIPLE), ("vn", VERBAL_NOUN)):
            if kind == VERBAL_NOUN and paradigm.slots["form"] == ["I"]:
                continue
            for spelling in paradigm.slots.get(name, ()):
                derived[fold(spelling), kind, lemma] |= initial_flag(spelling)
                if (
                    kind == ACTIVE_PARTICIPLE
                    and spelling[-1] not in "يى"
                    and paradigm.slots["past_3ms"][0][-1] in "ىاي"
                ):
                    derived[fold(spelling) + "ي", kind, lemma] |= initial_flag(spelling)  # داع -> داعي, in داعيا
    for verb, *masdars in rows("masdars.tsv"):
        for masdar in masdars:
            derived[fold(masdar), VERBAL_NOUN, fold(verb)] |= initial_flag(masdar)
    return forms, derived


def noun_rows(paradigms: list[Paradigm], forms: Container[str], frequency: dict[str, float]) -> dict[str, list[Any]]:
    """Folded noun or adjective form -> [lemma, spelling flags]."""
    verb_lemmas = {paradigm.lemma for paradigm in paradigms}
    verb_forms = {form for paradigm in paradigms for form in paradigm.shares}
    nouns: dict[str, list[Any]] = {}
    for key, value in DefaultDictionaryFactory().get_dictionary("ar").items():
        spelling = bare(key.decode() if isinstance(key, bytes) else key)
        form = fold(spelling)
        lemma = fold(value.decode() if isinstance(value, bytes) else value)
        if not ARABIC.fullmatch(form) or not ARABIC.fullmatch(lemma) or len(form) < 2:
            continue
        if lemma in verb_lemmas and not looks_like_noun(form if form == lemma else lemma, frequency):
            continue
        if form.startswith("ال") and len(form) > 4 and spelling[0] == "ا" and form not in NOT_ARTICLE:
            form, spelling = form[2:], spelling[2:]
            lemma = lemma[2:] if lemma.startswith("ال") else lemma
        if form in verb_forms and (
            (form != lemma and frequency.get(form, 0) < 100) or not looks_like_noun(form, frequency)
        ):
            continue
        entry = nouns.setdefault(form, [lemma, 0])
        entry[1] |= (1 if spelling[-1] == "ة" else 2) | initial_flag(spelling)
    known = set(nouns) | set(forms)  # type: ignore[call-overload]
    nouns = {form: entry for form, entry in nouns.items() if not is_clitic_and_word(form, known, frequency)}
    nouns = {form: entry for form, entry in nouns.items() if not has_pronoun(form, nouns)}
    for form, lemma in rows("nouns.tsv"):
        entry = [fold(lemma), (1 if form[-1] == "ة" else 2) | initial_flag(form)]
        if form[-1] == "ى":  # «القوى» is no «القوي»: a row of its own, which folded forms never reach
            nouns[fold(form)[:-1] + "ى"] = entry
            nouns.setdefault(fold(form), entry)
        else:
            nouns[fold(form)] = entry
    return nouns


def main() -> None:
    frequency = word_frequencies()
    paradigms = read_paradigms({fold(row[0]) for row in rows("not-verbs.tsv")})
    weigh(paradigms, frequency)
    wanted = {fold(row[0]) for row in rows("masdars.tsv")} | {fold(row[0]) for row in rows("verbs.tsv")}
    best: dict[str, Paradigm] = {}
    for paradigm in paradigms:
        if paradigm.lemma in wanted:
            best[paradigm.lemma] = max(best.get(paradigm.lemma, paradigm), paradigm, key=lambda p: p.weight)
    for paradigm in best.values():
        paradigm.weight = max(paradigm.weight, WANTED_WEIGHT)
    kept = [paradigm for paradigm in paradigms if paradigm.weight >= VERB_FLOOR]
    forms, derived = verb_rows(kept, frequency)
    nouns = noun_rows(paradigms, forms, frequency)

    kept_lemmas = {paradigm.lemma for paradigm in kept} | {lemma for _, _, lemma in derived}
    lemmas = marisa_trie.Trie(sorted(kept_lemmas | {lemma for lemma, _ in nouns.values()}))
    packed = {
        "verbs": (
            VERB_LAYOUT,
            [(form, (lemmas[lemma], f, rate)) for form, its in forms.items() for (lemma, f), rate in its.items()],
        ),
        "deriv": (
            DERIVED_LAYOUT,
            [(form, (kind, lemmas[lemma], flags)) for (form, kind, lemma), flags in derived.items()],
        ),
        "nouns": (NOUN_LAYOUT, [(form, (lemmas[lemma], flags)) for form, (lemma, flags) in nouns.items()]),
        "words": (
            WORD_LAYOUT,
            [
                (word, (min(255, round(25 * math.log10(value))),))
                for word, value in frequency.items()
                if value >= 10**WORD_FLOOR
            ],
        ),
    }
    OUT.mkdir(parents=True, exist_ok=True)
    lemmas.save(str(OUT / "lemmas.marisa"))
    for name, (layout, records) in packed.items():
        marisa_trie.RecordTrie(layout, sorted(records)).save(str(OUT / f"{name}.marisa"))
        print(f"{name}: {len(records)} records, {(OUT / f'{name}.marisa').stat().st_size} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
