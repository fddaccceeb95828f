"""The server: a page, a limit on visitors, and an end for those who have left."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import textual_serve
from aiohttp import WSMsgType, web
from textual_serve.server import Server

from lifecycle_tui import __version__
from lifecycle_tui.serving.process import VisitorProcess, visitor_command

PAGE: Final = Path(__file__).parent / "page"
STATIC: Final = Path(textual_serve.__file__).parent / "static"
IDLE: Final = 4001
"""How a connection is closed whose visitor has done nothing for long."""
FULL: Final = 4002
"""How one is closed for which there is no room."""
_LARGEST_MESSAGE: Final = 65_536
_WIDTHS: Final = (40, 300)
_HEIGHTS: Final = (10, 120)
_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(slots=True, eq=False)
class _Visit:
    """A visitor's connection."""

    socket: web.WebSocketResponse
    last_s: float
    """When something was typed, of the loop's clock."""


class VisitServer(Server):
    """Serves the program to so many visitors and no more.

    Args:
        words: what a visitor's process shows; see ``cli.visit``.
        visitors: how many there may be at once.
        idle_s: seconds without a key after which a visit ends.
        command: another command for a visitor's process.
    """

    def __init__(
        self,
        words: Sequence[str] = (),
        *,
        visitors: int,
        idle_s: float,
        command: Sequence[str] | None = None,
    ) -> None:
        self._words = tuple(command) if command is not None else visitor_command(words)
        super().__init__("lifecycle-tui", statics_path=STATIC, templates_path=PAGE)
        self._most = visitors
        self._idle_s = idle_s
        self._visits: set[_Visit] = set()
        self._rooms = 0
        """Visits that are going on or about to begin."""

    @property
    def visitors(self) -> int:
        """How many there are."""
        return self._rooms

    # What is asked for.

    async def application(self) -> web.Application:
        """Return what answers: the page, its files, and the visitors' connections."""
        app = web.Application(client_max_size=_LARGEST_MESSAGE)
        app.add_routes(
            [
                web.get("/", self.page),
                web.get("/health", self.health),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", STATIC),
                web.static("/page", PAGE),
            ]
        )
        app.on_response_prepare.append(_add_headers)
        app.on_shutdown.append(self._send_home)
        return app

    async def page(self, _request: web.Request) -> web.StreamResponse:
        """Return the page; if there is no room, one that says so."""
        if self._rooms < self._most:
            return web.FileResponse(PAGE / "index.html")
        text = (PAGE / "full.html").read_text(encoding="utf-8")
        text = text.replace("{visitors}", str(self._most))
        return web.Response(
            text=text, status=503, content_type="text/html", headers={"Retry-After": "60"}
        )

    async def health(self, _request: web.Request) -> web.Response:
        """Say how many visitors there are, for a load balancer: 503 if there is no room."""
        told = {"version": __version__, "visitors": self._rooms, "limit": self._most}
        status = 200 if self._rooms < self._most else 503
        return web.json_response(told, status=status)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Let a visitor in, start a process, and end it with the visit."""
        if not _same_origin(request):
            raise web.HTTPForbidden(text="this address is for the page of this server")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=_LARGEST_MESSAGE)
        if self._rooms >= self._most:
            await socket.prepare(request)
            await socket.close(code=FULL, message=b"no room")
            return socket
        self._rooms += 1
        try:
            await socket.prepare(request)
            await self._visit(socket, request)
        finally:
            self._rooms -= 1
        return socket

    # Inside.

    async def _visit(self, socket: web.WebSocketResponse, request: web.Request) -> None:
        visit = _Visit(socket, asyncio.get_running_loop().time())

        async def closed() -> None:
            await socket.close()

        process = VisitorProcess(
            self._words,
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=closed,
            download_manager=self.download_manager,
        )
        self._visits.add(visit)
        watch = asyncio.create_task(self._watch(visit))
        try:
            width = _within(request.query.get("width"), _WIDTHS)
            await process.start(width, _within(request.query.get("height"), _HEIGHTS))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await _pass_on(message.data, visit, process)
        finally:
            self._visits.discard(visit)
            watch.cancel()
            await process.stop()
            with contextlib.suppress(ConnectionError):
                await socket.close()

    async def _watch(self, visit: _Visit) -> None:
        """End a visit in which nothing has been typed for long."""
        loop = asyncio.get_running_loop()
        left_s = self._idle_s
        while left_s > 0:
            await asyncio.sleep(left_s)
            left_s = visit.last_s + self._idle_s - loop.time()
        await visit.socket.close(code=IDLE, message=b"idle")

    async def _send_home(self, _app: web.Application) -> None:
        """End all visits, when the server ends."""
        for visit in list(self._visits):
            await visit.socket.close(code=1001, message=b"the server ends")


async def _pass_on(text: str, visit: _Visit, process: VisitorProcess) -> None:
    """Hand on what a page sends; what is none of its messages is let go."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return
    match found:
        case ["stdin", str(typed)]:
            visit.last_s = asyncio.get_running_loop().time()
            await process.send_bytes(typed.encode("utf-8", "replace"))
        case ["resize", {"width": int(width), "height": int(height)}]:
            size = _clamped(width, _WIDTHS), _clamped(height, _HEIGHTS)
            await process.set_terminal_size(*size)
        case ["ping", str(sent)]:
            await visit.socket.send_json(["pong", sent])
        case ["blur"]:
            await process.blur()
        case ["focus"]:
            await process.focus()
        case _:
            pass


def _within(text: str | None, span: tuple[int, int]) -> int:
    return _clamped(int(text), span) if text and text.isdecimal() and len(text) < 6 else span[0]


def _clamped(value: int, span: tuple[int, int]) -> int:
    return min(max(value, span[0]), span[1])


def _same_origin(request: web.Request) -> bool:
    """Whether a connection comes from our own page, or from what is no browser."""
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host


async def _add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


async def run(server: VisitServer, host: str, port: int, told: Callable[[str], None]) -> None:
    """Serve until the process is asked to end.

    Args:
        server: what is served.
        host: where it listens.
        port: 0 for any that is free.
        told: hears the address, once it can be opened.

    Raises:
        OSError: it cannot listen there.
    """
    runner = web.AppRunner(await server.application(), access_log=None)
    await runner.setup()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    with contextlib.suppress(NotImplementedError):
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop.set)
    try:
        await web.TCPSite(runner, host, port).start()
        found = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        told(f"http://{shown}:{found}")
        await stop.wait()
    finally:
        await runner.cleanup()
