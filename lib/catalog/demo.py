"""The word that marks made-up figures, in files, rows, releases and on every page that shows them."""

from __future__ import annotations

from collections.abc import Iterable

from lib.catalog.datasets import DATASETS
from lib.catalog.periods import period_label

DEMO_MARK = "演示数据"


def made_up(parts: Iterable[str], period: str) -> str:
    """The sentence that names what of a release is made up ("dataset/period"), with `period` in view.

    >>> made_up(["cases/2022H1"], "2021H2")
    '演示数据：2022年上半年的网办办件是编造的，只用于演示，不得引用；正在看的2021年下半年是真实数据。'
    """
    held = sorted(set(parts), key=lambda part: part.split("/")[1])
    of_period: dict[str, list[str]] = {}
    for part in held:
        dataset, when = part.split("/")
        of_period.setdefault(when, []).append(dataset)
    alike: dict[str, list[str]] = {}
    for when, datasets in of_period.items():
        named = "、".join(d.name for d in DATASETS if d.id in datasets)
        alike.setdefault(named, []).append(period_label(when))
    told = "，".join(f"{'、'.join(periods)}的{named}" for named, periods in alike.items())
    tail = "" if period in of_period else f"；正在看的{period_label(period)}是真实数据"
    return f"{DEMO_MARK}：{told}是编造的，只用于演示，不得引用{tail}。"
