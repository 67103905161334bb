"""The lake: propose, publish, follow releases, roll back. Everything under one folder.

Layout: `<lake>/<dataset>/` (Delta, partitioned by period) and `<lake>/releases/`, with `uploads/`
and `proposals/` beside the lake. Paths inside are relative, so the folder works after being
copied. Writers take one file lock; readers none.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake.exceptions import DeltaError
from filelock import FileLock

from lib.catalog.datasets import CASES, DATASET_BY_ID
from lib.clock import CHINA
from lib.intake.cases.drop import Dropped
from lib.intake.draft import Draft
from lib.store.content import files_hash, known_by_files, tables_of, write_part
from lib.store.copies import refusal
from lib.store.durable import make_folder
from lib.store.errors import DamagedError, PublishError, StaleProposalError, told
from lib.store.form import note_form, too_new
from lib.store.integrity import check_rows, summary
from lib.store.modes import MODE_BY_ID, REPLACE, Mode
from lib.store.posts import check_discreet, same_post
from lib.store.proposals import Proposal, ProposedPart, proposed
from lib.store.reading import Reader, read
from lib.store.release import Kind, Release, nothing
from lib.store.repair import repair
from lib.store.seals import seal
from lib.store.staging import (
    ReadPart,
    Staged,
    check_synthetic,
    dropped_sources,
    sources,
    stage,
    stage_part,
)
from lib.store.sums import sums_under
from lib.store.writing import Change, append_release, write_tables

__all__ = ["Lake", "PublishError", "StaleProposalError"]

_LOCK_SECONDS = 60
DROP_SENDER = "government_service"  # cases come from the city's platform
_UNUSABLE = set("[]|^")
Originals = Mapping[str, bytes]


class Lake(Reader):
    """The one writer of a lake folder: it is made by the first publish and never by a read."""

    # proposing

    def propose(
        self, drafts: Sequence[Draft], *, mode: str = REPLACE.id, by: str, sender: str = "",
        note: str = "", originals: Originals | None = None,
    ) -> Proposal:  # fmt: skip
        """Keep what the drafts would make of the live release; nothing is published.

        originals: SHA-256 > the files' bytes, kept for good
        Raises PublishError where a draft is blocked, rows contradict or the mode refuses a row.
        """
        how = _mode(mode)
        check_discreet(by, sender, note)
        with self._writing():
            live = self._base()
            staged = stage(drafts, how, live, self._live_rows(live))
            if not staged:
                raise PublishError("文件里没有可发布的行，请核对后重新上传")
            self._keep(originals)
            proposal = Proposal(
                self._proposals.new_id(), dt.datetime.now(dt.UTC), by, sender, note, how.id,
                live.id if live else None, tuple(map(proposed, staged)),
                sources(drafts, how, sender), _counts(drafts),
                tuple(issue for draft in drafts for issue in draft.issues),
            )  # fmt: skip
            self._proposals.write(proposal, staged)
        return proposal

    @contextmanager
    def workspace(self) -> Iterator[Path]:
        """An empty folder for cases about to be proposed; gone afterwards, if they were not."""
        if refused := refusal(self.path):
            raise PublishError(refused)
        with told(), self._proposals.workspace() as workspace:
            yield workspace

    def propose_cases(
        self, dropped: Dropped, workspace: Path, *, by: str, note: str = ""
    ) -> Proposal:
        """Keep cases that were read into `workspace`, period by period; nothing is published.

        Raises PublishError where they are made up and that is not allowed here.
        """
        check_discreet(by, note)
        if any(part.synthetic for part in dropped.parts):
            check_synthetic([file["file"] for file in dropped.files])
        with self._writing():
            live = self._base()
            contents = live.contents if live else {}
            proposal = Proposal(
                self._proposals.new_id(), dt.datetime.now(dt.UTC), by, DROP_SENDER, note,
                REPLACE.id, live.id if live else None,
                tuple(
                    ProposedPart(
                        CASES.id, part.period, contents.get(f"{CASES.id}/{part.period}"),
                        files_hash(part.files), part.rows, part.synthetic,
                        sums_under(workspace / "result", f"*/period={part.period}/*"),
                    )
                    for part in dropped.parts
                ),
                dropped_sources(dropped, DROP_SENDER),
                dict(Counter(issue.severity for issue in dropped.issues)), dropped.issues,
            )  # fmt: skip
            self._proposals.adopt(proposal, workspace)
        return proposal

    def reopen(self, proposal_id: str) -> Proposal:
        """Apply a proposal's rows and mode to what is live now; the refreshed one has a new id.

        Raises PublishError where the mode now refuses a row; the old proposal then stays.
        """
        with self._writing():
            old, live = self._open_proposal(proposal_id), self._base()
            if any(known_by_files(part.digest) for part in old.parts):
                raise PublishError(
                    f"{old.id}行数太多，不能在这里重新比较，请重新运行 python -m lib drop"
                )
            read = self._live_rows(live)
            staged = [
                stage_part(
                    DATASET_BY_ID[part.dataset], part.period, self._proposals.rows(old, part),
                    part.synthetic, old.publish_mode, live, read,
                )
                for part in old.parts
            ]  # fmt: skip
            fresh = replace(
                old, id=self._proposals.new_id(), base=live.id if live else None,
                parts=tuple(map(proposed, staged)), state="待发布", submitted_by="",
                submitted_account="", reason="",
            )  # fmt: skip
            self._proposals.write(fresh, staged)
            self._proposals.remove(old.id)
        return fresh

    def submit(self, proposal_id: str, by: str, account: str = "") -> Proposal:
        """Hand a proposal to a second person for review; `account`: of whoever signed in to do so."""
        check_discreet(by)
        with self._writing():
            found = self._open_proposal(proposal_id)
            return self._set(
                found, state="待复核", submitted_by=by, submitted_account=account, reason=""
            )

    def send_back(self, proposal_id: str, by: str, reason: str) -> Proposal:
        """Send a submitted proposal back, saying why. Raises PublishError without a reason."""
        check_discreet(by, reason)
        with self._writing():
            found = self._open_proposal(proposal_id)
            if found.state != "待复核":
                raise PublishError(f"{found.id}{found.state}，只有待复核的才能退回")
            if not reason.strip():
                raise PublishError("请写明退回的原因")
            return self._set(found, state="已退回", reason=f"{by}：{reason.strip()}")

    def discard(self, proposal_id: str) -> None:
        """Remove a proposal that was not published."""
        with self._writing():
            self._proposals.remove(self._open_proposal(proposal_id).id)

    # publishing

    def publish_proposal(
        self, proposal_id: str, *, by: str, note: str = "", review: bool = False
    ) -> Release:
        """Release a proposal, whole or not at all; one that is published already is returned.

        review: a second person must publish what the first submitted
        Raises StaleProposalError where another release changed the same parts since, PublishError
        where it may not be published.
        """
        check_discreet(by, note)
        with self._writing():
            found = self._known(proposal_id)
            if found.state == "已发布":
                return self._known_release(found.release)
            _allowed(found, by, review)
            live = self._base()
            _check_base(found, live)
            check_synthetic([s["file"] for s in found.sources if s.get("synthetic")])
            if damage := check_rows(self, self._as_release(found)):
                raise DamagedError(
                    f"{found.id}的文件损坏（{summary(damage)}），不能发布，请重新上传"
                )
            release = self._release(
                live, [self._change(found, part) for part in found.parts],
                kind="publish", by=found.submitted_by if review else by, note=note or found.note,
                sources=found.sources, issues=found.issues, proposal=found.id,
                reviewed_by=by if review else "",
            )  # fmt: skip
            with suppress(OSError):  # the release row already says so
                self._set(found, state="已发布", release=release.id)
            return release

    def publish(
        self, drafts: Sequence[Draft], *, by: str, note: str = "", kind: Kind = "publish",
        mode: str = REPLACE.id, sender: str = "", originals: Originals | None = None,
    ) -> Release:  # fmt: skip
        """Propose and publish in one step, whole or not at all.

        Content equal to what is live makes no new release: the live one is returned.
        Raises PublishError like `propose`.
        """
        how = _mode(mode)
        check_discreet(by, sender, note)
        with self._writing():
            live = self._base()
            staged = stage(drafts, how, live, self._live_rows(live))
            self._keep(originals)
            return self._release(
                live, [_staged_change(part) for part in staged], kind=kind, by=by, note=note,
                sources=sources(drafts, how, sender), issues=_counts(drafts),
            )  # fmt: skip

    def rollback(self, release_id: str, *, by: str, note: str) -> Release:
        """Make an older release's tables live again, as a new release that names them.

        The way on from a damaged release, too. Raises DamagedError where the older one is damaged.
        """
        check_discreet(by, note)
        with self._writing():
            target, live = self._known_release(release_id), next(iter(self.releases()), None)
            if found := self.damage(target):
                raise DamagedError(
                    f"版本 {release_id} 的文件损坏（{summary(found)}），不能回退到它，请选一个完好的版本"
                )
            carried = replace(
                target, kind="rollback", by=by, note=note or f"回退到 {release_id}",
                sources=[], issues={}, proposal="", reviewed_by="", restored=release_id,
            )  # fmt: skip
            return self._append(live, carried)

    def repair(self, *, waits: bool = True) -> list[str]:
        """Clean up after crashed publishes; the names of what was removed.

        Raises PublishError where another writer is at work, for long or, unless it `waits`, now.
        """
        with self._writing(None if waits else 0):
            return repair(self)

    def forget_figures(self, proposal: Proposal) -> list[Path]:
        """Drop the figures of a published proposal, which its release holds; the folders gone."""
        if self._proposals.get(proposal.id) != proposal:
            self._proposals.save(proposal)  # a crash came before it was noted
        return self._proposals.drop_figures(proposal.id)

    # details

    @contextmanager
    def _writing(self, patience: float | None = None) -> Iterator[None]:
        if _UNUSABLE & set(str(self.path)):  # the Delta writer dies on these
            raise PublishError(
                f"数据文件夹“{self.path}”的路径里有方括号、竖线或^，无法写入，请换一个文件夹"
            )
        with told():
            make_folder(self.path)
            with FileLock(
                self.path / ".lock", timeout=_LOCK_SECONDS if patience is None else patience
            ):
                if newer := too_new(self.path):
                    raise PublishError(newer)
                if refused := refusal(self.path):
                    raise PublishError(refused)
                note_form(self.path)
                yield

    def _keep(self, originals: Originals | None) -> None:
        for digest, content in (originals or {}).items():
            if self.uploads.keep(content) != digest:
                raise PublishError(f"原件与它的指纹 {digest[:12]} 不符，请重新上传")

    def _base(self) -> Release | None:
        """The newest release, for a publish to build on. Raises DamagedError where it is damaged."""
        fallen = self.fallback()
        if fallen is None:
            return self.live()
        raise DamagedError(fallen.refusal)

    def _live_rows(self, live: Release | None) -> ReadPart:
        def rows(dataset: str, period: str) -> pa.Table:
            held = self.periods_of(live, dataset) if live else {}
            if live and known_by_files(live.contents.get(f"{dataset}/{period}", "")):
                raise PublishError(
                    f"{DATASET_BY_ID[dataset].name} {period} 是从投放文件夹整期发布的，只能整期替换："
                    "请用 python -m lib drop 重新投放，或把发布方式改为“整期替换”"
                )
            return read((dataset, period), held.get(period, []))

        return rows

    def _release(self, live: Release | None, changes: Sequence[Change], **told: Any) -> Release:
        """The next release, made of the changes that are any; `told` fills its other fields."""
        base = live or nothing()
        changed = [c for c in changes if base.contents.get(c.id) != c.digest]
        if live and not changed:
            return live
        blank = replace(base, reviewed_by="", proposal="", restored="")
        written = self._write_tables(blank, changed)
        return self._append(live, replace(written, **told))

    def _write_tables(self, base: Release, changes: Sequence[Change]) -> Release:
        return write_tables(self.path, base, changes)

    def _append(self, live: Release | None, content: Release) -> Release:
        number = max([live.number if live else 0, *(int(gone[1:]) for gone in self.lost())]) + 1
        release = append_release(self.path, number, live, content)
        # It is published; where they could not be written, the next clean-up does.
        with suppress(OSError, DeltaError, pa.ArrowInvalid):
            seal(self, release)
        return release

    def _known_release(self, release_id: str) -> Release:
        found = self.release(release_id)
        if found is None:
            raise PublishError(f"没有版本 {release_id}，请在“快照版本”页核对版本号")
        return found

    def _open_proposal(self, proposal_id: str) -> Proposal:
        found = self._known(proposal_id)
        if found.state == "已发布":
            raise PublishError(f"{found.id}已发布为 {found.release}，不能再改，请另报更正")
        return found

    def _set(self, proposal: Proposal, **state: Any) -> Proposal:
        changed = replace(proposal, **state)
        self._proposals.save(changed)
        return changed

    def _change(self, proposal: Proposal, part: ProposedPart) -> Change:
        files = {
            table: [partial(_take, path) for path in paths]
            for table, paths in self._proposals.results(proposal, part).items()
        }
        return Change(part.dataset, part.period, part.digest, part.synthetic, files)


def _mode(mode_id: str) -> Mode:
    if mode_id not in MODE_BY_ID:
        modes = "、".join(f"{mode.id}（{mode.label}）" for mode in MODE_BY_ID.values())
        raise PublishError(f"没有发布方式“{mode_id}”，可选：{modes}")
    return MODE_BY_ID[mode_id]


def _counts(drafts: Sequence[Draft]) -> dict[str, int]:
    return dict(Counter(issue.severity for draft in drafts for issue in draft.issues))


def _staged_change(part: Staged) -> Change:
    files = {table: [partial(write_part, table, part.table)] for table in tables_of(part.dataset)}
    return Change(part.dataset.id, part.period, part.digest, part.synthetic, files)


def _take(kept: Path, path: Path) -> None:
    """Give a finished file that nobody writes to a second name, or copy it to another disk."""
    try:
        os.link(kept, path)
    except OSError:
        shutil.copyfile(kept, path)


def _allowed(proposal: Proposal, by: str, review: bool) -> None:
    if proposal.state == "已退回":
        raise PublishError(f"{proposal.id}已退回（{proposal.reason}），请重新提交或重新上传")
    if review and proposal.state != "待复核":
        raise PublishError(f"{proposal.id}还没有提交复核，请先提交，由另一人复核后发布")
    if review and same_post(by, proposal.submitted_by):
        raise PublishError("提交人不能复核自己的数据，请由另一人复核后发布")


def _check_base(proposal: Proposal, live: Release | None) -> None:
    contents = live.contents if live else {}
    moved = [
        f"{DATASET_BY_ID[part.dataset].name} {part.period}"
        for part in proposal.parts
        if contents.get(part.id) not in (part.base, part.digest)
    ]
    if moved and live:
        when = f"{live.created_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        raise StaleProposalError(
            f"{proposal.id}比较之后，{'、'.join(moved)}已有新的发布"
            f"（最新版本 {live.id}，{live.by}，{when}），请重新比较后再发布；上传的内容都还在",
            live,
        )
