"""The command that says what adds up and what does not, with the rows behind it."""

from __future__ import annotations

from lib.answers.reconciliation import finding_rows
from lib.cli.common import (
    JsonOption,
    PeriodOption,
    ReleaseOption,
    cli,
    period_of,
    print_rows,
    print_table,
    release_of,
)


@cli.command()
def reconcile(
    period: PeriodOption = None, release: ReleaseOption = None, as_json: JsonOption = False
) -> None:
    """数据核验：每条勾稽规则的结论、所称、计算和算式。

    JSON 里还有所依据的每一行。
    """
    used = release_of(release)
    findings = finding_rows(used, period_of(used, period))
    if as_json:
        print_rows(findings)
        return
    labels = ("类别", "结论", "事项", "所称", "计算", "算式", "由谁核对")
    keys = ("kind", "status", "name", "stated", "computed", "arithmetic", "resolver")
    print_table([dict(zip(labels, labels, strict=True))])
    print_table([{key: finding[key] for key in keys} for finding in findings])
