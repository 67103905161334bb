"""填报模板: what to fill in, for every dataset."""

import streamlit as st

from lib import widgets
from lib.catalog.datasets import DATASETS
from lib.insight.table import table
from lib.intake.templates import csv_template, xlsx_template

st.title("填报模板")
st.caption(
    "按数据集下载模板填写。没有数据请留空，不要填0；数字按原文写，如 85.40、2.3万、不少于1000。"
)

for dataset in DATASETS:
    with st.container(border=True):
        text, buttons = st.columns([4, 1], vertical_alignment="center")
        text.markdown(f"**{dataset.name}**  \n{dataset.description}")
        buttons.download_button(
            "Excel模板", lambda d=dataset: xlsx_template(d), f"{dataset.name}模板.xlsx",
            key=f"xlsx-{dataset.id}", icon=":material/table:", width="stretch", on_click="ignore",
        )  # fmt: skip
        buttons.download_button(
            "CSV模板", lambda d=dataset: csv_template(d), f"{dataset.name}模板.csv",
            key=f"csv-{dataset.id}", icon=":material/csv:", width="stretch", on_click="ignore",
        )  # fmt: skip
        with st.expander("各列怎么填"):
            widgets.table(
                table(
                    ("列", "要求", "说明"),
                    ((c.label, "必填" if c.required else "可空", c.help) for c in dataset.columns),
                )
            )
