"""Text made to hurt: nothing fails, and time grows no faster than the text."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marsad import examples
from marsad.reading.pipeline import read
from marsad.records import Article

_ARTICLE = examples.load().text
_PARTS = {
    "articles": _ARTICLE + "\n\n",
    "one word": "سلام ",
    "opened quotes": "«قال \"",
    "nested quotes": "«قال \"إن“ ",
    "closed quotes": "»\"”) ",
    "numbers": "2024 ",
    "months": "يناير/",
    "days": "أمس الثلاثاء ",
    "dates": "24/2/",
    "no space": "قال",
    "verbs": "قال ",
    "clauses": "وقال الوزير إن ",
    "participles": "مضيفا أن ",
    "relays": "ونقلت وكالة عن مصدر قوله إن ",
    "actors": "روسيا والصين و",
    "titles": "وزير خارجية رئيس ",
    "determiners": "بعض كل ",
    "of": "من ",
    "conditions": "إذا بسبب ",
    "attacks": "هاجم قصف ",
    "brackets": "(",
    "colons": "موسكو: ",
    "lines": "\n",
    "marks": "قّْ",
    "controls": "\u202e\u2066\u200f",
    "stretched": "ـ",
    "stops": "قال. ",
    "mixed": "قال NATO إن 5% ",
}  # fmt: skip


def _seconds(text: str) -> float:
    began = time.process_time()
    read(Article(text=text, date="2025-03-12"))
    return time.process_time() - began


@pytest.mark.parametrize("part", list(_PARTS.values()), ids=list(_PARTS))
def test_time_grows_with_the_length(part):
    small = part * (2_000 // len(part) + 1)
    large = part * (16_000 // len(part) + 1)
    _seconds(small)
    quick, slow = max(_seconds(small), 0.02), _seconds(large)
    # Eight times the text: 64 times the time would be quadratic.
    assert slow < 24 * quick + 0.3, f"{quick:.2f} s for {len(small)}, {slow:.2f} s for {len(large)} characters"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(list(_PARTS.values())[1:]), st.text(max_size=8)), max_size=30))
def test_any_mixture_is_read_with_exact_spans(parts):
    text = "".join(parts)
    reading = read(Article(text=text, date="2025-03-12"))
    spans = [span for statement in reading.statements for span in statement.content]
    spans += [mention.span for mention in reading.mentions] + [when.span for when in reading.times]
    for span in spans:
        assert text[span.start : span.end] == span.quote
        assert span.quote
    for layer in (reading.statements, reading.events, reading.relations, reading.mechanisms):
        assert len({record.id for record in layer}) == len(layer)
