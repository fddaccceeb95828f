"""The states of an execution environment and the moves between them: one table, no exceptions."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class State(IntEnum):
    """What an execution environment is doing. ``NONE`` is before it exists."""

    NONE = 0
    CREATING = 1
    """Placement, sandbox, code download: neither in Init nor billed (LIF-06)."""
    INIT = 2
    RESTORE = 3
    READY = 4
    """Initialised, never invoked."""
    INVOKE = 5
    """Re-init if one is owed, then the handler, then extension tails (INV-04)."""
    FROZEN = 6
    RESET = 7
    SHUTDOWN = 8
    GONE = 9


class IllegalTransitionError(RuntimeError):
    """A move that is not in the table: a bug of the engine, never of the scenario."""


TRANSITIONS: Final[dict[State, frozenset[State]]] = {
    State.NONE: frozenset({State.CREATING}),
    State.CREATING: frozenset({State.INIT, State.RESTORE}),
    State.INIT: frozenset({State.READY, State.RESET}),
    State.RESTORE: frozenset({State.READY, State.SHUTDOWN}),
    State.READY: frozenset({State.INVOKE, State.RESET, State.SHUTDOWN}),
    State.INVOKE: frozenset({State.FROZEN, State.RESET, State.SHUTDOWN}),
    State.FROZEN: frozenset({State.INVOKE, State.RESET, State.SHUTDOWN}),
    State.RESET: frozenset({State.FROZEN, State.INVOKE, State.SHUTDOWN}),
    State.SHUTDOWN: frozenset({State.GONE}),
    State.GONE: frozenset(),
}
"""From each state, the states that may follow."""


def check_transition(before: State, after: State) -> None:
    """Raise IllegalTransitionError unless the table allows the move."""
    if after not in TRANSITIONS[before]:
        raise IllegalTransitionError(f"{before.name} may not become {after.name}")
