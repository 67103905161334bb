"""How a dataset's rows are stored: Arrow fields from the declared columns."""

from __future__ import annotations

import pyarrow as pa

from lib.catalog.datasets import CASES, DATASETS, Column, Dataset

FIGURE_TYPE = pa.decimal128(20, 4)
_ARROW = {"integer": pa.int32(), "flag": pa.bool_(), "date": pa.date32()}
SOURCE_FIELDS = [
    pa.field("source_file", pa.string()),
    pa.field("source_sheet", pa.string()),
    pa.field("source_row", pa.int32()),
    pa.field("source_sha256", pa.string()),
    # Which columns the source row gave, by name, with commas between; the rest are not its word.
    pa.field("source_columns", pa.string()),
]
# What is worked out from a case's dates and state when it is stored.
HANDLING_FIELDS = [pa.field("status", pa.string()), pa.field("days", pa.int32())]
_PLACED = [pa.field(name, pa.string()) for name in ("period", "district", "department", "item")]
# Tables made from the cases of a release, a part of them for each part of `cases`: how many of which
# kind, how many passed their day by month, and one by one those that need attention.
SUMMARY_SCHEMAS = {
    "case_cube": pa.schema(
        [
            *_PLACED, pa.field("channel", pa.string()), *HANDLING_FIELDS, pa.field("cases", pa.int64()),
            pa.field("earliest", pa.date32()), pa.field("latest", pa.date32()),
        ]
    ),
    "case_months": pa.schema(
        [
            *_PLACED, pa.field("due_month", pa.string()),
            pa.field("cases", pa.int64()), pa.field("overdue", pa.int64()),
        ]
    ),
    "case_list": pa.schema(
        [
            pa.field("case_id", pa.string()), *_PLACED, pa.field("channel", pa.string()),
            *(pa.field(f"{done}_on", pa.date32()) for done in ("accepted", "due", "finished")),
            pa.field("as_of", pa.date32()), *HANDLING_FIELDS, pa.field("source_file", pa.string()),
        ]
    ),
}  # fmt: skip
SOURCE_NAMES = frozenset(field.name for field in SOURCE_FIELDS)
WRITTEN_NAMES = ("district", "department", "member")


def schema(dataset: Dataset) -> pa.Schema:
    """The stored schema: a measure becomes value, text and qualifier; a name keeps its text."""
    fields = []
    for column in dataset.columns:
        if column.kind == "qualifier":
            continue
        if column.kind == "measure":
            fields += [
                pa.field(column.name, FIGURE_TYPE),
                pa.field(f"{column.name}_text", pa.string()),
                pa.field(f"{column.name}_qualifier", pa.string()),
            ]
            continue
        fields.append(pa.field(column.name, _ARROW.get(column.kind, pa.string())))
        if column.kind in WRITTEN_NAMES:
            fields.append(pa.field(f"{column.name}_text", pa.string()))
    return pa.schema(fields + SOURCE_FIELDS)


def stored_schemas() -> dict[str, pa.Schema]:
    """Table of a release > its columns: those of the datasets, with what is worked out, and the summed."""
    found = {dataset.id: schema(dataset) for dataset in DATASETS}
    found[CASES.id] = pa.schema([*found[CASES.id], *HANDLING_FIELDS])
    return found | SUMMARY_SCHEMAS


def stored_names(column: Column) -> tuple[str, ...]:
    """The stored fields of a declared column."""
    if column.kind == "measure":
        return (column.name, f"{column.name}_text", f"{column.name}_qualifier")
    if column.kind == "qualifier":
        return ()
    if column.kind in WRITTEN_NAMES:
        return (column.name, f"{column.name}_text")
    return (column.name,)


def plain(table: pa.Table) -> pa.Table:
    """The table with dictionaries, as large tables keep their texts, made plain columns."""
    fields = [
        f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f
        for f in table.schema
    ]
    return table.cast(pa.schema(fields))


def follows(found: pa.Schema, dataset: Dataset) -> bool:
    """Whether a table's columns are those of the dataset; texts may be kept as dictionaries."""
    wanted = schema(dataset)
    return found.names == wanted.names and all(
        f.type == field.type
        or (pa.types.is_dictionary(f.type) and f.type.value_type == field.type == pa.string())
        for f, field in zip(found, wanted, strict=True)
    )
