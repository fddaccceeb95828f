"""A goal of a lesson while the learner tries to reach it."""

from __future__ import annotations

from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.lessons.model import Check
from lifecycle_tui.lessons.playing.canon import story_of
from lifecycle_tui.lessons.staging import Staged, broken_bans, met_goals


class Goal:
    """Which of its parts are reached, and with how many moves.

    Args:
        check: the goal.
        staged: what the learner acts on.
    """

    def __init__(self, check: Check, staged: Staged) -> None:
        self._check = check
        self._staged = staged
        self._story = story_of(staged.session)
        self._seen: tuple[int, int, bool] | None = None
        self.moves = 0
        """Commands that changed something."""
        self.ticks: tuple[bool, ...] = ()
        """Which parts are reached."""
        self.broken: tuple[str, ...] = ()
        """What is forbidden and the case."""
        self._tick()

    def look(self) -> bool:
        """Notice what has become of the session; return whether the goal is reached."""
        story = story_of(self._staged.session)
        if story != self._story:
            self._story = story
            self.moves += 1
        self._tick()
        return all(self.ticks) and not self.broken

    def _tick(self) -> None:
        """Look at the parts; while time passes, whenever something new is known."""
        session = self._staged.session
        playing = session.player.playing
        seen = (session.version, session.trace.last_at(session.at_us), playing)
        if playing and seen == self._seen:
            return
        self._seen = seen
        check, names = self._check, self._staged.names
        try:
            self.ticks = met_goals(check, names)
            broken = broken_bans(check, names)
        except ExpressionError:
            self.ticks, broken = (False,) * len(check.all), (False,) * len(check.forbid)
        pairs = zip(check.forbid, broken, strict=True)
        self.broken = tuple(ban.expression.text for ban, is_so in pairs if is_so)
