"""A chart as SVG text, for documents that carry everything with them. Nothing is ever fetched.

The spec is the one pages show; only its size, its type and its ground are other.
"""

from __future__ import annotations

import datetime as dt
import re
from copy import deepcopy
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pyarrow as pa

from lib.charts import KINDS, spec
from lib.charts.drawing import Spec
from lib.charts.palette import palette
from lib.charts.renderer import RENDERER

FONTS = (
    "'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', 'PingFang SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)
_COUNTED = "件数"  # the column of bars whose axis ends where the data do
_PLAIN = 12  # pixels, where a spec does not say
_TYPE = ("fontSize", "labelFontSize", "titleFontSize", "labelLimit", "symbolSize", "labelPadding")
_MARK = (*_TYPE, "size", "height", "thickness", "dx", "dy", "strokeWidth", "cornerRadius")
_AREA = {"point", "circle", "square"}  # marks whose size is an area
_RULES = {False: "#D5DCE5", True: "#334155"}
_IDS = re.compile(r'(\bid="|url\(#|href="#)')


def svg(
    kind: str, marks: pa.Table, groups: int, options: tuple[Any, ...] = (), *,
    dark: bool, width: int, bars: int | None = None, scale: float = 1.0,
    whole: pa.Table | None = None,
) -> str:  # fmt: skip
    """An `<svg>` element of a kind of chart, `width` units wide, that scales to its place.

    bars:  the height of the bars in units, as on pages
    scale: how much larger type and marks are drawn than on pages
    whole: all marks, of which `marks` are some: bars are as long as among all of them
    Its ids are its own, so that many may stand in one document.
    Raises ValueError; NotDrawnError where nothing can be drawn.
    """
    drawn = deepcopy(spec(kind, dark, options))
    _enlarge(drawn, scale)
    if whole is not None and _COUNTED in whole.column_names:
        _reach(drawn, max((n for n in whole[_COUNTED].to_pylist() if n is not None), default=0))
    drawn |= {
        "width": width, "height": whole_height(kind, _bars(kind, groups) if bars is None else bars),
        "background": None, "autosize": {"type": "fit", "contains": "padding"},
        "data": {"name": "rows"}, "datasets": {"rows": [_row(row) for row in marks.to_pylist()]},
    }  # fmt: skip
    made = RENDERER.svg(drawn, _config(dark, scale))
    return _own_ids(re.sub(r'(<svg [^>]*?) width="\d+" height="\d+"', r"\1", made, count=1))


def room(kind: str, height: int) -> int | None:
    """How many groups of a kind have room in so many units of height; None where any number has."""
    made = KINDS[kind]
    return max(1, (height - made.frame) // made.per_group) if made.per_group else None


def bars_within(kind: str, groups: int, height: int) -> int:
    """The height of the bars of so many groups, in units, the whole chart being no higher."""
    return min(_bars(kind, groups), height - KINDS[kind].frame)


def whole_height(kind: str, bars: int) -> int:
    """The height of a chart with bars of a height, in units."""
    return bars + KINDS[kind].frame


def _bars(kind: str, groups: int) -> int:
    """The height of the bars of so many groups on pages, in pixels."""
    return groups * KINDS[kind].per_group


def _reach(drawn: Spec, longest: float) -> None:
    """Let the axis of counted bars end behind the longest of all, in place."""
    for layer in drawn.get("layer", []):
        x = layer.get("encoding", {}).get("x", {})
        if x.get("field") == _COUNTED:
            x["scale"] = {"domain": [0, longest], "nice": True}


def _enlarge(part: Any, scale: float) -> None:
    """Multiply the type and mark sizes that a spec states, in place."""
    if isinstance(part, list):
        for item in part:
            _enlarge(item, scale)
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name == "mark" and isinstance(value, dict):
            _multiply(value, _MARK, scale)
            if value.get("type") in _AREA:
                _multiply(value, ("size",), scale)
        elif name in ("axis", "legend", "header", "title") and isinstance(value, dict):
            _multiply(value, _TYPE, scale)
        _enlarge(value, scale)


def _multiply(sizes: Spec, names: tuple[str, ...], scale: float) -> None:
    for name in names:
        if isinstance(sizes.get(name), int | float):
            sizes[name] = round(sizes[name] * scale, 2)


def _config(dark: bool, scale: float) -> Spec:
    """What the page's theme would say of type and ground."""
    colors, size = palette(dark), _PLAIN * scale
    words = {
        "labelFontSize": size, "titleFontSize": size, "labelColor": colors.text,
        "titleColor": colors.faint, "labelFont": FONTS, "titleFont": FONTS, "titleFontWeight": 400,
    }  # fmt: skip
    rules = {"gridColor": _RULES[dark], "domainColor": _RULES[dark], "tickColor": _RULES[dark]}
    return {
        "aria": False, "font": FONTS, "view": {"stroke": None},
        "axis": words | rules, "axisQuantitative": {"tickCount": 8}, "legend": words, "header": words,
        "title": {"color": colors.text, "fontSize": size, "font": FONTS},
        "text": {"color": colors.text, "fontSize": size, "font": FONTS},
    }  # fmt: skip


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _own_ids(made: str) -> str:
    """Ids, and what refers to them, begin with a mark of the chart's own content."""
    own = sha256(made.encode()).hexdigest()[:8]
    return _IDS.sub(rf"\g<1>c{own}-", made)
