"""A large file on disk, read in a child: in columns, step by step, without what it does not need."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from lib.demo.cases import write_cases
from lib.intake.child.sandbox import read_upload
from lib.intake.files.limits import BULK_BYTES, UPLOAD
from lib.intake.reading import read_file
from lib.intake.schema import follows, plain, schema
from lib.store.lake import Lake

ROWS = 40_000
NAME = "演示数据_网办办件.csv"


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More than the size from which on a text is read in columns."""
    path = tmp_path_factory.mktemp("cases") / NAME
    write_cases(path, ROWS)
    assert path.stat().st_size > BULK_BYTES
    return path


def test_a_large_file_comes_back_from_the_child_as_dictionaries(cases: Path) -> None:
    steps: list[tuple[str, float]] = []
    reading = read_upload(cases, NAME, progress=lambda stage, done: steps.append((stage, done)))
    assert [stage for stage, _ in steps] == ["识别文件", "解码", "定位表头", "读取", "核对"]
    assert [done for _, done in steps] == sorted(done for _, done in steps)
    assert [(issue.code, issue.severity) for issue in reading.issues] == [("ENCODING", "说明")]
    (draft,) = reading.drafts
    assert draft.table is not None
    assert draft.dataset is not None
    assert len(draft.table) == ROWS
    assert draft.periods == ("2022H1",)
    assert draft.table.schema.field("district").type == pa.dictionary(pa.int8(), pa.string())
    assert draft.table.schema.field("case_id").type == pa.string()
    assert plain(draft.table).schema == schema(draft.dataset)
    here = read_file(cases, NAME)
    assert draft.table.equals(here.drafts[0].table)
    assert (reading.sha256, reading.encoding, reading.sheets) == (
        here.sha256,
        here.encoding,
        here.sheets,
    )


def test_a_large_file_has_the_same_rows_either_way(cases: Path) -> None:
    head = b"".join(cases.read_bytes().splitlines(keepends=True)[:2_000])
    one, two = (read_file(head, NAME, bulk_bytes=size).drafts[0] for size in (0, len(head) + 1))
    assert one.table is not None
    assert plain(one.table).equals(two.table)
    assert one.issues == two.issues


def test_one_odd_row_of_a_large_file_is_named(cases: Path, tmp_path: Path) -> None:
    lines = cases.read_bytes().splitlines(keepends=True)
    lines[30_000] = b"2022H1,1\r\n"
    path = tmp_path / NAME
    path.write_bytes(b"".join([*lines, "填表人：张三\r\n".encode("gb18030")]))
    reading = read_upload(path, NAME)
    assert [(issue.code, issue.row) for issue in reading.issues] == [
        ("WIDTH", 30_001), ("PERSONAL", ROWS + 2), ("ENCODING", None),
    ]  # fmt: skip
    assert reading.kept is not None
    assert "张三".encode("gb18030") not in reading.kept
    assert reading.drafts[0].table is not None
    assert len(reading.drafts[0].table) == ROWS - 1


def test_a_table_with_too_many_rows_is_refused(cases: Path) -> None:
    reading = read_upload(cases, NAME, limits=replace(UPLOAD, rows=30_000))
    assert [issue.code for issue in reading.issues] == ["FILE_SIZE"]
    assert "30,000行" in reading.issues[0].message


def test_a_file_is_found_by_a_relative_path(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(cases.parent)
    assert read_upload(Path(NAME), NAME).drafts


def test_a_large_table_can_be_released(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    release = Lake(tmp_path / "lake").publish(list(read_file(cases, NAME).drafts), by="测试")
    assert release.rows["cases"] == ROWS


def test_the_child_never_loads_pandas() -> None:
    code = (
        "import sys; from lib.intake.child.worker import WithoutPandas; "
        "sys.meta_path.insert(0, WithoutPandas()); import pyarrow; pyarrow.array([1]); "
        "from lib.intake import reading; print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_only_texts_may_be_dictionaries(cases: Path) -> None:
    (draft,) = read_file(cases, NAME).drafts
    assert draft.table is not None
    assert draft.dataset is not None
    table = draft.table
    assert follows(table.schema, draft.dataset)
    days = table.set_column(8, "accepted_on", table["accepted_on"].dictionary_encode())
    assert not follows(days.schema, draft.dataset)
    codes = table.set_column(0, "period", table["period"].cast(pa.large_string()))
    assert not follows(codes.schema, draft.dataset)
    assert not follows(table.drop_columns("note").schema, draft.dataset)
