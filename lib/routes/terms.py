"""What `terms.js` says of a metric whose name is pointed at."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse

from lib.catalog.metrics import METRICS
from lib.catalog.outline import SECTIONS


async def terms(_: Request) -> JSONResponse:
    """Metric id > name, definition, unit ("" where it has none) and where in the bulletin it stands."""
    said = {
        metric.id: (
            metric.name,
            metric.definition,
            metric.unit,
            f"通报{metric.section}（{SECTIONS[metric.section]}）",
        )
        for metric in METRICS
    }
    return JSONResponse(said, headers={"Cache-Control": "no-cache"})
