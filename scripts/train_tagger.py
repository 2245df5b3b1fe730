"""Train the tagger: python scripts/train_tagger.py [--folds N]

Reads training/tagger.tsv, writes src/marsad/text/data/tagger.crfsuite.  Every eighth sentence is kept for testing
(scripts/evaluate_text.py); training takes seconds and is deterministic.  With --folds nothing is written: each part of
all sentences is tagged by a model of the others, and the share of right verbs and nouns is printed.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import pycrfsuite
from evaluate_text import Row, sentences, text_of

from marsad.text import tagging
from marsad.text.analyse import tokenise
from marsad.text.document import Token
from marsad.text.sentences import split_sentences

MODEL = Path(__file__).parent.parent / "src/marsad/text/data/tagger.crfsuite"
SETTINGS = {"c1": 0.05, "c2": 0.05, "max_iterations": 200, "feature.minfreq": 1}
OPEN = ("VERB", "NOUN", "ADJ", "NAME")


def prepared(group: list[Row]) -> list[Token]:
    """Tokens of a labelled sentence, names marked as the actor layer would."""
    tokens = tokenise(text_of(group))
    for token, row in zip(tokens, group, strict=True):
        if row[2] == "NAME":
            token.pos = "NAME"
    return tokens


def train(groups: list[list[Row]], path: Path) -> None:
    """Fit a model to the sentences."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS)
    for group in groups:
        trainer.append(tagging.sequence(prepared(group)), [tagging.label_of(row[2]) for row in group])
    trainer.train(str(path))


def cross_validate(folds: int) -> None:
    """Print the share of right verbs and nouns, for the lexicon alone and with the tagger."""
    groups = sentences()
    counts = dict.fromkeys(("words", "alone", "tagged", "adjectives", "nominal"), 0)
    with tempfile.TemporaryDirectory() as folder:
        for fold in range(folds):
            path = Path(folder) / f"{fold}.crfsuite"
            train([group for index, group in enumerate(groups) if index % folds != fold], path)
            model = pycrfsuite.Tagger()
            model.open(str(path))
            tagging._tagger = lambda model=model: model
            for group in groups[fold::folds]:
                tokens = prepared(group)
                kept = [(token, row) for token, row in zip(tokens, group, strict=True) if row[2] in OPEN]
                counts["words"] += len(kept)
                counts["alone"] += sum((token.pos == "VERB") == (row[2] == "VERB") for token, row in kept)
                tagging.tag(tokens, split_sentences(text_of(group), tokens))
                counts["tagged"] += sum((token.pos == "VERB") == (row[2] == "VERB") for token, row in kept)
                nominal = [(token, row) for token, row in kept if row[2] in ("NOUN", "ADJ")]
                counts["nominal"] += len(nominal)
                counts["adjectives"] += sum(token.pos == row[2] for token, row in nominal)
    print(f"{len(groups)} sentences, {counts['words']} verbs, nouns, adjectives and names, {folds} folds")
    print(f"verb or noun, lexicon alone: {100 * counts['alone'] / counts['words']:.1f} %")
    print(f"verb or noun, with the tagger: {100 * counts['tagged'] / counts['words']:.1f} %")
    print(f"noun or adjective: {100 * counts['adjectives'] / counts['nominal']:.1f} %")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    folds = parser.parse_args().folds
    if folds:
        cross_validate(folds)
        return
    train(sentences(test=False), MODEL)
    print(f"{MODEL.name}: {MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
