"""What departments report of warnings and overdue cases, held against the cases."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lib.insight.findings import Finding
from lib.insight.reconcile import reconcile, reconciled_with_cases
from lib.queries.cases import case_counts
from tests.caseload import case, release_folder, write_rows
from tests.fresh import forget_views
from tests.kept import first_release

OVERDUE = {"承诺办结日期": "2022-06-20"}
LATE = {"状态": "已办结", "办结日期": "2022-06-25"}
SOON = {"承诺办结日期": "2022-07-02"}


@pytest.fixture
def findings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., dict[str, Finding]]]:
    """Rule > what it finds between the shipped figures and these cases."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))
    first_release(tmp_path / "data")
    forget_views()

    def found(*rows: dict[str, str]) -> dict[str, Finding]:
        cells = [case(number, **row) for number, row in enumerate(rows)]
        write_rows(tmp_path / "drop" / "cases.csv", cells)
        release = release_folder(tmp_path / "drop")
        return {one.rule: one for one in reconciled_with_cases(release.id, "2022H1")}

    yield found
    forget_views()


def test_departments_are_compared_one_by_one(findings: Callable[..., dict[str, Finding]]) -> None:
    found = findings(
        *[{"部门": "市科技局", **OVERDUE}, {"部门": "市科技局", **LATE}],  # it reported 2
        {"部门": "市城管局", **LATE},  # 2 too
        *[{"部门": "市教育局", **LATE}] * 2,  # 1
        {"部门": "市公安局", **OVERDUE},  # nothing
        {"部门": "市体育局", **SOON},  # 1 warning
    )
    overdue, warned = found["overdue_of_cases"], found["warnings_of_cases"]
    assert (overdue.status, overdue.stated, overdue.computed) == ("不一致", "23件", "6件")
    assert overdue.arithmetic == (
        "全市报送23、明细6；市教育局报送1、明细2；市城管局报送2、明细1；市公安局没有报送、明细1；"
        "市公积金中心报送1、没有明细；市生态环境局报送14、没有明细；市医保局报送1、没有明细；"
        "市住建局报送1、没有明细；市农业农村局报送1、没有明细；1个部门一致"
    )
    assert overdue.kind == "跨数据集"
    assert {"science", "education"} < overdue.places
    assert warned.computed == "1件"
    assert "市体育局" not in warned.arithmetic
    assert "1个部门一致" in warned.arithmetic


def test_departments_without_cases_are_details_that_lack(
    findings: Callable[..., dict[str, Finding]],
) -> None:
    found = findings({"部门": "市科技局", **OVERDUE}, {"部门": "市科技局", **LATE})
    assert found["overdue_of_cases"].status == "缺明细"
    assert found["overdue_of_cases"].arithmetic.startswith(
        "全市报送23、明细2；市教育局报送1、没有明细"
    )


def test_many_cases_are_read_in_groups_of_three(
    findings: Callable[..., dict[str, Finding]],
) -> None:
    overdue = findings(*[{"部门": "市科技局", **OVERDUE}] * 1_234)["overdue_of_cases"]
    assert overdue.computed == "1,234件"
    assert overdue.arithmetic.startswith("全市报送23、明细1,234；市科技局报送2、明细1,234；")


def test_what_was_found_does_not_keep_the_cases_in_memory(
    findings: Callable[..., dict[str, Finding]],
) -> None:
    findings({"部门": "市科技局", **OVERDUE})
    first = reconcile("R0002", "2022H1")
    counts = weakref.ref(case_counts("R0002", "2022H1", "standing"))
    for year in range(1950, 2000):
        case_counts("R0002", f"{year}H1", "standing")
    gc.collect()
    assert counts() is None
    assert reconcile("R0002", "2022H1") is first


def test_fewer_counts_by_item_are_kept_than_small_ones(
    findings: Callable[..., dict[str, Finding]],
) -> None:
    findings({"部门": "市科技局", **OVERDUE})
    kept = {
        by: [weakref.ref(case_counts("R0002", f"{year}H1", by)) for year in range(2000, 2010)]
        for by in ("standing", "items")
    }
    gc.collect()
    alive = {by: sum(ref() is not None for ref in refs) for by, refs in kept.items()}
    assert alive == {"standing": 10, "items": 6}


def test_without_cases_nothing_is_said() -> None:
    assert not {"overdue_of_cases", "warnings_of_cases"} & {
        finding.rule for finding in reconcile("R0001", "2022H1")
    }
    assert reconciled_with_cases("R0001", "2022H1") == ()
