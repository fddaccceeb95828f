"""The keys of a presentation: one table for bindings, footer, help and the page of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lifecycle_tui.tui.actions import BY_ID, WIDE_FOOTER, Action
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from textual.binding import Binding

GROUP: Final = tr_later("Presenting")
NOTES: Final = tr_later("Presenter's notes")

PRESENTING: Final[tuple[Action, ...]] = (
    Action("slide-next", "slide_go(1)", ("pagedown",), "PgDn", "Next slide",
           "go on, always with the lesson's own story; while a slide plays, skip to its end",
           GROUP, "next"),
    Action("slide-back", "slide_go(-1)", ("pageup",), "PgUp", "Slide before",
           "back to exactly what was seen; from something tried out, to the slide as it was",
           GROUP, "back"),
    Action("slide-on", "slide_turn(1)", ("space", "right", "n"), "Space → n", "Next slide",
           "the same; while something is tried out they are what they are in the sandbox",
           GROUP, palette=False),
    Action("slide-return", "slide_turn(-1)", ("left", "backspace"), "← Backspace", "Slide before",
           "the same", GROUP, palette=False),
    Action("reveal", "slide_reveal", ("o",), "o", "Reveal",
           "the run answers the question; of a challenge, a way to reach it", GROUP, "reveal"),
    Action("vote", "slide_vote", ("0",), "0", "Count hands",
           "type how many hands there are for each option; the shares are shown at once",
           GROUP, "vote"),
    Action("blank", "slide_blank", ("full_stop",), ".", "Black",
           "so that the room looks at you, until any key; while something is tried out it steps",
           GROUP, "black"),
    Action("hide-keys", "slide_keys", ("h",), "h", "Hide the keys",
           "or show them again", GROUP),
)  # fmt: skip
"""What is done with slides."""

VOTING: Final[tuple[Action, ...]] = (
    Action("hands-digit", "hands_digit", tuple("0123456789"), "0-9", "Hands",
           "type how many there are for the option", GROUP, palette=False),
    Action("hands-next", "hands_next", ("enter", "space"), "Enter", "Next option",
           "after the last one the vote is done", GROUP),
    Action("hands-back", "hands_rub_out", ("backspace",), "Backspace", "Rub out",
           "the last digit; where there is none, back to the option before", GROUP),
    Action("hands-drop", "hands_drop", ("escape",), "Esc", "Drop the vote",
           "as if it had not been begun", GROUP),
)  # fmt: skip
"""What keys do while hands are counted: that comes before anything else they do."""

FOLLOWING: Final[tuple[Action, ...]] = (
    Action("restart-timer", "restart_timer", ("r",), "r", "Timer from 0",
           "the timer begins again, in this terminal", NOTES, "timer from 0"),
    Action("leave-notes", "app.quit", ("q",), "q", "Leave",
           "the presentation goes on", NOTES, "leave", palette=False),
)  # fmt: skip
"""What is done in the terminal with the notes."""

_FOOTER: Final = ("slide-next", "slide-back", "reveal", "vote", "blank")
_MORE: Final = {
    "fire": tr_later("send"),
    "command": tr_later("line"),
    "help": tr_later("keys"),
    "quit": tr_later("leave"),
}
_WHERE_WIDE: Final = ("command",)


def bindings() -> list[Binding]:
    """Return the bindings of a presentation; a remote works wherever the focus is."""
    from textual.binding import Binding

    # Of several bindings of a key the first one acts that may.
    return [
        Binding(key, _call(a, key), a.title, show=False, priority=True)
        for a in (*VOTING, *PRESENTING)
        for key in a.keys
    ] + [
        Binding(key, a.call, a.title, show=False)
        for name in ("play", "step", "scrub", "scrub-back", "open-source", "inspect", "follow")
        for a in (BY_ID[name],)
        for key in a.keys
    ]


def _call(action: Action, key: str) -> str:
    """Return an action as Textual calls it; a digit is told which one it is."""
    return f"{action.call}('{key}')" if action.id == "hands-digit" else action.call


def footer(width: int, *, aside: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys.

    Args:
        width: cells of the line.
        aside: whether something is tried out.
    """
    rows = {a.id: a for a in PRESENTING}
    if aside:
        play, why = BY_ID["play"], BY_ID["why"]
        ours = [("PgDn", tr("next slide"), rows["slide-next"].call),
                ("PgUp", tr("this slide"), rows["slide-back"].call),
                (play.shown, tr("play"), play.call), (why.shown, tr("why"), why.call)]  # fmt: skip
    else:
        ours = [(rows[name].shown, tr(rows[name].footer), rows[name].call) for name in _FOOTER]
    more = (name for name in _MORE if width >= WIDE_FOOTER or name not in _WHERE_WIDE)
    return (*ours, *((BY_ID[name].shown, tr(_MORE[name]), BY_ID[name].call) for name in more))


def counting() -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys while hands are counted."""
    return tuple((a.shown, tr(a.title).lower(), "" if len(a.keys) > 2 else a.call) for a in VOTING)
