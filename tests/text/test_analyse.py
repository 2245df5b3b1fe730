"""The text layer on words, quotes, sentences and hostile input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marsad.text.analyse import analyse, mark_name
from marsad.text.document import Document


def cut(word: str) -> str:
    token = analyse(word).tokens[0]
    article = ["ال"] if token.definite else []
    pronoun = [token.enclitic] if token.enclitic else []
    return "+".join([*token.proclitics, *article, token.stem, *pronoun])


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("وقال", "و+قال"),
        ("وزير", "وزير"),
        ("والوزير", "و+ال+وزير"),
        ("للأمم", "ل+ال+امم"),
        ("سيزور", "س+يزور"),
        ("سيرغي", "سيرغي"),
        ("دولتهم", "دوله+هم"),
        ("وزراؤه", "وزراء+ه"),
        ("لبنان", "لبنان"),
        ("بكين", "بكين"),
        ("ولروسيا", "و+ل+روسيا"),
        ("واشنطن", "واشنطن"),
    ],
)
def test_clitics(word: str, expected: str) -> None:
    assert cut(word) == expected


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("وقالت", "v:قال"),
        ("أعلنت", "v:اعلن"),
        ("يؤكدون", "v:اكد"),
        ("مؤكدا", "p:اكد"),
        ("تأكيد", "m:اكد"),
        ("عقوبات", "n:عقوبه"),
        ("دول", "n:دوله"),
        ("الوزراء", "n:وزير"),
        ("الوزراء", "الوزراء"),
        ("ونفت", "v:نفي"),
    ],
)
def test_keys(word: str, key: str) -> None:
    assert key in analyse(word).tokens[0].keys


def test_names_lose_their_readings() -> None:
    document = analyse("وقال سيرغي")
    mark_name(document.tokens[1:])
    assert document.tokens[1].pos == "NAME"
    assert not [key for key in document.tokens[1].keys if key[1:2] == ":"]


def check(document: Document) -> None:
    text = document.text
    last = 0
    for index, token in enumerate(document.tokens):
        assert token.index == index
        assert text[token.start : token.end] == token.form
        assert token.start <= token.stem_start <= token.stem_end <= token.end
        assert last <= token.start
        last = token.end
        assert document.sentences[token.sentence].first <= index < document.sentences[token.sentence].last
    stack: list[int] = []
    for quote in document.quotes:
        assert quote.start < quote.inner_start <= quote.inner_end <= quote.end
        while stack and stack[-1] <= quote.start:
            stack.pop()
        assert not stack or quote.end <= stack[-1]
        stack.append(quote.end)


ALPHABET = "قالوزيرأن ««»»\"\"“”''‘’.!؟\n\t:-()ـَّ\u200f\u202b\ud800a1٢،https://x.y"


@given(st.text(alphabet=ALPHABET, max_size=120))
def test_any_arabic_like_text(text: str) -> None:
    check(analyse(text))


@given(st.text(st.characters(), max_size=60))
def test_any_text(text: str) -> None:
    check(analyse(text))


@pytest.mark.parametrize(
    "unit", ["«", "»", '"', "“قال ", "'قال ", '"«قال»', "قال.\n", "ل", "ـ", "و ", "\u202b", "…", "(", "س. "]
)
def test_linear_time(unit: str) -> None:
    started = time.perf_counter()
    check(analyse(unit * 30_000))
    assert time.perf_counter() - started < 10
