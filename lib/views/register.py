"""Every view in one list: which page shows it, and what makes it. Meeting slides are chosen from here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lib.selection import Selection
from lib.views import (
    benefits,
    main_indicators,
    online,
    supervision_by_department,
    supervision_totals,
)
from lib.views.case_charts import department_chart, month_chart
from lib.views.case_groups import case_groups
from lib.views.centers import center_progress, centers
from lib.views.exhibit import Exhibit
from lib.views.lagging import lagging
from lib.views.staff import staff
from lib.views.timeline import timeline
from lib.views.warnings import warnings


@dataclass(frozen=True)
class View:
    """A view by name: `page` is the file in `pages/` that shows it, `make` what builds it.

    usual: whether a meeting sees it unless somebody decides otherwise
    """

    id: str
    title: str
    page: str
    make: Callable[[Selection], Exhibit]
    usual: bool = False


VIEWS: tuple[View, ...] = (
    View("center-progress", "服务阵地全市进度", "centers", center_progress),
    View("centers", "服务阵地提升范围", "centers", centers, usual=True),
    View("staff", "“畅通办”专员培育", "staff", staff, usual=True),
    View("warnings", "网办预警与超期", "warnings", warnings, usual=True),
    View("amounts", "“苏企通”涉及金额", "benefits", benefits.amounts),
    View("reach", "“苏企通”办理情况", "benefits", benefits.reach),
    View("timeline", "半年重点工作", "benefits", timeline),
    View("mobile_standard", "移动端标准应用接入", "online", online.mobile_standard, usual=True),
    View("service_use", "移动端和自助端办理量", "online", online.service_use),
    View(
        "power_claim_rate", "权力事项认领率", "indicators", main_indicators.power_claim, usual=True
    ),
    View("faceless_rate", "不见面办理率", "indicators", main_indicators.faceless, usual=True),
    View("instant_rate", "即办件占比", "indicators", main_indicators.instant, usual=True),
    View("lagging", "部门落后和问题名单", "indicators", lagging, usual=True),
    View("public_service", "公共服务事项已认领数", "indicators", main_indicators.public_service),
    View(
        "coverage", "监管行为覆盖率", "supervision", supervision_by_department.coverage, usual=True
    ),
    View("adopted", "省门户录用监管信息", "supervision", supervision_by_department.adopted),
    View("reports", "监管信息报送", "supervision", supervision_totals.reports),
    View("items", "监管事项和检查清单", "supervision", supervision_totals.items),
    View("aggregation", "监管数据汇聚", "supervision", supervision_totals.aggregation),
    View("clues", "风险预警线索", "supervision", supervision_totals.clues),
)
# Of cases, which not every period has: offered where there are any.
CASE_VIEWS: tuple[View, ...] = (
    View("case-department", "各部门办件", "caseload", department_chart),
    View("case-district", "各地区办件", "caseload", lambda at: case_groups(at, "district")),
    View("case-months", "各月承诺办结的办件", "caseload", month_chart),
)
VIEW_BY_ID = {view.id: view for view in (*VIEWS, *CASE_VIEWS)}
