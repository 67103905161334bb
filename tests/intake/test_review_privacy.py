"""Names, numbers and addresses of people go nowhere, however they are written."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from lib.intake.issues import Issue
from lib.intake.reading import Reading, read_file
from lib.intake.schema import plain
from lib.intake.words.privacy import REMOVED, is_personal, is_signed, without_numbers
from tests.books import book

HEADER = "期次,部门,预警件数,超期件数,截止日期,备注"


def read(*lines: str) -> Reading:
    return read_file("\r\n".join((HEADER, *lines)).encode("utf-8-sig"), "预警.csv")


def warned(reading: Reading) -> list[Issue]:
    return [issue for issue in reading.issues if issue.severity != "说明"]


def everything(reading: Reading) -> str:
    """All that is said or kept of a file."""
    kept = (reading.kept or b"").decode("utf-8-sig")
    tables = [d.table.to_pylist() for d in reading.drafts if d.table is not None]
    remarks = [d.remarks for d in reading.drafts]
    return repr((reading.issues, reading.sheets, tables, remarks, kept))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("请打 138 0000 1111 询问", f"请打 {REMOVED} 询问"),
        ("138-0000-1111。", f"{REMOVED}。"),
        ("手机１３８００００１１１１", f"手机{REMOVED}"),
        ("+8613800001111、0519-85681234", f"{REMOVED}、{REMOVED}"),
        ("寄 a.b_c@163.com 即可", f"寄 {REMOVED} 即可"),
        ("微信号：wxid_88aa，见附件", f"微信号：{REMOVED}，见附件"),
        ("微信: abc", f"微信:{REMOVED}"),
        ("电话：85681234", f"电话：{REMOVED}"),
        ("联系 8568 1234", f"联系 {REMOVED}"),
        ("座机8568123 转办", f"座机{REMOVED} 转办"),
        ("联系人：张三", f"联系人：{REMOVED}"),
        ("待核（联系人：张三，电话85681234）", f"待核（联系人：{REMOVED}，电话{REMOVED}）"),
    ],
)
def test_every_way_to_write_a_number_is_taken_out_and_the_rest_stays(text: str, left: str) -> None:
    assert (is_personal(text), without_numbers(text)) == (True, left)


@pytest.mark.parametrize(
    "text",
    [
        "2022-06-30", "截至2022年6月30日", "20220630", "85681234", "23800001111.5元",
        "1380000", "12345热线受理 1234567 件", "联系群众1234567人次", "联系企业 12345678 家", "微信公众号上线",
        "微信小程序：一期", "电话回访 2022-06-30", "窗口设联系人制度", "审核意见：同意", "2022 0630 1111", "1,380,000,111",
    ],
)  # fmt: skip
def test_figures_dates_and_plain_words_stay(text: str) -> None:
    assert (is_personal(text), without_numbers(text)) == (False, text)


@pytest.mark.parametrize(
    "line",
    ["审核：李四　　制表：王五", "填报：李四", "复核：李四", "经办：李 四", "审核：李四制表：王五", "科长：李四"],
)  # fmt: skip
def test_a_signature_without_the_word_person_is_one(line: str) -> None:
    assert is_signed(line)
    reading = read("2022H1,市教育局,31,1,2022-06-30,", f"{line},,,,,")
    assert [(i.code, i.severity, i.row) for i in warned(reading)] == [("PERSONAL", "提醒", 3)]
    found = everything(reading)
    assert not [name for name in ("李四", "李 四", "王五") if name in found]


@pytest.mark.parametrize("line", ["填报：市教育局", "报送：市大数据局", "审核：各区"])
def test_a_department_that_sent_a_file_is_no_person(line: str) -> None:
    assert not is_signed(line)


@pytest.mark.parametrize(
    "note", ["联系人：张三", "联系人张三13800001111", "待核，联系人：张三 85681234", "微信：zhangsan01 张某"]
)  # fmt: skip
def test_a_contact_inside_a_note_is_dropped_and_said(note: str) -> None:
    reading = read(f"2022H1,市教育局,31,1,2022-06-30,{note}")
    assert [(i.code, i.severity, i.cell) for i in warned(reading)] == [("PERSONAL", "提醒", "F2")]
    (draft,) = reading.drafts
    assert REMOVED in draft.table["note"][0].as_py()
    found = everything(reading)
    assert not [word for word in ("张三", "13800001111", "85681234", "zhangsan") if word in found]


def test_an_issue_about_another_fault_of_a_cell_does_not_quote_a_number() -> None:
    reading = read("2022H1,张三13800001111,31,1,2022-06-30,=13800001111")
    assert {i.code for i in warned(reading)} == {"NAME", "PERSONAL", "FORMULA_TEXT"}
    assert "13800001111" not in repr(reading.issues)


def kept_book(reading: Reading) -> openpyxl.Workbook:
    assert reading.kept is not None
    return openpyxl.load_workbook(io.BytesIO(reading.kept))


def workbook(comment: str = "", author: str = "") -> bytes:
    """A table with an unknown column of contacts and a code-like figure, and a sheet of people."""
    made = openpyxl.Workbook()
    made.properties.creator = author or "openpyxl"
    first = made.active
    first.title = "预警"
    first.append(["期次", "部门", "预警件数", "超期件数", "截止日期", "备注", "办公室"])
    first.append(["2022H1", "市教育局", 31, 1, "2022-06-30", "待核", "301室 13800001111"])
    if comment:
        first["C2"].comment = Comment(comment, "张三")
    second = made.create_sheet("通讯录")
    second.append(["单位", "姓名", "值班"])
    second.append(["市教育局", "张三", "白班"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_the_kept_copy_holds_no_number_and_no_sheet_of_people() -> None:
    reading = read_file(workbook(), "a.xlsx")
    kept = kept_book(reading)
    assert kept["预警"]["G2"].value == f"301室 {REMOVED}"
    assert {c.value for row in kept["通讯录"].iter_rows() for c in row} <= {None}
    again = read_file(reading.kept, "a.xlsx")
    assert again.kept is None
    assert again.drafts[0].table == reading.drafts[0].table


def test_comments_and_the_author_are_not_kept_and_comments_are_told_once() -> None:
    reading = read_file(workbook("张三 13800001111", "张三"), "a.xlsx")
    found = [(i.code, i.severity, i.message) for i in reading.issues if i.code == "COMMENTS"]
    assert found == [("COMMENTS", "说明", "单元格批注没有读入，留存的原件里也不保留")]
    kept = kept_book(reading)
    assert (kept["预警"]["C2"].comment, kept.properties.creator) == (None, "openpyxl")
    parts = zipfile.ZipFile(io.BytesIO(reading.kept))
    assert not [n for n in parts.namelist() if "张三".encode() in parts.read(n)]


def test_a_workbook_without_personal_data_is_kept_as_sent() -> None:
    content = book({"一": [HEADER.split(","), ("2022H1", "市教育局", 31, 1, "2022-06-30", "")]})
    assert read_file(content, "a.xlsx").kept is None


@pytest.mark.parametrize("bulk_bytes", [1 << 30, 1])
def test_a_column_that_is_not_read_keeps_its_words_without_numbers(bulk_bytes: int) -> None:
    lines = [f"2022H1,C{n:05},13800001111{n:07},溧阳市,市公安局,户口迁移,窗口,2022-03-05,2022-03-10,办理中,2022-06-30" for n in range(60)]  # fmt: skip
    lines[3] = lines[3].replace("13800001111", "甲室138-0000-1111；")
    header = "期次,办件编号,窗口牌,地区,部门,事项名称,渠道,受理日期,承诺办结日期,状态,截止日期"
    content = "\r\n".join((header, *lines)).encode("utf-8-sig")
    reading = read_file(content, "办件.csv", bulk_bytes=bulk_bytes)
    assert reading.kept is not None
    told = reading.kept.decode("utf-8-sig").splitlines()[4].split(",")
    assert told[:3] == ["2022H1", "C00003", f"甲室{REMOVED}；0000003"]
    again = read_file(reading.kept, "办件.csv", bulk_bytes=bulk_bytes)
    assert plain(again.drafts[0].table) == plain(reading.drafts[0].table)
