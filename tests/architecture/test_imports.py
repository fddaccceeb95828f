"""What a command does not need, it does not load: seen at run time, deferred imports included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile

import pytest

PROBE = """
import json, sys
from lifecycle_tui.cli import main
status = main(sys.argv[1:])
print("\\n" + json.dumps([status, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def modules_after(*words: str) -> set[str]:
    """Return the top-level modules that are loaded once a command has run well."""
    with tempfile.TemporaryDirectory() as state:
        done = subprocess.run(
            [sys.executable, "-c", PROBE, *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "XDG_STATE_HOME": state},
        )
    status, modules = json.loads(done.stdout.splitlines()[-1])
    assert status == 0
    return set(modules)


@pytest.mark.parametrize(
    "words", [("--help",), ("--version",), ("play", "--help"), ("keys",), ("completion", "bash")]
)
def test_help_loads_nothing_that_takes_time(words: tuple[str, ...]) -> None:
    loaded = modules_after(*words)
    assert "click" in loaded
    assert not loaded & {"textual", "rich", "pydantic", "yaml", "asyncio"}


@pytest.mark.parametrize(
    "words",
    [
        ("simulate", "short-timeout"),
        ("simulate", "short-timeout", "--format", "json"),
        ("explain", "short-timeout", "--event", "3"),
        ("play", "--list"),
        ("play", "--plain"),
        ("learn", "--plain"),
        ("glossary",),
        ("lessons", "list"),
        ("lessons", "test", "first-event"),
        ("lessons", "export", "first-event", "--format", "html"),
        ("claim", "count(inv) >= 1", "--runs", "20", "--json"),
    ],
)
def test_what_needs_no_screen_loads_none(words: tuple[str, ...]) -> None:
    loaded = modules_after(*words)
    assert "yaml" in loaded
    assert not loaded & {"textual", "rich", "pydantic", "asyncio"}


@pytest.mark.parametrize(
    "module", ["engine.simulation", "readings.index", "readings.why", "units.durations"]
)
def test_the_core_loads_neither_screen_nor_files(module: str) -> None:
    probe = (
        "import sys; before = set(sys.modules);"
        f"import lifecycle_tui.{module};"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "lifecycle_tui" in loaded
    assert not loaded & {"textual", "rich", "pydantic", "yaml", "click", "asyncio", "random"}
