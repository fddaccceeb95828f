"""Bills against AWS's own examples, to the cent, and what must hold for every workload."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.readings import billing
from lifecycle_tui.readings.cost import Bill, Workload, bill, cents, compute_usd
from lifecycle_tui.readings.prices import EPHEMERAL, MILLION_REQUESTS, PRICES

PRICING_PAGE = "https://aws.amazon.com/lambda/pricing/"
"""Source of every example here; WE-P16, WE-P17 and WE-P20 are derived from its prices."""

MS = 1_000
SECOND = 1_000_000
HOUR = 3_600 * SECOND
NOT_ASKED_FOR = dict.fromkeys(("event_pollers", "tenant_isolation", "instances", "instance_fee"), 0)


def usd(found: Bill) -> dict[str, Decimal]:
    """Return the components that cost something, and the total."""
    parts = {each.key: each.usd for each in found.components if each.amount}
    return parts | {"total": found.total_usd}


def charged(found: Bill) -> dict[str, Fraction]:
    """Return what is charged by component."""
    return {each.key: each.amount for each in found.components}


@pytest.mark.rule("PRI-01", "PRI-04", "PRI-07")
def test_we_p01_mobile_back_end_with_free_tier() -> None:
    """https://aws.amazon.com/lambda/pricing/: 3 million x 120 ms x 1,536 MB."""
    found = bill(
        Workload(requests=3_000_000, duration_us=120 * MS, memory_mb=1_536, free_tier=True)
    )
    assert charged(found)["compute"] == 140_000
    assert usd(found) == {
        "requests": Decimal("0.40"),
        "compute": Decimal("2.33"),
        "total": Decimal("2.73"),
    }


@pytest.mark.rule("PRI-01", "PRI-04")
def test_we_p02_vehicle_telemetry_without_free_tier() -> None:
    """https://aws.amazon.com/lambda/pricing/: 10,000 vehicles, hourly, 31 days, 2 s, 1 GB."""
    found = bill(Workload(requests=10_000 * 24 * 31, duration_us=2 * SECOND, memory_mb=1_024))
    assert charged(found)["compute"] == 14_880_000
    assert usd(found) == {
        "requests": Decimal("1.49"),
        "compute": Decimal("248.00"),
        "total": Decimal("249.49"),
    }


LAUNCH_DAY = Workload(
    requests=3_000_000,
    duration_us=120 * MS,
    memory_mb=1_536,
    provisioned=100,
    provisioned_us=8 * HOUR,
    provisioned_requests=500_000,
    provisioned_duration_us=100 * MS,
    free_tier=True,
)


@pytest.mark.rule("PRI-05", "PRI-06", "PRI-07")
def test_we_p04_launch_day_on_provisioned_concurrency() -> None:
    """https://aws.amazon.com/lambda/pricing/: the free tier does not apply to the provisioned."""
    found = bill(LAUNCH_DAY)
    assert charged(found) == {
        "requests": 2_000_000,
        "compute": 50_000,
        "provisioned": 4_320_000,
        "provisioned_duration": 75_000,
        "provisioned_init": 0,
        "ephemeral_storage": 0,
        **NOT_ASKED_FOR,
    }
    assert usd(found) == {
        "requests": Decimal("0.40"),
        "compute": Decimal("0.83"),
        "provisioned": Decimal("18.00"),
        "provisioned_duration": Decimal("0.73"),
        "total": Decimal("19.96"),
    }


def test_we_p16_provisioned_concurrency_breaks_even_at_sixty_percent() -> None:
    """Derived from https://aws.amazon.com/lambda/pricing/ (x86)."""
    assert round(bill(LAUNCH_DAY).break_even, 3) == Decimal("0.600")
    assert bill(LAUNCH_DAY).utilization == Fraction(75_000, 4_320_000)


@pytest.mark.parametrize(("busy_s", "cheaper"), [(59 * 36, False), (61 * 36, True)])
def test_above_the_break_even_utilisation_provisioned_concurrency_costs_less(
    busy_s: int, cheaper: bool
) -> None:
    """One environment for an hour, busy for 59 or 61 % of it (WE-P16, times a million)."""
    plain = Workload(requests=1_000_000, duration_us=busy_s * SECOND, memory_mb=1_024)
    provisioned = replace(
        plain, provisioned=1_000_000, provisioned_us=HOUR, provisioned_requests=1_000_000
    )
    assert (bill(provisioned).total_usd < bill(plain).total_usd) is cheaper


@pytest.mark.rule("PRI-09", "PRI-10")
def test_we_p06_snapstart_for_a_month() -> None:
    """https://aws.amazon.com/lambda/pricing/: WE-P02, one version of 31 days, 1 % restored."""
    workload = Workload(
        requests=7_440_000,
        duration_us=2 * SECOND,
        memory_mb=1_024,
        snapstart_us=31 * 24 * HOUR,
        restores=Fraction(74_400),
    )
    found = bill(workload)
    assert charged(found)["snapstart_cache"] == 2_678_400
    assert charged(found)["snapstart_restore"] == 74_400
    assert usd(found) == {
        "requests": Decimal("1.49"),
        "compute": Decimal("248.00"),
        "snapstart_cache": Decimal("4.03"),
        "snapstart_restore": Decimal("10.40"),
        "total": Decimal("263.92"),
    }
    short = bill(replace(workload, snapstart_us=MS))
    assert charged(short)["snapstart_cache"] == 10_800, "three hours at least"


@pytest.mark.rule("PRI-02")
def test_we_p17_seven_billion_gb_seconds_reach_the_second_tier() -> None:
    """Derived from https://aws.amazon.com/lambda/pricing/ (x86): 100,000.20 + 15,000.00."""
    found = bill(Workload(requests=7_000_000_000, duration_us=SECOND, memory_mb=1_024))
    assert usd(found)["compute"] == Decimal("115000.20")


@pytest.mark.rule("PRI-02", "PRI-03")
def test_the_third_tier_and_the_tiers_of_arm() -> None:
    """https://aws.amazon.com/lambda/pricing/: 6 + 9 + 1 and 7.5 + 11.25 + 1 billion GB-seconds."""
    x86 = compute_usd(Fraction(16 * 10**9), "x86_64")
    arm = compute_usd(Fraction(19_750_000_000), "arm64")
    assert cents(x86) == Decimal("100000.20") + Decimal("135000.00") + Decimal("13333.40")
    # 100,000.50 + 135,001.125 + 10,666.70
    assert cents(arm) == Decimal("245668.33")


@pytest.mark.parametrize(
    ("rules_date", "gb_seconds", "dollars"),
    [
        ("2025-08-01", Fraction("0.018375"), "0.0000003063"),
        ("2025-07-31", Fraction("0.002"), "0.0000000333"),
    ],
)
def test_we_p20_one_cold_invocation_before_and_after_init_was_billed(
    rules_date: str, gb_seconds: Fraction, dollars: str
) -> None:
    """Derived from https://aws.amazon.com/lambda/pricing/: 15.74 + 130.49 ms at 128 MB."""
    found = bill(
        Workload(
            requests=1,
            duration_us=15_740,
            memory_mb=128,
            init_us=130_490,
            cold_share=Fraction(1),
            rules_date=rules_date,
        )
    )
    compute = found.components[1]
    assert compute.amount == gb_seconds
    assert f"{float(compute.exact_usd):.10f}" == dollars
    assert compute.usd == 0


@pytest.mark.rule("BIL-02")
def test_init_is_rounded_up_together_with_its_invocation_and_told_as_a_share() -> None:
    """250.06 + 100.77 ms are 351 ms, not 352: a quarter of the requests starts cold (WE-B02)."""
    found = bill(
        Workload(
            requests=4_000_000,
            duration_us=250_060,
            memory_mb=1_024,
            init_us=100_770,
            cold_share=Fraction(1, 4),
        )
    )
    assert charged(found)["compute"] == 4_000_000 * Fraction("0.251") + 100_000
    assert found.init_share == Fraction(100, 4 * 251 + 100)
    assert found.init_usd == Fraction("1.66667")


def test_init_comes_with_on_demand_requests_only() -> None:
    found = bill(
        replace(LAUNCH_DAY, init_us=SECOND, cold_share=Fraction(1), provisioned_requests=3_000_000)
    )
    assert found.init_usd == 0
    assert found.init_share == 0


@pytest.mark.rule("BIL-09")
@pytest.mark.parametrize(
    ("switched_on_us", "charged_s"),
    [(0, 0), (1, 300), (300 * SECOND, 300), (300 * SECOND + 1, 600), (HOUR, 3_600)],
)
def test_provisioned_time_is_charged_in_steps_of_five_minutes(
    switched_on_us: int, charged_s: int
) -> None:
    """https://aws.amazon.com/lambda/pricing/ (BIL-09)."""
    found = bill(
        Workload(
            requests=0,
            duration_us=0,
            memory_mb=1_024,
            provisioned=2,
            provisioned_us=switched_on_us,
        )
    )
    assert charged(found)["provisioned"] == 2 * charged_s


@pytest.mark.rule("PRI-08")
def test_ephemeral_storage_is_charged_above_512_mb_for_all_billed_time() -> None:
    """https://aws.amazon.com/lambda/pricing/ (PRI-08): 1 GB more for 2 x 100 million s."""
    found = bill(
        Workload(
            requests=200_000_000,
            duration_us=SECOND,
            memory_mb=1_024,
            provisioned_requests=100_000_000,
            ephemeral_storage_mb=1_536,
        )
    )
    assert charged(found)["ephemeral_storage"] == 200_000_000
    assert usd(found)["ephemeral_storage"] == Decimal("6.18")


def test_arm_costs_less_than_x86() -> None:
    x86 = bill(replace(LAUNCH_DAY, free_tier=False))
    arm = bill(replace(LAUNCH_DAY, free_tier=False, architecture="arm64"))
    for dear, cheap in zip(x86.components[1:4], arm.components[1:4], strict=True):
        assert cheap.exact_usd < dear.exact_usd
    assert arm.components[0] == x86.components[0]


def test_cents_are_rounded_half_up() -> None:
    assert [str(cents(Fraction(n, 1_000))) for n in (4, 5, 14, 15, 25, 1_995)] == [
        "0.00", "0.01", "0.01", "0.02", "0.03", "2.00",
    ]  # fmt: skip


def test_init_of_provisioned_environments_is_charged_each_rounded_up() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    workload = Workload(
        requests=0, duration_us=0, memory_mb=2_048, init_us=1_000_001, provisioned_inits=3
    )
    found = bill(workload)
    assert charged(found)["provisioned_init"] == 2 * 3 * Fraction(1_001, 1_000)
    assert found.init_usd == found.exact_usd == Fraction("6.006") * Fraction("0.0000097222")
    assert found.init_share == 0


def test_nothing_costs_nothing() -> None:
    found = bill(Workload(requests=0, duration_us=0, memory_mb=128))
    assert found.total_usd == 0
    assert found.per_thousand_usd is None
    assert found.utilization is None


@pytest.mark.rule("PRI-01", "PRI-02", "PRI-03", "PRI-04", "PRI-05", "PRI-06", "PRI-08")
def test_prices_are_those_of_the_rule_catalogue_and_of_a_runs_bill() -> None:
    """One price list: the rules tell it to people, a run's summary uses it as floats."""
    x86, arm = PRICES["x86_64"], PRICES["arm64"]
    pairs = {f"PRI-0{tier + 1}": (x86.tiers[tier][1], arm.tiers[tier][1]) for tier in range(3)} | {
        "PRI-05": (x86.provisioned, arm.provisioned),
        "PRI-06": (x86.provisioned_duration, arm.provisioned_duration),
    }
    for rule, (one, other) in pairs.items():
        assert f"${one:.10f} x86, ${other:.10f} Arm" in RULES[rule].value
    assert f"${MILLION_REQUESTS} per million" in RULES["PRI-04"].value
    assert f"${EPHEMERAL:.10f} per GB-s" in RULES["PRI-08"].value
    assert billing.PRICE_TIERS["arm64"][1] == (11.25e9, 0.0000120001)
    assert billing.REQUEST_PRICE == 0.20 / 1_000_000


UNHURRIED = settings(deadline=None)
SHARES = st.fractions(0, 1, max_denominator=1_000)


@st.composite
def workloads(draw: st.DrawFn) -> Workload:
    """Any workload."""
    requests = draw(st.integers(0, 10**10))
    return Workload(
        requests=requests,
        duration_us=draw(st.integers(0, 900 * SECOND)),
        memory_mb=draw(st.integers(128, 10_240)),
        architecture=draw(st.sampled_from(["x86_64", "arm64"])),
        init_us=draw(st.integers(0, 10 * SECOND)),
        cold_share=draw(SHARES),
        provisioned=draw(st.integers(0, 1_000)),
        provisioned_us=draw(st.integers(0, 24 * HOUR)),
        provisioned_inits=draw(st.integers(0, 10_000)),
        provisioned_requests=draw(st.integers(0, requests)),
        provisioned_duration_us=draw(st.none() | st.integers(0, 900 * SECOND)),
        ephemeral_storage_mb=draw(st.integers(512, 10_240)),
        free_tier=draw(st.booleans()),
        rules_date=draw(st.sampled_from(["2026-11-01", "2024-01-01"])),
        payload_kb=draw(st.integers(0, 1_024)),
        tenant_environments=draw(st.integers(0, 10**9)),
        edge=draw(st.booleans()),
    )


@UNHURRIED
@given(workloads())
def test_components_add_to_the_total_and_cents_are_near_the_exact_cost(workload: Workload) -> None:
    found = bill(workload)
    assert found.total_usd == sum(each.usd for each in found.components)
    for each in found.components:
        assert abs(Fraction(each.usd) - each.exact_usd) <= Fraction(1, 200)
        assert each.exact_usd >= 0
    assert found.init_usd >= 0
    assert 0 <= found.init_share <= 1


@UNHURRIED
@given(workloads(), st.integers(1, 10**6))
@pytest.mark.parametrize(
    "field",
    [
        "requests", "duration_us", "memory_mb", "init_us", "provisioned", "provisioned_us",
        "provisioned_inits",
        "provisioned_duration_us", "ephemeral_storage_mb", "payload_kb", "tenant_environments",
    ],
)  # fmt: skip
def test_more_of_anything_never_costs_less(field: str, workload: Workload, more: int) -> None:
    if workload.provisioned_duration_us is None:
        workload = replace(workload, provisioned_duration_us=workload.duration_us)
    larger = replace(workload, **{field: getattr(workload, field) + more})
    for before, after in zip(bill(workload).components, bill(larger).components, strict=True):
        assert before.exact_usd <= after.exact_usd


@UNHURRIED
@given(workloads(), SHARES)
def test_a_larger_cold_share_never_costs_less(workload: Workload, other: Fraction) -> None:
    low, high = sorted([workload.cold_share, other])
    less, more = (bill(replace(workload, cold_share=share)) for share in (low, high))
    assert less.exact_usd <= more.exact_usd


@pytest.mark.rule("PRI-07")
@UNHURRIED
@given(workloads())
def test_the_free_tier_takes_off_a_million_requests_and_400_000_gb_seconds_at_most(
    workload: Workload,
) -> None:
    free = bill(replace(workload, free_tier=True))
    full = bill(replace(workload, free_tier=False))
    taken = {key: amount - charged(free)[key] for key, amount in charged(full).items()}
    assert taken == {
        "requests": min(full.components[0].amount, 1_000_000),
        "compute": min(charged(full)["compute"], 400_000),
        "provisioned": 0,
        "provisioned_duration": 0,
        "provisioned_init": 0,
        "ephemeral_storage": 0,
        **NOT_ASKED_FOR,
    }
