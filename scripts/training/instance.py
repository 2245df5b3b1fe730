"""One training example."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Instance:
    """String features of a candidate, its right class, and the article it comes from (folds keep articles whole)."""

    features: tuple[str, ...]
    label: str
    article: str
    weight: float = 1.0
