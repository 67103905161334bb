"""服务阵地: sites in scope and completed, by level and district."""

import streamlit as st

from lib import markup, widgets
from lib.panels import sections
from lib.runtime import pacing
from lib.views.centers import center_progress, centers
from lib.views.tile_map import SITES, reading, tile_map

selection = widgets.current_selection()
widgets.title(
    "服务阵地",
    "四级服务站点的功能完善和服务提升。提升数是列入范围的个数，不是完成数；站点按层级统计，名称随期次变化。",
)
progress, scope = center_progress(selection), centers(selection)
if progress.empty and scope.empty:
    widgets.empty("本期没有服务阵地数据。请换一个期次，或到“填报模板”下载“服务阵地”模板报送。")
    widgets.done()

widgets.exhibit(progress, widths=(2, 3))
widgets.exhibit(scope, widths=(1, 1))
tiles = tile_map(selection, SITES)
pacing.after_charts()
st.html(markup.heading("各地区位置", "点一块只看这个地区，再点一次看全部"))
st.html(markup.tile_map(tiles, reading(tiles, SITES), selection))
sections.show("centers")
