"""One table from file to Draft: what is stored, and what is said about what cannot be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lib.catalog.datasets import DATASETS
from lib.intake.draft import Draft
from lib.intake.reading import read_file
from lib.intake.schema import SOURCE_NAMES
from lib.intake.templates import csv_template, xlsx_template
from lib.settings import bulletins_dir
from tests.drafts import draft_from_bytes, draft_from_file

WARNINGS = "期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注"
GOOD = "2022H1,市教育局,31,1,件,上半年,2022-06-30,三（三）,"
SHIPPED = sorted(bulletins_dir().glob("*/*.csv"))


def draft(*lines: str, header: str = WARNINGS, encoding: str = "utf-8-sig") -> Draft:
    return draft_from_bytes("\r\n".join((header, *lines)).encode(encoding), "预警.csv")


def problems(made: Draft) -> list[tuple[str, str, int | None, str, str]]:
    """What blocks or warns: code, severity, row, column, cell."""
    return [
        (i.code, i.severity, i.row, i.column, i.cell) for i in made.issues if i.severity != "说明"
    ]


def rows(made: Draft) -> list[dict]:
    assert made.table is not None
    return made.table.drop_columns(sorted(SOURCE_NAMES)).to_pylist()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_shipped_files_are_read_without_a_problem(path) -> None:
    made = draft_from_file(path)
    assert problems(made) == []
    assert made.dataset is not None
    assert (made.dataset.id, made.blocked, made.periods) == (path.stem, False, (path.parent.name,))


def test_every_dataset_but_the_invented_cases_is_shipped() -> None:
    assert {path.stem for path in SHIPPED} == {d.id for d in DATASETS} - {"cases"}


def test_a_row_keeps_value_text_and_qualifier() -> None:
    made = draft("2022H1,市市场局,约2.3万,,件,上半年,2022-06-30,三（三）,待核")
    assert problems(made) == []
    (row,) = rows(made)
    assert str(row.pop("as_of")) == "2022-06-30"
    assert row == {
        "period": "2022H1", "department": "market", "department_text": "市市场局",
        "warning": Decimal("23000.0000"), "warning_text": "2.3万", "warning_qualifier": "约",
        "overdue": None, "overdue_text": None, "overdue_qualifier": None,
        "unit": "件", "as_of_text": "上半年", "section": "三（三）", "note": "待核",
    }  # fmt: skip


def test_a_row_says_where_it_was_read() -> None:
    made = draft(GOOD)
    assert made.table is not None
    (row,) = made.table.select(sorted(SOURCE_NAMES)).to_pylist()
    assert row == {
        "source_file": "预警.csv", "source_sheet": "", "source_row": 2, "source_sha256": made.sha256,
        "source_columns": "period,department,warning,overdue,unit,as_of_text,as_of,section,note",
    }  # fmt: skip


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16", "utf-16-le"])
def test_every_encoding_reads_the_same(encoding: str) -> None:
    lines = (GOOD, "2022H1,市民政局,21,,件,上半年,2022-06-30,三（三）,含不动产①")
    assert rows(draft(*lines, encoding=encoding)) == rows(draft(*lines))


def test_problems_say_where_and_what() -> None:
    made = draft(
        "2022H1,市教育厅,31,1,件,上半年,2022-06-30,三（三）,",
        "2022H3,市民政局,二一,,件,上半年,6月底,三（三）,",
        "2022H1,,5,,件,上半年,2022-06-30,三（三）,",
    )
    assert made.blocked
    assert problems(made) == [
        ("PERIOD", "阻断", 3, "期次", "A3"),
        ("NAME", "阻断", 2, "部门", "B2"),
        ("EMPTY", "阻断", 4, "部门", "B4"),
        ("NUMBER", "阻断", 3, "预警件数", "C3"),
        ("DATE", "阻断", 3, "截止日期", "G3"),
    ]
    assert str(made.issues[1]) == (
        "[阻断 NAME] 预警.csv，第2行，“部门”列：“市教育厅”不是已登记的部门。"
        "请改用已登记的名称，见“指标口径”页。"
    )


def test_what_cannot_be_read_is_empty_and_never_guessed() -> None:
    row = rows(draft("2022H3,市教育厅,二一,,件,上半年,某日,三（三）,"))[0]
    assert [row[name] for name in ("period", "department", "warning", "as_of")] == [None] * 4
    assert row["department_text"] == "市教育厅"


def test_two_names_of_one_department_that_differ_block_and_name_both_rows() -> None:
    made = draft(
        "2022H1,市市监局,2,,件,上半年,2022-06-30,三（三）,",
        "2022H1,市市场局,3,,件,上半年,2022-06-30,三（三）,",
    )
    assert problems(made) == [("DUPLICATE", "阻断", 3, "", "")]
    assert made.issues[-1].message == "部门与第2行相同（写作“市市场局”、“市市监局”），内容不同"
    assert len(rows(made)) == 2


def test_the_same_row_again_is_kept_once_and_said() -> None:
    made = draft(GOOD, GOOD)
    assert problems(made) == [("DUPLICATE_SAME", "提醒", 3, "", "")]
    assert rows(made) == rows(draft(GOOD))


def test_a_shifted_row_is_refused_and_not_padded() -> None:
    made = draft("2022H1,市教育局,31", GOOD)
    assert problems(made) == [("WIDTH", "阻断", 2, "", "")]
    assert rows(made) == rows(draft(GOOD))


def test_an_unknown_column_is_named_and_asked_about() -> None:
    made = draft(GOOD + ",甲", header=WARNINGS + ",科室意见")
    assert problems(made) == [("COLUMN_UNKNOWN", "提醒", 1, "科室意见", "J1")]
    assert [i.question.key for i in made.issues if i.question] == ["column:科室意见"]
    assert rows(made) == rows(draft(GOOD))


def test_a_unit_in_the_cell_must_agree() -> None:
    made = draft("2022H1,市教育局,31人,1,件,上半年,2022-06-30,三（三）,")
    assert problems(made) == [("UNIT", "阻断", 2, "预警件数", "C2")]


def test_a_figure_of_nobody_is_refused() -> None:
    header = "期次,指标,地区,部门,数值,单位,截止日期"
    lines = [
        "2022H1,权力事项认领率,,,85.40,%,2022-06-30",
        "2022H1,权力事项认领率,溧阳市,,85.40,%,2022-06-30",
    ]
    made = draft(*lines, header=header)
    assert problems(made) == [("EMPTY", "阻断", 2, "", "")]
    many = draft(*[lines[0].replace("85.40", str(n / 4)) for n in range(300)], header=header)
    told = [issue for issue in many.issues if issue.code == "EMPTY"]
    assert (len(told), sum(issue.count for issue in told)) == (200, 300)


@pytest.mark.parametrize("period", ["垃圾", "2022H3", "2022M7", "'; drop table facts"])
def test_a_period_that_is_none_cannot_be_chosen(period: str) -> None:
    (made,) = read_file("部门,预警件数\n市教育局,31\n".encode(), "a.csv", {"period": period}).drafts
    assert made.blocked
    assert made.periods == ()
    assert [i.message for i in made.issues if i.code == "PERIOD"] == [f"所选期次“{period}”不是期次"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b"\r\n \t\r\n", "FILE_EMPTY"),
        (b"\x00\x01\x02", "FILE_DAMAGED"),
        (b"\xff\xfe\xff", "ENCODING_BROKEN"),
        (b"\xef\xbb\xbf\xce\xe4\r\n", "ENCODING_BROKEN"),
        ("期次\n\uffff".encode(), "FILE_DAMAGED"),
        ("期次\n\ufffe".encode("gb18030"), "FILE_DAMAGED"),
        ("期次\n\x1f".encode("utf-16"), "FILE_DAMAGED"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes, code: str) -> None:
    reading = read_file(content, "x.csv")
    (issue,) = reading.issues
    assert (reading.drafts, reading.blocked) == ((), True)
    assert (issue.code, issue.severity, issue.file, bool(issue.message), bool(issue.fix)) == (
        code, "阻断", "x.csv", True, True,
    )  # fmt: skip


def test_what_is_no_table_of_ours_asks_for_its_header() -> None:
    reading = read_file("甲,乙\r\n1,2".encode(), "x.csv")
    (made,) = reading.drafts
    assert (made.table, made.blocked) == (None, True)
    assert [question.key for question in reading.questions] == ["header:x.csv/"]


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
@pytest.mark.parametrize("template", [csv_template, xlsx_template])
def test_an_empty_template_is_recognised_and_said_to_be_empty(dataset, template) -> None:
    made = draft_from_bytes(template(dataset), "模板")
    assert made.dataset == dataset
    assert [(i.code, i.severity) for i in made.issues] == [("FILE_EMPTY", "阻断")]
