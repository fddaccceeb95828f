"""The app: themes, the palette's commands and the clock; the screen does the rest."""

from __future__ import annotations

import contextlib
import gc
import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from rich.console import Console
from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from lifecycle_tui.play.note import Note
from lifecycle_tui.tui import actions, theme
from lifecycle_tui.tui.hangup import HUNG_UP, watch
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.skin import Skin, wants_ascii

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

    from lifecycle_tui.engine.plan import Plan
    from lifecycle_tui.play.origin import FindOrigin
    from lifecycle_tui.play.session import Session
    from lifecycle_tui.sessions.autosave import Autosave
    from lifecycle_tui.tui.history import History
    from lifecycle_tui.tui.screens.sandbox import Sandbox

HELD_S: Final = 2.0
"""So long keys wait for a line that does not come."""


class LifecycleApp(App[int]):
    """What Lambda does between an event and its response."""

    TITLE = "lifecycle-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        "screens/sandbox.tcss", "screens/lesson.tcss", "screens/walk.tcss",
    ]  # fmt: skip
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        # Ahead of the screens over the main one and of their input boxes.
        Binding("ctrl+c", "interrupt", "close", show=False, priority=True),
    ]

    def __init__(
        self,
        session: Session | Callable[[], Session],
        *,
        skin: Skin | None = None,
        theme_name: str | None = None,
        against: Session | None = None,
        first: Callable[[LifecycleApp], Place] | None = None,
        keeps: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the app.

        Args:
            session: what is played in the sandbox, or opens it when it is asked for.
            skin: the glyphs; None: what the terminal can show.
            theme_name: one of ``theme.CHOICES``; None: what the environment asks for.
            against: another scenario's session, to begin with a comparison.
            first: makes the screen to begin with; None: the sandbox.
            keeps: whether sessions and typed lines are kept in the user's state folder.
            now: seconds of a clock that never goes back.
        """
        named = theme_name or theme.choose(os.environ)
        no_colour = bool(os.environ.get("NO_COLOR")) and named == theme.NO_COLOUR_THEME
        super().__init__(ansi_color=True if no_colour else None)
        self._session = session
        self._first = first
        self.skin = skin or Skin(ascii_only=wants_ascii())
        self.against = against
        self._keeps = keeps
        self._autosave: Autosave | None = None
        self._history: History | None = None
        self._held: list[events.Key] | None = None
        """Keys that wait until what they are meant for is there; None while none do."""
        self.clock = now
        self.fault: Exception | None = None
        """What broke the program; None while nothing has."""
        self.set_class(self.skin.ascii_only, "-ascii")
        for ours in theme.THEMES:
            self.register_theme(ours)
        self.theme = named

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our variables to themes that are not ours."""
        return theme.defaults(ansi=self.current_theme.ansi)

    @property
    def session(self) -> Session:
        """What is played in the sandbox; it is opened when it is first asked for."""
        if callable(self._session):
            self._session = self._session()
        return self._session

    def get_default_screen(self) -> Screen[None]:
        """Begin with the sandbox, unless another place was asked for."""
        if self._first is not None:
            return self._first(self)
        return self.sandbox(self.session, against=self.against)

    def sandbox(self, session: Session, against: Session | None = None) -> Sandbox:
        """Return a screen for a session."""
        from lifecycle_tui.tui.screens.sandbox import Sandbox

        screen = Sandbox(session, skin=self.skin, now=self.clock, size=self.size, against=against)
        self.connect(screen)
        if self._keeps:
            screen.keep = self._keep
        return screen

    def connect(self, screen: Sandbox) -> None:
        """Give a screen what it has of the program."""
        screen.show_over = self.open_over
        screen.release_keys = self.release_keys
        if self._keeps:
            from lifecycle_tui.tui.history import History

            screen.history = self._history = self._history or History.of_the_user()

    def _keep(self, session: Session) -> None:
        """Keep a session in which something was done; the first frame loads nothing for that."""
        if self._autosave is None and session.changes and session.origin is not None:
            from lifecycle_tui.sessions.autosave import Autosave

            self._autosave = Autosave(self._told_in_a_thread)
        if self._autosave is not None:
            self._autosave.keep(session)

    def _told_in_a_thread(self, words: str) -> None:
        # The program may be on its way out already.
        with contextlib.suppress(RuntimeError):
            self.call_from_thread(self._tell, words)

    def _tell(self, words: str) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Place):
                screen.did(Note(words, refused=True))
                break

    def close_keeping(self) -> None:
        """Write what is still to be written, when the program is left."""
        if self._autosave is not None:
            self._autosave.close()

    def open_over(self, session: Session, note: Note) -> None:
        """Show another session over the one that is played; ``q`` goes back to that."""
        screen = self.sandbox(session)
        screen.note = note
        self.push_screen(screen)

    async def action_quit(self) -> None:
        """Leave the program, or a place for the one below it."""
        if sum(isinstance(screen, Place) for screen in self.screen_stack) > 1:
            self.pop_screen()
        else:
            await super().action_quit()

    def action_export(self) -> None:
        """Ask for a format, and write what the main screen shows into a file."""
        from lifecycle_tui.tui.screens.exporting import export

        if isinstance(self.screen, Sandbox):
            export(self.screen)

    def action_interrupt(self) -> None:
        """Let ctrl+c close what is open over the main screen; there, copy or say how to leave."""
        screen = self.screen
        if isinstance(screen, ModalScreen):
            screen.dismiss(None)
        elif selected := screen.get_selected_text():
            self.copy_to_clipboard(selected)
        elif isinstance(screen, Place):
            screen.did(Note("q quits"))

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Perform an action, unless the place where one is does not let it."""
        target, name, parameters = self._parse_action(
            action, self if default_namespace is None else default_namespace, namespaces
        )
        may = target.check_action(name, parameters)
        if may and isinstance(target, Place) and not target.lets(name, parameters):
            return True
        return await super().run_action(action, default_namespace, namespaces)

    def _handle_exception(self, error: Exception) -> None:
        """Keep what broke the program, for the report."""
        self.fault = self.fault or error
        super()._handle_exception(error)

    async def on_event(self, event: events.Event) -> None:
        """Let a change that was announced happen before the next key or click.

        Keys behind one that opens a line wait until that line takes them, however fast they come.
        """
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._held is not None:
                self._held.append(event)
                return
            if event.key in actions.TYPED and self._takes_lines:
                self._held = []
                self.set_timer(HELD_S, self.release_keys)
        if isinstance(event, events.Key | events.MouseDown):
            for screen in self.screen_stack:
                if isinstance(screen, Place):
                    screen.carry_out()
        await super().on_event(event)

    @property
    def _takes_lines(self) -> bool:
        return isinstance(self.screen, Place) and self.screen.takes_lines

    def release_keys(self) -> None:
        """Let the keys come that have been waiting."""
        held, self._held = self._held, None
        for event in held or ():
            self.post_message(event)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action of the table, and the themes."""
        if isinstance(screen, Place):
            for action in screen.offers:
                if action.palette:

                    async def call(name: str = action.call) -> None:
                        await screen.run_action(name)

                    title = f"{action.title}  ({action.shown})"
                    yield SystemCommand(title, action.help, call)
        for name in theme.CHOICES:
            yield SystemCommand(f"Theme: {name}", "change the colours", self._themed(name))

    def _themed(self, name: str) -> Callable[[], None]:
        def change() -> None:
            self.theme = name

        return change


def calm_collector() -> None:
    """Let the garbage collector leave alone what is there, and look less often.

    Runs and styles are many small objects that stay: going through all of them takes longer than
    a frame may.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def run_play(
    plan: Plan,
    *,
    scenario_name: str,
    speed: float = 1.0,
    at_us: int = 0,
    ascii_only: bool = False,
    against: Session | None = None,
    origin: FindOrigin | None = None,
) -> int:
    """Open the program on a plan and return its exit code.

    Args:
        plan: what is simulated.
        scenario_name: its name, for when it has no title.
        speed: story seconds a second.
        at_us: where the cursor starts.
        ascii_only: use the ASCII skin, whatever the terminal can show.
        against: another scenario's session, to begin with a comparison.
        origin: finds the scenario's text, so that the session can be saved.
    """
    from lifecycle_tui.play.session import Session

    def opened() -> Session:
        session = Session(plan, scenario_name=scenario_name, at_us=at_us)
        session.origin = origin
        return session

    return run_session(opened, scenario_name, speed, ascii_only=ascii_only, against=against)


def run_session(
    opened: Callable[[], Session],
    scenario_name: str,
    speed: float = 1.0,
    at_us: int = 0,
    *,
    ascii_only: bool = False,
    against: Session | None = None,
) -> int:
    """Open the program on a session and return its exit code.

    Args:
        opened: opens the session.
        scenario_name: its name, for a report of a fault.
        speed: story seconds a second.
        at_us: where the cursor starts, if not where it was left.
        ascii_only: use the ASCII skin, whatever the terminal can show.
        against: another scenario's session, to begin with a comparison.
    """
    from lifecycle_tui.tui.fault import report

    try:
        session = opened()
        session.player.set_speed(speed)
        if at_us:
            session.reach(at_us)
            session.player.seek(at_us)
        app = _play(session, against, ascii_only=ascii_only)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        return report(error, scenario_name)
    return _left(app, scenario_name)


def run_first(
    first: Callable[[LifecycleApp], Place],
    opened: Callable[[], Session],
    name: str,
    *,
    ascii_only: bool = False,
) -> int:
    """Open the program on another screen than the sandbox and return its exit code.

    Args:
        first: makes that screen.
        opened: opens the sandbox's session, once the sandbox is asked for.
        name: what is opened, for a report of a fault.
        ascii_only: use the ASCII skin, whatever the terminal can show.
    """
    try:
        app = _play(opened, None, ascii_only=ascii_only, first=first)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is reported
        from lifecycle_tui.tui.fault import report

        return report(error, name)
    return _left(app, name)


def _left(app: LifecycleApp, name: str) -> int:
    """Return the exit code of an app that was left."""
    if app.fault is not None:
        from lifecycle_tui.tui.fault import report

        return report(app.fault, name)
    return app.return_code or app.return_value or 0


def _play(
    session: Session | Callable[[], Session],
    against: Session | None,
    *,
    ascii_only: bool,
    first: Callable[[LifecycleApp], Place] | None = None,
) -> LifecycleApp:
    """Play until the user leaves, and return the app."""
    for name in ("COLUMNS", "LINES"):
        # A shell that exports its size would hide the terminal's own, and every change of it.
        os.environ.pop(name, None)
    skin = Skin(ascii_only=ascii_only or wants_ascii())
    app = LifecycleApp(session, skin=skin, against=against, first=first, keeps=True)
    # A report takes the place of the traceback that Textual would print.
    app.error_console = Console(file=io.StringIO())
    calm_collector()
    if sys.stdin is not None and sys.stdin.isatty():
        watch(sys.stdin.fileno(), lambda: app.call_from_thread(app.exit, HUNG_UP, HUNG_UP))
    try:
        app.run()
    finally:
        app.close_keeping()
    return app
