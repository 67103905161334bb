"""通报文稿: the text with its figures, its sources, and its wording changed, refused and reset."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import pytest

from lib.bulletin.compose import bulletin
from lib.bulletin.wording import own_wording, shipped, wording
from lib.insight.cells import Figure
from lib.selection import Selection
from tests.pages.test_pages import blocks, opened, tables

WHOLE = Selection("R0001", "2022H1")
NAME = "05-service.txt"


@pytest.fixture
def _as_shipped() -> Iterator[None]:
    yield
    own_wording().reset(NAME)


def pressed(app, label: str):
    """The page after a button was pressed."""
    next(b for b in app.button if b.label == label).click()
    return app.run()


def editor(app, name: str = NAME):
    """The page with a template open."""
    app.session_state["bulletin-part"] = "措辞模板"
    app.run()
    app.selectbox("wording-name").select(name).run()
    assert not app.exception
    return app


def test_the_whole_text_is_shown_with_every_figure_leading_to_its_source() -> None:
    html = "".join(blocks(opened("bulletin")))
    made = bulletin(WHOLE)
    for block in made.blocks:
        for span in block.spans:
            shown = f">{escape(span)}</a>" if isinstance(span, Figure) else escape(span)
            assert shown in html
    assert "2022年8月8日" in html
    assert 'href="document/bulletin-red"' in html


def test_an_excerpt_says_so() -> None:
    app = opened("bulletin", district=["溧阳市"])
    assert "节选" in "".join(blocks(app))


def test_sources_and_rules_are_tables() -> None:
    app = opened("bulletin")
    app.session_state["bulletin-part"] = "数据来源"
    app.run()
    assert "centers.csv" in tables(app)
    assert "便利站：序时进度" in tables(app)


@pytest.mark.usefixtures("_as_shipped")
def test_a_changed_wording_is_previewed_kept_and_reset() -> None:
    app = editor(opened("bulletin"))
    added = shipped(NAME).text + "\n另有说明见{{ 期次() }}文件。\n"
    app.text_area(f"wording-text-{NAME}").set_value(added).run()
    assert "另有说明见2022年上半年文件。" in "".join(blocks(app))
    assert not wording(NAME).changed
    pressed(app, "保存")
    assert wording(NAME).text == added
    assert ["措辞已保存" in said.value for said in app.success] == [True]
    pressed(app, "恢复原来的写法")
    assert not wording(NAME).changed
    assert app.text_area(f"wording-text-{NAME}").value == shipped(NAME).text


@pytest.mark.usefixtures("_as_shipped")
def test_a_wording_with_numbers_of_its_own_is_refused_with_its_line() -> None:
    app = editor(opened("bulletin"))
    app.text_area(f"wording-text-{NAME}").set_value("全市已完成88个。").run()
    assert [f"{NAME}第1行" in error.value for error in app.error] == [True]
    pressed(app, "保存")
    assert not wording(NAME).changed
