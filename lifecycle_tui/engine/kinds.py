"""The vocabulary of the trace: all that can happen, with the state it leads to and its rule.

A kind names one happening. Some are inputs (they end a chain of causes), some move an environment
to another state, the rest mark a moment within a state. ``rules`` are ids of the rule catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from lifecycle_tui.engine.states import State


class Kind(IntEnum):
    """What happened. Each group's comment says what a record's ``value`` holds, if anything."""

    # Inputs. COMMAND: subject is the command's index. ARRIVAL: value is the handler time in us.
    SCENARIO_START = 0
    COMMAND = 1
    ARRIVAL = 2
    # Placement refused. Subject is the event.
    THROTTLED_RESERVED = 3
    THROTTLED_ACCOUNT = 4
    THROTTLED_SCALING = 5
    # A new environment (NONE -> CREATING).
    CREATED_FOR_EVENT = 6
    CREATED_PROVISIONED = 7
    CREATED_PREWARM = 8
    CREATED_REPLACEMENT = 9
    # Init, in its own phase or inside Invoke (then the state stays INVOKE). Extensions: value is
    # the extension's index.
    INIT_STARTED = 10
    EXTENSION_REGISTERED = 11
    RUNTIME_INIT_STARTED = 12
    FUNCTION_INIT_STARTED = 13
    RUNTIME_READY = 14
    EXTENSION_READY = 15
    INIT_FINISHED = 16
    INIT_ABANDONED = 17
    INIT_ERROR = 18
    INIT_EXIT = 19
    INIT_OOM = 20
    # Invoke begins: which start it was. Subject is the event.
    INVOKE_COLD = 21
    INVOKE_PRE = 22
    INVOKE_WARM = 23
    INVOKE_REINIT = 24
    INVOKE_RESTORED = 25
    # Within Invoke. EXTENSION_NEXT: value is the extension's index.
    REINIT_STARTED = 26
    HANDLER_STARTED = 27
    RESPONSE_SENT = 28
    RUNTIME_NEXT = 29
    EXTENSION_NEXT = 30
    # Invoke ends. OK and ERROR carry the response when no RESPONSE_SENT came before.
    INVOKE_OK = 31
    INVOKE_ERROR = 32
    INVOKE_TIMEOUT = 33
    INVOKE_EXIT = 34
    INVOKE_OOM = 35
    INVOKE_CRASHED = 36
    INVOKE_INIT_ERROR = 37
    INVOKE_INIT_EXIT = 38
    INVOKE_INIT_OOM = 39
    # Reset, and a crash while idle.
    IDLE_CRASHED = 40
    INIT_CRASHED = 41
    RESET_FINISHED = 42
    # Why an environment shuts down.
    SHUTDOWN_IDLE = 43
    SHUTDOWN_LIFETIME = 44
    SHUTDOWN_DEPLOY = 45
    SHUTDOWN_CONFIG = 46
    SHUTDOWN_RECLAIM = 47
    SHUTDOWN_PROVISION = 48
    SHUTDOWN_INIT_FAILED = 49
    # Within Reset and Shutdown. Extensions: value is the extension's index.
    SIGTERM_SENT = 50
    RUNTIME_STOPPED = 51
    EXTENSION_STOPPED = 52
    SIGKILL_SENT = 53
    GONE = 54
    # Provisioned concurrency. Value is the number of environments.
    PROVISION_STARTED = 55
    PROVISION_READY = 56
    PROVISION_FAILED = 57
    # The end of what the run looked at.
    SCENARIO_END = 58
    # The request-rate caps refuse: value is requests a second.
    THROTTLED_RATE_RESERVED = 59
    THROTTLED_RATE_ACCOUNT = 60
    # A source holds an event back. MESSAGE_QUEUED: value is the handler time in us.
    MESSAGE_QUEUED = 61
    # Another attempt at an event, and a batch: value is the number of events; the subject leads.
    ATTEMPT = 62
    BATCH_SENT = 63
    # An event that rides in a batch: value is the event that leads it.
    BATCHED = 64
    # What becomes of an event after an attempt. RETRY_*: value is the wait in us.
    RETRY_AFTER_ERROR = 65
    RETRY_AFTER_THROTTLE = 66
    MESSAGE_RETURNED = 67
    MESSAGE_DELETED = 68
    # Lambda or the source gives an event up: why.
    DROPPED_RETRIES = 69
    DROPPED_AGE = 70
    DROPPED_NO_CONCURRENCY = 71
    REDRIVEN = 72
    # Where it goes then, or after success. No value.
    TO_DEAD_LETTER = 73
    TO_ON_FAILURE = 74
    TO_ON_SUCCESS = 75
    # The caller of a synchronous event gives up waiting; Step Functions catches an error.
    CALLER_GAVE_UP = 76
    CAUGHT = 77
    # How many batches an SQS queue's mapping may have in flight. Subject is the source's number.
    POLLERS_SCALED = 78
    # SnapStart. Value of SNAPSHOT_TAKEN: the code version it is of.
    CREATED_SNAPSHOT = 79
    SNAPSHOT_TAKEN = 80
    RESTORE_STARTED = 81
    RESTORE_HOOKS_STARTED = 82
    RESTORE_FINISHED = 83
    RESTORE_TIMEOUT = 84
    # An alias sends no more events, or fewer, to an environment's version.
    SHUTDOWN_SHIFT = 85
    # Auto scaling sets provisioned concurrency: value is the new number, subject the function.
    AUTOSCALED_OUT = 86
    AUTOSCALED_IN = 87
    SCHEDULED = 88
    # What the code does. Connections, pools and caches: value is `downstreams.Connections`, packed.
    CONNECTED = 89
    CONNECT_REFUSED = 90
    DISCONNECTED = 91
    POOL_WAITED = 92
    CACHE_HIT = 93
    CACHE_MISSED = 94
    # /tmp has no room for what the handler writes: value is its size in MB.
    TMP_FULL = 95


@dataclass(frozen=True, slots=True)
class KindInfo:
    """What a kind means: the state it leads to (None: a mark) and the rules it stands on."""

    to: State | None
    rules: tuple[str, ...]


INPUTS: Final = frozenset({Kind.SCENARIO_START, Kind.COMMAND})
"""Kinds at which a chain of causes may end."""

KINDS: Final[dict[Kind, KindInfo]] = {
    Kind.SCENARIO_START: KindInfo(None, ()),
    Kind.COMMAND: KindInfo(None, ()),
    Kind.ARRIVAL: KindInfo(None, ("SYN-01", "ASY-01")),
    Kind.THROTTLED_RESERVED: KindInfo(None, ("RSV-01", "THR-01", "THR-02")),
    Kind.THROTTLED_ACCOUNT: KindInfo(None, ("CON-04", "RSV-04", "THR-01", "THR-02")),
    Kind.THROTTLED_SCALING: KindInfo(None, ("SCL-01", "SCL-02", "SCL-04", "THR-02")),
    Kind.CREATED_FOR_EVENT: KindInfo(State.CREATING, ("CON-02", "CON-01", "SIM-PLACEMENT")),
    Kind.CREATED_PROVISIONED: KindInfo(State.CREATING, ("INIT-14", "PRV-02")),
    Kind.CREATED_PREWARM: KindInfo(State.CREATING, ("INIT-11",)),
    Kind.CREATED_REPLACEMENT: KindInfo(State.CREATING, ("PRV-07", "SIM-PC-REPLACE")),
    Kind.INIT_STARTED: KindInfo(State.INIT, ("LIF-06", "INIT-01")),
    Kind.EXTENSION_REGISTERED: KindInfo(None, ("INIT-03",)),
    Kind.RUNTIME_INIT_STARTED: KindInfo(None, ("INIT-03", "INIT-06")),
    Kind.FUNCTION_INIT_STARTED: KindInfo(None, ("INIT-06", "SIM-INIT-SPLIT")),
    Kind.RUNTIME_READY: KindInfo(None, ("INIT-07",)),
    Kind.EXTENSION_READY: KindInfo(None, ("INIT-05",)),
    Kind.INIT_FINISHED: KindInfo(State.READY, ("INIT-07",)),
    Kind.INIT_ABANDONED: KindInfo(State.RESET, ("INIT-09", "INIT-10", "ITO-01")),
    Kind.INIT_ERROR: KindInfo(State.RESET, ("ITO-04",)),
    Kind.INIT_EXIT: KindInfo(State.RESET, ("ITO-04",)),
    Kind.INIT_OOM: KindInfo(State.RESET, ("ITO-04",)),
    Kind.INVOKE_COLD: KindInfo(State.INVOKE, ("CON-02", "INV-01", "SIM-BIND")),
    Kind.INVOKE_PRE: KindInfo(State.INVOKE, ("CON-02", "INIT-11", "INIT-14")),
    Kind.INVOKE_WARM: KindInfo(State.INVOKE, ("CON-02", "FRZ-01", "SIM-REUSE")),
    Kind.INVOKE_REINIT: KindInfo(State.INVOKE, ("FAIL-05", "FAIL-05a", "ITO-02")),
    Kind.INVOKE_RESTORED: KindInfo(State.INVOKE, ("RST-02", "RST-08")),
    Kind.REINIT_STARTED: KindInfo(None, ("FAIL-05", "ITO-02")),
    Kind.HANDLER_STARTED: KindInfo(None, ("INV-01",)),
    Kind.RESPONSE_SENT: KindInfo(None, ("INV-03",)),
    Kind.RUNTIME_NEXT: KindInfo(None, ("INV-04",)),
    Kind.EXTENSION_NEXT: KindInfo(None, ("INV-04", "INV-06")),
    Kind.INVOKE_OK: KindInfo(State.FROZEN, ("INV-04", "LIF-03")),
    Kind.INVOKE_ERROR: KindInfo(State.FROZEN, ("FAIL-02", "LIF-03")),
    Kind.INVOKE_TIMEOUT: KindInfo(State.RESET, ("INV-05", "FAIL-01", "FAIL-08")),
    Kind.INVOKE_EXIT: KindInfo(State.RESET, ("FAIL-01", "FAIL-03")),
    Kind.INVOKE_OOM: KindInfo(State.RESET, ("FAIL-01", "FAIL-03")),
    Kind.INVOKE_CRASHED: KindInfo(State.RESET, ("FAIL-01", "FAIL-03")),
    Kind.INVOKE_INIT_ERROR: KindInfo(State.RESET, ("ITO-04", "FAIL-01")),
    Kind.INVOKE_INIT_EXIT: KindInfo(State.RESET, ("ITO-04", "FAIL-01")),
    Kind.INVOKE_INIT_OOM: KindInfo(State.RESET, ("ITO-04", "FAIL-01")),
    Kind.IDLE_CRASHED: KindInfo(State.RESET, ("FAIL-01", "SIM-IDLE-CRASH")),
    Kind.INIT_CRASHED: KindInfo(State.RESET, ("ITO-04",)),
    Kind.RESET_FINISHED: KindInfo(State.FROZEN, ("FAIL-03", "FAIL-04", "FAIL-05", "SIM-RESET")),
    Kind.SHUTDOWN_IDLE: KindInfo(State.SHUTDOWN, ("SHUT-01", "LIFE-01", "SIM-IDLE")),
    Kind.SHUTDOWN_LIFETIME: KindInfo(State.SHUTDOWN, ("SHUT-01", "LIFE-02", "SIM-LIFETIME")),
    Kind.SHUTDOWN_DEPLOY: KindInfo(State.SHUTDOWN, ("LIFE-08",)),
    Kind.SHUTDOWN_CONFIG: KindInfo(State.SHUTDOWN, ("LIFE-08",)),
    Kind.SHUTDOWN_RECLAIM: KindInfo(State.SHUTDOWN, ("SHUT-01", "LIFE-01")),
    Kind.SHUTDOWN_PROVISION: KindInfo(State.SHUTDOWN, ("PRV-02", "SIM-PC-REDUCE")),
    Kind.SHUTDOWN_INIT_FAILED: KindInfo(State.SHUTDOWN, ("ITO-08", "RST-10")),
    Kind.SIGTERM_SENT: KindInfo(None, ("SHUT-05", "SHUT-07")),
    Kind.RUNTIME_STOPPED: KindInfo(None, ("SHUT-05", "SHUT-08")),
    Kind.EXTENSION_STOPPED: KindInfo(None, ("SHUT-05",)),
    Kind.SIGKILL_SENT: KindInfo(None, ("SHUT-02", "SHUT-03", "SHUT-04", "SHUT-06")),
    Kind.GONE: KindInfo(State.GONE, ("SHUT-13",)),
    Kind.PROVISION_STARTED: KindInfo(None, ("PRV-02", "SIM-PC-DELAY")),
    Kind.PROVISION_READY: KindInfo(None, ("PRV-02",)),
    Kind.PROVISION_FAILED: KindInfo(None, ("ITO-08",)),
    Kind.SCENARIO_END: KindInfo(None, ()),
    Kind.THROTTLED_RATE_RESERVED: KindInfo(None, ("RPS-01", "RSV-01", "THR-01", "THR-02")),
    Kind.THROTTLED_RATE_ACCOUNT: KindInfo(None, ("RPS-01", "THR-01", "THR-02")),
    Kind.MESSAGE_QUEUED: KindInfo(None, ("ESM-01",)),
    Kind.ATTEMPT: KindInfo(None, ("ASY-02", "ASY-04", "SFN-01", "THR-04", "THR-05")),
    Kind.BATCH_SENT: KindInfo(None, ("ESM-01", "ESM-02")),
    Kind.BATCHED: KindInfo(None, ("ESM-02",)),
    Kind.RETRY_AFTER_ERROR: KindInfo(None, ("ASY-02", "STR-03", "SFN-01", "SIM-STREAM-BACKOFF")),
    Kind.RETRY_AFTER_THROTTLE: KindInfo(
        None,
        (
            "THR-03",
            "ASY-04",
            "THR-04",
            "THR-05",
            "SFN-01",
            "SIM-ASYNC-DOUBLING",
            "SIM-STREAM-BACKOFF",
        ),
    ),
    Kind.MESSAGE_RETURNED: KindInfo(None, ("SQS-05",)),
    Kind.MESSAGE_DELETED: KindInfo(None, ("ESM-01",)),
    Kind.DROPPED_RETRIES: KindInfo(None, ("ASY-02", "ASY-06", "STR-03")),
    Kind.DROPPED_AGE: KindInfo(None, ("ASY-03", "ASY-06", "STR-03")),
    Kind.DROPPED_NO_CONCURRENCY: KindInfo(None, ("RSV-03",)),
    Kind.REDRIVEN: KindInfo(None, ("SQS-04",)),
    Kind.TO_DEAD_LETTER: KindInfo(None, ("ASY-06", "SQS-04")),
    Kind.TO_ON_FAILURE: KindInfo(None, ("ASY-06", "STR-03")),
    Kind.TO_ON_SUCCESS: KindInfo(None, ("ASY-06",)),
    Kind.CALLER_GAVE_UP: KindInfo(None, ("SRC-01",)),
    Kind.CAUGHT: KindInfo(None, ("SFN-02",)),
    Kind.POLLERS_SCALED: KindInfo(None, ("SQS-01", "SQS-07", "SIM-SQS-SCALE")),
    Kind.CREATED_SNAPSHOT: KindInfo(State.CREATING, ("RST-01",)),
    Kind.SNAPSHOT_TAKEN: KindInfo(State.SHUTDOWN, ("RST-01", "RST-10", "SIM-PUBLISH")),
    Kind.RESTORE_STARTED: KindInfo(State.RESTORE, ("RST-02", "RST-03", "SIM-RESTORE")),
    Kind.RESTORE_HOOKS_STARTED: KindInfo(None, ("RST-03", "RST-04")),
    Kind.RESTORE_FINISHED: KindInfo(State.READY, ("RST-03",)),
    Kind.RESTORE_TIMEOUT: KindInfo(State.SHUTDOWN, ("RST-04",)),
    Kind.SHUTDOWN_SHIFT: KindInfo(State.SHUTDOWN, ("PRV-09", "LIFE-08", "SIM-ALIAS")),
    Kind.AUTOSCALED_OUT: KindInfo(None, ("PRV-10", "SIM-TRACKING")),
    Kind.AUTOSCALED_IN: KindInfo(None, ("PRV-10", "SIM-TRACKING", "SIM-TRACKING-IN")),
    Kind.SCHEDULED: KindInfo(None, ("PRV-12",)),
    Kind.CONNECTED: KindInfo(None, ("SIM-DOWNSTREAM", "FRZ-01")),
    Kind.CONNECT_REFUSED: KindInfo(None, ("SIM-DOWNSTREAM", "FRZ-01")),
    Kind.DISCONNECTED: KindInfo(None, ("SIM-DOWNSTREAM",)),
    Kind.POOL_WAITED: KindInfo(None, ("SIM-PROXY",)),
    Kind.CACHE_HIT: KindInfo(None, ("SIM-CACHE",)),
    Kind.CACHE_MISSED: KindInfo(None, ("SIM-CACHE",)),
    Kind.TMP_FULL: KindInfo(None, ("FRZ-04", "LIM-04", "SIM-FILLING")),
}

STARTS: Final = (
    Kind.INVOKE_COLD,
    Kind.INVOKE_PRE,
    Kind.INVOKE_WARM,
    Kind.INVOKE_REINIT,
    Kind.INVOKE_RESTORED,
)
THROTTLES: Final = (
    Kind.THROTTLED_RESERVED,
    Kind.THROTTLED_ACCOUNT,
    Kind.THROTTLED_SCALING,
    Kind.THROTTLED_RATE_RESERVED,
    Kind.THROTTLED_RATE_ACCOUNT,
)
DROPS: Final = (Kind.DROPPED_RETRIES, Kind.DROPPED_AGE, Kind.DROPPED_NO_CONCURRENCY)
"""Lambda gives an event up."""
SCALED: Final = (Kind.AUTOSCALED_OUT, Kind.AUTOSCALED_IN, Kind.SCHEDULED)
"""Auto scaling sets provisioned concurrency."""
NOT_OF_EVENTS: Final = frozenset(
    {
        Kind.COMMAND,
        Kind.PROVISION_STARTED,
        Kind.PROVISION_READY,
        Kind.PROVISION_FAILED,
        Kind.POLLERS_SCALED,
    }
)
"""Kinds whose subject is no event but a command, a function or a source."""
ENDS: Final = (
    Kind.INVOKE_OK,
    Kind.INVOKE_ERROR,
    Kind.INVOKE_TIMEOUT,
    Kind.INVOKE_EXIT,
    Kind.INVOKE_OOM,
    Kind.INVOKE_CRASHED,
    Kind.INVOKE_INIT_ERROR,
    Kind.INVOKE_INIT_EXIT,
    Kind.INVOKE_INIT_OOM,
)
