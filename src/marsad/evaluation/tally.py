"""Counts of right, expected and predicted items, and what follows from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field


@dataclass
class Counts:
    """`gold` items in the reference, `predicted` items in the reading, `right` items in both."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Right among predicted; 0 when nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Right among expected; 0 when nothing was expected.  For an accuracy: the accuracy."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Tally:
    """Counts by name of the measure, in the order in which they were first added; and errors by kind."""

    rows: dict[str, Counts] = field(default_factory=dict)
    errors: dict[str, list[tuple[object, ...]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: str, gold: int, predicted: int, right: int) -> None:
        """Add to the counts of a measure."""
        counts = self.rows.setdefault(name, Counts())
        counts.gold += gold
        counts.predicted += predicted
        counts.right += right

    def accuracy(self, name: str, of: int, right: int) -> None:
        """Add to a measure that is a share of `of` cases, not of predictions."""
        self.add(name, of, of, right)

    def error(self, kind: str, *what: object) -> None:
        """Keep an example of an error."""
        self.errors[kind].append(what)
