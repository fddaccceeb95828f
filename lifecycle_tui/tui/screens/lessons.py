"""The list of lessons, and the small menu of a lesson that is played."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.playing.steps import Level
from lifecycle_tui.lessons.progress import Progress, Status
from lifecycle_tui.play.note import Note
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.screens.questions import Menu
from lifecycle_tui.tui.widgets.bars import KeyBar, TextLine, note_line
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.picking import PickList
from lifecycle_tui.tui.widgets.prose import fit
from lifecycle_tui.units.translation import tr, tr_later, tr_many

if TYPE_CHECKING:
    from lifecycle_tui.tui.learning.journey import Journey

_LEVELS: Final = {
    Level.GUIDED: ("g", tr_later("guided"), tr_later("prose, three hints, the parts of each goal")),
    Level.FADED: ("f", tr_later("faded"), tr_later("no prose, one hint")),
    Level.GOAL: ("o", tr_later("goal only"), tr_later("no prose, no hints, the goal alone")),
}

_ALL_DONE: Final = tr_later(
    "You have all of it. In a lesson, l has its challenges alone, or less help."
)


class LessonMenu(Menu):
    """Asks what to do with the lesson that is played."""

    def __init__(self, level: Level, *, challenges: bool) -> None:
        rows = [
            ("step", "s", tr_later("this step again"), tr_later("with the story as it was then")),
            ("lesson", "b", tr_later("from the beginning"), tr_later("the whole lesson again")),
            ("list", "l", tr_later("all lessons"), tr_later("go to another one")),
        ]
        rows += [
            (each.value, key, words, what)
            for each, (key, words, what) in _LEVELS.items()
            if each is not level
        ]
        rows.append(
            ("challenges", "c", tr_later("all steps"), tr_later("not the challenges alone"))
            if challenges
            else ("challenges", "c", tr_later("challenges"), tr_later("only what is to be reached"))
        )
        super().__init__(tr("This lesson"), rows)


class LessonList(Place):
    """All lessons, and how far one is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "app.quit", "back"),
        Binding("r", "card", "reference card"),
        Binding("question_mark", "help", "help"),
    ]
    DEFAULT_CSS: ClassVar[str] = """
    LessonList { background: $paper; color: $ink; layout: vertical; overflow: hidden; }
    LessonList > #head { height: 3; padding: 1 2 0 2; }
    LessonList > PickList { height: 1fr; padding: 0 2; }
    """

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._journey = journey
        self._note: Note | None = None

    def compose(self) -> ComposeResult:
        """Stack the lines."""
        skin = self._journey.app.skin
        yield TextLine(skin=skin, ident="head")
        yield PickList(skin=skin, ident="list")
        yield TextLine(skin=skin, ident="note")
        yield KeyBar(skin=skin, ident="keys")

    def on_mount(self) -> None:
        """Let the keys come to the list."""
        self.query_one(PickList).focus()

    def on_resize(self) -> None:
        """Lay out anew."""
        self.call_after_refresh(self._show)

    def on_screen_resume(self) -> None:
        """Show what has been done since."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        pack, progress = self._journey.pack, self._journey.store.read()
        width = self.size.width
        title = pack.course.title if pack.course is not None else tr("Lessons")
        done = sum(one.status is Status.DONE for one in progress.lessons.values())
        told = f"   {tr('{done} of {count} done', done=done, count=len(pack.lessons))}"
        lines: list[Line] = [(Run(title, "title"), Run(told, "dim"))]
        if done == len(pack.lessons):
            lines.append((Run(tr(_ALL_DONE), "dim"),))
        head = self.query_one("#head", TextLine)
        head.styles.height = len(lines) + 2
        head.lines = tuple(lines)
        picks = self.query_one(PickList)
        planned = () if pack.course is None else pack.course.planned
        picks.show(
            [_row(each, progress, width - 6) for each in pack.lessons],
            [
                (Run(f"        {tr('{title} (planned)', title=each.title)}", "faint"),)
                for each in planned
            ],
        )
        words = self._note.text if self._note else self._journey.store.told
        self.query_one("#note", TextLine).lines = (note_line(words, width, refused=bool(words)),)
        keys = (("Enter", tr("opens"), "open"), ("Up Down", tr("choose"), ""),
                ("r", tr("reference card"), "card"), ("q", tr("back"), "app.quit"))  # fmt: skip
        self.query_one(KeyBar).show(keys)

    def on_pick_list_picked(self, message: PickList.Picked) -> None:
        """Open a lesson."""
        lesson = self._journey.pack.lessons[message.place]
        self._journey.go(lambda: self._journey.lesson(lesson))

    def action_open(self) -> None:
        """Open what is pointed at."""
        self.query_one(PickList).action_pick()

    def action_card(self) -> None:
        """Show what the lesson that is pointed at leaves one; not before it is done."""
        from lifecycle_tui.tui.screens.card import CardScreen, card_of

        lesson = self._journey.pack.lessons[self.query_one(PickList).chosen]
        kept = self._journey.store.read().lesson(lesson.id)
        card = card_of(lesson)
        if card is None or kept is None or kept.status is not Status.DONE:
            words = tr("{lesson}: its reference card comes at its end", lesson=lesson.title)
            self.did(Note(words, refused=True))
            return
        self.did(None)
        self.app.push_screen(CardScreen(card, self._journey.app.skin))

    def action_help(self) -> None:
        """Show every key."""
        from lifecycle_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self._journey.app.skin))

    def did(self, note: Note | None) -> None:
        """Show what came of something."""
        self._note = note
        self._show()


def _row(lesson: Lesson, progress: Progress, width: int) -> Line:
    kept = progress.lesson(lesson.id)
    mark, look, told = "[ ]", "dim", tr("{minutes} min", minutes=lesson.minutes)
    if kept is not None and kept.status is Status.DONE:
        best = tr("done")
        if kept.best is not None:
            best = tr_many("best {count:,} move", "best {count:,} moves", kept.best)
        mark, look, told = "[x]", "playing", best
    elif kept is not None:
        mark, look, told = "[>]", "accent", tr("go on")
    left: Line = (
        Run(f"{mark} ", look),
        Run(f"{lesson.order:>2}  ", "dim"),
        Run(fit(lesson.title, width - 26), "strong"),
        Run(f"  {tr('optional')}" if lesson.optional else "", "dim"),
    )
    return (*left, Run(" " * max(width - width_of(left) - cell_len(told), 1)), Run(told, "dim"))
