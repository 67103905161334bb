"""Real wheels that hold next to nothing, and bundles of the app that carry no others."""

from __future__ import annotations

import subprocess
import tarfile
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from install.build import write_bundle
from install.targets import targets

LINUX, WINDOWS = targets("3.11")


def wheel(folder: Path, name: str, version: str = "1.0", requires: Sequence[str] = ()) -> Path:
    """A wheel with one empty module."""
    folder.mkdir(parents=True, exist_ok=True)
    path, info = folder / f"{name}-{version}-py3-none-any.whl", f"{name}-{version}.dist-info"
    said = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {one}" for one in requires)]
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": "\n".join(["Metadata-Version: 2.1", *said, ""]),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{inside},,\n" for inside in (*files, f"{info}/RECORD"))
    with ZipFile(path, "w") as made:
        for inside, text in files.items():
            made.writestr(ZipInfo(inside), text)
    return path


def unpacked(folder: Path) -> Path:
    """A bundle for Linux with one tiny wheel, unpacked; its folder."""
    made = write_bundle(LINUX, [wheel(folder / "wheels", "tiny")], folder)
    with tarfile.open(made) as archive:
        archive.extractall(folder, filter="tar")
    return next(folder.glob("tongbao-*/"))


def started(bundle: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """What `start.sh` says and how it ends."""
    return subprocess.run(
        ["sh", bundle / "start.sh", *words],
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", **settings},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
