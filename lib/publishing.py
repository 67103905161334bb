"""What is done with a proposal or a release, each in the audit log: the one way for pages and commands.

Publishing and rolling back are noted before they happen; without a note they are refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lib.audit.actions import Action
from lib.audit.log import AuditError
from lib.audit.recording import Outcome, record, recorded
from lib.settings import lake_dir
from lib.store.lake import Lake, PublishError
from lib.store.proposals import Proposal
from lib.store.release import Release


@contextmanager
def noted(action: Action, by: str, what: str) -> Iterator[Outcome]:
    """Note an action before it happens and how it ended. Raises PublishError where it cannot be."""
    try:
        with recorded(action, who=by, what=what, refusal=PublishError) as outcome:
            yield outcome
    except AuditError as error:
        raise PublishError(str(error)) from error


def submit(proposal_id: str, by: str) -> Proposal:
    """Hand a proposal to a second person for review. Raises PublishError."""
    made = Lake(lake_dir()).submit(proposal_id, by)
    record(Action.SUBMIT, who=by, what=f"{proposal_id} 提交复核")
    return made


def send_back(proposal_id: str, by: str, reason: str) -> Proposal:
    """Send a submitted proposal back, saying why. Raises PublishError."""
    made = Lake(lake_dir()).send_back(proposal_id, by, reason)
    record(Action.SEND_BACK, who=by, what=f"{proposal_id} 退回", reason=reason.strip())
    return made


def discard(proposal_id: str, by: str) -> None:
    """Remove a proposal that was not published. Raises PublishError."""
    Lake(lake_dir()).discard(proposal_id)
    record(Action.DISCARD, who=by, what=proposal_id)


def reopen(proposal_id: str, by: str) -> Proposal:
    """Compare a proposal with what is live now; the fresh one has a new id. Raises PublishError."""
    made = Lake(lake_dir()).reopen(proposal_id)
    record(Action.PROPOSE, who=by, what=f"{proposal_id} 与最新版本重新比较，成为 {made.id}")
    return made


def publish(proposal_id: str, *, by: str, note: str = "", review: bool = False) -> Release:
    """Release a proposal as `Lake.publish_proposal` does. Raises StaleProposalError, PublishError."""
    what = f"{proposal_id} 复核通过并发布" if review else proposal_id
    with noted(Action.PUBLISH, by, what) as outcome:
        made = Lake(lake_dir()).publish_proposal(proposal_id, by=by, note=note, review=review)
        outcome.release = made.id
    return made


def roll_back(release_id: str, *, by: str, note: str) -> Release:
    """Make an older release's content live again, as a new release. Raises PublishError."""
    with noted(Action.ROLL_BACK, by, f"回退到 {release_id}：{note}") as outcome:
        made = Lake(lake_dir()).rollback(release_id, by=by, note=note)
        outcome.release = made.id
    return made
