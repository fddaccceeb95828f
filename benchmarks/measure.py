"""What the benchmarks share: children with their peak memory, alternating order, verdicts."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

REPOSITORY = Path(__file__).resolve().parent.parent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Child:
    """What one process did: its output, how long it took, and its peak memory."""

    output: str
    wall_s: float
    cpu_s: float
    peak_mb: float

    def json(self) -> dict[str, Any]:
        """Return the last line of its output as a JSON object."""
        loaded: dict[str, Any] = json.loads(self.output.strip().splitlines()[-1])
        return loaded


def run_child(command: Sequence[str]) -> Child:
    """Run a command to its end and measure it alone.

    Raises:
        SystemExit: the command failed.
    """
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "COLORTERM": "truecolor"}
    for name in ("PYTHONDONTWRITEBYTECODE", "NO_COLOR"):
        environment.pop(name, None)
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Child(output, wall_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def alternate(contestants: dict[str, Callable[[int], T]], rounds: int) -> dict[str, list[T]]:
    """Let contestants take turns, in reversed order every other round; each gets the round."""
    results: dict[str, list[T]] = {name: [] for name in contestants}
    for number in range(rounds):
        order = list(contestants) if number % 2 == 0 else list(reversed(contestants))
        for name in order:
            results[name].append(contestants[name](number))
    return results


def middle_ratio(ours: Iterable[float], theirs: Iterable[float]) -> float:
    """Return the median over the rounds of one round's ratio: slow spells hit both sides of it."""
    return median(a / b for a, b in zip(ours, theirs, strict=True))


def machine() -> str:
    """Return one line about where this was measured."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}"
    )


class Verdicts:
    """Claims and whether they hold; the exit code of a benchmark."""

    def __init__(self) -> None:
        self._failed = False

    def check(self, claim: str, holds: bool) -> None:
        """Print a claim with PASS or FAIL."""
        self._failed |= not holds
        print(f"  {'PASS' if holds else 'FAIL'}  {claim}", flush=True)

    @property
    def exit_code(self) -> int:
        """0 if every claim holds, else 1."""
        return int(self._failed)
