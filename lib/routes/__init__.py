"""The HTTP routes beside the pages, and what stands before them."""

from starlette.middleware import Middleware
from starlette.routing import Route

from lib.routes.deck import deck, deck_status
from lib.routes.files import document_file, table_file
from lib.routes.pinning import PinnedAddress
from lib.routes.server import healthz, script

MIDDLEWARE = [Middleware(PinnedAddress)]
ROUTES = [
    Route("/download/{view}.{suffix}", table_file),
    Route("/document/{document}", document_file),
    Route("/healthz", healthz),
    Route("/links.js", script),
    Route("/words.js", script),
    Route("/deck/status", deck_status),
    Route("/deck/{rehearsal_id}", deck),
]
