"""One publish over two tables, and the checks that must hold whatever happened to it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from lib.catalog.datasets import DATASET_BY_ID
from lib.store.content import content_hash
from lib.store.lake import Lake
from lib.store.release import Release
from tests.store.rows import draft, staff

ORIGINAL = "期次,部门,预警件数\n".encode()
OLD = {"education": "1", "health": "2"}
NEW = {"education": "31", "health": "2"}


def prepare(folder: Path) -> None:
    """R0001: two periods of warnings and one row of staff."""
    lake = Lake(folder / "lake")
    rows = [("2022H1", place, int(count)) for place, count in OLD.items()]
    lake.publish([draft(*rows, ("2021H2", "health", 4)), staff("2022H1", 5)], by="初")


def publish(lake: Lake) -> None:
    """R0002: one warning corrected, a new period of them, and another number of staff."""
    drafts = [
        draft(("2022H1", "education", 31), ("2022H2", "health", 9)),
        staff("2022H1", 6),
    ]
    kept = {sha256(ORIGINAL).hexdigest(): ORIGINAL}
    made = lake.propose(drafts, by="张三", mode="merge", originals=kept)
    lake.publish_proposal(made.id, by="张三")


def problems(lake: Lake, claimed: bool, repaired: bool) -> list[str]:
    """What is wrong after a publish was hit: nothing may be, whether it happened or not.

    claimed: the publish said that it succeeded;  repaired: clean up first, as a start does
    """
    found = [line for release in lake.releases() for line in torn(lake, release)]
    ids = [release.id for release in lake.releases()]
    if ids not in (["R0001"], ["R0002", "R0001"]):
        found.append(f"releases {ids}")
    if claimed and ids[0] != "R0002":
        found.append("success was claimed, nothing was published")
    if contents(lake, lake.live()) != (NEW if ids[0] == "R0002" else OLD):
        found.append("neither the old figures nor the new")
    for proposal in lake.proposals():
        opened = lake.opened(proposal.id)
        found += [f"{proposal.state} {line}" for line in torn(lake, opened)]
    if claimed and lake.uploads.read(sha256(ORIGINAL).hexdigest()) != ORIGINAL:
        found.append("the original was not kept")
    if repaired:
        lake.repair()
    found += after(lake, len(ids))
    return found


def after(lake: Lake, releases: int) -> list[str]:
    """What is wrong with the next publish, and with what is lying about after a clean-up."""
    made = lake.publish([draft(("2022H1", "education", 50))], by="李四", mode="merge")
    found = torn(lake, made)
    if (made.number, len(lake.releases())) != (releases + 1, releases + 1):
        found.append(f"the next release is {made.id} of {len(lake.releases())}")
    if contents(lake, made) != {**OLD, "education": "50"}:
        found.append("the next publish did not do what it was asked")
    lake.repair()
    again = lake.repair()
    strays = [path.name for path in lake.path.parent.rglob(".tmp-*")]
    return found + [f"left lying about: {name}" for name in (*again, *strays)]


def torn(lake: Lake, release: Release | None) -> list[str]:
    """Where a release is not whole: its files against the hashes and counts in its row."""
    if release is None:
        return ["a proposal does not open"]
    parts = lake.parts(release)
    named = {f"{dataset}/{period}" for dataset, period in parts}
    if named != set(release.contents):
        return [f"{release.id} names {sorted(named)}, has {sorted(release.contents)}"]
    rows = dict.fromkeys(release.rows, 0)
    found = []
    for (dataset, period), stored in lake.tables(release).items():
        table = stored.read()
        rows[dataset] += len(table)
        if content_hash(DATASET_BY_ID[dataset], table) != stored.digest:
            found.append(f"{release.id} {dataset}/{period} is not what was released")
    return found + ([f"{release.id} counts {release.rows}"] if rows != release.rows else [])


def contents(lake: Lake, release: Release | None) -> dict[str, str]:
    """Department > 预警件数 of 2022H1."""
    assert release is not None
    table = lake.tables(release)["warnings", "2022H1"].read()
    return dict(
        zip(table["department"].to_pylist(), table["warning_text"].to_pylist(), strict=True)
    )
