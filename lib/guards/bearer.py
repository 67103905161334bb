"""Programs that ask the API with a token: who they are, and how they are told that they are nobody."""

from __future__ import annotations

from starlette.responses import Response

from lib.access.tokens import UNKNOWN, token_visitor
from lib.access.ways import Visitor
from lib.api.problems import TOKEN, ProblemError
from lib.counters import REFUSED
from lib.guards.asgi import Message, headers_named
from lib.logs import log, sent
from lib.routes.problems import refusal

API = "/api/"
_SCHEME = "bearer"
_REALM = 'Bearer realm="tongbao"'


def _borne(scope: Message) -> list[str]:
    """The token of every Authorization header that holds one; of another kind, it is a proxy's matter."""
    said = [line.strip().partition(" ") for line in headers_named(scope, "authorization")]
    return [token.strip() for scheme, _, token in said if scheme.lower() == _SCHEME]


def bearer(scope: Message) -> Visitor | None:
    """Who asks the API with a token; None where none is shown, or it is not the API that is asked."""
    if not scope["path"].startswith(API) or not (borne := _borne(scope)):
        return None
    return token_visitor(borne[0]) if len(borne) == 1 else Visitor(None, UNKNOWN)


def unauthorized(scope: Message, why: str) -> Response:
    """401 for somebody whom the API does not answer; a token that is refused is counted."""
    error = ""
    if _borne(scope):
        REFUSED.labels("token").inc()
        log.warning("refused", reason="token", status=401, path=sent(scope["path"]))
        error = ', error="invalid_token"'
    headers = {"WWW-Authenticate": _REALM + error}
    return refusal(ProblemError(TOKEN, why), headers)
