"""Chart and table of every view say the same; bounds are ranges, missing figures are no zeros."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from lib.catalog.qualifiers import BOUNDS
from lib.charts import spec
from lib.insight.cells import Figure
from lib.insight.wording import MISSING, in_full
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.register import VIEWS, View

BY_ID = pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
CHOICES = {
    "whole city": {},
    "two districts": {"chosen_districts": ("jintan", "xinbei")},
    "two departments": {"chosen_departments": ("education", "cyberspace")},
}
NUMBERS = ("个数", "件数", "完成", "目标")


def shown(exhibit: Exhibit, name: str) -> set[str]:
    """Every way the figures, and the names listed, in the table rows of one key are written."""
    key = exhibit.table.columns.index(exhibit.key)
    cells = {cell for row in exhibit.table.rows if row[key] == name for cell in row}
    facts = [fact for cell in cells if isinstance(cell, Figure) for fact in cell.facts]
    listed = {re.sub("（.*", "", part) for cell in cells for part in cell.split("、")}
    return {
        *(cell.lstrip("≥≤<>") for cell in cells),
        *listed,
        *(in_full(fact) for fact in facts),
    }


def written(mark: dict) -> list[str]:
    """The figures of one mark as text."""
    if "写法" in mark:
        return [mark["写法"]]
    return [f"{mark[column]:g}" for column in NUMBERS if column in mark]


@BY_ID
@pytest.mark.parametrize("choice", CHOICES.values(), ids=CHOICES)
def test_every_mark_has_its_figure_in_the_table_row_of_its_key(
    view: View, choice: dict, whole_city: Selection
) -> None:
    exhibit = view.make(replace(whole_city, **choice))
    if exhibit.marks is None:
        assert exhibit.chart == ""
        return
    for mark in exhibit.marks.to_pylist():
        texts = shown(exhibit, mark[exhibit.key])
        assert set(written(mark)) <= texts


@BY_ID
def test_every_stated_number_of_a_chart_has_a_mark(view: View, whole_city: Selection) -> None:
    exhibit = view.make(whole_city)
    if exhibit.marks is None or not exhibit.options:
        return
    drawn = set(exhibit.marks[exhibit.key].to_pylist())
    key = exhibit.table.columns.index(exhibit.key)
    known = {
        row[key]: [cell for cell in row if isinstance(cell, Figure)] for row in exhibit.table.rows
    }
    undrawn = {name for name, figures in known.items() if figures} - drawn
    own = {"全市平均", "所选地区合计", "所选部门合计", "列明部分合计"}  # a rule, and sums
    rates_and_ranks = {
        name for name in undrawn if all(f.facts[0].unit in ("%", "位") for f in known[name])
    }
    if (
        exhibit.chart == "progress" or "完成率" in exhibit.table.columns
    ):  # takes two figures: done, and its goal
        undrawn -= {row[key] for row in exhibit.table.rows if "—" in row}
    counts_of_another_kind = {"接收线索", "市本级涉及部门"}
    assert undrawn - own - rates_and_ranks - counts_of_another_kind == set()


@BY_ID
def test_a_view_has_title_reading_and_rows_behind(view: View, whole_city: Selection) -> None:
    exhibit = view.make(whole_city)
    assert exhibit.title == view.title
    assert exhibit.reading.endswith("。")
    assert not exhibit.empty
    assert exhibit.sources is not None
    assert exhibit.key in exhibit.sources.columns
    assert len(exhibit.sources.rows) > 0


@BY_ID
def test_a_chart_reads_only_columns_its_rows_have(view: View, whole_city: Selection) -> None:
    exhibit = view.make(whole_city)
    if exhibit.marks is None:
        return
    for dark in (False, True):
        made = spec(exhibit.chart, dark, exhibit.options)
        text = json.dumps(made, ensure_ascii=False)
        fields = set(re.findall(r'"field": "(\w+)"', text)) | set(
            re.findall(r"datum\['(\w+)'\]", text)
        )
        worked_out = set(re.findall(r'"as": "(\w+)"', text))
        assert fields <= set(exhibit.marks.column_names) | worked_out


@BY_ID
def test_a_filter_changes_rows_but_not_what_the_chart_is_made_of(
    view: View, whole_city: Selection
) -> None:
    one = view.make(whole_city)
    other = view.make(replace(whole_city, **CHOICES["two districts"]))
    assert (one.chart, one.options, one.key) == (other.chart, other.options, other.key)
    if one.marks is not None:
        assert one.marks.schema == other.marks.schema


@BY_ID
def test_no_bound_is_drawn_as_a_point(view: View, whole_city: Selection) -> None:
    exhibit = view.make(whole_city)
    if exhibit.marks is None or "类型" not in exhibit.marks.column_names:
        return
    facts = {
        (row[exhibit.table.columns.index(exhibit.key)], fact)
        for row in exhibit.table.rows
        for cell in row
        if isinstance(cell, Figure) and len(cell.facts) == 1
        for fact in cell.facts
    }
    kinds = {(mark[exhibit.key], mark["写法"]): mark["类型"] for mark in exhibit.marks.to_pylist()}
    for name, fact in facts:
        kind = kinds.get((name, in_full(fact)))
        if kind is not None:
            assert (kind in ("上界", "下界", "界限")) == (fact.qualifier in BOUNDS), (name, fact)


@BY_ID
def test_a_missing_figure_is_a_dash_and_never_a_bar(view: View, whole_city: Selection) -> None:
    exhibit = view.make(whole_city)
    assert not {"0", "0%", "0件"} & {cell for row in exhibit.table.rows for cell in row}
    for mark in exhibit.marks.to_pylist() if exhibit.marks is not None else []:
        if mark.get("写法") == MISSING:
            assert (mark["起"], mark["止"], mark["界"]) == (None, None, None)
        for column in ("数值", "止", *NUMBERS):
            assert mark.get(column) != 0


@BY_ID
def test_a_period_without_figures_says_what_to_do(view: View) -> None:
    exhibit = view.make(Selection("R0001", "2019H1"))
    if view.id in ("centers", "staff", "warnings"):
        assert exhibit.marks.num_rows == 0
        return
    assert exhibit.empty
    assert exhibit.marks is None or exhibit.marks.num_rows == 0
    assert "填报模板" in exhibit.reading
    assert "换一个期次" in exhibit.reading


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_average_passes_behind_the_figures_which_keep_clear_of_it(dark: bool) -> None:
    layers = spec("rates", dark, ("地区",))["layer"]
    rule = next(n for n, layer in enumerate(layers) if layer["mark"]["type"] == "rule")
    figures = [
        (n, layer["mark"])
        for n, layer in enumerate(layers)
        if layer["encoding"].get("text", {}).get("field") == "写法"
    ]
    halos, inks = figures[::2], figures[1::2]
    assert len(halos) == len(inks) == 1
    assert all(n > rule for n, _ in figures)
    assert all(mark["stroke"] == mark["color"] and mark["strokeWidth"] >= 4 for _, mark in halos)
    assert not any("stroke" in mark for _, mark in inks)
