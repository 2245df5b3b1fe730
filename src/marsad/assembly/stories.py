"""Which articles are the same report: near-duplicates by MinHash over runs of three terms.

A signature is `BANDS * ROWS` hash values of datasketch's MinHash.  Articles that agree in all rows of a band are
compared by the share of equal values, which estimates the share of common runs (Jaccard); from `SAME` on they are one
story.  With 21 bands of 3 rows a pair that shares half of its runs is compared in 94 % of cases, one that shares a
tenth in 2 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import Any
from zlib import crc32

import numpy as np

BANDS = 21
ROWS = 3
SAME = 0.5
"""Estimated share of common runs from which two articles are one story."""
SHORTEST = 20
"""Texts with fewer terms are no report and never join a story unless they are equal."""


@lru_cache(maxsize=1)
def _empty() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=1, hashfunc=crc32)


def signature(words: Sequence[str]) -> bytes:
    """The signature of a text, given its terms: 63 unsigned 32-bit values, little-endian."""
    minhash = _empty().copy()
    if len(words) < SHORTEST:
        runs = {" ".join(words)}
    else:
        runs = {f"{a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)}
    minhash.update_batch([run.encode("utf-8", "surrogatepass") for run in runs])
    return np.asarray(minhash.hashvalues, dtype="<u4").tobytes()


def bands(signed: bytes) -> list[int]:
    """One signed 64-bit number a band: what near-duplicates are looked up by."""
    width = 4 * ROWS
    return [
        int.from_bytes(
            blake2b(bytes([band]) + signed[band * width : (band + 1) * width], digest_size=8).digest(),
            "little", signed=True,
        )
        for band in range(BANDS)
    ]  # fmt: skip


def likeness(one: bytes, other: bytes) -> float:
    """Estimated share of common runs, 0 to 1."""
    a, b = np.frombuffer(one, dtype="<u4"), np.frombuffer(other, dtype="<u4")
    return float(np.count_nonzero(a == b)) / len(a)
