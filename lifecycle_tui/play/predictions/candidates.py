"""What could be asked about a scene: how events start, how they end, how many of them do what.

Each candidate holds the true option and, derived from what people take for true, wrong ones.
"""

from __future__ import annotations

from typing import Final

from lifecycle_tui.play.arrivals import REFUSED, RESTORED, WAITING
from lifecycle_tui.play.predictions import outcomes, refutations, wording
from lifecycle_tui.play.predictions.model import Candidate, Measure, Option, Refutation, Topic
from lifecycle_tui.play.predictions.outcomes import outcome_of
from lifecycle_tui.play.predictions.scenes import Scene, demand_us
from lifecycle_tui.readings.index import Index
from lifecycle_tui.units.translation import tr

_COLD, _WARM, _PRE, _REINIT = WAITING, "WARM", "PRE", "RE-INIT"

_LEAST_WRONG: Final = 2
_SHORT_US: Final = 60_000_000
_LONG_US: Final = 300_000_000


# Starts.


def start_situation(scene: Scene) -> tuple[str, ...]:
    """Return what matters for how an event starts."""
    idle_us = scene.idle_us
    marks = [
        "free" if scene.free else "",
        "ready" if scene.ready else "",
        "owing" if scene.owing else "",
        "busy" if scene.busy else "",
        "" if idle_us is None or idle_us < _SHORT_US else "idle" if idle_us < _LONG_US else "long",
        "full" if scene.is_full else "",
        "shared" if scene.share < 1 else "",
        "snap" if scene.plan.snap_start else "",
        "provisioned" if scene.plan.provisioned_concurrency else "",
        *scene.changes,
    ]
    return tuple(mark for mark in marks if mark)


def start(index: Index, scene: Scene) -> Candidate | None:
    """Ask how an event starts."""
    outcome = outcome_of(index, Measure.WORD, scene.attempts[:1])
    if outcome is None:
        return None
    true = outcome.key
    wrong = [
        Option(word, word, refutations.of_start(index, scene, word, true, outcome.record))
        for word in _plausible(scene)
        if word != true
    ]
    return Candidate(
        Topic.START,
        Measure.WORD,
        start_situation(scene),
        f"{wording.comes(index, scene)}; {wording.around(scene)}.",
        tr("How does it start?"),
        Option(true, true),
        tuple(wrong),
        outcome,
    )


def _plausible(scene: Scene) -> list[str]:
    """Return start words that somebody might expect here, the likelier ones first."""
    found = [_WARM, RESTORED if scene.plan.snap_start else _COLD]
    if scene.owing or "reset" in scene.changes:
        found.append(_REINIT)
    if scene.is_full or scene.plan.reserved_concurrency is not None or "refused" in scene.changes:
        found.append(REFUSED)
    if scene.ready or scene.plan.provisioned_concurrency:
        found.append(_PRE)
    if scene.plan.snap_start:
        found.append(_COLD)
    if "error" in scene.changes:
        found.append(_REINIT)
    return list(dict.fromkeys([*found, _REINIT, _PRE]))


# Ends.


def finish_case(index: Index, scene: Scene) -> str:
    """Return what makes it doubtful whether an event ends well; nothing if little does."""
    needed_us = demand_us(index, scene)
    if needed_us is None or scene.is_full or len(scene.attempts) > 1:
        return ""
    timeout_us = scene.plan.timeout_us
    init_us = _init_us(scene)
    if needed_us >= timeout_us:
        return "beyond"
    if scene.owing and not (scene.free or scene.ready):
        return "reinit"
    if not (scene.free or scene.ready) and needed_us + init_us > timeout_us:
        return "long-init"
    tail_us = max((each.tail.mean_us for each in scene.plan.extensions), default=0.0)
    if needed_us + scene.plan.runtime_overhead.mean_us + tail_us >= timeout_us:
        return "tail"
    return ""


def finish(index: Index, scene: Scene) -> Candidate | None:
    """Ask how an event ends, where that is doubtful."""
    case = finish_case(index, scene)
    outcome = outcome_of(index, Measure.STATUS, scene.attempts[:1]) if case else None
    needed_us = demand_us(index, scene)
    if outcome is None or needed_us is None:
        return None
    words = {
        outcomes.OK: tr("yes"),
        outcomes.TIMEOUT: tr("no, it times out"),
        outcomes.ERROR: tr("no, an error"),
        outcomes.THROTTLED: tr("no, a 429"),
    }
    likely = [outcomes.OK, outcomes.TIMEOUT, outcomes.ERROR]
    if scene.plan.reserved_concurrency is not None:
        likely.append(outcomes.THROTTLED)
    init_us = _init_us(scene) if case in ("reinit", "long-init") else None
    wrong = [
        Option(key, words[key], refutations.of_finish(index, key, outcome.key, case))
        for key in likely
        if key != outcome.key
    ]
    facts = f"{wording.comes(index, scene)}; {wording.around(scene)}"
    return Candidate(
        Topic.FINISH,
        Measure.STATUS,
        (case, *(("fits",) if needed_us + (init_us or 0) <= scene.plan.timeout_us else ())),
        f"{facts}; {wording.needs(scene, needed_us, init_us)}.",
        tr("Does it finish?"),
        Option(outcome.key, words[outcome.key]),
        tuple(wrong),
        outcome,
    )


# Numbers.


def how_many(index: Index, scene: Scene) -> Candidate | None:
    """Ask how many of the events that come together are refused, or need a new environment."""
    refused = outcome_of(index, Measure.REFUSED, scene.attempts)
    created = outcome_of(index, Measure.CREATED, scene.attempts)
    if refused is None or created is None:
        return None
    about_refusal = scene.is_full or refused.key != "0"
    outcome, measure = (refused, Measure.REFUSED) if about_refusal else (created, Measure.CREATED)
    count, truth = len(scene.attempts), int(outcome.key)
    guesses = (_refusal_guesses if about_refusal else _creation_guesses)(index, scene, truth)
    if len({number for number, _ in guesses if 0 <= number <= count} - {truth}) < _LEAST_WRONG:
        guesses += [(truth + 1, None), (truth - 1, None)]
    wrong = [
        Option(str(number), _of(number, count), why, number)
        for number, why in guesses
        if 0 <= number <= count and number != truth
    ]
    idle = len(scene.free) + len(scene.ready) + len(scene.owing)
    marks = (*start_situation(scene), "several", "enough" if idle >= count else "")
    asks = (
        tr("How many are throttled?") if about_refusal else tr("How many need a new environment?")
    )
    return Candidate(
        Topic.HOW_MANY,
        measure,
        tuple(mark for mark in marks if mark),
        tr(
            "{comes}, together; {around}.",
            comes=wording.comes(index, scene),
            around=wording.around(scene),
        ),
        asks,
        Option(outcome.key, _of(truth, count), size=truth),
        tuple(wrong),
        outcome,
    )


_Guess = tuple[int, Refutation | None]


def _creation_guesses(index: Index, scene: Scene, truth: int) -> list[_Guess]:
    count = len(scene.attempts)
    idle = len(scene.free) + len(scene.ready) + len(scene.owing)
    one_each = refutations.refute(
        index,
        tr("An environment serves one event at a time: each needs one of its own."),
        ("CON-01",),
    )
    reused = refutations.refute(
        index,
        tr("Idle environments serve first; only the other events need new ones."),
        ("CON-02",),
    )
    numbers = (0, count, 1, count - idle - len(scene.busy), count - len(scene.free))
    return [(n, one_each if n < truth else reused if idle else None) for n in numbers]


def _refusal_guesses(index: Index, scene: Scene, truth: int) -> list[_Guess]:
    count, reserved = len(scene.attempts), scene.plan.reserved_concurrency
    limit = index.plan.account.concurrency if reserved is None else reserved
    own = "CON-04" if reserved is None else "RSV-01"
    queued = refutations.refute(
        index, tr("Lambda does not keep a call for later: beyond the limit it is refused."),
        ("THR-01", "THR-02"),
    )  # fmt: skip
    room = refutations.refute(
        index, tr("Only what is in flight counts against the limit; there was room for some."),
        ("CON-01", own),
    )  # fmt: skip
    in_use = refutations.refute(
        index, tr("Events that are in flight already count against the limit too."), ("CON-01", own)
    )
    guesses = [(0, queued), (count, room), (count - limit, in_use if scene.busy else None)]
    return [(n, room if n > truth else why) for n, why in (*guesses, (limit, None))]


def _of(number: int, count: int) -> str:
    return (
        tr("none")
        if number == 0
        else tr("all {count}", count=count)
        if number == count
        else tr("{number} of {count}", number=number, count=count)
    )


def _init_us(scene: Scene) -> int:
    """Return what Init takes, as far as is known: the latest that was seen, else its mean."""
    if scene.init_us is not None:
        return scene.init_us
    plan = scene.plan
    return int(plan.init_runtime.mean_us + plan.init_function.mean_us)
