"""Every kind of record as one sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.phases.init import limit_us
from lifecycle_tui.engine.phases.shutdown import budget_us
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.trace import EnvironmentFacts, Record
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.why import downstreams, scaling, snapshots, sources
from lifecycle_tui.readings.why.text import command_words
from lifecycle_tui.readings.words import (
    at,
    environment_name,
    event_name,
    listed,
    span,
)
from lifecycle_tui.units.translation import tr, tr_later, tr_many

_PASSED_OVER: Final = frozenset(
    {
        Kind.INIT_STARTED, Kind.EXTENSION_REGISTERED, Kind.RUNTIME_INIT_STARTED,
        Kind.FUNCTION_INIT_STARTED, Kind.RUNTIME_READY, Kind.EXTENSION_READY, Kind.REINIT_STARTED,
        Kind.HANDLER_STARTED, Kind.RESPONSE_SENT, Kind.RUNTIME_NEXT, Kind.EXTENSION_NEXT,
        Kind.SIGTERM_SENT, Kind.RUNTIME_STOPPED, Kind.EXTENSION_STOPPED, Kind.SIGKILL_SENT,
        Kind.RESET_FINISHED, Kind.RESTORE_HOOKS_STARTED, Kind.CONNECTED, Kind.DISCONNECTED,
        Kind.CACHE_HIT, Kind.CACHE_MISSED,
    }
)  # fmt: skip
"""Kinds that a chain of causes passes over: they only lead on."""


def is_told(kind: Kind) -> bool:
    """Whether a chain of causes has a line for this kind."""
    return kind not in _PASSED_OVER


def sentence(index: Index, record: Record) -> str:
    """Return what a record says, as one sentence."""
    if record.kind is Kind.SCENARIO_START:
        return _scenario_start(index)
    tell = _SENTENCES.get(record.kind)
    if tell is not None:
        return tell(index, record)
    words = _WORDS[record.kind]
    return tr(
        words,
        e=environment_name(record.environment),
        event=event_name(record.subject),
        time=at(record.time_us),
        length=span(record.value),
        value=record.value,
    )


def facts_of(index: Index, record: Record) -> EnvironmentFacts:
    """Return what is fixed about a record's environment."""
    return index.trace.environments[record.environment]


def _scenario_start(index: Index) -> str:
    plans = index.plan.functions
    configured = [
        tr(
            "provisioned concurrency {count} for {function}",
            count=function.provisioned_concurrency,
            function=function.name,
        )
        for function in plans
        if function.provisioned_concurrency
    ]
    configured += [
        tr("{function}'s version 1 published", function=function.name)
        for function in plans
        if function.snap_start
    ]
    if configured:
        return tr("The scenario began with {names}.", names=listed(configured))
    return tr("The scenario began.")


def _command(index: Index, record: Record) -> str:
    words = command_words(index.plan, index.plan.commands[record.subject])
    return tr("Input: {words}.", words=words)


def _init_finished(index: Index, record: Record) -> str:
    started_us = record.time_us
    for number in reversed(_before(index, record)):
        if index.kind(number) is Kind.INIT_STARTED:
            started_us = index.times[number]
            break
    name = environment_name(record.environment)
    return tr("{name}'s Init took {length}.", name=name, length=span(record.time_us - started_us))


def _abandoned(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    prepared = facts.initialization_type is not InitializationType.ON_DEMAND
    limit = span(limit_us(facts.plan, prepared=prepared))
    words = tr_later("{environment}'s Init was not done after {limit}, so it was abandoned.")
    if record.subject > 0:
        words = tr_later(
            "{environment}'s Init was not done after {limit}, so it was abandoned, to run again"
            " inside {event}'s invocation."
        )
    return tr(words, environment=facts.id, limit=limit, event=event_name(record.subject))


def _timeout(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return tr(
        "{event} reached the timeout of {length}, so {environment} was reset.",
        event=event_name(record.subject),
        length=span(facts.plan.timeout_us),
        environment=facts.id,
    )


def _idle(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return tr(
        "{environment} was shut down: no event came for {length}, the idle time drawn for it †.",
        environment=facts.id,
        length=span(facts.idle_lifetime_us),
    )


def _lifetime(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return tr(
        "{environment} was shut down at an age of {length}; its lifetime was drawn as"
        " {lifetime} †.",
        environment=facts.id,
        length=span(record.time_us - facts.created_us),
        lifetime=span(facts.max_lifetime_us),
    )


def _killed(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    whose = facts.plan.extensions[record.value - 1].name if record.value else tr("the runtime")
    if not facts.plan.extensions:
        return tr(
            "{environment} had no extension, so its runtime was killed at once.",
            environment=facts.id,
        )
    return tr(
        "SIGKILL ended {whose} in {environment}; the budget was {length}.",
        whose=whose,
        environment=facts.id,
        length=span(budget_us(facts.plan)),
    )


def _runtime_started(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    if any(extension.external for extension in facts.plan.extensions):
        return tr(
            "All of {environment}'s extensions were registered, so its runtime began.",
            environment=facts.id,
        )
    return tr(
        "{environment} had no extension to wait for, so its runtime began.", environment=facts.id
    )


def _extension(words: str) -> Callable[[Index, Record], str]:
    def tell(index: Index, record: Record) -> str:
        facts = facts_of(index, record)
        return tr(words, extension=facts.plan.extensions[record.value].name, e=facts.id)

    return tell


def _provisioning(words: str) -> Callable[[Index, Record], str]:
    def tell(index: Index, record: Record) -> str:
        name = index.plan.functions[record.subject].name
        what = tr_many(
            "{name}'s allocation of {count:,} provisioned environment",
            "{name}'s allocation of {count:,} provisioned environments",
            record.value,
            name=name,
        )
        return tr(words, what=what)

    return tell


def _created(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return tr(
        "{environment} was created for {event}, because no environment was free.",
        environment=facts.id,
        event=event_name(record.subject),
    )


def _before(index: Index, record: Record) -> list[int]:
    records = index.of_environment[record.environment]
    return records[: records.index(record.number)]


_SENTENCES: Final[dict[Kind, Callable[[Index, Record], str]]] = {
    Kind.COMMAND: _command,
    Kind.CREATED_FOR_EVENT: _created,
    Kind.INIT_FINISHED: _init_finished,
    Kind.INIT_ABANDONED: _abandoned,
    Kind.INVOKE_TIMEOUT: _timeout,
    Kind.SHUTDOWN_IDLE: _idle,
    Kind.SHUTDOWN_LIFETIME: _lifetime,
    Kind.SIGKILL_SENT: _killed,
    Kind.RUNTIME_INIT_STARTED: _runtime_started,
    Kind.EXTENSION_REGISTERED: _extension(tr_later("{extension} registered in {e}.")),
    Kind.EXTENSION_READY: _extension(
        tr_later("{extension} was ready in {e}: it asked for its first Next.")
    ),
    Kind.EXTENSION_NEXT: _extension(tr_later("{extension} in {e} asked for Next.")),
    Kind.EXTENSION_STOPPED: _extension(tr_later("{extension} in {e} ended by itself.")),
    Kind.PROVISION_STARTED: _provisioning(tr_later("{what} began.")),
    Kind.PROVISION_READY: _provisioning(
        tr_later("{what} was ready as a whole, so it could serve.")
    ),
    Kind.PROVISION_FAILED: _provisioning(
        tr_later("{what} failed: an environment could not be initialised.")
    ),
    **scaling.SENTENCES,
    **sources.SENTENCES,
    **snapshots.SENTENCES,
    **downstreams.SENTENCES,
}

_WORDS: Final[dict[Kind, str]] = {
    Kind.ARRIVAL: tr_later("{event} arrived at {time}; its handler needs {length}."),
    Kind.INVOKE_OK: tr_later("{event} was done, everyone had asked for Next, and {e} froze."),
    Kind.THROTTLED_RESERVED: tr_later("{event} was refused: reserved concurrency was used up."),
    Kind.THROTTLED_ACCOUNT: tr_later("{event} was refused: the account's concurrency was used up."),
    Kind.THROTTLED_SCALING: tr_later(
        "{event} was refused: environments could not be added any faster."
    ),
    Kind.CREATED_PROVISIONED: tr_later(
        "{e} was created for provisioned concurrency, ahead of any event."
    ),
    Kind.CREATED_PREWARM: tr_later("{e} was created ahead of any event."),
    Kind.CREATED_REPLACEMENT: tr_later(
        "{e} was created to keep provisioned concurrency at its number."
    ),
    Kind.INIT_STARTED: tr_later("{e}'s place and code were there, so its Init began."),
    Kind.FUNCTION_INIT_STARTED: tr_later(
        "{e}'s runtime was up and ran the code outside the handler."
    ),
    Kind.RUNTIME_READY: tr_later("{e}'s runtime asked for its first Next."),
    Kind.INIT_ERROR: tr_later("The code outside the handler failed in {e}'s Init."),
    Kind.INIT_EXIT: tr_later("The runtime's process ended in {e}'s Init."),
    Kind.INIT_OOM: tr_later("{e} ran out of memory in its Init."),
    Kind.INIT_CRASHED: tr_later("The runtime's process was killed in {e}'s Init."),
    Kind.INVOKE_COLD: tr_later("{event} began on {e}, which had been made for it."),
    Kind.INVOKE_PRE: tr_later("{event} began on {e}, which had been initialised ahead of it."),
    Kind.INVOKE_WARM: tr_later("{event} began on {e}, which was thawed for it."),
    Kind.INVOKE_REINIT: tr_later("{event} began on {e}, which had to run Init again first."),
    Kind.REINIT_STARTED: tr_later("{e} began Init again, inside {event}'s invocation."),
    Kind.HANDLER_STARTED: tr_later("{e}'s re-init was done, and {event}'s handler began."),
    Kind.RESPONSE_SENT: tr_later("{event}'s response left; {e} was still busy."),
    Kind.RUNTIME_NEXT: tr_later("{e}'s runtime asked for Next."),
    Kind.INVOKE_ERROR: tr_later("{event}'s handler reported an error; {e} stayed warm and froze."),
    Kind.INVOKE_EXIT: tr_later(
        "The runtime's process ended while {e} served {event}: {e} was reset."
    ),
    Kind.INVOKE_CRASHED: tr_later(
        "The runtime was killed while {e} served {event}: {e} was reset."
    ),
    Kind.INVOKE_INIT_ERROR: tr_later("The re-init for {event} failed too, so {event} failed."),
    Kind.INVOKE_INIT_EXIT: tr_later("The runtime's process ended in the re-init for {event}."),
    Kind.INVOKE_INIT_OOM: tr_later("{e} ran out of memory in the re-init for {event}."),
    Kind.IDLE_CRASHED: tr_later(
        "The runtime's process was killed while {e} was idle: {e} was reset."
    ),
    Kind.RESET_FINISHED: tr_later(
        "{e}'s reset was done; its next event has to run Init again first."
    ),
    Kind.SHUTDOWN_DEPLOY: tr_later("{e} was shut down: new code means new environments."),
    Kind.SHUTDOWN_CONFIG: tr_later(
        "{e} was shut down: a new configuration means new environments."
    ),
    Kind.SHUTDOWN_RECLAIM: tr_later("{e} was shut down: Lambda took it back."),
    Kind.SHUTDOWN_PROVISION: tr_later(
        "{e} was shut down: less provisioned concurrency was configured."
    ),
    Kind.SHUTDOWN_SHIFT: tr_later("{e} was shut down: the alias moved to another version."),
    Kind.SIGTERM_SENT: tr_later("{e} had an extension, so its runtime got SIGTERM."),
    Kind.RUNTIME_STOPPED: tr_later("{e}'s runtime ended by itself."),
    Kind.GONE: tr_later("All processes of {e} had ended, so it was removed."),
    Kind.SCENARIO_END: tr_later("The run ended."),
    **sources.WORDS,
    **snapshots.WORDS,
    **downstreams.WORDS,
}
