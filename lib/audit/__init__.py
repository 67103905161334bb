"""Who did what, when, to which release, and how it ended: an append-only, hash-chained log.

`recording` is what pages, routes and commands call; `verify` says whether the log is as written.
"""
