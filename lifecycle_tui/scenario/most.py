"""How many environments there can be by a moment: ``crash: {environment: e99}`` may name nothing.

An upper bound that needs no run: an event brings at most one environment with it, and so does each
of those that are prewarmed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from lifecycle_tui.engine.plan import (
    Command,
    Crash,
    Fire,
    FunctionPlan,
    Pattern,
    Prewarm,
    Provision,
    Reclaim,
    SetConfig,
)
from lifecycle_tui.units.text import plural

_ONE_ATTEMPT: Final = frozenset({"sdk", "api-gateway", "alb", "function-url"})
"""Sources whose events are attempted once; all others may try again."""


class MostEnvironments:
    """The bound while commands are read in the order of their times.

    There is none where chance decides: with provisioned concurrency, whose environments are
    replaced from time to time, after a Poisson pattern, and with events that are tried again.
    """

    def __init__(self, functions: Iterable[FunctionPlan]) -> None:
        provisioned = any(f.provisioned_concurrency or f.autoscaling for f in functions)
        self._most: int | None = None if provisioned else 0

    def misfit(self, command: Command | None) -> str | None:
        """Return what is wrong with a command that names an environment; None if nothing is."""
        if not isinstance(command, Crash | Reclaim) or self._most is None:
            return None
        if command.environment < self._most:
            return None
        name = f"e{command.environment + 1}"
        if not self._most:
            return f"there is no {name}: nothing before it makes an environment"
        can = f"no more than {plural(self._most, 'environment')} can have been made by then"
        return f"there is no {name}: {can}"

    def count(self, command: Command | None) -> None:
        """Add what a command can bring."""
        if self._most is None:
            return
        match command:
            case Fire(source=source) | Pattern(source=source) if source not in _ONE_ATTEMPT:
                self._most = None
            case Fire(count=count) | Prewarm(count=count):
                self._most += count
            case Pattern(process="steady", for_us=for_us, gap_us=gap_us):
                self._most += math.ceil(for_us / gap_us) + 1
            case Provision(count=count):
                self._most = None if count else self._most
            case SetConfig(changes=changes):
                self._most = None if dict(changes).get("provisioned_concurrency") else self._most
            case Pattern():
                self._most = None
