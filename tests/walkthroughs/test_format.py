"""Walkthroughs are read strictly: what is wrong is told with its place, and nothing is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.lessons.reading import LARGEST
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.tui.screens import panes
from lifecycle_tui.walkthroughs.catalogue import (
    UnknownWalkthroughError,
    locate,
    open_walkthrough,
    shipped,
)
from lifecycle_tui.walkthroughs.fitting import WIDTH, caption_lines
from lifecycle_tui.walkthroughs.model import PANES, Size
from lifecycle_tui.walkthroughs.proving import prove
from lifecycle_tui.walkthroughs.reading import load_walkthrough
from lifecycle_tui.walkthroughs.summary import lines_of
from tests.walkthroughs.examples import EXAMPLE, SHIPPED, changed, read, refused


def test_the_example_of_the_documentation_is_read_and_carried_out() -> None:
    found = read(EXAMPLE)
    assert prove(found) == []
    assert found.title == "The second event"
    assert found.plan.seed == 7
    assert found.sizes == (Size(80, 24), Size(120, 40))
    first, cold, warm, last = found.steps
    assert (first.lines, first.pane, first.mark) == ((), "inspect", None)
    assert cold.mark is not None
    assert (cold.mark.text, cold.mark.svg) == (found.sizes, ())
    assert warm.mark is not None
    assert (warm.mark.text, warm.mark.svg) == ((Size(80, 24),), (Size(120, 40),))
    assert (warm.pane, warm.event) == ("why", 2)
    assert last.compare is not None
    assert last.compare.name == "main"
    assert last.doings == ("fork short", "set timeout=1s")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_shipped_walkthroughs_do_what_they_say(path: Path) -> None:
    assert prove(load_walkthrough(path)) == []


def test_six_are_shipped_by_name() -> None:
    names = [
        "cold-and-warm", "two-at-once", "doom-loop", "provisioned", "nobody-waits", "back-in-time",
    ]  # fmt: skip
    assert list(shipped()) == names
    assert open_walkthrough("doom-loop").title == "The doom loop"
    for name in names:
        text = "\n".join(lines_of(open_walkthrough(name)))
        assert "…" not in text, "every figure is known at the end of its step"


def test_an_unknown_name_is_told_with_what_was_meant(tmp_path: Path) -> None:
    with pytest.raises(UnknownWalkthroughError, match="did you mean 'doom-loop'"):
        locate("doom-lop")
    with pytest.raises(UnknownWalkthroughError, match="is a folder"):
        locate(str(tmp_path))


def test_the_panes_are_those_of_the_screen() -> None:
    assert panes.PANES == PANES


PLACED = [
    ("format: 1", "format: 2", "1:9: format: found the bare number 2; this version"),
    ("title: The second event\n", "", "1:1: 'title' is missing"),
    ("title: The second event", f"title: {'x' * 60}", "2:8: title: "),
    ("scenario: sandbox\n", "", "1:1: scenario (or lesson) is missing"),
    ("scenario: sandbox", "scenario: sandbox\nlesson: doom-loop", "1:1: one of scenario and"),
    ("scenario: sandbox", "scenario: sandbx", "3:11: scenario: there is no file and no shipped"),
    ("scenario: sandbox", "scenario: ../x.yaml", "leads out of the walkthrough's folder"),
    ("scenario: sandbox", "scenario: /etc/passwd", "leads out of the walkthrough's folder"),
    ("scenario: sandbox", "lesson: doom-lop", "did you mean 'doom-loop'?"),
    ("scenario: sandbox", "lesson: ../x.md", "lesson: '../x.md' leads out of"),
    ("seed: 7", "seed: -1", "4:7: seed: "),
    ("seed: 7", "sed: 7", "4:1: unknown key 'sed'; did you mean 'seed'?"),
    ("seed: 7", "seed: 7\nset: [web-api.timeut=1s]", "did you mean 'timeout'"),
    ("[80x24, 120x40]", "[80x24, 80x24]", "5:8: sizes: 80x24 stands there more than once"),
    ("[80x24, 120x40]", "[79x24, 120x40]", "5:9: sizes[0]: 79x24 is out of range; allowed: 80x24"),
    ("[80x24, 120x40]", "[big]", "5:9: sizes[0]: found 'big'; expected columns and lines, as"),
    ("[80x24, 120x40]", "[]", "5:8: sizes: a list of sizes"),
    ("[80x24, 120x40]", "80x24", "5:8: sizes: found '80x24'; expected a list"),
    ("  - caption: Nobody", "  - captoin: Nobody", "7:5: steps[0]: unknown key 'captoin'"),
    ("Nobody has", "Has **nobody**", "7:14: steps[0].caption: a caption is plain prose"),
    ("Nobody has", "Nobody " + "has long " * 30, "5 lines of 78 cells; at most 3 fit"),
    ("{inv[0].wait_ms}", "{inv[0].wait_sm}", "steps[1].caption: "),
    ("{inv[0].wait_ms}", "{inv[0].wait_ms", "'{' is not closed"),
    ("      - fire\n", "      - fier\n", "12:9: "),
    ("      - fire\n", "      - 'fier'\n", "12:10: "),
    ("      - fire\n", "      - fire count=x\n", "12:20: "),
    ("inv[0].start == 'cold'", "inv[0].strat == 'cold'", "13:43: wait until: "),
    ("      - fire\n", "      - save /tmp/x\n", "12:9: 'save' has no place in a walkthrough"),
    ("      - fire\n", "      - load x.lcs\n", "12:9: 'load' has no place in a walkthrough"),
    ("      - fire\n", "      - help\n", "12:9: 'help' has no place in a walkthrough"),
    ("      - fire\n", "      - claim run.cold < 1\n", "12:9: 'claim' has no place in a"),
    ("      - fire\n", "      - pattern trace=x.csv\n", "12:23: pattern.trace: the recording"),
    ("      - fire\n", "      - [fire]\n", "12:9: do: found a list; expected text"),
    ("    do:\n      - fire\n", "    do: fire\n#", "11:9: steps[1].do: found 'fire'; expected a"),
    ("snapshot: cold", "snapshot: Cold One", "14:15: steps[1].snapshot: "),
    ("snapshot: cold", "snapshot: warm", "there is a snapshot 'warm' on line 14 already"),
    ("svg: [120x40]", "svg: [200x50]", "200x50 is none of the walkthrough's sizes (80x24, 120x40)"),
    ("name: warm, ", "", "'name' is missing"),
    ("compare: main", "compare: a b", "compare: a fork's name has no blanks"),
    ("compare: main", "show: map", "28:11: steps[3].show: found 'map', which is no pane"),
    ("      - why 2\n", "      - why 2\n    show: cost\n", "the step asks why, and so shows why"),
    ("      - why 2\n", "      - why 2\n    compare: main\n", "compare in a step of its own"),
]


@pytest.mark.parametrize(("old", "new", "told"), PLACED, ids=[told for _, _, told in PLACED])
def test_what_is_wrong_is_told_with_its_place(old: str, new: str, told: str) -> None:
    problems = refused(changed(old, new))
    assert any(told in problem for problem in problems), problems
    assert all(problem.startswith("my.walk.yaml:") or "web-api" in problem for problem in problems)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "1:1: found nothing; a walkthrough has the keys format, title"),
        ("- a\n", "1:1: found a list; a walkthrough has the keys"),
        ("format: 1\ntitle: x\nscenario: sandbox\n", "1:1: steps: a walkthrough has steps"),
        ("format: 1\ntitle: x\nscenario: sandbox\nsteps: []\n", "4:8: steps: a walkthrough has"),
        ("format: 1\ntitle: x\nscenario: sandbox\nsteps: x\n", "4:8: steps: found 'x'; expected"),
        ("format: 1\nformat: 1\n", "2:1: duplicate key 'format'; it stands on line 1 too"),
        ("format: &a 1\n", "1:9: a YAML anchor"),
        ("format: !!python/object:os.system 1\n", "1:9: a YAML tag"),
        ("format: [1\n", "not YAML"),
        ("format: 1\ntitle: \x1b[31m\n", "2:8: the control character U+001B"),
    ],
)
def test_what_is_no_walkthrough_is_told(text: str, told: str) -> None:
    assert any(told in problem for problem in refused(text))


def test_many_steps_and_lines_are_refused() -> None:
    head = "format: 1\ntitle: x\nscenario: sandbox\nsteps:\n"
    assert "61 steps; at most 60" in refused(head + "  - caption: x\n" * 61)[0]
    lines = "  - caption: x\n    do:\n" + "      - fire\n" * 41
    assert "41 commands in a step; at most 40" in refused(head + lines)[0]


def test_a_large_file_and_a_device_are_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.walk.yaml"
    large.write_bytes(b"#" * (LARGEST + 1))
    with pytest.raises(ScenarioError, match="larger than 256 kB"):
        load_walkthrough(large)
    with pytest.raises(OSError, match="a pipe or a device"):
        load_walkthrough(Path("/dev/zero"))


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "bytes.walk.yaml"
    path.write_bytes(b"format: 1\n\xff")
    with pytest.raises(ScenarioError, match="2:1: the file is not UTF-8 text"):
        load_walkthrough(path)


def test_a_scenario_of_its_own_stands_below_the_folder(tmp_path: Path) -> None:
    own = "format: 1\nfunctions: {f: {handler: {duration: 1s}}}\ntimeline: []\n"
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "own.yaml").write_text(own)
    found = read(changed("scenario: sandbox", "scenario: scenarios/own.yaml"), tmp_path)
    assert [function.name for function in found.plan.functions] == ["f"]
    (tmp_path / "scenarios" / "own.yaml").write_text(own.replace("1s", "1"))
    problems = refused(changed("scenario: sandbox", "scenario: scenarios/own.yaml"), tmp_path)
    assert problems[0].startswith("scenarios/own.yaml:2:")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("functions: {f: {}}\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.yaml").symlink_to(outside)
    problems = refused(changed("scenario: sandbox", "scenario: link.yaml"), folder)
    assert "there is no file and no shipped scenario 'link.yaml'" in problems[0]


def test_a_lesson_brings_scenario_settings_and_seed() -> None:
    lesson = read("format: 1\ntitle: x\nlesson: doom-loop\nsteps: [{caption: x}]\n")
    assert lesson.origin.name
    settings = "set: [web-api.timeout=9s]"
    text = f"format: 1\ntitle: x\nscenario: sandbox\n{settings}\nsteps: [{{caption: x}}]\n"
    assert read(text).plan.functions[0].timeout_us == 9_000_000


def test_too_much_is_refused(tmp_path: Path) -> None:
    many = "functions: {f: {}}\ntimeline: [{at: 0s, fire: {count: 60000}}]\n"
    (tmp_path / "many.yaml").write_text(many)
    problems = refused(changed("scenario: sandbox", "scenario: many.yaml"), tmp_path)
    assert "about 60,000 events; in a walkthrough at most 50,000" in problems[0]
    sent = prove(read(changed("      - fire\n", "      - burst 50001\n")))
    assert "the walkthrough has sent more than 50,000 events" in sent[0].message


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("inv[0].start == 'cold'", "inv[0].start == 'warm'", "13:9: 'wait until inv[0].done and"),
        ("      - why 2\n", "      - why 3\n", "20:9: 'why 3' was refused: there is no event 3"),
        ("      - fork short\n", "      - switch short\n", "was refused: no fork is called short"),
        ("compare: main", "compare: other", "28:14: compare: there is no fork 'other' by then"),
        ("compare: main", "compare: short", "compare: 'short' is the fork that is shown"),
    ],
)
def test_what_cannot_be_done_is_told(old: str, new: str, told: str) -> None:
    problems = [str(problem) for problem in prove(read(changed(old, new)))]
    assert [told in problem for problem in problems] == [True], problems


def test_a_figure_of_what_is_not_there_is_left_open() -> None:
    found = read(changed("The second event finds", "Its {env['e9'].id} finds"))
    assert prove(found) == []
    assert any("Its … finds" in line for line in lines_of(found))


def test_a_caption_that_its_figures_make_too_long_is_told() -> None:
    figures = " ".join(["{inv[0].request_id}"] * 8)
    problems = prove(read(changed("a cold start.", figures)))
    assert "caption, with its figures: 5 lines of 78 cells" in problems[0].message


def test_captions_keep_numbers_with_their_units_and_fit() -> None:
    text = "It waited for as long as it takes to make one of them, which is 1.12 s † and no more."
    for width in range(20, 90):
        lines = caption_lines(text, width)
        assert " ".join(lines) == text
        assert max(map(len, lines)) <= width
        assert not any(line.startswith(("s ", "†")) for line in lines)
    wide = caption_lines("漢字 " * 40, WIDTH)
    assert max(len(line.replace(" ", "")) * 2 + line.count(" ") for line in wide) <= WIDTH
