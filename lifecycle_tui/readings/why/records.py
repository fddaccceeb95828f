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
from lifecycle_tui.readings.why import downstreams, scaling, sources
from lifecycle_tui.readings.why.text import command_words
from lifecycle_tui.readings.words import (
    DAGGER,
    at,
    environment_name,
    event_name,
    listed,
    span,
)
from lifecycle_tui.units.text import plural

_PASSED_OVER: Final = frozenset(
    {
        Kind.INIT_STARTED, Kind.EXTENSION_REGISTERED, Kind.RUNTIME_INIT_STARTED,
        Kind.FUNCTION_INIT_STARTED, Kind.RUNTIME_READY, Kind.EXTENSION_READY, Kind.REINIT_STARTED,
        Kind.HANDLER_STARTED, Kind.RESPONSE_SENT, Kind.RUNTIME_NEXT, Kind.EXTENSION_NEXT,
        Kind.SIGTERM_SENT, Kind.RUNTIME_STOPPED, Kind.EXTENSION_STOPPED, Kind.SIGKILL_SENT,
        Kind.RESET_FINISHED, Kind.CONNECTED, Kind.DISCONNECTED, Kind.CACHE_HIT, Kind.CACHE_MISSED,
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
    return words.format(
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
    configured = [
        f"provisioned concurrency {function.provisioned_concurrency} for {function.name}"
        for function in index.plan.functions
        if function.provisioned_concurrency
    ]
    return f"The scenario began{' with ' + listed(configured) if configured else ''}."


def _command(index: Index, record: Record) -> str:
    words = command_words(index.plan, index.plan.commands[record.subject])
    return f"Input: {words}."


def _init_finished(index: Index, record: Record) -> str:
    started_us = record.time_us
    for number in reversed(_before(index, record)):
        if index.kind(number) is Kind.INIT_STARTED:
            started_us = index.times[number]
            break
    name = environment_name(record.environment)
    return f"{name}'s Init took {span(record.time_us - started_us)}."


def _abandoned(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    prepared = facts.initialization_type is InitializationType.PROVISIONED
    limit = span(limit_us(facts.plan, prepared=prepared))
    waiting = f", to run again inside {event_name(record.subject)}'s invocation"
    return (
        f"{facts.id}'s Init was not done after {limit}, so it was abandoned"
        f"{waiting if record.subject > 0 else ''}."
    )


def _timeout(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return (
        f"{event_name(record.subject)} reached the timeout of {span(facts.plan.timeout_us)}, so "
        f"{facts.id} was reset."
    )


def _idle(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return (
        f"{facts.id} was shut down: no event came for {span(facts.idle_lifetime_us)}, the idle "
        f"time drawn for it {DAGGER}."
    )


def _lifetime(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    return (
        f"{facts.id} was shut down at an age of {span(record.time_us - facts.created_us)}; its "
        f"lifetime was drawn as {span(facts.max_lifetime_us)} {DAGGER}."
    )


def _killed(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    whose = facts.plan.extensions[record.value - 1].name if record.value else "the runtime"
    if not facts.plan.extensions:
        return f"{facts.id} had no extension, so its runtime was killed at once."
    return f"SIGKILL ended {whose} in {facts.id}; the budget was {span(budget_us(facts.plan))}."


def _runtime_started(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    if any(extension.external for extension in facts.plan.extensions):
        return f"All of {facts.id}'s extensions were registered, so its runtime began."
    return f"{facts.id} had no extension to wait for, so its runtime began."


def _extension(words: str) -> Callable[[Index, Record], str]:
    def tell(index: Index, record: Record) -> str:
        facts = facts_of(index, record)
        return words.format(extension=facts.plan.extensions[record.value].name, e=facts.id)

    return tell


def _provisioning(words: str) -> Callable[[Index, Record], str]:
    def tell(index: Index, record: Record) -> str:
        name = index.plan.functions[record.subject].name
        what = f"{name}'s allocation of {plural(record.value, 'provisioned environment')}"
        return words.format(what=what)

    return tell


def _created(index: Index, record: Record) -> str:
    facts = facts_of(index, record)
    placed = f"{facts.id} was created for {event_name(record.subject)}"
    return f"{placed}, because no environment was free."


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
    Kind.EXTENSION_REGISTERED: _extension("{extension} registered in {e}."),
    Kind.EXTENSION_READY: _extension("{extension} was ready in {e}: it asked for its first Next."),
    Kind.EXTENSION_NEXT: _extension("{extension} in {e} asked for Next."),
    Kind.EXTENSION_STOPPED: _extension("{extension} in {e} ended by itself."),
    Kind.PROVISION_STARTED: _provisioning("{what} began."),
    Kind.PROVISION_READY: _provisioning("{what} was ready as a whole, so it could serve."),
    Kind.PROVISION_FAILED: _provisioning("{what} failed: an environment could not be initialised."),
    **scaling.SENTENCES,
    **sources.SENTENCES,
    **downstreams.SENTENCES,
}

_WORDS: Final[dict[Kind, str]] = {
    Kind.ARRIVAL: "{event} arrived at {time}; its handler needs {length}.",
    Kind.INVOKE_OK: "{event} was done, everyone had asked for Next, and {e} froze.",
    Kind.THROTTLED_RESERVED: "{event} was refused: reserved concurrency was used up.",
    Kind.THROTTLED_ACCOUNT: "{event} was refused: the account's concurrency was used up.",
    Kind.THROTTLED_SCALING: "{event} was refused: environments could not be added any faster.",
    Kind.CREATED_PROVISIONED: "{e} was created for provisioned concurrency, ahead of any event.",
    Kind.CREATED_PREWARM: "{e} was created ahead of any event.",
    Kind.CREATED_REPLACEMENT: "{e} was created to keep provisioned concurrency at its number.",
    Kind.INIT_STARTED: "{e}'s place and code were there, so its Init began.",
    Kind.FUNCTION_INIT_STARTED: "{e}'s runtime was up and ran the code outside the handler.",
    Kind.RUNTIME_READY: "{e}'s runtime asked for its first Next.",
    Kind.INIT_ERROR: "The code outside the handler failed in {e}'s Init.",
    Kind.INIT_EXIT: "The runtime's process ended in {e}'s Init.",
    Kind.INIT_OOM: "{e} ran out of memory in its Init.",
    Kind.INIT_CRASHED: "The runtime's process was killed in {e}'s Init.",
    Kind.INVOKE_COLD: "{event} began on {e}, which had been made for it.",
    Kind.INVOKE_PRE: "{event} began on {e}, which had been initialised ahead of it.",
    Kind.INVOKE_WARM: "{event} began on {e}, which was thawed for it.",
    Kind.INVOKE_REINIT: "{event} began on {e}, which had to run Init again first.",
    Kind.INVOKE_RESTORED: "{event} began on {e}, which was restored from a snapshot.",
    Kind.REINIT_STARTED: "{e} began Init again, inside {event}'s invocation.",
    Kind.HANDLER_STARTED: "{e}'s re-init was done, and {event}'s handler began.",
    Kind.RESPONSE_SENT: "{event}'s response left; {e} was still busy.",
    Kind.RUNTIME_NEXT: "{e}'s runtime asked for Next.",
    Kind.INVOKE_ERROR: "{event}'s handler reported an error; {e} stayed warm and froze.",
    Kind.INVOKE_EXIT: "The runtime's process ended while {e} served {event}: {e} was reset.",
    Kind.INVOKE_CRASHED: "The runtime was killed while {e} served {event}: {e} was reset.",
    Kind.INVOKE_INIT_ERROR: "The re-init for {event} failed too, so {event} failed.",
    Kind.INVOKE_INIT_EXIT: "The runtime's process ended in the re-init for {event}.",
    Kind.INVOKE_INIT_OOM: "{e} ran out of memory in the re-init for {event}.",
    Kind.IDLE_CRASHED: "The runtime's process was killed while {e} was idle: {e} was reset.",
    Kind.RESET_FINISHED: "{e}'s reset was done; its next event has to run Init again first.",
    Kind.SHUTDOWN_DEPLOY: "{e} was shut down: new code means new environments.",
    Kind.SHUTDOWN_CONFIG: "{e} was shut down: a new configuration means new environments.",
    Kind.SHUTDOWN_RECLAIM: "{e} was shut down: Lambda took it back.",
    Kind.SHUTDOWN_PROVISION: "{e} was shut down: less provisioned concurrency was configured.",
    Kind.SHUTDOWN_INIT_FAILED: "{e} was shut down: its allocation failed.",
    Kind.SHUTDOWN_SHIFT: "{e} was shut down: the alias moved to another version.",
    Kind.SIGTERM_SENT: "{e} had an extension, so its runtime got SIGTERM.",
    Kind.RUNTIME_STOPPED: "{e}'s runtime ended by itself.",
    Kind.GONE: "All processes of {e} had ended, so it was removed.",
    Kind.SCENARIO_END: "The run ended.",
    **sources.WORDS,
    **downstreams.WORDS,
}
