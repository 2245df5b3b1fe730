"""Every row of the text layer's tables does what it says."""

from __future__ import annotations

import pytest

from marsad.text.analyse import analyse
from marsad.text.clitics import data_rows
from marsad.text.normalise import fold
from marsad.text.tagging import may_be_adjective
from marsad.text.words import analyse_word


def test_function_words() -> None:
    wrong = []
    for row in data_rows("function-words.tsv"):
        word, pos, proclitics, stem, enclitic = (*row, "", "", "")[:5]
        found = analyse_word(word.lstrip("="))
        if (found.pos, found.proclitics, found.enclitic) != (pos, tuple(proclitics.split()), enclitic):
            wrong.append((word, found))
        if stem and found.stem != fold(stem):
            wrong.append((word, found))
    assert not wrong


def test_given_cuts() -> None:
    wrong = []
    closed = {fold(row[0].lstrip("=")) for row in data_rows("function-words.tsv")}
    for row in data_rows("segments.tsv"):
        word, proclitics, stem, enclitic = (*row, "", "", "")[:4]
        found = analyse_word(word)
        want = tuple(p for p in proclitics.split() if p != "ال"), "ال" in proclitics.split(), enclitic
        if fold(word) not in closed and (found.proclitics, found.definite, found.enclitic) != want:
            wrong.append((word, want, found))
        if stem and fold(word) not in closed and found.stem != fold(stem):
            wrong.append((word, stem, found))
    assert not wrong


def test_words_of_one_reading() -> None:
    for form, reading in data_rows("one-reading.tsv"):
        word = analyse_word(form)
        assert bool(word.verbs) == (reading == "VERB"), form
        assert reading == "NOUN" or word.pos == "VERB", form


def test_adjectives_may_be_adjectives() -> None:
    assert [row[0] for row in data_rows("adjectives.tsv") if not may_be_adjective(row[0])] == []


@pytest.mark.parametrize(
    ("text", "word", "pos", "lemma"),
    [
        ("رفض الوزير التعليق على الخبر.", "رفض", "VERB", "رفض"),
        ("أثار رفض الوزير غضبا.", "رفض", "NOUN", "رفض"),
        ("في كشف جديد عن الصفقة.", "كشف", "NOUN", "كشف"),
        ("كشف التقرير عن صفقة سرية.", "كشف", "VERB", "كشف"),
        ("لن تقبل الحكومة بالشروط.", "تقبل", "VERB", "قبل"),
        ("الخطة التي قدمها الوسيط فشلت.", "قدمها", "VERB", "قدم"),
        ("قُتل ثلاثة جنود في الهجوم.", "قُتل", "VERB", "قتل"),
        ("استؤنفت المحادثات أمس.", "استؤنفت", "VERB", "استانف"),
        ("دار الحديث بين الوزيرين.", "بين", "ADP", "بين"),
        ("تحقق الشرطة في الحادث.", "تحقق", "VERB", "حقق"),
        ("زار الوزير الجديد المدينة.", "الجديد", "ADJ", "جديد"),
        ("أعلن البلدان الحرب.", "الحرب", "NOUN", "حرب"),
    ],
)
def test_words_in_context(text: str, word: str, pos: str, lemma: str) -> None:
    token = next(token for token in analyse(text).tokens if token.form == word)
    assert (token.pos, token.lemma) == (pos, lemma)
