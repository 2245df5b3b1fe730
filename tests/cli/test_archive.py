"""The commands over an archive, run as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = "قال وزير الخارجية إيفان دوبروف إن التجارة مع الصين تنمو. وأضاف أن بلاده ترحب بذلك."


def marsad(*words: str, archive: Path | str, stdin: str | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "marsad", *map(str, words)], input=stdin, capture_output=True, encoding="utf-8",
        check=False, env={**__import__("os").environ, "MARSAD_ARCHIVE": str(archive), "NO_COLOR": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "a.db"
    status, out, _ = marsad("add", "--examples", archive=path)
    assert status == 0
    assert out.startswith("10 added, 0 unchanged")
    return path


def test_adding_again_changes_nothing(archive: Path) -> None:
    status, out, _ = marsad("add", "--examples", "--json", archive=archive)
    assert status == 0
    summary = json.loads(out)
    assert (summary["added"], summary["unchanged"], summary["articles"]) == (0, 10, 10)


def test_what_is_skipped_is_counted_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("The minister said that talks continue. " * 20, encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(b"")
    rows = [{"text": TEXT, "id": "x1"}, {"text": ""}]
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    status, out, errors = marsad("add", str(tmp_path), "--json", archive=tmp_path / "a.db")
    assert status == 1
    summary = json.loads(out)
    assert (summary["added"], summary["skipped"]) == (2, {"no text": 2, "not Arabic": 1})
    status, out, errors = marsad("add", str(tmp_path), archive=tmp_path / "a.db")
    assert out.startswith("0 added, 2 unchanged, 3 skipped (2 no text, 1 not Arabic)")
    assert str(tmp_path / "b.txt") in errors
    assert "Traceback" not in errors


def test_a_source_that_is_not_there_leaves_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    status, out, errors = marsad("add", str(tmp_path / "none"), str(tmp_path / "a.txt"), archive=tmp_path / "a.db")
    assert status == 2
    assert out.startswith("1 added")
    assert "no such file" in errors


def test_standard_input(tmp_path: Path) -> None:
    status, out, _ = marsad("add", "-", archive=tmp_path / "a.db", stdin=TEXT)
    assert (status, out[:7]) == (0, "1 added")
    status, out, _ = marsad("add", "-", archive=tmp_path / "a.db", stdin=json.dumps({"text": TEXT * 2}) + "\n")
    assert (status, out[:7]) == (0, "1 added")


def test_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"x,y\n{TEXT.replace(',', '')},عنوان\n", encoding="utf-8")
    status, _, errors = marsad("add", str(tmp_path / "a.csv"), archive=tmp_path / "a.db")
    assert status == 2
    assert "--column text=NAME" in errors
    status, out, _ = marsad(
        "add", str(tmp_path / "a.csv"), "--column", "text=x", "--column", "title=y", archive=tmp_path / "a.db"
    )
    assert (status, out[:7]) == (0, "1 added")
    assert marsad("add", "x", "--column", "colour=y", archive=tmp_path / "a.db")[0] == 2


VIEWS = [
    ("search", "رسوم"), ("ledger", "جاكسيبايف"), ("ledger",), ("dossier", "تركيا", "كازاخستان"),
    ("timeline", "TUR", "KAZ", "--by", "year"), ("actors",), ("actors", "تركيا", "--card"), ("stats",), ("verdict",),
]  # fmt: skip


@pytest.mark.parametrize("command", VIEWS, ids=" ".join)
def test_every_view_has_a_table_json_and_csv(archive: Path, command: tuple[str, ...]) -> None:
    status, table, _ = marsad(*command, archive=archive)
    assert status == 0
    assert table.strip()
    status, out, _ = marsad(*command, "--json", archive=archive)
    assert status == 0
    assert json.loads(out) is not None
    status, out, _ = marsad(*command, "--csv", "--bom", archive=archive)
    assert status == 0
    assert out.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(out)))
    assert len({len(row) for row in rows}) == 1
    assert marsad(*command, "--csv", "--json", archive=archive)[0] == 2


def test_names_and_codes_mean_the_same(archive: Path) -> None:
    ways = (("TUR", "KAZ"), ("تركيا", "Kazakhstan"))
    answers = {marsad("timeline", a, b, "--json", archive=archive)[1] for a, b in ways}
    assert len(answers) == 1
    assert json.loads(answers.pop())


def test_filters(archive: Path) -> None:
    everything = json.loads(marsad("search", "تركيا", "--json", archive=archive)[1])["total"]
    late = json.loads(marsad("search", "تركيا", "--since", "2025-06", "--json", archive=archive)[1])["total"]
    denied = json.loads(marsad("search", "تركيا", "--act", "DENY", "--json", archive=archive)[1])
    assert 0 < late < everything
    assert 0 < denied["total"] < everything
    assert all(hit["records"] for hit in denied["items"])
    status, _, errors = marsad("search", "تركيا", "--since", "yesterday", archive=archive)
    assert status == 2
    assert "is no date" in errors
    assert marsad("search", "-x", archive=archive)[0] == 2


def test_a_phrase_keeps_its_quotes_from_the_shell(archive: Path) -> None:
    assert json.loads(marsad("search", "الممر الأوسط", "--json", archive=archive)[1])["total"] > 0
    assert json.loads(marsad("search", "الأوسط الممر", "--json", archive=archive)[1])["total"] == 0
    assert json.loads(marsad("search", "الأوسط", "الممر", "--json", archive=archive)[1])["total"] > 0


def test_verdicts_survive_a_rereading(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    marsad("add", "--examples", archive=archive)
    record = json.loads(marsad("ledger", "--json", archive=archive)[1])["items"][0]["statement"]["id"]
    status, out, _ = marsad("verdict", record, "reject", "--note", "خطأ", "--json", archive=archive)
    assert status == 0
    assert json.loads(out)["items"][0]["decision"] == "reject"
    status, out, _ = marsad("reread", "--all", "--json", archive=archive)
    assert status == 0
    done = json.loads(out)
    assert done["summary"]["reread"] == 10
    assert done["articles_changed"] == 0
    assert done["verdicts"] == {"same": 1}
    assert json.loads(marsad("reread", "--json", archive=archive)[1])["summary"]["reread"] == 0
    marsad("verdict", record, "correct", "--set", 'act="ASK"', archive=archive)
    (verdict,) = json.loads(marsad("verdict", "--json", archive=archive)[1])["items"]
    assert verdict["correction"] == {"act": "ASK"}
    assert len(json.loads(marsad("verdict", record, "--history", "--json", archive=archive)[1])["items"]) == 2
    assert marsad("verdict", record, archive=archive)[0] == 2
    assert marsad("verdict", "s0", "accept", archive=archive)[0] == 2


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet", "xlsx", "jsonld", "ftm", "graphml", "plover", "cameo"])
def test_export(archive: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"out.{ending}"
    status, _, errors = marsad("export", str(out), archive=archive)
    assert status == 0, errors
    assert out.stat().st_size > 100
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


def test_export_to_standard_output_and_to_nowhere(archive: Path, tmp_path: Path) -> None:
    status, out, _ = marsad("export", "-", "--format", "csv", "--view", "pairs", archive=archive)
    assert status == 0
    assert out.startswith("a,b,records")
    status, out, _ = marsad("export", "-", "--format", "jsonl", "--view", "search", "--query", "رسوم", archive=archive)
    assert status == 0
    assert all(json.loads(line)["snippets"] for line in out.splitlines())
    assert marsad("export", "-", "--format", "csv", "--view", "search", archive=archive)[0] == 2
    assert marsad("export", str(tmp_path / "out.xyz"), archive=archive)[0] == 2
    assert marsad("export", str(tmp_path / "none" / "out.csv"), archive=archive)[0] == 2
    assert marsad("export", str(tmp_path / "out.ftm"), "--view", "pairs", archive=archive)[0] == 2


def test_a_packed_archive_answers_the_same(archive: Path, tmp_path: Path) -> None:
    status, out, _ = marsad("archive", "export", str(tmp_path / "p"), archive=archive)
    assert status == 0
    assert "10 articles" in out
    for command in VIEWS:
        assert marsad(*command, "--json", archive=archive)[1] == marsad(*command, "--json", archive=tmp_path / "p")[1]
    status, _, errors = marsad("add", "--examples", archive=tmp_path / "p")
    assert status == 2
    assert "only be read" in errors
    assert marsad("archive", "check", archive=archive)[0] == 0


def test_no_archive(tmp_path: Path) -> None:
    for command in VIEWS:
        status, _, errors = marsad(*command, archive=tmp_path / "none.db")
        assert status == 2
        assert "marsad add" in errors
        assert "Traceback" not in errors
    assert not (tmp_path / "none.db").exists()
