"""A drop folder of invented cases: the same in every format, one file a period, whole or not there."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq
import pytest

from lib.catalog.datasets import CASES
from lib.catalog.periods import parse_period
from lib.demo.cases import MARK
from lib.demo.drawn import CHUNK_ROWS, chunks
from lib.demo.folder import Kind, fill
from lib.demo.parquet import write_parquet
from lib.intake.schema import plain


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_rows_are_split_over_the_periods(tmp_path: Path) -> None:
    files = fill(tmp_path / "drop", 1_001, ["2021H2", "2022H1"])
    assert [path.name for path in files] == names(tmp_path / "drop")
    assert names(tmp_path / "drop") == [
        "演示数据_网办办件_2021H2.parquet", "演示数据_网办办件_2022H1.parquet",
    ]  # fmt: skip
    held = [plain(pq.read_table(path)) for path in files]
    assert [len(table) for table in held] == [500, 501]
    assert [table["期次"].unique().to_pylist() for table in held] == [["2021H2"], ["2022H1"]]
    assert {mark for table in held for mark in table["备注"].to_pylist()} == {MARK}
    both = pa.concat_tables(held)["办件编号"]
    assert len(both.unique()) == 1_001


def test_parquet_holds_the_cells_of_the_csv(tmp_path: Path) -> None:
    rows = CHUNK_ROWS + 700
    (binary,) = fill(tmp_path / "a", rows, ["2022H1"])
    (text,) = fill(tmp_path / "b", rows, ["2022H1"], "csv")
    read = plain(pq.read_table(binary))
    dates = {column.label: pa.date32() for column in CASES.columns if column.kind == "date"}
    types = {column.label: dates.get(column.label, pa.string()) for column in CASES.columns}
    options = pc.ConvertOptions(column_types=types, null_values=[""])
    assert read.equals(pc.read_csv(text, convert_options=options))
    assert pq.ParquetFile(binary).num_row_groups == 2


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_same_arguments_give_the_same_bytes(tmp_path: Path, kind: Kind) -> None:
    one, other, more = (
        [path.read_bytes() for path in fill(tmp_path / name, rows, kind=kind)]
        for name, rows in (("a", 400), ("b", 400), ("c", 401))
    )
    assert one == other
    assert one != more


def test_no_more_than_a_chunk_is_ever_held() -> None:
    span = parse_period("2022H1")
    assert span is not None
    first = next(chunks(10**12, span))
    assert len(first.accepted) == CHUNK_ROWS


@pytest.mark.parametrize("kind", ["parquet", "csv"])
@pytest.mark.parametrize("there", [True, False])
def test_a_stop_leaves_nothing(tmp_path: Path, kind: Kind, there: bool) -> None:
    out = tmp_path / "drop"
    if there:
        out.mkdir()
    told = list[int]()

    def stop(rows: int) -> None:
        told.append(rows)
        if len(told) == 3:  # in the second file, the first is whole
            assert len(names(out)) == 2
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(out, 4 * CHUNK_ROWS, kind=kind, told=stop)
    assert told == [CHUNK_ROWS] * 3
    assert out.exists() == there
    assert list(tmp_path.rglob("*")) == ([out] if there else [])


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("x")
    with pytest.raises(FileExistsError):
        fill(tmp_path, 10)
    assert names(tmp_path) == ["real.csv"]


def test_an_unknown_period_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no such period"):
        write_parquet(tmp_path / "x.parquet", 1, period="2022H3")
    with pytest.raises(ValueError, match="no such period"):
        fill(tmp_path / "drop", 10, ["2022H1", "2022H3"])
    assert names(tmp_path) == []
