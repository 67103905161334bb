"""Templates: what is filled in comes back, in every format; what a workbook offers to its filler."""

from __future__ import annotations

import io

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lib.catalog.datasets import DATASETS, EXAMPLE, GUIDE, LISTS, Dataset
from lib.compare import compare
from lib.intake.draft import Draft
from lib.intake.schema import SOURCE_NAMES
from lib.intake.templates import csv_template, gb18030_template, template_rows, xlsx_template
from lib.settings import lake_dir
from lib.store.lake import Lake
from tests.drafts import draft_from_bytes
from tests.written import rows

EVERY = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
SEARCH = settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def problems(draft: Draft) -> list[tuple[str, str]]:
    return [
        (i.code, f"{i.place}：{i.text}")
        for i in draft.issues
        if i.severity != "说明" and not i.code.startswith("AS_OF")
    ]


def content(draft: Draft) -> pa.Table:
    assert draft.table is not None
    return draft.table.drop_columns(sorted(SOURCE_NAMES))


@EVERY
@SEARCH
@given(data=st.data())
def test_a_filled_template_is_read_back_as_it_was_filled(dataset: Dataset, data) -> None:
    filled = data.draw(rows(dataset))
    made = draft_from_bytes(csv_template(dataset, filled), "填.csv")
    assert made.dataset == dataset
    assert problems(made) == []
    assert template_rows(dataset, made.table) == filled
    old = draft_from_bytes(gb18030_template(dataset, filled), "填.csv")
    book = draft_from_bytes(xlsx_template(dataset, filled), "填.xlsx")
    assert (problems(old), problems(book)) == ([], [])
    assert content(old).equals(content(made))
    assert content(book).equals(content(made))
    assert made.table["source_row"].to_pylist()[0] == 2
    assert book.sheet == dataset.name


@pytest.mark.parametrize("template", [csv_template, gb18030_template, xlsx_template])
@pytest.mark.parametrize("dataset", [d for d in DATASETS if d.id != "cases"], ids=lambda d: d.id)
def test_released_figures_exported_and_sent_again_change_nothing(dataset, template) -> None:
    lake = Lake(lake_dir())
    live = lake.tables(lake.live())[dataset.id, "2022H1"].read()
    made = draft_from_bytes(template(dataset, template_rows(dataset, live)), "报.csv")
    assert problems(made) == []
    assert compare(dataset, live, made.table).same
    assert len(made.table) == len(live)


@EVERY
def test_the_example_is_a_line_that_can_be_sent(dataset: Dataset) -> None:
    made = draft_from_bytes(csv_template(dataset, [dataset.example]), "例.csv")
    assert made.issues == ()
    assert template_rows(dataset, made.table) == [list(dataset.example)]


@EVERY
def test_a_workbook_template_offers_lists_notes_a_guide_and_an_example(dataset: Dataset) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_template(dataset)))
    assert book.sheetnames == [dataset.name, GUIDE, EXAMPLE, LISTS]
    assert [book[name].sheet_state for name in book.sheetnames] == ["visible"] * 3 + ["hidden"]
    sheet, guide, example = (book[name] for name in (dataset.name, GUIDE, EXAMPLE))
    labels = [column.label for column in dataset.columns]
    assert [cell.value for cell in sheet[1]] == [cell.value for cell in example[1]] == labels
    assert [cell.value or "" for cell in example[2]] == list(dataset.example)
    assert [[cell.value or "" for cell in row] for row in guide.iter_rows(min_row=2)] == [
        [c.label, "必填" if c.required else "", c.unit, c.help, shown]
        for c, shown in zip(dataset.columns, dataset.example, strict=True)
    ]
    for cell, column in zip(sheet[1], dataset.columns, strict=True):
        note = cell.comment.text if cell.comment else ""
        assert column.help in note
        assert ("必填" in note) == column.required
        assert f"单位：{column.unit}" in note or not column.unit
    assert sheet.freeze_panes == "A2"


@EVERY
def test_every_word_of_a_drop_down_list_is_read(dataset: Dataset) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_template(dataset)))
    offered = {}
    for rule in book[dataset.name].data_validations.dataValidation:
        index = next(iter(rule.sqref.ranges)).min_col - 1
        sheet, cells = rule.formula1.split("!")
        offered[dataset.columns[index].name] = [row[0].value for row in book[sheet][cells]]
        assert (rule.type, str(next(iter(rule.sqref.ranges))).endswith("501")) == ("list", True)
    listed = {"district", "department", "level", "metric", "roster", "qualifier", "flag", "section", "choice"}  # fmt: skip
    assert set(offered) == {column.name for column in dataset.columns if column.kind in listed}
    for name, words in offered.items():
        at = [column.name for column in dataset.columns].index(name)
        for word in words:
            line = [*dataset.example]
            line[at] = word
            made = draft_from_bytes(csv_template(dataset, [line]), "例.csv")
            said = {i.code for i in made.issues if i.column == dataset.columns[at].label}
            assert said <= {"QUALIFIER"}, word


@EVERY
def test_cells_of_a_workbook_template_are_text(dataset: Dataset) -> None:
    filled = [[f"={n}" if c.name == "note" else cell for n, (c, cell) in enumerate(zip(dataset.columns, dataset.example, strict=True))]]  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_template(dataset, filled)))[dataset.name]
    cells = [cell for cell in sheet[2] if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    assert not any(str(cell.value).startswith("=") for cell in cells)
