"""What stands before every page, file and answer: each guard lets a request pass or refuses it."""

from starlette.middleware import Middleware

from lib.guards.failures import Failures
from lib.guards.headers import Headers
from lib.guards.hidden import Hidden
from lib.guards.hosts import Hosts
from lib.guards.later import Later
from lib.guards.lengths import Lengths
from lib.guards.visits import Visits
from lib.guards.waiting import Waiting

# The first stands outermost; those that need the whole app are made once it is loaded.
MIDDLEWARE = [
    *(Middleware(guard) for guard in (Headers, Failures, Hosts, Hidden, Lengths, Visits, Waiting)),
    Middleware(Later, guard="lib.guards.visitor:Gate"),
    Middleware(Later, guard="lib.guards.uploads:BoundedUploads"),
    Middleware(Later, guard="lib.guards.pinning:PinnedAddress"),
]
