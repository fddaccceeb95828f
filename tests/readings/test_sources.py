"""What sources hold back, moment by moment."""

from __future__ import annotations

from hypothesis import given

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import SECOND, Fire, FunctionPlan, Outcome, Plan
from lifecycle_tui.engine.source_plan import AnySource, QueuePlan, StreamPlan
from lifecycle_tui.engine.worktime import ZERO, WorkTime
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.sources import SourceCourse, source_courses
from tests.readings.runs import MANY, read
from tests.story import Story, prompt_account, seconds
from tests.strategies import plans


def courses(
    *commands: Fire, sources: tuple[AnySource, ...] = (), handler: WorkTime = ZERO
) -> tuple[SourceCourse, ...]:
    """Return the courses of the sources of a prompt function."""
    function = FunctionPlan("f", handler=handler, reserved_concurrency=1)
    plan = Plan((function,), prompt_account(), commands, sources)
    return source_courses(Index(Story(plan).trace))


def at(course: SourceCourse, *moments: float) -> list[int]:
    """Return how many events a source holds back at some seconds."""
    return [course.waiting_at(round(second * SECOND)) for second in moments]


def test_plain_calls_have_no_course() -> None:
    assert courses(Fire(at_us=0), Fire(at_us=0, source="alb")) == ()


def test_events_wait_between_attempts() -> None:
    (course,) = courses(Fire(at_us=0, source="s3", outcome=Outcome.ERROR))
    assert at(course, 0, 59, 60, 179, 180) == [1, 1, 1, 1, 0]
    assert [(m.time_us / SECOND, m.letter) for m in course.marks] == [(180, "D")]


def test_throttled_events_wait() -> None:
    (course,) = courses(Fire(at_us=0, source="sns", count=3), handler=seconds(2))
    assert at(course, 0, 0.5, 2.5, 3, 6.5) == [2, 2, 2, 1, 1]
    assert course.waiting[-1] == 0


def test_messages_wait_until_they_are_received_and_while_they_are_hidden() -> None:
    queue = QueuePlan("q", visibility_us=10 * SECOND, max_receives=2)
    bad = Fire(at_us=SECOND, source="q", outcome=Outcome.ERROR)
    (course,) = courses(bad, sources=(queue,), handler=seconds(2))
    assert at(course, 0.5, 1.0, 1.5, 3.5, 11.5, 13.5, 22) == [0, 1, 0, 1, 0, 1, 0]
    assert course.most_between(0, SECOND) == 0
    assert course.most_between(SECOND, 2 * SECOND) == 1
    assert [m.letter for m in course.marks] == ["D"]


def test_records_behind_a_blocked_batch_wait_with_it() -> None:
    stream = StreamPlan("s", batch_size=2, max_attempts=2)
    poisoned = Fire(at_us=0, source="s", outcome=Outcome.ERROR)
    (course,) = courses(poisoned, Fire(at_us=0, source="s", count=3), sources=(stream,))
    assert at(course, 0.5, 1.5, 3.5) == [4, 4, 4]
    assert course.waiting[-1] == 0


def test_a_caller_that_gives_up_and_an_error_that_is_caught_are_marked() -> None:
    (course,) = courses(Fire(at_us=0, source="api-gateway"), handler=seconds(3))
    assert course.marks == ()


@MANY
@given(plans())
def test_what_a_source_holds_back_is_what_it_has_not_finished(plan: Plan) -> None:
    """At the end of a run a queue or stream holds what it neither handled, sent nor gave up."""
    index = read(plan)
    done = (Kind.MESSAGE_DELETED, Kind.REDRIVEN, Kind.DROPPED_AGE, Kind.DROPPED_RETRIES)
    queued = {r.subject for r in index.trace if r.kind is Kind.MESSAGE_QUEUED}
    open_now = queued - {r.subject for r in index.trace if r.kind in done}
    held = sum(
        course.waiting[-1]
        for course in source_courses(index)
        if isinstance(course.plan, QueuePlan | StreamPlan) and course.waiting
    )
    assert 0 <= held <= len(open_now)
    for course in source_courses(index):
        assert all(count >= 0 for count in course.waiting)
        assert list(course.times_us) == sorted(set(course.times_us))
