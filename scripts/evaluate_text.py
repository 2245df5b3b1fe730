"""Measure the text layer on labelled sentences: python scripts/evaluate_text.py [--all] [--errors]

Reads training/tagger.tsv (form, segments joined by +, part of speech, lemma; one word a line, blank line between
sentences) and scores every eighth sentence, which the tagger is not trained on; --all scores all.  Conventions follow
UD_Arabic-PUD: proclitics (also the article) and pronouns are segments, lemmas are singular or third person past.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from marsad.text.analyse import analyse
from marsad.text.document import Token

LABELLED = Path(__file__).parent.parent / "training/tagger.tsv"
TEST_EVERY = 8
Row = tuple[str, str, str, str]


def sentences(test: bool | None = None) -> list[list[Row]]:
    """Labelled sentences: all, those for testing (`test` True) or those for training (False)."""
    groups = [group.splitlines() for group in LABELLED.read_text("utf-8").strip().split("\n\n")]
    rows = [[tuple(line.split("\t")) for line in group if not line.startswith("# ")] for group in groups]
    return [  # type: ignore[misc]
        group for index, group in enumerate(rows) if test is None or (index % TEST_EVERY == 0) == test
    ]


def text_of(group: list[Row]) -> str:
    """The labelled words with blanks between."""
    return " ".join(row[0] for row in group)


def segments(token: Token) -> tuple[tuple[str, ...], bool, str]:
    return token.proclitics, token.definite, token.enclitic


def labelled_segments(row: Row) -> tuple[tuple[str, ...], bool, str]:
    """Proclitics, article and pronoun of a labelled word (the stem is the first part that is none of them)."""
    parts = row[1].split("+") if "+" in row[1] else [row[1]]
    at = 0
    while at < len(parts) - 1 and parts[at] in ("و", "ف", "ب", "ل", "ك", "س", "ال", "أ"):
        at += 1
    if at and at == len(parts) - 1 and parts[at] in ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم", "ي"):
        at -= 1  # a preposition with a pronoun and nothing else
    return tuple(part for part in parts[:at] if part != "ال"), "ال" in parts[:at], "+".join(parts[at + 1 :])


def main() -> None:
    groups = sentences(None if "--all" in sys.argv else True)
    counts = dict.fromkeys(("words", "segmentation", "lemma", "pos", "verbal", "verb/noun", "v+", "v-"), 0)
    started = time.process_time()
    for group in groups:
        document = analyse(text_of(group))
        if [token.form for token in document.tokens] != [row[0] for row in group]:
            raise SystemExit(f"words differ: {text_of(group)}")
        for token, row in zip(document.tokens, group, strict=True):
            if row[2] == "PUNCT":
                continue
            counts["words"] += 1
            cut_right = segments(token) == labelled_segments(row)
            counts["segmentation"] += cut_right
            counts["lemma"] += token.lemma == row[3]
            counts["pos"] += token.pos == row[2]
            gold, found = row[2] == "VERB", token.pos == "VERB"
            if row[2] in ("VERB", "NOUN", "ADJ", "NAME"):
                counts["verbal"] += 1
                counts["verb/noun"] += gold == found
            wrong = [
                name
                for name, bad in (
                    ("cut", not cut_right),
                    ("lemma", token.lemma != row[3]),
                    ("verb", gold != found),
                )
                if bad
            ]
            if "--errors" in sys.argv and wrong:
                print(
                    token.form, "/".join(wrong), token.proclitics, token.stem, token.pos, token.lemma, "gold", row[1:]
                )
    seconds = time.process_time() - started
    print(f"{len(groups)} sentences, {counts['words']} words, {counts['words'] / seconds:.0f} words/s (cold)")
    for name in ("segmentation", "lemma", "pos"):
        print(f"{name}: {100 * counts[name] / counts['words']:.1f} %")
    print(f"verb or noun: {100 * counts['verb/noun'] / counts['verbal']:.1f} % of {counts['verbal']}")


if __name__ == "__main__":
    main()
