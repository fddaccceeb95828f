"""How long an event waits, what its Duration is, and what of it is billed: as questions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from lifecycle_tui.play.predictions import outcomes, wording
from lifecycle_tui.play.predictions.candidates import finish_case
from lifecycle_tui.play.predictions.model import Candidate, Measure, Option, Refutation, Topic
from lifecycle_tui.play.predictions.outcomes import billed_words, outcome_of
from lifecycle_tui.play.predictions.refutations import refute
from lifecycle_tui.play.predictions.scenes import Scene, demand_us
from lifecycle_tui.readings.billing import whole_ms
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.invocations import invocation_at
from lifecycle_tui.readings.model import Invocation, Start
from lifecycle_tui.readings.words import span
from lifecycle_tui.units.translation import tr, tr_later


class _Parts(NamedTuple):
    """What a question about lengths tells, in microseconds."""

    handler: int
    init: int
    placement: int
    timeout: int


def how_long(index: Index, scene: Scene) -> Iterator[Candidate]:
    """Ask how long an event waits, what its Duration is and what of it is billed."""
    told = invocation_at(index, scene.attempts[0].event)
    parts = _parts(index, scene, told)
    if parts is None or told.status not in (outcomes.OK, outcomes.TIMEOUT):
        return
    if scene.owing or finish_case(index, scene):
        yield from _length(index, scene, told, Measure.DURATION, parts)
    elif told.start in (Start.COLD, Start.WARM):
        yield from _length(index, scene, told, Measure.WAIT, parts)
        yield from _length(index, scene, told, Measure.BILLED, parts)


def _parts(index: Index, scene: Scene, told: Invocation) -> _Parts | None:
    """Return the parts of an event's time: its own, else the latest that were seen."""
    handler_us, init_us, placed_us = demand_us(index, scene), scene.init_us, scene.placement_us
    if told.start is Start.COLD and told.init_us is not None and told.started_us is not None:
        init_us, placed_us = told.init_us, told.started_us - told.arrived_us - told.init_us
    if handler_us is None or init_us is None or placed_us is None:
        return None
    return _Parts(handler_us, init_us, placed_us, scene.plan.timeout_us)


def _length(
    index: Index, scene: Scene, told: Invocation, measure: Measure, parts: _Parts
) -> Iterator[Candidate]:
    outcome = outcome_of(index, measure, scene.attempts)
    if outcome is None:
        return
    asks, guesses = _ASKED[measure]
    asks = tr(asks)
    wrong = [_told_as(measure, length_us, why) for length_us, why in guesses(index, told, parts)]
    facts = wording.needs(scene, parts.handler, parts.init, parts.placement)
    yield Candidate(
        Topic.HOW_LONG,
        measure,
        (measure.value, told.start.value if told.start is not None else "", told.status),
        f"{wording.comes(index, scene)}; {wording.around(scene)}; {facts}.",
        asks,
        Option(outcome.key, outcome.key, size=outcome.size),
        tuple(wrong),
        outcome,
    )


_Length = tuple[int, Refutation | None]


def _told_as(measure: Measure, length_us: int, why: Refutation | None) -> Option:
    """Return a length as an option: what is billed in whole milliseconds, rounded up."""
    if measure is not Measure.BILLED:
        return Option(span(length_us), span(length_us), why, length_us)
    words = billed_words(whole_ms(length_us))
    return Option(words, words, why, length_us)


def _waits(index: Index, told: Invocation, parts: _Parts) -> list[_Length]:
    new = told.start is not Start.WARM
    none = refute(
        index, tr("A new environment has to be placed and initialised first."), ("CON-02", "LIF-06")
    )
    kept = refute(index, tr("A frozen environment has had its Init: it only thaws."), ("FRZ-01",))
    placement = refute(
        index, tr("Before Init the environment is built and the code fetched: that takes time †."),
        ("LIF-06", "SIM-PLACEMENT"),
    )  # fmt: skip
    return [
        (0, none),
        (parts.init, placement if new else kept),
        (parts.init + parts.placement, None if new else kept),
        (parts.handler + parts.init + parts.placement, None),
    ]


def _bills(index: Index, told: Invocation, parts: _Parts) -> list[_Length]:
    new = told.start is not Start.WARM
    now_billed = refute(
        index, tr("Init is billed too, for every function, since 1 August 2025."), ("BIL-02",)
    )
    was_free = refute(
        index, tr("At that time Init was free for zip packages on managed runtimes."), ("BIL-03",)
    )
    none_ran = refute(
        index, tr("No Init ran for this event; what an earlier one cost was billed with that."),
        ("BIL-01", "FRZ-01"),
    )  # fmt: skip
    unbilled = refute(
        index, tr("What comes before Init, placement and download, is not billed."), ("LIF-06",)
    )
    all_of_it = refute(
        index,
        tr("Duration goes on until the last extension has asked for Next."),
        ("BIL-01", "INV-04"),
    )
    used = refute(index, tr("What is billed is the time used, not the timeout."), ("BIL-01",))
    return [
        (parts.handler, now_billed if new else all_of_it),
        (parts.handler + parts.init, was_free if new else none_ran),
        (parts.handler + parts.init + parts.placement, unbilled if new else none_ran),
        (parts.timeout, used),
    ]


def _durations(index: Index, told: Invocation, parts: _Parts) -> list[_Length]:
    cut = refute(
        index, tr("It was cut off: its Duration is exactly the timeout."), ("FAIL-08", "INV-05")
    )
    inside = refute(
        index, tr("A repeated Init runs inside the invocation and is part of its Duration."),
        ("ITO-02", "FAIL-05"),
    )  # fmt: skip
    timed_out = told.status == outcomes.TIMEOUT
    again = told.start is Start.REINIT
    return [
        (parts.handler, cut if timed_out else inside if again else None),
        (parts.handler + parts.init, cut if timed_out else None),
        (parts.timeout, None),
        (parts.handler + parts.init + parts.placement, cut if timed_out else None),
    ]


_ASKED: Final[dict[Measure, tuple[str, Callable[[Index, Invocation, _Parts], list[_Length]]]]] = {
    Measure.WAIT: (tr_later("How long until its Invoke begins?"), _waits),
    Measure.BILLED: (tr_later("What is its Billed Duration?"), _bills),
    Measure.DURATION: (tr_later("What is its Duration?"), _durations),
}
