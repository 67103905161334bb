"""`make bundle`: what is committed, its wheels and the start scripts as one archive a system.

The same commit gives the same bytes, as far as the wheels are the same.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

from install.archive import Files, Stamp, file_sum, sums, write_tar, write_zip
from install.targets import Target, targets
from install.wheels import NoWheelError, lines, locked, pins, wheels_for

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
# Of the project, what runs and what explains it; no tests, no tools.
APP = (
    "app.py", "lib", "pages", "data/bulletins", ".streamlit/config.toml", "requirements.txt",
    "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "docs",
)  # fmt: skip
BESIDE = {"linux": ("start.sh", "tongbao.service", "nginx.conf"), "win32": ("start.bat",)}
_LAKE_MB = 200  # for the shipped figures and what they become


def _git(*words: str) -> str:
    return subprocess.run(
        ("git", "-c", "core.quotePath=false", *words), cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout  # fmt: skip


def version() -> str:
    """The version of the app."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def app_files() -> dict[str, Path]:
    """The files of the app under version control: path in it > where it is."""
    return {name: ROOT / name for name in _git("ls-files", "--", *APP).splitlines()}


def bundle_files(target: Target, wheels: Sequence[Path]) -> Files:
    """Everything in a bundle, by its path there."""
    windows = target.system == "win32"
    with_unpacked = sum(info.file_size for w in wheels for info in ZipFile(w).infolist())
    about = {
        "version": version(), "commit": _git("rev-parse", "HEAD").strip(), "python": target.python,
        "system": target.system, "megabytes": with_unpacked // 2**20 + _LAKE_MB,
    }  # fmt: skip
    files: dict[str, bytes | Path] = {f"app/{name}": path for name, path in app_files().items()}
    files |= {f"wheels/{wheel.name}": wheel for wheel in wheels}
    files |= {name: _text(HERE / name) for name in ("start.py", *BESIDE[target.system])}
    files |= {
        "wheels.txt": locked(wheels).encode(),
        "about.json": (json.dumps(about, indent=1) + "\n").encode(),
        "python.txt": _text(HERE / "python.txt", windows, target.python),
        "no-python.txt": _text(HERE / "no-python.txt", windows, target.python),
        "安装说明.txt": _text(HERE / "guide.txt", windows, target.python),
    }
    return {**files, "SHA256SUMS": sums(files)}


def _text(path: Path, windows: bool = False, python: str = "") -> bytes:
    """A text as Notepad or a terminal shows it, for that version of Python."""
    said = path.read_text(encoding="utf-8").replace("{python}", python)
    if windows or path.suffix == ".bat":
        return said.replace("\n", "\r\n").encode()
    return said.encode()


def write_bundle(target: Target, wheels: Sequence[Path], out: Path) -> Path:
    """A bundle in a folder: `.zip` for Windows, `.tar.gz` for Linux; its path."""
    out.mkdir(parents=True, exist_ok=True)
    top, stamp = f"tongbao-{version()}", Stamp(int(_git("log", "-1", "--format=%ct")))
    files = {f"{top}/{name}": held for name, held in bundle_files(target, wheels).items()}
    if target.system == "win32":
        made = out / f"{top}-{target.label}.zip"
        write_zip(made, files, stamp)
    else:
        made = out / f"{top}-{target.label}.tar.gz"
        write_tar(made, files, stamp)
    return made


def main() -> None:
    """Make the bundles and say what they fit."""
    told = argparse.ArgumentParser(prog="make bundle", description=__doc__)
    own = ".".join(map(str, sys.version_info[:2]))
    told.add_argument("--python", default=own, help="the version the machines have (3.11)")
    told.add_argument("--system", choices=("linux", "windows"), help="one of the two only")
    told.add_argument("--out", type=Path, default=ROOT / "dist")
    asked = told.parse_args()
    if _git("status", "--porcelain", "--untracked-files=no"):
        print("Note: with changes that are not committed.", file=sys.stderr)
    needs = lines(ROOT / "requirements.txt")
    made = []
    for target in targets(asked.python):
        if asked.system and not target.name.startswith(asked.system):
            continue
        kept = asked.out / "wheels" / target.label
        try:
            wheels = wheels_for(target, needs, pins(ROOT / "constraints.txt"), kept)
        except NoWheelError as error:
            sys.exit(str(error))
        path = write_bundle(target, wheels, asked.out)
        made.append(path)
        size = path.stat().st_size / 2**20
        print(
            f"{path}  {size:.0f} MB, {len(wheels)} wheels, for Python {target.python} only, {target.name}"
        )
    listed = "".join(f"{file_sum(path)}  {path.name}\n" for path in made)
    (asked.out / "SHA256SUMS").write_text(listed, encoding="utf-8")


if __name__ == "__main__":
    main()
