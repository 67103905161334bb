"""The machines a bundle is made for, and the requirements and wheels that are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.parser import HeaderParser
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

_OLDEST_GLIBC = 28  # of glibc 2.x: what offices run, UOS 20 and Kylin V10 among it, has it


@dataclass(frozen=True)
class Target:
    """A kind of machine with one version of Python.

    system: as `sys.platform` begins;  python: "3.11"
    """

    name: str
    system: str
    python: str

    @property
    def label(self) -> str:
        """As the name of a bundle ends: linux-x86_64-py311."""
        return f"{self.name}-py{self.python.replace('.', '')}"

    @property
    def platforms(self) -> tuple[str, ...]:
        """The platform tags of wheels that run there, best first."""
        if self.system == "win32":
            return ("win_amd64",)
        newest_first = range(_OLDEST_GLIBC, 4, -1)
        return (
            *(f"manylinux_2_{minor}_x86_64" for minor in newest_first),
            "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64",
        )  # fmt: skip

    @property
    def environment(self) -> dict[str, str]:
        """What the markers of requirements ask for."""
        windows = self.system == "win32"
        return {
            "implementation_name": "cpython", "platform_python_implementation": "CPython",
            "implementation_version": f"{self.python}.0", "python_full_version": f"{self.python}.0",
            "python_version": self.python, "sys_platform": self.system,
            "os_name": "nt" if windows else "posix",
            "platform_system": "Windows" if windows else "Linux",
            "platform_machine": "AMD64" if windows else "x86_64",
            "platform_release": "", "platform_version": "",
        }  # fmt: skip

    def asked(
        self, requirements: Iterable[str], extras: Iterable[str] = ()
    ) -> Iterator[Requirement]:
        """Those of some requirements that hold there."""
        for requirement in map(Requirement, requirements):
            marker = requirement.marker
            if marker is None or any(
                marker.evaluate({**self.environment, "extra": extra}) for extra in ("", *extras)
            ):
                yield requirement


def targets(python: str) -> tuple[Target, Target]:
    """Linux and Windows, both on 64-bit Intel and AMD."""
    return Target("linux-x86_64", "linux", python), Target("windows-amd64", "win32", python)


def wheel_name(wheel: Path) -> str:
    """The normalised name of what a wheel holds."""
    return str(parse_wheel_filename(wheel.name)[0])


def required_by(wheel: Path) -> list[str]:
    """What a wheel says it needs, markers and all."""
    with ZipFile(wheel) as content:
        named = next(n for n in content.namelist() if n.endswith(".dist-info/METADATA"))
        said = HeaderParser().parsestr(content.read(named).decode("utf-8"))
    return said.get_all("Requires-Dist", [])


def missing(
    target: Target, requirements: Iterable[str], wheels: Iterable[Path]
) -> tuple[set[str], list[Path]]:
    """Follow requirements through wheels: the names nothing was found for, and the wheels they lead to."""
    by_name = {wheel_name(wheel): wheel for wheel in wheels}
    lacking: set[str] = set()
    seen: set[tuple[str, frozenset[str]]] = set()
    ahead = list(target.asked(requirements))
    while ahead:
        requirement = ahead.pop()
        name = canonicalize_name(requirement.name)
        step = (name, frozenset(requirement.extras))
        if step in seen:
            continue
        seen.add(step)
        if name in by_name:
            ahead += target.asked(required_by(by_name[name]), requirement.extras)
        else:
            lacking.add(name)
    needed = {name for name, _ in seen} - lacking
    return lacking, sorted(by_name[name] for name in needed)
