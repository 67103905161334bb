"""A view taken away: the same rows as shown, each with its release, numbers as numbers."""

import csv
import io

import openpyxl
import pytest

from lib.selection import Selection
from lib.views.files import view_csv, view_xlsx
from lib.views.register import VIEWS
from lib.views.workbook import workbook


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
def test_both_files_hold_the_rows_of_the_table(view, whole_city: Selection) -> None:
    exhibit = view.make(whole_city)
    rows = list(csv.reader(io.StringIO(view_csv(exhibit, whole_city).decode("utf-8-sig"))))
    assert rows[0] == [*exhibit.table.columns, "期次", "版本"]
    assert [row[-2:] for row in rows[1:]] == [["2022H1", "R0001"]] * len(exhibit.table.rows)
    assert [tuple(row[:-2]) for row in rows[1:]] == [tuple(map(str, r)) for r in exhibit.table.rows]
    sheet = openpyxl.load_workbook(io.BytesIO(view_xlsx(exhibit, whole_city))).active
    lines = list(sheet.iter_rows(values_only=True))
    head = next(
        n for n, line in enumerate(lines) if line[: len(rows[0]) - 2] == exhibit.table.columns
    )
    assert len(lines) - head - 1 == len(exhibit.table.rows)
    assert any(
        f"共{len(exhibit.table.rows)}行，已全部列出" in str(line[0]) for line in lines[:head]
    )
    assert "非涉密" in str(lines[1][0])


def test_figures_keep_their_precision_and_bounds_their_words() -> None:
    rows = [("甲", "85.40%", "<70%"), ("乙", "31", "=1+1"), ("丙", "0031", "—")]
    book = openpyxl.load_workbook(io.BytesIO(workbook("题", ("名", "一", "二"), rows, ["说明"])))
    cells = [[(c.value, c.number_format) for c in row] for row in book.active.iter_rows(min_row=4)]
    assert cells == [
        [("甲", "@"), (0.854, "0.00%"), ("<70%", "@")],
        [("乙", "@"), (31, "0"), ("'=1+1", "@")],
        [("丙", "@"), ("0031", "@"), ("—", "@")],
    ]
