#!/usr/bin/env python3
"""Put the real output of the commands in the READMEs between their markers, or check that it stands there.

usage: readme.py [--check]

    <!-- output: marsad stats -->          what the command prints
    <!-- output 28: ./run -->              its first 28 lines
    <!-- end -->

The commands of one file run one after another in an empty folder, so that a later one finds the archive that an
earlier one made.  `./run` stands for what ./run without arguments shows.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_PLACE = re.compile(r"(<!-- output(?: (?P<lines>\d+))?: (?P<command>[^\n]+) -->\n```\n).*?(```\n<!-- end -->)", re.S)


def output(command: str, folder: Path) -> str:
    """What the command prints; ends the program where it fails."""
    words = shlex.split(command)
    if words == ["./run"]:
        words = ["marsad", "read", "--example"]
    if words[0] != "marsad":
        sys.exit(f"{command}: only marsad and ./run can stand in a README")
    environment = {**os.environ, "MARSAD_ARCHIVE": "marsad.db", "MARSAD_ANALYST": "analyst", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "marsad", *words[1:]],
        check=False, cwd=folder, env=environment, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{command}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def filled(text: str) -> tuple[str, int]:
    """The text of a README with fresh output, and how many places there are."""
    with tempfile.TemporaryDirectory() as folder:

        def fresh(match: re.Match[str]) -> str:
            lines = output(match["command"], Path(folder)).strip("\n").splitlines()
            if match["lines"] and len(lines) > int(match["lines"]):
                lines = [*lines[: int(match["lines"])], "  …"]
            return match[1] + "".join(f"{line}\n" for line in lines) + match[4]

        return _PLACE.subn(fresh, text)


def main() -> None:
    """Rewrite both files, or with --check end with status 1 where one is out of date."""
    check = sys.argv[1:] == ["--check"]
    stale = []
    for name in ("README.md", "README.ar.md"):
        path = _ROOT / name
        before = path.read_text(encoding="utf-8")
        after, places = filled(before)
        if not places:
            sys.exit(f"{name}: the markers for the output are missing")
        if before != after and check:
            stale.append(name)
        elif before != after:
            path.write_text(after, encoding="utf-8")
    if stale:
        sys.exit(f"{', '.join(stale)}: the output shown is not what the commands print; run scripts/readme.py")


if __name__ == "__main__":
    main()
