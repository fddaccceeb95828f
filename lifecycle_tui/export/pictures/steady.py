"""Pictures do not depend on what the environment says of terminals."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def steady_environment() -> Iterator[None]:
    """Hide from the screen what the environment says of terminals.

    Textual reads most of it when it is first imported: begin before that.
    """
    hidden = {
        name: os.environ.pop(name)
        for name in tuple(os.environ)
        if name.startswith("TEXTUAL") or name in ("NO_COLOR", "COLUMNS", "LINES", "FORCE_COLOR")
    }
    try:
        yield
    finally:
        os.environ.update(hidden)
