"""Why an event spilled over from provisioned to on-demand concurrency."""

from __future__ import annotations

from collections.abc import Sequence

from lifecycle_tui.engine.capacity import RATE_A_UNIT
from lifecycle_tui.engine.kinds import Kind
from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.states import State
from lifecycle_tui.readings.fold import Life
from lifecycle_tui.readings.index import Index
from lifecycle_tui.readings.why.pool import outdated
from lifecycle_tui.units.translation import tr, tr_many


def provisioned_of(lives: Sequence[Life]) -> list[Life]:
    """Return the provisioned ones of an event's fellow environments."""
    kind = InitializationType.PROVISIONED
    return [life for life in lives if life.facts.initialization_type is kind]


def idle_provisioned(index: Index, lives: Sequence[Life], record: int) -> list[Life]:
    """Return the provisioned environments that could have served when a record was written."""
    return [
        life
        for life in provisioned_of(lives)
        if (life.state is State.FROZEN or _was_ready(index, life, record))
        and not outdated(index, life, record)
    ]


def spilled_words(index: Index, lives: Sequence[Life], record: int) -> tuple[str, tuple[str, ...]]:
    """Return why an event did not get one of the provisioned environments that were alive.

    Returns:
        A sentence without its full stop, and the rules that it stands on.
    """
    count = len(provisioned_of(lives))
    if not idle_provisioned(index, lives, record):
        words = tr_many(
            "The provisioned environment was busy, so the event spilled over to on-demand"
            " concurrency",
            "All {count} provisioned environments were busy, so the event spilled over to"
            " on-demand concurrency",
            count,
        )
        if count == 2:
            words = tr(
                "Both provisioned environments were busy, so the event spilled over to on-demand"
                " concurrency"
            )
        return words, ("PRV-05",)
    words = tr_many(
        "{most:,} requests had been let in during this second †, {each} for the provisioned"
        " environment, so the event spilled over to on-demand concurrency",
        "{most:,} requests had been let in during this second †, {each} for each of {count}"
        " provisioned ones, so the event spilled over to on-demand concurrency",
        count,
        most=count * RATE_A_UNIT,
        each=RATE_A_UNIT,
    )
    return words, ("PRV-05", "RPS-01", "SIM-RPS")


def _was_ready(index: Index, life: Life, record: int) -> bool:
    """Whether an environment that nobody has used was ready, and its allocation complete."""
    made = index.of_environment[life.facts.number][life.position - 1]
    return life.state is State.READY and any(
        index.kind(number) is Kind.PROVISION_READY and index.subjects[number] == life.facts.function
        for number in range(made, record)
    )
