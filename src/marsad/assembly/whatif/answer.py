"""What a what-if answers: frozen, JSON-ready, with everything that it rests on."""

from __future__ import annotations

from typing import Literal

from marsad.assembly.causal import Claim, Modality, Sign
from marsad.assembly.whatif.words import Words
from marsad.records import Record

Verdict = Literal["certain", "robust", "leaning", "ambiguous", "no-verdict", "no-path"]


class Press(Record, frozen=True):
    """A lasting push on a concept: +1 for more of it, -1 for less."""

    key: str
    label: str
    direction: Sign


class Step(Record, frozen=True):
    """An effect on a path or in the part, with the claims that make it; `analyst` where nobody claims it.

    `inclusion` is the share of weightings that contain it, `positive` the share of those in which its sign is +.
    """

    cause: str
    effect: str
    cause_label: str
    effect_label: str
    sign: Sign
    inclusion: float
    positive: float
    support: int
    against: int = 0
    denied: int = 0
    conceded: int = 0
    contested: bool = False
    modality: Modality = "asserted"
    analyst: bool = False
    claims: tuple[Claim, ...] = ()


class AnswerPath(Record, frozen=True):
    """An open path from a press to the target.

    `sign` is that of the push that arrives (0: either, an effect on it is contested).  A `thread` is held whole by each
    of `holders`; otherwise it is stitched from claims of different claimants.
    """

    concepts: tuple[str, ...]
    labels: tuple[str, ...]
    sign: Literal[-1, 0, 1]
    thread: bool
    holders: tuple[str, ...]
    analyst: bool
    steps: tuple[Step, ...]


class Setting(Record, frozen=True):
    """One prior and one damping.  `stable` is a share of the draws, `rises` of the stable ones in which the target
    moves (None where there are too few)."""

    prior: str
    damping: str
    draws: int
    stable: float
    rises: float | None


class Range(Record, frozen=True):
    """Least and greatest over the settings."""

    low: float
    high: float


class Deciding(Record, frozen=True):
    """An effect on which the answer depends: the share that rises where it is stronger than in most weightings (in, for
    an effect that is mostly out; of sign +, for a contested one), the share in the others, and their difference."""

    cause: str
    effect: str
    cause_label: str
    effect_label: str
    strong: float
    weak: float
    difference: float
    analyst: bool = False


class WhatIf(Record, frozen=True):
    """The answer.

    `direction` is +1 or -1 for certain, robust and leaning answers.  `rises`, `stable`, `arrives`, `settings` and
    `deciding` are empty when signs alone decide: then there is no number.  `paths` holds the shortest of `path_count`
    open paths (`paths_complete` is False when there were too many to count).  `steps` is the whole part of the map that
    the answer rests on.  `draws` counts all weightings together.
    """

    view: str
    presses: tuple[Press, ...]
    target: str
    target_label: str
    verdict: Verdict
    direction: Literal[-1, 0, 1]
    sentence: Words
    why: Words
    assumptions: tuple[Words, ...]
    rises: Range | None = None
    stable: Range | None = None
    settled: float | None = None
    """Share of all weightings that are stable; under .2 there is no verdict."""
    arrives: float | None = None
    """Share of choices among the effects that leave a path at all; only such are drawn."""
    settings: tuple[Setting, ...] = ()
    deciding: tuple[Deciding, ...] = ()
    paths: tuple[AnswerPath, ...] = ()
    path_count: int = 0
    paths_complete: bool = True
    steps: tuple[Step, ...] = ()
    denied: tuple[Step, ...] = ()
    """Denied or conceded effects between press and target: never used, shown because they are the nearest thing."""
    reached: tuple[str, ...] = ()
    leading: tuple[str, ...] = ()
    """Where there is no path: some concepts that the press reaches, and some that lead to the target."""
    draws: int = 0
    seed: int = 0
    reliability: float = 0.0
