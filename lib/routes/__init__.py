"""The HTTP routes beside the pages, and what stands before them."""

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import Route

from lib.routes.check import check
from lib.routes.failures import Failures
from lib.routes.headers import Headers
from lib.routes.health import live, ready
from lib.routes.hidden import Hidden
from lib.routes.hosts import Hosts
from lib.routes.later import Later, later
from lib.routes.lengths import Lengths
from lib.routes.start import asset, start
from lib.routes.visits import Visits
from lib.routes.waiting import Waiting


class _Page(StringConvertor):
    """A page's name in an address; files have a dot, and sign-in comes back to an address of its own."""

    regex = r"(?!oauth2callback$)[^/.]+"


register_url_convertor("page", _Page())
# The API itself says which of them it takes.
_EVERY = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# The first stands outermost; those that need the whole app are made once it is loaded.
MIDDLEWARE = [
    *(Middleware(guard) for guard in (Headers, Failures, Hosts, Hidden, Lengths, Visits, Waiting)),
    Middleware(Later, guard="visitor:Gate"),
    Middleware(Later, guard="uploads:BoundedUploads"),
    Middleware(Later, guard="pinning:PinnedAddress"),
]
ROUTES = [
    Route("/download/{view}.{suffix}", later("files:table_file")),
    Route("/document/{document}", later("files:document_file")),
    Route("/api", later("api:explained")),
    Route("/api/{path:path}", later("api:answered"), methods=_EVERY),
    Route("/healthz", ready),
    Route("/healthz/ready", ready),
    Route("/healthz/live", live),
    Route("/metrics", later("counters:counters")),
    Route("/assets/{name:path}", asset),
    Route("/terms.json", later("terms:terms")),
    Route("/deck/status", later("deck:deck_status")),
    Route("/deck/{rehearsal_id}", later("deck:deck")),
    Route("/check", check),
    Route("/", start),
    Route("/{page:page}", start),  # last: an unknown page, too, which says so itself
]
