"""AWS's own examples of what to reckon with: pollers, brokers and tenants."""

from __future__ import annotations

from fractions import Fraction

import pytest

from lifecycle_tui.readings.estimates import (
    broker_concurrency,
    kafka_poller_events,
    sqs_poller_events,
    sqs_pollers_needed,
    tenant_environments,
)

MS = 1_000
SECOND = 1_000_000


def test_a_queue_of_a_thousand_messages_a_second_needs_ten_pollers() -> None:
    """WE-E01: batches of 10, 3 KB each, 0.1 s: min(342, 1,000, 100) are 100 a second.

    https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
    """
    assert sqs_poller_events(3, 100 * MS, 10) == 100
    assert sqs_pollers_needed(1_000, 3, 100 * MS, 10) == 10
    assert sqs_pollers_needed(1_001, 3, 100 * MS, 10) == 11


@pytest.mark.parametrize(
    ("message_kb", "duration_us", "batch_size", "events"),
    [(30, 100 * MS, 10, 35), (3, 20 * SECOND, 10, 10), (3, 100 * MS, 1, 10)],
    ids=["by size", "by duration", "by polls"],
)
def test_each_limit_of_a_poller_can_be_the_smallest(
    message_kb: int, duration_us: int, batch_size: int, events: int
) -> None:
    """The terms of the same formula: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html."""
    assert sqs_poller_events(message_kb, duration_us, batch_size) == events


def test_a_kafka_poller_takes_five_megabytes_a_second_and_five_invocations() -> None:
    """WE-E09: payloads of 1 MB, 1 s each: 5 MB/s, and 5 invocations at a time.

    https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
    """
    assert kafka_poller_events(1_024, SECOND) == 5, "of one MB and one second each"
    assert kafka_poller_events(512, 2 * SECOND) == Fraction(5, 2)
    assert kafka_poller_events(2_048, SECOND) == Fraction(5, 2)


@pytest.mark.parametrize(("broker", "most"), [("activemq", 5), ("rabbitmq", 1)])
def test_a_broker_invokes_few_at_once_whatever_is_reserved(broker: str, most: int) -> None:
    """WE-E15: https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html."""
    assert broker_concurrency(broker) == most
    assert broker_concurrency(broker, reserved_concurrency=100) == most


@pytest.mark.parametrize(("concurrency", "environments"), [(1_000, 2_500), (2_000, 5_000)])
def test_tenants_have_two_and_a_half_environments_for_each_concurrency(
    concurrency: int, environments: int
) -> None:
    """WE-C27: https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation.html."""
    assert tenant_environments(concurrency) == environments
