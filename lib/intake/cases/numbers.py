"""Whether the numbers of cases differ: their hashes, sorted, a part of the time that grouping them takes."""

from __future__ import annotations

import numpy as np

from lib.engine.copying import Workshop

_AT_ONCE = 1 << 24  # hashes sorted together: 128 MiB
_HASHES = """
SELECT hash(case_id) AS hash FROM cases
WHERE hash(case_id) % CAST($parts AS UBIGINT) = CAST($part AS UBIGINT)
"""


def all_differ(shop: Workshop, cases: int) -> bool:
    """Whether no two of so many `cases` have numbers of the same hash; where two have, only a look tells.

    Equal hashes leave equal remainders, so those of each remainder are held by themselves.
    """
    parts = 1 + cases // _AT_ONCE
    return all(_differ(shop, parts, part) for part in range(parts))


def _differ(shop: Workshop, parts: int, part: int) -> bool:
    read = shop.ask(_HASHES, {"parts": parts, "part": part})["hash"]
    hashes = np.concatenate([np.empty(0, np.uint64), *(chunk.to_numpy() for chunk in read.chunks)])
    hashes.sort()
    return not (hashes[1:] == hashes[:-1]).any()
