"""The run of a lesson: what comes after what, what is kept, and what the learner may do."""

from __future__ import annotations

import pytest

from lifecycle_tui.lessons.model import Lesson
from lifecycle_tui.lessons.playing.keeping import ProgressKeeper
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.playing.steps import Level, steps_of
from lifecycle_tui.lessons.progress import Status, Store
from tests.lessons.playing.runs import Diary, begin, give, phase_of, to
from tests.lessons.shipped import course

SECOND = 1_000_000


def test_read_watch_answer_and_be_told() -> None:
    run = begin()
    assert phase_of(run) is Phase.READ
    assert run.session.at_us == 0
    run.next()
    assert phase_of(run) is Phase.WATCH
    assert run.line == "wait until idle"
    run.next()
    assert phase_of(run) is Phase.ASKED
    assert run.asked is not None
    assert run.asked.options == ("COLD, as the first was", "WARM, without Init")
    assert run.session.at_us > 0
    run.choose(0)
    assert phase_of(run) is Phase.ASKED
    run.sure("certain")
    assert phase_of(run) is Phase.WATCH
    run.next()
    assert phase_of(run) is Phase.TOLD
    told = run.told[0]
    assert (told.chosen, told.right, told.is_right) == (0, 1, False)
    assert told.say.startswith("It waited ")
    assert "{" not in told.say + told.explain
    run.next()
    assert phase_of(run) is Phase.GOAL


def test_a_stage_is_seen_to_pass() -> None:
    """Time is played until the moment to which the commands lead, and not beyond."""
    run = begin()
    run.next()
    seen = []
    for _ in range(400):
        run.advance(0.1)
        if run.phase is not Phase.WATCH:
            break
        seen.append(run.session.at_us)
    assert phase_of(run) is Phase.ASKED
    assert seen == sorted(seen)
    assert len(set(seen)) > 5
    skipped = begin()
    skipped.next()
    skipped.next()
    assert run.session.at_us == skipped.session.at_us
    assert run.session.player.edge_us == skipped.session.player.edge_us


def test_a_long_stage_does_not_take_long() -> None:
    """Two minutes in which an event comes every second are played in a few seconds."""
    rest = "- wait until idle\n```\n\n```yaml predict"
    run = begin((f"- fire\n{rest}", f"- fire count=120 over=2m\n{rest}"))
    run.next()
    waited_s = 0.0
    while run.phase is Phase.WATCH:
        run.advance(0.1)
        waited_s += 0.1
        assert waited_s < 6
    assert run.session.at_us > 119 * SECOND
    assert run.session.transport.speed == 1.0


def test_a_stage_that_is_paused_waits() -> None:
    run = begin()
    run.next()
    run.session.player.pause()
    before_us = run.session.at_us
    run.advance(1.0)
    assert run.session.at_us == before_us
    run.next()
    assert phase_of(run) is Phase.ASKED


def test_a_question_that_is_open_is_not_run_past() -> None:
    run = to(begin(), Phase.ASKED)
    asked_us = run.session.at_us
    assert run.next() is not None
    run.session.player.play()
    for _ in range(20):
        run.advance(0.2)
        run.look()
    assert run.session.at_us == asked_us
    run.session.player.to_edge()
    run.look()
    assert run.session.at_us == asked_us
    assert run.session.player.edge_us == asked_us
    run.session.player.seek(0)
    run.look()
    assert run.session.at_us == 0
    run.choose(1)
    run.sure("guess")
    run.next()
    assert run.told[0].is_right


def test_commands_wait_for_the_answer() -> None:
    run = to(begin(), Phase.ASKED)
    assert "waits for your answer" in run.refusal("fire")
    assert run.refusal("seek") == ""
    to(run, Phase.GOAL)
    assert run.refusal("fire") == ""


def test_verbs_that_the_lesson_does_not_have_are_refused_with_those_that_it_has() -> None:
    run = to(begin(), Phase.GOAL)
    assert run.refusal("set") == "set is no part of this lesson; it has fire, burst"
    assert run.refusal("play") == run.refusal("step") == ""
    assert "q leaves" in run.refusal("load")
    again = to(begin(("allow: [fire,", "allow: [restart, fire,")), Phase.GOAL)
    assert again.refusal("set").endswith("restart begins again with other settings")
    free = to(begin(("allow: [fire, burst, wait]\n", "")), Phase.GOAL)
    assert free.refusal("set") == ""


def test_while_the_lesson_shows_something_nothing_else_is_done() -> None:
    run = begin()
    run.next()
    assert "n skips" in run.refusal("fire")


def test_parts_of_a_goal_tick_and_moves_count() -> None:
    run = to(begin(), Phase.GOAL)
    assert run.goal == "Make three events start cold."
    assert (run.ticks, run.goal_moves, run.par) == ((False,), 0, 1)
    give(run, "fire")
    assert (run.ticks, run.goal_moves) == ((False,), 1)
    give(run, "wait 1s")
    assert run.goal_moves == 1
    give(run, "undo")
    assert run.goal_moves == 2
    give(run, "burst 4")
    give(run, "wait until idle")
    assert phase_of(run) is Phase.REACHED
    assert run.reached[1] == (3, False)
    assert run.ticks == (True,)


def test_a_goal_ticks_while_time_passes() -> None:
    run = to(begin(("start == 'cold') >= 3", "status == 'ok') >= 3")), Phase.GOAL)
    before_us = run.session.at_us
    give(run, "fire")
    assert run.session.player.playing, "what the learner sends is played at once"
    for _ in range(100):
        run.advance(0.1)
        run.look()
        if run.phase is Phase.REACHED:
            break
    assert phase_of(run) is Phase.REACHED
    assert before_us < run.session.at_us < before_us + 3 * SECOND


def test_what_is_forbidden_keeps_a_goal_open() -> None:
    run = to(begin(("forbid: [cfg.pc > 0]", "forbid: [run.events > 4]")), Phase.GOAL)
    give(run, "burst 9")
    give(run, "wait until idle")
    assert phase_of(run) is Phase.GOAL
    assert run.ticks == (True,)
    assert run.broken == ("run.events > 4",)


def test_a_goal_that_is_reached_stays_reached() -> None:
    run = to(begin(), Phase.REACHED)
    give(run, "undo")
    assert phase_of(run) is Phase.REACHED


def test_hints_come_one_by_one_and_then_a_way_is_shown() -> None:
    diary = Diary()
    run = to(begin(diary=diary), Phase.GOAL)
    assert run.hints_shown == ()
    refused = run.next()
    assert refused is not None
    assert "3 hints left" in refused.text
    for count in (1, 2, 3):
        assert run.hint() is None
        assert len(run.hints_shown) == count
    last = run.hint()
    assert last is not None
    assert last.refused
    assert diary.lines.count("hinted second-event") == 3
    again = run.next()
    assert again is not None
    assert "n again shows a way" in again.text
    assert run.next() is None
    assert phase_of(run) is Phase.WATCH
    run.next()
    assert phase_of(run) is Phase.REACHED
    assert run.reached[1] == (0, True)


def test_hints_have_their_place() -> None:
    run = begin()
    note = run.hint()
    assert note is not None
    assert note.refused
    note = to(run, Phase.ASKED).hint()
    assert note is not None
    assert note.text == "there is no hint here"


def test_the_story_is_brought_back_to_where_the_lesson_goes_on() -> None:
    """Whatever the learner did for a goal, what comes next is asked of the lesson's own story."""
    more = (
        "## Take along {#recap}\n",
        (
            "## More {#more}\n\n```yaml predict\nid: more\nask: How many cold starts?\n"
            'options: {"3": three, "4": four}\nanswer: run.cold\nrefute:\n'
            '  "4": {say: Count them.}\nrules: [CON-01]\n```\n\n## Take along {#recap}\n'
        ),
    )
    proper = to(begin(more), Phase.REACHED)
    assert proper.next() is None, "the solution leads where the lesson goes on"
    run = to(begin(more), Phase.GOAL)
    give(run, "burst 7")
    give(run, "wait until idle")
    assert phase_of(run) is Phase.REACHED
    cold = run.session.index.ended_us
    note = run.next()
    assert note is not None
    assert note.text == "the lesson goes on with a run of its own"
    assert run.session.index.ended_us != cold
    run.choose(0)
    run.sure("think")
    assert run.told[2].is_right


def test_looking_back_leaves_the_run_alone() -> None:
    run = to(begin(), Phase.GOAL)
    give(run, "fire")
    before_us = run.session.at_us
    assert run.back() is None
    assert run.looks_back
    assert run.seen is run.steps[0]
    first = run.back()
    assert first is not None
    assert first.refused
    run.next()
    assert run.looking == run.at
    assert phase_of(run) is Phase.GOAL
    assert (run.session.at_us, run.goal_moves) == (before_us, 1)


def test_a_step_begins_again() -> None:
    run = to(begin(), Phase.GOAL)
    start_us = run.session.at_us
    give(run, "fire")
    give(run, "wait 5s")
    run.again()
    assert phase_of(run) is Phase.GOAL
    assert (run.session.at_us, run.goal_moves, run.moves) == (start_us, 0, 0)
    assert not run.session.live[2:]


def test_skipping_tells_and_keeps_no_answer() -> None:
    diary = Diary()
    run = to(begin(diary=diary), Phase.ASKED)
    run.skip()
    run.next()
    assert run.told[0].chosen is None
    assert run.told[0].right == 1
    assert not [line for line in diary.lines if line.startswith("answered")]


def test_choosing_has_its_bounds() -> None:
    run = to(begin(), Phase.ASKED)
    note = run.sure("think")
    assert note is not None
    assert note.text == "choose first: 1-2"
    note = run.choose(2)
    assert note is not None
    assert note.refused
    assert run.chosen is None
    to(run, Phase.GOAL)
    assert run.choose(0) is run.sure("think") is None
    assert run.chosen is None


def test_what_is_kept() -> None:
    diary = Diary()
    run = to(begin(diary=diary), Phase.ASKED)
    run.choose(0)
    run.sure("certain")
    to(run, Phase.OVER)
    assert diary.lines == [
        "reached second-event#look 0",
        "answered second-event.second cold certain 7 False tested - believed -",
        "reached second-event#change 0",
        "reached second-event#change 1",
        "solved second-event#three-colds 3",
        "reached second-event#recap 1",
        "completed second-event 1",
        "reached second-event#recap 1",
    ]


def test_believed_misconceptions_are_kept() -> None:
    diary = Diary()
    run = to(begin(('cold: {say: "It waited', 'cold: {m: COLD-ONCE, say: "It waited'),
                   diary=diary), Phase.ASKED)  # fmt: skip
    run.choose(0)
    run.sure("guess")
    run.next()
    assert diary.lines[-1].endswith("False tested COLD-ONCE believed COLD-ONCE")


def test_progress_is_written_at_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store(tmp_path_factory.mktemp("state") / "progress.json")
    keeper = ProgressKeeper(store, lambda: "2026-01-02T03:04:05+00:00")
    run = LessonRun(begin().steps, keeper=keeper)
    to(run, Phase.GOAL)
    kept = Store(store.path).read().lesson("second-event")
    assert kept is not None
    assert (kept.status, kept.beat, kept.first_seen[:4]) == (Status.STARTED, "change", "2026")
    to(run, Phase.OVER)
    kept = Store(store.path).read().lesson("second-event")
    assert kept is not None
    assert (kept.status, kept.best) == (Status.DONE, 1)


def test_what_cannot_be_kept_is_said_and_the_lesson_goes_on(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("state") / "in-the-way"
    folder.write_text("a file")
    keeper = ProgressKeeper(Store(folder / "progress.json"), lambda: "now")
    run = LessonRun(begin().steps, keeper=keeper)
    assert "progress" in keeper.trouble
    to(run, Phase.OVER)


def test_levels_are_played_to_their_end() -> None:
    for level in Level:
        for challenges in (False, True):
            run = to(begin(level=level, challenges=challenges), Phase.OVER)
            assert [each.shown for each in run.reached.values()] == [False]


def test_there_is_always_a_goal() -> None:
    for lesson in course().lessons:
        for place in range(len(steps_of(lesson))):
            assert LessonRun(steps_of(lesson), at=place).goal


@pytest.mark.parametrize("lesson", course().lessons, ids=lambda each: each.id)
def test_every_lesson_of_the_course_is_played_through_its_solutions(lesson: Lesson) -> None:
    run = to(LessonRun(steps_of(lesson)), Phase.OVER)
    assert all(told.right >= 0 for told in run.told.values())
    assert not any(each.shown for each in run.reached.values())
    assert len(run.told) == len(lesson.predictions)
    assert len(run.reached) == len(lesson.checks)
