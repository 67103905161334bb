"""部门画像: one department's figures, position and lists; before one is chosen, all side by side."""

from lib import widgets
from lib.panels import profile as panel
from lib.views.compared import departments_compared
from lib.views.profile import profile, side_by_side

selection = widgets.current_selection()
chosen = selection.chosen_departments

if len(chosen) == 1:
    panel.show(profile(selection, chosen[0]), chosen)
    widgets.done()

top, middle, _ = panel.parts()
with top:
    widgets.title("部门画像", "点部门名，看这个部门的全部数字、位次和上榜名单。上榜多的排在前面。")
    widgets.exhibit(departments_compared(selection), widths=(2, 3), most=12)
with middle:
    panel.side_by_side(side_by_side(selection, selection.departments))
