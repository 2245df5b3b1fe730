"""Train the log-linear scorers on the project's own labels.

usage: train.py [--labels training/labels.jsonl] [--readings FOLDER] [--corpus FILE...] [--folds N] [MODEL...]

Labels hold article ids and offsets only, so the corpus that has the texts must be at hand (`--corpus`), or a folder
of readings with text (`--readings`, made by `labels.py unpack`).  Each module of `scripts/training/` is a task: its
`instances(articles)` yields `Instance`s for one or more models, `word_instances(articles)` those of articles in which
only single words are labelled; a task may also have `rankers(articles)` that gives
the weights of rankers (`reading.scorer.Ranker`), named in `RANKED` like MODELS.  With `--folds` nothing is written;
held-out accuracy is printed, folds split by article.  The same labels give the same weights.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).parent))
import labels as label_files
import training
from training.instance import Instance

ROOT = Path(__file__).resolve().parent.parent
MODELS = ROOT / "src/marsad/lexicon/data/models"
DEFAULT_CORPUS = [ROOT.parent / "shared/corpus/articles.jsonl.gz", ROOT.parent / "shared/corpus/bulk.jsonl.gz"]


def vocabulary(instances: list[Instance], least: int) -> dict[str, int]:
    counts = Counter(feature for instance in instances for feature in set(instance.features))
    return {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= least))}


def matrix(instances: list[Instance], columns: dict[str, int]) -> csr_matrix:
    rows, cols = [], []
    for i, instance in enumerate(instances):
        for feature in set(instance.features):
            if feature in columns:
                rows.append(i)
                cols.append(columns[feature])
    return csr_matrix((np.ones(len(rows)), (rows, cols)), shape=(len(instances), len(columns)))


MOST = 10_000
"""Features that a model keeps: few enough to stay near the processor, at next to no loss in held-out accuracy."""


def select(instances: list[Instance], columns: dict[str, int], strength: float) -> dict[str, int]:
    """The features that say most: by their greatest weight in a first fit, times the root of how often they occur."""
    if len(columns) <= MOST:
        return columns
    weights = np.abs(fit(instances, columns, strength).coef_).max(axis=0)
    counts = np.asarray(matrix(instances, columns).sum(axis=0)).ravel()
    names = sorted(columns, key=lambda f: columns[f])
    best = np.argsort(-weights * np.sqrt(counts), kind="stable")[:MOST]
    return {feature: i for i, feature in enumerate(sorted(names[i] for i in best))}


def fit(instances: list[Instance], columns: dict[str, int], strength: float) -> LogisticRegression:
    model = LogisticRegression(C=strength, max_iter=3000, tol=1e-6)
    return model.fit(matrix(instances, columns), [instance.label for instance in instances],
                     sample_weight=[instance.weight for instance in instances])  # fmt: skip


def write(name: str, model: LogisticRegression, columns: dict[str, int], smallest: float) -> Path:
    classes = [str(c) for c in model.classes_]
    coefficients, bias = model.coef_, model.intercept_
    if len(classes) == 2:  # one row says how much more likely the second class is
        coefficients = np.vstack([np.zeros_like(coefficients[0]), coefficients[0]])
        bias = np.array([0.0, bias[0]])
    weights = {}
    for feature, i in columns.items():
        row = [round(float(w), 3) for w in coefficients[:, i]]
        if max(map(abs, row)) >= smallest:
            weights[feature] = row
    return store(name, classes, [round(float(b), 3) for b in bias], weights)


def store(name: str, classes: list[str], bias: list[float], weights: dict[str, list[float]]) -> Path:
    """Write a model file: one weight a line."""
    MODELS.mkdir(parents=True, exist_ok=True)
    path = MODELS / f"{name}.json"
    lines = ",\n".join(f"{json.dumps(k, ensure_ascii=False)}:{json.dumps(v)}" for k, v in weights.items())
    head = json.dumps({"classes": classes, "bias": bias}, ensure_ascii=False)[:-1]
    path.write_text(f'{head},"weights":{{\n{lines}\n}}}}\n', encoding="utf-8")
    return path


def cross_validate(name: str, instances: list[Instance], folds: int, least: int, strength: float) -> None:
    articles = sorted({instance.article for instance in instances})
    fold_of = {article: i % folds for i, article in enumerate(articles)}
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    for fold in range(folds):
        train = [i for i in instances if fold_of[i.article] != fold]
        test = [i for i in instances if fold_of[i.article] == fold]
        if not test:
            continue
        columns = select(train, vocabulary(train, least), strength)
        model = fit(train, columns, strength)
        for instance, label in zip(test, model.predict(matrix(test, columns)), strict=True):
            said[label] += 1
            gold[instance.label] += 1
            right[label] += label == instance.label
    print(f"{name}: accuracy {sum(right.values()) / max(1, sum(gold.values())):.3f} of {sum(gold.values())}")
    for label in sorted(gold):
        p, r = right[label] / max(1, said[label]), right[label] / gold[label]
        print(f"   {label:14s} gold {gold[label]:6d}  P {p:.3f}  R {r:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("models", nargs="*")
    parser.add_argument("--labels", type=Path, default=ROOT / "training/labels.jsonl")
    parser.add_argument("--triggers", type=Path, default=ROOT / "training/triggers.jsonl")
    parser.add_argument("--readings", type=Path)
    parser.add_argument("--corpus", type=Path, nargs="*", default=DEFAULT_CORPUS)
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    if args.readings:
        articles = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(args.readings.glob("*.json"))]
    else:
        articles = list(label_files.unpack(args.labels, args.corpus))
    words = list(label_files.unpack(args.triggers, args.corpus))
    if not articles:
        sys.exit("no labelled article with its text: give --corpus files that hold the labelled ids, or --readings")
    for module in sorted(m.name for m in pkgutil.iter_modules(training.__path__)):
        task = importlib.import_module(f"training.{module}")
        if not hasattr(task, "instances") or (args.models and not set(task.MODELS) & set(args.models)):
            continue
        by_model: dict[str, list[Instance]] = defaultdict(list)
        for name, instance in task.instances(articles):
            by_model[name].append(instance)
        if hasattr(task, "word_instances"):
            for name, instance in task.word_instances(words):
                by_model[name].append(instance)
        for name in task.MODELS:
            least, strength, smallest = task.MODELS[name]
            if args.folds:
                cross_validate(name, by_model[name], args.folds, least, strength)
            else:
                columns = select(by_model[name], vocabulary(by_model[name], least), strength)
                path = write(name, fit(by_model[name], columns, strength), columns, smallest)
                print(f"{name}: {len(by_model[name])} instances, {path.stat().st_size // 1024} KiB")
        if hasattr(task, "rankers") and not args.folds:
            for name, found in task.rankers(articles).items():
                smallest = task.RANKED[name][2]
                rounded = {f: [round(w, 3)] for f, w in found.items() if abs(w) >= smallest}
                path = store(name, ["score"], [0.0], rounded)
                print(f"{name}: {len(rounded)} weights, {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
