"""What follows the signature: what the text announced as 附件 on pages of its own, other tables as 附表."""

from __future__ import annotations

from collections.abc import Sequence

from lib.bulletin.parts import Appendix
from lib.documents.lines import title_lines
from lib.documents.word.controls import Controls
from lib.documents.word.official import NUMBER_SIZE, TEXT_WIDTH, TITLE_SIZE, room
from lib.documents.word.tables import word_table
from lib.documents.word.xml import Element, broken, paragraph, run, twips, w
from lib.insight.wording import listed_whole

_TOGETHER = 20  # rows that are kept on one page
_PAGE = w("pageBreakBefore")


def appended(
    appendices: Sequence[Appendix], announced: Sequence[str], controls: Controls
) -> list[Element]:
    """All appendices: those in `announced` by its numbers, then the others as 附表1, 附表2 and on."""
    ours = [appendix for appendix in appendices if appendix.title in announced]
    others = [appendix for appendix in appendices if appendix.title not in announced]
    made: list[Element] = []
    for appendix in ours:
        number = announced.index(appendix.title) + 1 if len(announced) > 1 else ""
        made += _announced(appendix, f"附件{number}", controls)
    for number, appendix in enumerate(others, 1):
        made += _table(appendix, f"附表{number}", number == 1, controls)
    return made


def _announced(appendix: Appendix, label: str, controls: Controls) -> list[Element]:
    """附件 flush left in the first line, its title in the third."""
    return [
        paragraph("AppendixNumber", [run(label)], _PAGE),
        paragraph("Blank", (), w("keepNext")),
        paragraph("Title", broken(title_lines(appendix.title, room(TITLE_SIZE)))),
        paragraph("Blank", (), w("keepNext")),
        *_content(appendix, controls),
    ]


def _table(appendix: Appendix, label: str, first: bool, controls: Controls) -> list[Element]:
    """A table under its caption; tables follow one another, long ones begin a page."""
    breaks = first or len(appendix.table.rows) > _TOGETHER
    caption = broken(title_lines(f"{label}　{appendix.title}", room(NUMBER_SIZE)))
    return [
        paragraph("TableTitle", caption, *([_PAGE] if breaks else [])),
        *_content(appendix, controls),
    ]


def _content(appendix: Appendix, controls: Controls) -> list[Element]:
    rows = len(appendix.table.rows)
    said = listed_whole(rows)
    note = appendix.note if said in appendix.note else said + appendix.note
    table = word_table(appendix.table, twips(TEXT_WIDTH), controls, whole=rows <= _TOGETHER)
    return [table, paragraph("TableNote", [run(note)])]
