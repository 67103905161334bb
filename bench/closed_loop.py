"""Fifty sessions that ask again as soon as they are answered: how many answers a second one process gives."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.request import urlopen

from load import cpu_seconds
from sessions import Session, token

SESSIONS = 50
LOOP_SECONDS = 15.0
CHOICES = ("溧阳市", "金坛区", "武进区", "新北区", "天宁区", "钟楼区", "经开区")
Use = Callable[[str, random.Random, "Clock"], Awaitable[None]]


def _districts(chance: random.Random) -> list[str]:
    """Any of the 127 choices of districts, for an answer kept to be rare; the same for every peer."""
    chosen = [name for name in CHOICES if chance.random() < 0.5]
    return chosen or [chance.choice(CHOICES)]


@dataclass(frozen=True)
class Rate:
    """Answers a second, and the server's processor time for one (ms)."""

    answers: float
    cost: float


class Clock:
    """Counts the answers of a server between the moment all have begun and the end."""

    def __init__(self, server: int) -> None:
        self._opened = asyncio.Barrier(SESSIONS)
        self._server = server
        self._until = float("inf")
        self._in_time, self._all, self._used = 0, 0, 0.0

    async def begun(self) -> None:
        """Wait for the others; then the clock runs."""
        if await self._opened.wait() == 0:
            self._used = cpu_seconds(self._server)
            self._until = time.monotonic() + LOOP_SECONDS

    @property
    def running(self) -> bool:
        """Whether to ask again."""
        return time.monotonic() < self._until

    def answered(self) -> None:
        """Count one."""
        self._all += 1
        self._in_time += self.running

    def rate(self) -> Rate:
        """What was counted, once all have ended."""
        used = cpu_seconds(self._server) - self._used
        return Rate(self._in_time / LOOP_SECONDS, used / max(1, self._all) * 1000)


async def use_streamlit(url: str, chance: random.Random, clock: Clock) -> None:
    """A tab on a Streamlit page whose filter has the key `district`; `url` ends in the page's name."""
    host, _, page = url.rpartition("/")
    async with Session(host, page, token(host)) as session:
        await session.run()
        await clock.begun()
        while clock.running:
            session.choose("district", *_districts(chance))
            await session.run()
            clock.answered()
        if session.exceptions:
            raise RuntimeError(f"{session.exceptions} exceptions shown")


async def use_dash(url: str, chance: random.Random, clock: Clock) -> None:
    """A tab on a Dash page with one callback: the request its browser would make, by plain HTTP."""
    with urlopen(f"{url}_dash-dependencies", timeout=10) as answer:
        (callback,) = json.load(answer)
    outputs = [part.rsplit(".", 1) for part in callback["output"].strip(".").split("...")]
    asked = {
        "output": callback["output"],
        "outputs": [{"id": id, "property": name} for id, name in outputs],
        "changedPropIds": ["district.value"],
    }
    host = url.split("/")[2]
    reader, writer = await asyncio.open_connection(*host.split(":"))
    await clock.begun()
    while clock.running:
        chosen = {"id": "district", "property": "value", "value": _districts(chance)}
        body = json.dumps(asked | {"inputs": [chosen]}).encode()
        head = f"POST /_dash-update-component HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json"
        writer.write(f"{head}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
        answered = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        if " 200 " not in answered.partition("\r\n")[0]:
            raise RuntimeError(answered)
        await reader.readexactly(int(answered.partition("content-length:")[2].split()[0]))
        clock.answered()
    writer.close()


async def _everybody(use: Use, url: str, server: int) -> Rate:
    clock = Clock(server)
    await asyncio.gather(*(use(url, random.Random(n), clock) for n in range(SESSIONS)))
    return clock.rate()


def throughput(use: Use, url: str, server: int) -> Rate:
    """Let everybody use a page of the server with that process id."""
    return asyncio.run(_everybody(use, url, server))
