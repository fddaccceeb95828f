"""The whole way: a served program, a real browser, keys that are pressed and what they draw."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("textual_serve", reason="the extra serve is not installed")
from tests.serving.browser import Page, installed, opened

CHROMIUM = installed()
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium on the PATH: apt-get install chromium"
)

FOCUSED = "document.activeElement.classList.contains('xterm-helper-textarea')"
"""Whether keys go to the program."""


@asynccontextmanager
async def serving(*words: str) -> AsyncIterator[str]:
    """Start a server, give its address, and end it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "lifecycle_tui", "serve", "--port", "0", *words),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        assert line.startswith("serving on http://127.0.0.1:"), line
        yield line.removeprefix("serving on ").strip()
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0


def browse(words: tuple[str, ...], profile: Path, test: Callable[[Page], Awaitable[None]]) -> None:
    """Open what is served in a browser."""

    async def whole() -> None:
        assert CHROMIUM is not None
        async with serving(*words) as address, opened(CHROMIUM, profile) as page:
            await page.do("Page.navigate", url=address)
            await test(page)
            hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith("data:")}
            assert hosts == {urlsplit(address).netloc}
            assert [each for each in page.troubles if "Content Security Policy" in each] == []

    asyncio.run(asyncio.wait_for(whole(), 120))


def test_open_fire_resize_leave_and_come_back(tmp_path: Path) -> None:
    async def test(page: Page) -> None:
        await page.sees("quit")
        await page.becomes(FOCUSED)
        await page.press("i")
        await page.sees("1 COLD")

        page.drawn = b""
        await page.do(
            "Emulation.setDeviceMetricsOverride",
            width=1400,
            height=900,
            deviceScaleFactor=1,
            mobile=False,
        )
        await page.sees("timeout")  # this word of the footer is for wide screens

        await page.press("q")
        await page.becomes("document.body.classList.contains('-closed')")
        assert await page.run("document.getElementById('ended').offsetHeight > 0") is True
        page.drawn = b""
        await page.run("document.getElementById('start').click()")
        text = await page.sees("quit")
        await page.becomes(FOCUSED)
        assert "COLD 0" in text
        assert "1 COLD" not in text
        await page.press("i")
        await page.sees("1 COLD")

    browse(("--scenario", "sandbox"), tmp_path / "profile", test)


def test_a_lesson_is_played(tmp_path: Path) -> None:
    async def test(page: Page) -> None:
        await page.sees("First event")
        await page.becomes(FOCUSED)
        await page.press("i")
        await page.sees("Reached in 1 move")
        await page.press("n")
        await page.sees("n the question")
        await page.press("n")
        await page.sees("1-3 choose")

    browse(("--lesson", "first-event"), tmp_path / "profile", test)


def test_an_idle_visit_ends_and_says_why(tmp_path: Path) -> None:
    async def test(page: Page) -> None:
        # A slow machine may not have drawn the program by then: what counts is what is said.
        await page.becomes(
            "document.getElementById('why').textContent.includes('nothing was typed')"
        )

    browse(("--scenario", "sandbox", "--idle", "2s"), tmp_path / "profile", test)
