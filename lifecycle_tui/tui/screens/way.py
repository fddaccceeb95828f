"""A known story on the main screen: what is tried out on the way leaves that story alone."""

from __future__ import annotations

from typing import Any, ClassVar, Final, Generic, TypeVar

from lifecycle_tui.lessons.playing.way import Way
from lifecycle_tui.lessons.staging import LOOKING
from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.units.translation import tr, tr_later

LEAVE_IT_ALONE: Final = frozenset(
    {
        *("follow", "slower", "faster", "true_speed", "zoom", "next_axis", "select"),
        *("pane", "next_pane", "why", "open_source", "glossary", "help", "claim"),
        *("command", "permalink", "export", "command_palette", "quit", "interrupt"),
    }
)
"""Actions, by their names, that leave the story and its cursor alone."""
_LINES_THAT_LOOK: Final = LOOKING - {"seek", "step", "back", "play", "pause", "wait", "bookmark"}
_NO_PREDICTIONS: Final = tr_later("predictions are for the sandbox; here the story is known")

W = TypeVar("W", bound=Way[Any])


class WayScreen(Sandbox, Generic[W]):
    """A session on screen, and a way through it.

    Args:
        way: where one is on it.
        arguments: of the main screen, without its session.
    """

    goes: ClassVar[frozenset[str]]
    """The actions that go along the way."""

    def __init__(self, way: W, **arguments: Any) -> None:
        super().__init__(way.session, **arguments)
        self.way = way

    def advance(self, passed_s: float) -> None:
        """Let wall time pass: a step may be showing something."""
        told = self.way.advance(passed_s)
        if told is not None or not self.way.session.player.playing:
            self.note = told
        self.publish()

    # What may be done.

    def interrupt(self) -> None:
        """Leave the way for a while."""
        self.did(self.way.interrupt())

    def lets(self, name: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002 - of all
        """Interrupt the way before anything is done to its story."""
        if name == "predict":
            self.did(Note(tr(_NO_PREDICTIONS), refused=True))
            return False
        if self.way.is_interrupted or name in LEAVE_IT_ALONE or name in self.goes:
            return True
        stops = name == "play" and self.way.is_watched
        self.interrupt()
        return not stops

    def refusal(self, verb: str) -> Note | None:
        """Interrupt the way before a line does something to its story; none is refused."""
        if verb not in _LINES_THAT_LOOK:
            self._gate()
        return None

    def _gate(self) -> None:
        if not self.way.is_interrupted:
            self.interrupt()

    def on_axis_row_sought(self, _: object) -> None:
        """Leave the way before the cursor does."""
        self._gate()

    def on_scrubbing_scrubbed(self, _: object) -> None:
        """Leave the way before the cursor does."""
        self._gate()

    def on_why_jumped(self, _: object) -> None:
        """Leave the way before the cursor does."""
        self._gate()

    def on_why_returned(self, _: object) -> None:
        """Leave the way before the cursor does."""
        self._gate()

    def on_config_applied(self, _: object) -> None:
        """Leave the way before something is changed."""
        self._gate()

    def on_why_forked(self, _: object) -> None:
        """Leave the way before a fork is made."""
        self._gate()

    def on_why_tried(self, _: object) -> None:
        """Leave the way before something is tried."""
        self._gate()


def first_look(session: Session) -> Camera:
    """Return where one looks first: at the environment of the latest happening that has one.

    It depends on the moment alone, and not on the way that led there.
    """
    environments = session.index.environments
    for record in range(session.trace.last_at(session.at_us), -1, -1):
        if environments[record] >= 0:
            return Camera(selected=environments[record])
    return Camera()
