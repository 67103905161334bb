"""A Word file from its parts: the same parts give the same bytes, whenever and wherever they are put together."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from lib.documents.word.xml import Element, element, serialized

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "application/vnd.openxmlformats-package"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_STAMP = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can hold
_MAIN = "word/document.xml"

# Kind of part > its content type; what is not listed is plain XML.
_CONTENT = {
    kind: f"{_WORD}.{kind}+xml" for kind in ("styles", "settings", "fontTable", "header", "footer")
}


@dataclass(frozen=True)
class Part:
    """A part beside the main one. `id` is how the main part calls it; `kind` is a relationship's name."""

    id: str
    kind: str
    name: str
    root: Element


@dataclass(frozen=True)
class Properties:
    """What the file says of itself. It names no person; its time is that of the data."""

    title: str
    subject: str
    day: dt.date


def packed(body: Element, parts: Sequence[Part], properties: Properties) -> bytes:
    """The file of a document element and its parts."""
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relations(
            ("document", f"{_RELATION}/officeDocument", _MAIN),
            ("core", _CORE, "docProps/core.xml"),
        ),
        _MAIN: serialized(body),
        "word/_rels/document.xml.rels": _relations(
            *((part.id, f"{_RELATION}/{part.kind}", f"/{part.name}") for part in parts)
        ),
        "docProps/core.xml": _core(properties),
        **{part.name: serialized(part.root) for part in parts},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
    return out.getvalue()


def _content_types(parts: Sequence[Part]) -> bytes:
    root = ET.Element("Types", xmlns=_TYPES)
    ET.SubElement(root, "Default", Extension="rels", ContentType=f"{_PACKAGE}.relationships+xml")
    ET.SubElement(root, "Default", Extension="xml", ContentType="application/xml")
    typed = {
        _MAIN: f"{_WORD}.document.main+xml",
        "docProps/core.xml": f"{_PACKAGE}.core-properties+xml",
        **{part.name: _CONTENT[part.kind] for part in parts if part.kind in _CONTENT},
    }
    for name, content_type in typed.items():
        ET.SubElement(root, "Override", PartName=f"/{name}", ContentType=content_type)
    return serialized(root)


def _relations(*relations: tuple[str, str, str]) -> bytes:
    root = ET.Element("Relationships", xmlns=_RELATIONS)
    for id, kind, target in relations:
        ET.SubElement(root, "Relationship", Id=id, Type=kind, Target=target)
    return serialized(root)


def _core(properties: Properties) -> bytes:
    when = f"{properties.day.isoformat()}T00:00:00Z"
    dated = {"xsi:type": "dcterms:W3CDTF"}
    root = element(
        "cp:coreProperties",
        {},
        element("dc:title", {}, properties.title),
        element("dc:subject", {}, properties.subject),
        element("dc:creator", {}, "通报台"),
        element("dcterms:created", dated, when),
        element("dcterms:modified", dated, when),
    )
    return serialized(root)
