"""A headless Chromium, driven through its DevTools protocol."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE_S = 30.0
_LISTENING = re.compile(r"DevTools listening on (ws://\S+)")
_SEQUENCE = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\].*?(?:\x07|\x1b\\))")


def installed() -> str | None:
    """Return the path of a Chromium, if there is one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def plain(drawn: bytes) -> str:
    """Return what was drawn, without how."""
    return _SEQUENCE.sub(b"", drawn).decode("utf-8", "replace")


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._session: str | None = None
        self.drawn = b""
        """What the page's connection has received since it was last forgotten."""
        self.asked: list[str] = []
        """Every address that the page asked for."""
        self.troubles: list[str] = []
        """What the page complained of."""

    async def listen(self) -> None:
        """Take in what the browser says, for as long as it lives."""
        async for message in self._socket:
            told = message.json()
            if "id" in told:
                waiting = self._answers.pop(told["id"], None)
                if waiting is not None and not waiting.done():
                    waiting.set_result(told)
                continue
            about = told.get("params", {})
            match told["method"]:
                case "Network.webSocketFrameReceived":
                    frame = about["response"]
                    if frame["opcode"] == 2:
                        self.drawn += base64.b64decode(frame["payloadData"])
                case "Network.requestWillBeSent":
                    self.asked.append(about["request"]["url"])
                case "Network.webSocketCreated":
                    self.asked.append(about["url"])
                case "Runtime.exceptionThrown" | "Log.entryAdded":
                    self.troubles.append(str(about))
                case _:
                    pass

    async def do(self, method: str, **words: object) -> dict[str, Any]:
        """Have the browser do something, and return its answer."""
        number = next(self._numbers)
        waiting = asyncio.get_running_loop().create_future()
        self._answers[number] = waiting
        command: dict[str, object] = {"id": number, "method": method, "params": words}
        if self._session is not None:
            command["sessionId"] = self._session
        await self._socket.send_json(command)
        told = await asyncio.wait_for(waiting, PATIENCE_S)
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    async def begin(self) -> None:
        """Open a tab, and hear what happens in it."""
        target = (await self.do("Target.createTarget", url="about:blank"))["targetId"]
        attached = await self.do("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            await self.do(f"{domain}.enable")
        await self.do("Emulation.setFocusEmulationEnabled", enabled=True)

    async def run(self, code: str) -> Any:
        """Return what an expression comes to in the page."""
        return (await self.do("Runtime.evaluate", expression=code))["result"].get("value")

    async def press(self, text: str) -> None:
        """Press keys, one after the other."""
        self.drawn = b""
        for key in text:
            await self.do("Input.dispatchKeyEvent", type="keyDown", key=key, text=key)
            await self.do("Input.dispatchKeyEvent", type="keyUp", key=key)

    def text(self) -> str:
        """Return what was drawn, without how."""
        return plain(self.drawn)

    async def sees(self, words: str) -> str:
        """Wait until words have been drawn, and return everything that was."""
        await self.until(lambda: words in self.text(), words)
        return self.text()

    async def until(self, holds: Callable[[], bool], what: str) -> None:
        """Wait until something holds."""
        for _ in range(round(PATIENCE_S / 0.05)):
            if holds():
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never: {what}\n{self.text()[-3000:]}\n{self.troubles}")

    async def becomes(self, code: str) -> None:
        """Wait until an expression is true in the page."""
        for _ in range(round(PATIENCE_S / 0.05)):
            if await self.run(code) is True:
                return
            await asyncio.sleep(0.05)
        raise AssertionError(f"never: {code}")


@asynccontextmanager
async def opened(program: str, profile: Path) -> AsyncIterator[Page]:
    """Start a browser, give a tab of it, and end it."""
    process = await asyncio.create_subprocess_exec(
        program,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--remote-debugging-port=0",
        f"--user-data-dir={profile}",
        "--window-size=1000,700",
        "about:blank",
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile)},
    )
    assert process.stderr is not None
    try:
        address = await asyncio.wait_for(_address(process.stderr), PATIENCE_S)
        async with (
            aiohttp.ClientSession() as client,
            client.ws_connect(address, max_msg_size=0) as socket,
        ):
            page = Page(socket)
            listening = asyncio.create_task(page.listen())
            await page.begin()
            try:
                yield page
            finally:
                listening.cancel()
    finally:
        process.kill()
        await process.wait()


async def _address(stderr: asyncio.StreamReader) -> str:
    while line := await stderr.readline():
        found = _LISTENING.search(line.decode("utf-8", "replace"))
        if found:
            return found[1]
    raise AssertionError("the browser does not begin")
