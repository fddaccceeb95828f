"""The format of lessons: the page's example is read, and every mistake is told at its place."""

from __future__ import annotations

import dataclasses

import pytest

from lifecycle_tui.lessons.limits import ROWS
from lifecycle_tui.lessons.model import Check, Hint, Note, Predict, Recap, Solution, Stage
from lifecycle_tui.scenario.problems import ScenarioError
from tests.lessons.examples import DOCUMENT, changed, example, lesson

CARD = """\
text: |
  COLD   no free environment: placement, Init, handler
  WARM   a free environment: handler"""


def kind(block: object) -> str:
    return type(block).__name__


def refused(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        lesson(text)
    return str(caught.value)


def test_the_example_of_the_page_is_read() -> None:
    read = lesson(example())
    assert (read.id, read.order, read.seed, read.par) == ("second-event", 1, 7, 1)
    assert read.allow == ("fire", "burst", "wait")
    assert [beat.id for beat in read.beats] == ["look", "change", "recap"]
    assert read.intro[0].text == (
        "What does an event wait for, and what does the next one wait for?"
    )
    assert read.refuted == ("COLD-ONCE",)


def test_its_blocks_are_values() -> None:
    read = lesson(example())
    kinds = [kind(block) for _, block in read.blocks()]
    assert kinds == [
        "Prose", "Stage", "Predict", "Prose", "Check", "Hint", "Solution", "Note", "Recap", "Card",
    ]  # fmt: skip
    blocks = {type(block): block for _, block in read.blocks()}
    stage, predict, check = blocks[Stage], blocks[Predict], blocks[Check]
    assert isinstance(stage, Stage)
    assert [line.text for line in stage.lines] == ["fire", "wait until idle"]
    assert isinstance(predict, Predict)
    assert [option.key for option in predict.options] == ["cold", "warm"]
    assert list(predict.refute) == ["cold"]
    assert predict.rules == ("CON-02", "INIT-13")
    assert isinstance(check, Check)
    assert check.all[0].condition.expression.text == "count(inv, start == 'cold') >= 3"
    assert [ban.expression.text for ban in check.forbid] == ["cfg.pc > 0"]
    hint, note, recap = blocks[Hint], blocks[Note], blocks[Recap]
    assert isinstance(hint, Hint)
    assert len(hint.levels) == 3
    assert isinstance(note, Note)
    assert note.lines[0].startswith("Ask the room")
    assert isinstance(recap, Recap)
    assert recap.facts[1].rules == ("CON-01", "CON-02")
    solution = blocks[Solution]
    assert isinstance(solution, Solution)
    assert solution.lines[0].text == "burst 3"


def test_nothing_in_a_lesson_can_be_changed() -> None:
    read = lesson(example())
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.title = "Other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        read.predictions[0].refute["warm"] = read.predictions[0].refute["cold"]  # type: ignore[index]


def test_places_are_those_of_the_file() -> None:
    lines = example().split("\n")
    read = lesson(example())
    for stage in (block for _, block in read.blocks() if isinstance(block, Stage | Solution)):
        for line in stage.lines:
            assert lines[line.place.line - 1][line.place.column - 1 :] == line.text
    condition = read.checks[0].all[0].condition
    begun = lines[condition.place.line - 1][condition.place.column - 1 :]
    assert begun.startswith("count(inv, start == 'cold')")


def test_windows_line_ends_make_no_difference() -> None:
    windows, plain = lesson(example().replace("\n", "\r\n")), lesson(example())
    assert windows.intro == plain.intro
    assert [kind(block) for _, block in windows.blocks()] == [
        kind(block) for _, block in plain.blocks()
    ]
    assert windows.checks[0].goal == plain.checks[0].goal


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        # Front matter
        ("---\nformat: 1", "format: 1", "1:1", "a lesson begins with front matter"),
        ("format: 1", "format: 2", "2:9", "reads format 1"),
        ("id: second-event", "id: Second Event", "3:5", "small letters, digits and hyphens"),
        ("title: The second event", "titel: The second event", "4:1", "did you mean 'title'?"),
        ("minutes: 3", "minutes: 3 min", "6:10", "a whole number from 1 to 60"),
        ("seed: 7", "seed: 7\nseed: 8", "12:1", "duplicate key 'seed'"),
        ("[COLD-ONCE]\nscenario", "[cold-once]\nscenario", "9:18", "capital letters"),
        ("par: 1", "par: 0", "13:6", "a whole number from 1 to 50"),
        ("par: 1", "par: 1\nrecall: [freeze]", "14:10", "a prediction such as freeze.timer"),
        ("minutes: 3", "minutes: &m 3", "6:10", "a YAML anchor"),
        # Headings
        ("## Look {#look}", "## Look", "20:1", "a heading without an id"),
        ("## Look {#look}", "## Look {#Look It}", "20:9", "'#Look It' is no id"),
        ("{#change}", "{#look}", "44:1", "there is a beat '#look' already"),
        ("# The second event\n", "# The second event\n\n```yaml stage\n- fire\n```\n", "18:1",
         "a block before the first beat"),
        # Blocks
        ("```yaml stage", "```yaml stag", "25:1", "did you mean 'stage'?"),
        ("```yaml stage", "```python", "25:1", "a block of 'python', which is not known"),
        ("```yaml stage", "```stage", "25:1", "did you mean 'stage'?"),
        ("- fire\n- wait until idle\n```\n\n```yaml predict", "fire\n```\n\n```yaml predict",
         "26:1", "expected a list of commands"),
        ("id: second\n", "", "31:1", "'id' is missing"),
        ("answer: inv[1].start", "answer: inv[1].start ==", "36:24", ""),
        ("answer: inv[1].start", "answer: __import__('os')", "36:9", "no name begins with '_'"),
        ("answer: inv[1].start\n", "", "34:3", "say when it is right"),
        ("options:\n  cold: COLD, as the first was\n  warm: WARM, without Init",
         "options: {warm: WARM}", "33:10", "1 options; there are 2 to 4"),
        ("  cold: {say:", "  clod: {say:", "39:3", "did you mean 'cold'?"),
        ("{inv[1].wait_ms}", "{inv[1].wait_ms", "39:26", "is not closed"),
        ("explain: The", "explain: The }", "40:14", "'}' closes nothing"),
        ("rules: [CON-02, INIT-13]\n```\n\n## Change", "rules: [CON-2]\n```\n\n## Change", "41:9",
         "which is no rule; did you mean 'CON-02'?"),
        ("  - {text: three cold starts,", "  - {txet: three cold starts,", "52:6",
         "did you mean 'text'?"),
        ("all:\n  - {text: three cold starts, expr: \"count(inv, start == 'cold') >= 3\"}\n", "",
         "49:1", "a check has parts"),
        ("- Write burst 3.", "- Write burst 3.\n- More.", "62:3", "4 hints; at most 3"),
        ("  rules: [CON-02, INIT-13]\n- fact: Every", "- fact: Every", "76:3",
         "a fact names the rules"),
        (CARD, "text: [COLD]", "84:7", "expected text: | and lines below it"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(old: str, new: str, place: str, words: str) -> None:
    message = refused(changed((old, new)))
    assert f"01-second-event.md:{place}: " in message
    assert words in message


def test_broken_yaml_in_a_block_has_the_line_of_the_file() -> None:
    assert "01-second-event.md:28:1: not YAML" in refused(
        changed(("- fire\n- wait", "- [fire\n- wait"))
    )


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = changed(("minutes: 3", "minutes: 0"), ("```yaml hint", "```yaml hnit"))
    assert len(refused(text).split("\n")) == 2


def test_a_block_that_is_not_closed() -> None:
    text = example()
    assert "the block is not closed with ```" in refused(text[: text.rindex("```")])


def test_two_blocks_of_one_id() -> None:
    message = refused(changed(("id: three-colds", "id: second")))
    assert "'second' is the id of the block on line 30 too" in message


def test_prose_from_outside_is_cleaned() -> None:
    text = changed(("What does an event wait for,", "What \x1b[31mdoes\u202e an event wait for,"))
    assert lesson(text).intro[0].text.startswith("What ␛[31mdoes an event")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (example() + "x" * 1_001 + "\n", "a line of 1,001 characters"),
        (example() + "\n" * 4_000, "more than 4,000 lines"),
        (example() + "a\n\n" * 400, "more than 400 headings"),
        (example() + "a\n\n" * 31, "paragraphs and blocks in a beat; at most 30"),
        (example() + "".join(f"## B {{#b{n}}}\n" for n in range(20)), "23 beats; at most 20"),
        (changed(("```yaml stage\n", "```yaml stage\n" + "- fire\n" * 39)),
         "41 commands; at most 40"),
        (changed(("ask: Another", "ask: " + "[" * 40 + "]" * 40 + "\n#")), "nested more than 32"),
    ],
)  # fmt: skip
def test_sizes_are_limited(text: str, words: str) -> None:
    assert words in refused(text)


def test_a_file_that_is_no_text() -> None:
    from lifecycle_tui.lessons.loading import parse_lesson

    with pytest.raises(ScenarioError, match="2:1: the file is not UTF-8 text"):
        parse_lesson(b"---\n\xff", "x.md")


def test_the_page_has_the_limits_of_the_program() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").split("<!-- limits -->")[1].split("<!-- /")[0]
    rows = [
        tuple(int(cell) for cell in line.split("|")[2:4]) for line in table.strip().split("\n")[2:]
    ]
    assert rows == list(ROWS.values())
