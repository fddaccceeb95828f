"""Session files: they hold everything, and are refused when anything is wrong with them."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from lifecycle_tui.engine.plan import Plan, SetConfig
from lifecycle_tui.engine.simulation import run
from lifecycle_tui.engine.trace import Trace
from lifecycle_tui.export.jsonfile import json_chunks
from lifecycle_tui.play.branches import Branch
from lifecycle_tui.play.origin import Origin
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions import branching, reading
from lifecycle_tui.sessions.layout import DIGEST, LARGEST, digest_of
from lifecycle_tui.sessions.opening import open_scenario
from lifecycle_tui.sessions.reading import parse_session
from lifecycle_tui.sessions.saved import Saved, normal
from lifecycle_tui.sessions.writing import CannotSaveError, every_step, write_session
from lifecycle_tui.tui.widgets.config_fields import FIELDS
from tests.play.plans import FUNCTION
from tests.sessions.sessions import CSV, ORIGIN, PLAN, RECORDED, SCRIPTS, a_long_one, played, saved


def read(text: str) -> Saved:
    return parse_session(text.encode(), "x.lcs")


def records(trace: Trace) -> list[object]:
    return [trace[number] for number in range(len(trace))]


def resealed(text: str) -> str:
    """Return a changed file with the digest that it should have."""
    body = text.rpartition(DIGEST)[0]
    return f"{body}{DIGEST}{digest_of(body)}\n"


@given(SCRIPTS)
@settings(max_examples=60, deadline=None)
def test_a_session_goes_to_its_file_and_back(script: Sequence[str]) -> None:
    before = saved(script)
    text = write_session(before)
    after = read(text)
    assert after == before
    assert write_session(after) == text


@given(SCRIPTS)
@settings(max_examples=25, deadline=None)
def test_a_file_replays_to_identical_bytes(script: Sequence[str]) -> None:
    before = saved(script)
    after = read(write_session(before))
    for branch in before.branches:
        original = "".join(json_chunks(run(before.plan_of(branch.name))))
        assert "".join(json_chunks(run(after.plan_of(branch.name)))) == original


@given(SCRIPTS)
@settings(max_examples=15, deadline=None)
def test_an_opened_session_is_as_it_was_left(script: Sequence[str]) -> None:
    left = played(script)
    opened = read(write_session(Saved.of(left, ORIGIN))).open()
    assert opened.branches == left.branches
    assert (opened.at_us, opened.player.edge_us) == (left.at_us, left.player.edge_us)
    last = left.take.horizon_us
    if opened.take.horizon_us == last:
        assert records(opened.trace) == records(left.trace)


@given(SCRIPTS, SCRIPTS)
@settings(max_examples=25, deadline=None)
def test_two_that_are_compared_go_to_one_file_and_back(
    script: Sequence[str], other: Sequence[str]
) -> None:
    before = replace(saved(script), against=saved(other))
    text = write_session(before)
    after = read(text)
    assert after == before
    assert write_session(after) == text
    opened = after.open()
    assert opened.against is not None
    assert opened.against.against is opened
    opened.origin = opened.against.origin = lambda: ORIGIN
    assert write_session(Saved.of(opened)) == text, "and on to the next file"
    assert (opened.title, opened.against.title) == (ORIGIN.name, ORIGIN.name)


def test_what_is_wrong_with_the_second_has_its_place_too() -> None:
    text = write_session(replace(saved([]), against=saved(["fire web-api"])))
    line = text.splitlines().index("  step 0ms fire web-api") + 1
    wrong = resealed(text.replace("fire web-api\n", "fier web-api\n"))
    assert refusal(wrong).startswith(f"x.lcs:{line}:12: 'fier' is no command")
    assert "against: nothing follows it" in refusal(resealed(text.replace("against", "against x")))
    third = resealed(text.rpartition(DIGEST)[0] + "against\n" + DIGEST)
    assert "'against' stands behind the first branch" in refusal(third)
    assert "something is missing" in refusal(resealed(text.partition("against\n")[0] + "against\n"
                                                      + DIGEST))  # fmt: skip


def test_everything_is_there() -> None:
    before = a_long_one()
    text = write_session(before)
    words = ("override", "parent", "forked", "inherited", "automatic", "vary", "bookmark", "shared")
    for word in (*words, "undone step", "undone branch", "step 0ms rules 2023-01-01"):
        assert re.search(rf"^ *{word}", text, re.MULTILINE), word
    assert read(text) == before


def test_the_file_can_be_read_by_people() -> None:
    text = write_session(saved(["fire web-api", "wait until idle", "set web-api timeout=5s"]))
    assert text.startswith("lifecycle-tui session 1\nprogram ")
    assert "\n  step 0ms fire web-api\n" in text
    assert re.search(r"\n  step \d+us set web-api timeout=5s\n", text)
    assert "\n    web-api: {timeout: 3s," in text, "the scenario stands there as it was written"
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_recording_is_part_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "arrivals.csv").write_text(CSV)
    (tmp_path / "x.yaml").write_text(RECORDED)
    before = open_scenario(str(tmp_path / "x.yaml"))
    text = write_session(before)
    (tmp_path / "sub" / "arrivals.csv").unlink()
    assert read(text) == before
    without = re.sub(r"recording .*\n(  .*\n)+", "", text)
    with pytest.raises(ScenarioError, match=r"x.lcs:9:40: .*the recording .* is not here"):
        read(resealed(without))


def test_a_recording_that_is_too_large_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"{n * 977},{(n * 7_919_813 * n) % 1_000_003}\n" for n in range(120_000))
    (tmp_path / "big.csv").write_text(f"arrival_us,duration_us\n{rows}")
    (tmp_path / "x.yaml").write_text(RECORDED.replace("sub/arrivals", "big"))
    with pytest.raises(CannotSaveError, match=r"'big.csv' has 120,000 arrivals, too many for"):
        write_session(open_scenario(str(tmp_path / "x.yaml")))


def test_the_seed_of_the_command_line_is_kept(tmp_path: Path) -> None:
    before = open_scenario("short-timeout", seed=9, overrides=["timeout=5s"])
    after = read(write_session(before))
    assert after.plan == before.plan
    assert after.plan.seed == 9


def test_line_ends_of_other_systems_do_not_matter() -> None:
    before = a_long_one()
    text = write_session(before).replace("\n", "\r\n")
    assert read(text) == before
    assert normal("\ufeffa: 1\r\nb: 2\r\r\n") == "a: 1\nb: 2\n"


@pytest.mark.parametrize("text", ["title: 'x'", "title: |\n   a\n\n  \n   b\n\n", "# é漢\n"])
def test_the_scenario_stands_there_to_the_letter(text: str) -> None:
    whole = normal(f"{text}\nfunctions: {{f: {{timeout: 2s}}}}")
    plan = parse_text(whole)
    before = Saved.fresh(Origin("x", whole), plan)
    assert read(write_session(before)).origin.text == whole


def settings_of_the_screen() -> list[SetConfig]:
    found = []
    for each in FIELDS:
        for notch in each.notches[::40] if len(each.notches) > 100 else each.notches:
            changed = each.write(FUNCTION, notch)
            values = tuple((name, getattr(changed, name)) for name in each.changes)
            found.append(SetConfig(at_us=1, changes=values))
    return found


def test_whatever_the_screen_can_set_can_be_saved() -> None:
    every = settings_of_the_screen()
    branch = Branch(steps=tuple(every))
    text = "functions: {web-api: {timeout: 3s}}\n"
    before = Saved(Origin("x", text), parse_text(text), (branch,), branch.name)
    assert read(write_session(before)) == before


# What is wrong with a file.

TEXT = write_session(a_long_one())


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    return str(caught.value)


def test_another_format_is_told_from_another_file() -> None:
    assert "format 2; this version" in refusal(TEXT.replace("session 1", "session 2", 1))
    assert refusal("hello\n").startswith("x.lcs:1:1: found 'hello'; a session file begins with")
    assert refusal("").startswith("x.lcs:1:1: found ''")


def test_a_changed_file_is_not_trusted() -> None:
    changed = TEXT.replace("step 0ms fire web-api", "step 0ms fire worker", 1)
    assert changed != TEXT
    assert "the file is not as it was saved: its digest is another" in refusal(changed)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_told(share: float) -> None:
    found = refusal(TEXT[: int(len(TEXT) * share)])
    assert "cut off" in found or "its digest is another" in found or "begins with" in found


def change(old: str, new: str) -> Callable[[], str]:
    assert old in TEXT, old
    return lambda: resealed(TEXT.replace(old, new, 1))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (change("seed 3", "seed -3"), "seed: -3 is not a whole number from 0"),
        (change("seed 3", "sead 3"), "'sead' is no word of a session file"),
        (change("seed 3\n", ""), "something is missing: program, seed, rules and scenario"),
        (change("rules 2026", "rules 20x6"), "rules: found"),
        (change('name "', "name "), "name: found"),
        (change("current ", "current x"), "no branch is called 'x"),
        (change("memory: 256MB", "memory: 256"), "functions.web-api.memory"),
        (change("fire web-api", "fier web-api"), "'fier' is no command; did you mean 'fire'?"),
        (change("fire web-api", "seek 3s"), "'seek' is no step: it changes no run"),
        (change("fire web-api", "fire nobody"), "'nobody' is neither key=value nor a function"),
        (change("vary set only web-api memory=1GB", "vary fire web-api"), "vary: expected set"),
        (change("parent main", "parent nobody"), "parent: no branch above is called 'nobody'"),
        (change("branch main.1", "branch main"), "there is a fork called main already"),
        (change("  parent main\n", ""), "shared: the parent above has 0"),
        (change("shared 1", "shared 99"), "shared: the parent above has 1"),
        (change("inherited 1", "inherited 99"), "inherited: 99 of 2 steps"),
        (change("  cursor", "  cursor 1h\n  cursor"), ""),
        (change("  automatic", "  automatically"), "'automatically' is no word of a branch"),
        (change("  edge", "      edge"), "an empty line, or one that is indented too far"),
        (change("  edge ", "  edge x"), "edge: found 'x"),
        (change("undone step", "undone stop"), "undone: found 'stop'; expected step or branch"),
        (change("override", "override 5\noverride"), "override: found '5'; expected text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place(text: Callable[[], str], words: str) -> None:
    if not words:
        assert read(text())
        return
    found = refusal(text())
    assert re.match(r"x\.lcs:\d+:\d+: ", found)
    assert words in found


def test_places_within_the_scenario_are_those_of_the_file() -> None:
    text = TEXT.replace("256MB", "256", 1)
    line = 1 + text.split("memory: 256,")[0].count("\n")
    column = text.splitlines()[line - 1].index("256,") + 1
    assert refusal(resealed(text)).startswith(f"x.lcs:{line}:{column}: functions.web-api.memory")


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(ScenarioError, match="larger than 4 MB"):
        parse_session(b"x" * (LARGEST + 1_001), "x.lcs")


def test_bytes_that_are_no_text_are_told() -> None:
    with pytest.raises(ScenarioError, match=r"x.lcs:2:3: the file is not UTF-8"):
        parse_session(b"lifecycle-tui session 1\nab\xff\n", "x.lcs")


def test_nothing_that_a_file_names_is_read(tmp_path: Path) -> None:
    (tmp_path / "arrivals.csv").write_text(CSV)
    text = TEXT.replace(
        "step 0ms fire web-api", f"step 0ms pattern web-api trace={tmp_path}/arrivals.csv", 1
    )
    assert "is not here" in refusal(resealed(text))


def test_every_step_counts_those_that_were_undone() -> None:
    long = a_long_one()
    assert sum(1 for branch in long.branches for _ in every_step(branch)) > sum(
        len(branch.steps) for branch in long.branches
    )
    assert isinstance(PLAN, Plan)


def test_the_page_of_the_format_tells_every_word_and_its_example_is_right() -> None:
    page = (Path(__file__).parents[2] / "docs" / "session-format.md").read_text(encoding="utf-8")
    example = page.split("```")[1].strip("\n") + "\n"
    found = read(resealed(example))
    assert [branch.name for branch in found.branches] == ["main", "main.1"]
    for word in re.findall(r'case "([a-z]+)"', inspect.getsource(reading)):
        assert f"`{word}`" in page
    for word in branching._READS:
        assert f"`{word}" in page
