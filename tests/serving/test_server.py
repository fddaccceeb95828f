"""The server: one process a visitor, so many and no more, and none that nobody uses."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

aiohttp = pytest.importorskip("aiohttp", reason="the extra serve is not installed")
from aiohttp import WSMsgType, web  # noqa: E402

from lifecycle_tui import locations  # noqa: E402
from lifecycle_tui.serving.process import visitor_command  # noqa: E402
from lifecycle_tui.serving.server import FULL, IDLE, VisitServer  # noqa: E402
from tests.cli.running import Command  # noqa: E402
from tests.serving.browser import plain  # noqa: E402

SIZE = "ws?width=80&height=24"
STUBBORN = (
    sys.executable,
    "-c",
    "import os, time; os.write(1, b'__GANGLION__\\n'); time.sleep(60)",
)
"""A process that draws nothing and does not leave when it is asked to."""
ENOUGH_S = 20.0


def run(test: Callable[[], Awaitable[None]]) -> None:
    """Run an asynchronous test."""
    asyncio.run(asyncio.wait_for(test(), 60))


@asynccontextmanager
async def served(server: VisitServer) -> AsyncIterator[tuple[Any, str]]:
    """Serve on a free port, and give a client and the address."""
    runner = web.AppRunner(await server.application())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        async with aiohttp.ClientSession() as client:
            yield client, address
    finally:
        await runner.cleanup()


async def seen(socket: Any, words: str) -> None:
    """Read what is drawn until some words are among it."""
    drawn = b""
    async with asyncio.timeout(ENOUGH_S):
        while words not in plain(drawn):
            message = await socket.receive()
            assert message.type in (WSMsgType.BINARY, WSMsgType.TEXT), (message, plain(drawn))
            drawn += message.data if message.type is WSMsgType.BINARY else b""


async def ended(socket: Any) -> int:
    """Read until the connection is closed, and return how."""
    async with asyncio.timeout(ENOUGH_S):
        async for _ in socket:
            pass
    assert socket.close_code is not None
    return int(socket.close_code)


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    for _ in range(round(ENOUGH_S / 0.02)):
        if holds():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it never holds")


def test_no_more_visitors_than_there_is_room_for() -> None:
    async def test() -> None:
        server = VisitServer(visitors=2, idle_s=60, command=STUBBORN)
        async with served(server) as (client, address):
            first = await client.ws_connect(address + SIZE)
            assert (await client.get(address)).status == 200
            second = await client.ws_connect(address + SIZE)
            page = await client.get(address)
            assert (page.status, page.headers["Retry-After"]) == (503, "60")
            text = await page.text()
            assert "There is no room just now: this server has 2 visitors" in text
            assert (await client.get(address + "health")).status == 503
            assert await ended(await client.ws_connect(address + SIZE)) == FULL
            await first.close()
            await until(lambda: server.visitors == 1)
            assert (await client.get(address)).status == 200
            health = await (await client.get(address + "health")).json()
            assert (health["visitors"], health["limit"]) == (1, 2)
            await second.close()
            await until(lambda: server.visitors == 0)

    run(test)


def test_who_does_nothing_is_sent_home() -> None:
    async def test() -> None:
        server = VisitServer(visitors=2, idle_s=1.0, command=STUBBORN)
        async with served(server) as (client, address):
            idle = await client.ws_connect(address + SIZE)
            busy = await client.ws_connect(address + SIZE)
            for _ in range(4):
                await asyncio.sleep(0.4)
                await busy.send_str(json.dumps(["stdin", "i"]))
                await idle.send_str(json.dumps(["ping", "1"]))
                await idle.send_str(json.dumps(["focus"]))
            assert not busy.closed
            assert await ended(idle) == IDLE
            assert await ended(busy) == IDLE
            await until(lambda: server.visitors == 0)

    run(test)


def test_every_visitor_has_a_program_of_their_own_and_sizes_have_limits() -> None:
    async def test() -> None:
        server = VisitServer(("--scenario", "sandbox"), visitors=2, idle_s=60)
        async with served(server) as (client, address):
            one = await client.ws_connect(address + "ws?width=99999&height=24")
            await seen(one, "quit")
            for odd in ("{", "[]", '["stdin", 1]', '["resize", {}]', '["resize", {"width": 1e9}]'):
                await one.send_str(odd)
            await one.send_str(json.dumps(["resize", {"width": 10**9, "height": 10**9}]))
            await one.send_str(json.dumps(["resize", {"width": 80, "height": 24}]))
            other = await client.ws_connect(address + SIZE)
            await seen(other, "quit")
            await one.send_str(json.dumps(["stdin", "i"]))
            await seen(one, "1 COLD")
            await other.send_str(json.dumps(["stdin", "q"]))
            await ended(other)
            await until(lambda: server.visitors == 1)

    run(test)


def test_saving_and_loading_are_refused_in_words() -> None:
    async def test() -> None:
        server = VisitServer(("--scenario", "sandbox"), visitors=1, idle_s=60)
        async with served(server) as (client, address):
            one = await client.ws_connect(address + SIZE)
            await seen(one, "quit")
            for line in ("save /tmp/x", "load /etc/passwd"):
                await one.send_str(json.dumps(["stdin", ":"]))
                await one.send_str(json.dumps(["stdin", f"{line}\r"]))
                await seen(one, "not here: the program runs on a server")

    run(test)


def test_a_picture_goes_to_the_browser() -> None:
    async def test() -> None:
        server = VisitServer(("--scenario", "sandbox"), visitors=1, idle_s=60)
        async with served(server) as (client, address):
            one = await client.ws_connect(address + SIZE)
            await seen(one, "quit")
            for key in ("e", "t"):
                await one.send_str(json.dumps(["stdin", key]))
                await asyncio.sleep(0.5)
            message = await one.receive(ENOUGH_S)
            while message.type is not WSMsgType.TEXT:
                message = await one.receive(ENOUGH_S)
            kind, key = message.json()
            assert kind == "deliver_file_start"
            answer = await client.get(f"{address}download/{key}")
            assert answer.headers["Content-Disposition"].endswith("sandbox-0s.txt")
            assert "No environment exists yet" in await answer.text()

    run(test)


def test_pages_of_others_cannot_connect() -> None:
    async def test() -> None:
        server = VisitServer(visitors=1, idle_s=60, command=STUBBORN)
        async with served(server) as (client, address):
            with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
                await client.ws_connect(address + SIZE, origin="https://example.com")
            assert caught.value.status == 403
            assert server.visitors == 0

    run(test)


def test_the_page_loads_nothing_from_elsewhere() -> None:
    async def test() -> None:
        server = VisitServer(visitors=1, idle_s=60, command=STUBBORN)
        async with served(server) as (client, address):
            page = await client.get(address)
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]
            assert "//" not in (await page.text()).replace("<!DOCTYPE", "")
            for name in ("page/page.css", "page/page.js", "static/js/textual.js"):
                assert (await client.get(address + name)).status == 200
            for name in ("static/", "page/", "page/../server.py", "static/../server.py"):
                assert (await client.get(address + name)).status in (403, 404)

    run(test)


def test_the_command_has_no_shell_and_no_words_of_a_visitor() -> None:
    words = visitor_command(("--lesson", "freeze"))
    assert words[1:] == ("-m", "lifecycle_tui.cli.visit", "--lesson", "freeze")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lesson", "freese"), "did you mean 'freeze'?"),
        (("--scenario", "/etc/passwd"), "there is no shipped scenario"),
        (("--lesson", "freeze", "--scenario", "sandbox"), "not both"),
        (("--idle", "10ms"), "1s or more"),
    ],
)
def test_what_is_served_is_named_by_us(command: Command, words: tuple[str, ...], told: str) -> None:
    status, _, err = command("serve", *words)
    assert status == 2
    assert told in err


def test_a_port_that_is_taken(command: Command) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, _, err = command("serve", "--port", str(port))
    assert status == 1
    assert f"cannot listen on 127.0.0.1 port {port}: " in err


def test_nothing_else_loads_the_server() -> None:
    package = locations.PACKAGE
    users = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "lifecycle_tui.serving" in path.read_text(encoding="utf-8")
    ]
    assert [name for name in users if not name.startswith("serving/")] == ["cli/serve.py"]
