"""图表样例: every kind of chart on made-up rows, as living documentation. Reached by its address only."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.demo import DEMO_MARK
from lib.charts import KINDS, spec
from lib.charts.samples import SAMPLES
from lib.insight.table import table

widgets.title(
    "图表样例", f"{DEMO_MARK}：本页的数字都是编造的，只用来看每种图怎样表示确数、界限和缺数。"
)
for kind, made in KINDS.items():
    sample = SAMPLES[kind]
    st.html(markup.heading(made.name, f"{DEMO_MARK}｜{kind}"))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        drawn = spec(kind, widgets.is_dark(), sample.options)
        st.vega_lite_chart(sample.rows, drawn, key=f"sample-{kind}", alt=sample.shows)
        st.caption(sample.shows)
    with right:
        rows = (
            [str(v) if v is not None else "—" for v in row.values()]
            for row in sample.rows.to_pylist()
        )
        widgets.table(table(sample.rows.column_names, rows))
    with st.expander("图的定义（Vega-Lite）", key=f"spec-{kind}", on_change="rerun") as opened:
        if opened.open:
            st.json(drawn)
