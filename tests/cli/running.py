"""The command line, run in this process."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from lifecycle_tui.cli import main


class Outcome(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str


class Command:
    """Runs commands and keeps their output apart."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def __call__(self, *words: str) -> Outcome:
        status = main(words)
        out, err = self._capture.readouterr()
        return Outcome(status, out.decode(), err.decode())
