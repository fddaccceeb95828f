"""Plots: bins that hold what happened in them, and nothing from after the moment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.engine.plan import MS, SECOND, Plan
from lifecycle_tui.readings.counters import counters_at
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.plots import Bin, plots_at
from tests.readings.runs import MANY, fire, story, traced
from tests.strategies import plans

EDGES = range(0, 10 * SECOND, SECOND)


def test_two_cold_starts_and_a_warm_one() -> None:
    index = story(fire(0, count=2), fire(5))
    found = plots_at(index, 6 * SECOND, EDGES)
    assert len(found.bins) == 7
    assert found.bins[0] == Bin(busy=2, environments=2)
    assert found.bins[1] == Bin(2, 2, starts=2, cold=2, p50_us=1_300 * MS, p99_us=1_300 * MS)
    assert found.bins[2] == Bin(environments=2)
    assert found.bins[5] == Bin(1, 2, starts=1, p50_us=180 * MS, p99_us=180 * MS)
    assert (found.now.starts, found.now.cold, found.now.busy) == (3, 2, 0)
    assert (found.now.p50_us, found.now.p99_us) == (1_300 * MS, 1_300 * MS)


def test_refusals_are_counted_when_they_come() -> None:
    index = story(fire(0), fire(0.5, count=3), reserved_concurrency=1)
    found = plots_at(index, 900 * MS, EDGES)
    assert (found.bins[0].refused, found.now.refused) == (3, 3)


def test_a_bin_tells_nothing_from_after_the_moment() -> None:
    index = story(fire(0), fire(0.5, count=3))
    assert plots_at(index, 400 * MS, EDGES).bins == (Bin(busy=1, environments=1),)
    assert plots_at(index, 500 * MS, EDGES).bins == (Bin(busy=4, environments=4),)


@MANY
@given(plans(), st.lists(st.integers(0, 120 * SECOND), min_size=1, max_size=5), st.integers(1, 9))
def test_bins_add_up_to_the_counters(plan: Plan, moments: list[int], step: int) -> None:
    index = Index(traced(plan)[1])
    edges = range(0, 120 * SECOND, step * SECOND)
    for t_us in moments:
        found = plots_at(index, t_us, edges)
        known = counters_at(index, t_us)
        begun = known.cold + known.warm + known.pre + known.reinit + known.restored
        assert found.now.starts == begun
        assert found.now.cold == known.cold
        assert found.now.refused == known.throttled
        assert found.now.environments == known.environments
        assert sum(each.cold for each in found.bins) == known.cold
        assert sum(each.refused for each in found.bins) == known.throttled
        assert max(each.busy for each in found.bins) >= found.now.busy
        assert plots_at(Index(index.trace), t_us, edges) == found
