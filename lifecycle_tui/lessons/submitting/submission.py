"""A submission: what a learner did in one lesson, and of which lesson that is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from lifecycle_tui import __version__
from lifecycle_tui.play.branches import Branch
from lifecycle_tui.sessions.lines import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lifecycle_tui.engine.plan import Plan
    from lifecycle_tui.lessons.model import Block, Lesson
    from lifecycle_tui.play.session import Session

FORMAT: Final = Format("lifecycle-tui submission", 1, "a submission")
SUFFIX: Final = ".lcs"
_DIGITS: Final = 16


class Choice(NamedTuple):
    """What was answered to one prediction."""

    key: str
    """Of the option."""
    confidence: str
    """``guess``, ``think`` or ``certain``; empty if not asked."""


@dataclass(frozen=True, slots=True)
class Work:
    """The run in which a goal was reached: all of its branches, and where the learner stood."""

    branches: tuple[Branch, ...]
    current: str
    function: int = 0
    """The function that was looked at."""

    @classmethod
    def of(cls, session: Session) -> Work:
        """Return what was done in a session, without what could be brought back."""
        branches = tuple(replace(one, undone=(), bookmarks=()) for one in session.branches)
        return cls(branches, session.branch.name, session.function)

    @property
    def branch(self) -> Branch:
        """The branch that was shown."""
        return next(one for one in self.branches if one.name == self.current)


@dataclass(frozen=True, slots=True)
class Submission:
    """What a learner hands in.

    Attributes:
        lesson: its id.
        story: the digest of what that lesson runs and asks, as the learner had it.
        learner: a name, if the learner gave one.
        answers: by prediction.
        works: by check.
        program: the version of the program that wrote it.
    """

    lesson: str
    story: str
    learner: str = ""
    answers: Mapping[str, Choice] = field(default_factory=lambda: MappingProxyType({}))
    works: Mapping[str, Work] = field(default_factory=lambda: MappingProxyType({}))
    program: str = __version__


def story_digest(lesson: Lesson, plan: Plan) -> str:
    """Return the digest of what a lesson runs and asks: words may change, the story may not."""
    lines = [lesson.id, " ".join(lesson.allow), repr(plan)]
    lines += [line for _, block in lesson.blocks() for line in _story_of(block)]
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:_DIGITS]


def _story_of(block: Block) -> Iterator[str]:
    from lifecycle_tui.lessons.model import Check, Predict, Solution, Stage

    match block:
        case Stage() | Solution():
            yield from (line.text for line in block.lines)
        case Predict():
            yield f"predict {block.id}"
            if block.answer is not None:
                yield block.answer.expression.text
            for option in block.options:
                yield option.key
                if option.when is not None:
                    yield option.when.expression.text
            yield from (line.text for line in block.after)
        case Check():
            yield f"check {block.id}"
            yield from (goal.condition.expression.text for goal in block.all)
            yield from (f"not {each.expression.text}" for each in block.forbid)
        case _:
            pass
