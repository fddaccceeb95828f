"""The question that a record answers, for every kind that is no event's."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import DROPS, SCALED, Kind
from lifecycle_tui.engine.trace import NOBODY, Record
from lifecycle_tui.readings.environments import GONE_REASONS
from lifecycle_tui.readings.fold import RESET_REASONS
from lifecycle_tui.readings.index import CREATIONS, Index
from lifecycle_tui.readings.words import at, environment_name, event_name
from lifecycle_tui.units.translation import tr, tr_later

_QUESTIONS: Final[dict[Kind, str]] = {
    **dict.fromkeys(CREATIONS, tr_later("Why was {e} created")),
    **dict.fromkeys(RESET_REASONS, tr_later("Why was {e} reset")),
    **dict.fromkeys(GONE_REASONS, tr_later("Why was {e} shut down")),
    Kind.INIT_STARTED: tr_later("Why did {e}'s Init begin"),
    Kind.INIT_FINISHED: tr_later("Why was {e}'s Init done"),
    Kind.INIT_ABANDONED: tr_later("Why was {e}'s Init abandoned"),
    Kind.REINIT_STARTED: tr_later("Why did {e} run Init again"),
    Kind.RUNTIME_INIT_STARTED: tr_later("Why did {e}'s runtime begin"),
    Kind.SIGTERM_SENT: tr_later("Why did {e}'s runtime get SIGTERM"),
    Kind.SIGKILL_SENT: tr_later("Why was SIGKILL sent in {e}"),
    Kind.CONNECT_REFUSED: tr_later("Why was {e}'s connection refused"),
    Kind.TMP_FULL: tr_later("Why could {e}'s handler not write"),
    Kind.GONE: tr_later("Why was {e} removed"),
    Kind.PROVISION_STARTED: tr_later("Why did {function}'s allocation begin"),
    Kind.PROVISION_READY: tr_later("Why was {function}'s allocation ready"),
    Kind.PROVISION_FAILED: tr_later("Why did {function}'s allocation fail"),
    Kind.AUTOSCALED_OUT: tr_later("Why did {function} get more provisioned concurrency"),
    Kind.AUTOSCALED_IN: tr_later("Why did {function} get less provisioned concurrency"),
    **dict.fromkeys(DROPS, tr_later("Why was {event} given up")),
    Kind.REDRIVEN: tr_later("Why was {event} taken off its queue"),
    Kind.CALLER_GAVE_UP: tr_later("Why did {event}'s caller give up"),
    Kind.CAUGHT: tr_later("Why was {event}'s error caught"),
    Kind.SCHEDULED: tr_later("Why was {function}'s provisioned concurrency set"),
}
"""Without the moment and the question mark; a mark that is not here just says what happened."""
_ANYWHERE: Final = tr_later("What happened")
_SOMEWHERE: Final = tr_later("What happened in {e}")
_OF_FUNCTIONS: Final = frozenset(
    {Kind.PROVISION_STARTED, Kind.PROVISION_READY, Kind.PROVISION_FAILED, *SCALED}
)


def question(index: Index, record: Record) -> str:
    """Return the question, with what it is about and when: ``Why was e1 shut down at 1.48 s?``."""
    anywhere = record.environment == NOBODY
    words = _QUESTIONS.get(record.kind, _ANYWHERE if anywhere else _SOMEWHERE)
    function = ""
    if record.kind in _OF_FUNCTIONS:
        function = index.plan.functions[record.subject].name
    named = tr(
        words,
        e=environment_name(record.environment),
        event=event_name(record.subject),
        function=function,
    )
    return tr("{question} at {moment}?", question=named, moment=at(record.time_us))
