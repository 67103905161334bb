"""The HTTP routes beside the pages."""

from starlette.routing import Route

from lib.routes.deck import deck, deck_status
from lib.routes.files import document_file, table_file
from lib.routes.server import healthz, links_script

ROUTES = [
    Route("/download/{view}.{suffix}", table_file),
    Route("/document/{document}", document_file),
    Route("/healthz", healthz),
    Route("/links.js", links_script),
    Route("/deck/status", deck_status),
    Route("/deck/{rehearsal_id}", deck),
]
