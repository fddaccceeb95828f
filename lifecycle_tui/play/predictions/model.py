"""What is asked, what can be answered, and what is said about the answer: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from lifecycle_tui.units.translation import tr


class Topic(StrEnum):
    """What a question is about."""

    START = "start"
    """COLD, WARM, PRE, RE-INIT, RESTORED or 429."""
    FINISH = "finish"
    """Whether it ends well."""
    HOW_MANY = "how-many"
    """How many of several events that come together."""
    HOW_LONG = "how-long"
    """Its wait, its Duration, or what of it is billed."""


class Measure(StrEnum):
    """What is counted or measured; each belongs to one topic."""

    WORD = "word"
    STATUS = "status"
    CREATED = "created"
    """Events that an environment is created for."""
    REFUSED = "refused"
    """Events that are throttled."""
    WAIT = "wait"
    """From the arrival until Invoke begins."""
    DURATION = "duration"
    BILLED = "billed"


class Confidence(StrEnum):
    """How sure somebody is of an answer."""

    GUESS = "guess"
    THINK = "think"
    CERTAIN = "certain"


class Refutation(NamedTuple):
    """Why an answer is wrong, in a sentence, and the rules that say so."""

    words: str
    rules: tuple[str, ...]


class Option(NamedTuple):
    """One of a question's answers."""

    key: str
    """What the trace would say, were it the true one."""
    words: str
    refutation: Refutation | None = None
    """Why it is wrong, where a rule says so; None for the true one."""
    size: int = 0
    """What numbers and lengths are put in order by."""


class Outcome(NamedTuple):
    """What a run says about a question."""

    key: str
    known_us: int
    """When it is known."""
    record: int
    """The record to ask "why" of."""
    size: int = 0
    """A number, or a length of time in microseconds."""


class Attempt(NamedTuple):
    """One attempt at an event."""

    event: int
    number: int = 1


class Candidate(NamedTuple):
    """A question before its options are chosen and put in order; fields as in `Question`."""

    topic: Topic
    measure: Measure
    situation: tuple[str, ...]
    facts: str
    asks: str
    true: Option
    wrong: tuple[Option, ...]
    """The likelier ones first; two may say the same."""
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """A question about what comes next. All it says was known when it is asked.

    Attributes:
        topic: what it is about.
        measure: what of that.
        attempts: whom it is about; several where they come together.
        asked_us: the moment at which it is asked: just before they come.
        situation: what was known, as far as it matters: equal ones call for equal answers.
        about: whom, in a few letters: ``#3``, ``#3 to #7``.
        facts: what is known, in a sentence or two.
        asks: the question itself.
        options: its answers, two to four; exactly one is true.
        outcome: the truth, and when it will be known.
    """

    topic: Topic
    measure: Measure
    attempts: tuple[Attempt, ...]
    asked_us: int
    situation: tuple[str, ...]
    about: str
    facts: str
    asks: str
    options: tuple[Option, ...]
    outcome: Outcome

    @property
    def place(self) -> int:
        """The place of the true option."""
        return next(n for n, option in enumerate(self.options) if option.key == self.outcome.key)


class Answer(NamedTuple):
    """What somebody predicts."""

    place: int
    """The place of the chosen option."""
    confidence: Confidence


class Verdict(NamedTuple):
    """What became of a prediction."""

    question: Question
    answer: Answer
    points: int

    @property
    def chosen(self) -> Option:
        """What was predicted."""
        return self.question.options[self.answer.place]

    @property
    def true(self) -> Option:
        """What happened."""
        return self.question.options[self.question.place]

    @property
    def right(self) -> bool:
        """Whether the two are the same."""
        return self.answer.place == self.question.place

    @property
    def refutation(self) -> Refutation | None:
        """Why the chosen option was wrong, where a rule says so."""
        return None if self.right else self.chosen.refutation

    @property
    def words(self) -> str:
        """What was said and what it was, in a sentence."""
        about, said, sure = self.question.about, self.chosen.words, tr(str(self.answer.confidence))
        if self.right:
            return tr("{about}: “{said}” ({sure}), as you said.", about=about, said=said, sure=sure)
        return tr(
            "{about}: you said “{said}” ({sure}); it was “{true}”.",
            about=about,
            said=said,
            sure=sure,
            true=self.true.words,
        )
