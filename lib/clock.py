"""Beijing time: what every clock of the office shows, wherever the server stands."""

from __future__ import annotations

import datetime as dt

CHINA = dt.timezone(dt.timedelta(hours=8))


def china_today() -> dt.date:
    """Today in Beijing."""
    return dt.datetime.now(CHINA).date()
