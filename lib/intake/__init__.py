"""A file becomes a Draft: decode, locate the header, map columns, read cells, validate.

Nothing here writes anything; problems are rows (`issues.Issue`), not exceptions.
"""
