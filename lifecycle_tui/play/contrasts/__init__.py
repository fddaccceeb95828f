"""What would have made the difference to an event.

Each contrast is one small change of the plan. It was found by running the plan again with that
change and no other, and it is the smallest of its kind: with a step less the outcome stays.
"""

from lifecycle_tui.play.contrasts.changes import Change
from lifecycle_tui.play.contrasts.finding import Contrast, candidates, contrasts, event_of, search
from lifecycle_tui.play.contrasts.trials import Trials, cut

__all__ = [
    "Change",
    "Contrast",
    "Trials",
    "candidates",
    "contrasts",
    "cut",
    "event_of",
    "search",
]
