"""对比与趋势: any metric over the periods and across places; unlike bases are refused with the reason."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.metrics import METRIC_BY_ID, metric_name
from lib.runtime import pacing
from lib.views.trends import most_told, offered, trend

selection = widgets.current_selection()
widgets.title(
    "对比与趋势",
    "环比：比上一个同样长的期次；同比：比上年同期。口径、时长、单位不同或只有界限的不比，并说明原因。",
)
metrics = offered(selection.release_id)
if not metrics:
    widgets.empty("本版本还没有数据。请到“填报模板”下载模板报送。")
    widgets.done()

names = {m: metric_name(m, selection.period) for m in metrics}
box = st.container()
chosen = widgets.choice_in_address(
    "metric", names, most_told(selection.release_id, selection.period)
)
shown = trend(selection, chosen)
widgets.exhibit(shown.exhibit, widths=())
pacing.after_charts()
with box:
    widgets.choose_in_address("指标", "metric", names)
notes = [f"不比：{sentence}" for sentence in shown.refusals]
notes.append(f"口径：{METRIC_BY_ID[chosen].definition}")
st.html("".join(map(markup.note, notes)))
