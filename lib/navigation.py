"""The pages, in the groups people look for them in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page: `file` is its script in `pages/` and its address; `hidden` ones are reached by links."""

    file: str
    title: str
    icon: str
    default: bool = False
    hidden: bool = False


PAGES: dict[str, tuple[Entry, ...]] = {
    "领导": (
        Entry("overview", "总览", ":material/dashboard:", True),
    ),
    "分析": (
        Entry("centers", "服务阵地", ":material/location_city:"),
        Entry("staff", "畅通办专员", ":material/groups:"),
        Entry("warnings", "网办预警", ":material/notification_important:"),
        Entry("dictionary", "指标口径", ":material/menu_book:"),
    ),
    "报送": (
        Entry("upload", "数据上报", ":material/upload_file:"),
        Entry("templates", "填报模板", ":material/assignment:"),
        Entry("releases", "快照版本", ":material/history:"),
    ),
    "会议": (
        Entry("meeting", "会议演示", ":material/co_present:"),
    ),
}  # fmt: skip
