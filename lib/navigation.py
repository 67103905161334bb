"""The pages, in the groups people look for them in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page: `file` is its script in `pages/` and its address."""

    file: str
    title: str
    icon: str
    purpose: str
    default: bool = False


PAGES: dict[str, tuple[Entry, ...]] = {
    "领导": (
        Entry("overview", "总览", ":material/dashboard:", "半年工作一页看清：进度、先后、问题、待核", True),
    ),
    "分析": (
        Entry("centers", "服务阵地", ":material/location_city:", "四级服务站点的提升范围和完成情况"),
        Entry("staff", "畅通办专员", ":material/groups:", "专员队伍的目标和培育进度"),
        Entry("warnings", "网办预警", ":material/notification_important:", "各部门网办预警和超期件数"),
        Entry("dictionary", "指标口径", ":material/menu_book:", "每个指标的定义、单位、来源和别名"),
    ),
    "报送": (
        Entry("templates", "填报模板", ":material/assignment:", "各数据集的填报模板和填写说明"),
        Entry("releases", "快照版本", ":material/history:", "每次发布的时间、发布人、内容和校验值"),
    ),
    "会议": (
        Entry("meeting", "会议展示", ":material/co_present:", "固定版本、大字号，逐页展示要点"),
    ),
}  # fmt: skip
