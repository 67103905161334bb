"""What stands after the signature: tables of the same figures, and where each number came from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lib.bulletin.parts import Appendix, Bulletin
from lib.catalog.metrics import metric_name
from lib.catalog.places import place_name
from lib.insight.cells import Figure, figure, stated_in_full
from lib.insight.findings import concerning
from lib.insight.reconcile import reconcile
from lib.insight.table import table
from lib.insight.wording import MISSING, listed_whole
from lib.queries.facts import Fact
from lib.queries.sources import brought_by
from lib.selection import Selection
from lib.views.exhibit import Exhibit
from lib.views.register import VIEW_BY_ID

# The views whose tables go with a bulletin, in its order.
_TABLES = (
    "public_service", "center-progress", "centers", "power_claim_rate", "faceless_rate",
    "instant_rate", "warnings", "coverage", "adopted",
)  # fmt: skip
_SHORT = 12


LEFT = "正文没有写到的数"


def appendices(selection: Selection) -> tuple[Appendix, ...]:
    """The tables that hold anything, then the figures still to be checked."""
    shown = [view.make(selection) for name in _TABLES if (view := VIEW_BY_ID[name])]
    found = [_from_view(exhibit) for exhibit in shown if _holds_figures(exhibit)]
    return (*found, *_unresolved(selection))


def left_out(facts: Sequence[Fact]) -> tuple[Appendix, ...]:
    """The facts no sentence states, where a template left some out."""
    rows = [(_name(f), _place(f), stated_in_full(f), f.as_of_text or MISSING) for f in facts]
    made = table(("指标", "范围", "数字", "时点"), rows)
    return (Appendix(LEFT, made, listed_whole(len(rows))),) if rows else ()


def _name(fact: Fact) -> str:
    return metric_name(fact.metric, fact.period)


def _place(fact: Fact) -> str:
    return place_name(fact.department or fact.district or "city")


def _holds_figures(exhibit: Exhibit) -> bool:
    return any(isinstance(cell, Figure) for row in exhibit.table.rows for cell in row)


def _from_view(exhibit: Exhibit) -> Appendix:
    title = exhibit.title + (f"（{exhibit.remark}）" if exhibit.remark else "")
    return Appendix(title, exhibit.table, listed_whole(len(exhibit.table.rows)))


def _unresolved(selection: Selection) -> tuple[Appendix, ...]:
    findings = concerning(reconcile(selection.release_id, selection.period), selection)
    rows = [
        (f.name, f.status, figure(f.stated, f.facts), figure(f.computed, f.facts), f.arithmetic, f.resolver)
        for f in findings
        if f.status != "一致"
    ]  # fmt: skip
    made = table(("事项", "结论", "所称", "计算", "算式", "由谁核对"), rows)
    return (Appendix("待核对的数", made, listed_whole(len(rows))),) if rows else ()


def sources(made: Bulletin) -> Appendix:
    """数据来源: every figure of the text, in its order, with metric, place, date, release, file and row.

    The file's SHA-256 is cut to twelve digits in the table and given in full in the note.
    """
    release = made.selection.release_id
    facts = list(dict.fromkeys(f for b in made.blocks for s in b.spans if isinstance(s, Figure) for f in s.facts))  # fmt: skip
    rows = [(str(n), *_source(release, fact)) for n, fact in enumerate(facts, 1)]
    files = dict.fromkeys((f.source_file, f.source_sha256 or MISSING) for f in facts)
    hashes = "；".join(f"{name}：{digest}" for name, digest in files)
    columns = ("序号", "数字", "指标", "范围", "时点", "版本", "文件", "行", "SHA-256")
    note = listed_whole(len(rows)) + (f"文件的SHA-256：{hashes}。" if files else "")
    return Appendix("数据来源", table(columns, rows), note)


def _source(release: str, fact: Fact) -> tuple[str, ...]:
    brought = _brought(release, fact)
    sheet = f"·{fact.source_sheet}" if fact.source_sheet else ""
    return (
        stated_in_full(fact),
        _name(fact),
        _place(fact),
        f"{fact.as_of_text or MISSING}（{fact.as_of}）",
        brought,
        f"{fact.source_file}{sheet}",
        str(fact.source_row),
        (fact.source_sha256 or MISSING)[:_SHORT],
    )


@lru_cache(maxsize=4096)
def _brought(release: str, fact: Fact) -> str:
    found = brought_by(release, fact)
    return found.id if found else MISSING
