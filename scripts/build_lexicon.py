"""Build the packed word data of the text layer: src/marsad/text/data/*.marisa.

Run with the dependency group `build-lexicon` installed:  python scripts/build_lexicon.py
Sources (see NOTICE): mazini (every verb of the attested-verb tables, conjugated; CC BY 4.0), wordfreq (Arabic word
frequencies; data CC BY-SA 4.0) and simplemma (Arabic lemma list, from Wiktionary; CC BY-SA), and the project's own
tables in scripts/lexicon/.  Output, loaded by `marsad.text.morphology`:

  lemmas.marisa   folded lemmas (ids of the other files)
  verbs.marisa    folded form -> (lemma id, features, expected frequency: Zipf scale times 25)
  deriv.marisa    folded participle or verbal noun -> (kind, lemma id)
  nouns.marisa    folded noun or adjective form -> (lemma id, spelled with ة: 1, otherwise: 2)
  words.marisa    folded written word -> frequency (Zipf scale times 25)
"""

from __future__ import annotations

import collections
import math
import pathlib
import re
import sys

import marisa_trie
import wordfreq
from mazini import conjugate
from mazini.lexicon import attested_wazns, lexicon_roots
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from marsad.text.morphology import (
    ACTIVE_PARTICIPLE,
    FINAL_MAQSURA,
    INITIAL_HAMZA,
    PASSIVE_PARTICIPLE,
    VERBAL_NOUN,
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
WORD_FLOOR = 1.3  # Zipf
# Forms that news hardly uses and that only look like other words: second person plural feminine and so on.
SKIPPED = re.compile(r"2f[sp]|past_.*2|imp_")
SLOT = re.compile(r"(past|ind|sub|juss)_(pass_)?([123])([mf]?)([sdp])")


def verb_paradigms() -> list[dict[str, list[str]]]:
    """Slots of every attested verb, without marks.  Verbs in و, ي, ء also with assimilated افتعل («اتخذ»)."""
    paradigms = []
    for root in lexicon_roots():
        for pattern in attested_wazns(root):
            for reduced in (False, True) if pattern == "افتعل" and root[0] in "ءوي" else (False,):
                verb = conjugate(root, pattern, reduced=reduced) if reduced else conjugate(root, pattern)
                slots = {
                    name: list(dict.fromkeys(bare(form.form) for form in forms if form.form != "?"))
                    for name, forms in verb.slots.items()
                }
                if slots.get("past_3ms"):
                    slots["form"] = [str(verb.verb_form)]
                    paradigms.append(slots)
    return paradigms


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


MAIN_SLOTS = ("past_3ms", "past_3fs", "past_3mp", "ind_3ms", "ind_3fs", "ind_3mp", "ind_1s", "ind_1p", "past_1s")


def lemma_weights(
    lemma_forms: dict[str, dict[str, float]],
    main_forms: dict[str, dict[str, float]],
    owners: dict[str, set[str]],
    frequency: dict[str, float],
) -> dict[str, float]:
    """How often each verb is used (occurrences per thousand million words).

    Each of a verb's main forms gives an estimate: its frequency, less what other verbs with the same form, or the
    same form after a clitic («وتم» = «و» + «تم»), are expected to take, over the share of the slot.  The verb's
    weight is a low weighted quantile, so one form that is really a noun or a name does not matter.
    """
    weight = dict.fromkeys(lemma_forms, 1.0)
    heads = {"و": 0.12, "ف": 0.02, "س": 0.04, "ل": 0.04}
    for _ in range(12):
        expected: dict[str, float] = collections.defaultdict(float)
        for lemma, its in lemma_forms.items():
            for form, share in its.items():
                expected[form] += weight[lemma] * share
        fresh = {}
        for lemma, its in main_forms.items():
            estimates = []
            for form, share in its.items():
                total = expected[form] + heads.get(form[0], 0.0) * expected.get(form[1:], 0.0) + 1e-9
                mine = weight[lemma] * lemma_forms[lemma][form] / total
                estimates.append((frequency.get(form, 0.0) * mine / lemma_forms[lemma][form], share))
            estimates.sort()
            half = sum(share for _, share in estimates) * 0.4
            for value, share in estimates:
                half -= share
                if half <= 0:
                    fresh[lemma] = 0.5 * value + 0.5 * weight[lemma] if value else weight[lemma] * 0.3
                    break
        weight = {lemma: max(value, 1e-6) for lemma, value in fresh.items()}
    return weight


def looks_like_noun(form: str, frequency: dict[str, float]) -> bool:
    """Whether the word is often written with the article."""
    return frequency.get("ال" + form, 0.0) > 0.05 * frequency.get(form, 1.0)


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


def looks_like_noun(form: str, frequency: dict[str, float]) -> bool:
    """Whether the word is often written with the article."""
    return frequency.get("ال" + form, 0.0) > 0.05 * frequency.get(form, 1.0)


def main() -> None:
    frequency = word_frequencies()
    paradigms = verb_paradigms()
    forms: dict[str, dict[tuple[str, int], int]] = collections.defaultdict(dict)
    derived: dict[str, set[tuple[int, str]]] = collections.defaultdict(set)
    lemma_forms: dict[str, dict[str, float]] = collections.defaultdict(lambda: collections.defaultdict(float))
    main_forms: dict[str, dict[str, float]] = collections.defaultdict(dict)
    owners: dict[str, set[str]] = collections.defaultdict(set)
    unwanted = {fold(row[0]) for row in rows("not-verbs.tsv")}
    paradigms = [slots for slots in paradigms if fold(slots["past_3ms"][0]) not in unwanted]
    for slots in paradigms:
        lemma = fold(slots["past_3ms"][0])
        seen: set[tuple[str, str]] = set()
        for name, spellings in slots.items():
            match = SLOT.fullmatch(name)
            if not match or SKIPPED.search(name):
                continue
            tense, passive, person, gender, number = match.groups()
            for spelling in spellings:
                form = fold(spelling)
                key = (form, f"{tense == 'past'}{passive}{person}{gender}{number}")
                if key in seen:
                    continue  # the moods share forms
                seen.add(key)
                share = slot_prior(tense == "past", bool(passive), person, gender, number)
                lemma_forms[lemma][form] = max(lemma_forms[lemma][form], share)
                owners[form].add(lemma)
                if name in MAIN_SLOTS:
                    main_forms[lemma][form] = share
    weight = lemma_weights(lemma_forms, main_forms, owners, frequency)
    wanted = {fold(row[0]) for row in rows("masdars.tsv")} | {fold(row[0]) for row in rows("verbs.tsv")}
    kept = {lemma for lemma, value in weight.items() if value >= VERB_FLOOR} | (wanted & set(weight))
    expected: dict[str, float] = collections.defaultdict(float)
    for lemma in kept:
        for form, share in lemma_forms[lemma].items():
            expected[form] += weight[lemma] * share
    dropped = {
        form
        for form, value in expected.items()
        if value < VERB_SHARE * frequency.get(form, 0.0) and frequency.get(form, 0.0) > 200
    }
    for slots in paradigms:
        lemma = fold(slots["past_3ms"][0])
        if lemma not in kept:
            continue
        for name, spellings in slots.items():
            match = SLOT.fullmatch(name)
            if match and not SKIPPED.search(name):
                tense, passive, person, gender, number = match.groups()
                share = slot_prior(tense == "past", bool(passive), person, gender, number)
                for spelling in spellings:
                    form = fold(spelling)
                    own = weight[lemma] * share
                    if form in dropped or (own < READING_SHARE * expected[form]):
                        continue
                    features = pack_features(tense == "past", bool(passive), person, gender, number)
                    if spelling[0] in "أإآ":
                        features |= INITIAL_HAMZA
                    if spelling[-1] == "ى":
                        features |= FINAL_MAQSURA
                    rate = max(0, min(255, round(25 * math.log10(own + 1e-9))))
                    old = forms[form].get((lemma, features), 0)
                    forms[form][lemma, features] = max(old, rate)
            else:
                kind = {"ap": ACTIVE_PARTICIPLE, "pp": PASSIVE_PARTICIPLE, "vn": VERBAL_NOUN}.get(name)
                if kind is None or (kind == VERBAL_NOUN and slots["form"] == ["I"]):
                    continue
                for spelling in spellings:
                    base = fold(spelling)
                    derived[base].add((kind, lemma))
                    if kind == ACTIVE_PARTICIPLE and spelling[-1] not in "يى" and slots["past_3ms"][0][-1] in "ىايو":
                        derived[base + "ي"].add((kind, lemma))  # داع -> داعي, in داعيا and الداعي
    for lemma, *nouns in rows("masdars.tsv"):
        for noun in nouns:
            derived[fold(noun)].add((VERBAL_NOUN, fold(lemma)))

    nouns: dict[str, str] = {}
    spelled: dict[str, int] = collections.defaultdict(int)
    for key, value in DefaultDictionaryFactory().get_dictionary("ar").items():
        key_text = key.decode() if isinstance(key, bytes) else key
        form = fold(key_text)
        lemma = fold(value.decode() if isinstance(value, bytes) else value)
        if not ARABIC.fullmatch(form) or not ARABIC.fullmatch(lemma) or len(form) < 2:
            continue
        if lemma in lemma_forms and not looks_like_noun(form if form == lemma else lemma, frequency):
            continue
        if form.startswith("ال") and len(form) > 4 and bare(key_text)[:1] == "ا" and form not in NOT_ARTICLE:
            form = form[2:]
            lemma = lemma[2:] if lemma.startswith("ال") else lemma
        if form in owners and form != lemma and frequency.get(form, 0) < 100:
            continue
        if form in owners and not looks_like_noun(form, frequency):
            continue
        nouns.setdefault(form, lemma)
        spelled[form] |= 1 if key_text[-1] == "ة" else 2
    known = set(nouns) | set(forms)
    nouns = {form: lemma for form, lemma in nouns.items() if not is_clitic_and_word(form, known, frequency)}
    for form, lemma in rows("nouns.tsv"):
        nouns[fold(form)] = fold(lemma)
        spelled[fold(form)] = 1 if form[-1] == "ة" else 2

    lemmas = marisa_trie.Trie(sorted(kept | set(nouns.values())))
    packed_forms = [
        (form, (lemmas[lemma], features, rate))
        for form, its in forms.items()
        for (lemma, features), rate in its.items()
    ]
    packed_derived = [(form, (kind, lemmas[lemma])) for form, its in derived.items() for kind, lemma in its]
    packed_nouns = [(form, (lemmas[lemma], spelled[form])) for form, lemma in nouns.items()]
    packed_words = [
        (word, (min(255, round(25 * math.log10(value))),))
        for word, value in frequency.items()
        if value >= 10**WORD_FLOOR
    ]
    OUT.mkdir(parents=True, exist_ok=True)
    lemmas.save(str(OUT / "lemmas.marisa"))
    marisa_trie.RecordTrie("<HHB", sorted(packed_forms)).save(str(OUT / "verbs.marisa"))
    marisa_trie.RecordTrie("<BI", sorted(packed_derived)).save(str(OUT / "deriv.marisa"))
    marisa_trie.RecordTrie("<IB", sorted(packed_nouns)).save(str(OUT / "nouns.marisa"))
    marisa_trie.RecordTrie("<B", sorted(packed_words)).save(str(OUT / "words.marisa"))
    for path in sorted(OUT.glob("*.marisa")):
        print(path.name, path.stat().st_size, file=sys.stderr)
    print(len(kept), "verbs", len(packed_forms), "forms", len(packed_nouns), "nouns", len(packed_words), "words")


if __name__ == "__main__":
    main()
