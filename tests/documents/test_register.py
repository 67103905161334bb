"""The list of what can be taken away, and that everything on it can be made."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from lib.documents.register import EXPORT_BY_ID, EXPORTS, Export
from lib.selection import Selection

MAGIC = {"pptx": b"PK\x03\x04", "xlsx": b"PK\x03\x04", "docx": b"PK\x03\x04", "pdf": b"%PDF", "html": b"<!doctype html>"}  # fmt: skip
each = pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.id)


@each
def test_every_export_makes_a_file_of_its_kind(export: Export, whole_city: Selection) -> None:
    assert export.make(whole_city).startswith(MAGIC[export.suffix])


@each
def test_a_file_is_named_by_what_it_shows(export: Export) -> None:
    at = Selection("R0001", "2022H1", ("xinbei",), ("education", "police", "culture"))
    assert export.file_name(at) == f"{export.label}-2022H1-新北区-3个部门-R0001.{export.suffix}"
    assert export.file_name(Selection("R0001", "2022H1")) == f"{export.label}-2022H1-R0001.{export.suffix}"  # fmt: skip


def test_exports_are_told_apart() -> None:
    assert list(EXPORT_BY_ID) == [export.id for export in EXPORTS]
    assert len({(export.label, export.suffix) for export in EXPORTS}) == len(EXPORTS)


def test_the_list_loads_no_library_that_makes_documents() -> None:
    code = "import sys, lib.documents.register; print([m for m in ('pptx', 'xlsxwriter.workbook', 'vl_convert', 'docx', 'typst') if m in sys.modules])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]", io.StringIO(made.stderr).read()
