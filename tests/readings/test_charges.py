"""Bills of functions with pollers, tenants, managed instances, large events or at the edge.

Each test names the example it holds the bill against (WE-P…); all are of
https://aws.amazon.com/lambda/pricing/.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.readings import prices
from lifecycle_tui.readings.charges import Instances, Pollers, requests_of_event
from lifecycle_tui.readings.cost import Workload, bill
from tests.readings.test_cost import MS, SECOND, charged, usd


@pytest.mark.rule("PRI-12")
def test_tenant_isolation_costs_a_fee_for_each_environment() -> None:
    """WE-P08: 10 million x 2 s x 1 GB, 1,000 tenants with 200 environments each.

    https://aws.amazon.com/lambda/pricing/ rounds the price before it multiplies (33.40) and has
    333.34 for compute, so it comes to 368.74; its own exact prices come to 368.66.
    """
    found = bill(
        Workload(
            requests=10_000_000,
            duration_us=2 * SECOND,
            memory_mb=1_024,
            tenant_environments=1_000 * 200,
        )
    )
    assert charged(found)["tenant_isolation"] == 200_000
    assert usd(found) == {
        "requests": Decimal("2.00"),
        "compute": Decimal("333.33"),
        "tenant_isolation": Decimal("33.33"),
        "total": Decimal("368.66"),
    }


@pytest.mark.rule("PRI-12")
def test_an_environment_of_a_tenant_costs_by_its_memory_and_less_on_arm() -> None:
    """https://aws.amazon.com/lambda/pricing/: 512 MB on Arm are half of $0.000133333."""
    found = bill(
        Workload(
            requests=0, duration_us=0, memory_mb=512, architecture="arm64", tenant_environments=1
        )
    )
    assert found.exact_usd == Fraction("0.000133333") / 2


@pytest.mark.rule("PRI-14")
def test_managed_instances_cost_the_instances_and_a_fee_but_no_duration() -> None:
    """WE-P10: 100 million requests, 2,000 h of m7g.xlarge, on a plan for three years.

    https://aws.amazon.com/lambda/pricing/
    """
    found = bill(
        Workload(
            requests=100_000_000,
            duration_us=SECOND,
            memory_mb=2_048,
            instances=Instances(Fraction(2_000), Fraction("0.1632"), Fraction("0.0457")),
        )
    )
    assert usd(found) == {
        "requests": Decimal("20.00"),
        "instances": Decimal("91.40"),
        "instance_fee": Decimal("48.96"),
        "total": Decimal("160.36"),
    }


@pytest.mark.rule("PRI-14")
def test_without_a_plan_instances_cost_their_list_price() -> None:
    """https://aws.amazon.com/lambda/pricing/."""
    instances = Instances(Fraction(2_000), Fraction("0.1632"))
    assert (instances.usd, instances.fee_usd) == (Fraction("326.4"), Fraction("48.96"))


@pytest.mark.rule("PRI-15")
def test_pollers_of_kafka_cost_by_the_hour() -> None:
    """WE-P11: a million a day for 30 days, 2 s, 1 GB, compute free tier, 800 h of pollers.

    https://aws.amazon.com/lambda/pricing/ charges $993.3 for compute and $148 for pollers. For
    requests it charges $12, the price of 60 million, and no free ones: we charge what is asked.
    """
    pollers = Pollers("kafka", Fraction(800))
    found = bill(
        Workload(
            requests=30_000_000,
            duration_us=2 * SECOND,
            memory_mb=1_024,
            free_tier=True,
            pollers=pollers,
        )
    )
    assert charged(found)["compute"] == 60_000_000 - 400_000
    assert usd(found) == {
        "requests": Decimal("5.80"),
        "compute": Decimal("993.34"),
        "event_pollers": Decimal("148.00"),
        "total": Decimal("1147.14"),
    }
    page = bill(Workload(requests=60_000_000, duration_us=0, memory_mb=1_024))
    assert page.total_usd == Decimal("12.00")


@pytest.mark.rule("PRI-15")
def test_pollers_of_a_queue_cost_less() -> None:
    """WE-P12: a million a day for 30 days, 1 s, 1 GB, no free tier, 8,000 h of pollers.

    https://aws.amazon.com/lambda/pricing/
    """
    found = bill(
        Workload(
            requests=30_000_000,
            duration_us=SECOND,
            memory_mb=1_024,
            pollers=Pollers("sqs", Fraction(8_000)),
        )
    )
    assert usd(found) == {
        "requests": Decimal("6.00"),
        "compute": Decimal("500.00"),
        "event_pollers": Decimal("74.00"),
        "total": Decimal("580.00"),
    }


@pytest.mark.rule("PRI-16")
def test_the_edge_has_prices_of_its_own() -> None:
    """WE-P14: 10 million x 10 ms x 128 MB are 100,000 s.

    https://aws.amazon.com/lambda/pricing/
    """
    found = bill(Workload(requests=10_000_000, duration_us=10 * MS, memory_mb=128, edge=True))
    assert charged(found)["compute"] == Fraction(100_000, 8)
    assert usd(found) == {
        "requests": Decimal("6.00"),
        "compute": Decimal("0.63"),
        "total": Decimal("6.63"),
    }


@pytest.mark.rule("BIL-10")
@pytest.mark.parametrize(
    ("payload_kb", "requests"),
    [(0, 1), (100, 1), (256, 1), (257, 2), (320, 2), (321, 3), (1_024, 13)],
)
def test_a_large_asynchronous_event_is_several_requests(payload_kb: int, requests: int) -> None:
    """WE-P15: one request up to 256 KB, and one for every further 64 KB that is begun.

    https://aws.amazon.com/lambda/pricing/
    """
    assert requests_of_event(payload_kb) == requests
    found = bill(
        Workload(requests=1_000_000, duration_us=SECOND, memory_mb=128, payload_kb=payload_kb)
    )
    assert charged(found)["requests"] == requests * 1_000_000
    assert charged(found)["compute"] == 125_000, "duration is charged once"


@pytest.mark.rule("PRI-12", "PRI-14", "PRI-15", "PRI-16")
def test_prices_are_those_of_the_rule_catalogue() -> None:
    x86, arm = (prices.PRICES[name].tenant_environment for name in ("x86_64", "arm64"))
    assert f"${x86} x86, ${arm} Arm" in RULES["PRI-12"].value
    assert f"{prices.INSTANCE_FEE:.0%}".replace("%", " %") in RULES["PRI-14"].value
    kafka, sqs = prices.POLLER_HOUR["kafka"], prices.POLLER_HOUR["sqs"]
    assert f"${kafka} Kafka, ${sqs} SQS" in RULES["PRI-15"].value
    assert f"${prices.EDGE_128_MB_SECOND:f} per 128 MB-second" in RULES["PRI-16"].value
    assert f"${prices.EDGE_MILLION_REQUESTS} per million" in RULES["PRI-16"].value
