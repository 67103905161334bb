"""A Reading as files: a JSON document and one Arrow file per table, checked when read back.

The reading child writes them and the app reads them; neither trusts a pickle.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import pyarrow as pa

from lib.catalog.datasets import DATASET_BY_ID
from lib.intake.draft import Draft
from lib.intake.issues import Issue, Question
from lib.intake.reading import Reading
from lib.intake.schema import follows
from lib.intake.sheet import SheetView

_DOCUMENT, _KEPT = "reading.json", "kept"
_open = pa.OSFile if os.name == "nt" else pa.memory_map  # Windows deletes no file that is mapped


def _issue(values: Mapping[str, Any]) -> Issue:
    asked = values["question"]
    question = asked and Question(
        asked["key"], asked["text"], tuple(tuple(o) for o in asked["options"])
    )
    return Issue(**{**values, "question": question})


def issues_to_json(issues: tuple[Issue, ...]) -> list[dict[str, Any]]:
    """Issues as plain values."""
    return [asdict(issue) for issue in issues]


def issues_from_json(values: list[dict[str, Any]]) -> tuple[Issue, ...]:
    """Issues back from plain values."""
    return tuple(_issue(value) for value in values)


def save(reading: Reading, folder: Path) -> None:
    """Write a Reading into an empty folder."""
    drafts = []
    for number, draft in enumerate(reading.drafts):
        values = {f.name: getattr(draft, f.name) for f in fields(Draft)}
        values["dataset"] = draft.dataset and draft.dataset.id
        values["issues"] = issues_to_json(draft.issues)
        values["choices"] = dict(draft.choices)
        table = values.pop("table")
        if table is not None:
            values["table"] = f"{number}.arrow"
            with pa.ipc.new_file(str(folder / values["table"]), table.schema) as out:
                out.write_table(table, max_chunksize=1 << 17)
        drafts.append(values)
    document = {
        "file": reading.file, "sha256": reading.sha256, "encoding": reading.encoding,
        "sheets": [asdict(view) for view in reading.sheets], "drafts": drafts,
        "file_issues": issues_to_json(reading.file_issues), "kept": reading.kept is not None,
    }  # fmt: skip
    if reading.kept is not None:
        (folder / _KEPT).write_bytes(reading.kept)
    (folder / _DOCUMENT).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def load(folder: Path) -> Reading:
    """Read a Reading back; tables stay memory-mapped (not on Windows). Raises ValueError where a table is not as declared."""
    document = json.loads((folder / _DOCUMENT).read_text(encoding="utf-8"))
    return Reading(
        document["file"], document["sha256"], document["encoding"],
        tuple(_view(values) for values in document["sheets"]),
        tuple(_draft(values, folder) for values in document["drafts"]),
        issues_from_json(document["file_issues"]),
        (folder / _KEPT).read_bytes() if document["kept"] else None,
    )  # fmt: skip


def _view(values: dict[str, Any]) -> SheetView:
    return SheetView(
        values["name"], values["dataset"], tuple(values["header_rows"]),
        tuple(tuple(row) for row in values["rows"]), dict(values["mapping"]),
        tuple(values["codes"]), tuple(values["figures"]),
    )  # fmt: skip


def _draft(values: dict[str, Any], folder: Path) -> Draft:
    dataset = DATASET_BY_ID[values["dataset"]] if values["dataset"] else None
    table = None
    if values.get("table"):
        with _open(str(folder / Path(values["table"]).name)) as source:
            table = pa.ipc.open_file(source).read_all()
        if dataset is None or not follows(table.schema, dataset):
            raise ValueError("a table does not follow its dataset's schema")
        table.validate(full=True)
    return Draft(
        **{
            **values, "dataset": dataset, "table": table, "remarks": tuple(values["remarks"]),
            "issues": issues_from_json(values["issues"]),
        }
    )  # fmt: skip
