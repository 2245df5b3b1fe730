"""Our scorer gives the numbers of the reference scorer, where that lies beside the project."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from marsad.evaluation.evaluate import measure, predict
from marsad.evaluation.reference import decode, load_folder

_GOLD = Path(__file__).parents[3] / "shared" / "gold"
pytestmark = pytest.mark.skipif(not (_GOLD / "score.py").is_file(), reason="no ../shared")


def _theirs(folder: Path, predictions: Path) -> dict[str, dict[str, float]]:
    script = [sys.executable, str(_GOLD / "score.py"), str(folder), str(predictions), "--json"]
    out = subprocess.run(script, check=True, capture_output=True, encoding="utf-8").stdout
    rows: dict[str, dict[str, float]] = json.loads(out)["rows"]
    return rows


def _check(folder: Path, predictions: Path) -> None:
    given = [decode(line) for line in predictions.read_bytes().splitlines()]
    ours = measure(load_folder(folder), given).rows
    theirs = _theirs(folder, predictions)
    assert list(ours) == list(theirs)
    for name, counts in ours.items():
        row = theirs[name]
        assert (counts.gold, counts.predicted, counts.right) == (row["gold"], row["predicted"], row["right"]), name
        assert counts.f1 == pytest.approx(row["f1"])


def test_on_our_own_readings(tmp_path):
    folder = _GOLD / "dev"
    out = tmp_path / "own.jsonl"
    with out.open("wb") as file:
        for document in load_folder(folder):
            file.write(msgspec.json.encode(predict(document)) + b"\n")
    _check(folder, out)


@pytest.mark.parametrize("seed", range(3))
def test_on_spoiled_reference_readings(tmp_path, seed):
    """Readings near the truth: items dropped, moved, doubled and renamed, so that every branch is compared."""
    chance = random.Random(seed)
    folder = _GOLD / "dev"
    out = tmp_path / "spoiled.jsonl"
    with out.open("w", encoding="utf-8") as file:
        for path in sorted(folder.glob("*.json"))[::2]:
            document = json.loads(path.read_text(encoding="utf-8"))
            for layer in ("statements", "events", "relations", "mechanisms"):
                document[layer] = [
                    _spoil(x, chance) for x in document[layer] for _ in range(chance.choice((0, 1, 1, 2)))
                ]
            file.write(json.dumps(document, ensure_ascii=False) + "\n")
    _check(folder, out)


def _spoil(item, chance):
    item = json.loads(json.dumps(item))
    for span in [v for v in item.values() if isinstance(v, dict) and "start" in v] + item.get("content", []):
        span["end"] += chance.choice((0, 0, 0, 7, 40))
    if chance.random() < 0.4:
        for key, other in (
            ("act", "STATE"),
            ("status", "planned"),
            ("polarity", 1),
            ("domain", "political"),
            ("trend", "up"),
            ("sign", 1),
            ("claim", "asserts"),
            ("statement", None),
            ("targets", []),
        ):
            if key in item and chance.random() < 0.3:
                item[key] = other
    if "speaker" in item and chance.random() < 0.3:
        item["speaker"]["name"] = chance.choice((None, "أحمد", item["speaker"]["role"]))
    if "a" in item and chance.random() < 0.3:
        item["a"], item["b"] = item["b"], item["a"]
    return item
