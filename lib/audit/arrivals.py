"""People who sign in and out, as the log has them."""

from __future__ import annotations

from lib.access.ways import Visitor, leave
from lib.audit.recording import record
from lib.audit.words import Noted, Result


def arrived(found: Visitor) -> None:
    """Note a sign-in that was never seen before, or its refusal; nothing of one that is known."""
    if found.fresh:
        record(
            Noted.SIGN_IN, who=found.person or found.account, what="登录", reason=found.why,
            result=Result.DONE if found.person else Result.REFUSED,
        )  # fmt: skip


def left(found: Visitor) -> None:
    """Sign somebody out, and note it: this sign-in is refused from the next message on."""
    leave(found)
    if found.person and found.session:
        record(Noted.SIGN_OUT, who=found.person, what="退出")
