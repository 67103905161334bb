"""辖区画像: one district's figures, position, lists and highlights; before one is chosen, all side by side."""

import streamlit as st

from lib import markup, widgets
from lib.catalog.places import DISTRICT_IDS
from lib.panels import profile as panel
from lib.runtime import pacing
from lib.views.compared import districts_compared
from lib.views.profile import profile, side_by_side
from lib.views.tile_map import MEASURES, reading, tile_map

selection = widgets.current_selection()
chosen = selection.chosen_districts

if len(chosen) == 1:
    panel.show(profile(selection, chosen[0]), DISTRICT_IDS)
    widgets.done()

top, middle, _ = panel.parts()
with top:
    st.html(
        widgets.takeaway()
        + markup.title(
            "辖区画像", "点地图上的一块或表中的地区名，看这个地区的全部数字、位次、名单和亮点。"
        )
    )
    which = st.container()
    measure = st.session_state.get("map_measure", "sites")
    tiles = tile_map(selection, measure)
    st.html(markup.tile_map(tiles, reading(tiles, measure), selection))
    widgets.exhibit(districts_compared(selection))
with middle:
    panel.side_by_side(side_by_side(selection, selection.districts))
pacing.after_charts()
which.segmented_control(
    "地图显示", list(MEASURES), default="sites", format_func=MEASURES.__getitem__,
    key="map_measure", required=True,
)  # fmt: skip
