"""Cases in the lake: their summed tables, which follow the rows of every release and nothing else."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lib.catalog.handling import ATTENTION, PASSED
from lib.intake.cases.computed import SUMMARIES
from lib.settings import lake_dir
from lib.store.durable import beside
from lib.store.lake import Lake, PublishError
from lib.store.release import Release
from lib.submission import differences, propose_drop
from tests.caseload import case, release_cases, release_folder, write_rows
from tests.drafts import draft_from_file


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """An empty lake that takes made-up rows."""
    monkeypatch.setenv("TONGBAO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("TONGBAO_DEMO", "1")
    return Lake(lake_dir())


def table(lake: Lake, release: Release, name: str, period: str = "2022H1") -> pa.Table:
    paths = lake.parts(release)[name, period]
    return pa.concat_tables(
        [pq.ParquetFile(path).read() for path in paths], promote_options="permissive"
    )


def test_the_summed_tables_are_those_of_the_rows(lake: Lake, tmp_path: Path) -> None:
    release = release_cases(tmp_path / "drop", rows=4_000)
    rows = table(lake, release, "cases").to_pylist()
    assert len(rows) == 4_000 == release.rows["cases"]
    grain = ("district", "department", "item", "channel", "status", "days")
    counted = Counter(tuple(row[name] for name in grain) for row in rows)
    cube = table(lake, release, "case_cube").to_pylist()
    assert {tuple(row[name] for name in grain): row["cases"] for row in cube} == counted
    months: Counter[tuple[str, ...]] = Counter()
    late: Counter[tuple[str, ...]] = Counter()
    for row in rows:
        if row["status"] != "returned":
            key = (row["district"], row["department"], row["item"], f"{row['due_on']:%Y-%m}")
            months[key] += 1
            late[key] += row["status"] in PASSED
    found = {
        (r["district"], r["department"], r["item"], r["due_month"]): (r["cases"], r["overdue"])
        for r in table(lake, release, "case_months").to_pylist()
    }
    assert found == {key: (months[key], late[key]) for key in months}
    assert sum(late.values()) > 0


def test_a_period_that_did_not_change_is_not_summed_again(lake: Lake, tmp_path: Path) -> None:
    first = release_cases(tmp_path / "one", period="2021H2")
    second = release_cases(tmp_path / "two", period="2022H1")
    for name in ("cases", *SUMMARIES):
        before, after = lake.parts(first), lake.parts(second)
        assert before[name, "2021H2"] == after[name, "2021H2"]
        assert (name, "2022H1") in after
        assert (name, "2022H1") not in before


def test_the_same_cases_again_make_no_release(lake: Lake, tmp_path: Path) -> None:
    release = release_cases(tmp_path / "drop")
    assert release_folder(tmp_path / "drop").id == release.id


def test_an_upload_of_cases_is_summed_too(lake: Lake, tmp_path: Path) -> None:
    write_rows(tmp_path / "a.csv", [case(n) for n in range(7)])
    release = lake.publish([draft_from_file(tmp_path / "a.csv")], by="测试岗")
    assert [row["cases"] for row in table(lake, release, "case_cube").to_pylist()] == [7]
    proposal = lake.propose([draft_from_file(tmp_path / "a.csv")], by="测试岗", mode="merge")
    preview = lake.opened(proposal.id)
    assert preview is not None
    assert table(lake, preview, "case_cube").num_rows == 1


def test_those_that_need_attention_are_listed_one_by_one(lake: Lake, tmp_path: Path) -> None:
    release = release_cases(tmp_path / "drop")
    listed = table(lake, release, "case_list")
    rows = {row["case_id"]: row for row in table(lake, release, "cases").to_pylist()}
    wanted = {number for number, row in rows.items() if row["status"] in ATTENTION}
    assert set(listed["case_id"].to_pylist()) == wanted
    assert wanted
    for row in listed.to_pylist():
        assert {name: rows[row["case_id"]][name] for name in row} == row
    order = [(row["status"], row["department"]) for row in listed.to_pylist()]
    assert order == sorted(order)


def test_damage_to_a_summed_table_is_found(lake: Lake, tmp_path: Path) -> None:
    release = release_cases(tmp_path / "drop")
    path = Path(lake.parts(release)["case_cube", "2022H1"][0])
    assert not lake.damage(release)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert "case_cube" in lake.damage(release)[0].file


def test_a_rollback_brings_the_summed_tables_back(lake: Lake, tmp_path: Path) -> None:
    first = release_cases(tmp_path / "one", rows=500)
    release_cases(tmp_path / "two", rows=700)
    back = lake.rollback(first.id, by="测试岗", note="试")
    assert lake.parts(back) == lake.parts(first)


def test_made_up_cases_need_leave(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TONGBAO_DEMO")
    with pytest.raises(PublishError, match="演示数据"):
        release_cases(tmp_path / "drop")
    assert os.listdir(lake.proposals_dir) == []


def test_a_stop_leaves_nothing(lake: Lake, tmp_path: Path) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(1)])

    def stop(stage: str, _share: float) -> None:
        if stage.startswith("汇总"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        propose_drop(tmp_path / "drop", by="测试岗", progress=stop)
    assert os.listdir(lake.proposals_dir) == []
    assert lake.proposals() == []


def test_a_clean_up_leaves_work_that_goes_on_alone(lake: Lake) -> None:
    with lake.workspace() as workspace:
        (workspace / "result").mkdir()
        assert lake.repair() == []
        assert (workspace / "result").is_dir()
    assert not workspace.exists()
    workspace.mkdir()
    beside(workspace).touch()  # as a crash leaves it
    assert len(lake.repair()) == 2
    assert not workspace.exists()


def test_damage_to_a_proposal_is_found_before_it_is_published(lake: Lake, tmp_path: Path) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(n) for n in range(50)])
    proposal, _ = propose_drop(tmp_path / "drop", by="测试岗")
    assert proposal is not None
    path = lake.proposals_dir / proposal.id / "result/case_cube/period=2022H1/part.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"liyang", b"jintan"))
    with pytest.raises(PublishError, match="损坏"):
        lake.publish_proposal(proposal.id, by="测试岗")
    path.write_bytes(whole)
    lake.publish_proposal(proposal.id, by="测试岗")


def test_a_dropped_period_is_only_replaced_as_a_whole(lake: Lake, tmp_path: Path) -> None:
    write_rows(tmp_path / "drop" / "a.csv", [case(n) for n in range(5)])
    release_folder(tmp_path / "drop")
    upload = draft_from_file(tmp_path / "drop" / "a.csv")
    with pytest.raises(PublishError, match="整期替换"):
        lake.propose([upload], by="测试岗", mode="merge")
    assert lake.propose([upload], by="测试岗", mode="replace").parts[0].rows == 5


def test_what_is_too_large_is_counted_not_compared(
    lake: Lake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lib.compare.MOST_COMPARED", 5)
    write_rows(tmp_path / "drop" / "a.csv", [case(n) for n in range(6)])
    proposal, _ = propose_drop(tmp_path / "drop", by="测试岗")
    assert proposal is not None
    (part,) = differences(None, proposal.id)
    assert (part.diff.before, part.diff.after) == (0, 6)
