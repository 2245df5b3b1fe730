"""Hand labels of real articles, kept as article ids and offsets, without a character of their text.

usage: labels.py pack FOLDER OUT.jsonl             readings with text (one JSON an article) -> labels
       labels.py unpack LABELS.jsonl CORPUS... OUT  labels + the corpus files (jsonl[.gz]) -> readings with text

A label file has one article a line: all layers of it (`training/labels.jsonl`), or single words that may be triggers
of an event (`training/triggers.jsonl`: type null where they are none; `status` then says why).  Names, roles and codes
that are words of the article are stored as the offsets of their first occurrence; `unpack` puts the words back and
checks a hash of the text first.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

LAYERS = ("statements", "events", "relations", "mechanisms")
CODED = ("affiliation", "sources", "targets", "a", "b")


def text_hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def hide(words: str | None, text: str) -> Any:
    """Words of the text as [start, end]; words that are not in it are dropped (None), ASCII codes kept."""
    if words is None or words.isascii():
        return words
    at = text.find(words)
    return [at, at + len(words)] if at >= 0 else None


def show(value: Any, text: str) -> Any:
    return text[value[0] : value[1]] if isinstance(value, list) else value


def convert(value: Any, text: str, one: Any, key: str = "") -> Any:
    """Copy of a reading in which `one` has changed the names, roles and codes."""
    if isinstance(value, dict):
        return {k: convert(v, text, one, k) for k, v in value.items()}
    if isinstance(value, list) and key in CODED:
        return [c for c in (one(v, text) for v in value) if c is not None]
    if isinstance(value, list) and key not in ("name", "role"):
        return [convert(v, text, one, key) for v in value]
    return one(value, text) if key in ("name", "role") else value


def pack(folder: Path, out: Path) -> int:
    lines = []
    for path in sorted(folder.glob("*.json")):
        reading = json.loads(path.read_text(encoding="utf-8"))
        text = reading["text"]
        label = {"id": reading["id"], "text_hash": text_hash(text)}
        label |= {layer: convert(reading[layer], text, hide, layer) for layer in LAYERS}
        lines.append(json.dumps(label, separators=(",", ":"), sort_keys=True, ensure_ascii=False))
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def unpack(labels: Path, corpora: list[Path]) -> Iterator[dict[str, Any]]:
    """Labelled readings with their text, in label order; articles that no corpus holds are left out."""
    wanted = {label["id"]: label for label in map(json.loads, labels.read_text(encoding="utf-8").splitlines())}
    articles: dict[str, dict[str, Any]] = {}
    for corpus in corpora:
        opener = gzip.open if corpus.suffix == ".gz" else open
        with opener(corpus, "rt", encoding="utf-8") as lines:
            for line in lines:
                article = json.loads(line)
                if article["id"] in wanted:
                    articles[article["id"]] = article
    for name, label in wanted.items():
        article = articles.get(name)
        if article is None or text_hash(article["text"]) != label["text_hash"]:
            continue
        about = {key: article.get(key) for key in ("id", "title", "outlet", "date", "text")}
        layers = {layer: convert(label[layer], article["text"], show, layer) for layer in LAYERS if layer in label}
        yield about | layers | {"triggers": label.get("triggers", [])}


def main() -> None:
    match sys.argv[1:]:
        case ["pack", folder, out]:
            print(f"{pack(Path(folder), Path(out))} articles packed")
        case ["unpack", labels, *corpora, out]:
            target = Path(out)
            target.mkdir(parents=True, exist_ok=True)
            count = 0
            for reading in unpack(Path(labels), [Path(c) for c in corpora]):
                text = json.dumps(reading, ensure_ascii=False, indent=1)
                (target / f"{reading['id']}.json").write_text(text + "\n", encoding="utf-8")
                count += 1
            print(f"{count} articles unpacked")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
