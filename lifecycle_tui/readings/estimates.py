"""What AWS's pages say to reckon with before building: concurrency, pollers, brokers, tenants.

None of it is simulated: these are the pages' own formulas, for who sizes a system.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from lifecycle_tui.engine.capacity import RATE_A_UNIT

_SECOND_US: Final = 1_000_000
_KB_IN_MB: Final = 1_024

SQS_POLLER_MB: Final = 1
SQS_POLLER_INVOCATIONS: Final = 10
SQS_POLLER_POLLS: Final = 10
SQS_POLLER_EVENTS: Final = 100
"""What one event poller of a queue takes: MB a second, invocations at a time, polls and messages
a second (SQS-07, SQS-08)."""
KAFKA_POLLER_MB: Final = 5
KAFKA_POLLER_INVOCATIONS: Final = 5
"""What one event poller of a Kafka topic takes: MB a second, invocations at a time (KAF-01)."""
BROKER_INVOCATIONS: Final = {"activemq": 5, "rabbitmq": 1}
"""Invocations at a time of a mapping of Amazon MQ, whatever the function's concurrency (MQ-01)."""
TENANT_ENVIRONMENTS: Final = 2_500
"""Environments of all tenants, active or idle, for each 1,000 of concurrency (TEN-01)."""


class Line(NamedTuple):
    """One number to reckon with."""

    name: str
    number: str
    words: str
    rule: str


def concurrency(events_a_second: Fraction, duration_us: int) -> int:
    """Return how many events are being served at once on average, rounded up (CON-03)."""
    return ceil(events_a_second * Fraction(duration_us, _SECOND_US))


def limit_needed(events_a_second: Fraction, duration_us: int) -> int:
    """Return the least concurrency that takes a rate for long (RPS-03)."""
    return max(concurrency(events_a_second, duration_us), ceil(events_a_second / RATE_A_UNIT), 1)


def load_lines(events_a_second: Fraction, duration_us: int) -> list[Line]:
    """Return what a load of synchronous calls needs."""
    busy = concurrency(events_a_second, duration_us)
    limit = limit_needed(events_a_second, duration_us)
    rated = "as many" if limit == max(busy, 1) else "ten requests a second for each unit"
    ahead = ceil(Fraction(busy * 11, 10))
    return [
        Line("Concurrency", f"{busy:,}", "events a second x duration", "CON-03"),
        Line("Limit needed", f"{limit:,}", rated, "RPS-03"),
        Line("Provisioned", f"{ahead:,}", "so much and ten per cent more, all warm", "PRV-08"),
    ]


def source_lines(
    source: str, events_a_second: Fraction, duration_us: int, size_kb: int, batch_size: int
) -> list[Line]:
    """Return what a source needs that Lambda polls.

    Args:
        source: ``sqs``, ``kafka``, ``activemq`` or ``rabbitmq``.
        events_a_second: messages, or for Kafka payloads.
        duration_us: how long a batch takes, more than 0.
        size_kb: size of a message, or for Kafka of a payload, more than 0.
        batch_size: messages of a batch.
    """
    if source in BROKER_INVOCATIONS:
        words = "invocations at a time, whatever the concurrency"
        return [Line("Amazon MQ", f"{broker_concurrency(source)}", words, "MQ-01")]
    if source == "kafka":
        each = kafka_poller_events(size_kb, duration_us)
        words = f"event pollers that take {float(each):,.4g} payloads a second each"
        return [Line("Kafka", f"{ceil(events_a_second / each):,}", words, "KAF-01")]
    rate = ceil(events_a_second)
    messages = sqs_poller_events(size_kb, duration_us, batch_size)
    needed = sqs_pollers_needed(rate, size_kb, duration_us, batch_size)
    words = f"event pollers that take {messages:,} messages a second each"
    return [Line("SQS", f"{needed:,}", words, "SQS-08")]


def tenant_lines(limit: int) -> list[Line]:
    """Return how many environments of tenants there may be at a limit on concurrency."""
    words = f"environments of all tenants at {limit:,} of concurrency"
    return [Line("Tenants", f"{tenant_environments(limit):,}", words, "TEN-01")]


def sqs_poller_events(message_kb: Fraction | int, duration_us: int, batch_size: int) -> int:
    """Return how many messages a second one event poller of a queue takes (SQS-08).

    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html

    Args:
        message_kb: size of a message, more than 0.
        duration_us: how long a batch takes, more than 0.
        batch_size: messages of a batch.
    """
    by_size = ceil(Fraction(SQS_POLLER_MB * _KB_IN_MB) / message_kb)
    batches = ceil(Fraction(SQS_POLLER_INVOCATIONS * _SECOND_US, duration_us))
    by_polls = min(SQS_POLLER_EVENTS, SQS_POLLER_POLLS * batch_size)
    return min(by_size, batches * batch_size, by_polls)


def sqs_pollers_needed(
    events_a_second: int, message_kb: Fraction | int, duration_us: int, batch_size: int
) -> int:
    """Return how many event pollers a queue's peak needs, limits of a mapping aside (SQS-08)."""
    return -(-events_a_second // sqs_poller_events(message_kb, duration_us, batch_size))


def kafka_poller_events(payload_kb: Fraction | int, duration_us: int) -> Fraction:
    """Return how many payloads a second one event poller of a Kafka topic takes (KAF-01).

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html

    Args:
        payload_kb: size of what one invocation is given, more than 0.
        duration_us: how long that takes, more than 0.
    """
    by_size = Fraction(KAFKA_POLLER_MB * _KB_IN_MB) / payload_kb
    return min(by_size, Fraction(KAFKA_POLLER_INVOCATIONS * _SECOND_US, duration_us))


def broker_concurrency(broker: str, reserved_concurrency: int | None = None) -> int:
    """Return how often a mapping of Amazon MQ invokes at once (MQ-01).

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html

    Args:
        broker: ``activemq`` or ``rabbitmq``.
        reserved_concurrency: that of the function, which can only lower it; None for none.
    """
    most = BROKER_INVOCATIONS[broker]
    return most if reserved_concurrency is None else min(most, reserved_concurrency)


def tenant_environments(concurrency: int) -> int:
    """Return how many environments of tenants a function may have, active or idle (TEN-01).

    https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html
    """
    return concurrency * TENANT_ENVIRONMENTS // 1_000
