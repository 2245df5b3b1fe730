#!/usr/bin/env python3
"""Hold the floors on the labelled ASSAULT and PROTEST sentences in ../shared, scored by the script that lies there.

usage: check_gsr.py GOLD_FOLDER     (holds gsr/ and gsr_score.py)
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from marsad.batch.pool import read_lines

_LINE = re.compile(r"^detection (\w+) .* F1 ([\d.]+)$", re.M)


def main() -> None:
    """Read each sentence as an article, score, print, compare."""
    gold = Path(sys.argv[1])
    floors = json.loads((Path(__file__).parents[1] / "eval" / "floors.json").read_text(encoding="utf-8"))["gsr"]
    lines = {json.loads(line)["id"]: line for f in ("detection", "spans") for line in _lines(gold, f)}
    with tempfile.NamedTemporaryFile("wb", suffix=".jsonl") as out:
        for outcome in read_lines(enumerate(lines.values(), 1)):
            if outcome.json is not None:
                out.write(outcome.json + b"\n")
        out.flush()
        command = [sys.executable, str(gold / "gsr_score.py"), str(gold / "gsr"), out.name]
        report = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    print(report, end="")
    found = {kind: float(value) for kind, value in _LINE.findall(report)}
    low = [f"{kind}: F1 {found[kind]} is below {floor}" for kind, floor in floors.items() if found[kind] < floor]
    for fault in low:
        print(f"marsad: gsr: {fault}", file=sys.stderr)
    sys.exit(1 if low else 0)


def _lines(gold: Path, name: str) -> list[bytes]:
    return [line for line in (gold / "gsr" / f"{name}.jsonl").read_bytes().splitlines() if line.strip()]


if __name__ == "__main__":
    main()
