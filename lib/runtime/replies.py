"""What a browser asks for by itself is answered, also where a run of its page begins meanwhile.

As a run begins, Streamlit throws away what it has not sent yet: parts of a page that are out of date.
With them goes the answer to a question, such as where a dropped file is to be sent (its issue 17030),
and the file is lost without a word.
"""

from __future__ import annotations

from streamlit.runtime import app_session
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

_REPLIES = {"file_urls_response", "backend_operation_response"}


class ReplyingQueue(ForwardMsgQueue):
    """What waits to be sent to one browser; replies wait through the beginning of a run."""

    def clear(
        self, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None
    ) -> None:
        """As Streamlit's, which a run begins with (`retain_lifecycle_msgs`) and sending ends with."""
        before = self._queue
        super().clear(retain_lifecycle_msgs, fragment_ids_this_run)
        if retain_lifecycle_msgs:
            kept = set(map(id, self._queue))
            self._queue += [
                message
                for message in before
                if message.WhichOneof("type") in _REPLIES and id(message) not in kept
            ]


def keep_replies() -> None:
    """Give every session from now on such a queue."""
    app_session.ForwardMsgQueue = ReplyingQueue  # type: ignore[attr-defined]
