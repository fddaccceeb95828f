"""The app: themes, the palette's commands and the clock; the screen does the rest."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from typing import ClassVar, Final

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen, Screen

from lifecycle_tui.play.session import Note, Session
from lifecycle_tui.tui import actions, theme
from lifecycle_tui.tui.keeping import Keeping
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.skin import Skin, wants_ascii

HELD_S: Final = 5.0
"""So long keys wait for a line that does not come."""


class LifecycleApp(App[int]):
    """What Lambda does between an event and its response."""

    TITLE = "lifecycle-tui"
    CSS_PATH = "screens/sandbox.tcss"
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        # Ahead of the screens over the main one and of their input boxes.
        Binding("ctrl+c", "interrupt", "close", show=False, priority=True),
    ]

    def __init__(
        self,
        session: Session,
        *,
        skin: Skin | None = None,
        theme_name: str | None = None,
        against: Session | None = None,
        keeps: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the app.

        Args:
            session: what is played.
            skin: the glyphs; None: what the terminal can show.
            theme_name: one of ``theme.CHOICES``; None: what the environment asks for.
            against: another scenario's session, to begin with a comparison.
            keeps: whether sessions and typed lines are kept in the user's state folder.
            now: seconds of a clock that never goes back.
        """
        named = theme_name or theme.choose(os.environ)
        no_colour = bool(os.environ.get("NO_COLOR")) and named == theme.NO_COLOUR_THEME
        super().__init__(ansi_color=True if no_colour else None)
        self.session = session
        self.skin = skin or Skin(ascii_only=wants_ascii())
        self.against = against
        self.keeping = Keeping(self._told_in_a_thread) if keeps else None
        """Keeps sessions and typed lines; None in tests."""
        self._held: list[events.Key] | None = None
        """Keys that wait until what they are meant for is there; None while none do."""
        self._now = now
        self.fault: Exception | None = None
        """What broke the program; None while nothing has."""
        self.set_class(self.skin.ascii_only, "-ascii")
        for ours in theme.THEMES:
            self.register_theme(ours)
        self.theme = named

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our variables to themes that are not ours."""
        return theme.defaults(ansi=self.current_theme.ansi)

    def get_default_screen(self) -> Screen[None]:
        """Begin with the sandbox."""
        return self._sandbox(self.session, against=self.against)

    def _sandbox(self, session: Session, against: Session | None = None) -> Sandbox:
        """Return a screen for a session."""
        screen = Sandbox(session, skin=self.skin, now=self._now, size=self.size, against=against)
        screen.show_over = self.open_over
        screen.release_keys = self.release_keys
        if self.keeping is not None:
            screen.keep = self.keeping.keep
            screen.find_history = self.keeping.find_history
        return screen

    def _told_in_a_thread(self, words: str) -> None:
        # The program may be on its way out already.
        with contextlib.suppress(RuntimeError):
            self.call_from_thread(self.tell, words)

    def tell(self, words: str) -> None:
        """Show a sentence on the main screen that lies uppermost."""
        for screen in reversed(self.screen_stack):
            if isinstance(screen, Sandbox):
                screen.did(Note(words, refused=True))
                break

    def open_over(self, session: Session, note: Note) -> None:
        """Show another session over the one that is played; ``q`` goes back to that."""
        screen = self._sandbox(session)
        screen.note = note
        self.push_screen(screen)

    async def action_quit(self) -> None:
        """Leave the program, or a session that lies over another one."""
        if sum(isinstance(screen, Sandbox) for screen in self.screen_stack) > 1:
            self.pop_screen()
        else:
            await super().action_quit()

    def action_interrupt(self) -> None:
        """Let ctrl+c close what is open over the main screen; there, copy or say how to leave."""
        screen = self.screen
        if isinstance(screen, ModalScreen):
            screen.dismiss(None)
        elif selected := screen.get_selected_text():
            self.copy_to_clipboard(selected)
        elif isinstance(screen, Sandbox):
            screen.did(Note("q quits"))

    def _handle_exception(self, error: Exception) -> None:
        """Keep what broke the program, for the report."""
        self.fault = self.fault or error
        super()._handle_exception(error)

    async def on_event(self, event: events.Event) -> None:
        """Let an announced change happen before the next key; those behind ``:`` wait for it."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._held is not None:
                self._held.append(event)
                return
            if event.key in actions.TYPED and isinstance(self.screen, Sandbox):
                self._held = []
                self.set_timer(HELD_S, self.release_keys)
        if isinstance(event, events.Key | events.MouseDown):
            for screen in self.screen_stack:
                if isinstance(screen, Sandbox):
                    screen.carry_out()
        await super().on_event(event)

    def release_keys(self) -> None:
        """Let the keys come that have been waiting."""
        held, self._held = self._held, None
        for event in held or ():
            self.post_message(event)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every action of the table, and the themes."""
        if isinstance(screen, Sandbox):
            for action in actions.ACTIONS:
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
