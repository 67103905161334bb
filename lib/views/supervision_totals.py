"""互联网+监管 for the city: items and lists, data sent, clues, news reported."""

from __future__ import annotations

from functools import lru_cache

from lib.insight.wording import in_full
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.lines import Known, Line, lines_exhibit


@lru_cache(maxsize=64)
def items(selection: Selection) -> Exhibit:
    """监管事项 and 检查实施清单: counts of the city and of 市本级, with the stated rates."""
    own = "city_level"
    lines = (
        Line("supervision_items", "全市监管事项"),
        Line("checklists", "全市检查实施清单"),
        Line("checklist_rate", "全市清单编制率", bar=False),
        Line("supervision_items", "市本级监管事项", own, apart=True),
        Line("supervision_claimed_items", "市本级认领事项", own, apart=True),
        Line("supervision_new_items", "市本级新增事项", own, apart=True),
        Line("supervision_departments", "市本级涉及部门", own, bar=False),
        Line("supervision_claim_rate", "市本级事项认领率", own, bar=False),
        Line("supervision_claim_rank", "认领率省内排名", own, bar=False),
    )
    remark = "个，市本级（灰）单列"
    return lines_exhibit(selection, "items", "监管事项和检查清单", remark, lines, _items_reading)


def _items_reading(known: Known) -> str:
    said = []
    if "checklists" in known:
        rate = known.get("checklist_rate")
        tail = f"，编制率{in_full(rate)}" if rate else ""
        said.append(
            f"编制清单{in_full(known['checklists'])}{tail}，一个事项可有多份清单，与事项数不能相除"
        )
    if "supervision_claim_rate" in known:
        rank = known.get("supervision_claim_rank")
        tail = f"，居全省{in_full(rank)}" if rank else ""
        said.append(f"市本级事项认领率{in_full(known['supervision_claim_rate'])}{tail}")
    return "；".join(said or ["本期只报送了部分数字"]) + "。"


@lru_cache(maxsize=64)
def aggregation(selection: Selection) -> Exhibit:
    """监管行为数据: sent and stored (条), with the stated accuracy."""
    lines = (
        Line("behaviour_pushed", "推送"),
        Line("behaviour_stored", "入库"),
        Line("behaviour_accuracy", "报送准确率", bar=False),
    )
    return lines_exhibit(
        selection, "aggregation", "监管数据汇聚", "条，累计", lines, _aggregation_reading
    )


def _aggregation_reading(known: Known) -> str:
    sent, kept = known.get("behaviour_pushed"), known.get("behaviour_stored")
    accuracy = known.get("behaviour_accuracy")
    if sent is None or kept is None:
        return "推送和入库条数没有都报送，不能比较。"
    said = "全部入库" if sent.value == kept.value else f"入库{in_full(kept)}"
    tail = f"，报送准确率{in_full(accuracy)}" if accuracy else ""
    return f"推送{in_full(sent)}，{said}{tail}。"


@lru_cache(maxsize=64)
def clues(selection: Selection) -> Exhibit:
    """风险预警线索: received (条), with the stated feedback and closure rates (%)."""
    lines = (
        Line("risk_clues", "接收线索", bar=False),
        Line("clue_feedback_rate", "反馈率", bar=False),
        Line("clue_closure_rate", "办结率", bar=False),
    )
    return lines_exhibit(selection, "clues", "风险预警线索", "", lines, _clues_reading)


def _clues_reading(known: Known) -> str:
    said = [
        f"{name}{in_full(known[metric])}"
        for metric, name in (
            ("risk_clues", "接收国家和省下发线索"),
            ("clue_feedback_rate", "反馈率"),
            ("clue_closure_rate", "办结率"),
        )
        if metric in known
    ]
    return "，".join(said) + "。"


@lru_cache(maxsize=64)
def reports(selection: Selection) -> Exhibit:
    """监管信息报送 (条): 动态 and 曝光台 of the city, and what 市本级 sent."""
    lines = (
        Line("supervision_news", "全市监管动态"),
        Line("supervision_exposures", "全市监管曝光台"),
        Line("supervision_reports", "市本级监管信息", "city_level", apart=True),
    )
    return lines_exhibit(selection, "reports", "监管信息报送", "条，累计", lines, _reports_reading)


def _reports_reading(known: Known) -> str:
    names = {
        "supervision_news": "全市监管动态",
        "supervision_exposures": "监管曝光台",
        "supervision_reports": "市本级报送",
    }
    said = [f"{name}{in_full(known[m])}" for m, name in names.items() if m in known]
    tail = "；原文未说明市本级数是否含曝光台，不算占比" if "supervision_reports" in known else ""
    return "，".join(said) + tail + "。"
