"""A sign of life on a terminal's stderr while something takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Final

_PATIENCE_S: Final = 1.0
_EVERY_S: Final = 0.25


@contextmanager
def progress(what: str) -> Iterator[None]:
    """Say what is being done, and for how long already; nothing at all if it is quick.

    Args:
        what: a word such as ``simulating``.
    """
    if not sys.stderr.isatty():
        yield
        return
    done = Event()
    thread = Thread(target=_tell, args=(what, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tell(what: str, done: Event) -> None:
    began = monotonic()
    if done.wait(_PATIENCE_S):
        return
    while True:
        sys.stderr.write(f"\r{what} … {monotonic() - began:.0f} s")
        sys.stderr.flush()
        if done.wait(_EVERY_S):
            break
    sys.stderr.write("\r\x1b[K")
    sys.stderr.flush()
