"""Charts and tables that can be edited where they are shown: native ones, with their numbers inside."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from html import escape
from typing import Any

from pptx.chart.chart import Chart as NativeChart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import BarSeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.placeholder import ChartPlaceholder, TablePlaceholder
from pptx.table import Table as NativeTable
from pptx.util import Pt

from lib.charts.palette import LIGHT
from lib.documents.slides.bars import Bar, Chart, Series
from lib.documents.slides.layouts import SMALLEST
from lib.documents.slides.paging import TablePart

_SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_SHOW = (
    '<c:showLegendKey val="0"/><c:showVal val="{shown}"/><c:showCatName val="0"/>'
    '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>'
)
_FEW = 6  # bars: fewer are kept from growing thick


def put_chart(place: ChartPlaceholder, chart: Chart, alt: str) -> None:
    """Fill a placeholder with a bar chart; `alt` is its text for who does not see it."""
    data = CategoryChartData(number_format="General")
    data.categories = chart.categories
    for series in chart.series:
        data.add_series(series.name, [bar and bar.value for bar in series.bars])
    kind = XL_CHART_TYPE.BAR_STACKED if chart.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    frame: GraphicFrame = place.insert_chart(kind, data)
    describe(frame, alt)
    _frame(frame.chart, chart)
    for series, drawn in zip(chart.series, frame.chart.plots[0].series, strict=True):
        _draw(drawn, series, chart.labels)


def describe(frame: GraphicFrame, alt: str) -> None:
    """Give a chart or table its text for who does not see it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)


def _frame(drawn: NativeChart, chart: Chart) -> None:
    """Axes, legend and spacing: the figures stand on the bars, so no scale is drawn."""
    drawn.font.size, drawn.font.color.rgb = Pt(SMALLEST), _rgb(LIGHT.text)
    drawn.has_title = False
    drawn.has_legend = chart.legend
    if drawn.legend is not None:
        drawn.legend.position, drawn.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        drawn.legend.font.size = Pt(SMALLEST)
    plot = drawn.plots[0]
    few = len(chart.categories) * chart.lines <= _FEW
    plot.gap_width, plot.overlap = 150 if few else 40, 100 if chart.stacked else 0
    across, down = drawn.value_axis, drawn.category_axis
    across.minimum_scale, across.maximum_scale, across.visible = 0, chart.most, False
    across.has_major_gridlines = False
    down.reverse_order, down.has_major_gridlines = True, False
    down.major_tick_mark = XL_TICK_MARK.NONE
    down.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    down.format.line.color.rgb = _rgb(LIGHT.faint)
    down.tick_labels.font.size = Pt(SMALLEST)


def _draw(drawn: BarSeries, series: Series, at: str) -> None:
    _fill(drawn, next(filter(None, series.bars), Bar(0, "", series.color)), series.color)
    for n, bar in enumerate(series.bars):
        if bar is not None:
            _fill(drawn.points[n], bar, bar.color)
    element = drawn._element
    labels = parse_xml(_labels(series, at))
    element.find("{*}cat").addprevious(labels)


def _fill(drawn: Any, bar: Bar, color: str) -> None:
    """How a bar, or a series' key in the legend, is filled."""
    fill, line = drawn.format.fill, drawn.format.line
    if bar.fill == "none":
        fill.background()
        line.fill.background()
    elif bar.fill == "hatched":
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = _pale(color), _rgb("FFFFFF")
        line.color.rgb, line.width, line.dash_style = _rgb(color), Pt(1.5), MSO_LINE_DASH_STYLE.DASH
    else:
        fill.solid()
        fill.fore_color.rgb = _rgb(color)


def _labels(series: Series, at: str) -> str:
    each = "".join(_label(n, bar, at) for n, bar in enumerate(series.bars) if bar and bar.label)
    return f"<c:dLbls {_SPACES}>{each}{_SHOW.format(shown=0)}</c:dLbls>"


def _label(n: int, bar: Bar, at: str) -> str:
    """A bar's figure as written: a format round its number where it has it, so that it follows an edit."""
    form = number_format(bar.label, bar.value)
    style = (
        f'<a:defRPr sz="{SMALLEST * 100}" b="0"><a:solidFill><a:srgbClr val="{bar.ink.lstrip("#")}"/>'
        "</a:solidFill></a:defRPr>"
    )
    around = "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    paragraph = f"<a:pPr>{style}</a:pPr>"
    if form:
        words, said = (
            f'<c:numFmt formatCode="{escape(form)}" sourceLinked="0"/>',
            f'<a:p>{paragraph}<a:endParaRPr lang="zh-CN"/></a:p>',
        )
    else:
        run = style.replace("defRPr", "rPr").replace("<a:rPr", '<a:rPr lang="zh-CN"', 1)
        rich = f"<a:p>{paragraph}<a:r>{run}<a:t>{escape(bar.label)}</a:t></a:r></a:p>"
        words = f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/>{rich}</c:rich></c:tx>"
        said = ""
    type = f"<c:txPr><a:bodyPr/><a:lstStyle/>{said}</c:txPr>" if form else ""
    return (
        f'<c:dLbl><c:idx val="{n}"/>{words}{around}{type}'
        f'<c:dLblPos val="{at}"/>{_SHOW.format(shown=1)}</c:dLbl>'
    )


def number_format(text: str, value: float) -> str:
    """The format that writes `value` as `text` (低于70%: "低于"0"%"); empty where none does."""
    digits = [n for n, letter in enumerate(text) if letter.isdigit() or letter == "."]
    if not digits:
        return ""
    start, stop = digits[0], digits[-1] + 1
    try:
        number = Decimal(text[start:stop])
    except InvalidOperation:
        return ""
    if float(number) != round(value, 6):
        return ""
    places = len(text[start:stop].partition(".")[2])
    before, after = (f'"{part}"' if part else "" for part in (text[:start], text[stop:]))
    return f"{before}0{'.' + '0' * places if places else ''}{after}"


def put_table(place: TablePlaceholder, part: TablePart, alt: str) -> None:
    """Fill a placeholder with a table."""
    frame = place.insert_table(len(part.table.rows) + 1, len(part.table.columns))
    describe(frame, alt)
    drawn: NativeTable = frame.table
    for n, width in enumerate(part.widths):
        drawn.columns[n].width = Pt(width)
    for n, height in enumerate(part.row_heights):
        drawn.rows[n].height = Pt(height)
    rows = (part.table.columns, *part.table.rows)
    for n, texts in enumerate(rows):
        for cell, text in zip(drawn.rows[n].cells, texts, strict=True):
            _write(cell, text, part.size, bold=n == 0)


def _write(cell: Any, text: str, size: int, bold: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(8)
    cell.margin_top = cell.margin_bottom = Pt(3)
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    run = cell.text_frame.paragraphs[0].add_run()
    run.text, run.font.size, run.font.bold = text, Pt(size), bold
    run._r.get_or_add_rPr().set("lang", "zh-CN")


def _rgb(color: str) -> Any:
    return RGBColor.from_string(color.lstrip("#"))


def _pale(color: str) -> RGBColor:
    """A colour halfway to white."""
    digits = color.lstrip("#")
    parts = (int(digits[n : n + 2], 16) for n in (0, 2, 4))
    return RGBColor(*((part + 255) // 2 for part in parts))
