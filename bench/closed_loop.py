"""Fifty sessions that ask again as soon as they are answered: how many answers a second one process gives."""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable
from urllib.request import urlopen

from sessions import Session, token

SESSIONS = 50
LOOP_SECONDS = 15.0
CHOICES = ("溧阳市", "金坛区", "武进区", "新北区", "天宁区", "钟楼区", "经开区")
Use = Callable[[str, random.Random, "Clock"], Awaitable[None]]


def _districts(chance: random.Random) -> list[str]:
    """Any of the 127 choices of districts, for an answer kept to be rare; the same for every peer."""
    chosen = [name for name in CHOICES if chance.random() < 0.5]
    return chosen or [chance.choice(CHOICES)]


class Clock:
    """Counts the answers between the moment all have begun and the end."""

    def __init__(self, seconds: float) -> None:
        self._opened = asyncio.Barrier(SESSIONS)
        self._seconds = seconds
        self.until = float("inf")
        self.answers = 0

    async def begun(self) -> None:
        """Wait for the others; then the clock runs."""
        await self._opened.wait()
        self.until = min(self.until, time.monotonic() + self._seconds)

    @property
    def running(self) -> bool:
        """Whether to ask again."""
        return time.monotonic() < self.until

    def answered(self) -> None:
        """Count one, if it came in time."""
        self.answers += self.running


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


async def _everybody(use: Use, url: str, seconds: float) -> float:
    clock = Clock(seconds)
    await asyncio.gather(*(use(url, random.Random(n), clock) for n in range(SESSIONS)))
    return clock.answers / seconds


def throughput(use: Use, url: str, seconds: float) -> float:
    """Answers a second."""
    return asyncio.run(_everybody(use, url, seconds))
