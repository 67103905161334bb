"""Invented 2021H2 and 2022H2 figures for tests, made from the shipped 2022H1 files.

Nothing here is real: every file name and every row's 备注 begins with 演示数据, and every line of
the narrative does too. Figures change by a rule that depends only on the row, so the same call
always gives the same bytes; precision, units, wording of bounds and empty cells stay. Totals are
summed anew and parts stay within wholes. Lists keep their members.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
from calendar import monthrange
from collections.abc import Iterable
from pathlib import Path

from lib.catalog.periods import Period, parse_period
from lib.catalog.places import CITY, CITY_LEVEL, LEVELS

MARK = "演示数据"
SOURCE = Path(__file__).resolve().parent.parent / "data" / "bulletins" / "2022H1"

# Per period: range of the change factor, staff goal and trained, share completed.
_GROWTH = {"2021H2": (0.75, 1.1), "2022H2": (0.9, 1.3)}
_STAFF = {"2021H2": ("不少于800", "612"), "2022H2": ("不少于1000", "1054")}
_COMPLETED = {"2021H2": 0.68, "2022H2": 0.97}
PERIODS = tuple(_GROWTH)

_FIGURES = {
    "centers": ("提升数", "新增数"),
    "warnings": ("预警件数", "超期件数"),
    "indicators": ("数值",),
}
_FIXED = {
    "便民利企服务圈时间", "跨省通办服务距离", "移动端标准应用总数", "监管事项涉及部门数",
    "以奖代补镇（街道）数", "每周视频抽查次数", "入库完整率和指南完整度省内排名",
}  # fmt: skip
_TOGETHER = {"苏企通涉及总金额", "产业转型升级专项资金", "暂退返还资金", "各类补贴发放额"}
_RANKS = "一二三四五六七八九十"
_NUMBER = re.compile(r"\d+(?:\.(?P<decimals>\d+))?")

Row = dict[str, str]


def synthetic_files(period: str, *, site_names: bool = False) -> dict[str, bytes]:
    """The six CSV files of an invented `period` (one of `PERIODS`) by file name, UTF-8 with BOM.

    site_names: write the sites of 服务阵地 under 站点名称 by the names in force, not under 层级.
    """
    files = {}
    for path in sorted(SOURCE.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(csv.DictReader(lines))
        made = _settled(path.stem, [_row(path.stem, row, period) for row in rows], period)
        if site_names and path.stem == "centers":
            made = [_by_site_name(row, period) for row in made]
        files[f"{MARK}_{period}_{path.name}"] = _csv(made)
    return files


def _csv(rows: list[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _row(dataset: str, row: Row, period: str) -> Row:
    made = {**row, "期次": period, "备注": f"{MARK}，不是真实数字"}
    made["时点"], made["截止日期"] = _moved_text(row["时点"]), _moved_day(row["截止日期"], period)
    for column in _FIGURES.get(dataset, ()):
        made[column] = _changed(row, column, period)
    if dataset == "highlights":
        made["事项"] = f"{MARK}：{row['事项']}"
    return made


def _moved_day(text: str, period: str) -> str:
    """The day half a year off in the period's direction; a month's last day stays a last day."""
    day = dt.date.fromisoformat(text)
    months = day.year * 12 + day.month - 1 + (6 if period > "2022H1" else -6)
    year, month = months // 12, months % 12 + 1
    last = monthrange(year, month)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return dt.date(year, month, last if at_end else min(day.day, last)).isoformat()


def _moved_text(text: str) -> str:
    moved = re.sub(r"(\d+)月", lambda month: f"{(int(month[1]) + 5) % 12 + 1}月", text)
    return moved.replace("上半年", "下半年")


def _chance(row: Row, period: str) -> float:
    """A number in 0..1 that depends on the row's names and the period alone."""
    metric = row.get("指标", "")
    names = [row.get(name, "") for name in ("指标", "地区", "层级", "部门")]
    seed = "苏企通" if metric in _TOGETHER else "/".join(names)
    if row.get("单位") == "%":
        seed = metric  # the places of a rate move together, so that the highest stays the highest
    return int(hashlib.sha256(f"{period}/{seed}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF


def _changed(row: Row, column: str, period: str) -> str:
    text, chance = row[column], _chance(row, period)
    if row.get("指标") in _FIXED or row.get("层级") == "县级":
        return text
    if text.startswith("第"):
        place = max(0, _RANKS.index(text[1]) + round(chance * 2 - 1))
        return f"第{_RANKS[place]}"
    found = _NUMBER.search(text)
    if found is None or (row.get("单位") == "%" and (row.get("限定词") or found[0] == "100")):
        return text
    low, high = _GROWTH[period]
    value, places = float(found[0]), len(found["decimals"] or "")
    if row.get("单位") == "%":
        number = min(value + chance * 6 - 3, 100 - 10**-places)
    elif value < 10 and not places:
        number = max(1, value + round(chance * 2 - 1))
    else:
        number = value * (low + chance * (high - low))
    return _NUMBER.sub(f"{number:.{places}f}", text, count=1)


def _settled(dataset: str, rows: list[Row], period: str) -> list[Row]:
    """The rows with totals summed and parts within wholes again."""
    if dataset == "staff":
        target, trained = _STAFF[period]
        return [{**row, "目标人数": target, "已培育人数": trained} for row in rows]
    if dataset == "warnings":
        total, *departments = rows
        for column in _FIGURES["warnings"]:
            total[column] = _sum(departments, column)
    elif dataset == "centers":
        _settle_centers(rows, period)
    elif dataset == "indicators":
        _settle_indicators(rows)
    return rows


def _sum(rows: Iterable[Row], column: str) -> str:
    return str(sum(int(row[column] or 0) for row in rows))


def _settle_centers(rows: list[Row], period: str) -> None:
    for row in rows:
        if row["新增数"]:
            row["新增数"] = str(min(int(row["新增数"]), int(row["提升数"])))
        if row["地区"] != CITY.name:
            row["完成数"] = row["完成数"] and row["提升数"]
            continue
        parts = [r for r in rows if r["层级"] == row["层级"] and r["地区"] != CITY.name]
        row["提升数"] = row["提升数"] and _sum(parts, "提升数")
        if row["提升数"]:
            row["计划数"] = str(int(row["提升数"]) - int(_sum(parts, "新增数")))
        if row["层级"] == "县级":
            row["完成数"] = _sum(parts, "提升数")
        elif row["完成数"]:
            row["完成数"] = str(int(int(row["提升数"]) * _COMPLETED[period]))


def _settle_indicators(rows: list[Row]) -> None:
    figures = {(row["指标"], row["地区"]): row for row in rows if row["地区"]}

    def number(metric: str, district: str = CITY.name) -> int:
        return int(figures[metric, district]["数值"].removesuffix("万"))

    def put(metric: str, text: str, district: str = CITY.name) -> None:
        figures[metric, district]["数值"] = text

    total = number("移动端标准应用总数")
    put("移动端标准应用已接入数", str(min(total, number("移动端标准应用已接入数"))))
    put("移动端标准应用未接入数", str(total - number("移动端标准应用已接入数")))
    claimed = number("认领监管事项数", CITY_LEVEL.name)
    items = claimed + number("新增监管事项数", CITY_LEVEL.name)
    put("监管事项数", str(items), CITY_LEVEL.name)
    put("监管事项认领率", f"{100 * claimed / items:.2f}", CITY_LEVEL.name)
    put("监管行为数据入库条数", str(number("推送监管行为数据条数")))
    each = number("每个镇（街道）下拨专项资金", "新北区")
    towns = number("以奖代补镇（街道）数", "新北区")
    put("政务便民工程专项资金", f"{towns * each}万", "新北区")
    adopted = "省门户录用监管信息条数"
    put(adopted, _sum((r for r in rows if r["指标"] == adopted and r["部门"]), "数值"))


def _by_site_name(row: Row, period: str) -> Row:
    span = parse_period(period)
    assert isinstance(span, Period)
    names = {level.tier: level.name_in(span.end.isoformat()) for level in LEVELS}
    return {
        ("站点名称" if column == "层级" else column): names[cell] if column == "层级" else cell
        for column, cell in row.items()
    }
