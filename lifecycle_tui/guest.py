"""The program as a guest: played by strangers, on a machine that is not theirs.

Whoever plays it in a browser has the whole program and nothing of the host. This is enforced here,
below everything else: Python itself asks before it opens a file, starts a process or speaks to the
network, whichever line of code it is that wants to. What is kept is kept in memory.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

NOT_HERE: Final = "not here: the program runs on a server. With y you get a link to your session"
"""Why something that concerns files is refused."""
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LOOKING: Final = frozenset({"os.listdir", "os.scandir", "glob.glob", "os.chdir"})
_NEVER: Final = frozenset({
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile",
    "os.fork", "os.forkpty", "pty.spawn", "os.kill", "os.killpg",
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate",
    "os.chmod", "os.chown", "os.utime", "os.mkfifo", "os.mknod",
    "tempfile.mkstemp", "tempfile.mkdtemp",
    "socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo",
    "webbrowser.open",
})  # fmt: skip
"""Events of Python's audit hooks that a guest never has a reason for."""
_MEMORY_BYTES: Final = 1_000_000_000
_PROCESSOR_S: Final = 3_600

_active = False
memory: Final[dict[str, bytes]] = {}
"""What would be kept in files, by their names, for as long as the process lives."""


class GuestError(PermissionError):
    """Something that a guest may not do."""

    def __init__(self) -> None:
        super().__init__(errno.EACCES, NOT_HERE)


def is_active() -> bool:
    """Whether the program is a guest."""
    return _active


def refuse_files() -> None:
    """Refuse a guest what a person may name: not even whether there is such a file is told.

    Raises:
        GuestError: the program is a guest.
    """
    if _active:
        raise GuestError


def enter() -> None:
    """Be a guest from now on; there is no way back for this process."""
    global _active  # noqa: PLW0603 - a process is a guest or is none
    if _active:
        return
    _active = True
    sys.dont_write_bytecode = True
    _limit()
    sys.addaudithook(_Wall().ask)


def _limit() -> None:
    """Limit memory and processor time, where the system can."""
    try:
        import resource
    except ImportError:
        return
    limits = ((resource.RLIMIT_AS, _MEMORY_BYTES), (resource.RLIMIT_CPU, _PROCESSOR_S))
    for which, wanted in limits:
        _, most = resource.getrlimit(which)
        if most == resource.RLIM_INFINITY or most > wanted:
            resource.setrlimit(which, (wanted, most))


class _Wall:
    """Asked before anything is done to the machine."""

    def __init__(self) -> None:
        import mimetypes

        from lifecycle_tui import locations

        shipped = (locations.lessons(), locations.walkthroughs(), locations.assets())
        own = (locations.PACKAGE, *shipped)
        python = (sys.prefix, sys.base_prefix, sys.exec_prefix, *filter(None, sys.path))
        roots = {os.path.realpath(str(root)) for root in (*own, *python)}
        self._roots = tuple(sorted(root for root in roots if Path(root).is_dir()))
        self._files = frozenset((os.devnull, "/dev/urandom", *mimetypes.knownfiles))

    def ask(self, event: str, about: tuple[object, ...]) -> None:
        """Refuse what a guest may not do.

        Raises:
            GuestError: it may not.
        """
        if event == "open":
            path, mode, flags = about
            if isinstance(path, int):
                return
            writes = isinstance(mode, str) and not set(mode).isdisjoint("wax+")
            writes = writes or (isinstance(flags, int) and bool(flags & _WRITING))
            if (writes and path != os.devnull) or not self._is_ours(path):
                raise GuestError
        elif event in _LOOKING:
            where = about[0] if about and about[0] is not None else os.curdir
            if not isinstance(where, int) and not self._is_ours(where):
                raise GuestError
        elif event in _NEVER:
            raise GuestError

    def _is_ours(self, path: object) -> bool:
        """Whether a path belongs to the program, to Python or to its libraries."""
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        name = os.fsdecode(path)
        if name in self._files:
            return True
        real = os.path.realpath(name)
        return any(real == root or real.startswith(root + os.sep) for root in self._roots)
