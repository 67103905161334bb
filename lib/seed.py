"""First start: the shipped bulletin figures go through intake and store like any upload."""

from __future__ import annotations

from lib.audit.recording import recorded
from lib.audit.words import Noted
from lib.intake.reading import read_file
from lib.logs import log
from lib.settings import bulletins_dir, lake_dir
from lib.store.copies import is_copy
from lib.store.errors import DamagedError, PublishError
from lib.store.lake import Lake
from lib.store.release import Release

BY = "系统初始化"


def seed() -> Release:
    """Release what `bulletins_dir()` holds, one folder a period, unless it is live already.

    Raises PublishError.
    """
    files = sorted(bulletins_dir().glob("*/*.csv"))
    drafts = [draft for path in files for draft in read_file(path.read_bytes(), path.name).drafts]
    periods = "、".join(sorted({path.parent.name for path in files}))
    note = f"随产品发布的通报数据：{periods}"
    with recorded(Noted.PUBLISH, who=BY, what=note, refusal=PublishError) as outcome:
        made = Lake(lake_dir()).publish(
            drafts, by=BY, note=note, kind="seed",
            originals={d.sha256: path.read_bytes() for d, path in zip(drafts, files, strict=True)},
        )  # fmt: skip
        outcome.release = made.id
    return made


def clean_up() -> None:
    """Remove what crashed publishes left behind, where the disk and other writers let it."""
    lake = Lake(lake_dir())
    if lake.releases() and not is_copy(lake.path):  # which is put right by following again
        try:
            lake.repair()
        except PublishError as error:
            log.warning("not cleaned up", why=str(error))


def ensure_seeded() -> Release:
    """The live release, made from the shipped figures where there is none yet.

    Waits for no writer where the newest release is whole; where it is not, what a crashed publish
    left behind is cleaned up first. Raises DamagedError where there were releases and none is whole.
    """
    lake = Lake(lake_dir())
    if lake.fallback():
        clean_up()
    fallen = lake.fallback()
    live = fallen.live if fallen else lake.live()
    if fallen and live is None:
        raise DamagedError(fallen.notice(""))
    return live or seed()
