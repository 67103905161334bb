"""填报模板: what to fill in, for every dataset, empty or with what is live."""

import streamlit as st

from lib import visitor, widgets
from lib.catalog.datasets import DATASETS, Dataset
from lib.insight.table import table
from lib.intake.templates import csv_template, gb18030_template, template_rows, xlsx_template
from lib.queries.release import opened_release
from lib.settings import lake_dir
from lib.store.content import known_by_files
from lib.store.lake import Lake

MAKERS = {
    "Excel": (xlsx_template, "xlsx"),
    "CSV": (csv_template, "csv"),
    "CSV（GB18030，老软件用）": (gb18030_template, "csv"),
}
selection = widgets.current_selection()
release = opened_release(selection.release_id)


def filled(dataset: Dataset) -> list[list[str]]:
    """The rows of the release in view as in a template."""
    return template_rows(
        dataset, Lake(lake_dir()).tables(release)[dataset.id, selection.period].read()
    )


widgets.title(
    "填报模板",
    "按数据集下载模板填写。没有数据请留空，不要填0；数字按原文写，如 85.40、2.3万、不少于1000。",
    alone=True,
)
form = st.segmented_control(
    "格式", list(MAKERS), default="Excel", key="template_format", required=True
)
maker, suffix = MAKERS[form]

for dataset in DATASETS:
    held = release.contents.get(f"{dataset.id}/{selection.period}")
    with st.container(border=True):
        text, buttons = st.columns([4, 1], vertical_alignment="center")
        text.markdown(f"**{dataset.name}**  \n{dataset.description}")
        buttons.download_button(
            "空白模板", lambda d=dataset: maker(d), f"{dataset.name}模板.{suffix}",
            key=f"empty-{dataset.id}", icon=":material/table:", width="stretch", on_click="ignore",
        )  # fmt: skip
        if held and known_by_files(held):
            text.caption("已有数据由投放文件夹整期发布，请在投放的文件里改正后重新投放。")
        elif held:
            name = f"{dataset.name}-{selection.period}-{selection.release_id}.{suffix}"
            buttons.download_button(
                "已有数据",
                visitor.taken(
                    lambda d=dataset: maker(d, filled(d)), name, selection.release_id
                ),
                name, key=f"filled-{dataset.id}",
                icon=":material/download:", width="stretch", on_click="ignore",
            )  # fmt: skip
        with st.expander("各列怎么填"):
            columns = (
                (c.label, "必填" if c.required else "可空", c.unit, c.help, example)
                for c, example in zip(dataset.columns, dataset.example, strict=True)
            )
            widgets.table(table(("列", "要求", "单位", "说明", "示例"), columns))
