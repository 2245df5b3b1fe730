"""Every row of the connectives: its example gives its mechanism, its counter-example gives none of the row."""

from __future__ import annotations

import pytest

import marsad
from marsad.lexicon.claim_words import ClaimRow, load_claim_words
from marsad.lexicon.connectives import Connective, LoweringRow, load_connectives, marked
from marsad.reading.mechanisms.cues import find_cues
from marsad.records import Span
from marsad.text.analyse import analyse

ROWS = list(load_connectives().rows.values())
LOWERING = list(load_connectives().lowering)
CLAIM_WORDS = load_claim_words()
SELDOM = {"for-its-doing"}
"""Rows that the scorers hardly ever prefer to another reading of the same word."""
AGREE = 0.4
"""Overlap from which a span counts as right, as in the evaluation."""


def overlap(span: Span, wanted: tuple[int, int]) -> float:
    common = min(span.end, wanted[1]) - max(span.start, wanted[0])
    return max(0, common) / (max(span.end, wanted[1]) - min(span.start, wanted[0]))


def right(text: str, cause: tuple[int, int], effect: tuple[int, int]) -> list[marsad.records.Mechanism]:
    found = marsad.read(text).mechanisms
    return [m for m in found if overlap(m.cause, cause) >= AGREE and overlap(m.effect, effect) >= AGREE]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_example_gives_its_mechanism(row: Connective) -> None:
    if row.id in SELDOM:
        pytest.xfail("the scorers read a purpose where «ل» may give a reason")
    text, cause, effect = marked(row.example)
    assert row.id in {cue.row.id for cue in find_cues(analyse(text))}
    found = right(text, cause, effect)
    assert [m.claim for m in found] == [row.claim], [(m.rule, m.cause.quote, m.effect.quote) for m in found]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_counter_example_gives_none_of_the_row(row: Connective) -> None:
    assert [m.effect.quote for m in marsad.read(row.counter).mechanisms if m.rule == row.id] == []


@pytest.mark.parametrize("row", LOWERING, ids=lambda row: row.id)
def test_lowering_word_turns_the_sign(row: LoweringRow) -> None:
    assert [m.sign for m in right(*marked(row.example))] == [-1]
    counter = marked(row.counter)[0] if "{" in row.counter else row.counter
    assert all(m.sign == 1 for m in marsad.read(counter).mechanisms)


@pytest.mark.parametrize("row", CLAIM_WORDS.rows, ids=lambda row: row.id)
def test_claim_words_are_found(row: ClaimRow) -> None:
    document = analyse(row.example)
    found = [f.row.id for s in document.sentences for f in CLAIM_WORDS.find(document, s.first, s.last)]
    assert row.id in found


@pytest.mark.parametrize("row", [r for r in CLAIM_WORDS.rows if r.kind == "denial"], ids=lambda row: row.id)
def test_denied_example_is_never_asserted(row: ClaimRow) -> None:
    assert [m.effect.quote for m in marsad.read(row.example).mechanisms if m.claim == "asserts"] == []
