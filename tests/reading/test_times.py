"""Every row of times.yaml finds its examples and leaves its counter-examples alone."""

from __future__ import annotations

import re

import pytest

from marsad.lexicon.times import load_times
from marsad.reading.times.find import find_times
from marsad.text.document import Document

_ROWS = [*load_times().rows, *load_times().joins]
_EXAMPLES = [(row.id, example) for row in _ROWS for example in row.examples]
_COUNTER = [(row.id, text) for row in _ROWS for text in row.counter]


@pytest.mark.parametrize(("rule", "example"), _EXAMPLES, ids=[f"{r}-{e.text}" for r, e in _EXAMPLES])
def test_example(rule, example):
    start = example.text.index("[")
    end = example.text.index("]") - 1
    text = re.sub(r"[\[\]]", "", example.text)
    found = {t.rule: t for t in find_times(Document(text), example.date) if t.span.start <= start < t.span.end}
    assert list(found) == [rule]
    time = found[rule]
    assert (time.span.start, time.span.end, time.value) == (start, end, example.value)
    assert text[time.span.start : time.span.end] == time.span.quote


@pytest.mark.parametrize(("rule", "text"), _COUNTER)
def test_counter_example(rule, text):
    assert rule not in [t.rule for t in find_times(Document(text), "2025-03-12")]


def test_every_row_has_examples_of_both_kinds():
    assert all(row.examples and row.counter for row in _ROWS)


def test_ids_are_unique():
    ids = [row.id for row in _ROWS]
    assert len(ids) == len(set(ids))


def test_offsets_hold_in_text_with_marks_and_tatweel():
    text = "قالَ المتحدّثُ، أمـــسِ الثُّلاثاءِ، إنّ الهدنةَ بدأت في ٢٤ شُباط ٢٠٢٢."
    times = find_times(Document(text), "2025-03-12")
    assert [t.value for t in times] == ["2025-03-11", "2022-02-24"]
    assert [t.span.quote for t in times] == [text[t.span.start : t.span.end] for t in times]


@pytest.mark.parametrize("date", [None, "2025", "2025-03", "2025-03-12", "nonsense", "2025-99-99"])
def test_any_anchor(date):
    text = "أمس والعام الماضي ومارس/آذار المقبل وقبل شهرين والأسبوع الماضي ومنذ 2015 والثلاثاء و31 فبراير 2020"
    for time in find_times(Document(text), date):
        assert text[time.span.start : time.span.end] == time.span.quote
        assert re.fullmatch(r"[\dXW./-]+", time.value)
