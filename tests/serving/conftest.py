"""Fixtures of the server's tests."""

from __future__ import annotations

import pytest

from tests.cli.running import Command


@pytest.fixture
def command(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Return something that runs a command line."""
    return Command(capsysbinary)
