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
from lifecycle_tui.readings.words import DAGGER


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
    spilled = "so the event spilled over to on-demand concurrency"
    if not idle_provisioned(index, lives, record):
        return f"{_all(count)} busy, {spilled}", ("PRV-05",)
    share = "the provisioned environment" if count == 1 else f"each of {count} provisioned ones"
    most = count * RATE_A_UNIT
    words = f"{most:,} requests had been let in during this second {DAGGER}, {RATE_A_UNIT} for"
    return f"{words} {share}, {spilled}", ("PRV-05", "RPS-01", "SIM-RPS")


def _all(provisioned: int) -> str:
    if provisioned == 1:
        return "The provisioned environment was"
    return f"{'Both' if provisioned == 2 else f'All {provisioned}'} provisioned environments were"


def _was_ready(index: Index, life: Life, record: int) -> bool:
    """Whether an environment that nobody has used was ready, and its allocation complete."""
    made = index.of_environment[life.facts.number][life.position - 1]
    return life.state is State.READY and any(
        index.kind(number) is Kind.PROVISION_READY and index.subjects[number] == life.facts.function
        for number in range(made, record)
    )
