"""What SnapStart does, as sentences: publishing, snapshots, restores."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.restore import HOOKS_LIMIT_US
from lifecycle_tui.engine.trace import Record
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.words import at, environment_name, event_name, span
from lifecycle_tui.units.translation import tr, tr_later


def _published(index: Index, record: Record) -> str:
    facts = index.trace.environments[record.environment]
    version = tr(
        "version {version} of {function}", version=facts.code_version, function=facts.plan.name
    )
    return tr(
        "{environment} was created to be made the snapshot of {version}, which was published.",
        environment=facts.id,
        version=version,
    )


def _init_failed(index: Index, record: Record) -> str:
    facts = index.trace.environments[record.environment]
    if not facts.makes_snapshot:
        return tr("{environment} was shut down: its allocation failed.", environment=facts.id)
    return tr(
        "{environment} was shut down: its Init failed, so version {version} is "
        "Failed, and events go where they went before.",
        environment=facts.id,
        version=facts.code_version,
    )


def _taken(index: Index, record: Record) -> str:
    facts = index.trace.environments[record.environment]
    return tr(
        "{environment}'s memory and disk were saved at {moment}: version {version} of {function} is"
        " Active.",
        environment=facts.id,
        moment=at(record.time_us),
        version=record.value,
        function=facts.plan.name,
    )


def _timeout(index: Index, record: Record) -> str:  # noqa: ARG001
    words = tr_later(
        "{environment}'s runtime and after-restore hooks were not done after {length}, so it was"
        " torn down."
    )
    if record.subject > 0:
        words = tr_later(
            "{environment}'s runtime and after-restore hooks were not done after {length}, so it"
            " was torn down, and {event} failed (408)."
        )
    return tr(
        words,
        environment=environment_name(record.environment),
        length=span(HOOKS_LIMIT_US),
        event=event_name(record.subject),
    )


SENTENCES: Final[dict[Kind, Callable[[Index, Record], str]]] = {
    Kind.CREATED_SNAPSHOT: _published,
    Kind.SNAPSHOT_TAKEN: _taken,
    Kind.SHUTDOWN_INIT_FAILED: _init_failed,
    Kind.RESTORE_TIMEOUT: _timeout,
}
"""Sentences that need more than the record's own numbers."""

WORDS: Final[dict[Kind, str]] = {
    Kind.RESTORE_STARTED: tr_later("{e}'s place and snapshot were there, so its restore began."),
    Kind.RESTORE_HOOKS_STARTED: tr_later(
        "{e} was resumed; its runtime and after-restore hooks run."
    ),
    Kind.RESTORE_FINISHED: tr_later("{e} was restored."),
    Kind.INVOKE_RESTORED: tr_later("{event} began on {e}, which was restored from a snapshot."),
}
"""All others."""
