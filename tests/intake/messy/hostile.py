"""M40 and M41: files that pretend, files that burst, files that are too much."""

from __future__ import annotations

import io
import struct
import zipfile

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STREAM = 4096  # the smallest stream that needs no mini stream


def _entry(name: str, kind: int, start: int, size: int, child: int, right: int) -> bytes:
    """One 128-byte directory entry of a compound file."""
    spelled = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack(
        "<64sHBBIII16sIQQIQ",
        spelled, len(spelled), kind, 1, _FREE, right, child, b"", 0, 0, 0, start, size,
    )  # fmt: skip


def compound_file(*streams: str) -> bytes:
    """A valid OLE compound file (what .xls and locked workbooks are) with empty named streams."""
    sectors = _STREAM // 512
    starts = [2 + index * sectors for index in range(len(streams))]
    chains = [n if (n - 1) % sectors else _END for n in range(3, 3 + sectors * len(streams))]
    fat = [_FAT, _END, *chains]
    fat += [_FREE] * (128 - len(fat))
    last = len(streams) - 1
    entries = [_entry("Root Entry", 5, _END, 0, 1, _FREE)]
    entries += [
        _entry(name, 2, starts[i], _STREAM, _FREE, i + 2 if i < last else _FREE)
        for i, name in enumerate(streams)
    ]
    entries += [_entry("", 0, 0, 0, _FREE, _FREE)] * (4 - len(entries))
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"",
        0, 1, 1, 0, 4096, _END, 0, _END, 0, 0,
    )  # fmt: skip
    header += struct.pack("<I", _FREE) * 108
    return header + struct.pack("<128I", *fat) + b"".join(entries) + bytes(_STREAM * len(streams))


def hostile_samples(workbook: bytes) -> dict[str, bytes]:
    """The committed ones; `workbook` is a sound one to damage."""
    return {
        "M40-old.xls": compound_file("Workbook"),
        "M40-locked.xlsx": compound_file("EncryptionInfo", "EncryptedPackage"),
        "M40-damaged.xlsx": workbook[: len(workbook) // 2],
        "M40-picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "M40-empty.csv": b"",
    }


def zip_bomb(workbook: bytes, megabytes: int = 400) -> bytes:
    """A workbook whose sheet is blanks: under a megabyte sent, `megabytes` unpacked."""
    out = io.BytesIO()
    blanks = b" " * 2**20
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != "xl/worksheets/sheet1.xml":
                new.writestr(name, old.read(name))
        with new.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(b'<?xml version="1.0"?><worksheet>')
            for _ in range(megabytes):
                sheet.write(blanks)
            sheet.write(b"</worksheet>")
    return out.getvalue()


def too_many_bytes() -> bytes:
    """More than any web upload takes (200 MB), and nothing in it."""
    return b"a" * (200 * 2**20 + 1)


def too_many_rows(rows: int = 300_000) -> bytes:
    """A CSV of more rows than any department has."""
    return ("期次,部门,预警数\r\n" + "2022H1,市教育局,31\r\n" * rows).encode("utf-8-sig")


def too_long_cell(characters: int = 200_000) -> bytes:
    """A CSV whose one remark is longer than any cell of a workbook can be (32767)."""
    text = f"期次,部门,预警数,备注\r\n2022H1,市教育局,31,{'长' * characters}\r\n"
    return text.encode("utf-8-sig")
