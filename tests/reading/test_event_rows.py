"""Every row of the event data: its example holds a candidate of the row, its counter-example no event of the type."""

from __future__ import annotations

import pytest

import marsad
from marsad.lexicon.triggers import TriggerRow, load_triggers
from marsad.reading.actors.find import find_actors
from marsad.reading.events.candidates import Context, find_candidates
from marsad.reading.statements.find import find_statements
from marsad.text.analyse import analyse

ROWS = [(kind, row) for kind, loaded in load_triggers().items() for row in loaded.rows]


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[row.id for _, row in ROWS])
def test_example_has_a_candidate_of_the_row(kind: str, row: TriggerRow) -> None:
    document = analyse(row.example)
    layer = find_actors(document)
    candidates = find_candidates(Context(document, layer, find_statements(document, layer)))
    assert row.id in {hit.row.id for candidate in candidates for hit in candidate.hits}


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=[row.id for _, row in ROWS])
def test_counter_example_is_no_event_of_the_type(kind: str, row: TriggerRow) -> None:
    events = marsad.read(row.counter).events
    assert [event.trigger.quote for event in events if event.type == kind] == []
