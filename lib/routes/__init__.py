"""The HTTP routes beside the pages, and what stands before them."""

from starlette.convertors import StringConvertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.routing import Route

from lib.routes.deck import deck, deck_status
from lib.routes.files import document_file, table_file
from lib.routes.health import healthz
from lib.routes.pinning import PinnedAddress
from lib.routes.start import asset, start
from lib.routes.uploads import BoundedUploads


class _Page(StringConvertor):
    """A page's name in an address; files have a dot, and sign-in comes back to an address of its own."""

    regex = r"(?!oauth2callback$)[^/.]+"


register_url_convertor("page", _Page())
MIDDLEWARE = [Middleware(BoundedUploads), Middleware(PinnedAddress)]
ROUTES = [
    Route("/download/{view}.{suffix}", table_file),
    Route("/document/{document}", document_file),
    Route("/healthz", healthz),
    Route("/assets/{name}", asset),
    Route("/deck/status", deck_status),
    Route("/deck/{rehearsal_id}", deck),
    Route("/", start),
    Route("/{page:page}", start),  # last: an unknown page, too, which says so itself
]
