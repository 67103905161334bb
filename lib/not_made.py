"""What stops a document from being made on this machine, whatever it is made of."""

from __future__ import annotations


class NotMadeError(Exception):
    """The machine lacks what a document takes; the message is a Chinese sentence that says what to do."""
