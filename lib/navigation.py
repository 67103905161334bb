"""The pages, in the groups people look for them in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page: `file` is its script in `pages/` and its address; `hidden` ones are reached by links.

    charts: whether it draws any, with what a browser must fetch for that
    """

    file: str
    title: str
    default: bool = False
    hidden: bool = False
    charts: bool = False

    @property
    def path(self) -> str:
        """Its address under the app's."""
        return "" if self.default else self.file


PAGES: dict[str, tuple[Entry, ...]] = {
    "": (  # in the bar itself, before the menus
        Entry("overview", "总览", True, charts=True),
        Entry("meeting", "会议演示"),
    ),
    "通报各章": (
        Entry("benefits", "苏企通与重点工作", charts=True),
        Entry("centers", "服务阵地", charts=True),
        Entry("staff", "畅通办专员", charts=True),
        Entry("online", "一网通办", charts=True),
        Entry("indicators", "主要指标", charts=True),
        Entry("warnings", "网办预警", charts=True),
        Entry("caseload", "预警台账"),
        Entry("supervision", "互联网+监管", charts=True),
    ),
    "画像与对比": (
        Entry("district", "辖区画像", charts=True),
        Entry("department", "部门画像", charts=True),
        Entry("trend", "对比与趋势", charts=True),
    ),
    "核对与溯源": (
        Entry("notices", "提醒"),
        Entry("verify", "数据核验"),
        Entry("trace", "数字溯源"),
        Entry("dictionary", "指标口径"),
        Entry("audit", "操作日志"),
        Entry("gallery", "图表样例", hidden=True, charts=True),
    ),
    "文稿": (
        Entry("bulletin", "通报文稿"),
        Entry("proofread", "通报校对"),
    ),
    "报送": (
        Entry("upload", "数据上报"),
        Entry("templates", "填报模板"),
        Entry("releases", "快照版本"),
    ),
    "使用帮助": (Entry("help", "使用帮助"),),
}  # fmt: skip
ENTRY_BY_FILE = {entry.file: entry for entries in PAGES.values() for entry in entries}
ENTRY_BY_PATH = {entry.path: entry for entry in ENTRY_BY_FILE.values()}
