"""The half-year bulletin as text: templates worded by people, figures taken from a release.

Knows no file format; `lib/documents` makes files of what `compose.py` returns.
"""
