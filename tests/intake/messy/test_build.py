"""The samples are what they claim to be, and what the builder writes."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from .build import CASES, FOLDER, GENERATED, committed, samples

BOM = b"\xef\xbb\xbf"
SOUND_BOOKS = [name for name, path in committed().items() if zipfile.is_zipfile(path)]


def content(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def book(name: str, **how: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content(name)), **how)


def test_every_case_has_a_file() -> None:
    assert {name[:3] for name in (*committed(), *GENERATED)} == set(CASES)


@pytest.mark.parametrize("name", samples())
def test_the_committed_file_is_what_the_builder_writes(name: str) -> None:
    made = samples()[name]
    if name in SOUND_BOOKS:  # two versions of zlib may pack the same parts differently
        assert parts(content(name)) == parts(made)
    elif name != "M40-damaged.xlsx":
        assert content(name) == made


def test_nothing_is_committed_that_the_builder_does_not_write() -> None:
    assert set(committed()) == set(samples())


@pytest.mark.parametrize("name", SOUND_BOOKS)
def test_a_workbook_opens(name: str) -> None:
    opened = book(name)
    assert opened.sheetnames
    opened.close()


def test_encodings_are_what_the_names_say() -> None:
    gbk = content("M01-gbk.csv")
    assert gbk.decode("gb18030").startswith("期次,部门")
    with pytest.raises(UnicodeDecodeError):
        gbk.decode("utf-8")
    plain = content("M02-utf8.csv")
    assert not plain.startswith(BOM)
    assert plain.decode("utf-8").startswith("地区,指标")
    assert content("M03-unicode.txt").decode("utf-16").startswith("期次\t部门")
    assert content("M11-total.csv").startswith(BOM)


def test_utf8_read_as_gbk_is_garbage_without_an_error() -> None:
    # why the order of trying matters: this is no error, only wrong
    assert "地区,指标".encode().decode("gb18030") != "地区,指标"


@pytest.mark.parametrize("name", ["M04-half-character.csv", "M04-mixed.csv", "M04-cut-off.csv"])
def test_a_broken_file_decodes_in_neither_way(name: str) -> None:
    codec = "gb18030" if "half" in name else "utf-8-sig"
    for tried in ("utf-8-sig", codec):
        with pytest.raises(UnicodeDecodeError):
            content(name).decode(tried)


def test_merged_cells_number_formats_and_formulas_are_there() -> None:
    merged = book("M07-merged.xlsx").worksheets[0].merged_cells.ranges
    assert {str(r) for r in merged} >= {"A1:G1", "A2:A4", "B2:G2", "B3:C3", "D3:E3", "F3:G3"}
    cell = book("M15-percent-cells.xlsx").worksheets[0]["C2"]
    assert (cell.value, cell.number_format) == (0.854, "0.00%")
    empty = book("M13-not-calculated.xlsx", data_only=True).worksheets[0]
    assert [empty["B10"].value, empty["C10"].value] == [None, None]
    assert book("M13-not-calculated.xlsx").worksheets[0]["B10"].value == "=SUM(B3:B9)"
    cached = book("M13-calculated.xlsx", data_only=True).worksheets[0]
    assert [cached["B10"].value, cached["C10"].value] == [1000, 775]


def test_cell_types_are_there() -> None:
    assert book("M25-errors.xlsx", data_only=True).worksheets[0]["D2"].data_type == "e"
    text = book("M26-text-numbers.xlsx").worksheets[0]
    assert (text["C2"].value, text["C2"].quotePrefix, text["D2"].value) == ("140", True, "23 ")
    assert text["D3"].is_date
    assert book("M27-dates.xlsx").worksheets[0]["A2"].value == 2022.6


def test_rows_columns_and_sheets_are_hidden() -> None:
    sheets = book("M37-sheets.xlsx")
    assert sheets["网办预警"].row_dimensions[2].hidden
    assert sheets["网办预警"].auto_filter.ref == "A1:D5"
    assert sheets["专员"].column_dimensions["C"].hidden
    assert book("M37-hidden-sheet.xlsx")["上年同期"].sheet_state == "hidden"


def test_pretenders_carry_the_marks_of_what_they_are() -> None:
    assert content("M40-workbook-named.csv").startswith(b"PK\x03\x04")
    assert "xl/vbaProject.bin" in parts(content("M40-macro-renamed.xlsx"))
    for name, stream in (("M40-old.xls", "Workbook"), ("M40-locked.xlsx", "EncryptedPackage")):
        assert content(name).startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
        assert stream.encode("utf-16-le") in content(name)[1024:1536]
    assert not zipfile.is_zipfile(FOLDER / "M40-damaged.xlsx")


def test_the_bomb_is_small_and_unpacks_to_a_lot() -> None:
    bomb = GENERATED["M40-bomb.xlsx"]()
    with zipfile.ZipFile(io.BytesIO(bomb)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    assert len(bomb) < 2**20
    assert unpacked > 400 * len(bomb)
