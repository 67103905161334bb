"""What people do to the lake: checked against who they are, and noted. Pages and commands go through here.

Publishing and rolling back are noted before they happen; without a note they are refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar, cast

from lib.access.roles import MACHINE, Action, DeniedError, Person
from lib.access.rows import check_rows
from lib.audit.recording import denied, record, recorded
from lib.audit.words import Noted
from lib.catalog.places import place_name
from lib.intake.cases.drop import Dropped
from lib.settings import lake_dir, review_required
from lib.store.errors import PublishError
from lib.store.lake import Lake
from lib.store.proposals import Proposal
from lib.store.release import Release
from lib.submission import Received, differences, propose_drop
from lib.submission import propose as keep

_P = ParamSpec("_P")
_R = TypeVar("_R")
_Act = Callable[Concatenate[Person, _P], _R]


def _guarded(name: str) -> Callable[[_Act[_P, _R]], _Act[_P, _R]]:
    """An action, by the name people know it by; its denial is noted."""

    def decorate(act: _Act[_P, _R]) -> _Act[_P, _R]:
        @wraps(act)
        def checked(person: Person, *args: _P.args, **kwargs: _P.kwargs) -> _R:
            try:
                return act(person, *args, **kwargs)
            except DeniedError as error:
                denied(person, name, str(error))
                raise

        return cast("_Act[_P, _R]", checked)

    return decorate


def opened(person: Person, lake: Lake, any_id: str) -> Release | None:
    """The release of that id, or a proposal the person may see, as the release it would become."""
    found = lake.opened(any_id)
    if found is None or found.kind != "proposal":
        return found
    proposal = lake.proposal(any_id)
    if proposal and person.sees_drafts_of(proposal.sender):
        return found
    denied(person, f"查看 {any_id}", "别的单位还没有发布的报送")
    return None


def visible(person: Person, lake: Lake) -> list[Proposal]:
    """The proposals a person may see, newest first."""
    return [one for one in lake.proposals() if person.sees_drafts_of(one.sender)]


@_guarded("报送")
def propose(
    person: Person, received: Sequence[Received], *, mode: str, by: str, sender: str, note: str = ""
) -> Proposal:
    """Keep files as a proposal; nothing stays of one that touches rows of somebody else.

    Raises DeniedError and PublishError.
    """
    person.require(Action.REPORT)
    if not person.reports_for(sender):
        raise DeniedError(f"您不能替{place_name(sender)}报送，请改选您自己的报送单位。")
    made = _own_rows(person, keep(received, mode=mode, by=by, sender=sender, note=note))
    files = "、".join(dict.fromkeys(one.reading.file for one in received))
    what = f"{made.id}，{made.publish_mode.label}：{files}"
    record(Noted.PROPOSE, who=person, post=by, what=what)
    return made


@_guarded("投放办件")
def drop(
    person: Person, folder: Path, *, by: str, note: str = "", period: str | None = None,
    progress: Callable[[str, float], None] = lambda _stage, _share: None,
) -> tuple[Proposal | None, Dropped]:  # fmt: skip
    """Keep a folder of cases as a proposal; None where something in it blocks.

    Raises DeniedError and PublishError.
    """
    person.require(Action.REVIEW)
    made, dropped = propose_drop(folder, by=by, note=note, period=period, progress=progress)
    if made:
        files = "、".join(file["file"] for file in dropped.files)
        record(Noted.PROPOSE, who=person, post=by, what=f"{made.id}，投放办件：{files}")
    return made, dropped


@_guarded("重新比较报送")
def reopen(person: Person, proposal_id: str, by: str) -> Proposal:
    """Compare a proposal with what is live now; the fresh one has a new id.

    Raises DeniedError and PublishError.
    """
    _own(person, proposal_id)
    made = _own_rows(person, Lake(lake_dir()).reopen(proposal_id))
    what = f"{proposal_id} 与最新版本重新比较，成为 {made.id}"
    record(Noted.PROPOSE, who=person, post=by, what=what)
    return made


@_guarded("提交复核")
def submit(person: Person, proposal_id: str, by: str) -> Proposal:
    """Hand a proposal to a reviewer. Raises DeniedError and PublishError."""
    _own(person, proposal_id)
    account = "" if person.id == MACHINE.id else person.id
    made = Lake(lake_dir()).submit(proposal_id, by, account)
    record(Noted.SUBMIT, who=person, post=by, what=f"{proposal_id} 提交复核")
    return made


@_guarded("放弃报送")
def discard(person: Person, proposal_id: str, by: str) -> None:
    """Drop a proposal. Raises DeniedError and PublishError."""
    _own(person, proposal_id)
    Lake(lake_dir()).discard(proposal_id)
    record(Noted.DISCARD, who=person, post=by, what=proposal_id)


@_guarded("发布")
def publish(person: Person, proposal_id: str, by: str, note: str = "") -> Release:
    """Publish a proposal: its own reporter's where one is enough, else a reviewer's doing.

    Raises DeniedError, StaleProposalError and PublishError.
    """
    found, review = _seen(person, proposal_id), review_required()
    if review:
        person.require(Action.REVIEW)
        if found.submitted_account and found.submitted_account == person.id:
            raise PublishError("提交人不能复核自己的数据，请由另一人复核后发布")
    elif not person.may(Action.REVIEW):
        _own(person, proposal_id)
        check_rows(person, (part.diff for part in differences(found.base, found.id)))
    what = f"{proposal_id} 复核通过并发布" if review else proposal_id
    with recorded(Noted.PUBLISH, who=person, post=by, what=what, refusal=PublishError) as outcome:
        made = Lake(lake_dir()).publish_proposal(proposal_id, by=by, note=note, review=review)
        outcome.release = made.id
    return made


@_guarded("退回报送")
def send_back(person: Person, proposal_id: str, by: str, reason: str) -> Proposal:
    """Send a submitted proposal back, saying why. Raises DeniedError and PublishError."""
    person.require(Action.REVIEW)
    made = Lake(lake_dir()).send_back(proposal_id, by, reason)
    what = f"{proposal_id} 退回"
    record(Noted.SEND_BACK, who=person, post=by, what=what, reason=reason.strip())
    return made


@_guarded("回退版本")
def rollback(person: Person, release_id: str, *, by: str, note: str) -> Release:
    """Make an older release live again, as a new release. Raises DeniedError and PublishError."""
    person.require(Action.ROLL_BACK)
    what = f"回退到 {release_id}：{note}"
    with recorded(Noted.ROLL_BACK, who=person, post=by, what=what, refusal=PublishError) as outcome:
        made = Lake(lake_dir()).rollback(release_id, by=by, note=note)
        outcome.release = made.id
    return made


def _seen(person: Person, proposal_id: str) -> Proposal:
    found = Lake(lake_dir()).proposal(proposal_id)
    if found is None or not person.sees_drafts_of(found.sender):
        raise PublishError(f"没有待发布的 {proposal_id}，可能已被删除或重新比较，请刷新")
    return found


def _own_rows(person: Person, made: Proposal) -> Proposal:
    """A proposal that touches no row of somebody else; nothing stays of one that does."""
    try:
        check_rows(person, (part.diff for part in differences(made.base, made.id)))
    except DeniedError:
        Lake(lake_dir()).discard(made.id)
        raise
    return made


def _own(person: Person, proposal_id: str) -> None:
    """A proposal is its sender's: who reports for that place may change it, and 管理."""
    found = _seen(person, proposal_id)
    person.require(Action.REPORT)
    if not person.reports_for(found.sender):
        raise DeniedError(f"{found.id}是{place_name(found.sender)}的报送，您不能改动它。")
