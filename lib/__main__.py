"""`python -m lib`: see `lib.cli`."""

from lib.cli import cli

cli(prog_name="python -m lib")
