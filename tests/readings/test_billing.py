"""Billed Duration against published REPORT lines, and list prices against AWS's own examples."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.readings.billing import (
    PRICE_TIERS,
    PROVISIONED_DURATION_PRICE,
    PROVISIONED_PRICE,
    Usage,
    billed_ms,
    compute_usd,
    cost,
    gb_seconds,
    whole_ms,
)

NEW = "2026-11-01"
OLD = "2025-07-31"

INIT_BILLING_POST = (
    "https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/"
)
ENVIRONMENT_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html"
TELEMETRY_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"
LOGGING_PAGE = "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html"
LINES = "published CloudWatch lines; rule: " + ENVIRONMENT_PAGE
IMAGES_POST = (
    "https://lucvandonkersgoed.com/2022/04/09/"
    "when-is-the-lambda-init-phase-free-and-when-is-it-billed/"
)
PRICING_PAGE = "https://aws.amazon.com/lambda/pricing/"

REPORTS = [
    # id, Duration us, Init Duration us, Billed Duration ms, rules date, package, source
    ("B01 the same line before the change", 250_060, 100_770, 251, OLD, "zip", INIT_BILLING_POST),
    ("B02 the sum is rounded once", 250_060, 100_770, 351, NEW, "zip", INIT_BILLING_POST),
    ("B03 time-out, cold", 3_016_780, 84_000, 3_101, NEW, "zip", ENVIRONMENT_PAGE),
    ("B04 exit, cold", 133_610, 80_000, 214, NEW, "zip", ENVIRONMENT_PAGE),
    ("B06 crash, warm", 933_590, 0, 934, NEW, "zip", ENVIRONMENT_PAGE),
    ("B07 sample from before", 693_920, 397_680, 694, OLD, "zip", TELEMETRY_PAGE),
    ("B08 warm", 79_670, 0, 80, NEW, "zip", LOGGING_PAGE),
    ("B09 cold", 15_740, 130_490, 147, NEW, "zip", LOGGING_PAGE),
    ("B11 three decimals", 1_233_960, 463_512, 1_698, NEW, "zip", LINES),
    ("B13 time-out of 3 s", 3_000_000, 402_040, 3_403, NEW, "zip", LINES),
    ("B15 time-out of 900 s", 900_000_000, 502_370, 900_503, NEW, "zip", LINES),
    ("B17 out of memory", 344_356_220, 399_330, 344_756, NEW, "zip", LINES),
    ("B19 cold", 80_300, 488_910, 570, NEW, "zip", LINES),
    ("B21 cold", 70_750, 504_810, 576, NEW, "zip", LINES),
    ("B22 cold", 2_370, 423_980, 427, NEW, "zip", LINES),
    ("B23 three days before", 376_256_590, 551_730, 376_257, "2025-07-29", "zip", LINES),
    ("B25 October 2024", 2_850, 3_152_180, 3, "2024-10-15", "zip", LINES),
    (
        "B26 image, billed all along",
        1_049_630,
        1_293_830,
        2_344,
        "2022-04-09",
        "image",
        IMAGES_POST,
    ),
    ("B28 time-out of 600 s", 600_000_000, 544_450, 600_545, NEW, "zip", LINES),
    ("B30 time-out, warm", 600_000_000, 0, 600_000, NEW, "zip", LINES),
    ("B31 warm", 74_590, 0, 75, NEW, "zip", LINES),
]


@pytest.mark.rule("BIL-01", "BIL-02", "BIL-03", "BIL-06")
@pytest.mark.parametrize(
    ("duration_us", "init_us", "billed", "date", "package"),
    [pytest.param(*row[1:6], id=row[0].replace(" ", "-")) for row in REPORTS],
)
def test_billed_duration_of_published_lines(
    duration_us: int, init_us: int, billed: int, date: str, package: str
) -> None:
    assert billed_ms(duration_us, init_us, rules_date=date, package=package) == billed


def test_every_published_line_has_a_source() -> None:
    assert all("http" in row[6] for row in REPORTS)


@pytest.mark.rule("BIL-02", "BIL-03")
def test_init_is_free_until_the_last_day_of_july_2025_and_billed_from_the_first_of_august() -> None:
    """Source: https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/."""
    assert billed_ms(100_000, 50_000, rules_date="2025-07-31") == 100
    assert billed_ms(100_000, 50_000, rules_date="2025-08-01") == 150


@pytest.mark.rule("BIL-03")
@pytest.mark.parametrize("date", [OLD, NEW])
def test_custom_runtimes_always_paid_for_init(date: str) -> None:
    assert billed_ms(100_000, 50_000, rules_date=date, runtime="provided.al2023") == 150


@pytest.mark.parametrize("date", [OLD, NEW])
def test_init_of_provisioned_concurrency_is_not_in_the_invocations_bill(date: str) -> None:
    provisioned = InitializationType.PROVISIONED
    assert billed_ms(100_001, 50_000, rules_date=date, initialization_type=provisioned) == 101


@pytest.mark.rule("BIL-01")
@given(st.integers(0, 10**12))
def test_rounding_up_is_exact(length_us: int) -> None:
    assert whole_ms(length_us) * 1_000 - length_us in range(1_000)


@pytest.mark.rule("BIL-02")
@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_the_sum_is_never_billed_more_than_two_roundings(duration_us: int, init_us: int) -> None:
    together = billed_ms(duration_us, init_us, rules_date=NEW)
    apart = whole_ms(duration_us) + whole_ms(init_us)
    assert together in (apart, apart - 1)


def test_one_cold_invocation_in_dollars() -> None:
    """Derived from the pricing page and the documented line of 15.74 + 130.49 ms."""
    after = cost([Usage("x86_64", 128, on_demand_ms=147)])
    before = cost([Usage("x86_64", 128, on_demand_ms=16)])
    assert gb_seconds(147, 128) == pytest.approx(0.018375)
    assert after.compute_usd == pytest.approx(0.0000003063, abs=5e-11)
    assert before.compute_usd == pytest.approx(0.0000000333, abs=5e-11)


@pytest.mark.rule("PRI-01", "PRI-04")
def test_vehicle_telemetry_of_the_pricing_page() -> None:
    """7.44 million requests of 2 s at 1,024 MB, no free tier: $1.49 + $248.00."""
    month = cost([Usage("x86_64", 1_024, requests=7_440_000, on_demand_ms=14_880_000_000)])
    assert month.requests_usd == pytest.approx(1.488)
    assert round(month.compute_usd, 2) == 248.00


@pytest.mark.rule("PRI-01", "PRI-02")
def test_tiers_of_the_pricing_page() -> None:
    """Seven billion GB-seconds: six at the first price, one at the second."""
    assert round(compute_usd(7e9), 2) == 115_000.20


@pytest.mark.rule("PRI-05", "PRI-06")
def test_launch_day_on_provisioned_concurrency() -> None:
    """The pricing page: 100 units of 1.5 GB for 8 h, and 500,000 x 100 ms on them."""
    day = cost(
        [
            Usage("x86_64", 1_536, provisioned_ms=100 * 28_800_000),
            Usage("x86_64", 1_536, provisioned_duration_ms=500_000 * 100),
        ]
    )
    assert round(day.provisioned_usd, 2) == 18.00
    assert round(day.provisioned_duration_usd, 2) == 0.73


def test_the_init_of_provisioned_environments_costs_as_their_duration() -> None:
    """Charged even if no event comes (BIL-08); its price is assumed to be PRI-06."""
    init = cost([Usage("x86_64", 1_024, provisioned_init_ms=1_000)])
    assert init.provisioned_duration_usd == init.total_usd == PROVISIONED_DURATION_PRICE["x86_64"]


def test_break_even_of_provisioned_concurrency_is_at_sixty_percent() -> None:
    """Derived from https://aws.amazon.com/lambda/pricing/."""
    on_demand = PRICE_TIERS["x86_64"][0][1]
    share = PROVISIONED_PRICE["x86_64"] / (on_demand - PROVISIONED_DURATION_PRICE["x86_64"])
    assert share == pytest.approx(0.600, abs=5e-4)


def test_total_is_the_sum_of_its_components() -> None:
    bill = cost(
        [
            Usage("x86_64", 512, requests=10, on_demand_ms=5_000, storage_mb_ms=1_024_000),
            Usage("arm64", 1_024, provisioned_ms=300_000, provisioned_duration_ms=20),
        ]
    )
    parts = (
        bill.requests_usd,
        bill.compute_usd,
        bill.provisioned_usd,
        bill.provisioned_duration_usd,
        bill.ephemeral_storage_usd,
    )
    assert all(part > 0 for part in parts)
    assert bill.total_usd == pytest.approx(sum(parts))
