"""The files as printed: measured on the pages LibreOffice makes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pytest
from pypdf import PageObject, PdfReader

from lib.bulletin.compose import bulletin
from tests.documents.word.selections import REAL, SELECTIONS

MM = 72 / 25.4
BODY = (35 * MM, 260 * MM)  # of the text area, from the bottom
Pages = Mapping[str, PdfReader]


@dataclass
class Line:
    """A printed line: how high it stands, where it begins, and its text without blanks."""

    y: float
    x: float
    text: str


def lines(page: PageObject) -> list[Line]:
    """The lines of a page from the top."""
    found: dict[int, Line] = {}

    def visit(text: str, _, matrix: list[float], *__) -> None:
        if text.strip():
            line = found.setdefault(round(matrix[5]), Line(matrix[5], matrix[4], ""))
            line.x = min(line.x, matrix[4])
            line.text += "".join(text.split())

    page.extract_text(visitor_text=visit)
    return sorted(found.values(), key=lambda line: -line.y)


def body(page: PageObject) -> list[Line]:
    return [line for line in lines(page) if BODY[0] < line.y < BODY[1]]


def squeezed(document: PdfReader) -> str:
    """The text of all pages without blanks, page numbers and the notes below them."""
    pages = ("".join(page.extract_text().split()) for page in document.pages)
    return "".join(re.sub(r"—\d+—非涉密版本：R\d+·[\d:-]+", "", page) for page in pages)


@pytest.fixture(scope="module")
def text_pages(rendered: Pages) -> list[PageObject]:
    """The bulletin's pages before its tables."""
    pages = list(rendered["bulletin"].pages)
    first = next(n for n, page in enumerate(pages) if body(page)[0].text.startswith("附表1"))
    return pages[:first]


def test_every_page_is_a4(rendered: Pages) -> None:
    for name, document in rendered.items():
        for page in document.pages:
            box = page.mediabox
            size = (round(float(box.width) / MM), round(float(box.height) / MM))
            assert size == (210, 297), name


def test_a_full_page_has_twenty_two_lines(text_pages: list[PageObject]) -> None:
    assert len(text_pages) > 5
    counts = [len(body(page)) for page in text_pages[1:-1]]
    assert counts[:-1] == [22] * (len(counts) - 1)
    assert 14 <= counts[-1] <= 22  # what stands with the signature may be taken from it
    steps = [a.y - b.y for page in text_pages for a, b in pairwise(body(page))]
    assert {round(step / 28.95, 1) for step in steps} <= {1.0, 2.0}


def test_the_signature_never_stands_on_a_page_alone(text_pages: list[PageObject]) -> None:
    last = [line.text for line in body(text_pages[-1])]
    (date,) = [n for n, text in enumerate(last) if text == "2022年8月8日"]
    signed = 2 + sum("附件" in text or "待补" in text for text in last)
    assert date > signed
    assert any(text.endswith("。") for text in last[:date])


def test_text_stands_within_the_margins(text_pages: list[PageObject]) -> None:
    starts = {round(line.x / MM, 1) for page in text_pages[:-1] for line in body(page)[2:]}
    left = 28.0
    assert {start for start in starts if left - 0.2 <= start < left + 1} | {
        start for start in starts if left + 10 <= start < left + 12.5
    } == starts


def test_the_whole_text_is_printed_in_its_order(rendered: Pages) -> None:
    printed = squeezed(rendered["bulletin"])
    place = 0
    for block in bulletin(REAL).blocks:
        place = printed.find("".join(block.text.split()), place)
        assert place >= 0, block.text


def test_no_number_is_broken_over_lines(text_pages: list[PageObject]) -> None:
    for page in text_pages:
        for line, below in pairwise(body(page)):
            broken = re.search(r"\d$", line.text) and re.match(r"[\d.%]", below.text)
            assert not broken, (line.text, below.text)


def test_page_numbers_are_outside_and_the_note_below_them(rendered: Pages) -> None:
    for number, page in enumerate(rendered["bulletin"].pages, 1):
        foot = [line for line in lines(page) if line.y < BODY[0]]
        assert [line.text for line in foot] == [f"—{number}—", foot[1].text]
        assert foot[1].text.startswith("非涉密版本：R0001")
        assert (foot[0].x > 150 * MM) == (number % 2 == 1)
        assert (foot[0].x < 45 * MM) == (number % 2 == 0)
        # 一字线 7 mm under the text area, give or take a type's own height.
        assert 22 * MM < foot[0].y < 29 * MM


def test_every_appendix_is_printed_with_its_completeness(rendered: Pages) -> None:
    printed = squeezed(rendered["bulletin"])
    made = bulletin(REAL)
    for appendix in made.appendices:
        assert "".join(appendix.title.split()) in printed
    assert "附表11数据来源" in printed
    assert printed.count("已全部列出") == len(made.appendices) + 1


def test_made_up_figures_are_marked_on_every_printed_page(rendered: Pages) -> None:
    for name in ("made-up", "brief-made-up", "brief-made-up-filtered"):
        for page in rendered[name].pages:
            assert lines(page)[0].text == "演示数据：编造的数字，只用于演示，不得引用", name
    assert "演示数据" not in squeezed(rendered["bulletin"])


@pytest.mark.parametrize("name", [*SELECTIONS, "made-up", "made-up-filtered"])
def test_a_brief_is_one_page(rendered: Pages, name: str) -> None:
    (page,) = rendered[f"brief-{name}"].pages
    foot = lines(page)[-1]
    assert foot.text.startswith("非涉密版本：R000")
    assert foot.y < 14 * MM
