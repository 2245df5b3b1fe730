"""How well source and target are found in held-out articles, the events themselves given.

usage: event_roles.py READINGS [--folds N] [--fold-limit N] [--errors N] [--keep FILE] [--only WORD]

READINGS is a folder of labelled readings with text (`labels.py unpack`).  The role scorer is fitted on the other folds
(split by article) and fills the roles of the labelled events of the fold.  Prints the share of events whose roles
overlap the labelled ones and are exactly them, counts of what is wrong by cause, and examples.  `--keep` stores the
actors and statements of the articles, so that a second run looks at changed features only.
"""

from __future__ import annotations

import argparse
import json
import pickle
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import train
from training import events as task
from training.instance import Instance

from marsad.reading import scorer as scorers
from marsad.reading.events import find
from marsad.reading.events.arguments import ArgumentFinder
from marsad.reading.events.candidates import find_candidates
from marsad.reading.events.features import CandidateFeatures


def contexts(folder: Path, keep: Path | None) -> list[tuple[dict[str, Any], Any]]:
    if keep and keep.exists():
        with keep.open("rb") as file:
            return pickle.load(file)
    out = []
    for path in sorted(folder.glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        out.append((article, task.context_of(article).context))
    if keep:
        with keep.open("wb") as file:
            pickle.dump(out, file)
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readings", type=Path)
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--fold-limit", type=int, default=99)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    begin = time.process_time()
    events: list[tuple[int, dict[str, Any], ArgumentFinder, Any, list[Any], list[list[str]]]] = []
    for number, (article, context) in enumerate(contexts(args.readings, args.keep)):
        features = CandidateFeatures(context, find_candidates(context))
        arguments = ArgumentFinder(context, features)
        aligned, _ = task.align(features, article["events"])
        for token, event in aligned.items():
            candidate = features.at[token]
            fillers = arguments.fillers(candidate)
            rows = arguments.features(candidate, event["type"], fillers)
            events.append((number, event, arguments, candidate, fillers, rows))
    print(f"{len(events)} events, {sum(len(e[4]) for e in events)} fillers, {time.process_time() - begin:.1f} s")
    least, strength, _ = task.MODELS["event-role"]
    tally: Counter[str] = Counter()
    why: dict[str, list[str]] = defaultdict(list)
    for fold in range(min(args.folds, args.fold_limit)):
        instances = [
            Instance(tuple(row), task.role_of(filler, event), str(number))
            for number, event, _, _, fillers, rows in events if number % args.folds != fold
            for filler, row in zip(fillers, rows, strict=True)
        ] + [instance for name, instance in task.sentence_instances() if name == "event-role"]  # fmt: skip
        columns = train.vocabulary(instances, least)
        model = train.fit(instances, columns, strength)
        weights = {f: tuple(float(w) for w in model.coef_[:, i]) for f, i in columns.items()}
        scorer = scorers.Scorer(scorers.Weights(tuple(model.classes_), tuple(map(float, model.intercept_)), weights))
        for number, event, arguments, candidate, fillers, rows in events:
            if number % args.folds == fold:
                judge(event, arguments, candidate, fillers, [scorer.probabilities(row) for row in rows], tally, why)
        overlap, exact = (tally[name] / tally["events"] for name in ("overlap", "exact"))
        print(f"fold {fold}: overlap {overlap:.3f} exact {exact:.3f} ({time.process_time() - begin:.0f} s)", flush=True)
    for name, count in tally.most_common():
        print(f"   {name:40s} {count:5d}  {count / tally['events']:.3f}")
    chooser = random.Random(1)
    for cause, lines in why.items():
        lines = [line for line in lines if args.only in line]
        for line in chooser.sample(lines, min(args.errors, len(lines))):
            print(f"{cause}: {line}")


def judge(
    event: dict[str, Any], arguments: ArgumentFinder, candidate: Any, fillers: list[Any],
    scores: list[dict[str, float]], tally: Counter[str], why: dict[str, list[str]],
) -> None:  # fmt: skip
    sources, targets = find.roles(list(zip(fillers, scores, strict=True)))
    said = [{filler.code for filler in side} for side in (sources, targets)]
    gold = [set(event["sources"]), set(event["targets"])]
    together = gold[0] | gold[1] == said[0] | said[1]
    overlap = all(g & s if g and s else not g and not s for g, s in zip(gold, said, strict=True)) or together
    tally["events"] += 1
    tally["overlap"] += overlap
    tally["exact"] += gold == said
    open_codes = {filler.code for filler in fillers}
    wrong = []
    for name, g, s in zip(("source", "target"), gold, said, strict=True):
        if g and s and not g & s:
            wrong.append(f"{name} wrong{'' if g & open_codes else ', no such filler'}")
        elif g and not s:
            wrong.append(f"{name} missed{'' if g & open_codes else ', no such filler'}")
        elif s and not g:
            wrong.append(f"{name} spurious")
    if gold[0] == said[1] and gold[1] == said[0] and gold[0] != gold[1]:
        wrong = ["swapped"]
    if overlap:
        return
    tokens = arguments.context.tokens
    sentence = arguments.context.document.sentences[tokens[candidate.token].sentence]
    text = arguments.context.document.text
    at, end = tokens[candidate.first].start, tokens[candidate.last - 1].end
    shown = f"{text[max(sentence.start, at - 160) : at]}[[{text[at:end]}]]{text[end : min(sentence.end, end + 160)]}"
    sides = " said ".join(" > ".join(",".join(sorted(side)) or "-" for side in pair) for pair in (gold, said))
    for cause in wrong:
        tally[cause] += 1
        why[cause].append(f"{event['type']} {sides} | {shown}")


if __name__ == "__main__":
    main()
