"""The index: everything found by number, and no reading that folds a long life again."""

from __future__ import annotations

import pytest
from hypothesis import given

from lifecycle_tui.engine.kinds import ENDS, NOT_OF_EVENTS, STARTS, THROTTLES, Kind
from lifecycle_tui.engine.plan import SECOND, Pattern, Plan
from lifecycle_tui.readings import fold
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.state import environment_at
from tests.readings.runs import MANY, fire, read, story
from tests.strategies import plans


def test_an_event_knows_its_records() -> None:
    index = story(fire(0, 2), fire(5), reserved_concurrency=1)
    first, second, third = index.events
    assert [index.kind(n) for n in (first.arrival, first.creation, first.start, first.end)] == [
        Kind.ARRIVAL,
        Kind.CREATED_FOR_EVENT,
        Kind.INVOKE_COLD,
        Kind.INVOKE_OK,
    ]
    assert index.kind(second.throttle) is Kind.THROTTLED_RESERVED
    assert (second.start, second.end, third.creation) == (-1, -1, -1)


@pytest.mark.parametrize("event", [-1, 0, 2])
def test_an_unknown_event_is_an_index_error(event: int) -> None:
    with pytest.raises(IndexError):
        story(fire(0)).attempt(event)


def test_a_look_at_a_long_life_folds_few_records(monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = Pattern(at_us=0, process="steady", gap_us=SECOND / 2, for_us=2_000 * SECOND)
    index = story(pattern, reserved_concurrency=1)
    assert len(index.of_environment[0]) > 100 * fold.EVERY
    environment_at(index, 0, index.ended_us)
    folded = 0
    fold_one = fold.fold_one

    def counting(index: Index, life: fold.Life) -> None:
        nonlocal folded
        folded += 1
        fold_one(index, life)

    monkeypatch.setattr(fold, "fold_one", counting)
    for second in range(0, 2_000, 7):
        folded = 0
        environment_at(index, 0, second * SECOND)
        assert folded < fold.EVERY


@MANY
@given(plans())
def test_the_index_is_what_reading_every_record_gives(plan: Plan) -> None:
    index = read(plan)
    for record in index.trace:
        assert index.kind(record.number) is record.kind
        assert index.state_after(record.number) is record.after
        if record.environment >= 0:
            assert record.number in index.of_environment[record.environment]
        if record.subject < 1 or record.kind in NOT_OF_EVENTS:
            continue
        if record.kind in STARTS:
            assert index.attempt(record.subject, record.number).start == record.number
        elif record.kind in ENDS:
            assert index.attempt(record.subject, record.number).end == record.number
        elif record.kind in THROTTLES:
            assert index.attempt(record.subject, record.number).throttle == record.number
        elif record.kind in CREATIONS:
            assert index.attempt(record.subject, record.number).creation == record.number
        elif record.kind in (Kind.ARRIVAL, Kind.ATTEMPT, Kind.BATCH_SENT):
            assert index.attempt(record.subject, record.number).arrival == record.number
