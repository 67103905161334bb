"""快照版本: every release, who made it, when, why, and from which files."""

import streamlit as st

from lib import widgets
from lib.catalog.datasets import DATASET_BY_ID
from lib.insight.table import table, table_of
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import CHINA

selection = widgets.current_selection()
st.title("快照版本")
st.caption("每次发布都留一个版本，旧版本不删除，可随时在左侧“数据版本”中打开查看。")

KINDS = {"seed": "初始化", "publish": "发布", "rollback": "回退"}
releases = Lake(lake_dir()).releases()
widgets.table(
    table_of(
        [
            {
                "版本": r.id,
                "时间（北京）": f"{r.created_at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
                "方式": KINDS[r.kind],
                "发布人": r.by,
                "说明": r.note,
                "期次": "、".join(r.periods),
                "行数": str(sum(r.rows.values())),
                "上一版本": r.parent or "—",
            }
            for r in releases
        ]
    )
)
current = next(r for r in releases if r.id == selection.release_id)
st.subheader(f"版本 {current.id} 的来源文件")
widgets.table(
    table(
        ("数据集", "文件", "行数", "SHA-256"),
        (
            (DATASET_BY_ID[s["dataset"]].name, s["file"], str(s["rows"]), s["sha256"])
            for s in current.sources
        ),
    )
)
