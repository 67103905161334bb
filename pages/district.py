"""辖区画像: one district's figures, position, lists and highlights; all districts on a map before one is chosen."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.places import DISTRICT_IDS
from lib.panels import profile as panel
from lib.views.compared import districts_compared
from lib.views.profile import profile
from lib.views.tile_map import MEASURES, reading, tile_map

selection = widgets.current_selection()
chosen = selection.chosen_districts

if len(chosen) == 1:
    panel.show(profile(selection, chosen[0]), DISTRICT_IDS)
    widgets.done()

st.html(
    widgets.takeaway()
    + markup.title(
        "辖区画像", "点地图上的一块或表中的地区名，看这个地区的全部数字、位次、名单和亮点。"
    )
)
measure = st.segmented_control(
    "地图显示", list(MEASURES), default="sites", format_func=MEASURES.__getitem__,
    key="map_measure", required=True,
)  # fmt: skip
tiles = tile_map(selection, measure)
st.html(markup.tile_map(tiles, reading(tiles, measure), selection))
widgets.exhibit(districts_compared(selection))
