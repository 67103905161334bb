"""The pinned wheels for a machine: fetched once, kept, and listed with their hashes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Mapping
from hashlib import file_digest
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

from install.targets import Target, missing


class NoWheelError(LookupError):
    """Something the app needs has no pin, or no wheel for that machine; the message says which."""


def lines(path: Path) -> list[str]:
    """The requirements of a file, without comments."""
    told = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return [line for line in told if line]


def pins(constraints: Path) -> dict[str, str]:
    """The version every name is pinned to, by normalised name."""
    found = {}
    for line in lines(constraints):
        requirement = Requirement(line)
        (only,) = requirement.specifier
        found[str(canonicalize_name(requirement.name))] = only.version
    return found


def wheels_for(
    target: Target, requirements: Iterable[str], pinned: Mapping[str, str], kept: Path
) -> list[Path]:
    """Every wheel the app needs on a machine, by name; what `kept` lacks is fetched into it.

    Raises NoWheelError.
    """
    kept.mkdir(parents=True, exist_ok=True)
    while True:
        held = [w for w in kept.glob("*.whl") if _is_pinned(w, pinned)]
        lacking, needed = missing(target, requirements, held)
        if not lacking:
            return needed
        unpinned = sorted(lacking - pinned.keys())
        if unpinned:
            raise NoWheelError(f"not pinned in constraints.txt: {', '.join(unpinned)}")
        _fetch(target, [f"{name}=={pinned[name]}" for name in sorted(lacking)], kept)


def _is_pinned(wheel: Path, pinned: Mapping[str, str]) -> bool:
    name, version, *_ = parse_wheel_filename(wheel.name)
    return pinned.get(name) == str(version)


def _fetch(target: Target, wanted: list[str], kept: Path) -> None:
    """Have pip fetch wheels as that machine's own would. Raises NoWheelError."""
    platforms = (f"--platform={tag}" for tag in target.platforms)
    done = subprocess.run(
        [
            sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
            "--no-deps", "--only-binary=:all:", "--implementation=cp",
            f"--python-version={target.python}", *platforms, f"--dest={kept}", *wanted,
        ],
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise NoWheelError(f"no wheels for {target.label} among: {', '.join(wanted)}")


def locked(wheels: Iterable[Path]) -> str:
    """The wheels as requirements that pip takes with these bytes and no others."""
    return "".join(f"{_line(wheel)}\n" for wheel in sorted(wheels))


def _line(wheel: Path) -> str:
    name, version, *_ = parse_wheel_filename(wheel.name)
    with wheel.open("rb") as content:
        digest = file_digest(content, "sha256").hexdigest()
    return f"{name}=={version} --hash=sha256:{digest}"
