"""Every document there is to take away, in one list: buttons and the command line read it.

What makes a document is imported when it is asked for: the libraries take a while to load.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lib.catalog.demo import DEMO_MARK
from lib.queries.release import opened_release
from lib.selection import Selection

_OPENXML = "application/vnd.openxmlformats-officedocument"
PPTX = f"{_OPENXML}.presentationml.presentation"
XLSX = f"{_OPENXML}.spreadsheetml.sheet"
DOCX = f"{_OPENXML}.wordprocessingml.document"


@dataclass(frozen=True)
class Export:
    """A document by name: what people call it, its kind of file, and what makes its bytes.

    usual: whether 总览 and 辖区画像 offer it
    `make` raises UnknownReleaseError, and NotMadeError where this machine has no Chinese font for a
    PDF, or cannot draw the charts of a web page.
    """

    id: str
    label: str
    suffix: str
    mime: str
    make: Callable[[Selection], bytes]
    usual: bool = True

    def file_name(self, selection: Selection) -> str:
        """会议材料-2022H1-新北区-R0001.pptx; made-up figures are named in front.

        Raises UnknownReleaseError.
        """
        made_up = opened_release(selection.release_id).made_up(selection.period)
        scopes = (
            selection.district_scope if selection.chosen_districts else "",
            selection.department_scope if selection.chosen_departments else "",
        )
        parts = (
            DEMO_MARK if made_up else "", self.label, selection.period, *scopes, selection.release_id,
        )  # fmt: skip
        return f"{'-'.join(filter(None, parts))}.{self.suffix}"


def _bulletin(selection: Selection) -> bytes:
    from lib.bulletin.compose import bulletin
    from lib.documents.bulletin import bulletin_docx

    return bulletin_docx(bulletin(selection))


def _red_headed(selection: Selection) -> bytes:
    from lib.bulletin.compose import bulletin
    from lib.documents.bulletin import bulletin_docx

    return bulletin_docx(bulletin(selection), red_head=True)


def _brief(selection: Selection) -> bytes:
    from lib.documents.brief.word import brief_docx

    return brief_docx(selection)


def _brief_pdf(selection: Selection) -> bytes:
    from lib.documents.brief.pdf import brief_pdf

    return brief_pdf(selection)


def _slides(selection: Selection) -> bytes:
    from lib.documents.slides.deck import slides_pptx

    return slides_pptx(selection)


def _workbook(selection: Selection) -> bytes:
    from lib.documents.workbook.book import workbook_xlsx

    return workbook_xlsx(selection)


def _html(selection: Selection) -> bytes:
    from lib.documents.webpage.page import summary_html

    return summary_html(selection)


EXPORTS: tuple[Export, ...] = (
    Export("brief", "简报", "docx", DOCX, _brief),
    Export("brief-pdf", "简报", "pdf", "application/pdf", _brief_pdf),
    Export("bulletin", "通报", "docx", DOCX, _bulletin),
    Export("bulletin-red", "通报红头", "docx", DOCX, _red_headed, usual=False),
    Export("slides", "会议材料", "pptx", PPTX, _slides),
    Export("workbook", "数据册", "xlsx", XLSX, _workbook),
    Export("html", "离线网页", "html", "text/html", _html),
)
EXPORT_BY_ID = {export.id: export for export in EXPORTS}
