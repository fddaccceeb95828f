"""Commands of a lesson, carried out one after the other while time is seen to pass."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from lifecycle_tui.lessons.model import Line
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.play.player import SPEEDS, Halt

LONGEST_S: Final = 4.0
"""Seconds of ours that one command may take; it is shown faster if it took longer."""
_SECOND_US: Final = 1_000_000


class Script:
    """Carries commands out on a session.

    Those that let time pass are played until the moment to which they lead; the rest is done at
    once. In the end the session stands where it would stand had nobody watched.

    Args:
        staged: the session.
        lines: the commands.

    Raises:
        RefusedError: the first of them cannot be carried out; ``advance`` and ``skip`` raise it
            for the others.
    """

    def __init__(self, staged: Staged, lines: Iterable[Line]) -> None:
        self._staged = staged
        self._left = list(lines)
        self._speed = staged.session.transport.speed
        self._until_us = -1
        self._edge_us = -1
        self.line = ""
        """The command that is being carried out."""
        self._go_on()

    @property
    def done(self) -> bool:
        """Whether all commands have been carried out."""
        return self._until_us < 0

    def advance(self, wall_seconds: float) -> None:
        """Let time pass."""
        if self.done:
            return
        session = self._staged.session
        transport = session.tick(wall_seconds)
        if session.at_us >= self._until_us:
            self._arrive()
            self._go_on()
        elif not transport.playing and transport.halt is not Halt.PAUSED:
            # It fell quiet on the way, and the way goes on.
            session.player.play()

    def skip(self) -> None:
        """Carry out all that is left, at once."""
        while not self.done:
            self._arrive()
            self._go_on()

    def _go_on(self) -> None:
        """Carry commands out up to one that lets time pass."""
        session = self._staged.session
        while self._left:
            line = self._left.pop(0)
            self.line = line.text
            name, before_us = session.branch.name, session.at_us
            edge_us = session.player.edge_us
            self._staged.run([line])
            if session.branch.name == name and session.at_us > before_us:
                self._until_us, self._edge_us = session.at_us, session.player.edge_us
                session.player.load(session.player.track, at_us=before_us, edge_us=edge_us)
                self._hurry()
                session.player.play()
                return
        self.line = ""
        session.player.pause()
        session.player.set_speed(self._speed)

    def _arrive(self) -> None:
        player = self._staged.session.player
        player.pause()
        player.load(player.track, at_us=self._until_us, edge_us=self._edge_us)
        self._until_us = -1

    def _hurry(self) -> None:
        """Choose a speed at which it does not take too long."""
        player = self._staged.session.player
        axis = player.track.axis
        story_s = (axis.to_story(self._until_us) - player.story) / _SECOND_US
        enough = (speed for speed in SPEEDS if story_s / speed <= LONGEST_S)
        player.set_speed(max(self._speed, next(enough, SPEEDS[-1]), 1.0))
