"""The HTTP routes beside the pages."""

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.routing import Route

from lib.routes.check import check
from lib.routes.health import live, ready
from lib.routes.later import later
from lib.routes.start import asset, start


class _Page(StringConvertor):
    """A page's name in an address; files have a dot, and sign-in comes back to an address of its own."""

    regex = r"(?!oauth2callback$)[^/.]+"


register_url_convertor("page", _Page())
# The API itself says which of them it takes.
_EVERY = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
ROUTES = [
    Route("/download/{view}.{suffix}", later("lib.routes.files:table_file")),
    Route("/document/{document}", later("lib.routes.files:document_file")),
    Route("/api", later("lib.routes.api:explained")),
    Route("/api/{path:path}", later("lib.routes.api:answered"), methods=_EVERY),
    Route("/healthz", ready),
    Route("/healthz/ready", ready),
    Route("/healthz/live", live),
    Route("/metrics", later("lib.routes.counters:counters")),
    Route("/assets/{name:path}", asset),
    Route("/terms.json", later("lib.routes.terms:terms")),
    Route("/deck/status", later("lib.routes.deck:deck_status")),
    Route("/deck/{rehearsal_id}", later("lib.routes.deck:deck")),
    Route("/check", check),
    Route("/", start),
    Route("/{page:page}", start),  # last: an unknown page, too, which says so itself
]
