"""The program as a user calls it: output, messages and exit status."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from marsad import examples
from marsad.cli import _COMMANDS

ARTICLE = examples.load().text
ROOT = Path(__file__).parents[2]


def marsad(*arguments, stdin=b"", **environment):
    done = subprocess.run(
        [sys.executable, "-m", "marsad", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "100", **environment},
        check=False,
    )
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def lines(tmp_path, count, name="articles.jsonl", bad=()):
    path = tmp_path / name
    rows = []
    for i in range(count):
        text = f"قال الوزير رقم {i} إن المحادثات مستمرة."
        rows.append(bad[i] if i in bad else json.dumps({"id": f"a{i}", "text": text}, ensure_ascii=False).encode())
    data = b"\n".join(rows) + b"\n"
    path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return path


def test_example():
    status, out, err = marsad("read", "--example")
    assert status == 0
    assert "Who said what" in out
    assert err == ""


def test_events_for_event_data_programs():
    status, out, _ = marsad("read", "--example", "--plover")
    assert status == 0
    events = [json.loads(line) for line in out.splitlines()]
    assert events
    assert all(event["actor"] and event["event"] for event in events)
    status, out, _ = marsad("read", "--example", "--cameo", "--every-status")
    assert status == 0
    assert out.startswith("Event ID\tEvent Date\t")
    assert "planned" in out


def test_json_has_exact_spans():
    status, out, _ = marsad("read", "--example", "--json")
    assert status == 0
    reading = json.loads(out)
    assert set(reading) >= {"id", "statements", "events", "relations", "mechanisms", "actors", "times"}

    def spans(value):
        if isinstance(value, dict):
            if "quote" in value:
                yield value
            for inner in value.values():
                yield from spans(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from spans(inner)

    found = list(spans(reading))
    assert len(found) > 20
    assert all(ARTICLE[s["start"] : s["end"]] == s["quote"] for s in found)


def test_standard_input_with_what_the_user_knows():
    arguments = ("read", "-", "--json", "--date", "2025-03-12", "--id", "x", "--title", "ع", "--outlet", "و")
    status, out, _ = marsad(*arguments, stdin=ARTICLE.encode())
    reading = json.loads(out)
    assert status == 0
    assert (reading["id"], reading["date"], reading["title"], reading["outlet"]) == ("x", "2025-03-12", "ع", "و")
    assert "2025-03-11" in [time["value"] for time in reading["times"]]


def test_html(tmp_path):
    page = tmp_path / "page.html"
    status, out, err = marsad("read", "--example", "--html", page)
    assert (status, out) == (0, "")
    assert str(page) in err
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_output_file(tmp_path):
    out = tmp_path / "out.json"
    assert marsad("read", "--example", "--json", "-o", out)[0] == 0
    assert json.loads(out.read_bytes())["statements"]
    assert marsad("read", "--example", "-o", tmp_path / "no" / "where")[0] == 2


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03" * 99, "binary"),
        (b"Only English here.", "Arabic"),
        ("سلام ".encode() * 5_000_000, "--max-bytes"),
        ("سلام ".encode() * 300_000, "--max-chars"),
    ],
)
def test_what_cannot_be_read(data, told):
    start = time.monotonic()
    status, out, err = marsad("read", "-", stdin=data)
    assert (status, out) == (2, "")
    assert err.startswith("marsad: ")
    assert err.count("\n") == 1
    assert told in err
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    "arguments",
    [
        ("read",),
        ("read", "a", "--example"),
        ("read", "nowhere.txt"),
        ("read", "--example", "--date", "today"),
        ("read", "--jsonl", "x", "--json"),
        ("read", "--jsonl", "x", "--plover"),
        ("read", "--example", "--plover", "--cameo"),
        ("read", "--example", "--every-status"),
        ("read", "--jsonl", "nowhere.jsonl"),
        ("read", "--no-such-option"),
        ("explain", "no-such-rule"),
        ("explain", "zzz", "--example"),
        ("eval", "nowhere"),
        ("nonsense",),
    ],
)
def test_wrong_calls(arguments):
    status, out, err = marsad(*arguments)
    assert (status, out) == (2, "")
    assert err


def test_an_article_that_takes_too_long_is_left():
    status, _, err = marsad("read", "--example", "--timeout", "0.0001")
    assert status == 2
    assert "--timeout" in err


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("name", ["articles.jsonl", "articles.jsonl.gz"])
def test_lines_come_out_in_order(tmp_path, jobs, name):
    path = lines(tmp_path, 150, name)
    status, out, err = marsad("read", "--jsonl", path, "--jobs", jobs)
    assert (status, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == [f"a{i}" for i in range(150)]


def test_any_number_of_jobs_gives_the_same_bytes(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for i, part in enumerate(ARTICLE.split("\n\n") * 6):
            file.write(json.dumps({"id": i, "text": part, "date": "2025-03-12", "other": [1]}) + "\n")
    outs = {marsad("read", "--jsonl", path, "--jobs", jobs)[1] for jobs in (1, 1, 2, 3)}
    assert len(outs) == 1


BAD = {
    3: b"{not json",
    5: b'{"id": "x"}',
    7: b'{"id": "x", "text": 5}',
    9: b'{"id": "x", "text": ""}',
    11: b'{"id": "x", "text": "English only"}',
    13: b'{"id": "x", "text": "\xff\xfe"}',
    15: b"[]",
    17: b'{"id": "x", "text": ' + b"[" * 5000,
}


@pytest.mark.parametrize("jobs", [1, 2])
def test_bad_lines_are_told_and_the_rest_goes_on(tmp_path, jobs):
    path = lines(tmp_path, 40, bad=BAD)
    status, out, err = marsad("read", "--jsonl", path, "--jobs", jobs)
    assert status == 1
    assert len(out.splitlines()) == 40 - len(BAD)
    told = err.splitlines()
    assert [int(line.split("line ")[1].split(":")[0]) for line in told] == [i + 1 for i in BAD]


def test_lone_surrogates_and_blank_lines(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\n{"id": "a\\ud800", "text": "\\u0642\\u0627\\u0644 \\ud800 \\u0648"}\n\n')
    status, out, _ = marsad("read", "--jsonl", path, "--jobs", "1")
    assert status == 0
    assert "surrogate" in json.loads(out)["warnings"][0]


def test_lines_from_standard_input(tmp_path):
    data = lines(tmp_path, 5).read_bytes()
    status, out, _ = marsad("read", "--jsonl", "-", "--jobs", "1", stdin=data)
    assert status == 0
    assert len(out.splitlines()) == 5


def test_a_line_over_the_limit_is_told(tmp_path):
    path = lines(tmp_path, 3, bad={1: b'{"id": "x", "text": "' + b"x" * 90_000 + b'"}'})
    status, out, err = marsad("read", "--jsonl", path, "--max-bytes", 5000, "--jobs", 1)
    assert status == 1
    assert len(out.splitlines()) == 2
    assert "line 2" in err


def test_a_damaged_archive(tmp_path):
    path = lines(tmp_path, 300, "a.jsonl.gz")
    path.write_bytes(path.read_bytes()[:-200])
    status, _, err = marsad("read", "--jsonl", path, "--jobs", 1)
    assert status == 2
    assert "damaged" in err


def test_a_reader_that_goes_away(tmp_path):
    path = lines(tmp_path, 3000)
    command = f'"{sys.executable}" -m marsad read --jsonl "{path}" --jobs 1 | head -n 1'
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False, env=env)
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b""


def test_schema_describes_what_is_written():
    status, out, _ = marsad("schema")
    assert status == 0
    schema = json.loads(out)
    reading = json.loads(marsad("read", "--example", "--json")[1])
    assert set(schema["$defs"]["Reading"]["properties"]) == set(reading)


def test_explain_an_item():
    reading = json.loads(marsad("read", "--example", "--json")[1])
    statement = reading["statements"][0]
    status, out, _ = marsad("explain", statement["id"][:8], "--example")
    assert status == 0
    assert statement["content"][0]["quote"] in out
    assert statement["rule"] in out
    assert "example:" in out


def test_explain_a_rule():
    status, out, _ = marsad("explain", "time-date")
    assert status == 0
    assert "times.yaml" in out


def test_eval_and_its_floors(tmp_path):
    folder = tmp_path / "gold"
    folder.mkdir()
    text = "قال الوزير إن المحادثات مستمرة."
    content = [{"start": 14, "end": 30}]
    speaker = {"mention": None, "name": "الوزير", "role": None, "affiliation": [], "kind": "office"}
    statement = {"id": "s1", "cue": None, "speaker": speaker, "content": content, "form": "indirect", "act": "STATE"}
    document = {"id": "d", "text": text, "statements": [statement]}
    (folder / "d.json").write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    same = tmp_path / "same.jsonl"
    same.write_text(json.dumps(document), encoding="utf-8")
    status, out, _ = marsad("eval", folder, "--json", "--predictions", same)
    assert status == 0
    assert json.loads(out)["rows"]["statement found (IoU>=.5)"]["right"] == 1
    pinned = marsad("eval", folder, "--hash")[1].strip()
    floors = tmp_path / "floors.json"
    entry = {"sha256": pinned, "least": {"statement found (IoU>=.5)": {"f1": 1.0}}}
    floors.write_text(json.dumps({"gold": entry}), encoding="utf-8")
    assert marsad("eval", folder, "--floors", floors, "--predictions", same)[0] == 0
    entry["least"]["event type in sentence"] = {"f1": 0.1}
    floors.write_text(json.dumps({"gold": entry}), encoding="utf-8")
    status, _, err = marsad("eval", folder, "--floors", floors, "--predictions", same)
    assert status == 1
    assert "below 0.1" in err
    (folder / "d.json").write_text(json.dumps(document), encoding="utf-8")
    status, _, err = marsad("eval", folder, "--floors", floors, "--predictions", same)
    assert status == 2
    assert "hash" in err


def test_every_command_has_help_and_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in _COMMANDS:
        status, out, _ = marsad(command, "--help")
        assert status == 0
        assert "Usage: marsad" in out
        assert f"marsad {command}" in readme


def test_start_is_quick():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    marsad("read", "--example")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.5
