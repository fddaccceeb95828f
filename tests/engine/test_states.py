"""The state table, exhaustively: what it names is allowed, and every other pair raises."""

from __future__ import annotations

from itertools import product

import pytest

from lifecycle_tui.engine.kinds import KINDS
from lifecycle_tui.engine.states import (
    TRANSITIONS,
    IllegalTransitionError,
    State,
    check_transition,
)

ALLOWED = {
    (State.NONE, State.CREATING),
    (State.CREATING, State.INIT),
    (State.CREATING, State.RESTORE),
    (State.INIT, State.READY),
    (State.INIT, State.RESET),
    (State.RESTORE, State.READY),
    (State.RESTORE, State.SHUTDOWN),
    (State.READY, State.INVOKE),
    (State.READY, State.RESET),
    (State.READY, State.SHUTDOWN),
    (State.INVOKE, State.FROZEN),
    (State.INVOKE, State.RESET),
    (State.INVOKE, State.SHUTDOWN),
    (State.FROZEN, State.INVOKE),
    (State.FROZEN, State.RESET),
    (State.FROZEN, State.SHUTDOWN),
    (State.RESET, State.FROZEN),
    (State.RESET, State.INVOKE),
    (State.RESET, State.SHUTDOWN),
    (State.SHUTDOWN, State.GONE),
}
"""Written out once more by hand, so that a slip in the table is seen."""

PAIRS = list(product(State, State))


@pytest.mark.rule("LIF-01")
@pytest.mark.parametrize(("before", "after"), PAIRS, ids=lambda state: state.name)
def test_only_pairs_of_the_table_are_allowed(before: State, after: State) -> None:
    if (before, after) in ALLOWED:
        check_transition(before, after)
    else:
        with pytest.raises(IllegalTransitionError, match=f"{before.name} may not become"):
            check_transition(before, after)


def test_every_state_has_a_row() -> None:
    assert set(TRANSITIONS) == set(State)


def test_no_environment_returns_from_gone_or_to_none() -> None:
    assert TRANSITIONS[State.GONE] == frozenset()
    assert all(State.NONE not in after for after in TRANSITIONS.values())


def test_every_life_can_end() -> None:
    """GONE can be reached from every state."""
    ends = {State.GONE}
    for _ in State:
        ends |= {before for before, after in TRANSITIONS.items() if after & ends}
    assert ends == set(State)


def test_shutdown_is_never_frozen() -> None:
    """Freezing belongs between invocations (LIF-03)."""
    assert TRANSITIONS[State.SHUTDOWN] == {State.GONE}


def test_every_kind_leads_to_a_state_that_something_may_become() -> None:
    reachable = set().union(*TRANSITIONS.values())
    assert {info.to for info in KINDS.values() if info.to is not None} <= reachable
