"""`marsad whatif`, run as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MAP = Path(__file__).parents[1] / "assembly" / "data" / "corridor-map.json"
ASKED = ("--map", str(MAP), "--press", "رسوم العبور على الشاحنات+", "--target", "كلفة النقل عبر الممر")
RIVAL = ("--edge", "رسوم العبور على الشاحنات -> حركة البضائع عبر الطريق الشمالي +")


def marsad(*words: str, archive: str = "none.db") -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "marsad", *words], capture_output=True, encoding="utf-8", check=False,
        env={**__import__("os").environ, "MARSAD_ARCHIVE": archive, "NO_COLOR": "1"},
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_certain_on_a_terminal():
    status, out, _ = marsad("whatif", *ASKED)
    assert status == 0
    assert "rises in every weighting" in out
    assert "«رفع رسوم العبور يزيد كلفة النقل عبر الممر»" in out
    assert "ليلى أوزتورك" in out
    assert "not a forecast" in out
    assert "%" not in out


def test_ambiguous_in_arabic():
    status, out, _ = marsad("whatif", *ASKED, *RIVAL, "--lang", "ar", "--draws", "1000")
    assert status == 0
    assert "ملتبس" in out
    assert "أضافه المحلل" in out
    assert "وليس توقعا" in out


def test_json_is_the_answer_and_repeats():
    first, second = (marsad("whatif", *ASKED, *RIVAL, "--json", "--seed", "5", "--draws", "500")[1] for _ in range(2))
    assert first == second
    answer = json.loads(first)
    assert (answer["verdict"], answer["seed"], answer["draws"]) == ("ambiguous", 5, 500)
    assert len(answer["settings"]) == 10


def test_refusals():
    status, out, _ = marsad("whatif", "--map", str(MAP), "--press", "القروض الصينية+", "--target", "رسوم الحديد")
    assert status == 3
    assert "No answer" in out
    status, _, errors = marsad("whatif", "--map", str(MAP), "--press", "القلق+", "--target", "رسوم الحديد")
    assert status == 2
    assert "nearest" in errors
    status, _, errors = marsad("whatif", "--map", str(MAP), "report.txt", "--press", "a+", "--target", "b")
    assert status == 2
    status, _, errors = marsad("whatif", "--map", str(MAP) + "x", "--press", "a+", "--target", "b")
    assert (status, "Traceback" in errors) == (2, False)


@pytest.mark.parametrize("where", ["article", "archive"])
def test_an_article_and_an_archive_are_asked(where, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("قال الخبير عمر حسن إن ارتفاع كلفة النقل أدى إلى تراجع الصادرات.", encoding="utf-8")
    asked = ("--press", "كلفة النقل+", "--target", "الصادرات")
    if where == "article":
        status, out, errors = marsad("whatif", str(text), *asked)
    else:
        database = str(tmp_path / "a.db")
        assert marsad("add", str(text), archive=database)[0] == 0
        status, out, errors = marsad("whatif", *asked, archive=database)
    assert (status, errors) == (0, "")
    assert "falls in every weighting" in out
    assert "عمر حسن" in out


def test_balance_of_the_network(tmp_path):
    database = str(tmp_path / "a.db")
    marsad("add", "--examples", archive=database)
    status, out, _ = marsad("network", "--balance", archive=database)
    assert status == 0
    assert "frustration index" in out
    answer = json.loads(marsad("network", "--balance", "--json", archive=database)[1])
    assert answer["frustration"]["exact"]
    assert "change points" in marsad("network", "TUR", "KAZ", archive=database)[1]
