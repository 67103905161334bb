"""What people do to the lake, by who they are and whose rows it touches."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib import actions
from lib.access.roles import MACHINE, VISITOR, DeniedError, Person, Role
from lib.seed import ensure_seeded
from lib.settings import lake_dir
from lib.store.errors import PublishError
from lib.store.lake import Lake
from lib.submission import Received, receive
from tests.kept import first_release

LIYANG = Person("ly", "溧阳填报岗", Role.REPORTER, frozenset({"liyang"}))
JINTAN = Person("jt", "金坛填报岗", Role.REPORTER, frozenset({"jintan"}))
EDUCATION = Person("jy", "教育局填报岗", Role.REPORTER, frozenset({"education"}))
REVIEWER = Person("fh", "复核岗", Role.REVIEWER)
HEAD = "期次,截止日期,地区,目标人数,已培育人数\n"


@pytest.fixture(autouse=True)
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    return Lake(lake_dir())


def staff(*rows: str) -> list[Received]:
    content = HEAD + "".join(f"2022H1,2022-07-31,{row}\n" for row in rows)
    return [receive(content.encode(), "专员.csv", sender="liyang", choices={})]


def proposed(person: Person, *rows: str, sender: str, mode: str = "merge") -> str:
    return actions.propose(person, staff(*rows), mode=mode, by="数据岗", sender=sender).id


def test_a_district_reports_and_publishes_its_own_rows(lake: Lake) -> None:
    made = proposed(LIYANG, "溧阳市,,199", sender="liyang")
    release = actions.publish(LIYANG, made, "数据岗")
    assert lake.live() == release


def test_rows_of_another_district_are_refused_by_name_and_nothing_stays(lake: Lake) -> None:
    with pytest.raises(DeniedError, match="不归您报送的数据：金坛区1行。您只能报送溧阳市的数据"):
        proposed(LIYANG, "溧阳市,,199", "金坛区,,7", sender="liyang")
    assert lake.proposals() == []


def test_a_whole_period_may_not_be_replaced_by_one_district(lake: Lake) -> None:
    with pytest.raises(DeniedError, match="更正并补充"):
        proposed(LIYANG, "溧阳市,,199", sender="liyang", mode="replace")
    assert lake.proposals() == []


def test_rows_of_others_that_stay_as_they_are_do_no_harm() -> None:
    held = ensure_seeded()
    assert held
    proposed(MACHINE, "溧阳市,,199", sender="liyang")
    assert proposed(LIYANG, "溧阳市,,198", sender="liyang")


def test_a_department_is_held_to_its_own_rows_too() -> None:
    content = "期次,截止日期,部门,预警件数,超期件数\n2022H1,2022-06-30,市教育局,32,\n"
    got = [receive(content.encode(), "预警.csv", sender="education", choices={})]
    assert actions.propose(EDUCATION, got, mode="merge", by="数据岗", sender="education")
    other = [
        receive(
            content.replace("教育局", "民政局").encode(), "预警.csv", sender="education", choices={}
        )
    ]
    with pytest.raises(DeniedError, match="市民政局1行"):
        actions.propose(EDUCATION, other, mode="merge", by="数据岗", sender="education")


@pytest.mark.parametrize("person", [VISITOR, REVIEWER, JINTAN])
def test_nobody_reports_in_the_name_of_another(person: Person, lake: Lake) -> None:
    with pytest.raises(DeniedError):
        proposed(person, "溧阳市,,199", sender="liyang")
    assert lake.proposals() == []


@pytest.mark.parametrize("person", [VISITOR, JINTAN])
def test_a_draft_of_another_is_not_there(person: Person, lake: Lake) -> None:
    made = proposed(LIYANG, "溧阳市,,199", sender="liyang")
    assert actions.opened(person, lake, made) is None
    assert actions.visible(person, lake) == []
    for act in (actions.publish, actions.submit, actions.discard, actions.reopen):
        with pytest.raises(PublishError, match=f"没有待发布的 {made}"):
            act(person, made, "数据岗")
    assert [one.id for one in lake.proposals()] == [made]


def test_a_reviewer_sees_a_draft_and_does_not_change_it(lake: Lake) -> None:
    made = proposed(LIYANG, "溧阳市,,199", sender="liyang")
    assert actions.opened(REVIEWER, lake, made)
    with pytest.raises(DeniedError):
        actions.discard(REVIEWER, made, "数据岗")


def test_where_two_are_needed_the_second_is_a_reviewer(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_REVIEW", "1")
    made = proposed(LIYANG, "溧阳市,,199", sender="liyang")
    actions.submit(LIYANG, made, "数据岗")
    with pytest.raises(DeniedError, match="不能复核报送"):
        actions.publish(LIYANG, made, "数据岗")
    with pytest.raises(DeniedError, match="不能复核报送"):
        actions.send_back(LIYANG, made, "数据岗", "不对")
    assert actions.publish(REVIEWER, made, "复核岗").reviewed_by == "复核岗"


def test_only_the_administrator_rolls_back(lake: Lake) -> None:
    actions.publish(MACHINE, proposed(MACHINE, "溧阳市,,199", sender="liyang"), "数据岗")
    for person in (VISITOR, LIYANG, REVIEWER):
        with pytest.raises(DeniedError, match="不能回退版本"):
            actions.rollback(person, "R0001", by="数据岗", note="试")
    assert actions.rollback(MACHINE, "R0001", by="数据岗", note="试").restored == "R0001"


def test_one_account_under_two_posts_is_one_person(
    lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_REVIEW", "1")
    head = Person("gl", "管理岗", Role.ADMIN)
    made = proposed(head, "溧阳市,,199", sender="liyang")
    actions.submit(head, made, "甲岗")
    with pytest.raises(PublishError, match="提交人不能复核自己的数据"):
        actions.publish(head, made, "乙岗")
    assert actions.publish(REVIEWER, made, "乙岗") == lake.live()


def test_a_report_compared_anew_is_held_to_its_own_rows(lake: Lake) -> None:
    made = proposed(MACHINE, "溧阳市,,199", sender="liyang", mode="replace")
    with pytest.raises(DeniedError):
        actions.reopen(LIYANG, made, "数据岗")
    assert lake.proposals() == []
