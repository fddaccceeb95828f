"""A walkthrough in words, for reading without a screen."""

from __future__ import annotations

from collections.abc import Iterator

from lifecycle_tui.play.note import moment_words
from lifecycle_tui.units.text import plural
from lifecycle_tui.walkthroughs.fitting import WIDTH, caption_lines
from lifecycle_tui.walkthroughs.model import Walkthrough
from lifecycle_tui.walkthroughs.staging import words_of
from lifecycle_tui.walkthroughs.walk import Walk


def counts(walkthrough: Walkthrough) -> str:
    """Return how much there is of it."""
    sizes = ", ".join(map(str, walkthrough.sizes))
    marks = plural(len(walkthrough.marks), "snapshot")
    return f"{plural(len(walkthrough.steps), 'step')}, {marks} at {sizes}"


def lines_of(walkthrough: Walkthrough, typed: str = "> ") -> Iterator[str]:
    """Yield a walkthrough, line by line: each step with what is done and what is said.

    Args:
        walkthrough: what is told.
        typed: stands before what is done.

    Raises:
        RefusedError: one of its commands cannot be carried out.
    """
    yield walkthrough.title
    for at, step in enumerate(walkthrough.steps):
        walk = Walk(walkthrough, at)
        yield ""
        yield f"{at + 1}. at {moment_words(walk.session.at_us)}"
        yield from (f"   {typed}{words_of(line)}" for line in step.lines)
        yield from (f"   {line}" for line in caption_lines(walk.caption, WIDTH - 3))
