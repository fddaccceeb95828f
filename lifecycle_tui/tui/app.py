"""The app: themes, the palette's commands and the clock; the screen does the rest."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen

from lifecycle_tui.play.note import Note
from lifecycle_tui.terminal import wants_ascii
from lifecycle_tui.tui import actions, theme
from lifecycle_tui.tui.kept import Kept
from lifecycle_tui.tui.palette import WithPalette
from lifecycle_tui.tui.places import Place
from lifecycle_tui.tui.skin import Skin
from lifecycle_tui.units.translation import tr

if TYPE_CHECKING:
    from textual.actions import ActionParseResult

    from lifecycle_tui.play.session import Session
    from lifecycle_tui.tui.screens.sandbox import Sandbox

HELD_S: Final = 5.0
"""So long keys wait for a line that does not come."""


class LifecycleApp(WithPalette):
    """What Lambda does between an event and its response."""

    TITLE = "lifecycle-tui"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        f"screens/{name}.tcss" for name in ("sandbox", "lesson", "walk")
    ]
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
        self._kept = Kept(self) if keeps else None
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
        """Begin with the sandbox, or below the place that was asked for, with nothing."""
        if self._first is not None:
            return super().get_default_screen()
        return self.sandbox(self.session, against=self.against)

    def on_mount(self) -> None:
        """Go to the place that was asked for."""
        if self._first is not None:
            self.push_screen(self._first(self))

    def sandbox(self, session: Session, against: Session | None = None) -> Sandbox:
        """Return a screen for a session."""
        from lifecycle_tui.tui.screens.sandbox import Sandbox

        against = against or session.against
        screen = Sandbox(session, skin=self.skin, now=self.clock, size=self.size, against=against)
        self.connect(screen)
        if self._kept is not None:
            screen.keep = self._kept.keep
        return screen

    def connect(self, screen: Sandbox) -> None:
        """Give a screen what it has of the program."""
        screen.show_over = self.open_over
        screen.release_keys = self.release_keys
        kept = self._kept
        if kept is not None:
            screen.find_history = lambda: kept.history

    def close_keeping(self) -> None:
        """Write what is still to be written, when the program is left."""
        if self._kept is not None:
            self._kept.close()

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

    def action_interrupt(self) -> None:
        """Let ctrl+c close what is open over the main screen; there, copy or say how to leave."""
        screen = self.screen
        if isinstance(screen, ModalScreen):
            screen.dismiss(None)
        elif selected := screen.get_selected_text():
            self.copy_to_clipboard(selected)
        elif isinstance(screen, Place):
            screen.did(Note(tr("q quits")))

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
        """Let an announced change happen before the next key; those behind ``:`` wait for it."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if self._held is not None:
                self._held.append(event)
                return
            if event.key in actions.TYPED and getattr(self.screen, "takes_lines", False):
                self._held = []
                self.set_timer(HELD_S, self.release_keys)
        if isinstance(event, events.Key | events.MouseDown):
            for screen in self.screen_stack:
                if isinstance(screen, Place):
                    screen.carry_out()
        await super().on_event(event)

    def release_keys(self) -> None:
        """Let the keys come that have been waiting."""
        held, self._held = self._held, None
        for event in held or ():
            self.post_message(event)
