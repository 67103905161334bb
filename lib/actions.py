"""What people do to the lake, each checked against who they are. Pages and commands go through here."""

from __future__ import annotations

from collections.abc import Sequence

from lib.access.roles import Action, DeniedError, Person
from lib.access.rows import check_rows
from lib.catalog.places import place_name
from lib.settings import lake_dir, review_required
from lib.store.errors import PublishError
from lib.store.lake import Lake
from lib.store.proposals import Proposal
from lib.store.release import Release
from lib.submission import Received, differences
from lib.submission import propose as keep


def opened(person: Person, lake: Lake, any_id: str) -> Release | None:
    """The release of that id, or a proposal the person may see, as the release it would become."""
    found = lake.opened(any_id)
    if found is None or found.kind != "proposal":
        return found
    proposal = lake.proposal(any_id)
    return found if proposal and person.sees_drafts_of(proposal.sender) else None


def visible(person: Person, lake: Lake) -> list[Proposal]:
    """The proposals a person may see, newest first."""
    return [one for one in lake.proposals() if person.sees_drafts_of(one.sender)]


def propose(
    person: Person, received: Sequence[Received], *, mode: str, by: str, sender: str, note: str = ""
) -> Proposal:
    """Keep files as a proposal; nothing stays of one that touches rows of somebody else.

    Raises DeniedError and PublishError.
    """
    person.require(Action.REPORT)
    if not person.reports_for(sender):
        raise DeniedError(f"您不能替{place_name(sender)}报送，请改选您自己的报送单位。")
    made = keep(received, mode=mode, by=by, sender=sender, note=note)
    try:
        check_rows(person, (part.diff for part in differences(made.base, made.id)))
    except DeniedError:
        Lake(lake_dir()).discard(made.id)
        raise
    return made


def reopen(person: Person, proposal_id: str) -> Proposal:
    """Compare a proposal with what is live now. Raises DeniedError and PublishError."""
    _own(person, proposal_id)
    return Lake(lake_dir()).reopen(proposal_id)


def submit(person: Person, proposal_id: str, by: str) -> Proposal:
    """Hand a proposal to a reviewer. Raises DeniedError and PublishError."""
    _own(person, proposal_id)
    return Lake(lake_dir()).submit(proposal_id, by)


def discard(person: Person, proposal_id: str) -> None:
    """Drop a proposal. Raises DeniedError and PublishError."""
    _own(person, proposal_id)
    Lake(lake_dir()).discard(proposal_id)


def publish(person: Person, proposal_id: str, by: str, note: str = "") -> Release:
    """Publish a proposal: its own reporter's where one is enough, else a reviewer's doing.

    Raises DeniedError, StaleProposalError and PublishError.
    """
    lake, found = Lake(lake_dir()), _seen(person, proposal_id)
    if review_required():
        person.require(Action.REVIEW)
        return lake.publish_proposal(proposal_id, by=by, note=note, review=True)
    if not person.may(Action.REVIEW):
        _own(person, proposal_id)
        check_rows(person, (part.diff for part in differences(found.base, found.id)))
    return lake.publish_proposal(proposal_id, by=by, note=note)


def send_back(person: Person, proposal_id: str, by: str, reason: str) -> Proposal:
    """Send a submitted proposal back. Raises DeniedError and PublishError."""
    person.require(Action.REVIEW)
    return Lake(lake_dir()).send_back(proposal_id, by, reason)


def rollback(person: Person, release_id: str, *, by: str, note: str) -> Release:
    """Make an older release live again. Raises DeniedError and PublishError."""
    person.require(Action.ROLL_BACK)
    return Lake(lake_dir()).rollback(release_id, by=by, note=note)


def _seen(person: Person, proposal_id: str) -> Proposal:
    found = Lake(lake_dir()).proposal(proposal_id)
    if found is None or not person.sees_drafts_of(found.sender):
        raise PublishError(f"没有待发布的 {proposal_id}，可能已被删除或重新比对，请刷新")
    return found


def _own(person: Person, proposal_id: str) -> None:
    """A proposal is its sender's: who reports for that place may change it, and 管理."""
    found = _seen(person, proposal_id)
    person.require(Action.REPORT)
    if not person.reports_for(found.sender):
        raise DeniedError(f"{found.id}是{place_name(found.sender)}的报送，您不能改动它。")
