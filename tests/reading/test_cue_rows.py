"""Every row of the cue data: its example gives a statement of the row, its counter-example gives none."""

from __future__ import annotations

import pytest

import marsad
from marsad.lexicon.cues import CueRow, PhraseRow, load_cues

CUES = load_cues()
SPEAKING = [row for row in (*CUES.verbs, *CUES.phrases) if getattr(row, "kind", "") not in ("blocked", "turn", "tag")]
BLOCKED = [row for row in CUES.phrases if row.kind == "blocked"]


@pytest.mark.parametrize("row", SPEAKING, ids=lambda row: row.id)
def test_example_gives_a_statement_of_the_row(row: CueRow | PhraseRow) -> None:
    statements = marsad.read(row.example.replace("[", "").replace("]", "")).statements
    found = [statement for statement in statements if statement.rule == row.id]
    assert found, [(s.rule, s.content[0].quote) for s in statements]
    if "[" in row.example:
        assert found[0].content[0].quote == row.example[row.example.index("[") + 1 : row.example.index("]")]


@pytest.mark.parametrize("row", SPEAKING, ids=lambda row: row.id)
def test_counter_example_gives_none(row: CueRow | PhraseRow) -> None:
    statements = marsad.read(row.counter).statements
    assert [s.content[0].quote for s in statements if s.rule == row.id] == []


@pytest.mark.parametrize("row", BLOCKED, ids=lambda row: row.id)
def test_a_formula_is_no_statement(row: PhraseRow) -> None:
    assert marsad.read(row.example).statements == ()
    assert marsad.read(row.counter).statements
