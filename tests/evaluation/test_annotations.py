"""Compact notes: they build into readings, come back as they were, and say what is wrong with them."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("annotations", ROOT / "scripts" / "annotations.py")
annotations = importlib.util.module_from_spec(_spec)
sys.modules["annotations"] = annotations
_spec.loader.exec_module(annotations)

NOTES = """\
id: sample
title: عنوان
date: 2024-05-31
---
قالت سلوفينيا إن "الحدود مفتوحة. ولن تغلق". وأدانت ليسوتو القصف.
ونفى الوزير أن يكون القرار بسبب الضغوط.
---
// two statements, an event, a relation, a mechanism
>1
S|s1|قالت|سلوفينيا|سلوفينيا|-|SVN|state|"الحدود … تغلق"|direct|STATE|-
>3
S|s2|أدانت|ليسوتو|ليسوتو|-|LSO|state|القصف|nominal|CONDEMN|-
E|أدانت|ACCUSE|LSO|-|actual|-
R|LSO|SVN|mut|political|-1|-|s2|القصف
>4
S|s3|نفى|الوزير|-|الوزير|-|office|يكون القرار بسبب الضغوط|indirect|DENY|-
M|الضغوط|القرار|1|denies|explicit|s3
"""


def write(tmp_path, text):
    path = tmp_path / "sample.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_notes_build(tmp_path):
    reading, wrong = annotations.build(write(tmp_path, NOTES))
    assert wrong == []
    text = reading["text"]

    def words(place):
        return text[place["start"] : place["end"]]

    first = reading["statements"][0]
    assert words(first["content"][0]) == '"الحدود مفتوحة. ولن تغلق"'
    assert words(reading["mechanisms"][0]["cause"]) == "الضغوط"
    assert reading["events"][0]["type"] == "ACCUSE"
    assert reading["relations"][0]["polarity"] == -1


def test_a_reading_turns_into_notes_and_back(tmp_path):
    reading, _ = annotations.build(write(tmp_path, NOTES))
    again, wrong = annotations.build(write(tmp_path, annotations.notes(reading)))
    assert wrong == []
    assert again == reading


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("|CONDEMN|", "|SHOUT|"), "act 'SHOUT'"),
        (("E|أدانت", "E|شجبت"), "not in this sentence"),
        (("|denies|explicit|s3", "|denies|explicit|s9"), "s9, which is not there"),
        (("S|s2|", "S|s1|"), "occurs twice"),
        ((">4", ">40"), "no sentence 40"),
        (("R|LSO|SVN|mut|", "R|LSO|SVN|"), "7 fields where 8"),
        (("M|الضغوط", "Z|الضغوط"), "begins with"),
    ],
)
def test_faults_are_told_with_their_line(tmp_path, change, told):
    _, wrong = annotations.build(write(tmp_path, NOTES.replace(*change)))
    assert len(wrong) >= 1
    assert told in " ".join(wrong)


def test_the_stored_readings_are_those_of_the_notes():
    for path in sorted((ROOT / "tests" / "reference" / "notes").glob("*.txt")):
        reading, wrong = annotations.build(path)
        assert wrong == []
        stored = (ROOT / "tests" / "reference" / f"{reading['id']}.json").read_text(encoding="utf-8")
        assert json.loads(stored) == reading, f"run scripts/annotations.py build {path.name}"
