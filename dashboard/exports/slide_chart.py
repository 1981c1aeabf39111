"""A Native as a chart of PowerPoint: edited in place, every word with a Chinese face beside the Latin one."""

from __future__ import annotations

import copy
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from dashboard import theme
from dashboard.exhibits.labels import on_fill
from dashboard.exports.native import Native, Series
from dashboard.exports.office import Face, plain

LETTERS = 12
GAP = 55  # percent of a bar's width
LEAST_LABELLED = 0.045  # of the longest bar
RULE = 30  # points: the length of the marks across columns
KINDS = {
    ("column", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_STACKED,
    ("line", False): XL_CHART_TYPE.LINE_MARKERS,
}


def ink(colour: str) -> RGBColor:
    """``#2F5D8A`` as PowerPoint takes it."""
    return RGBColor(*bytes.fromhex(colour.lstrip("#")))  # type: ignore[no-untyped-call]


def set_face(font: Any, face: Face) -> None:
    """Both names of a face; python-pptx knows only the Latin one."""
    font.name = face.latin
    properties = font._rPr
    for old in properties.findall(qn("a:ea")):
        properties.remove(old)
    properties.find(qn("a:latin")).addnext(parse_xml(f'<a:ea {nsdecls("a")} typeface="{face.chinese}"/>'))


def add(slide: Any, native: Native, box: tuple[int, int, int, int], face: Face, alt: str) -> Any:
    """The chart on a slide; ``box`` is left, top, width and height."""
    over = [one for one in (native.totals, native.marks) if one is not None]
    kind = XL_CHART_TYPE.COLUMN_STACKED_100 if native.shares else KINDS[native.kind, native.stacked]
    frame = slide.shapes.add_chart(kind, *box, _data(native, over))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    chart = frame.chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(LETTERS), ink(theme.LIGHT["ink2"])
    set_face(chart.font, face)
    chart.has_legend = len(native.series) + len(over) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        set_face(chart.legend.font, face)
    _axes(chart, native, face)
    for drawn, told in zip(chart.plots[0].series, native.series, strict=False):
        _dress(drawn, told, native, face)
    if native.kind != "line":
        chart.plots[0].gap_width, chart.plots[0].overlap = GAP, 100 if native.stacked else -10
    if over:
        _lay_over(chart, native, face)
    return frame


def _data(native: Native, over: list[Series]) -> Any:
    data: Any = CategoryChartData(number_format=_written(native))  # type: ignore[no-untyped-call]
    data.categories = [plain(name) for name in native.names]
    for one in (*native.series, *over):
        data.add_series(plain(one.name), one.values)
    return data


def _written(native: Native) -> str:
    """The number format of labels and sheet: with a decimal only where a number has one; no label for zero."""
    if native.percent:
        return "0.0%"
    values = [value for one in native.series for value in one.values if value is not None]
    whole = all(value == int(value) for value in values)
    return ('#,##0;-#,##0;""' if native.stacked else "#,##0") if whole else "#,##0.0"


def _axes(chart: Any, native: Native, face: Face) -> None:
    names, values = chart.category_axis, chart.value_axis
    names.has_major_gridlines = values.has_minor_gridlines = False
    names.format.line.color.rgb = ink(theme.LIGHT["axis"])
    for axis in (names, values):
        set_face(axis.tick_labels.font, face)
    names.tick_labels.font.size = values.tick_labels.font.size = Pt(LETTERS)
    values.format.line.fill.background()
    if native.least is not None:
        values.minimum_scale = native.least
    shown = native.kind == "line" or native.shares
    values.has_major_gridlines = shown
    if shown:
        values.major_gridlines.format.line.color.rgb = ink(theme.LIGHT["grid"])
        values.tick_labels.number_format = "0%" if native.shares else "0"
        values.tick_labels.number_format_is_linked = False
    else:
        values.tick_label_position = XL_TICK_LABEL_POSITION.NONE
        values.minimum_scale = 0
    if native.kind == "bar":
        names.reverse_order = True


def _dress(drawn: Any, told: Series, native: Native, face: Face) -> None:
    """Colour and labels of one series."""
    if native.kind == "line":
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = ink(told.colour), Pt(2.25)
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = ink(told.colour)
    else:
        drawn.format.fill.solid()
        drawn.format.fill.fore_color.rgb = ink(told.colour)
    labels = drawn.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = _written(native), False
    labels.font.size = Pt(LETTERS)
    inside = native.stacked and native.kind != "line"
    labels.font.color.rgb = ink(on_fill(told.colour, "light") if inside else theme.LIGHT["ink"])
    set_face(labels.font, face)
    if native.kind == "line":
        labels.position = XL_LABEL_POSITION.ABOVE
        _beside_the_lines(drawn, told, native, face)
    else:
        labels.position = XL_LABEL_POSITION.CENTER if inside else XL_LABEL_POSITION.OUTSIDE_END
    if inside:
        _without_small(labels, told, native)


def _beside_the_lines(drawn: Any, told: Series, native: Native, face: Face) -> None:
    """Where lines cross, numbers change sides: above the upper one, below all others."""
    own = native.series.index(told)
    for place, value in enumerate(told.values):
        known = [(found, -at) for at, one in enumerate(native.series) if (found := one.values[place]) is not None]
        if value is None or (value, -own) == max(known):
            continue
        label = drawn.points[place].data_label
        label.position = XL_LABEL_POSITION.BELOW
        label.font.size, label.font.color.rgb = Pt(LETTERS), ink(theme.LIGHT["ink"])
        set_face(label.font, face)


def _without_small(labels: Any, told: Series, native: Native) -> None:
    """Parts too low for their number go without it."""
    sums = [sum(value or 0 for value in values) for values in zip(*(one.values for one in native.series), strict=True)]
    whole = sums if native.shares else [max(sums)] * len(sums)
    small = [i for i, value in enumerate(told.values) if (value or 0) < LEAST_LABELLED * whole[i]]
    for place in reversed(small):
        words = f'<c:dLbl {nsdecls("c")}><c:idx val="{place}"/><c:delete val="1"/></c:dLbl>'
        labels._element.insert(0, parse_xml(words))


def _lay_over(chart: Any, native: Native, face: Face) -> None:
    """Totals and marks stand on the same axes as a chart of lines without lines, as PowerPoint combines two kinds."""
    columns = chart.plots[0]._element
    lines = parse_xml(
        f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
        f'<c:marker val="1"/></c:lineChart>'
    )
    columns.addnext(lines)
    moved = columns.findall(qn("c:ser"))[len(native.series) :]
    for series in moved:
        lines.insert(len(lines) - 1, series)
        for part in ("c:invertIfNegative", "c:spPr", "c:dLbls"):
            for old in series.findall(qn(part)):
                series.remove(old)
    for axis in columns.findall(qn("c:axId")):
        lines.append(copy.deepcopy(axis))
    for drawn, told in zip(chart.plots[1].series, filter(None, (native.totals, native.marks)), strict=True):
        drawn.format.line.fill.background()
        drawn.smooth = False
        if told is native.totals:
            _as_total(drawn, face)
            _without_key(chart, len(native.series))
        else:
            _as_rule(drawn, told)


def _as_total(drawn: Any, face: Face) -> None:
    drawn.marker.style = XL_MARKER_STYLE.NONE
    labels = drawn.data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    labels.number_format, labels.number_format_is_linked = "#,##0", False
    labels.font.size, labels.font.bold = Pt(LETTERS), True
    labels.font.color.rgb = ink(theme.LIGHT["ink"])
    set_face(labels.font, face)


def _as_rule(drawn: Any, told: Series) -> None:
    drawn.marker.style, drawn.marker.size = XL_MARKER_STYLE.DASH, RULE
    drawn.marker.format.fill.solid()
    drawn.marker.format.fill.fore_color.rgb = ink(told.colour)


def _without_key(chart: Any, index: int) -> None:
    """Take a series out of the key; the number over a column needs no name."""
    entry = parse_xml(f'<c:legendEntry {nsdecls("c")}><c:idx val="{index}"/><c:delete val="1"/></c:legendEntry>')
    chart.legend._element.find(qn("c:legendPos")).addnext(entry)
