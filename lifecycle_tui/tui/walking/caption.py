"""What the place of the caption says: the step, what it does, and what is told about it."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.prose import daggered, fit
from lifecycle_tui.units.translation import tr
from lifecycle_tui.walkthroughs.fitting import caption_lines
from lifecycle_tui.walkthroughs.walk import Walk

_NEXT: Final = (("action", "walk_next"),)
_FRAME: Final = 10
"""Cells of the heading that are its rule and the blanks around its words."""


def said(walk: Walk, width: int) -> tuple[Line, ...]:
    """Return the caption in lines."""
    look = "dim" if walk.is_interrupted else "plain" if walk.is_watched else "strong"
    return tuple(daggered(line, look) for line in caption_lines(walk.caption, width))


def heading(walk: Walk, width: int) -> tuple[Line, Line]:
    """Return the left and the right end of the heading."""
    count = f"{walk.at + 1}/{len(walk.steps)}"
    left: Line = (Run(f"{count}  ", "accent"), Run(walk.walkthrough.title, "strong"))
    room = width - width_of(left) - _FRAME
    if walk.is_interrupted:
        return left, (Run(f"{tr('interrupted')}  ", "paused"), Run("PgDn ", "key", _NEXT),
                      Run(tr("resumes"), "dim", _NEXT))  # fmt: skip
    done = " · ".join(walk.step.doings)
    if walk.is_watched:
        skips: Line = (Run("PgDn ", "key", _NEXT), Run(tr("skips"), "dim", _NEXT))
        gap = "   " if done else ""
        done = fit(done, max(room - width_of(skips) - len(gap) - 2, 4))
        line: Line = (Run("> ", "accent"), Run(done, "strong"), Run(gap)) if done else ()
        return left, (*line, *skips)
    return left, ((Run("> ", "accent"), Run(fit(done, max(room - 2, 4)), "dim")) if done else ())
