"""Notices as they live on: since when each holds, who knows of it, where it was delivered and where not.

    insight/notices > moves (opened, recovered) > records under data/notices > delivery > a channel

`moves` and `worse` are pure; `folder` alone writes, and every write is of one record, whole or not at all.
"""
