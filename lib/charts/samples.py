"""Made-up rows for every kind of chart: what the page 图表样例 draws, and what a new kind is tried on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa


@dataclass(frozen=True)
class Sample:
    """Rows a kind can draw, the column its groups stand in, its options, and what to see in it."""

    rows: pa.Table
    key: str
    options: tuple[Any, ...]
    shows: str

    @property
    def groups(self) -> int:
        """How many bars, or groups of bars, it has."""
        return len(set(self.rows[self.key].to_pylist()))


_LEVELS = ("县级站点", "镇级站点", "村级站点", "便民点")


def _rate(
    place: str, kind: str, text: str, start: float | None, end: float | None
) -> dict[str, Any]:
    bound = {"上界": end, "下界": start}.get(kind)
    return {
        "地区": place, "类型": kind, "写法": text, "说明": "", "起": start, "止": end, "界": bound,
        "基准": 80.0 if place == "甲区" else None,
        "基准写法": "全市平均 80%" if place == "甲区" else None,
    }  # fmt: skip


def _count(
    name: str, value: float, text: str, kind: str = "确数", group: str = "主"
) -> dict[str, Any]:
    return {
        "名称": name, "数值": value, "写法": text, "类型": kind, "组别": group, "说明": "", "右端": 260.0
    }  # fmt: skip


def _point(place: str, period: str, value: float, text: str, kind: str = "确数") -> dict[str, Any]:
    return {"地区或部门": place, "期次": period, "值": value, "写法": text, "类型": kind}


SAMPLES: dict[str, Sample] = {
    "levels": Sample(
        pa.Table.from_pylist([
            {"地区": place, "层级": level, "个数": n * size, "次序": n}
            for place, size in (("甲区", 6), ("乙区", 9))
            for n, level in enumerate(_LEVELS)
            if n
        ]),
        "地区", _LEVELS, "各层级按固定颜色叠放；没有报送的层级没有色块。",
    ),
    "pairs": Sample(
        pa.Table.from_pylist([
            {"部门": "甲局", "类别": "预警", "件数": 31},
            {"部门": "甲局", "类别": "超期", "件数": 1},
            {"部门": "乙局", "类别": "超期", "件数": 2},
        ]),
        "部门", (), "两个互不包含的数并排，不叠放；乙局没有报预警，不画成0。",
    ),
    "progress": Sample(
        pa.Table.from_pylist([
            {
                "地区": "甲区", "完成": 142, "目标": 200, "序时": 116.2, "目标写法": "目标 200",
                "序时写法": "序时进度应达 116",
            },
        ]),
        "地区", ("地区", "已完成", "目标"), "实线是目标，虚线是序时进度应达（没有写明期限的没有虚线）；可以超过目标。",
    ),
    "matrix": Sample(
        pa.Table.from_pylist([
            {"部门": place, "名单": name, "写法": text, "说明": ""}
            for place, names in (("甲局", ("未认领", "网办超期")), ("乙局", ("未认领",)))
            for name, text in (*((n, n) for n in names), ("合计", f"{len(names)}"))
        ]),
        "部门", ("合计", "未认领", "网办超期"), "一点是一张名单；红色只用于超期。",
    ),
    "rates": Sample(
        pa.Table.from_pylist([
            _rate("甲区", "确数", "85.40%", 0.0, 85.4), _rate("乙区", "上界", "低于70%", 0.0, 70.0),
            _rate("丙区", "下界", "85%以上", 85.0, 100.0), _rate("丁区", "缺数", "—", None, None),
        ]),
        "地区", ("地区",), "确数是实条；低于、以上是虚框，只表示范围；竖线是全市平均；缺数是“—”。",
    ),
    "counts": Sample(
        pa.Table.from_pylist([
            _count("全市", 200.0, "近200件", "约数", "旁"), _count("甲项", 120.0, "120件"),
            _count("乙项", 70.0, "不少于70件", "界限"),
        ]),
        "名称", ("名称",), "标签照原文写；灰条是总数或不同类的数；虚框是界限。",
    ),
    "trend": Sample(
        pa.Table.from_pylist([
            _point("甲区", "2021年下半年", 80.0, "80%"), _point("甲区", "2022年上半年", 85.4, "85.40%"),
            _point("乙区", "2021年下半年", 66.0, "66%"), _point("乙区", "2022年上半年", 70.0, "低于70%", "界限"),
        ]),
        "地区或部门", (("2021年下半年", "2022年上半年"), ("甲区", "乙区")), "实心是确数，空心是约数或界限；界限不连线。",
    ),
}  # fmt: skip
