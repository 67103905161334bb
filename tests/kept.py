"""Data folders made once for a whole run, by whichever process comes first; who needs one gets a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from lib.seed import ensure_seeded
from lib.settings import lake_dir
from lib.store.lake import Lake
from lib.store.release import Release
from lib.submission import propose, receive
from tests.synthetic import PERIODS, synthetic_files

POOR = "2023H1"
_POOR_FILES = {
    "预警.csv": """\
期次,部门,预警件数,超期件数,单位,时点,截止日期,出处,备注
2023H1,市教育局,3,,件,上半年,2023-06-30,三（三）,
2023H1,市科技局,2,1,件,上半年,2023-06-30,三（三）,
""",
    "指标.csv": """\
期次,指标,地区,部门,数值,限定词,单位,时点,截止日期,出处,备注
2023H1,新生儿出生“一件事”办件数,武进区,,12,,件,6月底,2023-06-30,,
2023H1,监管事项数,全市,,3800,,个,6月底,2023-06-30,四（二）,
""",
}
_place: list[Path] = []  # the folder of this run, once it has one


def keep_in(folder: Path) -> None:
    """Keep what is made in a folder that every process of the run knows."""
    _place[:] = [folder]


def publish(files: Mapping[str, bytes]) -> Release:
    """Upload files, name > content, as any office does, and release them."""
    sent = [
        receive(content, name, sender="government_service", choices={})
        for name, content in files.items()
    ]
    made = propose(sent, mode="replace", by="测试", sender="government_service")
    return Lake(lake_dir()).publish_proposal(made.id, by="测试")


def first_release(to: Path) -> None:
    """Put into a folder what a first start makes of the shipped figures: R0001."""
    _copy("first", ensure_seeded, to)


def keeps() -> bool:
    """Whether this is a run of tests, with a place to keep what was made."""
    return bool(_place)


@contextmanager
def first_lake(folder: Path) -> Iterator[Lake]:
    """R0001 alone, in a folder that is the app's within the block."""
    with _lake("first", ensure_seeded, folder) as lake:
        yield lake


@contextmanager
def three_periods(folder: Path) -> Iterator[Lake]:
    """R0003: the shipped 2022H1 between two made-up periods; the folder is the app's within the block."""
    with _lake("three", _three, folder) as lake:
        yield lake


@contextmanager
def four_periods(folder: Path) -> Iterator[Lake]:
    """R0004: as `three_periods`, and a period of which next to nothing was reported (`POOR`)."""
    with _lake("four", _four, folder) as lake:
        yield lake


def _three() -> None:
    first_release(lake_dir().parent)
    for period in PERIODS:
        publish(synthetic_files(period, site_names=True))


def _four() -> None:
    _copy("three", _three, lake_dir().parent)
    publish({name: text.encode() for name, text in _POOR_FILES.items()})


@contextmanager
def _lake(name: str, make: Callable[[], object], folder: Path) -> Iterator[Lake]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGBAO_DATA", str(folder))
        patch.setenv("TONGBAO_DEMO", "1")
        _copy(name, make, folder)
        yield Lake(lake_dir())


def _copy(name: str, make: Callable[[], object], to: Path) -> None:
    kept = _place[0] / name
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            unfinished = kept.with_name(f"{name}-unfinished")
            unfinished.mkdir()
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("TONGBAO_DATA", str(unfinished))
                patch.setenv("TONGBAO_DEMO", "1")
                make()
            unfinished.rename(kept)
    shutil.copytree(kept, to, dirs_exist_ok=True)
