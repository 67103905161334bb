"""The command that says what adds up and what does not, with the rows behind it."""

from __future__ import annotations

from typing import Any

from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.catalog.rosters import ROSTER_BY_ID
from lib.cli.common import (
    JsonOption,
    PeriodOption,
    ReleaseOption,
    cli,
    period_of,
    print_json,
    print_table,
    release_of,
)
from lib.insight import reconcile as rules
from lib.insight.findings import Finding
from lib.insight.wording import in_full


@cli.command()
def reconcile(
    period: PeriodOption = None, release: ReleaseOption = None, as_json: JsonOption = False
) -> None:
    """数据核验：每条勾稽规则的结论、所称、计算和算式；JSON 里还有所依据的每一行。"""
    used = release_of(release)
    findings = rules.reconcile(used.id, period_of(used, period))
    if as_json:
        print_json([{**_outcome(finding), "rows": _rows(finding)} for finding in findings])
        return
    labels = ("类别", "结论", "事项", "所称", "计算", "算式", "由谁核对")
    keys = ("kind", "status", "name", "stated", "computed", "arithmetic", "resolver")
    print_table([dict(zip(labels, labels, strict=True))])
    print_table([{key: _outcome(finding)[key] for key in keys} for finding in findings])


def _outcome(finding: Finding) -> dict[str, Any]:
    keys = ("rule", "name", "kind", "status", "stated", "computed", "arithmetic", "resolver")
    return {key: getattr(finding, key) for key in keys}


def _rows(finding: Finding) -> list[dict[str, Any]]:
    figures = [
        {
            "metric": fact.metric,
            "name": metric_name(fact.metric, fact.period),
            "place": place_name(fact.department or fact.district),
            "value": in_full(fact),
            "file": fact.source_file,
            "row": fact.source_row,
        }
        for fact in finding.facts
    ]
    named = [
        {
            "list": row.roster,
            "name": ROSTER_BY_ID[row.roster].name,
            "place": place_name(row.district),
            "value": row.member_text,
            "file": row.source_file,
            "row": row.source_row,
        }
        for row in finding.members
    ]
    return [*figures, *named]
