"""Large texts are read in columns: for whatever file, the answer is that of the general way."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lib.catalog.datasets import CASES, DATASET_BY_ID, Dataset
from lib.intake.files.limits import UPLOAD, Limits
from lib.intake.large.bulk import read_bulk
from lib.intake.read.columns import Source
from lib.intake.reading import Reading, read_file
from lib.intake.schema import plain, schema

NAME = "办件.csv"
NEVER = 1 << 60
Rows = list[list[str]]


def case(number: int, **cells: str) -> list[str]:
    """One sound line of the cases template; `cells` replaces some by column name."""
    day = f"2022-0{1 + number % 6}-{1 + number % 28:02d}"
    values = {
        "period": "2022H1", "case_id": f"320400202201{number:06d}",
        "district": ("溧阳市", "市本级", "经开")[number % 3],
        "department": ("市公安局", "市医保局", "市市监局", "市住建局（含公积金）")[number % 4],
        "item": ("户口迁移", "异地就医备案")[number % 2], "channel": ("PC端", "窗口")[number % 2],
        "accepted_on": day, "due_on": "2022-06-30", "finished_on": ("", day)[number % 2],
        "state": ("办理中", "已办结")[number % 2], "as_of_text": "上半年", "as_of": "2022-06-30", "note": "",
    } | cells  # fmt: skip
    return [values[column.name] for column in CASES.columns]


def header(dataset: Dataset = CASES) -> list[str]:
    return [column.label for column in dataset.columns]


def file_of(rows: Rows, encoding: str = "utf-8", delimiter: str = ",", end: str = "\r\n") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def told(reading: Reading) -> dict[str, Any]:
    """Everything a reading says, tables as plain values."""
    values = {field.name: getattr(reading, field.name) for field in fields(Reading)}
    values["drafts"] = [
        {field.name: getattr(draft, field.name) for field in fields(draft)}
        for draft in reading.drafts
    ]
    for draft in values["drafts"]:
        draft["dataset"] = draft["dataset"] and draft["dataset"].id
        if draft["table"] is not None:
            table = plain(draft["table"])
            assert table.schema == schema(DATASET_BY_ID[draft["dataset"]])
            table.validate(full=True)
            draft["table"] = table.to_pydict()
    return values


def both(
    content: bytes, choices: dict[str, str] | None = None, limits: Limits = UPLOAD, name: str = NAME
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the columns and what the general way say of a file."""
    ways = (0, NEVER)
    one, two = (told(read_file(content, name, choices, limits, bulk_bytes=way)) for way in ways)
    return one, two


def in_columns(
    content: bytes, choices: dict[str, str] | None = None, limits: Limits = UPLOAD
) -> bool:
    """Whether a file is read in columns, and not left to the general way."""
    source = Source(NAME, "", "", choices or {})
    return read_bulk(content, source, limits, lambda _stage, _done: None) is not None


def codes(reading: dict[str, Any]) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.row) for draft in reading["drafts"] for issue in draft["issues"]]


SOUND = [case(number) for number in range(40)]
AT = 20  # where the odd rows of the samples below stand


def amid(*rows: Sequence[str]) -> Rows:
    return [header(), *SOUND[:AT], *map(list, rows), *SOUND[AT:]]


def after(*rows: Sequence[str]) -> Rows:
    return [header(), *SOUND, *map(list, rows)]


BLANKS = [""] * 13
# What is still read in columns > the issues it gives beside those of a sound file.
HANDLED: dict[str, tuple[Rows, list[tuple[str, int | None]]]] = {
    "a sound file": (after(), []),
    "a line of blanks": (amid(BLANKS), []),
    "an empty line": (amid([]), []),
    "odd blanks": (amid([" "]), []),
    "a short row": (amid(case(99)[:5]), [("WIDTH", 22)]),
    "a long row": (amid([*case(99), "多"]), [("WIDTH", 22)]),
    "two odd rows and a blank line": (amid(["甲", "乙"], [], ["丙", "丁"]), [("WIDTH", 22), ("WIDTH", 24)]),
    "the header again": (amid(header()), [("HEADER_REPEATED", 22)]),
    "a total": (after(["合计", "40", *BLANKS[2:]]), [("TOTAL_ROW", 42)]),
    "a total by its key": (after(["2022H1", "合 计", *BLANKS[2:]]), [("TOTAL_ROW", 42)]),
    "a closing remark": (after(["注：数据来自一体化平台"]), [("REMARK", 42)]),
    "a remark as wide as the table": (after(["说明：", *BLANKS[1:]]), [("REMARK", 42)]),
    "a remark filled across": (after(["本表由一体化平台导出。"] * 13), [("REMARK", 42)]),
    "two remarks and a signature": (
        after(["备注：初步数据"], [], ["填表人：张三"]), [("REMARK", 42), ("PERSONAL", 44)],
    ),
    "a title and a blank line above": ([["2022年上半年办件明细"], [], *after()], [("TITLE", 1)]),
    "a cell with line breaks, quotes and commas": (amid(case(99, item="甲\n“乙”,\"丙\"\r\n")), []),
    "an unknown column": ([[*row, extra] for row, extra in zip(after(), ["杂项", *"甲乙" * 20], strict=True)],
                          [("COLUMN_UNKNOWN", 1)]),
    "a column of people": ([[*row, extra] for row, extra in zip(after(), ["联系人", *["张三"] * 40], strict=True)],
                           [("PERSONAL", 1)]),
    "a serial column": ([[extra, *row] for row, extra in zip(after(), ["序号", *map(str, range(40))], strict=True)], []),
    "an unknown district": (amid(case(99, district="武进高新区")), [("NAME", 22)]),
    "an empty id": (amid(case(99, case_id=" ")), [("EMPTY", 22)]),
    "a shortened id": (amid(case(99, case_id="3.204E+17")), [("DIGITS_LOST", 22)]),
    "an id twice": (amid(case(3, item="另一事项")), [("DUPLICATE", 22)]),
    "a row twice": (amid(case(3)), [("DUPLICATE_SAME", 22)]),
    "a wrong day": (amid(case(99, accepted_on="2022-02-30")), [("DATE", 22)]),
    "a written day": (amid(case(99, as_of="6月底")), [("AS_OF_READ", 22)]),
    "a telephone number in a text": (amid(case(99, note="联系 13812345678")), [("PERSONAL", 22)]),
    "a formula": (amid(case(99, note="=1+1")), [("FORMULA_TEXT", 22)]),
    "an error of a spreadsheet": (amid(case(99, item="#REF!")), [("EXCEL_ERROR", 22)]),
    "no day": ([row[:10] + row[12:] for row in after()], [("AS_OF", 2)]),
    "no period": ([row[1:] for row in after()], [("PERIOD", 2)]),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_what_is_regular_is_read_in_columns(encoding: str, delimiter: str) -> None:
    content = file_of(after(), encoding, delimiter)
    assert in_columns(content)
    columns, general = both(content)
    assert columns == general
    assert len(columns["drafts"][0]["table"]["case_id"]) == len(SOUND)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize("kind", HANDLED)
def test_odd_rows_are_found_in_columns_where_the_general_way_finds_them(
    kind: str, encoding: str
) -> None:
    rows, found = HANDLED[kind]
    content = file_of(rows, encoding)
    assert in_columns(content)
    columns, general = both(content)
    assert columns == general
    usual = {"NAME_ALIAS", "NAME_NOTE", "CLEANED"}
    assert [issue for issue in codes(columns) if issue[0] not in usual] == found


# What is left to the general way, as bytes made from a sound file in GB18030.
SOUND_BYTES = file_of(after(), "gb18030")


def _patched(row: int, change: Callable[[bytes], bytes]) -> bytes:
    lines = SOUND_BYTES.split(b"\r\n")
    lines[row - 1] = change(lines[row - 1])
    return b"\r\n".join(lines)


LEFT: dict[str, bytes] = {
    "half a character": _patched(9, lambda line: line[:-1] + b",\xd5"),
    "one line of UTF-8": _patched(9, lambda line: line.decode("gb18030").encode()),
    "UTF-8 that may be GB18030": _patched(9, lambda line: b"1,2,3,4,5,6,7,8,9,10,11,12," + "两字".encode()),
    "UTF-8 that may be GB18030, in an odd row": _patched(9, lambda line: b"1," + "两字".encode()),
    "UTF-8 that may be GB18030, above the header": "两字\r\n".encode() + SOUND_BYTES,
    "a NUL": _patched(9, lambda line: line + b"\x00"),
    "a control character in a cell": _patched(9, lambda line: line + b"\x0b"),
    "a control character in an odd row": _patched(9, lambda line: b"1,\x1f2"),
    "a control character in the header": _patched(1, lambda line: line + b"\x1a"),
    "a lone CR": _patched(9, lambda line: line + b"\rx"),
    "CR only": SOUND_BYTES.replace(b"\r\n", b"\r"),
    "a CR at the end": SOUND_BYTES + b"\r",
    "a quote amid a cell": _patched(9, lambda line: line + b'a"b"'),
    "a quote that stays open": _patched(9, lambda line: line + b'"abc'),
    "text behind a quoted cell": _patched(9, lambda line: line + b'"abc"d'),
    "bars": SOUND_BYTES.replace(b",", b"|"),
    "UTF-16": SOUND_BYTES.decode("gb18030").encode("utf-16"),
    "only a header": file_of([header()], "gb18030"),
    "data below a remark": file_of(amid(["注：以下为补报"]), "gb18030"),
    "a column twice": file_of([[*row, row[2]] for row in after()]),
    "separators at the ends": file_of([header(), *([*row, ""] for row in SOUND)]),
    "a cell that is too long": file_of(amid(case(99, note="长" * 40_000))),
    "no table": "甲,乙\r\n1,2\r\n".encode() * 50,
    "empty": b"",
    "a workbook's first bytes": b"PK\x03\x04" + SOUND_BYTES,
    "a mark that is not true": b"\xef\xbb\xbf" + SOUND_BYTES,
}  # fmt: skip


@pytest.mark.parametrize("kind", LEFT)
def test_what_is_irregular_is_left_to_the_general_way(kind: str) -> None:
    assert not in_columns(LEFT[kind])
    columns, general = both(LEFT[kind])
    assert columns == general


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (replace(UPLOAD, rows=-11), "FILE_SIZE"),
        (replace(UPLOAD, line_bytes=40), "FILE_SIZE"),
        (replace(UPLOAD, columns=12), "FILE_SIZE"),
        (replace(UPLOAD, cell_characters=10), "FILE_SIZE"),
        (replace(UPLOAD, file_bytes=2_000), "FILE_SIZE"),
    ],
)  # fmt: skip
def test_limits_hold_for_columns(limits: Limits, code: str) -> None:
    columns, general = both(SOUND_BYTES, limits=limits)
    assert columns == general
    assert [issue.code for issue in columns["file_issues"]] == [code]


def test_a_long_cell_far_below_is_refused() -> None:
    rows = [header(), *(case(number) for number in range(6_000)), case(7_000, note="长" * 40_000)]
    columns, general = both(file_of(rows))
    assert columns == general
    assert [issue.row for issue in columns["file_issues"]] == [6_002]


def test_choices_hold_for_columns() -> None:
    rows = [["窗口名称" if cell == "部门" else cell for cell in row] for row in after()]
    choices = {"column:窗口名称": "department", "name:武进高新区": "wujin"}
    rows[5][2] = "武进高新区"
    content = file_of(rows)
    assert in_columns(content, choices)
    columns, general = both(content, choices)
    assert columns == general
    assert columns["drafts"][0]["table"]["district"][4] == "wujin"


def test_a_file_that_is_left_out_is_left_out() -> None:
    columns, general = both(SOUND_BYTES, {f"dataset:{NAME}/": "ignore"})
    assert columns == general
    assert columns["drafts"] == []


def test_the_period_of_a_title_or_of_a_file_name_is_taken() -> None:
    rows = [row[1:] for row in after()]
    for name, content in (
        ("办件2022年上半年.csv", file_of(rows)),
        (NAME, file_of([["2022年上半年办件明细（截至6月底）"], *rows])),
    ):
        assert in_columns(content)
        columns, general = both(content, name=name)
        assert columns == general
        assert set(columns["drafts"][0]["table"]["period"]) == {"2022H1"}


# --- other datasets --------------------------------------------------------------------------


@pytest.mark.parametrize("dataset", DATASET_BY_ID.values(), ids=lambda dataset: dataset.id)
def test_every_dataset_reads_the_same_in_columns(dataset: Dataset) -> None:
    line = [cell.replace("全市", "溧阳市") for cell in dataset.example]  # 全市 last may be a total
    content = file_of([header(dataset), line, line, line], "gb18030")
    assert in_columns(content)
    columns, general = both(content)
    assert columns == general
    assert ("DUPLICATE_SAME", 3) in codes(columns)


INDICATOR = ["指标", "地区", "数值", "单位", "时点", "备注"]


@pytest.mark.parametrize(
    ("rows", "left"),
    [
        ([["不见面办理率", "溧阳市", "0.5", "", "", ""], ["不见面办理率", "武进区", "97", "", "", ""]], False),
        ([["不见面办理率", "溧阳市", "约2.3万", "", "", ""], ["不见面办理率", "武进区", "低于70%", "%", "", ""]], False),
        ([["不见面办理率", "溧阳市", "85.4", "", "", ""], ["合计", "", "85.4", "", "", ""]], True),
        ([["不见面办理率", "溧阳市", "85.4", "", "", ""], ["不见面办理率", "全市", "85.4", "", "", ""]], True),
        ([["不见面办理率", "溧阳市（31件）、武进区（2件）", "", "", "", ""], ["不见面办理率", "溧阳市", "3", "", "", ""]], True),
    ],
)  # fmt: skip
def test_figures_read_the_same_in_columns(rows: Rows, left: bool) -> None:
    content = file_of([INDICATOR, *rows])
    assert in_columns(content) is not left
    columns, general = both(content, {"period": "2022H1"})
    assert columns == general


# --- any file --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A generated file: how it is written, and what was done to it."""

    content: bytes
    choices: dict[str, str]
    limits: Limits


CELLS = st.one_of(
    st.sampled_from(
        ["", " ", "　", "合计", "小计", "溧阳", "高新区", "2022-13-01", "6月底", "2022H1", "2022年上半年", "全市",
         "注：甲", "填表人：乙", "13812345678", "320400199001011234", "=SUM(A1)", "'=1", "#REF!", "1.2E+17", "甲\n乙",
         'a"b', "这一格很长很长很长很长很长很长很长。", "市公安局", "办件编号", "期次", "\u200b", "浣犲ソ", "½", "市住建局（注）"]
    ),
    st.text(st.characters(codec="gb18030", exclude_characters="\x00\r"), max_size=12),
)  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> Made:
    rows: Rows = [case(n) for n in range(draw(st.integers(1, 30)))]
    for _ in range(draw(st.integers(0, 3))):
        row = draw(st.sampled_from(rows))
        row[draw(st.integers(0, 12))] = draw(CELLS)
    odd = st.one_of(
        st.just([]), st.just(BLANKS), st.just(header()), st.just(case(0)), st.just(case(1, note="异")),
        st.lists(CELLS, min_size=1, max_size=14), CELLS.map(lambda cell: [cell, *BLANKS[1:]]),
        CELLS.map(lambda cell: ["2022H1", cell, *BLANKS[2:]]), CELLS.map(lambda cell: [cell] * 13),
    )  # fmt: skip
    last = len(rows)
    for _ in range(draw(st.integers(0, 3))):
        rows.insert(draw(st.one_of(st.just(last), st.integers(0, last))), [*draw(odd)])
    rows.insert(0, header())
    if draw(st.booleans()):
        label, cell = draw(st.sampled_from(["杂项", "联系人", "序号", "地区", ""])), draw(CELLS)
        for number, row in enumerate(rows):
            row.append(cell if number else label)
    if draw(st.booleans()):
        rows[:0] = [[draw(st.sampled_from(["2022年上半年", "2022年下半年明细表", "填表人：丙"]))]]
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
    delimiter, end = draw(st.sampled_from(",\t;")), draw(st.sampled_from(["\n", "\r\n"]))
    content = file_of(rows, encoding, delimiter, end)
    if draw(st.booleans()):
        content = content.rstrip(b"\r\n")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        garbage = draw(
            st.sampled_from([b"\x00", b"\r", b'"', b"\xd5", b"\x01", "中".encode(), b",", b"\n"])
        )
        content = content[:at] + garbage + content[at:]
    choices = draw(
        st.sampled_from(
            [
                {},
                {},
                {"period": "2022H1"},
                {"column:杂项": "ignore"},
                {f"dataset:{NAME}/": "ignore"},
            ]
        )
    )
    limits = replace(UPLOAD, rows=draw(st.sampled_from([1_000, -30])))
    return Made(content, choices, limits)


@pytest.mark.parametrize(
    "column",
    ["period", "district", "department", "item", "channel", "accepted_on", "state", "as_of_text"],
)
def test_a_number_of_a_person_is_taken_out_whatever_column_it_strayed_into(column: str) -> None:
    content = file_of(after(case(99, **{column: "13812345678"})))
    columns, general = both(content)
    assert in_columns(content)
    assert columns == general
    assert b"13812345678" in content
    assert b"13812345678" not in columns["kept"]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=files())
@example(made=Made(SOUND_BYTES, {}, UPLOAD))
def test_any_file_reads_the_same_in_columns(made: Made) -> None:
    columns, general = both(made.content, made.choices, made.limits)
    assert columns == general
