#!/usr/bin/env python3
"""Put the real output of `./run` into README.md and README.ar.md, between their markers.

usage: readme.py [LINES]     the first LINES lines (28)
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from marsad import examples
from marsad.reading.pipeline import read
from marsad.view.terminal import print_reading

_PLACE = re.compile(r"(<!-- output: ./run -->\n```\n).*?(```\n<!-- end -->)", re.S)


def main() -> None:
    """Rewrite both files."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 28
    article = examples.load()
    out = io.StringIO()
    print_reading(article, read(article), out)
    lines = out.getvalue().splitlines()
    shown = "\n".join(lines[:count] + (["  …"] if len(lines) > count else [])) + "\n"
    for name in ("README.md", "README.ar.md"):
        path = Path(__file__).parents[1] / name
        text, places = _PLACE.subn(lambda match: match[1] + shown + match[2], path.read_text(encoding="utf-8"))
        if places != 1:
            sys.exit(f"{name}: the markers for the output are missing")
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
