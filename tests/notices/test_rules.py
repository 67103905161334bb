"""Every bound over real figures: what holds is told, what is missing or only bounded is not."""

from __future__ import annotations

from pathlib import Path

from lib.catalog.metrics import METRIC_BY_ID
from lib.catalog.notices import NOTICES, BoundNotice, MissingNotice, PaceNotice
from lib.insight.judgements import concerning
from lib.insight.notices import judgements
from lib.navigation import PAGES
from lib.selection import Selection
from tests.notices.judged import holding, one
from tests.notices.scene import publish, shipped


def test_the_published_half_year_raises_what_truly_holds_and_nothing_else() -> None:
    assert holding("R0001") == [
        "overdue_city~city",
        *(
            f"overdue_department~{place}"
            for place in (
                "education", "science", "environment", "housing", "urban_management", "agriculture",
                "medical_insurance", "housing_fund",
            )
        ),
        *(f"power_claim_low~{place}" for place in ("xinbei", "tianning", "zhonglou", "jingkai")),
        *(f"coverage_low~{place}" for place in ("finance", "earthquake")),
        "broken~points_sum", "broken~adopted_sum", "broken~supervision_claim", "broken~xinbei_fund",
        "faceless_below~xinbei", "instant_below~xinbei", "instant_below~jingkai",
    ]  # fmt: skip
    assert not any(j.standing == "不能判断" for j in judgements("R0001", "2022H1"))
    assert not any(j.made_up for j in judgements("R0001", "2022H1"))


def test_a_sentence_names_place_figure_unit_and_bound() -> None:
    said = {j.key: (j.sentence, j.figure) for j in judgements("R0001", "2022H1")}
    assert said["overdue_city~city~2022H1"] == (
        "全市网办超期件数23件（多于0件即提醒）；原注：超期事项经提醒均已处理。", "23件",
    )  # fmt: skip
    assert said["overdue_department~environment~2022H1"][0] == (
        "市生态环境局网办超期件数14件（多于0件即提醒）。"
    )
    assert said["power_claim_low~xinbei~2022H1"] == (
        "新北区权力事项认领率低于70%（低于70%即提醒）。", "低于70%",
    )  # fmt: skip
    assert said["faceless_below~xinbei~2022H1"][0] == (
        "新北区不见面办理率92.9%，低于全市平均96.34%。"
    )
    assert said["broken~xinbei_fund~2022H1"][0] == (
        "新北区专项资金：镇数×每镇：所称200万元，核对得100万元。"
    )


def test_a_missing_figure_is_judged_by_no_rule_and_a_bound_settles_only_what_it_settles() -> None:
    assert one("R0001", "power_claim_low", "jintan") is None
    assert one("R0001", "faceless_below", "liyang") is None
    settled = one("R0001", "coverage_low", "transport")  # 85以上
    assert settled is not None
    assert settled.standing == "不成立"


def test_who_is_not_named_has_none_only_where_those_named_add_up(own_data: Path) -> None:
    found = one("R0001", "overdue_department", "health")
    assert found is not None
    assert (found.standing, found.sentence) == (
        "不成立", "市卫健委没有列名，列名部门合计已等于全市23件。",
    )  # fmt: skip
    short = publish("warnings.csv", ("全市,140,23,", "全市,140,24,"))
    assert one(short.id, "overdue_department", "health") is None


def test_a_figure_that_leaves_a_rule_open_says_so_and_raises_nothing(own_data: Path) -> None:
    made = publish(
        "indicators.csv",
        ("权力事项认领率,溧阳市,,85.40,,", "权力事项认领率,溧阳市,,85.40,低于,"),
        ("不见面办理率,新北区,,92.9,,", "不见面办理率,新北区,,92.9,约,"),
        ("监管行为覆盖率,,市财政局,50,以下,", "监管行为覆盖率,,市财政局,70,低于,"),
    )
    for rule, subject in (
        ("power_claim_low", "liyang"), ("faceless_below", "xinbei"), ("coverage_low", "finance"),
    ):  # fmt: skip
        found = one(made.id, rule, subject)
        assert found is not None
        assert found.standing == "不能判断"
        assert "不能判断是否" in found.sentence
        assert f"{rule}~{subject}" not in holding(made.id)


def test_behind_schedule_is_told_as_the_light_has_it(own_data: Path) -> None:
    assert holding("R0001", "2022H1", "staff_behind", "points_behind") == []
    made = publish("staff.csv", ("不少于1000,775,", "不少于1000,400,"))
    found = one(made.id, "staff_behind", "city")
    assert found is not None
    assert (found.standing, found.sentence) == (
        "成立",
        "全市截至7月底，“畅通办”专员已培育人数400人，目标不少于1000人，完成40.0%，比7月底序时进度慢18.1个百分点。",
    )
    vague = publish("staff.csv", ("不少于1000,775,", "不少于1000,约400,"))
    open_ = one(vague.id, "staff_behind", "city")
    assert open_ is not None
    assert open_.standing == "不能判断"


def test_a_chosen_place_sees_its_own_and_the_whole_citys() -> None:
    found = concerning(
        judgements("R0001", "2022H1"), Selection("R0001", "2022H1", ("xinbei",), ("education",))
    )
    kept = {f"{j.rule}~{j.subject}" for j in found if j.standing == "成立"}
    assert {"overdue_city~city", "overdue_department~education", "power_claim_low~xinbei"} <= kept
    assert {"overdue_department~health", "power_claim_low~tianning"} & kept == set()


def test_rules_are_declared_over_what_the_catalog_knows() -> None:
    assert len({rule.id for rule in NOTICES}) == len(NOTICES)
    pages = {entry.file for entries in PAGES.values() for entry in entries}
    for rule in NOTICES:
        assert rule.page in pages, rule.id
        assert rule.source, rule.id
        assert rule.line, rule.id
        metrics = (
            rule.metrics if isinstance(rule, MissingNotice)
            else (rule.rate,) if isinstance(rule, PaceNotice)
            else filter(None, (getattr(rule, "metric", ""),))
        )  # fmt: skip
        assert set(metrics) <= set(METRIC_BY_ID), rule.id


def test_a_bound_is_the_catalogs_or_the_bulletins_own() -> None:
    bounds = {
        r.id: (METRIC_BY_ID[r.metric].target, r.line) for r in NOTICES if isinstance(r, BoundNotice)
    }
    assert bounds == {
        "overdue_city": (0, "多于0件"),
        "overdue_department": (0, "多于0件"),
        "power_claim_low": (None, "低于70%"),
        "coverage_low": (None, "50%以下"),
    }
    assert "权力事项认领率,新北区,,70,低于,%" in shipped("indicators.csv")
    assert "监管行为覆盖率,,市财政局,50,以下,%" in shipped("indicators.csv")


def test_the_order_is_by_severity_then_as_declared() -> None:
    ranks = [j.declared.severity for j in judgements("R0001", "2022H1")]
    assert ranks == sorted(ranks, key=("重要", "关注", "提示").index)


def test_what_is_compared_with_is_not_said_to_be_the_period_before() -> None:
    said = " ".join(f"{rule.line}{rule.source}" for rule in NOTICES)
    assert "上一期" not in said, "it may be years back"
    assert "比上一次同长期次多" in said
