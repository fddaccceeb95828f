"""The verbs that the plain face has beside those of the command language."""

from __future__ import annotations

from typing import Final, NamedTuple


class PlainVerb(NamedTuple):
    """One verb: how it is written, and what it does."""

    word: str
    usage: str
    help: str
    also: tuple[str, ...] = ()
    """Other words for it."""


SESSION: Final = (
    PlainVerb("state", "state", "the environments, the function and the counts so far, in words"),
    PlainVerb("log", "log [N]", "the log so far, or its last N lines"),
    PlainVerb("cost", "cost", "the bill so far, by what the money went to"),
    PlainVerb("compare", "compare [FORK]", "this run beside another fork of it, up to this moment"),
    PlainVerb("forks", "forks", "all forks, and which one this is"),
    PlainVerb("try", "try N", "make so, in a fork, what the latest why told under that number"),
    PlainVerb("predict", "predict on|off", "be asked before an event worth a guess"),
    PlainVerb("say", "say 1|2|3", "how much is told: what is notable, every step, every record"),
    PlainVerb("glossary", "glossary WORD", "what a word means", ("words",)),
    PlainVerb("quit", "quit", "leave", ("q", "exit")),
)
"""What can be done with any session."""

HOME: Final = (
    PlainVerb("learn", "learn [LESSON]", "go on with the course, or to a lesson of it"),
    PlainVerb("review", "review", "answer again what you got wrong, with other numbers"),
    PlainVerb("scenarios", "scenarios", "the scenarios that come with the program"),
    PlainVerb("open", "open NAME", "play one of them instead of the sandbox"),
    PlainVerb(
        "walkthroughs",
        "walkthroughs [NAME]",
        "stories told in steps; with a name, one of them",
        ("walkthrough",),
    ),
)
"""What can be done where the program begins."""

LESSON: Final = (
    PlainVerb("next", "next", "go on with the lesson", ("n",)),
    PlainVerb("hint", "hint", "where to look, then which knob, then what to do", ("h",)),
    PlainVerb("goal", "goal", "say again what is asked or to be reached", ("repeat",)),
    PlainVerb("again", "again", "begin the step again, with the story as it was then"),
    PlainVerb("lessons", "lessons", "all lessons, and how far you are"),
    PlainVerb("lesson", "lesson ID", "go to another lesson"),
)
"""What can be done with a lesson."""

ANSWERS: Final = (
    PlainVerb("1", "1 to 4", "choose an answer; with how sure you are at once, as 2 c"),
    PlainVerb("a", "a, b or c", "how sure: a guess, b think, c certain"),
    PlainVerb("skip", "skip", "let the question go; what is true is told all the same"),
)
"""What can be said while a question is open."""


def by_word(verbs: tuple[PlainVerb, ...]) -> dict[str, str]:
    """Return the verb that each word stands for."""
    return {word: verb.word for verb in verbs for word in (verb.word, *verb.also)}
