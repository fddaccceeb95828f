"""The panes: their names and keys, which of them a layout shows, and those made when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Protocol, cast

from rich.cells import cell_len
from textual.widget import Widget

from lifecycle_tui.play.view import View
from lifecycle_tui.tui.actions import BY_ID
from lifecycle_tui.tui.layout import Tier
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.prose import fit
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.tui.widgets.cost import Cost
    from lifecycle_tui.tui.widgets.metrics import Metrics
    from lifecycle_tui.tui.widgets.trace import Trace

PANES: Final = ("inspect", "why", "cost", "trace", "metrics", "config", "log")
"""The panes that Tab goes through in the compact layout, one at a time."""

SHARED: Final = ("why", "cost", "trace", "metrics")
"""The panes that have one place between them in the other layouts; metrics takes its row."""

COMPARE: Final = "compare"
"""The pane that is there only while two runs are compared."""

LESSON: Final = "lesson"
"""The pane that is there only while a lesson is played."""

LATE: Final = ("cost", "trace", "metrics")
"""The panes that are made when they are first asked for: the first frame has none of them."""

TITLES: Final = {
    "inspect": tr_later("Inspect"),
    "why": tr_later("Why"),
    "cost": tr_later("Cost"),
    "trace": tr_later("Trace"),
    "metrics": tr_later("Metrics"),
    "config": tr_later("Config"),
    "log": tr_later("Log"),
    COMPARE: tr_later("Compare"),
    LESSON: tr_later("Lesson"),
}
"""By pane: its name."""


def layout_classes(chosen: Tier, pane: str, place: str, *, comparing: bool = False) -> str:
    """Return the CSS classes of a layout.

    Args:
        chosen: the layout.
        pane: what the compact one shows.
        place: which of the shared panes the others show.
        comparing: whether two runs are compared.
    """
    classes = f"-{chosen.value} -show-{pane} -place-{place}"
    return f"{classes} -comparing" if comparing and chosen is not Tier.TINY else classes


def visible(chosen: Tier, pane: str, place: str, *, comparing: bool = False) -> tuple[str, ...]:
    """Return the panes that a layout shows, in the order of Tab."""
    if chosen is Tier.COMPACT:
        return (pane,)
    if comparing:
        return (COMPARE, place)
    if place != "metrics":
        return ("inspect", place, "config", "log")
    return (place, "log") if chosen is Tier.WIDE else (place, "config", "log")


def make(name: str, skin: Skin) -> Pane:
    """Return one of the late panes."""
    body: Cost | Metrics | Trace
    if name == "cost":
        from lifecycle_tui.tui.widgets.cost import Cost

        body = Cost(skin=skin)
    elif name == "trace":
        from lifecycle_tui.tui.widgets.trace import Trace

        body = Trace(skin=skin)
    else:
        from lifecycle_tui.tui.widgets.metrics import Metrics

        body = Metrics(skin=skin)
    return Pane(tr(TITLES[name]), body, skin=skin, ident=name)


class LateBody(Protocol):
    """What a late pane holds."""

    def show(self, view: View, cell_us: int) -> None:
        """Draw its part of a view; a column of the lanes is ``cell_us`` long."""


def show_late(body: Widget, view: View, cell_us: int) -> None:
    """Hand a late pane its part of a view."""
    cast(LateBody, body).show(view, cell_us)


def key_of(name: str) -> Run:
    """Return the key that shows a pane; a click does the same."""
    action = BY_ID[name]
    return Run(action.shown, "key", (("action", action.call),))


def tabs(pane: str, room: int, names: Iterable[str]) -> Line:
    """Return the names of panes, closer together and then cut where there is no room for more."""
    titles = {name: tr(TITLES[name]) for name in names}
    longest = max(map(cell_len, titles.values()))
    for between, cells in ((" | ", longest), *(("|", cells) for cells in range(longest, 2, -1))):
        runs = [Run("Tab ", "key", (("action", "next_pane(1)"),))]
        for name, title in titles.items():
            look = "accent" if name == pane else "dim"
            runs += (Run(fit(title, cells), look, _shows(name)), Run(between, "faint"))
        if width_of(runs[:-1]) <= room:
            break
    return tuple(runs[:-1])


def keys_of_place(place: str, room: int) -> Line:
    """Return the keys and names of the panes that share a place, the one that is shown lit.

    Where there is no room for that, the keys have to do.
    """
    named: list[Run] = []
    for name in SHARED:
        look = "accent" if name == place else "dim"
        call = (("action", BY_ID[name].call),)
        named += (key_of(name), Run(f" {tr(TITLES[name])}", look, call), Run("  "))
    if width_of(named[:-1]) <= room:
        return tuple(named[:-1])
    keys = [run for name in SHARED for run in (key_of(name), Run("  "))]
    return tuple(keys[:-1])


def _shows(pane: str) -> tuple[tuple[str, str], ...]:
    """Return what a click on a pane's name means."""
    return (("action", f"pane('{pane}')"),)
