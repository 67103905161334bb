"""Declarations, and nothing else: what exists, what it is called, how it is judged.

Places, periods, bulletin sections, datasets, metrics, rosters and reconciliation rules are each
declared once here; templates, validation, labels, queries, pages and documents read them.
"""
