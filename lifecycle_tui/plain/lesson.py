"""A lesson in lines: captions, questions, goals that tick as sentences, hints, recap and card."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.lessons.model import Card, Check, Picture, Predict, Recap
from lifecycle_tui.lessons.playing.keeping import ProgressKeeper
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.playing.steps import Level, Step
from lifecycle_tui.lessons.playing.words import reached_words, score_words, verdict_words
from lifecycle_tui.lessons.staging import RefusedError
from lifecycle_tui.lessons.wording import with_daggers
from lifecycle_tui.plain.answering import HOW_SURE, prompt, question_lines, read_answer
from lifecycle_tui.plain.repl import Repl
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.plain.verbs import ANSWERS, LESSON, SESSION, PlainVerb
from lifecycle_tui.plain.wording import without_keys
from lifecycle_tui.play.note import Note
from lifecycle_tui.readings.words import at
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.units.translation import tr, tr_later, tr_many

if TYPE_CHECKING:
    from lifecycle_tui.play.contrasts import Contrast

MOST_LOOKS: Final = 3_000
"""While time passes a goal is looked at at so many moments; of longer stories only at the end."""
_NOT_HERE: Final = ("predict",)


class LessonRepl(Repl):
    """A lesson in lines.

    Args:
        run: the lesson.
        talk: who is talked to.
        after: what going on after the last step leads to, in words.
    """

    verbs: tuple[PlainVerb, ...] = (
        *LESSON,
        *ANSWERS,
        *(verb for verb in SESSION if verb.word not in _NOT_HERE),
    )

    def __init__(self, run: LessonRun, talk: Talk, after: str) -> None:
        super().__init__(run.session, talk)
        self.lesson_run = run
        self.after = after
        self.done = False
        """Whether the learner went on after the last step."""
        self.goes_to: str | None = None
        """The lesson that the learner wants to go to instead."""
        self._said = (-1, Phase.OVER)
        """The step and the phase that were told last."""
        self._ticks: tuple[bool, ...] = ()
        self._broken: tuple[str, ...] = ()
        self._hints = 0
        self._trouble = ""
        for word in _NOT_HERE:
            self._acts.pop(word)
        self._acts |= {
            "next": self._next,
            "hint": self._hint,
            "goal": lambda _: self.present(),
            "again": self._again,
            "lessons": self._lessons,
            "lesson": self._lesson,
            "skip": self._skip,
            "1": self._no_question,
            "a": self._no_question,
        }

    @property
    def prompt(self) -> str:
        """What stands before a line that is typed."""
        run = self.lesson_run
        if run.phase is Phase.ASKED and run.asked is not None:
            return prompt(len(run.asked.options), run.chosen)
        return "goal" if run.phase is Phase.GOAL else "next"

    def begin(self) -> None:
        """Say what lesson it is, and the first step."""
        lesson = self.lesson_run.lesson
        if not self.lesson_run.step.is_recalled:
            words = tr(
                "Lesson {number}: {title}. About {minutes} minutes.",
                number=lesson.order,
                title=lesson.title,
                minutes=lesson.minutes,
            )
            self.talk.say(words)
        self.talk.say(
            tr("help lists every verb; next goes on; quit leaves, and keeps where you are.")
        )
        self.teller.skip()
        self._follow()

    # Lines.

    def take(self, line: str) -> None:
        """Carry out one line: an answer while a question is open, else a verb."""
        run = self.lesson_run
        said = read_answer(line) if run.phase is Phase.ASKED else None
        if said is None:
            super().take(line)
            return
        if said.place is not None:
            note = run.choose(said.place)
            if note is not None:
                self.refuse(note)
                return
        if said.confidence:
            self._attempt(lambda: run.sure(said.confidence))
        elif run.chosen is not None:
            self.talk.say(tr(HOW_SURE))

    def do(self, word: str, statement: Statement) -> None:
        """Carry out what a line says, unless the lesson is against it."""
        words = self.lesson_run.refusal(word)
        if words:
            self.refuse(Note(words, refused=True))
            return
        super().do(word, statement)
        self._attempt(self.lesson_run.look)

    def fork_with(self, contrast: Contrast) -> None:
        """Try out what would have made a difference, unless the lesson is against forks."""
        words = self.lesson_run.refusal("fork")
        if words:
            self.refuse(Note(words, refused=True))
            return
        super().fork_with(contrast)
        self._attempt(self.lesson_run.look)

    def pass_time(self) -> None:
        """Let time pass; what is to be reached is looked at at every moment."""
        run, player = self.lesson_run, self.session.player
        before_us = self.session.at_us
        player.to_stop()
        until_us, halt = self.session.at_us, player.transport.halt
        moments = [us for us in player.track.times_us if before_us < us < until_us]
        if run.phase is not Phase.GOAL or len(moments) > MOST_LOOKS:
            return
        edge_us = player.edge_us
        for moment_us in moments:
            player.load(player.track, at_us=moment_us, edge_us=edge_us)
            run.look()
            if self.lesson_run.phase is not Phase.GOAL:
                break
        player.load(player.track, at_us=until_us, edge_us=edge_us)
        player.pause(halt)

    # Verbs.

    def _next(self, rest: str) -> None:  # noqa: ARG002 - as all acts
        run = self.lesson_run
        if run.phase is Phase.OVER:
            self.done = self.over = True
            return
        self._attempt(run.next)
        if self.lesson_run.phase is Phase.OVER:
            told = run.told.values()
            if told:
                self.talk.say(score_words(sum(each.is_right for each in told), len(told)))
            self.done = self.over = True

    def _hint(self, rest: str) -> None:  # noqa: ARG002
        self._attempt(self.lesson_run.hint)

    def _again(self, rest: str) -> None:  # noqa: ARG002
        self._said = (-1, Phase.OVER)
        self._attempt(self.lesson_run.again)

    def _skip(self, rest: str) -> None:  # noqa: ARG002
        if self.lesson_run.phase is Phase.ASKED:
            self._attempt(self.lesson_run.skip)
        else:
            self._no_question("")

    def _no_question(self, rest: str) -> None:  # noqa: ARG002
        self.refuse(Note(tr("no question is open"), refused=True))

    def _lessons(self, rest: str) -> None:  # noqa: ARG002
        self.goes_to = ""
        self.over = True

    def _lesson(self, rest: str) -> None:
        if not rest:
            self.refuse(Note(tr("which lesson? as lesson doom-loop"), refused=True))
            return
        self.goes_to = rest
        self.over = True

    def _attempt(self, do: Callable[[], Note | None]) -> None:
        """Do something with the lesson, and tell what came of it."""
        try:
            note = do()
        except (RefusedError, ScenarioError) as error:
            note = Note(tr("this lesson is wrong: {error}", error=error), refused=True)
            self.wrong += 1
        self.talk.note(note)
        try:
            self._follow()
        except (RefusedError, ScenarioError) as error:
            self.refuse(Note(tr("this lesson is wrong: {error}", error=error), refused=True))

    # Telling.

    def _follow(self) -> None:
        """Tell what has changed: another step or phase, hints, parts of the goal."""
        run = self.lesson_run
        while True:
            if run.session is not self.session:
                self.session = run.session
                self.teller.follow(run.session)
            if run.phase is not Phase.WATCH:
                break
            self.talk.say(*(tr("The lesson does: {line}", line=line) for line in self._lines()))
            run.next()
            self.tell_news()
        if (run.at, run.phase) != self._said:
            new_step = run.at != self._said[0]
            self._said = (run.at, run.phase)
            self._ticks, self._broken = run.ticks, ()
            self._hints = run.hints.get(run.at, 0) if not new_step else 0
            self.present(new_step=new_step)
        self._tell_hints()
        if run.phase is Phase.GOAL:
            self._tell_goal()
        keeper = run.keeper
        trouble = keeper.trouble if isinstance(keeper, ProgressKeeper) else ""
        if trouble != self._trouble:
            self._trouble = trouble
            self.talk.say(trouble)

    def _lines(self) -> Iterator[str]:
        """Yield the commands that the lesson runs just now."""
        run = self.lesson_run
        step = run.step
        if isinstance(step.does, Check) and step.solution is not None and self._said[0] == run.at:
            yield from (line.text for line in step.solution.lines)
        elif run.asked is not None and isinstance(step.does, Predict):
            yield from (line.text for line in step.does.after)
        elif step.stage is not None:
            yield from (line.text for line in step.stage.lines)

    def present(self, *, new_step: bool = True) -> None:
        """Say what the step is about just now."""
        run = self.lesson_run
        step, talk = run.step, self.talk
        if run.phase is Phase.OVER:
            return
        if new_step:
            self._head(step)
        does = step.does
        if run.phase is Phase.READ:
            talk.say(tr("next shows it."))
        elif run.phase is Phase.ASKED and run.asked is not None:
            talk.say(
                *question_lines(
                    without_keys(run.asked.ask), [without_keys(o) for o in run.asked.options]
                )
            )
        elif run.phase is Phase.TOLD:
            self._verdict()
        elif run.phase is Phase.GOAL and isinstance(does, Check):
            self._goal(does)
        elif run.phase is Phase.REACHED and isinstance(does, Check):
            par = does.par or step.lesson.par
            talk.say(tr("Done: all of it."), reached_words(run.reached[run.at], par))
        elif isinstance(does, Recap):
            for fact in does.facts:
                talk.tell(without_keys(f"{fact.text} {_cited(fact.rules)}"), "- ")
        elif isinstance(does, Card):
            talk.say(
                tr("Card: {title}", title=does.title),
                *(line for line in does.lines if line.strip()),
            )
        if run.phase in (Phase.TOLD, Phase.REACHED, Phase.SHOW):
            last = run.at == len(run.steps) - 1
            talk.say(tr("next: {after}.", after=self.after) if last else tr("next goes on."))

    def _head(self, step: Step) -> None:
        """Say where one is, and the prose of the step."""
        run, talk = self.lesson_run, self.talk
        title = step.beat.title
        if step.is_recalled:
            title = tr("from {lesson}, asked again", lesson=step.lesson.title)
        stop = "" if title.endswith(("?", "!")) else "."
        where = tr(
            "Step {number} of {count}: {title}",
            number=run.at + 1,
            count=len(run.steps),
            title=title,
        )
        talk.say("", f"{where}{stop}")
        for part in step.says:
            if isinstance(part, Picture):
                talk.say(*part.lines)
            else:
                talk.tell(without_keys(with_daggers(part.text)), part.mark)
        if step.needs_its_story and self.session.at_us:
            talk.say(
                tr(
                    "The story stands at t {moment}; state tells of it.",
                    moment=at(self.session.at_us),
                )
            )

    def _verdict(self) -> None:
        told = self.lesson_run.told[self.lesson_run.at]
        word, words = verdict_words(told)
        self.talk.tell(f"{tr(word)}. {without_keys(words)}")
        if told.say:
            self.talk.tell(without_keys(told.say))
        self.talk.tell(without_keys(f"{told.explain} {_cited(told.rules)}").strip())

    def _goal(self, check: Check) -> None:
        run, talk = self.lesson_run, self.talk
        talk.tell(tr("Goal: {goal}", goal=without_keys(check.goal)))
        if run.level is not Level.GOAL:
            for goal, met in zip(check.all, run.ticks, strict=True):
                talk.tell(
                    tr("Done: {goal}", goal=goal.text)
                    if met
                    else tr("To do: {goal}", goal=goal.text),
                    "- ",
                )
        hints = len(run.step.hints)
        told = tr("No hints.")
        if hints:
            told = tr_many(
                "{count:,} hint: hint opens one.", "{count:,} hints: hint opens one.", hints
            )
        talk.say(f"{tr('Par {count}.', count=run.par)} {told}")

    def _tell_goal(self) -> None:
        """Say which parts of the goal have come or gone, and what stands against it."""
        run = self.lesson_run
        check = run.step.does
        assert isinstance(check, Check)
        if run.level is not Level.GOAL:
            for goal, before, now in zip(check.all, self._ticks, run.ticks, strict=False):
                if before != now:
                    words = tr_later("Done: {goal}.") if now else tr_later("No longer: {goal}.")
                    self.talk.say(tr(words, goal=goal.text))
        for text in run.broken:
            if text not in self._broken:
                self.talk.say(tr("But not with {text}.", text=text))
        self._ticks, self._broken = run.ticks, run.broken

    def _tell_hints(self) -> None:
        shown_now = self.lesson_run.hints_shown
        for number, text in enumerate(shown_now[self._hints :], start=self._hints + 1):
            self.talk.tell(
                tr(
                    "Hint {number} of {count}: {text}",
                    number=number,
                    count=len(self.lesson_run.step.hints),
                    text=without_keys(text),
                )
            )
        self._hints = len(shown_now)


def _cited(rules: tuple[str, ...]) -> str:
    return " ".join(with_daggers(f"[{rule}]") for rule in rules)
