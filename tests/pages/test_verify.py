"""数据核验 in process: the list, one finding in full, comments across releases, filters, nothing there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.insight.reconcile import reconcile
from lib.panels.findings import as_csv
from lib.settings import bulletins_dir, lake_dir
from lib.store.comments import Comments
from lib.store.lake import Lake
from tests.drafts import draft_from_bytes
from tests.kept import first_release
from tests.pages.test_pages import blocks, opened, tables, words

STAFF = "期次,地区,目标人数,已培育人数,单位,时点,截止日期,出处,备注\r\n"


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A lake of this test's own."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)


def listing(app: AppTest) -> str:
    """The list of findings, as HTML."""
    return next(block for block in blocks(app) if "由谁核对" in block)


def of_status(app: AppTest, status: str) -> AppTest:
    app.segmented_control(key="verify-status").set_value(status).run()
    assert not app.exception, app.exception
    return app


def chosen(app: AppTest, rule: str) -> AppTest:
    app.selectbox(key="verify-rule").set_value(rule).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest, text: str, by: str = "数据科值班岗") -> AppTest:
    app.text_input(key="comment-by").set_value(by)
    app.text_area[0].set_value(text)
    next(b for b in app.button if b.label == "提交意见").click().run()
    assert not app.exception, app.exception
    return app


def publish(text: str, file: str) -> None:
    Lake(lake_dir()).publish([draft_from_bytes(text.encode(), file)], by="测试")


def shipped(name: str) -> str:
    return (bulletins_dir() / "2022H1" / name).read_text(encoding="utf-8-sig")


def test_what_needs_a_look_comes_first_with_word_and_shape() -> None:
    app = opened("verify")
    assert "56条规则：一致50，不一致4，缺明细1，口径说明1" in words(app)
    listed = listing(app)
    assert listed.count("≠ 不一致") == 4
    assert [listed.count(mark) for mark in ("○ 缺明细", "◆ 口径说明", "✔ 一致")] == [1, 1, 0]
    shown = tables(app)
    for line in (
        "便利站提升数：分区合计,分项与合计,≠ 不一致,200个,201个,市政务办与各辖市（区）",
        "监管事项认领率：认领÷总数,比率,≠ 不一致,89.17%,90.38%,市政务办",
        "新北区专项资金：镇数×每镇,分项与合计,≠ 不一致,200万元,100万元,新北区",
    ):
        parts = line.split(",")
        assert all(f">{part}<" in listed for part in parts), line
    assert "政务服务便利站提升数,金坛区,25个,7月底,二、金坛区,centers.csv 第12行" in shown


def test_the_status_filter_adds_no_widget_per_rule() -> None:
    app = opened("verify")
    before = (len(app.button), len(app.selectbox), len(app.expander))
    of_status(app, "全部")
    listed = listing(app)
    assert listed.count("<tr>") == 57
    of_status(app, "一致")
    listed = listing(app)
    assert (listed.count("✔ 一致"), listed.count("<tr>")) == (50, 51)
    assert (len(app.button), len(app.selectbox), len(app.expander)) == before


def test_one_finding_shows_its_arithmetic_its_figures_and_its_list() -> None:
    app = chosen(opened("verify"), "supervision_claim")
    assert "930÷1029＝90.38%" in words(app)
    assert "由市政务办核对" in words(app)
    assert "监管事项认领率,市本级,89.17%,未注明,四（二）,indicators.csv 第87行" in tables(app)
    app = chosen(of_status(app, "一致"), "adopted_named")
    assert "省门户录用监管信息条数,市公安局,4条,上半年,四（五）" in tables(app)
    assert "监管信息被省录用的部门,市本级,6,市市场局,四（五）,roster.csv 第" in tables(app)


def test_a_comment_stays_with_its_release_and_follows_an_unchanged_outcome() -> None:
    app = said(chosen(opened("verify"), "xinbei_fund"), "200万元为准，10万元是首批")
    assert ",数据科值班岗,200万元为准，10万元是首批,本版本" in tables(app)
    assert app.text_area[0].value == ""
    assert ">新北区专项资金：镇数×每镇（意见1）<" in listing(app)
    said(chosen(app, "points_sum"), "请各区核对")

    publish(shipped("centers.csv").replace("新北区,便民点,,35", "新北区,便民点,,36"), "centers.csv")
    newer = chosen(opened("verify"), "xinbei_fund")
    assert newer.query_params["release"] == "R0002"
    assert ",200万元为准，10万元是首批,沿用自版本 R0001" in tables(newer)
    assert "请各区核对" not in tables(chosen(newer, "points_sum"))
    said(newer, "新北区多报1个")

    older = chosen(opened("verify", release="R0001"), "points_sum")
    assert ",请各区核对,本版本" in tables(older)
    assert "新北区多报1个" not in tables(older)


def test_a_refused_comment_says_why_and_is_not_lost() -> None:
    app = said(opened("verify"), "请打13912345678")
    assert [error.value for error in app.error] == [
        "岗位和意见里不要写姓名、电话或身份证号，请改写后再提交。"
    ]
    assert app.text_area[0].value == "请打13912345678"
    assert "还没有意见" in words(app)
    assert not (Comments(lake_dir()).folder / "R0001.jsonl").exists()


def test_markup_in_a_comment_is_only_text() -> None:
    app = said(opened("verify"), "<b>粗</b> :red[红] 请核对")
    assert "&lt;b&gt;粗&lt;/b&gt; :red[红] 请核对" in "".join(blocks(app))


def test_a_torn_comment_is_mentioned() -> None:
    said(opened("verify"), "请核对")
    with (Comments(lake_dir()).folder / "R0001.jsonl").open("ab") as file:
        file.write(b'{"release": "R0001", "te')
    app = opened("verify")
    assert "本版本有1条意见当时没有写完，已略过" in words(app)
    assert ",请核对,本版本" in tables(app)


def test_a_district_sees_its_own_findings_and_those_of_the_whole_city() -> None:
    app = of_status(opened("verify", district=["新北区"]), "全部")
    listed = listing(app)
    assert "只列与新北区有关的和全市性的" in words(app)
    for name in ("新北区专项资金：镇数×每镇", "便利站提升数：分区合计", "移动端标准应用：分项合计"):
        assert f">{name}<" in listed
    for name in ("网办预警：部门合计", "名单：经开区精品“一件事”"):
        assert f">{name}<" not in listed


def test_a_department_sees_its_own_findings_and_those_of_the_whole_city() -> None:
    app = of_status(opened("verify", department=["市科技局"]), "全部")
    listed = listing(app)
    for name in (
        "超期件数：是否在预警之内",
        "网办超期：部门名单与件数",
        "移动端标准应用：分项合计",
    ):
        assert f">{name}<" in listed
    for name in ("网办预警：部门合计", "便利站提升数：分区合计"):
        assert f">{name}<" not in listed


def test_a_period_with_nothing_to_compare_says_so() -> None:
    publish(f"{STAFF}2021H2,全市,不少于800,612,人,12月底,2021-12-31,二,\r\n", "staff.csv")
    app = opened("verify", period="2021年下半年")
    assert "本期没有可核验的数据" in words(app)
    assert not app.selectbox(key="period").disabled


def test_a_status_without_findings_is_an_empty_state() -> None:
    app = of_status(opened("verify", department=["市体育局"]), "缺明细")
    assert "没有“缺明细”的事项" in words(app)


def test_a_preview_shows_earlier_comments_and_takes_none() -> None:
    said(chosen(opened("verify"), "xinbei_fund"), "200万元为准")
    changed = shipped("centers.csv").replace("新北区,便民点,,35", "新北区,便民点,,34")
    draft = draft_from_bytes(changed.encode(), "centers.csv")
    made = Lake(lake_dir()).propose([draft], by="测试")
    app = opened("verify", release=made.id)
    assert "便利站提升数：分区合计" not in app.selectbox(key="verify-rule").options
    assert "沿用自版本 R0001" in tables(chosen(app, "xinbei_fund"))
    assert "发布后才能写意见" in words(app)
    assert not app.text_area


def test_the_download_holds_arithmetic_rows_and_comments() -> None:
    comments = Comments(lake_dir())
    found = reconcile("R0001", "2022H1")
    one = next(finding for finding in found if finding.rule == "xinbei_fund")
    comments.add(
        release="R0001", period="2022H1", rule=one.rule, by="新北区值班岗", text="=首批", about=one.about
    )  # fmt: skip
    told = comments.standing("R0001", (), "2022H1", {one.rule: one.about})
    lines = list(csv.DictReader(io.StringIO(as_csv(found, told).decode("utf-8-sig"))))
    assert [line["编号"] for line in lines] == [finding.rule for finding in found]
    assert next(line for line in lines if line["编号"] == "xinbei_fund") == {
        "事项": "新北区专项资金：镇数×每镇", "类别": "分项与合计", "结论": "不一致", "所称": "200万元",
        "计算": "100万元", "算式": "10个×10万元＝100万元", "由谁核对": "新北区",
        "依据": "indicators.csv 第26行；indicators.csv 第27行；indicators.csv 第28行",
        "意见": "新北区值班岗：=首批", "编号": "xinbei_fund",
    }  # fmt: skip
