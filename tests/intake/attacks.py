"""Files made to do harm, or to be misread: each is refused or named, and in time."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from functools import cache

from tests.books import book, repacked

HEADER = "期次,部门,预警件数,超期件数"
GOOD = "2022H1,市教育局,31,1"
SECRET = "a line only this machine knows"
_DOCTYPE = b'<?xml version="1.0"?>'


def text(*lines: str) -> bytes:
    return "\r\n".join((HEADER, *lines)).encode("utf-8-sig")


def sound_book() -> bytes:
    return book({"一": [HEADER.split(","), GOOD.split(",")]})


def with_sheet(xml: Callable[[zipfile.ZipFile], None]) -> bytes:
    """A workbook whose sheet is written by a function."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        with zipfile.ZipFile(io.BytesIO(sound_book())) as old:
            for name in old.namelist():
                if name != "xl/worksheets/sheet1.xml":
                    new.writestr(name, old.read(name))
        xml(new)
    return out.getvalue()


@cache
def many_rows_packed() -> bytes:
    """About a megabyte that unpacks to 221 MB of rows."""

    def rows(new: zipfile.ZipFile) -> None:
        row = b'<row><c t="n"><v>1</v></c><c t="n"><v>1</v></c></row>\n' * 20_000
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b"<worksheet><sheetData>")
            for _ in range(221 * 2**20 // len(row) + 1):
                sheet.write(row)
            sheet.write(b"</sheetData></worksheet>")

    return with_sheet(rows)


@cache
def one_long_string() -> bytes:
    """Less than half a megabyte that unpacks to one string of 400 MB."""

    def string(new: zipfile.ZipFile) -> None:
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<worksheet><sheetData><row><c t="inlineStr"><is><t>')
            for _ in range(400):
                sheet.write(b"a" * 2**20)
            sheet.write(b"</t></is></c></row></sheetData></worksheet>")

    return with_sheet(string)


def far_corner() -> bytes:
    """A workbook with a cell in the first and one in the very last place."""
    return repacked(
        sound_book(),
        lambda name, part: (
            part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
            if name.endswith("sheet1.xml")
            else part
        ),
    )  # fmt: skip


def with_parts(*names: str) -> bytes:
    """A workbook with more parts, or with parts that point outside."""
    out = io.BytesIO(sound_book())
    with zipfile.ZipFile(out, "a") as archive:
        for name in names:
            archive.writestr(name, b"")
    return out.getvalue()


def with_entities(part: str, doctype: bytes, use: bytes) -> bytes:
    """A workbook one of whose parts declares entities, and says one in a cell."""

    def change(name: str, old: bytes) -> bytes:
        if name != part:
            return old
        body = old.split(b"?>", 1)[1].replace("市教育局".encode(), use)
        return _DOCTYPE + doctype + body

    return repacked(sound_book(), change)


def laughs() -> bytes:
    """The billion laughs, in the words of the cells."""
    lines = [b'<!ENTITY a0 "ha">']
    lines += [b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)]
    return with_entities("xl/sharedStrings.xml", b"<!DOCTYPE sst [%s]>" % b"".join(lines), b"&a9;")


def outside(part: str, path: str) -> bytes:
    """A workbook that asks for a file of the machine it is read on."""
    doctype = b'<!DOCTYPE x [<!ENTITY file SYSTEM "file://%s">]>' % path.encode()
    return with_entities(part, doctype, b"&file;")


def uncalculated() -> bytes:
    """A workbook with a formula nobody calculated."""
    content = book({"一": [HEADER.split(","), ["2022H1", "市教育局", "=30+1", 1]]})
    return repacked(
        content,
        lambda name, part: part.replace(b"</f><v>0</v>", b"</f>") if "sheet1" in name else part,
    )


# name > (number of the case, bytes, code of the blocking problem, row, words of the sentence)
ATTACKS: dict[str, tuple[int, Callable[[], bytes], str, int | None, str]] = {
    "program.exe": (24, lambda: b"MZ\x90\x00" + bytes(200), "FILE_TYPE", None, "可执行程序"),
    "ok.csv": (26, lambda: b"MZ\x90\x00" + bytes(200), "FILE_TYPE", None, "可执行程序"),
    "gzip.csv": (49, lambda: gzip.compress(text(GOOD)), "FILE_TYPE", None, "gzip"),
    "bomb.csv.gz": (49, lambda: gzip.compress(bytes(200 * 2**20), 1), "FILE_TYPE", None, "gzip"),
    "parquet.csv": (51, lambda: b"PAR1" + bytes(100) + b"PAR1", "FILE_TYPE", None, "Parquet"),
    "31MB.csv": (28, lambda: text(*[GOOD] * 10) + b"\n" * (31 * 2**20), "FILE_SIZE", None, "上限30 MB"),
    "300MB-line.csv": (46, lambda: b"a" * (300 * 2**20), "FILE_SIZE", None, "上限30 MB"),
    "line.csv": (46, lambda: b"a" * (20 * 2**20), "FILE_SIZE", 1, "第1行超过1024千字节"),
    "columns.csv": (47, lambda: b",".join([b"v"] * 100_000), "FILE_SIZE", 1, "100000列，上限500列"),
    "221MB.xlsx": (34, many_rows_packed, "FILE_SIZE", None, "解压后"),
    "string.xlsx": (35, one_long_string, "FILE_SIZE", None, "解压后"),
    "corner.xlsx": (36, far_corner, "FILE_SIZE", None, "上限500列"),
    "parts.xlsx": (37, lambda: with_parts(*(f"x/{n}" for n in range(60_000))), "FILE_SIZE", None, "部件"),
    "slip.xlsx": (37, lambda: with_parts("../../etc/cron.d/x"), "FILE_DAMAGED", None, "不安全"),
    "slip-windows.xlsx": (37, lambda: with_parts("..\\..\\x.dll"), "FILE_DAMAGED", None, "不安全"),
    "slip-absolute.xlsx": (37, lambda: with_parts("/etc/passwd"), "FILE_DAMAGED", None, "不安全"),
    "laughs.xlsx": (38, laughs, "FILE_DAMAGED", None, "已损坏"),
    "formula.xlsx": (39, uncalculated, "FORMULA_EMPTY", 2, "公式没有保存计算结果"),
    "thousands.csv": (41, lambda: text(GOOD, "2022H1,市民政局,1,234,5"), "WIDTH", 3, "本行有5格，表头有4格"),
    "first-row.csv": (42, lambda: text(GOOD + ",甲,乙", GOOD), "WIDTH", 2, "本行有6格"),
    "later-row.csv": (43, lambda: text(GOOD, "2022H1,市民政局,1,2", "2022H1,市司法局,1,2,3"), "WIDTH", 4, "本行有5格"),
    "mixed.csv": (44, lambda: text(GOOD) + b"\r\n" + "2022H1,市民政局,1,2".encode("gbk"), "ENCODING_BROKEN", 3, "混用了编码"),
    "nul.csv": (45, lambda: text(GOOD, "2022H1,市民政局,1\0,2"), "FILE_DAMAGED", 3, "空字符"),
    "quote.csv": (48, lambda: text(GOOD, '2022H1,"市民政局,1,2', GOOD, GOOD), "FILE_DAMAGED", 3, "引号不成对"),
}  # fmt: skip
# What stands in a number's cell > the code of what is said; None where it is read, or is missing
CELLS: dict[str, str | None] = {
    "３１": None, "5.1": "RANGE", "5%": "UNIT", "1e400": "NUMBER", "NaN": "NUMBER", "inf": "NUMBER",
    "-inf": "NUMBER", "—": None, "#REF!": "EXCEL_ERROR", "31 ": None, "3 1": "NUMBER", "31①": "NUMBER",
    "1,23": "NUMBER", "99999999999999999999": "NUMBER", "-1": "RANGE", "=1+1": "NUMBER",
}  # fmt: skip
