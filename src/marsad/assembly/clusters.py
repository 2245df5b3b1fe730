"""Independence clusters: claimant x original text.

Two claims are one piece of evidence when the same claimant holds them and they go back to one text: articles of one
story (an agency's copy in several outlets), or nearly equal words (a re-quote, a background paragraph that is carried
along).  A writer is nobody in particular: writers' claims are told apart by their texts alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from marsad.assembly.claims import RawClaim
from marsad.records import content_id
from marsad.text.normalise import fold

SAME_WORDS = 0.6
"""Share of common words (Jaccard) from which two quotes are one text."""
_MOST_PAIRS = 80
"""In a larger group of one claimant's claims on one edge only equal words count as one text."""


def clusters(claims: Sequence[RawClaim], story_of: Callable[[str], str]) -> dict[tuple[str, str], str]:
    """Cluster by article and record id, for claims that say the same (one edge, one sign, one kind of claim)."""
    if len(claims) == 1:
        only = claims[0]
        return {only.ident: _name(only.claimant, only)}
    groups: dict[str, list[RawClaim]] = {}
    for claim in sorted(claims, key=lambda c: c.ident):
        groups.setdefault(claim.claimant, []).append(claim)
    out: dict[tuple[str, str], str] = {}
    for claimant, group in groups.items():
        leaders = _joined(group, story_of)
        for claim, leader in zip(group, leaders, strict=True):
            out[claim.ident] = _name(claimant, group[leader])
    return out


def _joined(group: list[RawClaim], story_of: Callable[[str], str]) -> list[int]:
    """For each claim the first of those that it hangs together with."""
    leader = list(range(len(group)))

    def find(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    first: dict[object, int] = {}
    for i, claim in enumerate(group):
        for same in (("story", story_of(claim.claim.article)), ("words", _words(claim.claim.quote))):
            j = first.setdefault(same, i)
            a, b = find(i), find(j)
            leader[max(a, b)] = min(a, b)
    if len(group) <= _MOST_PAIRS:
        for i, claim in enumerate(group):
            for j in range(i):
                a, b = find(i), find(j)
                if a != b and _alike(_words(claim.claim.quote), _words(group[j].claim.quote)):
                    leader[max(a, b)] = min(a, b)
    return [find(i) for i in range(len(group))]


@lru_cache(maxsize=20_000)
def _words(quote: str) -> frozenset[str]:
    return frozenset(word.removeprefix("ال") for word in fold(quote).split() if len(word) > 2)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= SAME_WORDS * len(one | other)


def _name(claimant: str, first: RawClaim) -> str:
    return content_id("cluster", claimant, *first.ident)
