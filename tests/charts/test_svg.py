"""Charts as drawings for the projector."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest

from lib.charts.svg import FONTS, svg
from lib.selection import Selection
from lib.views.register import VIEWS

HOSTILE = '<script>alert("1")</script>&"'


DRAWN = [view for view in VIEWS if view.id not in ("timeline", "clues")]  # these are tables


def drawn(view, *, dark: bool = True, scale: float = 1.0) -> str:
    shown = view.make(Selection("R0001", "2022H1"))
    return svg(
        shown.chart, shown.marks, shown.groups, shown.options, dark=dark, width=800, scale=scale
    )


@pytest.mark.parametrize("view", DRAWN, ids=lambda view: view.id)
def test_every_chart_becomes_one_element_that_scales_and_fetches_nothing(view) -> None:
    made = drawn(view)
    root = ElementTree.fromstring(made)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox", "").startswith("0 0 800 ")
    assert root.get("width") is None
    assert not re.search(r'(?:src|href)="(?!#)|url\((?!#)|style="|<style|<script|<image', made)


def test_charts_of_one_document_share_no_id_and_find_their_own() -> None:
    made = [drawn(view) for view in DRAWN]
    ids = [re.findall(r'\bid="([^"]+)"', one) for one in made]
    flat = [name for names in ids for name in names]
    assert len(flat) == len(set(flat))
    for one, names in zip(made, ids, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", one)) <= set(names)


def test_type_grows_with_the_scale_and_colours_follow_the_ground() -> None:
    def sizes(made: str) -> set[float]:
        return {float(size) for size in re.findall(r'font-size="([\d.]+)px"', made)}

    view = VIEWS[0]
    assert min(sizes(drawn(view, scale=1.5))) == pytest.approx(1.5 * min(sizes(drawn(view))))
    assert "#EDF2F8" in drawn(view)
    assert "#EDF2F8" not in drawn(view, dark=False)


def test_texts_of_the_data_are_escaped() -> None:
    marks = pa.table({"部门": [HOSTILE], "类别": ["预警"], "件数": [3]})
    made = svg("pairs", marks, 1, dark=True, width=600)
    assert "<script" not in made
    assert "&lt;script&gt;" in made
    ElementTree.fromstring(made)


def test_charts_are_lettered_like_the_pages() -> None:
    config = Path(__file__).parents[2] / ".streamlit" / "config.toml"
    assert tomllib.loads(config.read_text(encoding="utf-8"))["theme"]["font"] == FONTS
