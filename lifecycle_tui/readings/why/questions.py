"""The question that a record answers, for every kind that is no event's."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import DROPS, SCALED, Kind
from lifecycle_tui.engine.trace import NOBODY, Record
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.fold import RESET_REASONS
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.words import at, environment_name, event_name

_QUESTIONS: Final[dict[Kind, str]] = {
    **dict.fromkeys(CREATIONS, "Why was {e} created"),
    **dict.fromkeys(RESET_REASONS, "Why was {e} reset"),
    **dict.fromkeys(GONE_REASONS, "Why was {e} shut down"),
    Kind.INIT_STARTED: "Why did {e}'s Init begin",
    Kind.INIT_FINISHED: "Why was {e}'s Init done",
    Kind.INIT_ABANDONED: "Why was {e}'s Init abandoned",
    Kind.REINIT_STARTED: "Why did {e} run Init again",
    Kind.RUNTIME_INIT_STARTED: "Why did {e}'s runtime begin",
    Kind.SIGTERM_SENT: "Why did {e}'s runtime get SIGTERM",
    Kind.SIGKILL_SENT: "Why was SIGKILL sent in {e}",
    Kind.CONNECT_REFUSED: "Why was {e}'s connection refused",
    Kind.TMP_FULL: "Why could {e}'s handler not write",
    Kind.GONE: "Why was {e} removed",
    Kind.PROVISION_STARTED: "Why did {function}'s allocation begin",
    Kind.PROVISION_READY: "Why was {function}'s allocation ready",
    Kind.PROVISION_FAILED: "Why did {function}'s allocation fail",
    Kind.AUTOSCALED_OUT: "Why did {function} get more provisioned concurrency",
    Kind.AUTOSCALED_IN: "Why did {function} get less provisioned concurrency",
    **dict.fromkeys(DROPS, "Why was {event} given up"),
    Kind.REDRIVEN: "Why was {event} taken off its queue",
    Kind.CALLER_GAVE_UP: "Why did {event}'s caller give up",
    Kind.CAUGHT: "Why was {event}'s error caught",
    Kind.SCHEDULED: "Why was {function}'s provisioned concurrency set",
}
"""Without the moment and the question mark; a mark that is not here just says what happened."""
_OF_FUNCTIONS: Final = frozenset(
    {Kind.PROVISION_STARTED, Kind.PROVISION_READY, Kind.PROVISION_FAILED, *SCALED}
)


def question(index: Index, record: Record) -> str:
    """Return the question, with what it is about and when: ``Why was e1 shut down at 1.48 s?``."""
    anywhere = record.environment == NOBODY
    words = _QUESTIONS.get(record.kind, "What happened" if anywhere else "What happened in {e}")
    function = ""
    if record.kind in _OF_FUNCTIONS:
        function = index.plan.functions[record.subject].name
    named = words.format(
        e=environment_name(record.environment),
        event=event_name(record.subject),
        function=function,
    )
    return f"{named} at {at(record.time_us)}?"
