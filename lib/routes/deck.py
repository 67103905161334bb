"""Rehearsals as the deck that shows them, and what an open deck asks."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse

from lib.access.roles import Person
from lib.audit.recording import record
from lib.audit.words import Noted
from lib.not_made import NotMadeError
from lib.settings import lake_dir
from lib.store.lake import Lake


def _shown(person: Person, rehearsal_id: str) -> HTMLResponse:
    """A rehearsal as its deck, or a page that says why not."""
    from lib.meeting.deck import served_deck, sorry
    from lib.meeting.rehearsal import kept_rehearsals
    from lib.queries.release import DamagedReleaseError, QueryStoppedError, UnknownReleaseError
    from lib.store.rehearsals import RehearsalError

    try:
        found = kept_rehearsals().get(rehearsal_id)
        if found is not None:
            made, status = served_deck(found, Lake(lake_dir()).live()), 200
            what = f"放映“{found.title}”（{found.id}）"
            record(Noted.EXPORT, who=person, what=what, release=found.release_id)
        else:
            made, status = sorry("没有这份排练，可能已被删除。"), 404
    except RehearsalError as error:
        made, status = sorry(f"{error}。"), 404
    except DamagedReleaseError as error:
        made, status = sorry(f"{error}。请管理员运行 python -m lib verify。"), 503
    except (QueryStoppedError, NotMadeError) as error:
        made, status = sorry(str(error)), 503
    except UnknownReleaseError as error:
        made, status = sorry(f"这份排练固定在版本 {error}，这里没有这个版本。"), 404
    headers = {
        "Cache-Control": "no-store",
        "Content-Security-Policy": f"{made.policy}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    return HTMLResponse(made.html, status, headers)


async def deck(request: Request) -> HTMLResponse:
    """A rehearsal's deck; 404, or 503 for a damaged release, with a sentence where it cannot be shown."""
    return await anyio.to_thread.run_sync(
        _shown, request.scope["visitor"].person, request.path_params["rehearsal_id"]
    )


async def deck_status(request: Request) -> JSONResponse:
    """For an open deck: the newest release, and whether it is newer than the one shown."""
    lake, shown = Lake(lake_dir()), request.query_params.get("release", "")
    live = await anyio.to_thread.run_sync(lake.live)
    if live is None:
        return JSONResponse({"status": "starting"}, status_code=503)
    answer = {"latest": live.id, "label": live.label, "newer": live.id != shown}
    return JSONResponse(answer, headers={"Cache-Control": "no-store"})
