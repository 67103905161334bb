"""畅通办专员: trained against the goal."""

import streamlit as st

from lib import markup, widgets
from lib.views.staff import staff, staff_progress

selection = widgets.current_selection()
widgets.title("“畅通办”专员", "全年目标是下界（不少于），完成率可以超过100%。")

progress = staff_progress(selection)
if progress is None:
    widgets.empty("本期没有专员数据。请换一个期次，或到“填报模板”下载“畅通办专员”模板报送。")
    widgets.done()

st.html(markup.standing(progress))
widgets.exhibit(staff(selection))
st.html(
    markup.note("蓝条：已培育；实线：目标；虚线：序时进度应达人数。")
    + markup.beside_standing(progress)
)
