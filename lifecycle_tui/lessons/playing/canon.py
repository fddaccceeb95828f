"""The story as the lesson itself tells it: where the run stands before each of its blocks."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.lessons.model import Block, Lesson, Line, Predict, Solution, Stage
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.play.branches import Branch
from lifecycle_tui.play.session import Session


def commands_of(block: Block) -> tuple[Line, ...]:
    """Return the commands that a block runs."""
    if isinstance(block, Stage | Solution):
        return block.lines
    return block.after if isinstance(block, Predict) else ()


class Canon:
    """A run of the lesson's own commands, as far as it is wanted.

    Args:
        lesson: whose.
        plan: of its scenario.
    """

    def __init__(self, lesson: Lesson, plan: Plan) -> None:
        self._blocks = [block for _, block in lesson.blocks()]
        self._plan = plan
        self._staged = Staged(plan)
        self._done = 0

    def before(self, place: int) -> Session:
        """Return a session that stands where the lesson does before a block.

        Raises:
            RefusedError: one of its commands cannot be carried out.
        """
        if place < self._done:
            self._staged, self._done = Staged(self._plan), 0
        while self._done < place:
            self._staged.run(commands_of(self._blocks[self._done]))
            self._done += 1
        return self._staged.session


def story_of(session: Session) -> tuple[str, tuple[Branch, ...]]:
    """Return what was done in a session: its branches without where they were looked at."""
    return session.branch.name, tuple(
        replace(one, at_us=0, edge_us=0, bookmarks=(), undone=()) for one in session.branches
    )


def agree(one: Session, other: Session) -> bool:
    """Whether two sessions stand at the same moment of the same story."""
    return (
        one.at_us == other.at_us
        and one.player.edge_us == other.player.edge_us
        and story_of(one) == story_of(other)
    )


def bring(session: Session, other: Session) -> bool:
    """Bring a session to where another one stands; return whether it was not there."""
    session.player.pause()
    if agree(session, other):
        return False
    session.load(other.branches, other.branch.name)
    session.function = other.function
    return True
