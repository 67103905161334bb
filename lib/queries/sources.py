"""Where a fact came from: the released row it stands in, and the release that brought it."""

from __future__ import annotations

import pyarrow.compute as pc

from lib.catalog.datasets import DATASET_BY_ID
from lib.intake.schema import SOURCE_NAMES
from lib.intake.templates import template_rows
from lib.queries.facts import Fact
from lib.queries.release import opened_release
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import Release


def released_row(release_id: str, fact: Fact) -> list[tuple[str, str]]:
    """(column, text) of the released row a fact stands in, as in the upload template."""
    dataset = DATASET_BY_ID[fact.dataset]
    stored = Lake(lake_dir()).tables(opened_release(release_id)).get((dataset.id, fact.period))
    if stored is None:
        return []
    rows = stored.read()
    for name in SOURCE_NAMES & {"source_file", "source_row", "source_sha256"}:
        value = getattr(fact, name)
        rows = rows.filter(pc.is_null(rows[name]) if value is None else pc.equal(rows[name], value))
    lines = template_rows(dataset, rows)
    labels = [column.label for column in dataset.columns]
    return list(zip(labels, lines[0], strict=True)) if lines else []


def brought_by(release_id: str, fact: Fact) -> Release | None:
    """The first release, up to the one in view, that was made from the fact's file."""
    shown = opened_release(release_id)
    earlier = [r for r in Lake(lake_dir()).releases() if r.number <= shown.number]
    for release in (*reversed(earlier), shown):
        if any(source["sha256"] == fact.source_sha256 for source in release.sources):
            return release
    return None


def kept_original(fact: Fact) -> bytes | None:
    """The file a fact was read from as kept (without personal data), where it was kept."""
    if fact.source_sha256 is None:
        return None
    return Lake(lake_dir()).uploads.read(fact.source_sha256)
