"""The process that draws charts: a line of JSON in, a line out, until nobody asks any more.

Started by `renderer`; never imported by the app, and imports nothing of it.
"""

from __future__ import annotations

import json
import os
import signal
import sys

import vl_convert


def _end_in(seconds: int) -> None:
    """End this process then; never for 0, and never on Windows."""
    if hasattr(signal, "alarm"):
        signal.alarm(seconds)


def main(kept: int) -> None:
    """Draw what comes in, until the other end is closed or nothing came for so many seconds."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the engine itself may print is no answer
    _end_in(kept)
    for line in sys.stdin:
        _end_in(0)
        spec, config = json.loads(line)
        try:
            answer = {"svg": vl_convert.vegalite_to_svg(spec, config=config, allowed_base_urls=[])}
        except ValueError as error:
            answer = {"problem": str(error)}
        print(json.dumps(answer), file=answers, flush=True)
        _end_in(kept)


if __name__ == "__main__":
    main(int(sys.argv[1]))
