"""Why: the chain of causes from anything that happened back to an input, in words.

Every explanation ends in something done from outside: a command, or the scenario's start.
"""

from lifecycle_tui.readings.why.events import why_environment, why_event, why_record
from lifecycle_tui.readings.why.text import command_words

__all__ = [
    "command_words",
    "why_environment",
    "why_event",
    "why_record",
]
