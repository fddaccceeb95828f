"""Why an answer is wrong: sentences for the usual misconceptions, each with its rules."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.play.arrivals import NOT_RESTORED, REFUSED, RESTORED
from lifecycle_tui.play.predictions.model import Refutation
from lifecycle_tui.play.predictions.scenes import Scene
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.why.chain import in_force
from lifecycle_tui.units.translation import tr

COLD, WARM, PRE, REINIT = "COLD", "WARM", "PRE", "RE-INIT"

_NEW_START: Final = frozenset({COLD, RESTORED})
_REUSED: Final = frozenset({WARM, REINIT, PRE})


def refute(index: Index, words: str, rules: Iterable[str]) -> Refutation | None:
    """Return a refutation that stands on the rules in force; None if none of them is."""
    holding = in_force(index, rules)
    return Refutation(words, holding) if holding else None


def of_start(index: Index, scene: Scene, chosen: str, true: str, record: int) -> Refutation | None:
    """Say why an event did not start as was predicted.

    Args:
        index: the run.
        scene: what was known.
        chosen: the start word that was predicted.
        true: the start word that came.
        record: what the trace has for it.
    """
    if true == REFUSED:
        return _refused(index, record)
    if chosen == REFUSED:
        return refute(index, tr("There was room: only events in flight count, at this moment."),
                      ("CON-01", "CON-04"))  # fmt: skip
    if true == NOT_RESTORED:
        words = tr("After-restore hooks have ten seconds; longer ones fail the event.")
        return refute(index, words, ("RST-04",))
    if true in _NEW_START:
        if chosen in _NEW_START:
            return _restored(index, restored=true == RESTORED)
        return _new_one(index, scene)
    if true == WARM:
        return _warm(index, scene, chosen)
    if true == PRE:
        ahead = "INIT-14" if scene.plan.provisioned_concurrency else "INIT-11"
        words = tr("It had been initialised ahead of any event: nobody waits for its Init.")
        return refute(index, words, (ahead,))
    return _reinit(index, scene, chosen)


def _refused(index: Index, record: int) -> Refutation | None:
    match index.kind(record):
        case Kind.THROTTLED_RESERVED:
            words = tr(
                "Reserved concurrency is a limit too: what is beyond it is refused, not queued."
            )
            return refute(index, words, ("RSV-01", "THR-01"))
        case Kind.THROTTLED_ACCOUNT:
            words = tr(
                "All functions share the account's concurrency; beyond it events are refused."
            )
            return refute(index, words, ("CON-04", "THR-01"))
        case Kind.THROTTLED_SCALING:
            words = tr("A function may add only so many environments at a time.")
            return refute(index, words, ("SCL-01", "SCL-02"))
        case _:
            words = tr("Requests are limited too: ten a second for each unit of concurrency.")
            return refute(index, words, ("RPS-01",))


def _restored(index: Index, *, restored: bool) -> Refutation | None:
    if restored:
        words = tr("With SnapStart a new environment is restored from a snapshot: it runs no Init.")
        return refute(index, words, ("RST-02",))
    return None


def _new_one(index: Index, scene: Scene) -> Refutation | None:
    """Say why a new environment was needed."""
    if not scene.ever:
        return refute(index, tr("There was none yet: the first event always waits for a new one."),
                      ("CON-02",))  # fmt: skip
    if scene.share < 1 and scene.free:
        words = tr("The alias sent it to the version that had none free: each version has its own.")
        return refute(index, words, ("PRV-09", "CON-02"))
    if "renewed" in scene.changes:
        words = tr(
            "New code or a new configuration means new environments; old ones serve no more †."
        )
        return refute(index, words, ("LIFE-08",))
    if scene.busy and not scene.free:
        if scene.plan.provisioned_concurrency:
            words = tr(
                "Provisioned concurrency is no limit: what is beyond it spills over, and waits."
            )
            return refute(index, words, ("PRV-05", "CON-01"))
        words = tr(
            "An environment serves one event at a time: while it is busy another one is made."
        )
        return refute(index, words, ("CON-01", "CON-02"))
    if not scene.free and "ended" in scene.changes:
        words = tr(
            "Lambda keeps no environment for ever, and does not say how long an idle one stays."
        )
        return refute(index, words, ("LIFE-01", "SHUT-01"))
    return None


def _warm(index: Index, scene: Scene, chosen: str) -> Refutation | None:
    if chosen == PRE:
        words = tr(
            "PRE is only the first event of an environment that was initialised ahead of it."
        )
        return refute(index, words, ("INIT-14", "FRZ-01"))
    if "error" in scene.changes:
        words = tr("An error that the handler reports ends its event, not the environment.")
        return refute(index, words, ("FAIL-02", "FRZ-01"))
    if chosen == REINIT:
        words = tr("Init is only repeated after a reset, and nothing had reset this one.")
        return refute(index, words, ("FAIL-05", "FRZ-01"))
    words = tr(
        "The environment stays after its event, frozen with all it keeps, and serves the next."
    )
    return refute(index, words, ("FRZ-01", "CON-02"))


def _reinit(index: Index, scene: Scene, chosen: str) -> Refutation | None:
    if chosen in _NEW_START and scene.owing:
        words = tr(
            "A reset keeps the environment: none is made anew, Init runs again in the old one."
        )
        return refute(index, words, ("FAIL-03", "FAIL-05"))
    if chosen in _REUSED and scene.owing:
        words = tr(
            "The reset ended the runtime, globals and all: Init has to run again, in Invoke."
        )
        return refute(index, words, ("FAIL-03", "FAIL-05"))
    words = tr("Its Init failed or took too long, so it ran once more inside the invocation.")
    return refute(index, words, ("ITO-01", "ITO-04"))


def of_finish(index: Index, chosen: str, true: str, case: str) -> Refutation | None:
    """Say why an event did not end as was predicted, in one of the cases that are asked about."""
    if (chosen, true) == ("ok", "timeout"):
        if case == "reinit":
            words = tr(
                "The first Init has ten seconds of its own; a repeated one uses up the timeout."
            )
            return refute(index, words, ("FAIL-05a",))
        if case == "tail":
            words = tr("The timeout covers the runtime and all extensions, not the handler alone.")
            return refute(index, words, ("INV-05", "INV-04"))
        return refute(
            index, tr("At the timeout Lambda cuts off whatever is not done."), ("INV-05",)
        )
    if (chosen, true) == ("timeout", "ok") and case == "long-init":
        words = tr(
            "An ordinary Init does not count against the timeout: it has ten seconds of its own."
        )
        return refute(index, words, ("INV-08", "INIT-09"))
    if (chosen, true) == ("timeout", "ok"):
        words = tr(
            "The timeout counts from the start of Invoke to the last Next; that was within it."
        )
        return refute(index, words, ("INV-05", "INV-04"))
    if chosen == "throttled":
        return refute(index, tr("There was room: only events in flight count, at this moment."),
                      ("CON-01", "CON-04"))  # fmt: skip
    return None
