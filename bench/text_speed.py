#!/usr/bin/env python3
"""Speed of the text layer alone.

usage: text_speed.py ARTICLES.jsonl[.gz] [--articles N]

Prints words per CPU second for the first pass (caches empty) and the second, and the time to load the packed words.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from itertools import islice
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--articles", dest="count", type=int, default=500)
    args = parser.parse_args()
    opener = gzip.open if args.articles.suffix == ".gz" else open
    with opener(args.articles, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in islice(lines, args.count)]
    started = time.process_time()
    from marsad.text.analyse import analyse  # its loading is measured

    analyse("قال")
    print(f"loading: {1000 * (time.process_time() - started):.0f} ms of CPU")
    for name in ("first pass", "second pass"):
        started = time.process_time()
        words = sum(len(analyse(text).tokens) for text in texts)
        seconds = time.process_time() - started
        print(f"{name}: {words / seconds:.0f} words/s, {1000 * seconds / len(texts):.2f} ms per article")


if __name__ == "__main__":
    main()
