"""Problems of the API as answers."""

from __future__ import annotations

from starlette.responses import Response

from lib.api.problems import MIME, ProblemError


def refusal(problem: ProblemError, headers: dict[str, str] | None = None) -> Response:
    """A problem as an answer, with headers of its own; never kept."""
    kept = {"Cache-Control": "no-store"} | (headers or {})
    return Response(problem.body(), problem.kind.status, kept, MIME)
