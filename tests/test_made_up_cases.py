"""Made-up cases beside real figures of the same period: each thing shown is marked for what feeds it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lib.bulletin.compose import bulletin
from lib.catalog.periods import parse_period
from lib.documents.register import EXPORTS
from lib.documents.stamp import stamp
from lib.insight.reconcile import reconcile, reconciled_with_cases
from lib.insight.trend import marked_label
from lib.meeting.deck import served_deck
from lib.meeting.rehearsal import screens
from lib.selection import Selection
from lib.views.files import TABLE_FILES
from lib.views.named import view_named
from tests.caseload import lake_of_cases
from tests.meeting.plans import rehearsal


@pytest.fixture(scope="module")
def beside(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Selection]:
    """The shipped 2022H1, to which only invented cases were added."""
    with lake_of_cases(tmp_path_factory.mktemp("beside")) as made:
        yield Selection(made.id, "2022H1")


@pytest.mark.parametrize(
    ("view", "marked"),
    [
        ("centers", False), ("districts-compared", False), ("trend-overdue_count", False),
        ("case-district", True), ("case-worst", True), ("cases-overdue", True),
    ],
)  # fmt: skip
def test_a_file_is_marked_where_the_rows_of_its_view_are_made_up(
    beside: Selection, view: str, marked: bool
) -> None:
    found = view_named(view, beside)
    assert found is not None
    assert not found.empty
    content = TABLE_FILES["csv"].make(found, beside).decode("utf-8-sig")
    assert ("数据性质" in content.splitlines()[0]) is marked
    assert ("演示数据" in content) is marked


def test_a_bulletin_and_documents_of_real_figures_are_not_marked(beside: Selection) -> None:
    made = bulletin(beside)
    assert not made.synthetic
    assert "演示数据" not in made.title
    assert stamp(beside).warning == ""
    assert not [e.id for e in EXPORTS if e.file_name(beside).startswith("演示数据")]


def test_a_trend_does_not_mark_a_period_for_its_cases(beside: Selection) -> None:
    assert marked_label(beside.release_id, parse_period("2022H1")) == "2022年上半年"


def test_a_deck_marks_the_slides_of_cases_alone(beside: Selection) -> None:
    made_up = ("view:case-district", "table:case-months")
    shown = screens(rehearsal("cover", "cards", "view:centers", *made_up, at=beside))
    first = len(screens(rehearsal("cover", "cards", "view:centers", at=beside)))
    assert [screen.made_up for screen in shown] == [n >= first for n in range(len(shown))]
    html = served_deck(rehearsal(*made_up, "cover", at=beside), None).html
    sections = html.split('<section class="slide')[1:]
    assert ['<div class="watermark"' in s for s in sections] == [True] * (len(sections) - 1) + [
        False
    ]


def test_what_is_counted_from_made_up_cases_says_so_beside_real_figures(beside: Selection) -> None:
    found = reconciled_with_cases(beside.release_id, "2022H1")
    assert found
    assert all(one.computed.endswith("件（演示数据）") for one in found)
    others = [one for one in reconcile(beside.release_id, "2022H1") if one not in found]
    assert others
    assert not [one for one in others if "演示数据" in one.computed]
    told = [block.text for block in bulletin(beside).blocks if "核对为" in block.text]
    assert any("件，演示数据，待核对" in text for text in told)
