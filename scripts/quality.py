#!/usr/bin/env python
"""Measures sets of reference readings and writes what the observatory's quality page shows.

    python scripts/quality.py own=tests/reference development=../shared/gold/dev

writes src/marsad/evaluation/data/results.json; sets that are not named keep their numbers.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from marsad.evaluation.evaluate import measure
from marsad.evaluation.reference import folder_hash, load_folder
from marsad.version import VERSION

OUT = Path(__file__).parents[1] / "src/marsad/evaluation/data/results.json"


def main() -> None:
    """Measure the sets on the command line."""
    results = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {}
    for pair in sys.argv[1:]:
        name, _, folder = pair.partition("=")
        documents = load_folder(Path(folder))
        tally = measure(documents)
        results[name] = {
            "version": VERSION,
            "documents": len(documents),
            "hash": folder_hash(Path(folder)),
            "rows": {
                row.strip(): {"gold": c.gold, "predicted": c.predicted, "right": c.right}
                for row, c in tally.rows.items()
            },
        }
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(results, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
