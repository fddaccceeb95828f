"""The presenter's notes in a second terminal: it follows the presentation in the first one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lifecycle_tui.lessons.presenting.telling import Option, Report, heard
from lifecycle_tui.play.note import Note
from lifecycle_tui.tui.actions import Action
from lifecycle_tui.tui.learning.marked import lines_of
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.presenting import keys
from lifecycle_tui.tui.presenting.letters import written
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.tui.widgets.bars import KeyBar
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import fit
from lifecycle_tui.units.text import plural

LOOKS_S: Final = 0.5
"""So often it looks what the presentation has to say."""
_ROOMY: Final = 20
"""Rows from which the timer is large."""


class NotesText(Painted, can_focus=True):
    """The lines of the notes; where there are more than fit, they scroll."""

    DEFAULT_CSS: ClassVar[str] = "NotesText { overflow-y: auto; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", "up", show=False),
        Binding("down,j", "scroll_down", "down", show=False),
    ]


class NotesScreen(Place):
    """What only the presenter sees.

    Args:
        lesson: the id of the lesson that is presented.
        path: the file in which its presentation tells how it stands.
        now_s: the time of day in seconds.
        skin: the letters that may be used.
    """

    CSS_PATH: ClassVar[str] = "present.tcss"
    AUTO_FOCUS = "#notes"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, action.call, action.title, show=False)
        for action in keys.FOLLOWING
        for key in action.keys
    ]
    offers: ClassVar[tuple[Action, ...]] = keys.FOLLOWING

    def __init__(self, lesson: str, path: Path, *, now_s: Callable[[], float], skin: Skin) -> None:
        super().__init__()
        self._lesson = lesson
        self._path = path
        self._now_s = now_s
        self._skin = skin
        self._zero_s: float | None = None
        """When the timer was set to 0 in this terminal; None: it begins with the presentation."""
        self._slide = 0
        self.report: Report | None = None
        """What was heard last; None while no presentation runs."""

    def compose(self) -> ComposeResult:
        """Put the notes above the keys."""
        yield NotesText(skin=self._skin, ident="notes")
        yield KeyBar(skin=self._skin, ident="keys")

    def on_mount(self) -> None:
        """Look, and go on looking."""
        self.set_interval(LOOKS_S, self.look)

    def on_resize(self) -> None:
        """Lay out anew."""
        self.call_after_refresh(self.look)

    def look(self) -> None:
        """Show how the presentation stands now."""
        if not self.is_mounted:
            return
        self.report = report = heard(self._path, self._now_s())
        text = self.query_one("#notes", NotesText)
        width = max(self.size.width - 3, 20)
        if report is None:
            text.lines = tuple(_nobody(self._lesson, width))
        else:
            large = self.size.height >= _ROOMY
            elapsed = self._elapsed_s(report)
            text.lines = tuple(notes_lines(report, elapsed, width, self._skin, large=large))
            if report.slide != self._slide:
                self._slide = report.slide
                text.scroll_home(animate=False)
        footer = tuple((a.shown, a.footer, a.call) for a in keys.FOLLOWING)
        self.query_one("#keys", KeyBar).show(footer)

    def _elapsed_s(self, report: Report) -> float | None:
        began_s = report.started_s if self._zero_s is None else self._zero_s
        return None if began_s is None else max(self._now_s() - began_s, 0.0)

    def action_restart_timer(self) -> None:
        """Let the timer begin again."""
        self._zero_s = self._now_s()
        self.look()

    def did(self, note: Note | None) -> None:
        """Nothing is said here but what the presentation says."""


def clock_words(seconds: float) -> str:
    """Return a length of time as ``12:40``."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"


def notes_lines(
    report: Report, elapsed_s: float | None, width: int, skin: Skin, *, large: bool
) -> Iterator[Line]:
    """Yield what the presenter reads.

    Args:
        report: how the presentation stands.
        elapsed_s: for how long it has been running; None: it has not begun.
        width: cells of a line.
        skin: the letters that may be used.
        large: whether there is room for a large timer.
    """
    place = f"{report.slide}/{report.slides}"
    title = fit(report.title, width - len(place) - 2)
    gap = " " * max(width - len(place) - width_of([Run(title)]), 1)
    yield (Run(title, "title"), Run(gap), Run(place, "dim"))
    yield ()
    yield from _timer(report, elapsed_s, skin, large=large)
    yield ()
    if report.state:
        yield (Run(f"{report.state}", "paused"),)
        yield ()
    yield from lines_of(report.now, width, "NOW   ")
    for number, option in enumerate(report.options, start=1):
        yield from _option(number, option, width)
    if report.notes:
        yield ()
    for text in report.notes:
        rows = lines_of(text, width)
        yield from (tuple(run._replace(look="strong") for run in row) for row in rows)
    if report.aids:
        yield ()
    for text in report.aids:
        yield from lines_of(text, width, "· ")
    yield ()
    if report.next:
        yield from lines_of(report.next, width, "NEXT  ")
    else:
        yield (Run("NEXT  ", "dim"), Run("that is the last slide", "dim"))


def _timer(report: Report, elapsed_s: float | None, skin: Skin, *, large: bool) -> Iterator[Line]:
    """Yield the time that has passed, of the time that the lesson takes."""
    of = f"/ {report.minutes}:00"
    passed = clock_words(elapsed_s or 0)
    over = elapsed_s is not None and elapsed_s > report.minutes * 60
    look = "bad" if over else "strong"
    waits = "   begins with the second slide" if elapsed_s is None else ""
    waits = "   the time is over" if over else waits
    if not large:
        yield (Run(passed, look), Run(f" {of}", "dim"), Run(waits, "dim"))
        return
    rows = written(passed, ascii_only=skin.ascii_only)
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        yield (Run(row, look), *((Run(f"  {of}{waits}", "dim"),) if last else ()))


def _option(number: int, option: Option, width: int) -> Iterator[Line]:
    mark = "✓" if option.right else " "
    hands = "" if option.hands is None else f"   {plural(option.hands, 'hand')}"
    words = fit(option.text, width - len(hands) - 10)
    look = "playing" if option.right else "plain"
    yield (Run(f"   {mark} {number}  ", look), Run(words, look), Run(hands, "accent"))


def _nobody(lesson: str, width: int) -> Iterator[Line]:
    yield from lines_of(f"No presentation of {lesson} is running.", width)
    yield ()
    yield from lines_of(f"Start it in another terminal: `lifecycle-tui present {lesson}`", width)
    yield ()
    yield from lines_of("This one shows its notes as soon as it is there.", width)
