"""The scenarios that come with the program: by name, in the order in which they teach."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.scenario.build import STANDARD_INPUT, load
from lifecycle_tui.units.text import quote

DEFAULT: Final = "sandbox"

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Start here": ("sandbox", "first-event", "warm-reuse", "burst-of-five"),
    "Init and timeouts": ("slow-init", "short-timeout", "measured-runtimes"),
    "Inside one environment": ("extension-tail", "crash-and-reinit", "idle-and-deploy"),
    "Capacity": (
        "provisioned-concurrency",
        "reserved-concurrency",
        "rate-caps",
        "noisy-neighbour",
        "canary-deploy",
        "target-tracking",
    ),
    "SnapStart": ("snapstart-side-by-side", "snapstart-uniqueness", "snapstart-slow-hooks"),
    "What the code does": (
        "memory-and-cpu",
        "memory-leak",
        "tmp-full",
        "big-package",
        "connection-storm",
        "caches",
    ),
    "Callers that wait": ("all-sources", "api-gateway-504", "step-functions"),
    "Events nobody waits for": ("async-retries", "async-throttled"),
    "Queues and streams": ("sqs-batches", "sqs-scaling", "sqs-fifo", "kinesis-blocked"),
    "Traffic": ("traffic-spike", "ramp", "cron-ping", "recorded-arrivals"),
}
"""Names of all shipped scenarios, grouped."""


class UnknownScenarioError(LookupError):
    """Neither a file nor the name of a shipped scenario; its words say what there is."""


@dataclass(frozen=True, slots=True)
class Shipped:
    """One scenario that comes with the program."""

    group: str
    name: str
    title: str


def names() -> list[str]:
    """Return the names of all shipped scenarios."""
    return [name for group in GROUPS.values() for name in group]


def path_of(name: str) -> Path:
    """Return the file of a shipped scenario."""
    return locations.scenarios() / f"{name}.yaml"


def shipped() -> list[Shipped]:
    """Return all shipped scenarios with their titles."""
    return [
        Shipped(group, name, load(path_of(name)).title)
        for group, members in GROUPS.items()
        for name in members
    ]


def load_scenario(which: str, overrides: Sequence[str] = ()) -> Plan:
    """Load what a command line names.

    Args:
        which: a path, ``-`` for standard input, or the name of a shipped scenario.
        overrides: values written over it, as ``web-api.timeout=5s``.

    Raises:
        UnknownScenarioError: there is no such thing.
        ScenarioError: there is, and it is wrong.
    """
    return load(locate(which), overrides)


def locate(which: str) -> str | Path:
    """Return the file that a command line names, or ``-`` for standard input.

    Raises:
        UnknownScenarioError: there is no such thing.
    """
    if which == STANDARD_INPUT or Path(which).is_file():
        return which
    if which in names():
        return path_of(which)
    if Path(which).exists() and not Path(which).is_dir():
        return which
    if which and Path(which).is_dir():
        raise UnknownScenarioError(f"{quote(which, 100)} is a folder, not a scenario file")
    close = difflib.get_close_matches(which[:100], names(), n=1)
    hint = f"did you mean {quote(close[0])}?" if close else "see: lifecycle-tui play --list"
    raise UnknownScenarioError(f"no file and no shipped scenario {quote(which, 100)}; {hint}")
