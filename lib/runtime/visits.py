"""Which browser a session belongs to, and which files it was offered.

A visit is one browser, known by a random cookie. Streamlit is told the visit with every connection,
as the one thing it knows of a user (`server.trustedUserHeaders`): it lets nobody else resume the
session. Knows Streamlit's messages, so that the guards need not.
"""

from __future__ import annotations

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime import exists, get_instance

COOKIE = "tongbao_visit"
HEADER = "x-tongbao-visit"  # as .streamlit/config.toml names it; never taken from outside
MEDIA = "/media/"
_MEDIA = MEDIA.encode()


def files_offered(data: bytes) -> list[str]:
    """The files, by name, that a message to a browser gives it to download.

    Only where Streamlit itself puts an address: one in a text is somebody's text.
    """
    if _MEDIA not in data:
        return []
    message = ForwardMsg.FromString(data)
    addresses = (
        message.backend_operation_response.deferred_file.url,
        message.delta.new_element.download_button.url,
    )
    return [address.removeprefix(MEDIA) for address in addresses if address.startswith(MEDIA)]


def visit_of(session_id: str) -> str | None:
    """The visit an open session belongs to; None where there is no such session."""
    client = get_instance().get_client(session_id) if exists() else None
    about = client.client_context if client else None
    headers = about.headers if about else ()
    return next((value for name, value in headers if name == HEADER), None)
