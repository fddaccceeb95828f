"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Command

GOOD = """
format: 1
title: Two events
functions:
  web-api:
    memory: 512MB
    init: {runtime: 220ms, function: 760ms}
    handler: {duration: 180ms}
    extensions: [{name: otel, register: 40ms}]
timeline:
  - {at: 0s, fire: {function: web-api}}
  - {at: 5s, fire: {function: web-api}}
"""


@pytest.fixture
def command(capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Return something that runs a command line."""
    return Command(capsysbinary)


@pytest.fixture
def good(tmp_path: Path) -> str:
    """Return the path of a good scenario."""
    file = tmp_path / "good.yaml"
    file.write_text(GOOD)
    return str(file)
