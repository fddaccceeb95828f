"""What SnapStart does, as sentences: publishing, snapshots, restores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.restore import HOOKS_LIMIT_US
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import at, environment_name, event_name, span


def _published(index: Index, record: Record) -> str:
    facts = index.trace.environments[record.environment]
    version = f"version {facts.code_version} of {facts.plan.name}"
    return f"{facts.id} was created to be made the snapshot of {version}, which was published."


def _init_failed(index: Index, record: Record) -> str:
    facts = index.trace.environments[record.environment]
    if not facts.makes_snapshot:
        return f"{facts.id} was shut down: its allocation failed."
    return (
        f"{facts.id} was shut down: its Init failed, so version {facts.code_version} is Failed, and"
        " events go where they went before."
    )


def _taken(index: Index, record: Record) -> str:
    facts = index.trace.environments[record.environment]
    return (
        f"{facts.id}'s memory and disk were saved at {at(record.time_us)}: version {record.value}"
        f" of {facts.plan.name} is Active."
    )


def _timeout(index: Index, record: Record) -> str:  # noqa: ARG001
    failing = f", and {event_name(record.subject)} failed (408)" if record.subject > 0 else ""
    return (
        f"{environment_name(record.environment)}'s runtime and after-restore hooks were not done"
        f" after {span(HOOKS_LIMIT_US)}, so it was torn down{failing}."
    )


SENTENCES: Final[dict[Kind, Callable[[Index, Record], str]]] = {
    Kind.CREATED_SNAPSHOT: _published,
    Kind.SNAPSHOT_TAKEN: _taken,
    Kind.SHUTDOWN_INIT_FAILED: _init_failed,
    Kind.RESTORE_TIMEOUT: _timeout,
}
"""Sentences that need more than the record's own numbers."""

WORDS: Final[dict[Kind, str]] = {
    Kind.RESTORE_STARTED: "{e}'s place and snapshot were there, so its restore began.",
    Kind.RESTORE_HOOKS_STARTED: "{e} was resumed; its runtime and after-restore hooks run.",
    Kind.RESTORE_FINISHED: "{e} was restored.",
    Kind.INVOKE_RESTORED: "{event} began on {e}, which was restored from a snapshot.",
}
"""All others."""
