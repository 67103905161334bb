"""`python -m lib`: see `lib.cli`."""

from lib.cli import cli
from lib.settings import stop_if_wrong

stop_if_wrong()
cli(prog_name="python -m lib")
