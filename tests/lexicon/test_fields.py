"""Every field of life: its example has it, its counter-example has not; contexts are PLOVER's."""

from __future__ import annotations

import pytest

from marsad.lexicon.fields import Field, fields_of, load_fields
from marsad.text.analyse import analyse


@pytest.mark.parametrize("field", load_fields(), ids=lambda field: field.id)
def test_examples(field: Field) -> None:
    for text, expected in ((field.example, True), (field.counter, False)):
        document = analyse(text)
        assert (field.id in fields_of(document.tokens, 0, len(document.tokens))) is expected, text


def test_ids_are_unique() -> None:
    ids = [field.id for field in load_fields()]
    assert len(ids) == len(set(ids))
