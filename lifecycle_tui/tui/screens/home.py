"""Home: the first screen. What it tells of the learner comes with the frame after the first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical

from lifecycle_tui.play.note import Note
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.skin import LOOKS, Skin
from lifecycle_tui.tui.widgets.bars import KeyBar, TextLine, note_line
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.picking import PickList
from lifecycle_tui.tui.widgets.prose import fit, padded
from lifecycle_tui.units.translation import tr, tr_as, tr_later, tr_many

if TYPE_CHECKING:
    from lifecycle_tui.lessons.progress import Progress
    from lifecycle_tui.tui.app import LifecycleApp
    from lifecycle_tui.tui.learning.journey import Journey

ROWS: Final = (
    ("c", "course", tr_later("Course")),
    ("s", "sandbox", tr_later("Sandbox")),
    ("o", "scenarios", tr_later("Scenarios")),
    ("w", "walkthroughs", tr_later("Walkthroughs")),
    ("r", "review", tr_later("Review")),
    ("question_mark", "help", tr_later("Help")),
)
"""What there is: key, action, name."""

_TOLD: Final = {
    "course": tr_later("lessons that check what the simulator did"),
    "sandbox": tr_later("one function: send events, change anything, look at why"),
    "scenarios": tr_later("stories that come with the program"),
    "walkthroughs": tr_later("one idea each, told in steps; stop one to try things"),
    "review": tr_later("questions that you got wrong, with other numbers"),
    "help": tr_later("every key, and what the letters mean"),
}
_COLD: Final = (
    (Phase.PLACEMENT, 3), (Phase.EXTENSION_INIT, 2), (Phase.RUNTIME_INIT, 5),
    (Phase.FUNCTION_INIT, 16), (Phase.HANDLER, 12),
)  # fmt: skip
_WARM: Final = ((Phase.HANDLER, 12),)
_REST: Final = 9
_PARTS: Final = tr_later("cold: placement, Init of E, R and F, handler")
_NAME: Final = 14
_WIDTH: Final = 76
"""Cells of a line."""
_WHAT: Final = tr_later("What AWS Lambda does between an event and its response.")
_DAGGER: Final = tr_later("† stands where something is assumed: AWS does not publish it.")


class Home(Place):
    """Where one begins.

    Args:
        app: the program.
        journey: makes the way through the course, when it is asked for.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, action, name) for key, action, name in ROWS),
        Binding("l", "lessons", "lessons"),
        Binding("q", "app.quit", "quit"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    Home { background: $paper; color: $ink; layout: vertical; overflow: hidden; }
    Home > #middle { height: 1fr; align: center middle; }
    Home #box { width: 76; height: 18; }
    Home #front { height: 11; }
    Home PickList { height: 7; }
    """

    def __init__(self, app: LifecycleApp, journey: Callable[[LifecycleApp], Journey]) -> None:
        super().__init__()
        self._program = app
        self._make = journey
        self._made: Journey | None = None
        self._course = tr(_TOLD["course"])
        self._review = tr(_TOLD["review"])
        self._note: Note | None = None
        self._told = False

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        skin = self._program.skin
        with Vertical(id="middle"), Vertical(id="box"):
            yield TextLine(skin=skin, ident="front")
            yield PickList(skin=skin, ident="rows")
        yield TextLine(skin=skin, ident="note")
        yield KeyBar(skin=skin, ident="keys")

    def on_mount(self) -> None:
        """Let the keys come to the rows."""
        self.query_one(PickList).focus()

    def on_resize(self) -> None:
        """Lay out anew."""
        self._show()

    def on_screen_resume(self) -> None:
        """Tell how far one is, after the frame that answers the key."""
        self._told = False
        self.call_after_refresh(self._show)

    @property
    def journey(self) -> Journey:
        """The way through the course."""
        if self._made is None:
            self._made = self._make(self._program)
        return self._made

    def _show(self) -> None:
        width = self.size.width
        skin = self._program.skin
        self.query_one("#front", TextLine).lines = front(skin)
        self.query_one(PickList).show([self._row(*row) for row in ROWS])
        words = "" if self._note is None else self._note.text
        refused = self._note is not None and self._note.refused
        self.query_one("#note", TextLine).lines = (note_line(words, width, refused=refused),)
        keys = (
            ("Enter", tr("opens"), "open"),
            ("Up Down", tr("choose"), ""),
            ("l", tr("lessons"), "lessons"),
            ("?", tr("help"), "help"),
            ("q", tr("quit"), "app.quit"),
        )
        self.query_one(KeyBar).show(keys)
        if not self._told:
            self._told = True
            self.call_after_refresh(self._tell)

    def _tell(self) -> None:
        """Say where the course goes on; the first frame does not wait for that."""
        from lifecycle_tui.lessons.progress import Store

        store = Store() if self._made is None else self._made.store
        progress = store.read()
        self._course = _so_far(progress)
        due = sum(belief.is_due for belief in progress.misconceptions.values())
        if due:
            self._review = tr_many(
                "{count} belief of yours was refuted: look again",
                "{count} beliefs of yours were refuted: look again",
                due,
            )
        else:
            self._review = tr(_TOLD["review"])
        if store.told and self._note is None:
            self._note = Note(store.told, refused=True)
        self._show()

    def _row(self, key: str, action: str, name: str) -> Line:
        told = {"course": self._course, "review": self._review}.get(action, tr(_TOLD[action]))
        shown = "?" if key == "question_mark" else key
        return (
            Run(f"{shown}  ", "key"),
            Run(padded(tr(name), _NAME), "strong"),
            Run(fit(told, 56), "dim"),
        )

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        """Open what was chosen."""
        self.call_later(self.run_action, ROWS[message.place][1])

    def did(self, note: Note | None) -> None:
        """Show what came of something."""
        self._note = note
        self._show()

    # Ways.

    def action_open(self) -> None:
        """Open what is pointed at."""
        self.query_one(PickList).action_pick()

    def action_course(self) -> None:
        """Go on with the course."""
        self._note = None
        self.journey.go(self.journey.first)

    def action_lessons(self) -> None:
        """Show all lessons."""
        self._note = None
        self.journey.go(self.journey.list)

    def action_sandbox(self) -> None:
        """Open the sandbox, as it was left."""
        self._note = None
        self.app.push_screen(self._program.sandbox(self._program.session))

    def action_scenarios(self) -> None:
        """Choose one of the scenarios."""
        from lifecycle_tui.tui.screens.scenarios import ScenarioList

        self._note = None
        self.app.push_screen(ScenarioList(self._program))

    def action_walkthroughs(self) -> None:
        """Choose one of the walkthroughs."""
        from lifecycle_tui.tui.screens.walkthroughs import WalkthroughList

        self._note = None
        self.app.push_screen(WalkthroughList(self._program))

    def action_review(self) -> None:
        """Look again at what was got wrong."""
        from lifecycle_tui.lessons.playing.words import NOTHING_TO_REVIEW

        screen = self.journey.review()
        if screen is None:
            self.did(Note(tr(NOTHING_TO_REVIEW)))
        else:
            self._note = None
            self.journey.go(lambda: screen)

    def action_help(self) -> None:
        """Show every key."""
        from lifecycle_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self._program.skin))


def front(skin: Skin) -> tuple[Line, ...]:
    """Return the title, and the lane of an environment with its first two events."""
    return (
        (Run("lifecycle-tui", "title"),),
        (Run(fit(tr(_WHAT), _WIDTH), "strong"),),
        (),
        (Run(padded(tr_as("home", "event"), 7), "dim"), Run("1"), Run(" " * 46), Run("2")),
        _lane(skin),
        (Run(f"       {padded(tr(_PARTS), 47)}{tr('warm')}", "dim"),),
        (),
        (Run(fit(tr("Every step has its reason. Time can be turned back."), _WIDTH), "plain"),),
        (Run(fit(tr(_DAGGER), _WIDTH), "dim"),),
        (),
    )  # fmt: skip


def _lane(skin: Skin) -> Line:
    runs = [Run("e1     ", "dim")]
    for parts in (_COLD, None, _WARM):
        if parts is None:
            runs.append(Run(skin.cells("-", _REST), "frozen"))
            continue
        for phase, length in parts:
            style = LOOKS[phase].style
            glyphs = skin.cells(phase, length)
            fill = style if skin.ascii_only else f"{style}-fill"
            runs += (Run(glyphs[0], style), Run(glyphs[1:], fill))
    return tuple(runs)


def _so_far(progress: Progress) -> str:
    """Return where the course goes on: with a lesson that is begun, else the first that is not."""
    from lifecycle_tui.lessons.course import load_course
    from lifecycle_tui.lessons.progress import Status
    from lifecycle_tui.scenario.problems import ScenarioError

    kept = progress.lessons
    if not kept:
        return tr("begin: what happens between an event and its response")
    try:
        course = load_course()
    except ScenarioError:
        course = None
    entries = () if course is None else course.lessons
    titles = {entry.id: entry.title for entry in entries}
    begun = [name for name, one in kept.items() if one.status is Status.STARTED]
    if begun:
        return tr("go on with {title}", title=titles.get(begun[0], begun[0]))
    left = [entry.title for entry in entries if entry.id not in kept]
    if left:
        return tr(
            "{done} of {count} done: on with {title}",
            done=len(entries) - len(left),
            count=len(entries),
            title=left[0],
        )
    return tr("all done: any lesson again, its challenges, or less help")
