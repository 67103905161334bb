"""Names, numbers and addresses of people go nowhere, however they are written."""

from __future__ import annotations

import pytest

from lib.intake.issues import Issue
from lib.intake.reading import Reading, read_file
from lib.intake.words.privacy import REMOVED, is_personal, is_signed, without_numbers

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
