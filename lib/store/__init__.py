"""Releases over Delta Lake tables: the only writer under `data/lake`.

A release is one appended row that names the version of every table. Readers follow
nothing else, so a publish over several tables appears at once or not at all.
"""
