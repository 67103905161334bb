"""A lake written before `cases`, before some columns and before today's release fields."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable, write_deltalake

from lib.catalog.datasets import CASES, WARNINGS
from lib.intake.draft import Draft
from lib.intake.schema import schema
from lib.queries.facts import fact_book
from lib.queries.release import _open, ask
from lib.store.content import content_hash
from lib.store.lake import Lake
from tests.store.rows import draft, table

LATER = ["note", "source_sheet", "source_sha256"]
OLD_RELEASE = {
    "number": 1, "id": "R0001", "created_at": dt.datetime(2022, 8, 1, tzinfo=dt.UTC),
    "kind": "seed", "by": "初", "note": "", "parent": None,
    "versions": json.dumps({"warnings": 1}),
    "rows": json.dumps({"warnings": 2}), "periods": json.dumps(["2021H2", "2022H1"]),
    "sources": json.dumps([{"file": "a.csv", "sha256": "0", "dataset": "warnings", "rows": 2}]),
    "issues": "{}",
}  # fmt: skip


def case(number: str) -> Draft:
    row = {"period": "2022H1", "case_id": number, "item": "办证", "as_of": dt.date(2022, 6, 30)}
    return Draft("件.csv", "0" * 64, CASES, pa.Table.from_pylist([row], schema=schema(CASES)), ())


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """One release of two periods of warnings, as an older version of the app wrote it."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path))
    rows = table([("2021H2", "health", 4), ("2022H1", "education", 1)]).drop_columns(LATER)
    folder = tmp_path / "lake" / "warnings"
    DeltaTable.create(str(folder), rows.schema, partition_by=["period"], name="warnings")
    write_deltalake(str(folder), rows, mode="overwrite")
    parts = {p: rows.filter(pc.equal(rows["period"], p)) for p in ("2021H2", "2022H1")}
    contents = {f"warnings/{p}": content_hash(WARNINGS, part) for p, part in parts.items()}
    made = pa.Table.from_pylist([OLD_RELEASE | {"contents": json.dumps(contents)}])
    index = made.schema.get_field_index("parent")
    made = made.set_column(index, "parent", made["parent"].cast(pa.string()))
    write_deltalake(str(tmp_path / "lake" / "releases"), made)
    return Lake(tmp_path / "lake")


def notes(release_id: str) -> dict[str, str | None]:
    books = [fact_book(release_id, period) for period in ("2021H2", "2022H1")]
    return {fact.department: fact.note for book in books for fact in book}


def test_an_older_release_is_read_with_its_missing_fields_and_columns_empty(lake: Lake) -> None:
    release = lake.live()
    assert (release.id, release.synthetic, release.reviewed_by, release.restored) == (
        "R0001",
        [],
        "",
        "",
    )
    assert notes("R0001") == {"health": None, "education": None}
    assert ask("R0001", "center_scope", period="2022H1", districts=("jintan",)).num_rows == 0
    assert [len(part.read()) for part in lake.tables(release).values()] == [1, 1]


def test_the_next_release_adds_columns_and_keeps_the_old_files(lake: Lake) -> None:
    made = draft(("2022H1", "education", 2))
    made = Draft(**{**vars(made), "table": table([("2022H1", "education", 2)], note="更正")})
    release = lake.publish([made], by="张三")
    assert (release.id, release.rows["warnings"]) == ("R0002", 2)
    assert notes("R0002") == {"health": None, "education": "更正"}
    assert notes("R0001") == {"health": None, "education": None}
    assert [r.id for r in Lake(lake.path).releases()] == ["R0002", "R0001"]
    assert Lake(lake.path).live() == release
    kept = DeltaTable(str(lake.path / "warnings"))
    assert {field.name for field in kept.schema().fields} == set(schema(WARNINGS).names)


def test_a_dataset_declared_later_is_made_by_its_first_release_and_rolled_back(lake: Lake) -> None:
    first = lake.publish([case("A1")], by="张三")
    assert (first.versions["cases"], first.rows["cases"]) == (1, 1)
    back = lake.rollback("R0001", by="张三", note="")
    assert "cases" not in back.versions
    again = lake.publish([case("A2"), draft(("2022H1", "education", 5))], by="张三")
    engine = _open(lake.path, again.id)[1]
    assert engine.run("SELECT case_id, note FROM cases").to_pylist() == [
        {"case_id": "A2", "note": None}
    ]
    assert lake.repair() == []


def test_a_merge_into_an_older_part_keeps_its_rows(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "finance", 3))], by="张三", mode="add")
    assert set(notes(made.id)) == {"health", "education", "finance"}
    assert set(notes(lake.publish_proposal(made.id, by="张三").id)) == {
        "health",
        "education",
        "finance",
    }


def test_the_older_table_of_releases_takes_todays_fields(lake: Lake) -> None:
    made = lake.propose([draft(("2022H1", "finance", 3))], by="张三", mode="add")
    lake.submit(made.id, "张三")
    lake.publish_proposal(made.id, by="李四", review=True)
    first, second = Lake(lake.path).releases()[::-1]
    assert (first.by, first.reviewed_by, first.proposal) == ("初", "", "")
    assert (second.by, second.reviewed_by, second.proposal) == ("张三", "李四", made.id)
