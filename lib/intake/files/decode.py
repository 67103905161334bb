"""Bytes to text: UTF-8 with BOM, strict UTF-8, UTF-16, GB18030, in this order and never mixed.

The order cannot be turned round: Chinese UTF-8 reads as GB18030 without an error, as nonsense.
"""

from __future__ import annotations

import re

from lib.intake.files.limits import Limits
from lib.intake.issues import RefusedFile

_SAVE_AS = "请在Excel或WPS中打开核对，另存为“CSV UTF-8”后再传"
NO_CHARACTERS = ("\ufffe", "\uffff")
CONTROLS = bytes({*range(32)} - {9, 10, 13})  # what no keyboard writes
_CHINESE = re.compile(r"[\u2010-\u303f\u4e00-\u9fff\uff00-\uffef]+")


def decode(content: bytes, limits: Limits) -> tuple[str, str]:
    """The text and the name of its encoding. Raises RefusedFile; no byte is ever replaced."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _utf16(content, "utf-16"), "UTF-16"
    if content.startswith(b"\xef\xbb\xbf"):
        body, name = content[3:], "UTF-8-BOM"
    else:
        body, name = content, "UTF-8"
    if b"\x00" in body:
        _check_nul(body)
        codec = "utf-16-le" if body[1::2].count(0) >= body[::2].count(0) else "utf-16-be"
        return _utf16(body, codec), "UTF-16"
    _check_lines(body, limits)
    _check_controls(body)
    try:
        return _storable(body.decode("utf-8")), name
    except UnicodeDecodeError as error:
        wrong = error
    if name == "UTF-8":
        _check_mixed(body)
        try:
            return _storable(body.decode("gb18030")), "GB18030"
        except UnicodeDecodeError as error:
            wrong = error
    raise _broken(body, wrong.start)


def _utf16(content: bytes, codec: str) -> str:
    try:
        text = content.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise _broken(content, error.start) from error
    _check_controls(text.encode())
    return _storable(text)


def _check_nul(body: bytes) -> None:
    """NUL bytes are UTF-16 without its mark, or damage."""
    zeros = body.count(0)
    one_side = max(body[::2].count(0), body[1::2].count(0))
    if len(body) % 2 or one_side != zeros or zeros * 20 < len(body):
        at = body.index(0)
        row = body.count(b"\n", 0, at) + 1
        raise RefusedFile("FILE_DAMAGED", f"第{row}行有空字符，文件可能损坏", _SAVE_AS, row)


def _storable(text: str) -> str:
    """The text, if no workbook would be broken by it. Raises RefusedFile."""
    at = min((text.find(mark) for mark in NO_CHARACTERS if mark in text), default=-1)
    if at < 0:
        return text
    row = text.count("\n", 0, at) + 1
    raise RefusedFile("FILE_DAMAGED", f"第{row}行有不是文字的代码，文件可能损坏", _SAVE_AS, row)


def _check_controls(body: bytes) -> None:
    """Refuse bytes no keyboard writes; the stored tables and workbooks cannot hold them."""
    if len(body.translate(None, CONTROLS)) == len(body):
        return
    found = re.search(b"[" + re.escape(CONTROLS) + b"]", body)
    at = found.start() if found else 0
    row = body.count(b"\n", 0, at) + 1
    message = f"第{row}行有看不见的控制字符（0x{body[at]:02X}），文件可能损坏"
    raise RefusedFile("FILE_DAMAGED", message, _SAVE_AS, row)


def _check_lines(body: bytes, limits: Limits) -> None:
    start, number = 0, 1
    if len(body) <= limits.line_bytes:
        return
    while start < len(body):
        # Jump as far as a line may reach; only then look for its end.
        reach = body.rfind(b"\n", start, start + limits.line_bytes + 1)
        if reach < 0:
            if len(body) - start <= limits.line_bytes:
                return
            raise RefusedFile(
                "FILE_SIZE", f"第{number}行超过{limits.line_bytes // 1024}千字节", _SAVE_AS, number
            )
        number += body.count(b"\n", start, reach + 1)
        start = reach + 1


def _check_mixed(body: bytes) -> None:
    """Refuse a file some of whose lines are UTF-8 Chinese and some are not UTF-8 at all."""
    other, as_utf8 = 0, 0
    for number, line in enumerate(body.split(b"\n"), start=1):
        if line.isascii():
            continue
        if _first_wrong(line) is not None:
            other = other or number
        elif reads_as_chinese(line):
            as_utf8 = as_utf8 or number
        if other and as_utf8:
            line = body.split(b"\n")[other - 1]
            raise _broken(body, (_first_wrong(line) or 0) + _offset(body, other))


def reads_as_chinese(line: bytes) -> bool:
    """Whether bytes are UTF-8 whose characters beyond ASCII, of which there are some, are Chinese."""
    if line.isascii():
        return False
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return bool(_CHINESE.fullmatch("".join(c for c in text if ord(c) > 127)))


def _first_wrong(line: bytes) -> int | None:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return None


def _offset(body: bytes, row: int) -> int:
    offset = 0
    for _ in range(row - 1):
        offset = body.index(b"\n", offset) + 1
    return offset


def _broken(body: bytes, at: int) -> RefusedFile:
    row = body.count(b"\n", 0, at) + 1
    byte = at - (body.rfind(b"\n", 0, at) + 1) + 1
    return RefusedFile(
        "ENCODING_BROKEN",
        f"第{row}行第{byte}字节不成字：文件混用了编码，或有半个汉字",
        _SAVE_AS,
        row,
    )
