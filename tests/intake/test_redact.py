"""The copy of a file that is kept: no personal data in it, and the same table."""

from __future__ import annotations

import hashlib
import io
import zipfile

import openpyxl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.intake.draft import Draft
from lib.intake.reading import Reading, read_file
from lib.intake.words.privacy import REMOVED, holds_number, is_personal, without_numbers
from tests.books import book, repacked

NAME, PHONE, LANDLINE, CARD = "张某某", "13812345678", "0519-85681234", "32040419800101123X"
SECRETS = (NAME, PHONE, LANDLINE, CARD)
TITLE = ("2022年上半年网办预警统计表", "", "", "", "")
HEADER = ("部门", "预警件数", "超期件数", "备注", "联系人")
ROWS = (("市教育局", "31", "1", "", NAME), ("市民政局", "21", "", f"详询{PHONE}", NAME))
SIGNED = (f"填表人：{NAME}　联系电话：{LANDLINE}", "", "", "", "")

# Sheets as rows, each with personal data somewhere.
SHEETS = {
    "a column of names": (TITLE, HEADER, *ROWS),
    "a line above": (SIGNED, TITLE, HEADER, *ROWS),
    "a line below": (TITLE, HEADER, *ROWS, SIGNED),
    "a line below with a date after it": (TITLE, HEADER, *ROWS, SIGNED, ("2022年8月1日", "", "", "", "")),
    "a line below with words after it": (TITLE, HEADER, *ROWS, SIGNED, ("", "", "", "以上", "")),
    "a header that comes again": (TITLE, HEADER, ROWS[0], HEADER, ROWS[1]),
    "a number in a remark": (TITLE, HEADER[:4], ROWS[0][:4], ROWS[1][:4]),
    "an identity number in a remark": (TITLE, HEADER[:4], (*ROWS[0][:3], f"证件{CARD}，另{PHONE}")),
    "a number in a column nobody reads": (
        TITLE, (*HEADER[:4], "科室"), (*ROWS[0][:4], "办公室"), (*ROWS[1][:4], f"办公室{PHONE}"),
    ),
    "a blank line and a total": (TITLE, HEADER, *ROWS, ("", "", "", "", ""), ("合计", "52", "1", "", NAME)),
    "two columns": (
        (*TITLE, ""), (*HEADER, "手机"), (*ROWS[0], PHONE), ("市司法局", "3", "", "", NAME, LANDLINE),
    ),
}  # fmt: skip


def csv_of(rows: tuple[tuple[str, ...], ...], encoding: str = "utf-8-sig") -> bytes:
    return "".join(",".join(row) + "\r\n" for row in rows).encode(encoding)


def inside(content: bytes) -> str:
    """Everything a file holds, as text."""
    if not content.startswith(b"PK"):
        codec = "utf-16" if content.startswith(b"\xff\xfe") else "utf-8"
        return content.decode("gb18030" if not _is(content, codec) else codec)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8") for name in archive.namelist())


def _is(content: bytes, codec: str) -> bool:
    try:
        content.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def table(draft: Draft) -> pa.Table:
    assert draft.table is not None
    return draft.table.drop_columns(["source_sha256"])


def check(content: bytes, name: str) -> tuple[Reading, bytes]:
    """A reading and its kept copy, which says nothing personal and reads to the same."""
    reading = read_file(content, name)
    assert reading.kept is not None
    assert not reading.blocked
    assert [secret for secret in SECRETS if secret in inside(reading.kept)] == []
    assert reading.sha256 == hashlib.sha256(reading.kept).hexdigest()
    again = read_file(reading.kept, name)
    assert [table(draft) for draft in again.drafts] == [table(draft) for draft in reading.drafts]
    assert [draft.remarks for draft in again.drafts] == [d.remarks for d in reading.drafts]
    for draft in reading.drafts:
        assert draft.sha256 == reading.sha256
        assert set(draft.table["source_sha256"].to_pylist()) == {reading.sha256}
    assert [
        secret
        for secret in SECRETS
        if secret in repr((reading.issues, reading.drafts, reading.sheets))
    ] == []
    return reading, reading.kept


@pytest.mark.parametrize("case", SHEETS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_a_text_is_kept_without_personal_data(case: str, encoding: str) -> None:
    reading, kept = check(csv_of(SHEETS[case], encoding), "七月.csv")
    again = read_file(kept, "七月.csv")
    assert again.encoding == reading.encoding
    assert again.kept in (None, kept)


@pytest.mark.parametrize("case", SHEETS)
def test_a_workbook_is_kept_without_personal_data(case: str) -> None:
    check(book({"七月": SHEETS[case]}), "七月.xlsx")


def test_every_cell_of_the_copy_stands_where_it_stood() -> None:
    content = csv_of((TITLE, HEADER, *ROWS, SIGNED))
    _, kept = check(content, "七月.csv")
    assert kept.decode("utf-8-sig").split("\r\n") == [
        "2022年上半年网办预警统计表,,,,", "部门,预警件数,超期件数,备注,联系人", "市教育局,31,1,,",
        f"市民政局,21,,详询{REMOVED},", f"{REMOVED},,,,", "",
    ]  # fmt: skip


def test_a_workbook_keeps_its_formats_formulas_and_merged_cells() -> None:
    sheet = openpyxl.Workbook()
    page = sheet.active
    for row in (
        TITLE,
        HEADER,
        ("市教育局", 31, "=B3*0+1", "", NAME),
        ("市民政局", 21, 2, f"=1+{PHONE}", NAME),
    ):
        page.append(row)
    page.merge_cells("A1:E1")
    page["D3"] = "=1+1"
    page["D3"].data_type = page["D4"].data_type = "s"
    page["B3"].number_format = "0.00"
    out = io.BytesIO()
    sheet.save(out)
    content = out.getvalue()
    calculated = _with_result(content, b"<f>B3*0+1</f><v/>", b"<f>B3*0+1</f><v>1</v>")
    reading, kept = check(calculated, "七月.xlsx")
    assert reading.drafts[0].table["overdue_text"].to_pylist() == ["1", "2"]
    assert reading.drafts[0].table["warning_text"].to_pylist() == ["31.00", "21"]
    page = openpyxl.load_workbook(io.BytesIO(kept)).active
    assert [str(area) for area in page.merged_cells.ranges] == ["A1:E1"]
    assert (page["B3"].number_format, page["E3"].value, page["E4"].value) == ("0.00", None, None)
    assert [(page[at].value, page[at].data_type) for at in ("D3", "D4")] == [
        ("=1+1", "s"),
        (f"=1+{REMOVED}", "s"),
    ]


def _with_result(content: bytes, old: bytes, new: bytes) -> bytes:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(old, new).replace(b"<f>B3*0+1</f><v></v>", new)

    return repacked(content, change)


def test_notes_and_the_name_of_the_author_are_not_kept() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book({"七月": (TITLE, HEADER, *ROWS)})))
    made.properties.creator = made.properties.lastModifiedBy = NAME
    for address in ("A3", "Z9"):
        made.active[address].comment = openpyxl.comments.Comment(f"问{NAME}", NAME)
    made.active.oddFooter.center.text = f"制表人：{NAME}"
    out = io.BytesIO()
    made.save(out)
    assert NAME in inside(out.getvalue())
    check(out.getvalue(), "七月.xlsx")


def test_a_sheet_of_people_that_is_not_read_is_emptied() -> None:
    content = book(
        {
            "七月": (TITLE, HEADER[:4], ROWS[0][:4]),
            "通讯录": (("科室", "号码"), ("办公室", PHONE), ("窗口", LANDLINE)),
        }
    )
    _, kept = check(content, "七月.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(kept))["通讯录"]
    assert [cell.value for row in sheet for cell in row if cell.value] == []


def test_a_file_without_personal_data_is_kept_as_it_was_sent() -> None:
    reading = read_file(csv_of((TITLE, HEADER[:4], ROWS[0][:4])), "七月.csv")
    assert (reading.kept, reading.blocked) == (None, False)
    assert [issue for issue in reading.issues if issue.code == "PERSONAL"] == []


DIGITS = st.text("0123456789", min_size=8, max_size=8)
MOBILES = st.builds(
    "1{}{}{}".format, st.sampled_from("3456789"), DIGITS, st.sampled_from("0123456789")
)
WIDE = {code: code + 0xFEE0 for code in range(0x30, 0x3A)}


@given(
    MOBILES,
    st.sampled_from(["", "电话", "（", "+86", "86", "+86-", "："]),
    st.sampled_from(["", "。", "转3", ")"]),
)
def test_a_mobile_number_is_found_in_every_spelling(number: str, before: str, after: str) -> None:
    spaced = [f"{number[:3]}{gap}{number[3:7]}{gap}{number[7:]}" for gap in "- "]
    for written in (number, number.translate(WIDE), *spaced):
        text = f"{before}{written}{after}"
        assert holds_number(text)
        assert is_personal(text)
        assert without_numbers(text).replace("+", "") in (
            f"{before}{REMOVED}{after}".replace("+", ""), f"{REMOVED}{after}",
        )  # fmt: skip


@pytest.mark.parametrize("text", ["", "31", "85.40%", "2022-07-31", "20220731", "25,472", "3204002022", "办理1380件", "0.05198568", "2.3万", "138.1234.5678", "第13812345678901号"])  # fmt: skip
def test_a_figure_is_no_telephone_number(text: str) -> None:
    assert not holds_number(text)
    assert without_numbers(text) == text


@pytest.mark.parametrize("text", ["填表人：张某某", "审核人（签字）：", "联系电话：", "联 系 人：张某某", "经办人:张某某", "手机：无", "签章：", "统计负责人：张某某", "填报人　：张某某"])  # fmt: skip
def test_a_line_that_somebody_signed_is_personal(text: str) -> None:
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    ["填报单位：常州市政务办", "单位负责人会议", "注：数据截至7月底", "联系窗口", "电话预约件数"],
)
def test_a_line_that_names_nobody_is_not(text: str) -> None:
    assert not is_personal(text)


def test_the_same_workbook_always_gives_the_same_copy() -> None:
    content = book({"七月": (TITLE, HEADER, *ROWS)})
    (_, one), (_, two) = check(content, "七月.xlsx"), check(content, "七月.xlsx")
    assert one == two
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert {part.date_time[:3] for part in archive.infolist()} == {(1980, 1, 1)}
        assert b"dcterms" not in archive.read("docProps/core.xml").split(b">", 2)[2]


def test_a_workbook_with_hidden_sheets_only_has_a_copy_too() -> None:
    made = openpyxl.load_workbook(io.BytesIO(book({"七月": (TITLE, HEADER, *ROWS)})))
    content = repacked(
        _bytes(made),
        lambda name, part: (
            part.replace(b'state="visible"', b'state="hidden"')
            if name == "xl/workbook.xml"
            else part
        ),
    )
    reading, _ = check(content, "七月.xlsx")
    assert "HIDDEN" in {issue.code for issue in reading.issues}


def _bytes(made: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
