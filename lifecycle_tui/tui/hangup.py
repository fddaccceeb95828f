"""A terminal that goes away takes the program with it, even where nobody sends it a signal.

A closed window usually hangs up on the program, which then ends. Where no signal comes (a session
of its own, a container), reading from what is gone returns at once for ever: the program would keep
a processor busy and never be seen again.
"""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable
from typing import Final

HUNG_UP: Final = 129
"""The exit status of a program that SIGHUP ended."""
GRACE_S: Final = 2.0
"""How long the app may take to leave in order, before the process ends anyway."""


def watch(descriptor: int, leave: Callable[[], object]) -> threading.Thread | None:
    """Wait beside the app until its terminal is gone, then leave.

    The thread sleeps in the kernel meanwhile.

    Args:
        descriptor: where the terminal is read.
        leave: asks the app to leave; called from another thread.

    Returns:
        The thread that waits; None where the system cannot wait for that.
    """
    if not hasattr(select, "poll"):
        return None
    poll = select.poll()
    poll.register(descriptor, 0)

    def wait() -> None:
        while True:
            if any(happened & select.POLLHUP for _, happened in poll.poll()):
                break
        # Whatever the app is doing to a terminal that is gone, it does not take longer than this.
        end = threading.Timer(GRACE_S, os._exit, (HUNG_UP,))
        end.daemon = True
        end.start()
        leave()

    thread = threading.Thread(target=wait, name="hang-up", daemon=True)
    thread.start()
    return thread
