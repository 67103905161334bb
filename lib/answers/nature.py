"""Whether an answer holds made-up figures: the mark in a row, the sentence for the whole."""

from __future__ import annotations

from collections.abc import Iterable

from lib.answers.fields import maybe
from lib.catalog.demo import DEMO_MARK, made_up
from lib.store.release import Release

NATURE = maybe(
    "nature", f"“{DEMO_MARK}”为编造的数，只用于演示，不得引用；真实数据为空", "text", DEMO_MARK
)


def nature(release: Release, period: str, datasets: Iterable[str]) -> str | None:
    """The mark where any of these datasets holds a made-up row of a period."""
    return DEMO_MARK if release.made_up(period, datasets) else None


def nature_told(release: Release, period: str, datasets: Iterable[str]) -> str | None:
    """The sentence that names what is made up; None where nothing is."""
    parts = {f"{dataset}/{period}" for dataset in datasets} & set(release.synthetic_parts)
    return made_up(parts, period) if parts else None
