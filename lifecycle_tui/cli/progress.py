"""A sign of life on a terminal's stderr while something takes longer than a second."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import Final, TextIO

_PATIENCE_S: Final = 1.0
_EVERY_S: Final = 0.25


@contextmanager
def progress(what: str, how_far: Callable[[], str] = lambda: "") -> Iterator[None]:
    """Say what is being done, and for how long already; nothing at all if it is quick.

    Args:
        what: a word such as ``simulating``.
        how_far: says how much of it is done, where that is known.
    """
    # Kept, because a screen that is drawn unseen takes the place of the process's streams.
    terminal = sys.stderr
    if not terminal.isatty():
        yield
        return
    done = Event()
    thread = Thread(target=_tell, args=(what, how_far, done, terminal), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _tell(what: str, how_far: Callable[[], str], done: Event, terminal: TextIO) -> None:
    began = monotonic()
    if done.wait(_PATIENCE_S):
        return
    while True:
        terminal.write(f"\r{what}{how_far()} … {monotonic() - began:.0f} s")
        terminal.flush()
        if done.wait(_EVERY_S):
            break
    terminal.write("\r\x1b[K")
    terminal.flush()
