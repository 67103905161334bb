"""What of a release is made up is named, and nothing else."""

from __future__ import annotations

from lib.catalog.demo import made_up


def test_made_up_cases_do_not_make_the_other_figures_so() -> None:
    assert made_up(["cases/2022H1"], "2022H1") == (
        "演示数据：2022年上半年的网办办件是编造的，只用于演示，不得引用。"
    )


def test_periods_with_the_same_datasets_are_told_together_and_the_real_one_is_named() -> None:
    parts = ["cases/2022H1", "warnings/2021H1", "cases/2021H2"]
    assert made_up(parts, "2022H2") == (
        "演示数据：2021年上半年的网办预警，2021年下半年、2022年上半年的网办办件是编造的，"
        "只用于演示，不得引用；正在看的2022年下半年是真实数据。"
    )
