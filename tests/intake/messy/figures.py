"""Figures of the first half of 2022 that the samples share, and how a CSV is spelled in bytes."""

from __future__ import annotations

from collections.abc import Iterable

# department, warnings, overdue: as reported, an empty cell where nothing was
WARNINGS = (
    ("市教育局", "31", "1"), ("市民政局", "21", ""), ("市烟草局", "20", ""),
    ("市城管局", "10", "2"), ("市商务局", "9", ""), ("市公积金中心", "9", "1"),
    ("市交通局", "8", ""), ("市气象局", "5", ""), ("市生态环境局", "5", "14"),
    ("市卫健委", "5", ""), ("市医保局", "5", "1"), ("市住建局", "4", "1"),
    ("市水利局", "3", ""), ("市新闻出版局", "2", ""), ("市市监局", "2", ""),
    ("市体育局", "1", ""), ("市科技局", "", "2"), ("市农业农村局", "", "1"),
)  # fmt: skip
# district, staff wanted, staff trained: the split is made up, the sums (1000 and 775) are not
STAFF = (
    ("溧阳市", "150", "118"), ("金坛区", "140", "104"), ("武进区", "180", "146"),
    ("新北区", "170", "131"), ("天宁区", "130", "98"), ("钟楼区", "130", "102"),
    ("经开区", "100", "76"),
)  # fmt: skip
# district > (planned, upgraded) of towns, villages and points; the planned split is made up
CENTERS = {
    "溧阳市": ((6, 7), (13, 15), (35, 35)),
    "金坛区": ((5, 5), (30, 30), (25, 25)),
    "武进区": ((10, 10), (12, 12), (35, 35)),
    "新北区": ((10, 10), (15, 21), (35, 35)),
    "天宁区": ((7, 7), (10, 10), (25, 26)),
    "钟楼区": ((6, 6), (10, 10), (25, 25)),
    "经开区": ((6, 6), (10, 39), (20, 20)),
}
SHORT_NAMES = "溧阳,金坛,武进,新北,天宁,钟楼,经开"
CLAIMED = "153,186,157,109,180,90,136"  # public service items claimed, in the same order


def lines(rows: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Rows as CSV lines; no cell here needs quoting."""
    return tuple(",".join(row) for row in rows)


def csv_bytes(*rows: str, encoding: str = "utf-8-sig") -> bytes:
    """CSV lines as a file, with the line ends Excel writes."""
    return "".join(f"{row}\r\n" for row in rows).encode(encoding)
