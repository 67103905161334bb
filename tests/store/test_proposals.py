"""Drafts: kept whole, answering like the release they would become."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lib.insight.overview import overview
from lib.intake.draft import Draft
from lib.intake.issues import Issue, Question
from lib.queries.facts import fact_book
from lib.queries.release import UnknownReleaseError, ask, opened_release
from lib.selection import Selection
from lib.store.errors import PublishError, StaleProposalError
from lib.store.lake import Lake
from tests.store.rows import draft, staff

A, B = ("2022H1", "education", 1), ("2022H1", "health", 2)


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """R0001: two departments and one staff row of 2022H1, and one department of 2021H2."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    made = Lake(tmp_path / "lake")
    made.publish([draft(A, B, ("2021H2", "education", 9)), staff("2022H1", 5)], by="初")
    return made


def counts(release_id: str, period: str = "2022H1") -> dict[str, str]:
    facts = fact_book(release_id, period).of("warning_count")
    return {fact.department: fact.value_text for fact in facts}


def test_a_proposal_is_kept_whole_and_publishes_nothing(lake: Lake) -> None:
    question = Question("name:某局", "是哪个部门？", (("health", "市卫健委"),))
    issue = Issue("NAME", "提醒", "名称不标准", "请核对", "预警.csv", row=3, question=question)
    given = Draft(**{**vars(draft(A, ("2022H1", "health", 7), sheet="一", choices={"name:某局": "health"})), "issues": (issue,)})  # fmt: skip
    made = lake.propose([given], by="张三", sender="卫健委", note="更正", mode="merge")
    assert [r.id for r in lake.releases()] == ["R0001"]
    found = Lake(lake.path).proposal(made.id)
    assert found == made
    assert (made.state, made.base, made.mode, made.by, made.sender, made.note) == ("待发布", "R0001", "merge", "张三", "卫健委", "更正")  # fmt: skip
    assert made.issue_rows == (issue,)
    assert made.issues == {"提醒": 1}
    assert made.sources == [
        {"file": "预警.csv", "sheet": "一", "sha256": given.sha256, "dataset": "warnings", "rows": 2,
         "periods": ["2022H1"], "choices": {"name:某局": "health"}, "mode": "merge",
         "sender": "卫健委", "synthetic": False}
    ]  # fmt: skip
    (part,) = made.parts
    assert (part.base, part.rows) == (lake.live().contents["warnings/2022H1"], 2)


def test_a_proposal_answers_like_the_release_it_would_become(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="张三", mode="merge")
    assert counts(made.id) == {"education": "1", "health": "7"}
    assert counts(made.id, "2021H2") == {"education": "9"}
    assert fact_book(made.id, "2022H1").get("staff_trained").value_text == "5"
    preview = opened_release(made.id)
    release = lake.publish_proposal(made.id, by="张三")
    assert (preview.periods, preview.rows, preview.contents) == (
        release.periods,
        release.rows,
        release.contents,
    )
    assert (preview.kind, preview.parent, release.proposal) == ("proposal", "R0001", made.id)
    assert ask(made.id, "period_facts", period="2022H1").equals(
        ask(release.id, "period_facts", period="2022H1")
    )
    shown, published = (overview(Selection(name, "2022H1")) for name in (made.id, release.id))
    assert (shown.cards, shown.district_ranks) == (published.cards, published.district_ranks)


def test_the_first_proposal_needs_no_release(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    lake = Lake(tmp_path / "lake")
    made = lake.propose([draft(A)], by="张三")
    assert (counts(made.id), lake.live()) == ({"education": "1"}, None)
    assert lake.publish_proposal(made.id, by="张三").id == "R0001"
    assert counts("R0001") == {"education": "1"}


def test_each_district_may_send_its_own_file(lake: Lake) -> None:
    first, second = draft(A, B, file="甲.csv"), draft(B, ("2022H1", "finance", 3), file="乙.csv")
    release = lake.publish_proposal(lake.propose([first, second], by="张三").id, by="张三")
    assert counts(release.id) == {"education": "1", "health": "2", "finance": "3"}
    assert release.rows["warnings"] == 4  # with the one of 2021H2; equal rows are one
    assert [s["file"] for s in release.sources] == ["甲.csv", "乙.csv"]
    clash = draft(("2022H1", "health", 8), file="丙.csv")
    with pytest.raises(PublishError) as refused:
        lake.propose([first, clash], by="张三")
    assert str(refused.value) == (
        "网办预警：“甲.csv”第3行与“丙.csv”第2行都是2022H1 市卫健委，但内容不同，请核对后只保留一处"
    )
    assert [p.state for p in lake.proposals()] == ["已发布"]


@pytest.mark.parametrize(
    ("mode", "row", "sentence"),
    [
        ("correct", ("2022H1", "finance", 3), "网办预警：2022H1 市财政局线上没有，“更正”不能收；请从文件中去掉，或改用“更正并补充”"),
        ("add", ("2022H1", "health", 3), "网办预警：2022H1 市卫健委线上已有且内容不同，“补充”不能收；请从文件中去掉，或改用“更正并补充”"),
        ("其他", A, "没有发布方式“其他”，可选：replace（整期替换）、correct（更正）、add（补充）、merge（更正并补充）"),
    ],
)  # fmt: skip
def test_a_row_the_mode_may_not_touch_is_refused(lake: Lake, mode: str, row, sentence: str) -> None:
    with pytest.raises(PublishError) as refused:
        lake.propose([draft(row)], by="张三", mode=mode)
    assert str(refused.value) == sentence
    assert lake.proposals() == []


def test_another_release_of_other_parts_does_not_matter(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="张三", mode="merge")
    lake.publish([staff("2022H1", 6), draft(("2021H2", "education", 8))], by="李四")
    release = lake.publish_proposal(made.id, by="张三")
    assert (release.id, release.parent) == ("R0003", "R0002")
    assert counts("R0003") == {"education": "1", "health": "7"}
    assert counts("R0003", "2021H2") == {"education": "8"}
    assert fact_book("R0003", "2022H1").get("staff_trained").value_text == "6"


def test_another_release_of_the_same_part_is_told_and_nothing_is_lost(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="张三", mode="merge")
    lake.publish(
        [draft(("2022H1", "finance", 3), ("2022H1", "education", 5))], by="李四", mode="merge"
    )
    with pytest.raises(
        StaleProposalError, match="网办预警 2022H1已有新的发布（最新版本 R0002，李四，"
    ) as stale:
        lake.publish_proposal(made.id, by="张三")
    assert stale.value.live.id == "R0002"
    assert counts(made.id) == {"education": "1", "health": "7"}
    fresh = lake.reopen(made.id)
    assert (fresh.base, fresh.sources, fresh.state) == ("R0002", made.sources, "待发布")
    assert [p.id for p in lake.proposals()] == [fresh.id]
    assert counts(fresh.id) == {"education": "5", "health": "7", "finance": "3"}
    assert counts(lake.publish_proposal(fresh.id, by="张三").id) == counts(fresh.id)


def test_a_refresh_that_the_mode_now_refuses_keeps_the_proposal(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "finance", 7))], by="张三", mode="add")
    lake.publish([draft(("2022H1", "finance", 3))], by="李四", mode="add")
    with pytest.raises(PublishError, match="市财政局线上已有且内容不同，“补充”不能收"):
        lake.reopen(made.id)
    assert lake.proposal(made.id) == made


def test_what_is_live_already_makes_no_release(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="张三", mode="merge")
    same = lake.propose([draft(A, ("2022H1", "health", 7))], by="李四")
    release = lake.publish_proposal(made.id, by="张三")
    assert lake.publish_proposal(same.id, by="李四") == release
    assert lake.publish_proposal(same.id, by="李四") == release
    assert [(p.state, p.release) for p in lake.proposals()] == [("已发布", "R0002")] * 2
    assert len(lake.releases()) == 2


def test_a_published_proposal_stays_its_release_whatever_comes_after(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="张三", mode="merge")
    release = lake.publish_proposal(made.id, by="张三")
    lake.publish([draft(("2022H1", "health", 8))], by="李四", mode="merge")
    assert lake.publish_proposal(made.id, by="张三") == release


def test_two_people_are_needed_where_review_is_required(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="张三", mode="merge")
    with pytest.raises(PublishError, match="还没有提交复核"):
        lake.publish_proposal(made.id, by="李四", review=True)
    assert lake.submit(made.id, "张三").state == "待复核"
    with pytest.raises(PublishError, match="提交人不能复核自己的数据"):
        lake.publish_proposal(made.id, by=" 张三", review=True)
    with pytest.raises(PublishError, match="请写明退回的原因"):
        lake.send_back(made.id, "李四", " ")
    assert lake.send_back(made.id, "李四", "数不对").reason == "李四：数不对"
    for review in (True, False):
        with pytest.raises(PublishError, match="已退回（李四：数不对）"):
            lake.publish_proposal(made.id, by="李四", review=review)
    with pytest.raises(PublishError, match="只有待复核的才能退回"):
        lake.send_back(made.id, "李四", "再退")
    lake.submit(made.id, "张三")
    release = lake.publish_proposal(made.id, by="李四", review=True)
    assert (release.by, release.reviewed_by, release.proposal) == ("张三", "李四", made.id)
    assert Lake(lake.path).live() == release


def test_a_discarded_proposal_is_gone_and_a_published_one_stays(lake: Lake) -> None:
    made = lake.propose([draft(A)], by="张三")
    assert counts(made.id) == {"education": "1"}
    lake.discard(made.id)
    assert lake.proposals() == []
    with pytest.raises(UnknownReleaseError):
        ask(made.id, "highlights", period="2022H1")
    with pytest.raises(PublishError, match=f"没有待发布的 {made.id}"):
        lake.publish_proposal(made.id, by="张三")
    other = lake.propose([draft(A)], by="张三")
    lake.publish_proposal(other.id, by="张三")
    for act in (lake.discard, lake.reopen, lambda id: lake.submit(id, "张三")):
        with pytest.raises(PublishError, match="已发布为 R0002，不能再改"):
            act(other.id)


def test_an_empty_upload_is_told(lake: Lake) -> None:
    with pytest.raises(PublishError, match="没有可发布的行"):
        lake.propose([draft()], by="张三")


def test_a_damaged_manifest_is_told(lake: Lake, tmp_path: Path) -> None:
    made = lake.propose([draft(A)], by="张三")
    manifest = tmp_path / "proposals" / made.id / "manifest.json"
    manifest.write_text(json.dumps({"id": made.id}))
    with pytest.raises(PublishError, match="清单已损坏"):
        lake.proposal(made.id)


def test_made_up_rows_need_a_demonstration(lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = draft(("2022H2", "education", 1), file="演示.csv", synthetic=True)
    for act in (lake.propose, lake.publish):
        with pytest.raises(
            PublishError, match=r"演示\.csv是演示数据，这里不能发布.*TONGBAO_DEMO=1"
        ):
            act([fake], by="张三")
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    made = lake.propose([fake], by="张三")
    assert opened_release(made.id).synthetic == ["2022H2"]
    monkeypatch.delenv("TONGBAO_DEMO")
    with pytest.raises(PublishError, match="是演示数据"):
        lake.publish_proposal(made.id, by="张三")
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    assert lake.publish_proposal(made.id, by="张三").synthetic == ["2022H2"]
    mixed = lake.publish([draft(("2022H2", "health", 1))], by="张三", mode="add")
    assert mixed.synthetic == ["2022H2"]
    assert lake.publish([draft(("2022H2", "health", 1))], by="张三").synthetic == []
    assert lake.rollback(mixed.id, by="张三", note="").synthetic == ["2022H2"]


@pytest.mark.parametrize("text", ["值班岗 138 0000 1111", "张三 320400199001011234", "a@b.com"])
def test_who_and_why_hold_no_private_numbers(lake: Lake, text: str) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="值班岗", mode="merge")
    lake.submit(made.id, "值班岗")
    before = (lake.releases(), lake.proposals())
    rows = [draft(B)]
    for act in (
        lambda: lake.propose(rows, by=text),
        lambda: lake.propose(rows, by="值班岗", note=text),
        lambda: lake.propose(rows, by="值班岗", sender=text),
        lambda: lake.publish(rows, by=text),
        lambda: lake.publish(rows, by="值班岗", note=text),
        lambda: lake.publish_proposal(made.id, by=text),
        lambda: lake.publish_proposal(made.id, by="复核岗", note=text),
        lambda: lake.rollback("R0001", by=text, note="回退"),
        lambda: lake.rollback("R0001", by="值班岗", note=text),
        lambda: lake.send_back(made.id, text, "数不对"),
        lambda: lake.send_back(made.id, "复核岗", text),
        lambda: lake.submit(made.id, text),
    ):
        with pytest.raises(PublishError) as refused:
            act()
        assert str(refused.value) == "操作岗位和说明里不要写电话或身份证号"
    assert (lake.releases(), lake.proposals()) == before


@pytest.mark.parametrize("by", ["值 班岗a", "值班岗　A", "\u200b值班岗a "])
def test_another_spelling_of_a_post_is_nobody_else(lake: Lake, by: str) -> None:
    made = lake.propose([draft(("2022H1", "health", 7))], by="值班岗A", mode="merge")
    lake.submit(made.id, "值班岗A")
    with pytest.raises(PublishError, match="提交人不能复核自己的数据"):
        lake.publish_proposal(made.id, by=by, review=True)
