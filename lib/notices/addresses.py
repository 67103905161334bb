"""Where a notice leads: the figure's 数字溯源, or the page about it, in the release it was judged in."""

from __future__ import annotations

from lib.insight.judgements import Judgement
from lib.links import carried
from lib.queries.references import fact_reference

_MOST = 2  # figures one address names


def address_of(one: Judgement, release: str) -> str:
    """The relative address of what stands behind a judgement."""
    pinned = {"release": release, "period": one.period}
    if one.facts and len(one.facts) <= _MOST:
        return carried("trace", of=[fact_reference(fact) for fact in one.facts], **pinned)
    way = one.way
    return carried(
        way.page, **pinned, district=way.district, department=way.department, **dict(way.own)
    )
