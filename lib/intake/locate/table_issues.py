"""Issues about a table as a whole: what stands around it, columns not understood, cells that list."""

from __future__ import annotations

from lib.catalog.units import UNITS
from lib.intake.choices import IGNORE, Choices, key
from lib.intake.files.grid import Grid, column_letter
from lib.intake.issues import Issue, Question
from lib.intake.locate.body import Body
from lib.intake.locate.headings import bare, meaning
from lib.intake.locate.layout import Layout
from lib.intake.locate.lists import ListedItem, stated_count
from lib.intake.locate.stated import stated_issues
from lib.intake.locate.texts import Record


def around(grid: Grid, layout: Layout, body: Body) -> list[Issue]:
    """Remarks, personal lines, hidden parts, merged headers and turned tables."""
    issues = stated_issues(body.units)
    for row, text in body.remarks:
        above = row < layout.top
        what = "表格上方的文字" if above else "表格下方的说明"
        issues.append(
            Issue(
                "TITLE" if above else "REMARK",
                "说明",
                f"{what}存入备注，不当作数据",
                row=row + 1,
                text=text,
            )
        )
    for row in body.personal:
        message = "这一行有填表人、电话等个人信息，已略去，不入库"
        issues.append(
            Issue("PERSONAL", "提醒", message, "请不要在报送文件里写个人信息", row=row + 1)
        )
    if grid.hidden:
        message = f"有隐藏的内容（{'、'.join(grid.hidden[:10])}），已一并读入"
        issues.append(Issue("HIDDEN", "提醒", message, "请核对隐藏的内容是否也要报送"))
    if layout.bottom > layout.top:
        message = f"第{layout.top + 1}至{layout.bottom + 1}行合成一个表头"
        issues.append(Issue("HEADER_MERGED", "说明", message, row=layout.bottom + 1))
    if layout.wide:
        issues.append(
            Issue("WIDE", "说明", "横表已转成一行一个数", "请看预览核对", row=layout.bottom + 1)
        )
    return issues


def column_issues(layout: Layout) -> list[Issue]:
    """Columns dropped, not understood, or claiming to be the same."""
    row = layout.bottom + 1
    issues = []
    for index in layout.personal:
        message = "这一列是个人信息，没有读入"
        issue = Issue("PERSONAL", "提醒", message, "请不要在报送文件里写个人信息")
        issues.append(issue.at(row, layout.label(index), f"{column_letter(index)}{row}"))
    options = (
        (IGNORE, "不读这一列"),
        *((c.name, f"读作“{c.label}”") for c in layout.dataset.columns),
    )
    for index in layout.unknown:
        label = layout.label(index)
        question = Question(key("column", label), f"“{label}”列怎么处理？", options)
        message = f"“{label}”不是“{layout.dataset.name}”的列，没有读入"
        issues.append(
            Issue("COLUMN_UNKNOWN", "提醒", message, "请选择忽略，或指定它是哪一列", row=row, column=label,
                  cell=f"{column_letter(index)}{row}", question=question)
        )  # fmt: skip
    return issues + _unknown_units(layout) + _twice(layout)


def _unknown_units(layout: Layout) -> list[Issue]:
    """Headings of figures that hold in brackets what is no known unit."""
    row, issues = layout.bottom + 1, []
    for index, words in enumerate(layout.headings):
        plain, inside = bare(words)
        found = layout.meanings.get(index)
        if found is None and index in layout.unknown:
            found = meaning(plain, layout.dataset)
        unit_like = inside.endswith(("%", "％", *UNITS)) if inside else False
        if unit_like and found and found.column and found.column.kind == "measure":
            message = f"列名里的“{inside}”不是已知的单位"
            issue = Issue("UNIT", "阻断", message, "请改成已知的单位，如 件、万元，或从列名里去掉")
            issues.append(issue.at(row, layout.label(index), f"{column_letter(index)}{row}"))
    return issues


def _twice(layout: Layout) -> list[Issue]:
    """Two columns that claim to be the same one."""
    seen: dict[tuple[object, ...], int] = {}
    issues = []
    for index, item in layout.meanings.items():
        if item.column is None and not item.members:
            continue
        claim = (item.column, tuple(sorted(item.members.items())))
        first = seen.setdefault(claim, index)
        if first != index:
            message = f"“{layout.label(first)}”和“{layout.label(index)}”两列说的是同一项"
            issues.append(
                Issue(
                    "COLUMN_TWICE",
                    "阻断",
                    message,
                    "请只保留一列",
                    row=layout.bottom + 1,
                    column=layout.label(index),
                )
            )
    return issues


def list_issue(
    layout: Layout, name: str, record: Record, items: tuple[ListedItem, ...], choices: Choices
) -> Issue:
    """The reading of a cell that lists many, for a person to confirm."""
    text, index = record.cells[name]
    label = layout.dataset.column(name).label
    shown = "；".join(f"{item.name} {item.figure}" for item in items)
    count = stated_count(text)
    remark = f"；原文称{count}个，列出{len(items)}个" if count and count != len(items) else ""
    if choices.get(key("list", label)) == "yes":
        shown = f"按您的确认，读出{len(items)}条：{shown}{remark}"
        issue = Issue("LIST_CELL", "说明", shown)
    else:
        question = Question(
            key("list", label), f"“{label}”里的列举这样读对吗？", (("yes", "对，逐条读入"),)
        )
        message = f"一格里列了{len(items)}条：{shown}{remark}"
        issue = Issue("LIST_CELL", "阻断", message, "请确认读得对不对", question=question)
    row = record.row + 1
    return issue.at(row, layout.label(index), f"{column_letter(index)}{row}", text)
