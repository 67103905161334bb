"""What a file really is, by its first bytes and its parts; the name is never believed."""

from __future__ import annotations

import unicodedata
from typing import Literal

from lib.intake.files.archive import Packed, megabytes, part_names
from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile

FileType = Literal["text", "xlsx"]
ENDINGS = ("csv", "tsv", "txt", "xlsx")  # of the names browsers may send; nothing is read from them

_SAVE_AS = "请在Excel或WPS中另存为“.xlsx”工作簿或“CSV UTF-8”后再传"
_WORKBOOK = Packed("工作簿", _SAVE_AS, "请只保留要报送的数据，或另存为CSV后再传")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how files of old Word and Excel begin
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAGIC = {
    b"\x1f\x8b": "gzip 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"Rar!": "RAR 压缩包",
    b"%PDF": "PDF 文件",
    b"MZ": "可执行程序",
    b"\x7fELF": "可执行程序",
    b"PAR1": "Parquet 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"SQLite format 3": "数据库文件",
}


def plain_name(name: str) -> str:
    """A file's name as it can be shown and stored: controls and half characters become ?."""
    return "".join("?" if unicodedata.category(c) in ("Cc", "Cs") else c for c in name)


def other_kind(content: bytes) -> str:
    """What a file is that is neither text nor a packed document, by its first bytes; else empty."""
    return next((what for magic, what in _MAGIC.items() if content.startswith(magic)), "")


def file_type(content: bytes, limits: Limits) -> FileType:
    """`text` or `xlsx`. Raises RefusedFile for anything else, and for what is too large to open."""
    if not content.strip(b"\x00\r\n\t \xef\xbb\xbf"):
        raise RefusedFile("FILE_EMPTY", "文件是空的", "请检查是否选错了文件")
    if len(content) > limits.file_bytes:
        raise RefusedFile(
            "FILE_SIZE", f"文件有{megabytes(len(content))}，上限{megabytes(limits.file_bytes)}",
            "请拆成几个文件分次上传",
        )  # fmt: skip
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise RefusedFile("FILE_TYPE", "工作簿加了密码，打不开", "请取消密码后再传")
        raise RefusedFile("FILE_TYPE", "这是旧版 .xls（或WPS的 .et）工作簿", _SAVE_AS)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        _check_workbook(content, limits)
        return "xlsx"
    if what := other_kind(content):
        raise RefusedFile("FILE_TYPE", f"这是{what}，不是表格", _SAVE_AS)
    return "text"


def _check_workbook(content: bytes, limits: Limits) -> None:
    """Look at the parts of a zip file without unpacking any of them."""
    names = part_names(content, limits, _WORKBOOK)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFile(
            "FILE_TYPE", "工作簿带有宏（.xlsm）", "请另存为不带宏的“.xlsx”工作簿后再传"
        )
    if "xl/workbook.xml" not in names:
        raise RefusedFile("FILE_TYPE", "这是压缩包或其他格式的文档，不是 .xlsx 工作簿", _SAVE_AS)
