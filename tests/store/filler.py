"""Fills an archive from a file of lines, in a process that a test can kill: filler.py LINES ARCHIVE JOBS [LIMIT]

LIMIT is the largest file that the process may write, in bytes: a full disk.
"""

from __future__ import annotations

import resource
import sys

from marsad.batch.adding import add
from marsad.errors import ArchiveError
from marsad.ingest.sources import Options, items
from marsad.store import open_archive


def main() -> None:
    lines, archive, jobs, *limit = sys.argv[1:]
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit[0]), int(limit[0])))
    try:
        with open_archive(archive) as store:
            summary = add(store, items(lines, Options()), int(jobs))
            print(summary.added, summary.unchanged)
    except ArchiveError as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
