"""Lessons in other languages: texts alone, logic from the lesson, and nothing goes stale unseen."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from lifecycle_tui import locations
from lifecycle_tui.languages import lessons_in
from lifecycle_tui.lessons.linting import lint
from lifecycle_tui.lessons.model import Check, Lesson, Predict, Solution, Stage
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.progress import Status, Store
from lifecycle_tui.lessons.proving import prove
from lifecycle_tui.lessons.translating import translations
from lifecycle_tui.plain.course import PlainCourse
from lifecycle_tui.plain.talk import Talk
from tests.lessons.shipped import course
from tests.plain.test_lessons import way_through

NAME = "01-first-event.md"
SHIPPED = sorted(
    (language, path.name)
    for language in lessons_in(locations.lessons())
    for path in (locations.lessons() / language).glob("*.md")
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with one lesson and its translation."""
    shutil.copy(locations.lessons() / NAME, tmp_path)
    (tmp_path / "de").mkdir()
    shutil.copy(locations.lessons() / "de" / NAME, tmp_path / "de")
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(folder: Path) -> list[str]:
    """Return what lint says of translations, without the folder's name."""
    found = [str(problem).replace(f"{folder}/", "") for problem in lint(load_pack(folder))]
    return [text for text in found if text.startswith("de/")]


def logic(lesson: Lesson) -> list[object]:
    """Return all of a lesson that no translation may change."""
    found: list[object] = [lesson.id, lesson.scenario, lesson.seed, lesson.allow, lesson.recall]
    for beat, block in lesson.blocks():
        found.append((beat.id, type(block)))
        match block:
            case Stage(lines=lines) | Solution(lines=lines):
                found.append(lines)
            case Predict():
                found.append((block.id, block.answer, block.after, block.rules))
                found.append([(option.key, option.when) for option in block.options])
                found.append({key: one.misconception for key, one in block.refute.items()})
            case Check():
                found.append((block.id, block.forbid, block.par, block.refutes, block.rules))
                found.append([goal.condition for goal in block.all])
            case _:
                pass
    return found


def test_there_is_a_translation() -> None:
    assert ("de", NAME) in SHIPPED


@pytest.mark.parametrize("language", lessons_in(locations.lessons()))
def test_logic_is_the_lessons_own_and_texts_are_not(language: str) -> None:
    pack = course()
    found, problems = translations(locations.lessons(), language, pack.lessons)
    assert not problems
    assert len(found) == sum(where == language for where, _ in SHIPPED)
    for each in found:
        mine = pack.find(each.lesson.id)
        assert mine is not None
        assert logic(each.lesson) == logic(mine)
        assert each.lesson.title != mine.title
        assert [beat.title for beat in each.lesson.beats] != [beat.title for beat in mine.beats]
        assert not prove(each.lesson, seeds=3)
        assert load_pack(language=language).find(mine.id) != mine


def test_a_translated_lesson_is_completed(tmp_path: Path) -> None:
    pack = load_pack(language="de")
    lesson = pack.find("first-event")
    assert lesson is not None
    lines = "".join(f"{line}\n" for line in way_through(lesson))
    out, store = io.StringIO(), Store(tmp_path / "progress.json")
    talk = Talk(io.StringIO(lines), out, interactive=False)
    PlainCourse(pack, talk, store=store, now=lambda: "2026-11-26T10:00:00Z").learn(lesson)
    kept = store.read().lesson("first-event")
    assert kept is not None
    assert kept.status is Status.DONE
    assert "Es heißt, dass es eine neue Umgebung braucht." in " ".join(out.getvalue().split())


def test_what_is_translated_well_is_passed(folder: Path) -> None:
    assert told(folder) == []


def test_a_translation_of_a_former_text_is_stale(folder: Path) -> None:
    change(folder / NAME, "There is no *execution environment* yet.", "None is there yet.")
    (problem,) = told(folder)
    assert problem.startswith(f"de/{NAME}:3:")
    assert "first-event has changed since; compare, then write translates: first-event@" in problem
    written = problem.rpartition(" ")[2]
    text = (folder / "de" / NAME).read_text(encoding="utf-8").splitlines()
    text[2] = f"translates: {written}"
    (folder / "de" / NAME).write_text("\n".join(text) + "\n", encoding="utf-8")
    assert told(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("translates: first-event@", "translates: first-evnt@", "did you mean 'first-event'?"),
        ("  part: \"F, der letzte Teil\"\n", "", "options: as in the lesson, all, part, none"),
        ("id: latency\n", "id: latenz\n", "id: as in the lesson, latency"),
        ("{#wait}", "{#warten}", "beats: as in the lesson, send, parts, wait, again, slower"),
        ("Die Umgebung e1 ist noch da, und sie ist frei.\n", "", "1 texts; the lesson has 2 here"),
        ("- Eine von ihnen sendet ein Ereignis.\n", "", "2 texts; the lesson has 3 here"),
        ("all: [ein Ereignis ist gesendet, es ist beantwortet]", "all: [eines]", "1 texts"),
        ("```yaml recap", "```yaml hint", "the lesson has ```yaml recap here"),
        ("id: mine\n", "id: mine\nanswer: inv[0].start\n", "unknown key 'answer'"),
        ("{inv[0].handler_ms}", "{inv[0].hander_ms}", "handler_ms"),
        ("title: Das erste Ereignis\n", "", "title"),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_lesson_is_told(folder: Path, old: str, new: str, says: str) -> None:
    change(folder / "de" / NAME, old, new)
    assert any(says in problem for problem in told(folder)), told(folder)


def test_a_solution_has_no_place_in_a_translation(folder: Path) -> None:
    path = folder / "de" / NAME
    text = path.read_text(encoding="utf-8")
    more = "```yaml solution\n- burst 100\n```\n\n```text note"
    path.write_text(text.replace("```text note", more), encoding="utf-8")
    assert any("texts; the lesson has" in problem for problem in told(folder))


def test_where_a_translation_is_wrong_the_lesson_itself_is_played(folder: Path) -> None:
    change(folder / "de" / NAME, "id: mine\n", "id: meins\n")
    pack = load_pack(folder, "de")
    assert pack.problems
    assert pack.lessons[0].title == "First event"
