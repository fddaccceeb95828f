"""X-Ray: the segments of an attempt, as far as they have come."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan, Fire, Outcome, Provision
from lifecycle_tui.engine.source_plan import QueuePlan, SourceKind
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.xray import Row, Span, XrayTrace, trace_id, xray
from tests.readings.runs import doom_loop, fire, plan_of, read, story

SLOW = ExtensionPlan("slow", register=Constant(40 * MS), tail=Constant(300 * MS))


def trace(index: Index, event: int, t_us: int | None = None) -> XrayTrace:
    found = xray(index, event, index.ended_us if t_us is None else t_us)
    assert found is not None
    return found


def times(found: XrayTrace) -> dict[Span, tuple[float, float]]:
    return {row.span: (row.start_us / MS, row.end_us / MS) for row in found.rows}


@pytest.mark.rule("XRAY-01")
@pytest.mark.rule("XRAY-02")
@pytest.mark.rule("XRAY-05")
def test_a_cold_start_has_a_gap_without_a_name_then_init_then_invocation() -> None:
    found = trace(story(fire(0), extensions=(SLOW,)), 1)
    assert times(found) == {
        Span.SERVICE: (0, 1_300),
        Span.GAP: (0, 100),
        Span.FUNCTION: (1_120, 1_600),
        Span.INITIALIZATION: (100, 1_120),
        Span.INVOCATION: (1_120, 1_300),
        Span.OVERHEAD: (1_300, 1_600),
    }
    assert found.status == "ok"
    assert (found.response_us, found.extension_overhead_us) == (180 * MS, 300 * MS)
    assert {row.span for row in found.rows if row.assumed} == {Span.SERVICE, Span.FUNCTION}


@pytest.mark.rule("XRAY-04")
def test_only_the_first_event_of_an_environment_shows_initialization() -> None:
    found = trace(story(fire(0), fire(5)), 2)
    assert list(times(found)) == [Span.SERVICE, Span.FUNCTION, Span.INVOCATION]


def test_an_asynchronous_event_shows_its_time_in_the_queue_apart_from_placement() -> None:
    """Its second attempt is a minute after it was sent, and finds a warm environment."""
    from_s3 = Fire(at_us=SECOND, source=SourceKind.S3, outcome=Outcome.ERROR)
    index = story(from_s3, extensions=())
    second = index.attempt(1, next(n for n in range(len(index.codes)) if _tries_again(index, n)))
    found = xray(index, 1, index.ended_us, second.start)
    assert found is not None
    assert found.attempt == 2
    queued = times(found)[Span.QUEUED]
    assert queued[0] == 1_000
    assert queued[1] == times(found)[Span.FUNCTION][0]
    assert Span.GAP not in times(found)


def _tries_again(index: Index, record: int) -> bool:
    return index.kind(record) is Kind.INVOKE_WARM


def test_the_trace_of_a_polled_event_begins_when_its_batch_is_sent() -> None:
    """Lambda's mapping calls the function; how long a message waited in its queue comes before."""
    waits = QueuePlan("jobs", function=0, batch_size=10, window_us=5 * SECOND)
    sent = Fire(at_us=SECOND, source="jobs")
    index = read(replace(plan_of(sent), sources=(waits,)))
    found = trace(index, 1)
    arrived_us = index.times[index.attempt(1).arrival]
    assert found.rows[0].start_us == arrived_us
    assert found.polled_us == arrived_us - SECOND >= 4 * SECOND
    assert times(found)[Span.GAP][0] == arrived_us / MS


@pytest.mark.rule("XRAY-03")
def test_a_re_init_is_inside_invocation() -> None:
    found = trace(doom_loop(), 3)
    assert found.restarted
    assert found.status == "timeout"
    assert Span.INITIALIZATION not in times(found)
    assert times(found)[Span.INVOCATION] == times(found)[Span.FUNCTION]


def test_a_trace_grows_with_its_event() -> None:
    index = story(fire(1))
    assert xray(index, 1, SECOND - 1) is None
    placing = trace(index, 1, SECOND + 50 * MS)
    assert placing.rows == (
        Row(Span.SERVICE, SECOND, SECOND + 50 * MS, going=True, assumed=True),
        Row(Span.GAP, SECOND, SECOND + 50 * MS, going=True),
    )
    starting = trace(index, 1, SECOND + 200 * MS)
    assert starting.rows[-1] == Row(
        Span.INITIALIZATION, SECOND + 100 * MS, SECOND + 200 * MS, going=True
    )
    assert (starting.status, starting.response_us) == ("running", None)
    working = trace(index, 1, SECOND + 1_200 * MS)
    assert working.rows[-1].span is Span.INVOCATION
    assert working.rows[-1].going


def test_init_ahead_of_the_event_is_shown_before_it() -> None:
    found = trace(read(plan_of(Provision(at_us=0, count=1), fire(400), until=500)), 1)
    assert found.early_init
    assert Span.GAP not in times(found)
    assert times(found)[Span.INITIALIZATION][1] < 400_000


def test_a_refused_event_has_the_services_segment_only() -> None:
    found = trace(story(fire(0), fire(0.5), reserved_concurrency=1), 2)
    assert [row.span for row in found.rows] == [Span.SERVICE]
    assert found.status == "throttled"


def test_trace_ids_have_the_real_shape_and_stay_the_same() -> None:
    assert re.fullmatch(r"1-[0-9a-f]{8}-[0-9a-f]{24}", trace_id(1, 2, 3))
    assert trace_id(1, 2, 3) == trace_id(1, 2, 3) != trace_id(1, 3, 3)
