"""图表样例: every kind of chart on made-up rows, as living documentation. Reached by its address only."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.demo import DEMO_MARK
from lib.charts import KINDS, spec, with_rows
from lib.charts.samples import SAMPLES
from lib.insight.table import table

widgets.title(
    "图表样例", f"{DEMO_MARK}：本页的数字都是编造的，只用来看每种图怎样表示确数、界限和缺数。"
)
for kind, made in KINDS.items():
    sample = SAMPLES[kind]
    st.html(markup.heading(made.name, f"{DEMO_MARK}｜{kind}") + markup.reading(sample.shows))
    left, right = st.columns([3, 2], gap="medium")
    with right:  # sent first, as on every page
        rows = (
            [str(v) if v is not None else "—" for v in row.values()]
            for row in sample.rows.to_pylist()
        )
        widgets.table(table(sample.rows.column_names, rows))
    drawn = spec(kind, widgets.is_dark(), sample.options)
    with left:
        st.vega_lite_chart(spec=with_rows(drawn, sample.rows), key=f"sample-{kind}", alt=made.name)

with st.expander("图的定义（Vega-Lite）", key="specs", on_change="rerun") as opened:
    if opened.open:
        for kind, made in KINDS.items():
            st.html(markup.heading(made.name, kind))
            st.json(spec(kind, widgets.is_dark(), SAMPLES[kind].options), expanded=1)
