"""What every document says of itself: period, scope, release, dates, secrecy, and if it is made up."""

from __future__ import annotations

from dataclasses import dataclass

from lib.catalog.demo import DEMO_MARK
from lib.catalog.periods import period_label
from lib.insight.overview import overview
from lib.queries.release import opened_release
from lib.selection import Selection
from lib.store.release import Release

OPEN = "非涉密"
MISSING_RULE = "“—”为没有报送，不等于零。"


@dataclass(frozen=True)
class Stamp:
    """Said on every part of a document. `warning` is empty where no figure is made up."""

    period: str
    scope: str
    release: Release
    days: str
    warning: str

    @property
    def title(self) -> str:
        """What the document is about: 2022年上半年政务服务情况."""
        return f"{self.period}政务服务情况"

    @property
    def foot(self) -> str:
        """Release, dates and secrecy in one line."""
        return f"版本 {self.release.label}｜{self.days}｜{OPEN}"


def stamp(selection: Selection) -> Stamp:
    """The stamp of a selection. Raises UnknownReleaseError."""
    release = opened_release(selection.release_id)
    dates = overview(selection).dates
    made_up = release.made_up(selection.period)
    return Stamp(
        period_label(selection.period),
        selection.scope,
        release,
        f"数据时点 {dates[0]} 至 {dates[1]}" if dates else "本期没有数据",
        f"{DEMO_MARK}：编造的数字，只用于演示，不得引用" if made_up else "",
    )
