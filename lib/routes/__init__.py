"""The HTTP routes beside the pages, and what stands before them."""

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import Route

from lib.routes.deck import deck, deck_status
from lib.routes.failures import Failures
from lib.routes.files import document_file, table_file
from lib.routes.headers import Headers
from lib.routes.health import live, ready
from lib.routes.hidden import Hidden
from lib.routes.hosts import Hosts
from lib.routes.lengths import Lengths
from lib.routes.metrics import metrics
from lib.routes.pinning import PinnedAddress
from lib.routes.start import asset, start
from lib.routes.uploads import BoundedUploads
from lib.routes.visitor import Gate
from lib.routes.visits import Visits


class _Page(StringConvertor):
    """A page's name in an address; files have a dot, and sign-in comes back to an address of its own."""

    regex = r"(?!oauth2callback$)[^/.]+"


register_url_convertor("page", _Page())
# The first stands outermost.
MIDDLEWARE = [
    Middleware(guard)
    for guard in (
        Headers, Failures, Hosts, Hidden, Lengths, Visits, Gate, BoundedUploads, PinnedAddress,
    )
]  # fmt: skip
ROUTES = [
    Route("/download/{view}.{suffix}", table_file),
    Route("/document/{document}", document_file),
    Route("/healthz", ready),
    Route("/healthz/ready", ready),
    Route("/healthz/live", live),
    Route("/metrics", metrics),
    Route("/assets/{name}", asset),
    Route("/deck/status", deck_status),
    Route("/deck/{rehearsal_id}", deck),
    Route("/", start),
    Route("/{page:page}", start),  # last: an unknown page, too, which says so itself
]
