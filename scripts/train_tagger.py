"""Train the tagger: python scripts/train_tagger.py [--test-only]

Reads training/tagger.tsv, writes src/marsad/text/data/tagger.crfsuite.  Every eighth sentence is kept for testing
(scripts/evaluate_text.py); training takes seconds and is deterministic.
"""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
from evaluate_text import sentences, text_of

from marsad.text.analyse import tokenise
from marsad.text.tagging import label_of, sequence

MODEL = Path(__file__).parent.parent / "src/marsad/text/data/tagger.crfsuite"


def main() -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.05, "max_iterations": 200, "feature.minfreq": 1})
    for group in sentences(test=False):
        tokens = tokenise(text_of(group))
        for token, row in zip(tokens, group, strict=True):
            if row[2] == "NAME":
                token.pos = "NAME"
        trainer.append(sequence(tokens), [label_of(row[2]) for row in group])
    trainer.train(str(MODEL))
    print(f"{MODEL.name}: {MODEL.stat().st_size} bytes")


if __name__ == "__main__":
    main()
