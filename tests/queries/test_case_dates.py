"""From which day to which the cases of a period were taken: all of them, whether any is pressing or not."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from lib.queries.cases import case_dates
from tests.caseload import case, release_folder, write_rows
from tests.fresh import forget_views


def test_cases_that_need_no_attention_have_dates_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))
    forget_views()
    done = {"状态": "已办结", "办结日期": "2022-06-10"}
    rows = [case(1, **done, 截止日期="2022-06-20"), case(2, 状态="已退回")]
    write_rows(tmp_path / "drop" / "cases.csv", rows)
    release = release_folder(tmp_path / "drop")
    assert case_dates(release.id, "2022H1") == (dt.date(2022, 6, 20), dt.date(2022, 6, 30))
    assert case_dates(release.id, "2021H2") is None
    forget_views()
