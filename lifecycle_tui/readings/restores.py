"""Restores: how far one has got against its limit, and what all clones of a snapshot share."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.trace import NOBODY, EnvironmentFacts
from lifecycle_tui.readings.bars import Course, bars, course
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.model import Clone, Phase, SubPhase, Token
from lifecycle_tui.readings.words import environment_name

RESTORE_PHASES: Final = (Phase.RESTORE_SNAPSHOT, Phase.RESTORE_HOOKS)
_FORGETTING: Final = frozenset({State.RESET, State.SHUTDOWN})
_TOKENS: Final = 65_536
_MARKS: Final = (Kind.RESTORE_HOOKS_STARTED,)
_ENDS: Final = frozenset({Kind.RESTORE_FINISHED, Kind.RESTORE_TIMEOUT})


def restore_course(index: Index, environment: int) -> Course | None:
    """Return an environment's restore; None if it has none (yet)."""
    if index.trace.environments[environment].snapshot == NOBODY:
        return None
    for place, record in enumerate(index.of_environment[environment]):
        if index.kind(record) is Kind.RESTORE_STARTED:
            return course(index, environment, place, _ENDS)
    return None


def restore_bars(restore: Course, t_us: int) -> tuple[SubPhase, ...]:
    """Return the bars of a restore at a cursor."""
    return bars(restore, restore.began_us, _MARKS, RESTORE_PHASES, t_us)


def hooks_us(restore: Course, t_us: int) -> int:
    """Return how long runtime load and hooks have lasted at a cursor: what is limited, billed."""
    resumed_us = restore.marks.get(Kind.RESTORE_HOOKS_STARTED)
    if resumed_us is None:
        return 0
    end_us = t_us if restore.end_us is None else min(t_us, restore.end_us)
    return max(0, end_us - resumed_us)


def token_at(index: Index, facts: EnvironmentFacts, resets: int, t_us: int) -> Token:
    """Return what an environment made in Init that should be unique, and who has the same one.

    The Init for the snapshot makes it; so all environments restored from that hold the same one,
    unless a hook makes it anew after the restore, or a re-init after a reset (RST-13).

    Args:
        index: the run.
        facts: the environment, one with SnapStart and with globals.
        resets: how often it has been reset.
        t_us: the moment.
    """
    stream = f"{facts.plan.name}/token"
    if resets or (facts.plan.restore_renews_token and not facts.makes_snapshot):
        draw = index.chance.draw(f"{stream}.renewed", facts.number << 16 | resets)
        return Token(f"{int(draw * _TOKENS):04x}", not resets, ())
    made = facts.number if facts.makes_snapshot else facts.snapshot
    value = f"{int(index.chance.draw(stream, made) * _TOKENS):04x}"
    last = index.trace.last_at(t_us)
    others = tuple(
        environment_name(clone.environment)
        for clone in _clones(index).get(made, ())
        if clone.restored <= last < clone.ended and clone.environment != facts.number
    )
    return Token(value, False, others)


def _clones(index: Index) -> dict[int, list[Clone]]:
    if index.clones is None:
        index.clones = {}
        for facts in index.trace.environments:
            clone = _clone(index, facts)
            if clone is not None:
                index.clones.setdefault(facts.snapshot, []).append(clone)
    return index.clones


def _clone(index: Index, facts: EnvironmentFacts) -> Clone | None:
    if facts.snapshot == NOBODY or facts.plan.restore_renews_token:
        return None
    restored = NOBODY
    for record in index.of_environment[facts.number]:
        if index.kind(record) is Kind.RESTORE_FINISHED:
            restored = record
        elif restored != NOBODY and index.state_after(record) in _FORGETTING:
            return Clone(facts.number, restored, record)
    return None if restored == NOBODY else Clone(facts.number, restored, len(index.codes))
