"""Misconceptions: each is refuted by a run, and not by prose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.lessons.course import load_course
from lifecycle_tui.lessons.misconceptions import Misconception, load_misconceptions
from lifecycle_tui.lessons.questions import load_questions
from lifecycle_tui.scenario.problems import ScenarioError
from tests.lessons.shipped import course

ALL = course().misconceptions

CURRICULUM = (
    "INIT-IS-MY-CODE", "COLD-ONCE", "FRESH-EACH-TIME", "CLEAN-TMP", "BACKGROUND-RUNS",
    "FREEZE-HOOK", "ONE-ENV-MANY", "SHARED-MEMORY", "SHARED-POOL", "WARM-MEANS-ALL", "INIT-ONCE",
    "TIMEOUT-COVERS-INIT", "INIT-FREE", "FIXED-KEEPALIVE", "PING-WARMS-ALL", "IMMORTAL-IF-BUSY",
    "CONFIG-HOT", "INIT-MEANS-WAIT", "FIRST-IS-COLD", "EXT-FREE", "SIGTERM-ALWAYS",
    "TIMEOUT-STAYS-WARM", "TIMEOUT-CONTINUES", "ERROR-KILLS-ENV", "RETRY-SAME-ENV",
    "PC-NEVER-COLD", "TEN-FOR-ALL", "RC-WARMS", "INIT-IS-EVERYTHING", "MEMORY-IS-RAM",
    "LOG-STREAM-CALL", "SNAPSTART-FREE",
)  # fmt: skip

GOOD = """\
format: 1
misconceptions:
  - id: ONE
    thought: It is one.
    truth: It is two.
    rules: [CON-01]
    refuted_by:
      scenario:
        functions: {api: {handler: {duration: 200ms}}}
        timeline: [{at: 0s, fire: {count: 2}}]
      claim: count(env) == 1
      shows: count(env) == 2
"""


@pytest.mark.parametrize("one", ALL.values(), ids=ALL)
def test_a_run_refutes_it(one: Misconception) -> None:
    names = one.refuting.names()
    assert one.refuting.claim.expression.holds(names) is False
    assert one.refuting.shows.expression.holds(names) is True


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_refutation_does_not_hang_on_the_seed(seed: int) -> None:
    for one in ALL.values():
        refuting = replace(one.refuting, plan=replace(one.refuting.plan, seed=seed))
        names = refuting.names()
        assert refuting.claim.expression.holds(names) is False, one.id
        assert refuting.shows.expression.holds(names) is True, one.id


def test_there_are_thirty_or_more_with_all_of_the_curriculum() -> None:
    assert len(ALL) >= 30
    assert set(CURRICULUM) <= set(ALL)


def test_what_is_true_stands_on_rules() -> None:
    for one in ALL.values():
        assert one.rules
        assert all(rule in RULES for rule in one.rules)
        assert one.thought.endswith(".")
        assert one.truth.endswith(".")


def test_the_questions_name_only_what_there_is() -> None:
    course = load_course()
    assert course is not None
    named = {
        name
        for group in load_questions(course)
        for question in group.questions
        for name in question.misconceptions
    }
    assert named <= set(ALL)


def test_a_folder_without_its_own_has_the_shipped_ones(tmp_path: Path) -> None:
    assert list(load_misconceptions(tmp_path)) == list(ALL)


def test_a_folder_may_have_its_own(tmp_path: Path) -> None:
    (tmp_path / "misconceptions.yaml").write_text(GOOD)
    assert list(load_misconceptions(tmp_path)) == ["ONE"]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("claim: count(env)", "claim: count(envs)", "11:20", "unknown name 'envs'"),
        ("claim: count(env) == 1", "claim: count(env) = 1", "11:25", "write == to compare"),
        ("claim: count", "claim: __import__", "11:14", "no name begins with '_'"),
        ("[CON-01]", "[CON-99]", "6:13", "which is no rule"),
        ("[CON-01]", "[]", "6:12", "name the rules"),
        ("id: ONE", "id: One", "3:9", "capital letters"),
        ("    truth: It is two.\n", "", "3:5", "'truth' is missing"),
        ("200ms", "200", "9:47", "200"),
        ("count: 2", "cuont: 2", "10:36", "did you mean 'count'?"),
        ("      shows: count(env) == 2\n", "", "8:7", "'shows' is missing"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, old: str, new: str, place: str, words: str
) -> None:
    assert old in GOOD
    (tmp_path / "misconceptions.yaml").write_text(GOOD.replace(old, new))
    with pytest.raises(ScenarioError) as caught:
        load_misconceptions(tmp_path)
    assert f"misconceptions.yaml:{place}: " in str(caught.value)
    assert words in str(caught.value)


def test_an_id_stands_there_once(tmp_path: Path) -> None:
    again = GOOD.split("misconceptions:\n")[1]
    (tmp_path / "misconceptions.yaml").write_text(GOOD + again)
    with pytest.raises(ScenarioError, match=r":13:9: .*'ONE' stands there more than once"):
        load_misconceptions(tmp_path)


def test_a_scenario_of_a_stranger_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "misconceptions.yaml").write_text(GOOD.replace("count: 2", "count: 60000"))
    with pytest.raises(ScenarioError, match=r":9:9: .*about 60,000 events"):
        load_misconceptions(tmp_path)


def test_what_the_seed_of_common_texts_gets_wrong_says_why_one_reads_it() -> None:
    for name in ("FREEZE-IS-SHUTDOWN", "TMP-512", "INIT-FREE", "REINIT-HAS-TEN"):
        assert ALL[name].heard.endswith(".")
