"""The run of a lesson: one step after the other on a session, whoever shows it.

Where a step has a stage or asks something, the session is first brought to where the lesson's own
story stands then, whatever the learner did before: what is asked is asked of a known run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from lifecycle_tui.lessons.model import Check, Predict, Recap
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.playing.asking import asked_of, tested_by, told_of
from lifecycle_tui.lessons.playing.canon import Canon, bring
from lifecycle_tui.lessons.playing.goal import Goal
from lifecycle_tui.lessons.playing.keeping import Keeper
from lifecycle_tui.lessons.playing.script import Script
from lifecycle_tui.lessons.playing.standing import Phase, Reached, Standing
from lifecycle_tui.lessons.playing.steps import Level, Step
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.player import Halt
from lifecycle_tui.units.translation import tr, tr_many

__all__ = ["LessonRun", "Phase"]


class LessonRun(Standing):
    """A learner in a sequence of steps.

    Args:
        steps: at least one.
        level: how much help there is.
        keeper: keeps what the learner does.
        at: the step to begin with.
        moves: moves of the steps before it.

    Raises:
        ScenarioError: a scenario cannot be read.
        RefusedError: a command of a lesson cannot be carried out.
    """

    def __init__(
        self,
        steps: Sequence[Step],
        *,
        level: Level = Level.GUIDED,
        keeper: Keeper | None = None,
        at: int = 0,
        moves: int = 0,
    ) -> None:
        super().__init__(steps, level, moves)
        self.keeper: Keeper = keeper or Keeper()
        self._completed: set[str] = set()
        self._then: Callable[[], None] | None = None
        self._source: tuple[str, int | None] | None = None
        self._wants_way = False
        self._goal: Goal | None = None
        self._asked_us = 0
        self._edge_us = 0
        self._enter(at)

    # What the learner does.

    def next(self) -> Note | None:
        """Go on: to what comes next of a step, or to the next step."""
        if self.looks_back:
            self.looking += 1
            return None
        match self.phase:
            case Phase.READ:
                self._play_stage()
            case Phase.WATCH:
                if self._script is not None:
                    self._script.skip()
                self._watched()
            case Phase.ASKED:
                return Note(
                    tr("first your answer: {answer}", answer=self.how_to_answer()), refused=True
                )
            case Phase.GOAL:
                return self._give_up()
            case _:
                return self._enter(self.at + 1)
        return None

    def back(self) -> Note | None:
        """Look at the step before; the run stays as it is."""
        if self.looking == 0:
            return Note(tr("this is the first step"), refused=True)
        self.looking -= 1
        return None

    def choose(self, place: int) -> Note | None:
        """Choose an option; it is the answer once the learner says how sure."""
        if self.phase is not Phase.ASKED or self.asked is None:
            return None
        self.looking = self.at
        if not 0 <= place < len(self.asked.options):
            return Note(self.how_to_answer(), refused=True)
        self.chosen = place
        return None

    def sure(self, confidence: str) -> Note | None:
        """Answer with the chosen option."""
        if self.phase is not Phase.ASKED:
            return None
        if self.chosen is None:
            return Note(tr("choose first: {numbers}", numbers=self.numbers()), refused=True)
        self._answer(confidence)
        return None

    def skip(self) -> None:
        """Let the question go; what is true is told all the same."""
        if self.phase is Phase.ASKED:
            self.chosen = None
            self._answer("")

    def hint(self) -> Note | None:
        """Open one more hint."""
        if self.phase not in (Phase.ASKED, Phase.GOAL):
            return Note(tr("there is nothing to solve here · n goes on"), refused=True)
        self.looking = self.at
        opened, most = self.hints.get(self.at, 0), len(self.step.hints)
        if opened == most:
            if most:
                return Note(tr("that was the last hint"), refused=True)
            return Note(tr("there is no hint here"), refused=True)
        self.hints[self.at] = opened + 1
        self.keeper.hinted(self.lesson.id)
        return None

    def again(self) -> None:
        """Begin the present step again, with the story as it was then."""
        self.told.pop(self.at, None)
        self.reached.pop(self.at, None)
        self.moves = self._before
        self._source = None
        self._enter(self.at)

    def go_to(self, place: int) -> None:
        """Go to any step, with the story as the lesson has it there."""
        self._enter(place)

    def look(self) -> None:
        """Notice what the learner did to the session: after every command and every frame."""
        if self.phase is Phase.ASKED:
            self._hold_time()
        goal = self._goal
        if self.phase is not Phase.GOAL or goal is None:
            return
        reached = goal.look()
        self.moves = self._before + goal.moves
        self.ticks, self.broken = goal.ticks, goal.broken
        if reached:
            self._reach(shown=False)

    def advance(self, wall_seconds: float) -> None:
        """Let wall time pass."""
        if self.phase is Phase.WATCH and self._script is not None:
            self._script.advance(wall_seconds)
            if self._script.done:
                self._watched()
        else:
            self.session.tick(wall_seconds)

    # Inside.

    def _enter(self, place: int) -> Note | None:
        """Begin a step, and say so if the story had to be brought back for it."""
        if place >= len(self.steps):
            self._complete()
            self.phase = Phase.OVER
            return None
        self.at = self.looking = place
        step = self.step
        self.chosen = self.asked = self._script = self._then = self._goal = None
        self.ticks = self.broken = ()
        self._wants_way = False
        self._before = self.moves
        changed = self._bring_story(step)
        if not step.is_recalled:
            self.keeper.reached(step.lesson.id, step.beat.id, self.moves)
        if isinstance(step.does, Recap):
            self._complete()
        if step.stage is None:
            self._open()
        elif step.says and step.shows:
            self.phase = Phase.READ
        else:
            self._play_stage()
        return Note(tr("the lesson goes on with a run of its own")) if changed else None

    def _bring_story(self, step: Step) -> bool:
        source = (step.lesson.id, step.seed)
        is_new = source != self._source
        if is_new:
            lesson = step.lesson
            plan = load_plan(lesson, seed=step.seed)
            plan = replace(plan, title=f"{lesson.order}. {lesson.title}")
            self._staged, self._canon = Staged(plan), Canon(step.lesson, plan)
            self._source = source
        if not is_new and not step.needs_its_story:
            return False
        changed = bring(self.session, self._canon.before(step.start))
        self.session.player.pause(Halt.ANSWER)
        return changed and not is_new

    def _play_stage(self) -> None:
        stage = self.step.stage
        assert stage is not None
        self._watch(Script(self._staged, stage.lines), self._open)

    def _watch(self, script: Script, then: Callable[[], None]) -> None:
        self.phase = Phase.WATCH
        self._script, self._then = script, then
        if script.done:
            self._watched()

    def _watched(self) -> None:
        then, self._then, self._script = self._then, None, None
        # What the learner sends next is played at once: time rests here of its own accord.
        self.session.player.pause(Halt.ANSWER)
        if then is not None:
            then()

    def _open(self) -> None:
        """Let the learner do what the step is for."""
        does = self.step.does
        if isinstance(does, Predict):
            self.phase = Phase.ASKED
            self.asked = asked_of(does, self._staged.names)
            self._asked_us = self.session.at_us
            self._edge_us = self.session.player.edge_us
        elif isinstance(does, Check):
            self.phase = Phase.GOAL
            self._goal = Goal(does, self._staged)
            self.ticks, self.broken = self._goal.ticks, self._goal.broken
        else:
            self.phase = Phase.SHOW

    def _answer(self, confidence: str) -> None:
        does = self.step.does
        assert isinstance(does, Predict)
        player = self.session.player
        player.pause()
        player.load(player.track, at_us=self._asked_us, edge_us=self._edge_us)
        chosen = self.chosen
        self._watch(Script(self._staged, does.after), lambda: self._tell(does, chosen, confidence))

    def _tell(self, predict: Predict, chosen: int | None, confidence: str) -> None:
        assert self.asked is not None
        told = told_of(predict, self.asked, self._staged.names, chosen, confidence)
        self.told[self.at] = told
        self.chosen = None
        self.phase = Phase.TOLD
        if chosen is not None:
            self.keeper.answered(
                self.step.question,
                predict.options[chosen].key,
                self.session.base.seed,
                confidence,
                correct=told.is_right,
                tested=tested_by(predict),
                believed=told.misconception,
            )

    def _hold_time(self) -> None:
        """Keep the learner from seeing what is asked about."""
        player = self.session.player
        if player.at_us > self._asked_us or player.edge_us > self._edge_us or player.playing:
            at_us = min(player.at_us, self._asked_us)
            player.pause(Halt.ANSWER)
            player.load(player.track, at_us=at_us, edge_us=self._edge_us)

    def _reach(self, *, shown: bool) -> None:
        check = self.step.does
        assert isinstance(check, Check)
        self.ticks = (True,) * len(check.all)
        self.phase = Phase.REACHED
        self.reached[self.at] = Reached(self.goal_moves, shown)
        self.keeper.reached(self.lesson.id, self.step.beat.id, self.moves)
        if not shown:
            self.keeper.solved(self.lesson, check.id, self.session)

    def _give_up(self) -> Note | None:
        """Show the solution, once there is no hint left."""
        step = self.step
        left = len(step.hints) - self.hints.get(self.at, 0)
        if left:
            told = tr_many(
                "not reached yet · h: {count:,} hint left, then n shows a way",
                "not reached yet · h: {count:,} hints left, then n shows a way",
                left,
            )
            return Note(told, refused=True)
        if step.solution is None:
            return Note(tr("not reached yet, and the lesson has no solution"), refused=True)
        if not self._wants_way:
            self._wants_way = True
            return Note(tr("not reached yet · n again shows a way"), refused=True)
        bring(self.session, self._canon.before(step.start))
        stage = () if step.stage is None else step.stage.lines
        self._staged.run(stage)
        script = Script(self._staged, step.solution.lines)
        self._watch(script, lambda: self._reach(shown=True))
        return None

    def _complete(self) -> None:
        lesson = self.step.lesson
        if not self.step.is_recalled and lesson.id not in self._completed:
            self._completed.add(lesson.id)
            shown = any(each.shown for each in self.reached.values())
            self.keeper.completed(lesson.id, self.moves, shown=shown)
