"""What a visitor of ``lifecycle-tui serve`` costs: memory and processor time, by what is done.

``python benchmarks/serve.py [VISITORS]`` (Linux): serves on this machine, lets so many visitors in,
and reads from ``/proc`` what their processes take while they read, play, and press keys.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

import aiohttp
from aiohttp import web

from lifecycle_tui.serving.server import VisitServer

VISITORS: Final = 5
SECONDS: Final = 8.0
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def children() -> list[int]:
    """Return the processes of the visitors."""
    found = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [int(number) for number in found.split()]


def memory_mb(process: int) -> tuple[float, float]:
    """Return a process's resident memory, and its share of it (PSS), in megabytes."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    sizes = {line.split()[0]: int(line.split()[1]) for line in lines[1:]}
    return sizes["Rss:"] / 1_000, sizes["Pss:"] / 1_000


def processor_s(process: int | str) -> float:
    """Return the processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


async def drain(socket: aiohttp.ClientWebSocketResponse, count: list[int]) -> None:
    """Read what is drawn, as a browser does."""
    async for message in socket:
        if message.type is aiohttp.WSMsgType.BINARY:
            count[0] += len(message.data)


async def measured(name: str, act: Callable[[], Awaitable[None]], count: list[int]) -> None:
    """Do something for a while, and print what it takes for each visitor."""
    before = {each: processor_s(each) for each in children()}
    server, bytes_before = processor_s("self"), count[0]
    loop = asyncio.get_running_loop()
    end = loop.time() + SECONDS
    while loop.time() < end:
        await act()
    each = [(processor_s(number) - began) / SECONDS * 100 for number, began in before.items()]
    memory = [memory_mb(number) for number in before]
    rss, pss = (statistics.mean(one[place] for one in memory) for place in (0, 1))
    network = (count[0] - bytes_before) / 1_000 / SECONDS / len(before)
    shared = (processor_s("self") - server) / SECONDS * 100 / len(before)
    print(
        f"{name:24} {statistics.mean(each):5.1f} % CPU (most {max(each):5.1f})"
        f"  server {shared:4.1f} %  RSS {rss:4.0f} MB  PSS {pss:4.0f} MB  {network:6.1f} KB/s"
    )


async def main(visitors: int) -> None:
    """Measure, and print."""
    server = VisitServer(("--scenario", "sandbox"), visitors=visitors, idle_s=3_600)
    runner = web.AppRunner(await server.application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/ws?width=120&height=40"
    count = [0]
    async with aiohttp.ClientSession() as client:
        sockets = [await client.ws_connect(address) for _ in range(visitors)]
        tasks = [asyncio.create_task(drain(socket, count)) for socket in sockets]

        async def press(keys: str) -> None:
            for socket in sockets:
                await socket.send_str(json.dumps(["stdin", keys]))

        async def nothing() -> None:
            await asyncio.sleep(0.1)

        async def scrub() -> None:
            await press(",")
            await asyncio.sleep(0.5)

        async def send() -> None:
            await press("i")
            await asyncio.sleep(2)

        await asyncio.sleep(3 + visitors)
        print(f"{visitors} visitors, 120 x 40, {SECONDS:g} s each, for one visitor on average:")
        await measured("reading (paused)", nothing, count)
        await measured("an event every 2 s", send, count)
        await press(" ")
        await asyncio.sleep(1)
        await measured("a step back every 0.5 s", scrub, count)
        for task, socket in zip(tasks, sockets, strict=True):
            await socket.close()
            task.cancel()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else VISITORS))
