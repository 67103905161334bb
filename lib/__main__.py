"""`python -m lib`: see `lib.cli`."""

from lib.cli import cli
from lib.cli.common import fail
from lib.queries.release import QueryStoppedError
from lib.settings import stop_if_wrong

stop_if_wrong()
try:
    cli(prog_name="python -m lib")
except QueryStoppedError as stopped:
    fail(str(stopped))
