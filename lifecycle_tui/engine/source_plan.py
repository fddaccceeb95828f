"""Where events come from, as frozen values: what each kind of source does with them.

Named tuples, since they cost a quarter of a frozen dataclass at start-up. Times are integer
microseconds.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple

_SECOND: Final = 1_000_000
_HOUR: Final = 3_600 * _SECOND
_DAY: Final = 24 * _HOUR


class SourceKind(StrEnum):
    """What sends events, in the words of the scenario file."""

    SDK = "sdk"
    API_GATEWAY = "api-gateway"
    ALB = "alb"
    FUNCTION_URL = "function-url"
    STEP_FUNCTIONS = "step-functions"
    S3 = "s3"
    SNS = "sns"
    EVENTBRIDGE = "eventbridge"
    SQS = "sqs"
    KINESIS = "kinesis"
    DYNAMODB_STREAMS = "dynamodb-streams"


class InvocationType(StrEnum):
    """How a source invokes the function."""

    SYNCHRONOUS = "synchronous"
    ASYNCHRONOUS = "asynchronous"
    POLLED = "polled"


_ASYNCHRONOUS: Final = (SourceKind.S3, SourceKind.SNS, SourceKind.EVENTBRIDGE)
_STREAMS: Final = (SourceKind.KINESIS, SourceKind.DYNAMODB_STREAMS)


def invocation_type(kind: str) -> InvocationType:
    """Return how sources of a kind invoke (the table of triggers by invocation type)."""
    if kind in _ASYNCHRONOUS:
        return InvocationType.ASYNCHRONOUS
    if kind == SourceKind.SQS or kind in _STREAMS:
        return InvocationType.POLLED
    return InvocationType.SYNCHRONOUS


class AsyncPlan(NamedTuple):
    """What Lambda does with an asynchronous event that fails (ASY-02 to ASY-06)."""

    max_retries: int = 2
    """Further attempts after a function error."""
    max_age_us: int = 6 * _HOUR
    on_success: str | None = None
    """Name of a destination; None for none."""
    on_failure: str | None = None
    dead_letter: str | None = None


DEFAULT_ASYNC: Final = AsyncPlan()


class RetryPlan(NamedTuple):
    """One retrier of a Step Functions state (SFN-01)."""

    errors: tuple[str, ...]
    """Names of errors; ``States.ALL`` is any."""
    interval_us: int = _SECOND
    max_attempts: int = 3
    """Retries, the first attempt not counted."""
    backoff: float = 2.0


class SourcePlan(NamedTuple):
    """A source that only calls and waits: what it does when the answer is late or bad."""

    name: str
    kind: SourceKind
    function: int = 0
    gives_up_us: int | None = None
    """It answers its own client with an error after so long; the invocation goes on."""
    retries: tuple[RetryPlan, ...] = ()
    catches: tuple[str, ...] = ()
    """Errors that a Step Functions state catches when no retry is left."""


class PollersPlan(NamedTuple):
    """Event pollers of a mapping in provisioned mode (SQS-07)."""

    minimum: int = 2
    maximum: int = 200


class QueuePlan(NamedTuple):
    """An SQS queue and its event source mapping."""

    name: str
    kind: SourceKind = SourceKind.SQS
    function: int = 0
    fifo: bool = False
    groups: int = 1
    """FIFO: messages are dealt out over so many message groups."""
    batch_size: int = 10
    window_us: int = 0
    visibility_us: int = 30 * _SECOND
    max_receives: int | None = None
    """Redrive policy: how often a message may be received; None for no dead-letter queue."""
    dead_letter: str | None = None
    maximum_concurrency: int | None = None
    report_item_failures: bool = False
    retention_us: int = 4 * _DAY
    pollers: PollersPlan | None = None
    """Provisioned mode; None for the default mode. Excludes ``maximum_concurrency``."""


class StreamPlan(NamedTuple):
    """A Kinesis or DynamoDB stream and its event source mapping."""

    name: str
    kind: SourceKind = SourceKind.KINESIS
    function: int = 0
    shards: int = 1
    parallelization: int = 1
    """Batches at a time of one shard."""
    batch_size: int = 100
    window_us: int = 0
    max_attempts: int | None = None
    """Retries of a batch that failed; None for no limit."""
    max_age_us: int | None = None
    """Records older than this are not sent; None for the stream's own retention."""
    bisect: bool = False
    on_failure: str | None = None
    retention_us: int = _DAY


AnySource = SourcePlan | QueuePlan | StreamPlan

GATEWAY_TIMEOUT_US: Final = 29 * _SECOND
"""API Gateway's integration timeout (SRC-01)."""


def default_source(kind: str, function: int) -> AnySource:
    """Return the source that ``source: KIND`` means where the scenario declares none.

    Raises:
        ValueError: there is no such kind.
    """
    found = SourceKind(kind)
    if found is SourceKind.SQS:
        return QueuePlan(name=kind, function=function)
    if found in _STREAMS:
        return StreamPlan(name=kind, kind=found, function=function)
    gives_up_us = GATEWAY_TIMEOUT_US if found is SourceKind.API_GATEWAY else None
    return SourcePlan(kind, found, function, gives_up_us)
