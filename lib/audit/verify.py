"""Whether the log is as it was written, and if not, the first line that is not.

It holds where every line follows the one before it by number and hash, and the last is the one
`head.json` names, or one further: a crash may come between a line and the head. Who can write the
folder can also write both anew; what `Verdict.end` said earlier, kept elsewhere, finds that out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lib.audit.entry import START, Entry, Head, intact, parsed
from lib.audit.folder import HEAD, UNREADABLE, month_files, read_head, split, unfinished
from lib.audit.log import DISCONTINUED
from lib.audit.words import Noted

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class Damage:
    """The first thing that is not as written. line: 1-based, 0 where a file is meant

    kind: 改动, 删除, 插入 or 调换;  sentence: for people, with file and line
    """

    file: str
    line: int
    kind: str
    sentence: str


@dataclass(frozen=True)
class Verdict:
    """What checking gave. lines: how many hold, from the first on;  end: the last of them

    remarks: what a crash left unfinished, a sentence each; no damage
    """

    lines: int
    end: Head
    damage: Damage | None
    remarks: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The outcome in one sentence."""
        if self.damage:
            return f"操作日志被动过：{self.damage.sentence}。在它之前的{self.lines}条完好；请管理员保留现场，用备份核对。"
        if not self.lines:
            return "操作日志里还没有记录。"
        return f"操作日志完好：逐条核对了{self.lines}条，首尾相接，末条指纹 {self.end.hash[:12]}。"


class _DamagedError(Exception):
    def __init__(self, file: str, line: int, kind: str, sentence: str) -> None:
        super().__init__(sentence)
        self.damage = Damage(file, line, kind, sentence)


class _Walk:
    """The chain as far as it was followed."""

    def __init__(self, folder: Path, head: Head) -> None:
        self.folder, self.head = folder, head
        self.end, self.place = START, ("", 0)
        self.loose: list[tuple[str, int, bytes]] = []
        self.remarks: list[str] = []

    def through(self) -> None:
        """Follow every line. Raises _DamagedError."""
        for file, number, line in _lines(self.folder):
            entry = intact(line)
            if entry:
                self._unfinished_is_told(entry)
                self._follows(entry, file, number)
            elif parsed(line):
                raise _DamagedError(
                    file, number, "改动", f"{file} 第{number}行的内容与它的指纹不符，被改动过"
                )
            else:
                self.loose.append((file, number, line))

    def stops(self, latest: Head) -> None:
        """Compare the end with the head before and after the walk. Raises _DamagedError."""
        file, number = self.place
        where = f"{file} 第{number}行之后" if file else "一个日志文件也没有了"
        missing = self.head.count - self.end.count
        if UNREADABLE in (self.head, latest):
            raise _DamagedError(
                HEAD, 0, "改动", f"{HEAD} 读不出来，被改动过，末尾是否缺少记录无从核对"
            )
        if missing > 0:
            raise _DamagedError(file, number, "删除", f"末尾（{where}）少了{missing}条，被删除过")
        if self.end.count > latest.count + 1:
            raise _DamagedError(
                HEAD,
                0,
                "改动",
                f"{HEAD} 只记到第{latest.count}条，日志有{self.end.count}条，它被删除或换成了旧的",
            )
        if self.loose:
            first, at, _ = self.loose[0]
            self.remarks.append(
                f"{first} 第{at}行没有写完（当时断电或程序被终止），原样保留，下一条记录会写明"
            )

    def _unfinished_is_told(self, entry: Entry) -> None:
        """What cannot be read must be what the very next line says a crash left."""
        if not self.loose:
            return
        file, number, _ = self.loose[0]
        told = unfinished(file, number, [line for _, _, line in self.loose])
        if (entry.event.action, entry.event.what) != (Noted.RESUME, told):
            raise _DamagedError(
                file,
                number,
                "改动",
                f"{file} 第{number}行读不出来，不是一条完整的记录，被改动或插入过",
            )
        self.remarks.append(told)
        self.loose.clear()

    def _follows(self, entry: Entry, file: str, number: int) -> None:
        wanted, (before, above) = self.end.count + 1, self.place
        here = f"{file} 第{number}行"
        if entry.seq > wanted:
            if any(e.seq == wanted for _, _, line in _lines(self.folder) if (e := parsed(line))):
                raise _DamagedError(
                    file,
                    number,
                    "调换",
                    f"{here}是第{entry.seq}条，这里应是第{wanted}条，次序被调换过",
                )
            raise _DamagedError(
                file, number, "删除", f"{here}之前少了第{wanted}条到第{entry.seq - 1}条，被删除过"
            )
        if before and entry.seq == self.end.count:
            raise _DamagedError(
                before,
                above,
                "插入",
                f"{before} 第{above}行与{here}都是第{entry.seq}条，其中一行是插入的",
            )
        if entry.seq < wanted:
            raise _DamagedError(
                file, number, "插入", f"{here}是第{entry.seq}条，已经有过，是插入或调换来的"
            )
        if entry.prev != self.end.hash:
            at = (before, above) if before else (file, number)
            raise _DamagedError(*at, "改动", f"{at[0]} 第{at[1]}行与后一行记下的指纹不符，被改动过")
        if entry.event.what == DISCONTINUED:
            raise _DamagedError(file, number, "删除", f"{here}写明：{DISCONTINUED}")
        if self.head.count == wanted and self.head.hash != entry.hash:
            raise _DamagedError(file, number, "改动", f"{here}与 {HEAD} 记下的指纹不符，被改动过")
        self.end, self.place = entry.head, (file, number)


def verify(folder: Path) -> Verdict:
    """Read every line and compare; writers may go on meanwhile. Raises OSError."""
    walk, damage = _Walk(folder, read_head(folder)), None
    try:
        walk.through()
        walk.stops(read_head(folder))
    except _DamagedError as error:
        damage = error.damage
    return Verdict(walk.end.count, walk.end, damage, tuple(walk.remarks))


def verified(folder: Path) -> Verdict:
    """The same, not done again while no file has changed. Raises OSError."""
    paths = [*month_files(folder), *folder.glob(HEAD)]
    stats = [(path.name, path.stat()) for path in paths]
    return _verified(folder, tuple((name, stat.st_size, stat.st_ctime_ns) for name, stat in stats))


@lru_cache(maxsize=4)
def _verified(folder: Path, _: Stamp) -> Verdict:
    return verify(folder)


def _lines(folder: Path) -> Iterator[tuple[str, int, bytes]]:
    for path in month_files(folder):
        for number, line in enumerate(split(path.read_bytes()), 1):
            yield path.name, number, line
