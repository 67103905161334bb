"""Every rule of 数据核验 on the shipped figures: what it finds, and nothing else."""

from __future__ import annotations

from lib.catalog.places import place_name
from lib.insight.overview import overview
from lib.insight.reconcile import reconcile
from lib.selection import Selection

# Every finding on the shipped figures: rule, outcome, what was stated, what was worked out. A lost
# finding fails here, and so does a false alarm.
SHIPPED = [
    ("points_sum", "不一致", "200个", "201个"),
    ("towns_sum", "一致", "51个", "51个"),
    ("villages_sum", "一致", "137个", "137个"),
    ("counties_completed", "一致", "2个", "2个"),
    ("warnings_sum", "一致", "140件", "140件"),
    ("overdue_sum", "一致", "23件", "23件"),
    ("adopted_sum", "不一致", "31条", "15条"),
    ("towns_plan", "一致", "51个", "51个"),
    ("villages_plan", "一致", "137个", "137个"),
    ("points_plan", "一致", "200个", "200个"),
    ("supervision_claim", "不一致", "89.17%", "90.38%"),
    ("behaviour_accuracy", "一致", "100%", "100%"),
    ("mobile_parts", "一致", "76项", "76项"),
    ("supervision_parts", "一致", "1029个", "1029个"),
    ("suqitong_parts", "一致", "近3亿元", "27720万元（只列举一部分）"),
    ("xinbei_fund", "不一致", "200万元", "100万元"),
    ("overdue_within_warnings", "口径说明", "—", "3个部门不在其内"),
    ("towns_added_within", "一致", "—", "均在其内"),
    ("villages_added_within", "一致", "—", "均在其内"),
    ("supervision_items_within", "一致", "—", "均在其内"),
    ("reports_within", "一致", "—", "均在其内"),
    ("centers_completed_named", "一致", "名单2个地区", "2个地区有数"),
    ("town_added_named", "一致", "名单1个地区", "1个地区有数"),
    ("village_added_named", "一致", "名单3个地区", "3个地区有数"),
    ("public_service_named", "一致", "名单8个地区", "8个地区有数"),
    ("warned_named", "一致", "名单16个部门", "16个部门有数"),
    ("overdue_named", "一致", "名单8个部门", "8个部门有数"),
    ("coverage_full_named", "一致", "名单4个部门", "4个部门有数"),
    ("coverage_high_named", "一致", "名单8个部门", "8个部门有数"),
    ("coverage_low_named", "一致", "名单2个部门", "2个部门有数"),
    ("adopted_named", "一致", "名单6个部门", "6个部门有数"),
    ("power_claim_below", "一致", "名单4个地区", "4个地区有数，均低"),
    ("instant_districts_below", "一致", "名单2个地区", "2个地区有数，均低"),
    ("coverage_full_apart", "一致", "名单4个部门", "0个部门重复"),
    ("coverage_high_apart", "一致", "名单4个部门", "0个部门重复"),
    ("not_reporting_apart", "一致", "名单2个部门", "0个部门重复"),
    ("adopted_inside", "一致", "名单6个部门", "6个部门在其内"),
    ("roster_suqitong_departments", "缺明细", "14个", "3个"),
    ("roster_operation_aspects", "一致", "六个", "6个"),
    ("roster_liyang_complaint_windows", "一致", "两级", "2级"),
    ("roster_liyang_joint_places", "一致", "两地", "2地"),
    ("roster_wujin_points_new", "一致", "两家", "2家"),
    ("roster_jingkai_one_things", "一致", "5个", "5个"),
    ("roster_jingkai_license_stages", "一致", "三个", "3个"),
    ("roster_jingkai_inspected_halls", "一致", "两级", "2级"),
    ("roster_foreign_departments", "一致", "5个", "5个"),
    ("roster_mobile_sections", "一致", "6个", "6个"),
    ("roster_map_levels", "一致", "四级", "4级"),
    ("roster_linked_tiers", "一致", "三级", "3级"),
    ("roster_guide_departments", "一致", "7个", "7个"),
    ("roster_power_unclaimed", "一致", "22个", "22个"),
    ("roster_faceless_low", "一致", "7个", "7个"),
    ("roster_instant_low", "一致", "23个", "23个"),
    ("roster_warned_departments", "一致", "16个", "16个"),
    ("roster_overdue_departments", "一致", "8个", "8个"),
    ("roster_news_departments", "一致", "7个", "7个"),
]


def test_every_rule_on_the_shipped_figures_and_nothing_else() -> None:
    found = [(f.rule, f.status, f.stated, f.computed) for f in reconcile("R0001", "2022H1")]
    assert found == SHIPPED


def test_the_overview_lists_only_what_does_not_add_up() -> None:
    view = overview(Selection("R0001", "2022H1"))
    assert [finding.rule for finding in view.unresolved] == [
        "points_sum",
        "adopted_sum",
        "supervision_claim",
        "xinbei_fund",
        "overdue_within_warnings",
        "roster_suqitong_departments",
    ]


def test_what_adds_up_is_confirmed_with_its_arithmetic() -> None:
    agreed = {f.rule: f.arithmetic for f in reconcile("R0001", "2022H1") if f.status == "一致"}
    assert agreed["villages_sum"] == "15＋30＋12＋21＋10＋10＋39＝137"
    assert agreed["villages_plan"] == "计划100＋溧阳市新增2＋新北区新增6＋经开区新增29＝137"
    assert agreed["points_plan"] == "计划200，没有地区报新增数"
    assert agreed["mobile_parts"] == "45＋31＝76项"
    assert agreed["suqitong_parts"] == "2亿＋7500万＋220万＝27720万元"
    assert agreed["reports_within"] == "市本级137≤468（381＋87）"
    assert agreed["warned_named"] == "只在名单：无；只有数：无"
    assert agreed["instant_districts_below"] == (
        "名单上新北区（21.7%）、经开区（30.6%）；名单外溧阳市（91.3%）；不低的：无；低而不在名单：无"
    )
    assert agreed["roster_instant_low"] == "列名23，所称23"


def test_a_finding_carries_every_row_that_was_compared() -> None:
    found = {finding.rule: finding for finding in reconcile("R0001", "2022H1")}
    adopted = found["adopted_named"]
    assert [place_name(fact.department) for fact in adopted.facts] == [
        place_name(row.member) for row in adopted.members
    ]
    assert {row.source_file for row in adopted.members} == {"roster.csv"}
    assert {fact.source_file for fact in adopted.facts} == {"indicators.csv"}
    assert len(found["roster_instant_low"].members) == 23
    assert all(finding.facts or finding.members for finding in found.values())


def test_a_finding_knows_whom_it_concerns() -> None:
    found = {finding.rule: finding.places for finding in reconcile("R0001", "2022H1")}
    assert found["xinbei_fund"] == {"xinbei"}
    assert found["mobile_parts"] == found["roster_mobile_sections"] == frozenset()
    assert found["roster_jingkai_one_things"] == {"jingkai"}
    assert found["overdue_within_warnings"] == {"environment", "science", "agriculture"}
    assert found["village_added_named"] == {"liyang", "xinbei", "jingkai"}


def test_nothing_is_made_up_for_a_period_without_data() -> None:
    assert reconcile("R0001", "2021H2") == ()
