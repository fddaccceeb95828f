"""The bars: what runs and how at the top, notes and keys at the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.message import Message

from lifecycle_tui.play.player import Transport
from lifecycle_tui.play.view import View
from lifecycle_tui.readings.model import Explanation
from lifecycle_tui.tui.widgets.config import summary
from lifecycle_tui.tui.widgets.painted import Line, Painted, Run, width_of
from lifecycle_tui.tui.widgets.prose import daggered, fit


def clock(at_us: int) -> str:
    """Return the virtual time of the cursor, in a form that keeps its width."""
    seconds, us = divmod(max(at_us, 0), 1_000_000)
    if seconds < 3_600:
        return f"{seconds:>5}.{us // 1_000:03d} s"
    hours, seconds = divmod(seconds, 3_600)
    minutes, seconds = divmod(seconds, 60)
    return f"{hours:>3}:{minutes:02d}:{seconds:02d} h"


def speed_words(speed: float) -> str:
    """Return a speed: ``1x``, ``1/8x``, ``600x``."""
    if speed >= 1:
        return f"{speed:.0f}x"
    return f"1/{1 / speed:.0f}x"


def transport_run(transport: Transport) -> Run:
    """Return the player's word, twelve cells wide."""
    if transport.warp is not None:
        return Run(f" WARP x{transport.warp:.0f} ".ljust(12), "warp")
    speed = speed_words(transport.speed)
    if transport.playing:
        return Run(f" PLAY {speed} ".ljust(12), "playing")
    return Run(f" PAUSE {speed} ".ljust(12), "paused")


def status_line(view: View, width: int) -> Line:
    """Return the top line; its parts keep their places whatever they say."""
    left = (Run(" lifecycle-tui ", "title"), Run(" "), Run(view.title, "plain"))
    right = (
        transport_run(view.transport),
        Run(" t ", "dim"),
        Run(clock(view.at_us), "strong"),
        Run(f"   seed {view.seed}", "dim"),
        Run("   ? ", "key"),
        Run("help ", "dim"),
    )
    room = width - width_of(right)
    used = width_of(left)
    if used > room - 1:
        left = (left[0], left[1], Run(fit(view.title, room - 18), "plain"))
        used = width_of(left)
    return (*left, Run(" " * max(room - used, 0)), *right)


def why_line(explanation: Explanation | None, width: int) -> Line:
    """Return the short answer to "why", for screens without room for the chain."""
    if explanation is None:
        return ()
    assumed = any(cause.assumed for cause in explanation.causes)
    mark = " †" if assumed and "†" not in explanation.answer else ""
    answer = fit(explanation.answer, width - 6 - len(mark))
    return (Run(" why ", "key"), *daggered(answer), Run(mark, "assumed"))


def note_line(note: str, *, refused: bool = False) -> Line:
    """Return the message line."""
    if not note:
        return ()
    return (Run(" ! " if refused else " · ", "bad" if refused else "accent"), Run(note))


class StatusBar(Painted):
    """The top line."""

    DEFAULT_CSS: ClassVar[str] = "StatusBar { height: 1; background: $raised; }"

    def show(self, view: View) -> None:
        """Draw a view."""
        self.lines = (status_line(view, self.size.width),)


class ConfigLine(Painted):
    """The configuration in one line."""

    DEFAULT_CSS: ClassVar[str] = "ConfigLine { height: 1; }"

    def show(self, view: View) -> None:
        """Draw a view."""
        self.lines = (summary(view.config, self.size.width),)


class TextLine(Painted):
    """One line of anything."""

    DEFAULT_CSS: ClassVar[str] = "TextLine { height: 1; }"


class KeyBar(Painted):
    """The bottom line: the keys that matter most; a click presses one."""

    DEFAULT_CSS: ClassVar[str] = "KeyBar { height: 1; background: $raised; }"

    @dataclass
    class Pressed(Message):
        """A key of the bar was clicked."""

        bar: KeyBar
        action: str

        @property
        def control(self) -> KeyBar:
            """The widget."""
            return self.bar

    def show(self, keys: tuple[tuple[str, str, str], ...]) -> None:
        """Draw keys: (what to press, what it does, the action)."""
        runs: list[Run] = []
        for key, words, action in keys:
            meta = (("action", action),)
            runs += (Run(f" {key} ", "key", meta), Run(f"{words} ", "dim", meta))
        *first, key_run, words_run = runs
        rest = max(self.size.width - width_of(runs), 0)
        self.lines = ((*first, Run(" " * rest), key_run, words_run),)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the pointer."""
        action = event.style.meta.get("action")
        if action:
            self.post_message(self.Pressed(self, str(action)))
