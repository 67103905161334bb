"""Releases: who published what, when and why, and whether its files are whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from lib.answers.fields import Field, Row, maybe, text
from lib.answers.nature import NATURE
from lib.catalog.demo import DEMO_MARK
from lib.clock import CHINA
from lib.store.integrity import summary
from lib.store.lake import Lake
from lib.store.release import Kind, Release

_SOURCE = (
    text("file", "文件名"),
    maybe("sheet", "工作表"),
    text("sha256", "文件的 SHA-256"),
    text("dataset", "数据集编号"),
    Field("rows", "integer", "读入的行数"),
    Field("periods", "texts", "文件里的期次"),
    maybe("mode", "发布方式"),
    maybe("sender", "报送单位的编号"),
    Field("synthetic", "flag", f"是否{DEMO_MARK}"),
)
RELEASE = (
    text("id", "数据版本"),
    Field("created_at", "moment", "发布时间（北京）"),
    text("kind", "怎样产生：初始化、发布或回退", *(kind for kind in get_args(Kind) if kind != "proposal")),
    text("by", "操作岗位"),
    maybe("note", "说明"),
    Field("periods", "texts", "所含的期次，从早到晚"),
    Field("rows", "counts", "数据集编号 > 行数"),
    maybe("parent", "上一版本"),
    Field("contents", "hashes", "数据集/期次 > 内容的 SHA-256"),
    Field("sources", "rows", "由哪些文件产生", of=_SOURCE),
    Field("issues", "counts", "问题的严重程度 > 个数"),
    maybe("reviewed_by", "复核岗位"),
    Field("synthetic", "texts", f"含{DEMO_MARK}的期次"),
    maybe("restored", "回退到的版本"),
    Field("live", "flag", "是否线上的版本：不指明版本时答的就是它"),
    maybe("damage", "文件损坏的情况；完好为空"),
    NATURE,
)  # fmt: skip


def release_rows(lake: Lake, releases: Sequence[Release]) -> list[Row]:
    """One row per release."""
    live = lake.live()
    return [_release_row(lake, release, live) for release in releases]


def _release_row(lake: Lake, release: Release, live: Release | None) -> Row:
    damage = lake.damage(release)
    return {
        "id": release.id,
        "created_at": release.created_at.astimezone(CHINA).replace(microsecond=0),
        "kind": release.kind,
        "by": release.by,
        "note": release.note or None,
        "periods": release.periods,
        "rows": release.rows,
        "parent": release.parent,
        "contents": release.contents,
        "sources": [_source_row(source) for source in release.sources],
        "issues": release.issues,
        "reviewed_by": release.reviewed_by or None,
        "synthetic": release.synthetic,
        "restored": release.restored or None,
        "live": live is not None and release.id == live.id,
        "damage": summary(damage) if damage else None,
        "nature": DEMO_MARK if release.synthetic_parts else None,
    }


def _source_row(source: Mapping[str, Any]) -> Row:
    """A file of a release; early releases did not note everything."""
    return {
        "file": source["file"], "sheet": source.get("sheet") or None, "sha256": source["sha256"],
        "dataset": source["dataset"], "rows": source["rows"], "periods": source.get("periods", []),
        "mode": source.get("mode") or None, "sender": source.get("sender") or None,
        "synthetic": bool(source.get("synthetic")),
    }  # fmt: skip
