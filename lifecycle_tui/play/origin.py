"""Where a session's scenario comes from, so that the session can be saved with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """A scenario as it was written, and what was written over it.

    Attributes:
        name: what the scenario is called, for people.
        text: what its file holds, with plain line ends.
        overrides: ``--set`` values, as ``web-api.timeout=5s``.
    """

    name: str
    text: str
    overrides: tuple[str, ...] = ()


FindOrigin = Callable[[], Origin]
"""Looks a text up when its session is first saved: the first frame must not wait for it."""
