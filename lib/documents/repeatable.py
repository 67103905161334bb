"""Office files whose bytes depend on what they say alone: no clock, nobody's name."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from html import escape

_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:subject>非涉密</dc:subject><dc:creator>通报台</dc:creator>"
    "<cp:lastModifiedBy>通报台</cp:lastModifiedBy><dc:language>zh-CN</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
)
_PROPERTIES = "docProps/core.xml"


def repeatable(content: bytes, title: str, when: dt.datetime) -> bytes:
    """The same Office file with properties of its own, and no time but `when`.

    Workbooks inside it (of charts) are treated alike.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            if name == _PROPERTIES:
                part = _properties(title, when)
            elif name.endswith(".xlsx"):
                part = repeatable(part, title, when)
            new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _properties(title: str, when: dt.datetime) -> bytes:
    moment = when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _CORE.format(title=escape(title), when=moment).encode()
