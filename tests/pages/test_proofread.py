"""通报校对 in process: paste, upload, filter, tick, take away; nothing of the draft is kept."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from lib.documents.drafts.received import DraftFile, read_pasted
from lib.panels import proofread as desk
from lib.proofread.checking import proofread
from lib.proofread.findings import Finding
from lib.proofread.telling import tally
from lib.settings import data_dir
from tests.pages.test_pages import blocks, opened, words
from tests.proofread.papers import paragraph, word

TITLE = "2022年上半年工作情况通报"
BODY = "根据《意见》（国发〔20225号）要求,各部门推进推进各项工作,市教育局<b>、高新区按期完成任务。"
TEXT = f"{TITLE}\n\n{BODY}"
CLEAN = "上半年工作平稳推进，各项任务按计划完成。"


def pasted(text: str, *, against: bool = True, **query: str | list[str]) -> AppTest:
    app = opened("proofread", **query)
    app.radio(key="proofread-against").set_value(against)
    app.text_area(key="proofread-text").set_value(text).run()
    assert not app.exception, app.exception
    return app


def uploaded(name: str, content: bytes) -> AppTest:
    app = opened("proofread")
    app.segmented_control(key="proofread-how").set_value(desk.UPLOAD).run()
    app.file_uploader(key="proofread-file").set_value((name, content, "")).run()
    assert not app.exception, app.exception
    return app


def shown(app: AppTest) -> str:
    """The list and the draft, as HTML."""
    return next((block for block in blocks(app) if 'class="tb-proof"' in block), "")


def numbers(app: AppTest) -> list[int]:
    """The numbers of the findings in the list."""
    return [int(n) for n in re.findall(r'<li id="found-(\d+)"', shown(app))]


def findings() -> tuple[Finding, ...]:
    """What the engine finds in the pasted text."""
    file = read_pasted(TEXT)
    assert isinstance(file, DraftFile)
    return proofread(file.draft, "R0001", "2022H1")


def test_without_a_draft_the_page_says_what_to_do_and_what_is_not_kept() -> None:
    app = opened("proofread")
    assert "还没有草稿" in words(app)
    assert "草稿不保存" in words(app)
    assert "非涉密" in app.text_area(key="proofread-text").label
    assert shown(app) == ""


def test_a_pasted_draft_is_listed_and_marked_with_every_text_escaped() -> None:
    app = pasted(TEXT)
    made = shown(app)
    assert tally(findings()) in words(app)
    assert "粘贴的文字，2段" in words(app)
    assert '<mark class="tb-orange">〔20225号</mark>' in made
    assert "应为：〔2022〕5号" in made
    assert '<p id="para-1" class="tb-title-line">' in made
    assert "&lt;b&gt;、" in made
    assert "<b>" not in made


def test_a_word_file_says_what_was_not_read() -> None:
    table = f"<w:tbl><w:tr><w:tc>{paragraph('35')}</w:tc></w:tr></w:tbl>"
    app = uploaded("稿.docx", word(paragraph(BODY.replace("<b>", "")), table))
    assert "1张表格没有读" in words(app)
    assert "稿.docx，1段" in words(app)
    assert "〔20225号</mark>" in shown(app)


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do() -> None:
    app = uploaded("稿.docx", b"%PDF-1.7")
    assert [error.value for error in app.error] == [
        "稿.docx：这是 PDF，版式里读不准段落。请传生成它的 .docx；没有的话，复制正文粘贴到“粘贴文字”里。"
    ]
    assert shown(app) == ""


def test_a_clean_draft_is_not_called_right_in_everything() -> None:
    app = pasted(CLEAN)
    assert "没有发现问题" in words(app)
    assert "仍需人工把关" in app.success[0].value


def test_the_list_is_filtered_by_kind_and_sureness() -> None:
    app = pasted(TEXT)
    every = findings()
    assert sorted(numbers(app)) == list(range(1, len(every) + 1))
    app.button_group(key="proofread-kinds").set_value(["标点"]).run()
    assert numbers(app) == [n for n, f in enumerate(every, 1) if f.kind == "标点"] != []
    app.button_group(key="proofread-sure").set_value(["可能"]).run()
    assert numbers(app) == []
    assert "没有这一类的问题" in words(app)


def test_filters_of_the_frame_are_said_to_do_nothing_here() -> None:
    app = pasted(TEXT, district=["新北区"])
    assert "筛选在本页不起作用" in words(app)
    assert numbers(app)


def test_sure_mends_are_ticked_and_each_can_be_taken_out() -> None:
    app = pasted(TEXT)
    offered = [f for f in findings() if f.mend is not None]
    sure = sum(f.confidence != "可能" for f in offered)
    assert f"{len(offered)}处有改法" in app.expander[0].label
    assert len(app.checkbox) == 0
    app.session_state["proofread-mends"] = True
    app.run()
    assert f"已选{sure}处" in words(app)
    assert [c.value for c in app.checkbox] == [f.confidence != "可能" for f in offered]
    first = next(c for c in app.checkbox if "〔20225号" in c.label)
    assert "第2段“〔20225号”改为“〔2022〕5号”" in first.label
    app.session_state["proofread-mends"] = True
    first.uncheck().run()
    assert f"已选{sure - 1}处" in words(app)


def test_a_draft_is_still_there_after_a_look_at_another_page() -> None:
    app = pasted(TEXT, against=False)
    before = numbers(app)
    app.switch_page("../pages/trace.py").run()
    app.switch_page("../pages/proofread.py").run()
    assert (numbers(app), app.radio(key="proofread-against").value) == (before, False)
    app = uploaded("稿.docx", word(paragraph(BODY.replace("<b>", ""))))
    app.switch_page("../pages/trace.py").run()
    app.switch_page("../pages/proofread.py").run()
    assert "稿.docx，1段" in words(app)
    next(b for b in app.button if b.label == "清除刚才的草稿").click().run()
    assert "还没有草稿" in words(app)


def test_the_same_draft_is_proofread_once_and_few_answers_are_held() -> None:
    app = pasted(TEXT)
    (first,) = app.session_state["proofread_found"].values()
    app.button_group(key="proofread-kinds").set_value(["缺字"]).run()
    assert [one is first for one in app.session_state["proofread_found"].values()] == [True]
    for n in range(3):
        app.text_area(key="proofread-text").set_value(f"{TEXT}{n}").run()
    assert len(app.session_state["proofread_found"]) == 2


def test_nothing_of_a_draft_reaches_the_disk_or_the_log(
    caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = {path: path.stat().st_mtime_ns for path in data_dir().rglob("*") if path.is_file()}
    caplog.set_level(0)
    uploaded("稿.docx", word(paragraph(BODY.replace("<b>", ""))))
    pasted(TEXT)
    after = {path: path.stat().st_mtime_ns for path in data_dir().rglob("*") if path.is_file()}
    assert after == before
    assert list(tmp_path.iterdir()) == []
    assert "按期完成任务" not in caplog.text
