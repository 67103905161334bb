"""What the server counts, for monitors; `lib/routes/counters.py` shows it.

Labels are few and fixed: nothing a visitor sends becomes one.
"""

from __future__ import annotations

from prometheus_client import Counter, Gauge

REQUESTS = Counter("tongbao_requests", "HTTP requests answered", ["part", "status"])
REFUSED = Counter("tongbao_refused", "Requests turned away before the app", ["reason"])
RUNS = Counter("tongbao_page_runs", "Runs of a page, whole")
ERRORS = Counter("tongbao_errors", "Uncaught errors, each with a number in the log", ["where"])
RELEASES = Gauge("tongbao_releases", "Releases in the lake")
