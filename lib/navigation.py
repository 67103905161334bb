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
    "": (  # in the bar itself, before the menus
        Entry("overview", "总览", ":material/dashboard:", True),
        Entry("meeting", "会议演示", ":material/co_present:"),
    ),
    "通报各章": (
        Entry("benefits", "苏企通与重点工作", ":material/handshake:"),
        Entry("centers", "服务阵地", ":material/location_city:"),
        Entry("staff", "畅通办专员", ":material/groups:"),
        Entry("online", "一网通办", ":material/devices:"),
        Entry("indicators", "主要指标", ":material/leaderboard:"),
        Entry("warnings", "网办预警", ":material/notification_important:"),
        Entry("supervision", "互联网+监管", ":material/policy:"),
    ),
    "画像与对比": (
        Entry("district", "辖区画像", ":material/map:"),
        Entry("department", "部门画像", ":material/account_balance:"),
        Entry("trend", "对比与趋势", ":material/trending_up:"),
    ),
    "核对与溯源": (
        Entry("verify", "数据核验", ":material/rule:"),
        Entry("trace", "数字溯源", ":material/travel_explore:"),
        Entry("dictionary", "指标口径", ":material/menu_book:"),
        Entry("audit", "操作日志", ":material/receipt_long:"),
        Entry("gallery", "图表样例", ":material/palette:", hidden=True),
    ),
    "文稿": (
        Entry("bulletin", "通报文稿", ":material/article:"),
        Entry("proofread", "通报校对", ":material/spellcheck:"),
    ),
    "报送": (
        Entry("upload", "数据上报", ":material/upload_file:"),
        Entry("templates", "填报模板", ":material/assignment:"),
        Entry("releases", "快照版本", ":material/history:"),
    ),
}  # fmt: skip
