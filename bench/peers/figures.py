"""What every peer of 预警台账 shows, worked out as its users would: asked of the cases, or of the cube.

`BENCH_LAKE` names the lake; all peers read the same Parquet files of it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path

import duckdb
import pandas as pd

DISTRICTS = {
    "溧阳市": "liyang", "金坛区": "jintan", "武进区": "wujin", "新北区": "xinbei",
    "天宁区": "tianning", "钟楼区": "zhonglou", "经开区": "jingkai", "市本级": "city_level",
}  # fmt: skip
IN_TIME = ["on_time", "close"]
FINISHED = [*IN_TIME, "late"]
PASSED = ["late", "overdue"]
TOP = 10


@dataclass(frozen=True)
class Figures:
    """Headline figures by their Chinese name, three charts' rows and a table's."""

    cards: dict[str, str]
    departments: pd.DataFrame  # department, due_soon, overdue
    districts: pd.DataFrame  # district, on_time (share)
    months: pd.DataFrame  # due_month, overdue (share)
    items: pd.DataFrame  # item, cases, passed


Ask = Callable[[Sequence[str]], Figures]


def files(table: str) -> list[str]:
    """The Parquet files of a table of the lake."""
    return sorted(glob(str(Path(os.environ["BENCH_LAKE"], table, "*", "*.parquet"))))


def _cards(
    cases: int, rate: float, soon: int, overdue: int, half: int, most: int
) -> dict[str, str]:
    return {
        "办件总数": f"{cases:,}", "按时办结率": f"{rate:.2%}", "即将到期": f"{soon:,}",
        "超期未结": f"{overdue:,}", "办理天数 p50": f"{half}", "办理天数 p90": f"{most}",
    }  # fmt: skip


# One row, or one a place, month or item.
QUESTIONS = {
    "cards": """
        SELECT count(*),
            count(*) FILTER (status IN ('on_time', 'close'))
                / count(*) FILTER (status IN ('on_time', 'close', 'late')),
            count(*) FILTER (status = 'due_soon'), count(*) FILTER (status = 'overdue'),
            quantile_disc(days, 0.5) FILTER (status IN ('on_time', 'close', 'late')),
            quantile_disc(days, 0.9) FILTER (status IN ('on_time', 'close', 'late'))
        FROM chosen""",
    "departments": f"""
        SELECT department, count(*) FILTER (status = 'due_soon') AS due_soon,
            count(*) FILTER (status = 'overdue') AS overdue
        FROM chosen GROUP BY department ORDER BY overdue DESC, department LIMIT {TOP}""",
    "districts": """
        SELECT district, count(*) FILTER (status IN ('on_time', 'close'))
            / count(*) FILTER (status IN ('on_time', 'close', 'late')) AS on_time
        FROM chosen GROUP BY district ORDER BY on_time, district""",
    "months": """
        SELECT strftime(due_on, '%Y-%m') AS due_month,
            count(*) FILTER (status IN ('late', 'overdue')) / count(*) AS overdue
        FROM chosen WHERE status <> 'returned' GROUP BY due_month ORDER BY due_month""",
    "items": f"""
        SELECT item, count(*) AS cases, count(*) FILTER (status IN ('late', 'overdue')) AS passed
        FROM chosen GROUP BY item ORDER BY passed DESC, item LIMIT {TOP}""",
}


def asked_of_cases(districts: Sequence[str]) -> Figures:
    """DuckDB over the files of the cases, every time."""
    connection = duckdb.connect()
    ids = [DISTRICTS[name] for name in districts]
    where = "WHERE list_contains($ids, district)" if ids else ""
    chosen = f"WITH chosen AS (SELECT * FROM read_parquet($files) {where}) "
    params = {"files": files("cases")} | ({"ids": ids} if ids else {})
    cards = connection.execute(chosen + QUESTIONS["cards"], params).fetchone()
    found = {
        name: connection.execute(chosen + QUESTIONS[name], params).df()
        for name in ("departments", "districts", "months", "items")
    }
    return Figures(_cards(*cards), **found)


def cases_held() -> Ask:
    """pandas over all cases in memory, read once, texts as categories."""
    columns = ["district", "department", "item", "status", "days", "due_on"]
    read = [
        pd.read_parquet(path, columns=columns, dtype_backend="pyarrow") for path in files("cases")
    ]
    cases = pd.concat(read)
    del read
    cases["due_month"] = cases.pop("due_on").dt.strftime("%Y-%m")
    cases = cases.astype(
        dict.fromkeys(["district", "department", "item", "status", "due_month"], "category")
    )

    def asked(districts: Sequence[str]) -> Figures:
        rows = cases
        if districts:
            rows = cases[cases["district"].isin([DISTRICTS[name] for name in districts])]
        days = rows.loc[rows["status"].isin(FINISHED), "days"].astype("int32")
        half, most = days.quantile([0.5, 0.9], interpolation="lower")
        of = rows["status"].value_counts()
        in_time = of.reindex(IN_TIME).sum() / of.reindex(FINISHED).sum()
        due = rows[rows["status"] != "returned"]
        months = due["status"].isin(PASSED).groupby(due["due_month"]).mean()
        counted = {
            name: rows.groupby([name, "status"], observed=True).size().unstack(fill_value=0)
            for name in ("department", "district", "item")
        }
        return Figures(
            _cards(
                len(rows),
                in_time,
                of.get("due_soon", 0),
                of.get("overdue", 0),
                int(half),
                int(most),
            ),
            _departments(counted["department"]),
            _shares(counted["district"]),
            months.rename("overdue").reset_index(),
            _items(counted["item"]),
        )

    return asked


def cube_held() -> Ask:
    """pandas over the cube and the months in memory, read once."""
    cube = pd.concat([pd.read_parquet(path) for path in files("case_cube")])
    by_month = pd.concat([pd.read_parquet(path) for path in files("case_months")])

    def asked(districts: Sequence[str]) -> Figures:
        rows, months = cube, by_month
        if districts:
            ids = [DISTRICTS[name] for name in districts]
            rows, months = (
                cube[cube["district"].isin(ids)],
                by_month[by_month["district"].isin(ids)],
            )
        of = rows.groupby("status")["cases"].sum()
        days = rows[rows["status"].isin(FINISHED)].groupby("days")["cases"].sum().cumsum()
        half, most = (int((days >= days.iloc[-1] * share).idxmax()) for share in (0.5, 0.9))
        monthly = months.groupby("due_month")[["overdue", "cases"]].sum()
        summed = {
            name: rows.groupby([name, "status"])["cases"].sum().unstack(fill_value=0)
            for name in ("department", "district", "item")
        }
        in_time = of.reindex(IN_TIME).sum() / of.reindex(FINISHED).sum()
        return Figures(
            _cards(int(of.sum()), in_time, of.get("due_soon", 0), of.get("overdue", 0), half, most),
            _departments(summed["department"]),
            _shares(summed["district"]),
            (monthly["overdue"] / monthly["cases"]).rename("overdue").reset_index(),
            _items(summed["item"]),
        )

    return asked


def _departments(counts: pd.DataFrame) -> pd.DataFrame:
    counts = counts.reindex(columns=["due_soon", "overdue"], fill_value=0)
    return counts.nlargest(TOP, "overdue").reset_index()


def _shares(counts: pd.DataFrame) -> pd.DataFrame:
    counts = counts.reindex(columns=FINISHED, fill_value=0)
    share = counts[IN_TIME].sum(axis=1) / counts.sum(axis=1)
    return share.sort_values().rename("on_time").reset_index()


def _items(counts: pd.DataFrame) -> pd.DataFrame:
    passed = counts.reindex(columns=PASSED, fill_value=0).sum(axis=1)
    both = pd.DataFrame({"cases": counts.sum(axis=1), "passed": passed})
    return both.nlargest(TOP, "passed").reset_index()
