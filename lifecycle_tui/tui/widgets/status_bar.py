"""The bars at the top: what runs and how, and its configuration."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.play.player import Transport
from lifecycle_tui.play.view import View
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.tui.widgets.config import summary
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.prose import daggered, fit, moment, padded, seconds
from lifecycle_tui.units.translation import tr


def clock(at_us: int) -> str:
    """Return the virtual time of the cursor, rounded like every other, in a form of one width."""
    if at_us < 3_600_000_000:
        return f"{seconds(max(at_us, 0)):>9} s"
    return f"{moment(at_us):>9} h"


def speed_words(speed: float) -> str:
    """Return a speed: ``1x``, ``1/8x``, ``600x``."""
    if speed >= 1:
        return f"{speed:.0f}x"
    return f"1/{1 / speed:.0f}x"


def transport_run(transport: Transport) -> Run:
    """Return the player's word, twelve cells wide."""
    if transport.warp is not None:
        return Run(padded(f" WARP x{transport.warp:.0f} ", _PLAYER), "warp")
    speed = speed_words(transport.speed)
    if transport.playing:
        return Run(_player(tr("PLAY"), speed), "playing")
    return Run(_player(tr("PAUSE"), speed), "paused")


def _player(word: str, speed: str) -> str:
    return padded(f" {fit(word, _PLAYER - len(speed) - 3)} {speed} ", _PLAYER)


ROOMY: Final = 100
"""The width from which the seed has room beside other rules."""
_PLAYER: Final = 12
"""Cells of the player's word."""
_SHORT_NAME: Final = 10
"""Cells of a fork's name where there is little room."""
_LEAST_TITLE: Final = 12
"""Cells of a title below which the program's own name goes."""
TODAY: Final = Plan(()).rules_date
_HELP: Final = (("action", "help"),)
_PREDICT: Final = (("action", "predict"),)


def _which(view: View, width: int, *, predicting: bool) -> tuple[Run, ...]:
    """Return which run it is: its seed, and whose rules hold where it is not today's.

    Where there is no room for their panel, that predictions are on goes before the seed.
    """
    seed = Run(f"   {tr('seed {seed}', seed=view.seed)}", "dim")
    if view.rules_date == TODAY:
        if predicting and width < ROOMY:
            return (Run("   P ", "key", _PREDICT), Run(tr("predict"), "paused", _PREDICT))
        return (seed,)
    press = (("action", "switch_rules"),)
    rules = (
        Run("   R ", "key", press),
        Run(tr("rules {rules_date}", rules_date=view.rules_date[:4]), "paused", press),
    )
    return (*rules, seed) if width >= ROOMY else rules


def _branch(view: View, width: int) -> tuple[Run, ...]:
    """Return which fork it is, where there are several."""
    if not view.branch:
        return ()
    press = (("action", "forks"),)
    name = view.branch if width >= ROOMY else fit(view.branch, _SHORT_NAME)
    return (Run("  B ", "key", press), Run(name, "accent", press))


def status_line(
    view: View, width: int, *, predicting: bool = False, comparing: bool = False
) -> Line:
    """Return the top line; its parts keep their places whatever they say.

    While two runs are compared each names itself; the fork that is acted upon is A, and key ``B``
    beside its name would say otherwise.
    """
    title = Run(view.title, "plain")
    branch = () if comparing else _branch(view, width)
    left = (Run(" lifecycle-tui ", "title"), Run(" "), title, *branch)
    right = (
        transport_run(view.transport),
        Run(" t ", "dim"),
        Run(clock(view.at_us), "strong"),
        *_which(view, width, predicting=predicting),
        Run("   ? ", "key", _HELP),
        Run(f"{tr('help')} ", "dim", _HELP),
    )
    room = width - width_of(right)
    used = width_of(left)
    if used > room - 1:
        free = room - 18 - width_of(branch)
        head: Line = left[:2]
        if free < min(_LEAST_TITLE, cell_len(view.title)):
            # What is played is of more use than what plays it.
            head, free = (Run(" "),), room - 2 - width_of(branch)
        left = (*head, Run(fit(view.title, free), "plain"), *branch)
        used = width_of(left)
    return (*left, Run(" " * max(room - used, 0)), *right)


def why_line(explanation: Explanation | None, width: int) -> Line:
    """Return the short answer to "why", for screens without room for the chain."""
    if explanation is None:
        return ()
    assumed = any(cause.assumed for cause in explanation.causes)
    mark = " †" if assumed and "†" not in explanation.answer else ""
    head = f" {tr('why')} "
    answer = fit(explanation.answer, width - cell_len(head) - 1 - len(mark))
    return (Run(head, "key"), *daggered(answer), Run(mark, "assumed"))


class StatusBar(Pressable):
    """The top line."""

    DEFAULT_CSS: ClassVar[str] = "StatusBar { background: $raised; }"

    def show(self, view: View, *, predicting: bool = False, comparing: bool = False) -> None:
        """Draw a view, whether predictions are on, and whether two runs are compared."""
        width = self.size.width
        self.lines = (status_line(view, width, predicting=predicting, comparing=comparing),)


class ConfigLine(Painted):
    """The configuration in one line."""

    DEFAULT_CSS: ClassVar[str] = "ConfigLine { height: 1; }"

    def show(self, view: View, name: Line = ()) -> None:
        """Draw a view; the function's name where there are several."""
        self.lines = (summary(view.config, self.size.width, name),)
