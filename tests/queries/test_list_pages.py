"""The list of single cases however long it is: every page in the memory one query may take."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.catalog.places import DEPARTMENT_IDS, DISTRICT_IDS
from lib.engine import duck
from lib.engine.dialect import spark_sql
from lib.intake.schema import SUMMARY_SCHEMAS
from lib.queries.release import sql_text

ROWS, PAGE = 1_000_000, 20
SCHEMA = SUMMARY_SCHEMAS["case_list"]
ASKED = {
    "period": "2022H1", "status": "late", "item": None, "most": PAGE,
    "departments": list(DEPARTMENT_IDS), "first_department": min(DEPARTMENT_IDS),
    "districts": list(DISTRICT_IDS), "last_department": max(DEPARTMENT_IDS),
}  # fmt: skip


@pytest.fixture(scope="module")
def cases() -> pa.Table:
    """A million late cases, as a release keeps them."""
    chance = np.random.default_rng(7)
    due = np.datetime64("2022-03-01")

    def words(names: Any) -> pa.Array:
        return pa.array(np.array(names)[chance.integers(len(names), size=ROWS)])

    columns = {
        "case_id": pa.array([f"32040020220601{n:06d}" for n in chance.permutation(ROWS)]),
        "district": words(DISTRICT_IDS),
        "department": words(DEPARTMENT_IDS),
        "item": words([f"事项{n}" for n in range(300)]),
        "channel": words(["移动端", "窗口"]),
        "finished_on": pa.array(due + chance.geometric(0.05, ROWS)),
        "days": pa.array(chance.integers(60, 90, ROWS)),
        **{
            name: pa.repeat(pa.scalar(value), ROWS)
            for name, value in {
                "accepted_on": dt.date(2022, 1, 1), "due_on": dt.date(2022, 3, 1),
                "as_of": dt.date(2022, 6, 30), "status": "late", "source_file": "办件_2022H1.csv",
            }.items()
        },
    }  # fmt: skip
    fields = [field for field in SCHEMA if field.name in columns]
    made = pa.table([columns[f.name].cast(f.type) for f in fields], schema=pa.schema(fields))
    return made.sort_by(
        [("status", "ascending"), ("department", "ascending"), ("days", "descending")]
    )


@pytest.mark.parametrize(
    "skipped", [0, ROWS // 2 + 7, ROWS - PAGE], ids=["first", "middle", "last"]
)
def test_every_page_of_a_million_is_found_in_little_memory(
    cases: pa.Table, skipped: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "case_list" / "period=2022H1" / "a.parquet"
    path.parent.mkdir(parents=True)
    pq.write_table(cases, path)
    monkeypatch.setattr(duck, "_MEMORY", "100MB")
    engine = duck.DuckEngine(tmp_path, {"case_list": [str(path)]}, {"case_list": SCHEMA}, {})
    found = engine.run(sql_text("case_list"), {**ASKED, "skipped": skipped})["case_id"].to_pylist()
    order = [("finished_on", "descending"), ("department", "ascending"), ("case_id", "ascending")]
    assert found == cases.sort_by(order)["case_id"].slice(skipped, PAGE).to_pylist()


def test_what_only_one_engine_has_a_word_for_is_not_told_the_other() -> None:
    assert "MATERIALIZED" in sql_text("case_list")
    assert "MATERIALIZED" not in spark_sql(sql_text("case_list"))
