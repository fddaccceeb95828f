"""Finding the next question: what comes, is not obvious, and was not asked before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from lifecycle_tui.play.predictions import wording
from lifecycle_tui.play.predictions.candidates import (
    finish,
    finish_case,
    how_many,
    start,
    start_situation,
)
from lifecycle_tui.play.predictions.lengths import how_long
from lifecycle_tui.play.predictions.model import Candidate, Measure, Option, Question, Topic
from lifecycle_tui.play.predictions.outcomes import outcome_of
from lifecycle_tui.play.predictions.scenes import Scene, scene_of_command, scenes
from lifecycle_tui.readings.index import Index

_MOST_WRONG: Final = 3

_Known = dict[tuple[Topic, tuple[str, ...]], str]
"""By topic and situation, the latest answer that the run has shown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked before: nothing is asked twice, and no two like questions in a row.

    Attributes:
        every: topic, measure, situation and answer of every question.
        latest: topic and answer of the latest one.
    """

    every: frozenset[tuple[Topic, Measure, tuple[str, ...], str]] = frozenset()
    latest: tuple[Topic, str] | None = None

    def allows(self, candidate: Candidate) -> bool:
        """Whether a question may be asked."""
        return (
            self.latest != (candidate.topic, candidate.outcome.key)
            and _told(candidate) not in self.every
        )

    def with_question(self, question: Question) -> Asked:
        """Return it with one more question."""
        return Asked(self.every | {_told(question)}, (question.topic, question.outcome.key))


class Finder:
    """Looks for questions about one run, from its start on; what lies behind is never looked at."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: _Known = {}
        self._scenes = scenes(index)
        self._ahead: Scene | None = next(self._scenes, None)

    def next(self, after_us: int, asked: Asked) -> Question | None:
        """Return the first question about events that come after a moment.

        Args:
            after_us: what comes until then has been seen; no less than in the call before.
            asked: what was asked before.
        """
        while self._ahead is not None:
            scene = self._ahead
            if scene.at_us > max(after_us, 0):
                question = _first(self._index, scene, self._known, asked)
                if question is not None:
                    return question
            _learn(self._known, self._index, scene)
            self._ahead = next(self._scenes, None)
        return None


def question_about_command(index: Index, place: int, asked: Asked) -> Question | None:
    """Return a question about the events that a command sends, from before it is given.

    Args:
        index: a run with the command.
        place: its place in the plan's commands.
        asked: what was asked before.
    """
    about = scene_of_command(index, place)
    if about is None:
        return None
    known: _Known = {}
    for scene in scenes(index):
        if scene.at_us >= about.at_us:
            break
        _learn(known, index, scene)
    return _first(index, about, known, asked)


def _first(index: Index, scene: Scene, known: _Known, asked: Asked) -> Question | None:
    for candidate in _candidates(index, scene, known):
        if asked.allows(candidate):
            question = _question(index, scene, candidate)
            if question is not None:
                return question
    return None


def _candidates(index: Index, scene: Scene, known: _Known) -> Iterator[Candidate]:
    """Yield what could be asked and is not obvious, the most telling first."""
    if len(scene.attempts) > 1:
        if scene.attempts[0].number == 1:
            yield from _news(known, [how_many(index, scene)])
        return
    word = outcome_of(index, Measure.WORD, scene.attempts)
    if word is not None and known.get((Topic.START, start_situation(scene))) != word.key:
        yield from _news(known, [start(index, scene)])
    yield from _news(known, [finish(index, scene)])
    if scene.attempts[0].number == 1:
        yield from how_long(index, scene)


def _news(known: _Known, candidates: Iterable[Candidate | None]) -> Iterator[Candidate]:
    """Yield candidates whose situation the run has not shown, or whose answer is another now."""
    for candidate in candidates:
        if candidate is None:
            continue
        before = known.get((candidate.topic, candidate.situation))
        if before is None or before != _answer(candidate.topic, candidate.outcome.key):
            yield candidate


def _learn(known: _Known, index: Index, scene: Scene) -> None:
    """Take what events showed, once they came."""
    if len(scene.attempts) > 1:
        shown = how_many(index, scene)
        if shown is not None:
            known[shown.topic, shown.situation] = _answer(shown.topic, shown.outcome.key)
        return
    word = outcome_of(index, Measure.WORD, scene.attempts)
    if word is not None:
        known[Topic.START, start_situation(scene)] = word.key
    if finish_case(index, scene):
        ended = finish(index, scene)
        if ended is not None:
            known[ended.topic, ended.situation] = ended.outcome.key


def _answer(topic: Topic, key: str) -> str:
    """Return what counts as the same answer: of numbers, only whether there are any."""
    return str(key != "0") if topic is Topic.HOW_MANY else key


def _told(one: Candidate | Question) -> tuple[Topic, Measure, tuple[str, ...], str]:
    if one.topic is Topic.HOW_LONG:
        # Every event takes a little longer or shorter: that makes no new question.
        return one.topic, one.measure, one.situation, ""
    return one.topic, one.measure, one.situation, one.outcome.key


def _question(index: Index, scene: Scene, candidate: Candidate) -> Question | None:
    options = _options(index, candidate, scene.attempts[0].event)
    if len(options) < 2:
        return None
    return Question(
        topic=candidate.topic,
        measure=candidate.measure,
        attempts=scene.attempts,
        asked_us=scene.asked_us,
        situation=candidate.situation,
        about=wording.who(index, scene),
        facts=candidate.facts,
        asks=candidate.asks,
        options=options,
        outcome=candidate.outcome,
    )


def _options(index: Index, candidate: Candidate, event: int) -> tuple[Option, ...]:
    """Choose wrong options and put all in order; both by draws that hold for this event alone."""
    true = candidate.true
    wrong: dict[str, Option] = {}
    for option in candidate.wrong:
        if option.key != true.key and option.words != true.words:
            wrong.setdefault(option.key, option)
    draw = index.chance.stream(f"prediction {candidate.topic.value}").draw

    def drawn(place: int) -> float:
        return draw(event * 16 + place)

    # Those that a rule refutes come before those that are merely wrong.
    likely = sorted(range(len(wrong)), key=drawn)
    every = [list(wrong.values())[place] for place in likely]
    every.sort(key=lambda option: option.refutation is None)
    chosen = [true, *every[:_MOST_WRONG]]
    if candidate.topic in (Topic.HOW_MANY, Topic.HOW_LONG):
        return tuple(sorted(chosen, key=attrgetter("size")))
    order = sorted(range(len(chosen)), key=lambda place: drawn(8 + place))
    return tuple(chosen[place] for place in order)
