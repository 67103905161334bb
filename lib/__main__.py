"""`python -m lib`: see `lib.cli`."""

from lib.cli import run
from lib.settings import stop_if_wrong

stop_if_wrong()
run()
