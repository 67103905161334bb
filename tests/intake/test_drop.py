"""The drop folder: what is read of it, what is refused and where, and that nothing is left."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.catalog.datasets import CASES, CHANNELS, STATES
from lib.catalog.handling import STATUSES, WARN_DAYS
from lib.intake.cases import numbers
from lib.intake.cases.computed import sql_text, write_cases
from lib.intake.cases.drop import Dropped, read_drop
from lib.intake.cases.problems import _WRONG
from tests.caseload import LABELS, case, write_rows
from tests.drafts import draft_from_file


@pytest.fixture
def dropped(tmp_path: Path) -> Callable[..., Dropped]:
    """Read files, written from rows by name, as a drop folder."""

    def read(files: dict[str, list[dict[str, str]]], **how: str) -> Dropped:
        for name, rows in files.items():
            write_rows(tmp_path / "drop" / name, rows)
        (tmp_path / "work").mkdir()
        return read_drop(tmp_path / "drop", tmp_path / "work", **how)

    return read


def stored(tmp_path: Path, period: str = "2022H1") -> list[dict[str, object]]:
    """The rows written for a period, by number of the case."""
    paths = sorted((tmp_path / f"work/result/cases/period={period}").iterdir())
    rows = pa.concat_tables(
        [pq.ParquetFile(path).read() for path in paths], promote_options="permissive"
    ).to_pylist()
    return sorted(rows, key=lambda row: row["case_id"])


def day(text: str, days: int) -> str:
    return str(dt.date.fromisoformat(text) + dt.timedelta(days))


AS_OF = "2022-06-30"
SPACES = [chr(code) for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"]
BLANKS = [*SPACES, "  ", " \u00a0"]
STANDING = [
    # finished: promised on the 20th of June, 19 days after acceptance
    ({"状态": "已办结", "办结日期": "2022-06-16"}, "on_time", 15),
    ({"状态": "已办结", "办结日期": "2022-06-17"}, "close", 16),
    ({"状态": "已办结", "办结日期": "2022-06-20"}, "close", 19),
    ({"状态": "已办结", "办结日期": "2022-06-21"}, "late", 20),
    ({"状态": "已办结"}, "undated", None),
    ({"状态": "已退回", "办结日期": "2022-06-21"}, "returned", None),
    # open: as of the 30th of June
    ({"承诺办结日期": day(AS_OF, -1)}, "overdue", 1),
    ({"承诺办结日期": AS_OF}, "due_soon", 0),
    ({"承诺办结日期": day(AS_OF, WARN_DAYS)}, "due_soon", WARN_DAYS),
    ({"承诺办结日期": day(AS_OF, WARN_DAYS + 1)}, "open", WARN_DAYS + 1),
    # promised within the days of warning: there is nothing to warn of
    ({"受理日期": day(AS_OF, -1), "承诺办结日期": day(AS_OF, 2)}, "open", 2),
    ({"受理日期": "2022-06-18", "状态": "已办结", "办结日期": "2022-06-20"}, "on_time", 2),
]


@pytest.mark.parametrize(("cells", "status", "days"), STANDING)
def test_a_case_stands_as_its_dates_say(
    dropped: Callable[..., Dropped], tmp_path: Path, cells: dict[str, str], status: str, days: int | None
) -> None:  # fmt: skip
    found = dropped({"a.csv": [case(1, **cells)]})
    assert found.parts, found.issues
    (row,) = stored(tmp_path)
    assert (row["status"], row["days"]) == (status, days)


@pytest.mark.parametrize("place", ["{0}{1}", "{1}{0}", "{0}{1}{0}"])
def test_blanks_around_a_number_and_an_item_are_not_of_them(
    dropped: Callable[..., Dropped], tmp_path: Path, place: str
) -> None:
    plain = [case(n)["办件编号"] for n in range(len(BLANKS))]
    rows = [
        case(n, 办件编号=place.format(blank, number), 事项名称=place.format(blank, "户口 迁移"))
        for n, (blank, number) in enumerate(zip(BLANKS, plain, strict=True))
    ]
    assert dropped({"a.csv": rows}).parts
    assert [(row["case_id"], row["item"]) for row in stored(tmp_path)] == [
        (number, "户口 迁移") for number in plain
    ]


def test_a_blank_hides_no_number_used_twice(dropped: Callable[..., Dropped]) -> None:
    number = case(1)["办件编号"]
    twice = [case(1, 办件编号=f"{number}{blank}") for blank in ("", *BLANKS)]
    found = dropped({"a.csv": twice})
    (issue,) = found.issues
    assert (issue.code, issue.text) == ("CASE_TWICE", number)
    assert f"出现了{len(twice)}次" in issue.message


@pytest.mark.parametrize("column", ["办件编号", "事项名称"])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2003\u3000"])
def test_a_blank_is_neither_a_number_nor_an_item(
    dropped: Callable[..., Dropped], column: str, blank: str
) -> None:
    (issue,) = dropped({"a.csv": [case(1), case(2, **{column: blank})]}).issues
    assert (issue.code, issue.row, issue.column) == ("CASE_CELL", 3, column)


def test_every_status_is_declared() -> None:
    text = sql_text("handled")
    assert all(f"'{status.id}'" in text for status in STATUSES)


def test_the_words_of_the_query_are_those_of_the_catalog() -> None:
    text = sql_text("checked")
    for words in (CHANNELS, STATES):
        listed = ", ".join(repr(word) for word in words)
        assert f"NOT IN ({listed})" in text
        assert f"ENUM({listed})" in sql_text("staged")
    for column in _WRONG:
        assert f"THEN '{column}'" in text
    required = {column.name for column in CASES.columns if column.required}
    assert required <= set(_WRONG)
    assert all(f"count({name})" in sql_text("review") for name in required - {"period"})


def test_a_folder_gives_what_an_upload_of_its_files_gives(
    dropped: Callable[..., Dropped], tmp_path: Path
) -> None:
    rows = [case(n, **cells) for n, (cells, *_) in enumerate(STANDING)]
    assert dropped({"甲.csv": rows[:5], "乙.csv": rows[5:]}).parts[0].rows == len(rows)
    drafts = [draft_from_file(tmp_path / "drop" / name).table for name in ("甲.csv", "乙.csv")]
    write_cases(pa.concat_tables(drafts), tmp_path / "uploaded.parquet")
    uploaded = pq.read_table(tmp_path / "uploaded.parquet").to_pylist()
    uploaded.sort(key=lambda row: row["case_id"])
    for one, two in zip(uploaded, stored(tmp_path), strict=True):
        for row in (one, two):  # a folder's rows are found by number and file
            for name in ("source_row", "source_sheet", "source_columns", "source_sha256"):
                del row[name]
        assert one == two


def test_gb18030_names_in_blanks_and_parquet_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    write_rows(folder / "a.csv", [case(1, 部门="市 公安局", 地区="溧阳")], encoding="gb18030")
    write_rows(folder / "b.csv", [case(2)], encoding="utf-8")
    rows = {label: [case(3)[label] or None] for label in LABELS}
    rows["受理日期"] = [dt.date(2022, 6, 1)]
    pq.write_table(pa.table(rows), folder / "c.parquet")
    (tmp_path / "work").mkdir()
    found = read_drop(folder, tmp_path / "work")
    assert not found.issues
    assert [file["rows"] for file in found.files] == [1, 1, 1]
    rows = stored(tmp_path)
    assert {(r["district"], r["department"], str(r["accepted_on"])) for r in rows} == {
        ("liyang", "police", "2022-06-01")
    }
    assert [(r["district_text"], r["department_text"]) for r in rows] == [
        (case(n)["地区"] if n > 1 else "溧阳", case(n)["部门"] if n > 1 else "市 公安局")
        for n in (1, 2, 3)
    ]


WRONG = [
    ({"部门": "市航天局"}, "部门", "市航天局"),
    ({"地区": "火星区"}, "地区", "火星区"),
    ({"地区": "全市"}, "地区", "全市"),
    ({"地区": "全 市"}, "地区", "全 市"),
    ({"部门": "全市"}, "部门", "全市"),
    ({"部门": "全 市"}, "部门", "全 市"),
    ({"渠道": "电话"}, "渠道", "电话"),
    ({"状态": "在办"}, "状态", "在办"),
    ({"受理日期": "6月1日"}, "受理日期", "6月1日"),
    ({"承诺办结日期": ""}, "承诺办结日期", ""),
    ({"办结日期": "待定"}, "办结日期", "待定"),
    ({"截止日期": "2022-02-30"}, "截止日期", "2022-02-30"),
    ({"事项名称": ""}, "事项名称", ""),
    ({"办件编号": ""}, "办件编号", ""),
    ({"期次": ""}, "期次", ""),
    ({"期次": "2022H2"}, "期次", "2022H2"),
]


@pytest.mark.parametrize(("cells", "column", "text"), WRONG)
def test_a_wrong_cell_is_named_by_file_row_and_column_and_nothing_is_taken(
    dropped: Callable[..., Dropped], cells: dict[str, str], column: str, text: str
) -> None:
    good = [case(n) for n in range(5)]
    found = dropped({"a.csv": good, "b.csv": [case(10), case(11), case(12, **cells), case(13)]})
    assert not found.parts
    (issue,) = found.issues
    assert (issue.severity, issue.file, issue.row, issue.column) == ("阻断", "b.csv", 4, column)
    assert issue.text == text


def test_two_periods_are_two_files(dropped: Callable[..., Dropped]) -> None:
    found = dropped({"a.csv": [case(1)], "b.csv": [case(2, 期次="2022H2"), case(3, 期次="2022H2")]})
    assert [(part.period, part.rows) for part in found.parts] == [("2022H1", 1), ("2022H2", 2)]
    assert found.parts[0].files != found.parts[1].files


def test_two_periods_in_one_file_are_refused(dropped: Callable[..., Dropped]) -> None:
    found = dropped({"a.csv": [case(1), case(2), case(3, 期次="2022H2")]})
    (issue,) = found.issues
    assert (issue.row, issue.column, issue.text) == (4, "期次", "2022H2")
    assert not found.parts


def test_a_period_that_is_none_is_refused(dropped: Callable[..., Dropped]) -> None:
    found = dropped({"a.csv": [case(1, 期次="2022上")]})
    assert not found.parts
    assert "“2022上”不是期次" in found.issues[0].message


def test_a_period_may_be_given_where_files_have_none(tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    write_rows(folder / "a.csv", [case(1)])
    lines = (folder / "a.csv").read_text(encoding="utf-8-sig").splitlines()
    without = "\n".join(line.partition(",")[2] for line in lines)
    (folder / "a.csv").write_text(without, encoding="utf-8")
    (tmp_path / "work").mkdir()
    refused = read_drop(folder, tmp_path / "work")
    assert [(i.code, i.column) for i in refused.issues] == [("HEADER_MISSING", "期次")]
    assert [
        part.period for part in read_drop(folder, tmp_path / "work", period="2022Q2").parts
    ] == ["2022Q2"]


def test_a_number_used_twice_is_refused_with_both_files(dropped: Callable[..., Dropped]) -> None:
    found = dropped({"a.csv": [case(1), case(2)], "b.csv": [case(3), case(1)]})
    (issue,) = found.issues
    assert issue.code == "CASE_TWICE"
    assert case(1)["办件编号"] in issue.message
    assert "a.csv、b.csv" in issue.message
    assert not found.parts


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_numbers_are_told_apart_however_many_are_looked_at_together(
    dropped: Callable[..., Dropped], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(numbers, "_AT_ONCE", at_once)
    many = [case(n) for n in range(50)]
    found = dropped({"a.csv": many, "b.csv": [case(n, 期次="2022H2") for n in (*range(50), 20)]})
    assert [issue.text for issue in found.issues] == [case(20)["办件编号"]]
    assert found.issues[0].file == "b.csv"


def test_personal_data_is_refused(dropped: Callable[..., Dropped]) -> None:
    found = dropped({"a.csv": [case(1, 备注="联系人张三，13812345678")]})
    (issue,) = found.issues
    assert (issue.code, issue.severity) == ("PERSONAL", "阻断")
    assert "13812345678" not in str(issue)


def test_contradictions_are_counted_and_let_through(dropped: Callable[..., Dropped]) -> None:
    odd = {"受理日期": "2022-06-25", "承诺办结日期": "2022-06-20"}
    found = dropped({"a.csv": [case(1, **odd), case(2, 状态="已办结"), case(3)]})
    assert [(i.code, i.severity, i.count) for i in found.issues] == [
        ("CASE_DATES", "提醒", 1), ("CASE_STATE", "提醒", 1),
    ]  # fmt: skip
    assert found.parts[0].rows == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", "期次,办件编号\n", "HEADER_MISSING"),
        ("a.csv", "一二三", "HEADER"),
        ("a.csv", b"\xff\xfe\x00\x00", "ENCODING"),
        ("a.csv", b"\xd6\xd0\xce\xc4,\xff\xff\xff\n", "ENCODING"),
        ("a.parquet", b"PAR1 no", "FILE_DAMAGED"),
        ("a.xlsx", b"PK", "DROP_KIND"),
        (".hidden.csv", "x", "DROP_EMPTY"),
    ],
)
def test_what_cannot_be_read_is_said(
    tmp_path: Path, name: str, content: str | bytes, code: str
) -> None:
    (tmp_path / "drop").mkdir()
    (tmp_path / "work").mkdir()
    raw = content.encode() if isinstance(content, str) else content
    (tmp_path / "drop" / name).write_bytes(raw)
    found = read_drop(tmp_path / "drop", tmp_path / "work")
    assert code in {issue.code for issue in found.issues}
    assert not found.parts


HOSTILE = "x' FROM cases; DROP VIEW cases; --"


def test_hostile_names_are_names(tmp_path: Path) -> None:
    """Of files, of columns in CSV and Parquet, and what is written in cells."""
    folder = tmp_path / f"d'rop [1]* {HOSTILE[:3]}"
    write_rows(folder / f"{HOSTILE}.csv", [case(1, 事项名称=HOSTILE), case(2, 备注='"; DROP')])
    named = {label: [case(3)[label] or None] for label in LABELS}
    pq.write_table(pa.table(named | {f'"{HOSTILE}': ["x"]}), folder / "b.parquet")
    (tmp_path / "work").mkdir()
    found = read_drop(folder, tmp_path / "work")
    assert [(i.code, i.column) for i in found.issues] == [("HEADER_UNKNOWN", f'"{HOSTILE}')]
    rows = stored(tmp_path)
    assert [row["source_file"] for row in rows] == [f"{HOSTILE}.csv"] * 2 + ["b.parquet"]
    assert rows[0]["item"] == HOSTILE


@pytest.mark.parametrize("remark", [HOSTILE, "x\0y"])
def test_a_hostile_remark_behind_a_known_name_is_kept_as_it_is_written(
    tmp_path: Path, remark: str
) -> None:
    written = f"市公安局（{remark}）"
    rows = {label: [cell or None] for label, cell in case(1, 部门=written).items()}
    (tmp_path / "drop").mkdir()
    (tmp_path / "work").mkdir()
    pq.write_table(pa.table(rows), tmp_path / "drop" / "a.parquet")
    assert not read_drop(tmp_path / "drop", tmp_path / "work").issues
    (row,) = stored(tmp_path)
    assert (row["department"], row["department_text"]) == ("police", written)


def test_nul_bytes_are_refused(tmp_path: Path) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(1), case(2, 备注="中\0断")])
    (tmp_path / "work").mkdir()
    found = read_drop(tmp_path / "drop", tmp_path / "work")
    assert ("FILE_DAMAGED", "a.csv") in {(issue.code, issue.file) for issue in found.issues}
    assert not found.parts


@pytest.mark.parametrize("damage", ["{line},多一列", "{short}"])
def test_a_row_of_another_width_is_refused_with_its_line(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "drop" / "a.csv"
    write_rows(path, [case(n) for n in range(20)])
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    lines[10] = damage.format(line=lines[10], short=lines[10].rpartition(",")[0])
    path.write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "work").mkdir()
    found = read_drop(tmp_path / "drop", tmp_path / "work")
    assert not found.parts
    (issue,) = found.issues
    assert (issue.code, issue.file, issue.row) == ("DROP_READ", "a.csv", 11)


def test_a_stop_leaves_no_copies_and_no_scratch(tmp_path: Path) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(1)])
    (tmp_path / "work").mkdir()

    def stop(stage: str, _share: float) -> None:
        if stage != "查看文件":
            raise KeyboardInterrupt

    stages: list[str] = []
    assert read_drop(
        tmp_path / "drop", tmp_path / "work", progress=lambda s, _: stages.append(s)
    ).parts
    assert stages[0] == "查看文件"
    (tmp_path / "again").mkdir()
    with pytest.raises(KeyboardInterrupt):
        read_drop(tmp_path / "drop", tmp_path / "again", progress=stop)
    assert [path.name for path in (tmp_path / "again").iterdir()] == ["result"]
