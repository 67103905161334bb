"""会议演示 in its frame: planning, keeping, opening, and rehearsals that are no longer the newest."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.meeting.rehearsal import kept_rehearsals, selection_of
from lib.selection import Selection
from lib.settings import bulletins_dir, lake_dir
from lib.store.lake import Lake
from tests.drafts import draft_from_bytes
from tests.kept import first_release
from tests.meeting.plans import rehearsal
from tests.pages.test_pages import opened, words


@pytest.fixture(autouse=True)
def own_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A data folder of the test's own, with the first release in it."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    first_release(tmp_path)
    return tmp_path


def press(app: AppTest, label: str) -> None:
    """Press the first button of that label."""
    next(b for b in app.button if b.label.startswith(label)).click().run()
    assert not app.exception, app.exception


def change(app: AppTest, rows: dict[int, dict[str, object]]) -> None:
    """Change cells of the slides' table, like a person typing."""
    (editor,) = app.data_editor
    app.session_state[editor.key] = {"edited_rows": rows, "added_rows": [], "deleted_rows": []}
    app.run()


def publish_another() -> str:
    """A newer release."""
    file = bulletins_dir() / "2022H1" / "staff.csv"
    changed = file.read_text(encoding="utf-8-sig").replace("775", "800").encode()
    draft = draft_from_bytes(changed, file.name)
    return Lake(lake_dir()).publish([draft], by="测试", note="补报").id


def test_the_usual_order_is_kept_as_a_rehearsal_and_can_be_shown() -> None:
    app = opened("meeting")
    assert "15项，共19页" in words(app)
    assert "保存后就可以放映" in words(app)
    app.text_input[1].set_value("综合科")
    press(app, "保存排练")
    assert "已保存“2022年上半年政务服务情况”" in app.success[0].value
    (kept,) = kept_rehearsals().all().rehearsals
    assert (kept.release_id, kept.period, kept.by) == ("R0001", "2022H1", "综合科")
    assert kept.shown[0].slide == "cover"
    assert {link.url for link in app.link_button} == {f"deck/{kept.id}"}
    assert "有改动还没有保存" not in words(app)


def test_what_is_changed_in_the_table_is_kept_in_its_order() -> None:
    app = opened("meeting", district=["新北区"])
    app.text_input[0].set_value("专题会")
    app.text_input[1].set_value("综合科")
    change(app, {0: {"展示": False}, 1: {"次序": 99, "讲稿": "念前三个", "秒数": 120}})
    press(app, "保存排练")
    (kept,) = kept_rehearsals().all().rehearsals
    assert kept.title == "专题会"
    assert selection_of(kept) == Selection("R0001", "2022H1", ("xinbei",))
    assert "cover" not in [planned.slide for planned in kept.shown]
    last = kept.slides[-1]
    assert (last.slide, last.notes, last.seconds) == ("cards", "念前三个", 120)
    change(app, {0: {"讲稿": "新的"}})
    assert "有改动还没有保存" in words(app)
    press(app, "另存为新排练")
    assert len(kept_rehearsals().all().rehearsals) == 2


def test_a_refusal_says_why_and_keeps_what_was_written() -> None:
    app = opened("meeting")
    press(app, "保存排练")
    assert app.error[0].value == "没有保存：请填写标题和岗位。"
    app.text_input[1].set_value("综合科")
    change(app, {0: {"讲稿": "联系 13800000000"}})
    press(app, "保存排练")
    assert "第1行的讲稿里不要写电话" in app.error[0].value
    assert kept_rehearsals().all().rehearsals == ()
    assert app.text_input[1].value == "综合科"
    assert app.session_state["meeting_sheet"].lines[0]["讲稿"] == "联系 13800000000"


def test_what_was_written_outlives_a_look_at_another_page() -> None:
    app = opened("meeting")
    app.text_input[0].set_value("专题会")
    change(app, {2: {"讲稿": "再看一眼"}})
    app.switch_page("../pages/centers.py").run()
    app.switch_page("../pages/meeting.py").run()
    assert app.text_input[0].value == "专题会"
    assert app.data_editor[0].value["讲稿"].tolist()[2] == "再看一眼"


def test_a_kept_rehearsal_stays_on_its_release_and_says_that_a_newer_one_exists() -> None:
    kept = kept_rehearsals().save(rehearsal("cover", "cards", title="市长办公会"))
    newer = publish_another()
    app = opened("meeting")
    assert app.session_state["selection"].release_id == newer
    assert "这份排练仍固定在 R0001" in words(app)
    press(app, "打开")
    assert app.session_state["meeting_sheet"].selection == Selection("R0001", "2022H1")
    assert app.text_input[0].value == "市长办公会"
    press(app, f"改为左侧所选（{newer}")
    press(app, "保存排练")
    (again,) = kept_rehearsals().all().rehearsals
    assert (again.id, again.release_id) == (kept.id, newer)
    assert [p.slide for p in again.shown] == ["cover", "cards"]
    assert "仍固定在" not in words(app)


def test_a_new_sheet_follows_the_filters() -> None:
    app = opened("meeting", district=["新北区"])
    assert "新北区" in words(app)
    app.pills[0].set_value(["liyang"]).run()
    assert app.session_state["meeting_sheet"].selection.chosen_districts == ("liyang",)


def test_a_rehearsal_is_deleted_and_the_sheet_stays() -> None:
    kept_rehearsals().save(rehearsal("cover", title="市长办公会"))
    app = opened("meeting")
    press(app, "打开")
    press(app, "确认删除")
    assert kept_rehearsals().all().rehearsals == ()
    assert "已删除“市长办公会”" in app.success[0].value
    press(app, "保存排练")
    assert [r.title for r in kept_rehearsals().all().rehearsals] == ["市长办公会"]


def test_two_visitors_who_change_one_rehearsal_are_told() -> None:
    kept_rehearsals().save(rehearsal("cover", title="市长办公会"))
    one, other = opened("meeting"), opened("meeting")
    for app in (one, other):
        press(app, "打开")
        app.text_input[1].set_value("综合科")
    press(one, "保存排练")
    press(other, "保存排练")
    assert "刚被综合科改过" in other.error[0].value
    press(other, "另存为新排练")
    assert len(kept_rehearsals().all().rehearsals) == 2


def test_a_damaged_file_is_named_and_the_page_still_works(own_data: Path) -> None:
    kept = kept_rehearsals().save(rehearsal("cover", title="市长办公会"))
    bad = own_data / "rehearsals" / "M261123-abcdef.json"
    bad.write_text("{", encoding="utf-8")
    app = opened("meeting")
    assert any("M261123-abcdef.json 已损坏" in str(w.value) for w in app.warning)
    assert kept.title in words(app)


def test_a_release_that_is_gone_leaves_the_page_usable() -> None:
    kept_rehearsals().save(rehearsal("cover", title="旧的", at=Selection("R0099", "2022H1")))
    app = opened("meeting")
    press(app, "打开")
    assert "版本 R0099 不在这里" in app.error[0].value
    press(app, "确认删除")
    assert kept_rehearsals().all().rehearsals == ()


def test_an_unpublished_preview_cannot_be_rehearsed() -> None:
    file = bulletins_dir() / "2022H1" / "staff.csv"
    changed = file.read_text(encoding="utf-8-sig").replace("775", "801").encode()
    made = Lake(lake_dir()).propose([draft_from_bytes(changed, file.name)], by="测试")
    app = opened("meeting", release=made.id)
    assert "不能排练" in words(app)
    assert not app.data_editor
