"""A lesson in steps: what belongs together, and what a level leaves out."""

from __future__ import annotations

from lifecycle_tui.lessons.model import Card, Check, Predict, Prose, Recap
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.playing.steps import Level, Step, steps_of
from tests.lessons.playing.runs import example


def told(steps: tuple[Step, ...]) -> list[tuple[str, int, bool, str]]:
    """Return of each step its beat, how many texts it has, whether a stage, and what it does."""
    return [
        (s.beat.id, len(s.says), s.stage is not None, type(s.does).__name__ if s.does else "")
        for s in steps
    ]


def test_prose_and_stage_belong_to_what_is_asked_after_them() -> None:
    steps = steps_of(example())
    assert told(steps) == [
        ("look", 2, True, "Predict"),
        ("change", 1, False, "Check"),
        ("recap", 0, False, "Recap"),
        ("recap", 0, False, "Card"),
    ]
    check = steps[1]
    assert len(check.hints) == 3
    assert check.solution is not None
    # Before the check there are, in the first beat, prose, stage and prediction, and its own prose.
    assert [step.start for step in steps] == [1, 4, 8, 9]


def test_what_stands_before_the_first_beat_is_said_first() -> None:
    first = steps_of(example())[0].says[0]
    assert isinstance(first, Prose)
    assert first.text.startswith("What does an event wait for")


def test_prose_after_a_goal_is_a_step_of_its_own_and_prose_after_a_stage_too() -> None:
    after = ("## Take along {#recap}\n", "That was it.\n\n## Take along {#recap}\n")
    between = ("```yaml predict\nid: second", "Now think.\n\n```yaml predict\nid: second")
    assert told(steps_of(example(after, between))) == [
        ("look", 2, True, ""),
        ("look", 1, False, "Predict"),
        ("change", 1, False, "Check"),
        ("change", 1, False, ""),
        ("recap", 0, False, "Recap"),
        ("recap", 0, False, "Card"),
    ]


def test_a_stage_without_anything_asked_ends_with_its_beat() -> None:
    watch = "## Watch {#watch}\n\n```yaml stage\n- fire\n```\n\n"
    lone = ("## Change it {#change}\n", f"{watch}## Change it {{#change}}\n")
    assert told(steps_of(example(lone)))[:3] == [
        ("look", 2, True, "Predict"),
        ("watch", 0, True, ""),
        ("change", 1, False, "Check"),
    ]


def test_where_nothing_is_to_be_watched_reading_goes_on() -> None:
    quiet = "## Watch {#watch}\n\nA new story.\n\n```yaml stage\n- restart\n```\n\nIt is empty.\n\n"
    lone = ("## Change it {#change}\n", f"{quiet}## Change it {{#change}}\n")
    steps = steps_of(example(lone))
    assert told(steps)[1] == ("watch", 2, True, "")
    assert not steps[1].shows
    assert steps[0].shows


def test_the_card_comes_last() -> None:
    text = ("```yaml recap\n", "```yaml card\ntitle: Early\ntext: |\n  x\n```\n\n```yaml recap\n")
    kinds = [type(step.does) for step in steps_of(example(text))]
    assert kinds == [Predict, Check, Recap, Card, Card]


def test_faded_leaves_out_prose_and_all_hints_but_the_first() -> None:
    steps = steps_of(example(), Level.FADED)
    assert all(not step.says for step in steps)
    assert [len(step.hints) for step in steps] == [0, 1, 0, 0]


def test_goal_leaves_out_every_hint() -> None:
    assert all(not step.hints for step in steps_of(example(), Level.GOAL))


def test_what_a_goal_or_a_question_is_read_from_stays_at_every_level() -> None:
    lesson = load_pack().find("log-detective")
    assert lesson is not None
    for level in Level:
        log = next(step for step in steps_of(lesson, level) if isinstance(step.does, Check))
        assert "REPORT D" in " ".join(log.pictures[0].lines)
        assert bool(log.hints) is (level is not Level.GOAL)


def test_challenges_are_the_goals_alone() -> None:
    steps = steps_of(example(), challenges=True)
    assert told(steps) == [("change", 1, False, "Check")]
    assert len(steps[0].hints) == 3
