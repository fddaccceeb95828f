"""One visitor's process, as the server sees it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Final

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from lifecycle_tui.locations import PACKAGE

LEAVING_S: Final = 3.0
"""So long a process may take to leave once it is asked to."""
_KEPT: Final = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "VIRTUAL_ENV")
"""What a visitor's process has of the server's environment."""


def visitor_command(words: Sequence[str]) -> tuple[str, ...]:
    """Return the command of a visitor's process."""
    return (sys.executable, "-m", "lifecycle_tui.cli.visit", *words)


class VisitorProcess(AppService):
    """Starts a process without a shell, and ends it for certain.

    Args:
        command: what is started; its words are ours.
        write_bytes: sends the visitor what is drawn.
        write_str: sends the visitor's page a message.
        close: ends the visitor's connection.
        download_manager: hands files over.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        write_bytes: Callable[[bytes], Awaitable[None]],
        write_str: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[None]],
        download_manager: DownloadManager,
    ) -> None:
        super().__init__(
            command[0],
            write_bytes=write_bytes,
            write_str=write_str,
            close=close,
            download_manager=download_manager,
        )
        self._words = tuple(command)

    def _build_environment(self, width: int = 80, height: int = 24) -> dict[str, str]:
        """Return the environment of the process: nothing of the server's that it can do without."""
        mine = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return {
            **mine,
            "HOME": str(PACKAGE / "nobody"),
            "PYTHONPATH": str(PACKAGE.parent),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONUTF8": "1",
            "TERM": "xterm-256color",
            "TERM_PROGRAM": "textual",
            "TERM_PROGRAM_VERSION": version("textual-serve"),
            "TEXTUAL_DRIVER": "textual.drivers.web_driver:WebDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "COLUMNS": str(width),
            "ROWS": str(height),
        }

    async def _open_app_process(
        self, width: int = 80, height: int = 24
    ) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._build_environment(width, height),
            cwd=Path(PACKAGE),
        )
        assert process.stdin is not None
        self._process, self._stdin = process, process.stdin
        return process

    async def stop(self) -> None:
        """Ask the process to leave, and end it if it does not."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(TimeoutError, OSError):
            await asyncio.wait_for(super().stop(), LEAVING_S)
        try:
            await asyncio.wait_for(process.wait(), LEAVING_S)
        except TimeoutError:
            process.kill()
            await process.wait()
        self._process = None
