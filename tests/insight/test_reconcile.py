from lib.insight.reconcile import reconcile


def test_what_does_not_add_up_and_nothing_else() -> None:
    found = {
        f.rule: (f.status, f.stated, f.computed)
        for f in reconcile("R0001", "2022H1")
        if f.status != "一致"
    }
    assert found == {
        "points_sum": ("不一致", "200个", "201个"),
        "adopted_sum": ("不一致", "31条", "15条"),
        "supervision_claim": ("不一致", "89.17%", "90.38%"),
        "xinbei_fund": ("不一致", "200万元", "100万元"),
        "overdue_within_warnings": ("口径说明", "—", "3个部门不在其内"),
        "roster_suqitong_departments": ("缺明细", "14个", "3个"),
    }


def test_what_adds_up_is_confirmed_with_its_arithmetic() -> None:
    agreed = {f.rule: f.arithmetic for f in reconcile("R0001", "2022H1") if f.status == "一致"}
    assert agreed["villages_sum"] == "15＋30＋12＋21＋10＋10＋39＝137"
    assert agreed["mobile_parts"] == "45＋31＝76项"
    assert agreed["suqitong_parts"] == "2亿＋7500万＋220万＝27720万元"
    assert agreed["roster_instant_low"] == "列名23，所称23"
    assert {"warnings_sum", "overdue_sum", "towns_sum", "supervision_parts"} <= set(agreed)


def test_nothing_is_made_up_for_a_period_without_data() -> None:
    assert reconcile("R0001", "2021H2") == ()
