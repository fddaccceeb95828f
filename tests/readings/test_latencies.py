"""Latencies: nearest-rank percentiles up to any moment, in whatever order moments are asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import SECOND, Plan
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.latencies import answers, nearest_rank
from lifecycle_tui.readings.summary import summary_of
from tests.readings.runs import MANY, fire, story, traced
from tests.strategies import plans


def test_nearest_rank() -> None:
    values = list(range(10, 110, 10))
    assert [nearest_rank(values, share) for share in (0.0, 0.5, 0.51, 0.99)] == [10, 50, 60, 100]
    assert nearest_rank([], 0.5) is None


def test_percentiles_are_the_summarys() -> None:
    index = story(*(fire(5 * n, lasting=n / 100) for n in range(1, 101)))
    found = answers(index).quantiles_us(index.ended_us, 0.5, 0.99)
    summary = summary_of(index)["latency_ms"]
    assert isinstance(summary, dict)
    assert found == (summary["p50"] * 1_000, summary["p99"] * 1_000)


@MANY
@given(plans(), st.lists(st.integers(0, 120 * SECOND), min_size=1, max_size=8))
def test_any_moment_in_any_order(plan: Plan, moments: list[int]) -> None:
    found = answers(Index(traced(plan)[1]))
    for t_us in moments:
        known = sorted(
            latency
            for time_us, latency in zip(found.times_us, found.latencies_us, strict=True)
            if time_us <= t_us
        )
        assert found.quantiles_us(t_us, 0.5) == (nearest_rank(known, 0.5),)
