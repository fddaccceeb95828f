"""Every lesson of the course in the real app, through its solutions, to its recap."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from lifecycle_tui.lessons.model import Check, Recap
from lifecycle_tui.lessons.playing.run import Phase
from lifecycle_tui.lessons.progress import Status
from tests.lessons.shipped import course, lesson_of
from tests.tui.conftest import text_of
from tests.tui.learning.lessons import Course, misfits, one_press

SIZES = [(80, 24), (120, 40)]
LESSONS = [lesson.id for lesson in course().lessons]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_played_to_its_recap(name: str, size: tuple[int, int], tmp_path: Path) -> None:
    course = Course(tmp_path, name)

    async def story() -> None:
        async with course.app.run_test(size=size) as pilot:
            await pilot.pause()
            screen = course.screen
            for _ in range(400):
                run = screen.run
                look(course)
                if isinstance(run.step.does, Recap) and not run.step.is_recalled:
                    break
                await one_press(course, pilot)
                assert course.screen is screen
            assert isinstance(screen.run.step.does, Recap)

    asyncio.run(story())
    run = course.screen.run if course.app.screen_stack else None
    assert run is None or not any(each.shown for each in run.reached.values())
    kept = course.store.read().lesson(name)
    assert kept is not None
    assert kept.status is Status.DONE
    asked = [each for each in course.store.read().predictions if each.question.startswith(name)]
    assert len(asked) == len(lesson_of(name).predictions)


def look(course: Course) -> None:
    """See that the screen has all it must have: lanes, the goal, the question; and that it fits."""
    screen = course.screen
    run = screen.run
    shown = text_of(course.app)
    assert screen.max_scroll_y == 0
    assert not misfits(course)
    assert "Environments" in shown
    assert "time " in shown
    assert ("GOAL" if isinstance(run.step.does, Check) else "AIM") in shown
    assert " ".join(run.goal.split()[:3]) in " ".join(shown.split())
    if run.phase is Phase.ASKED:
        assert run.asked is not None
        assert " ".join(run.asked.ask.split()[:3]) in " ".join(shown.split())
    if run.phase is Phase.GOAL:
        check = run.step.does
        assert isinstance(check, Check)
        assert f"par {run.par}" in " ".join(" ".join(
            "".join(part.text for part in line) for line in page
        ) for page in screen.panel.pages)  # fmt: skip
