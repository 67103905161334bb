"""服务阵地: sites in scope and completed, by level and district."""

import streamlit as st

from lib import widgets
from lib.insight.table import table_of
from lib.insight.wording import number
from lib.views.centers import center_lines, centers

selection = widgets.current_selection()
st.title("服务阵地")
st.caption(
    "四级服务站点的功能完善和服务提升。提升数是列入范围的个数，不是完成数；站点按层级统计，名称随期次变化。"
)

lines = center_lines(selection)
if not lines:
    widgets.empty("本期没有服务阵地数据。请换一个期次，或到“填报模板”下载“服务阵地”模板报送。")
    widgets.done()

st.subheader("全市进度")
widgets.table(
    table_of(
        [
            {
                "层级": line.level.tier,
                "站点": line.name,
                "计划数": number(line.planned),
                "提升数（所称）": number(line.upgraded),
                "提升数（所选地区合计）": number(line.detail_sum),
                "完成数": number(line.completed),
                "状态": str(line.light) if line.completed is not None else "—",
            }
            for line in lines
        ]
    )
)
st.caption(f"完成数与截至{lines[0].as_of_text}的序时进度比较；便利站完成数只有全市数，分区未报送。")

widgets.exhibit(centers(selection))
