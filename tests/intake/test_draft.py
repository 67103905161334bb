from __future__ import annotations

import pytest

from lib.catalog.datasets import DATASETS
from lib.intake.templates import csv_template, xlsx_template
from lib.settings import bulletins_dir
from tests.drafts import draft_from_bytes, draft_from_file

WARNINGS = "期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注\r\n"


def draft(*lines: str, header: str = WARNINGS, encoding: str = "utf-8-sig"):
    return draft_from_bytes((header + "\r\n".join(lines)).encode(encoding), "预警.csv")


def codes(made) -> list[tuple[str, int | None, str]]:
    return [(issue.code, issue.row, issue.column) for issue in made.issues]


@pytest.mark.parametrize(
    "path", sorted(bulletins_dir().glob("*/*.csv")), ids=lambda path: path.name
)
def test_the_shipped_files_are_read_without_a_word(path) -> None:
    made = draft_from_file(path)
    assert made.issues == ()
    assert made.dataset is not None
    assert made.dataset.id == path.stem


def test_a_row_keeps_value_text_and_qualifier() -> None:
    made = draft("2022H1,市市场局,约2.3万,,件,上半年,2022-06-30,三（三）,")
    assert made.issues == ()
    row = made.table.to_pylist()[0]
    kept = (
        "department",
        "department_text",
        "warning",
        "warning_text",
        "warning_qualifier",
        "overdue",
    )
    assert [str(row[name]) for name in kept] == [
        "market",
        "市市场局",
        "23000.0000",
        "2.3万",
        "约",
        "None",
    ]
    assert (row["source_file"], row["source_row"]) == ("预警.csv", 2)


def test_gb18030_reads_the_same() -> None:
    line = "2022H1,市教育局,31,1,件,上半年,2022-06-30,三（三）,"
    assert draft(line, encoding="gb18030").table.equals(draft(line).table)


def test_problems_say_where_and_what() -> None:
    made = draft(
        "2022H1,市教育厅,31,1,件,上半年,2022-06-30,三（三）,",
        "2022H3,市民政局,二一,,件,上半年,6月底,三（三）,",
        "2022H1,,5,,件,上半年,2022-06-30,三（三）,",
    )
    assert made.blocked
    assert codes(made) == [
        ("NAME", 2, "部门"),
        ("PERIOD", 3, "期次"),
        ("NUMBER", 3, "预警件数"),
        ("DATE", 3, "截止日期"),
        ("EMPTY", 4, "部门"),
    ]
    assert str(made.issues[0]) == (
        "[阻断 NAME] 预警.csv，第2行，“部门”列：“市教育厅”不是已登记的部门。"
        "请改用已登记的名称，见“指标口径”页"
    )


def test_two_names_of_one_department_are_a_duplicate() -> None:
    made = draft(
        "2022H1,市市监局,2,,件,上半年,2022-06-30,三（三）,",
        "2022H1,市市场局,3,,件,上半年,2022-06-30,三（三）,",
    )
    assert codes(made) == [("DUPLICATE", 3, "")]


def test_a_shifted_row_is_refused_not_padded() -> None:
    made = draft("2022H1,市教育局,31")
    assert codes(made) == [("WIDTH", 2, "")]
    assert made.blocked


def test_an_unknown_column_is_named() -> None:
    header = WARNINGS.replace("备注", "备注,联系人")
    made = draft("2022H1,市教育局,31,1,件,上半年,2022-06-30,三（三）,,某某", header=header)
    assert codes(made) == [("COLUMN", 1, "联系人")]
    assert not made.blocked


def test_a_unit_in_the_cell_must_agree() -> None:
    made = draft("2022H1,市教育局,31人,1,件,上半年,2022-06-30,三（三）,")
    assert codes(made) == [("UNIT", 2, "预警件数")]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01\x02", "甲,乙\r\n1,2".encode(), b"\xff\xfe\xff"]
)
def test_what_is_no_template_is_refused_with_a_sentence(content: bytes) -> None:
    made = draft_from_bytes(content, "x.csv")
    assert made.blocked
    assert made.table is None
    assert len(made.issues) == 1


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
def test_every_template_is_recognised_as_its_dataset(dataset) -> None:
    made = draft_from_bytes(csv_template(dataset), "模板.csv")
    assert made.dataset == dataset
    assert made.issues == ()


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
def test_every_workbook_template_opens_with_its_headers(dataset, tmp_path) -> None:
    import openpyxl

    path = tmp_path / "模板.xlsx"
    path.write_bytes(xlsx_template(dataset))
    book = openpyxl.load_workbook(path)
    headers = [cell.value for cell in book[dataset.name][1]]
    assert headers == [column.label for column in dataset.columns]
    book.close()
