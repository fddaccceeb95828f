"""A lesson broken in one way is found out: by lint, or by the proof."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lessons.examples import changed, example, linted, proven

ALSO_RIGHT = """\
options:
  cold: {text: "COLD, as the first was", when: "inv[1].wait_ms < 50"}
  warm: {text: "WARM, without Init", when: "inv[1].start == 'warm'"}
"""
OPTIONS = "options:\n  cold: COLD, as the first was\n  warm: WARM, without Init\n"
ANSWER = "answer: inv[1].start\n"


def test_the_example_holds_what_it_promises(tmp_path: Path) -> None:
    assert linted(tmp_path, example()) == []
    assert proven(example()) == []


# The ten ways.


def test_a_wrong_answer() -> None:
    """The answer looks at the first event instead of the second."""
    found = proven(changed((ANSWER, "answer: inv[0].start\n")))
    assert len(found) == 2
    assert "35:3: prediction second: 'warm' is wrong with every seed, and nothing says" in found[0]
    assert "39:3: prediction second: 'cold' is right with every seed, and yet it is" in found[1]


def test_a_check_that_its_solution_does_not_reach() -> None:
    found = proven(changed(("'cold') >= 3", "'cold') >= 30")))
    message = "after its solution, check three-colds lacks 'three cold starts' (seed 7)"
    assert found == [f"01-second-event.md:52:5: {message}"]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("all(inv, status == 'ok')", "holds before anything is done"),
        ("count(inv, start == 'cold') >= 1", "holds already where it is set"),
    ],
)
def test_a_check_that_is_true_at_the_start(condition: str, words: str) -> None:
    found = proven(changed(("count(inv, start == 'cold') >= 3", condition)))
    assert len(found) >= 1
    assert any(f"48:1: check three-colds {words}" in each for each in found)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("- burst 3\n- wait until idle", "- brust 3", "65:3", "did you mean 'burst'?"),
        ("```yaml stage\n- fire", "```yaml stage\n- fier", "26:3", "did you mean 'fire'?"),
        ("[wait 5s, fire, wait until idle]", "[wait 5, fire]", "37:14", "a duration with a unit"),
        ("allow: [fire, burst, wait]", "allow: [fire, wait]", "65:3", "does not allow"),
        ("allow: [fire, burst, wait]", "allow: [fire, brust, wait]", "12:8", "mean 'burst'?"),
        ("- burst 3\n", "- save /tmp/x\n", "65:3", "'save' has no place in a lesson"),
        ("- burst 3\n", "- pattern trace=/etc/passwd\n", "65:", ""),
    ],
)
def test_an_unknown_verb(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    found = linted(tmp_path, changed((old, new)))
    assert any(f":{place}" in each and words in each for each in found), found


def test_broken_yaml(tmp_path: Path) -> None:
    found = linted(tmp_path, changed(("- fire\n- wait", "- [fire\n- wait")))
    assert len(found) == 1
    assert found[0].startswith("01-second-event.md:28:1: not YAML")


@pytest.mark.parametrize(
    ("hint", "secret"),
    [
        ("Will a burst of 3 events do?", "3"),
        ("Try burst 3 now", "3"),
    ],
)
def test_a_leaking_hint_of_a_check(tmp_path: Path, hint: str, secret: str) -> None:
    found = linted(
        tmp_path, changed(("How many events can one environment serve at a time?", hint))
    )
    assert found == [
        f"01-second-event.md:59:3: the first hint gives '{secret}' away; say where to look"
    ]


@pytest.mark.parametrize("hint", ["Think of WARM, without Init.", "Is it warm?"])
def test_a_leaking_hint_of_a_prediction(tmp_path: Path, hint: str) -> None:
    block = f"```yaml hint\n- {hint}\n```\n\n## Change"
    found = linted(tmp_path, changed(("## Change", block)))
    assert len(found) == 1
    assert "45:3: the first hint gives '" in found[0]


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("The first event meets", "word " * 180 + "meets", "22:1", "rows in 76 columns"),
        ("The first event meets", f"{'endless' * 9} meets", "22:1", "has 63 columns; at most 56"),
        ("title: The second event", "title: " + "long " * 11, "4:8", "columns; at most 48 fit"),
        ("COLD, as the first was", "COLD, as the first was " + "so " * 20, "34:3", "at most 50"),
        ("text: three cold starts,", f"text: {'three ' * 12},", "52:5", "at most 50 fit"),
        ("  WARM   a free", "  WARM " + "-" * 50 + " a free", "82:1", "card, line 2"),
        ("Make three events start cold.", "Make it " * 30, "48:1", "rows in 76 columns"),
        ("- Write burst 3.", "- " + "Write it " * 30, "61:3", "hint: "),
        ("explain: The", "explain: " + "The one " * 40, "30:1", "explain: "),
        ("ask: Another", "ask: " + "Another " * 34, "30:1", "ask: "),
        ("COLD, as the first was", "冷" * 26, "34:3", "52 columns; at most 50 fit"),
    ],
)
def test_overflow(tmp_path: Path, old: str, new: str, place: str, words: str) -> None:
    found = linted(tmp_path, changed((old, new)))
    assert any(f"01-second-event.md:{place}: " in each and words in each for each in found), found


def test_prose_counts_as_a_page_up_to_the_next_block(tmp_path: Path) -> None:
    """Paragraphs that fit one by one do not fit together; a block between them makes two pages."""
    pages = "\n\n".join(["One sentence, and not a long one."] * 6) + "\n\n"
    together = changed(("The first event meets", pages + "The first event meets"))
    assert any("prose up to the next block: " in each for each in linted(tmp_path, together))
    apart = changed(("The first event meets", pages + "```text\n-\n```\n\nThe first event meets"))
    assert any("13 rows" in each or "11 rows" in each for each in linted(tmp_path, apart))
    three = "\n\n".join(["One sentence, and not a long one."] * 3) + "\n\n```text\n-\n```\n\n"
    assert (
        linted(tmp_path, changed(("The first event meets", three + "The first event meets"))) == []
    )


def test_a_missing_solution(tmp_path: Path) -> None:
    text = changed(("```yaml solution\n- burst 3\n- wait until idle\n```\n", ""))
    assert linted(tmp_path, text) == ["01-second-event.md:48:1: check three-colds has no solution"]


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("[above](#lok)", "there is no beat '#lok'; did you mean 'look'?"),
        ("[next](02-third-event.md)", "there is no file '02-third-event.md'"),
        ("[AWS](http://docs.aws.amazon.com)", "an address begins with https://"),
        ("[out](../../etc/passwd)", "there is no file '../../etc/passwd'"),
        ("![picture](x.png)", "a terminal shows none"),
        ("[](#look)", "a link without words or target"),
        ("[CON-99]", "there is no rule 'CON-99'"),
        ("*frozn*", "is no word of the glossary; did you mean 'freeze'?"),
    ],
)
def test_a_dead_link(tmp_path: Path, link: str, words: str) -> None:
    found = linted(tmp_path, changed(("What does an event wait for,", f"See {link}. What does")))
    assert len(found) == 1
    assert found[0].startswith("01-second-event.md:18:1: ")
    assert words in found[0]


def test_what_leads_somewhere_is_fine(tmp_path: Path) -> None:
    words = "See [above](#look), [this](01-second-event.md), [AWS](https://aws.amazon.com/lambda/)."
    text = changed(("What does an event wait for,", f"{words} `[code](#none)` *freeze* What does"))
    assert linted(tmp_path, text) == []


def test_an_ambiguous_option() -> None:
    found = proven(changed((OPTIONS, ALSO_RIGHT), (ANSWER, "")))
    assert found == [
        "01-second-event.md:30:1: prediction second: 'cold' and 'warm' are right at once (seed 7)"
    ]


# And more.


def test_two_options_that_read_the_same() -> None:
    found = proven(changed(("cold: COLD, as the first was", "cold: WARM, without Init")))
    assert any("two options read the same" in each for each in found)


def test_an_answer_that_is_no_option() -> None:
    found = proven(changed((ANSWER, "answer: inv[1].status\n")))
    assert found == [
        (
            "01-second-event.md:36:9: prediction second: the answer is 'ok', which is no option"
            " (seed 7)"
        )
    ]


def test_options_of_which_none_is_right() -> None:
    options = ALSO_RIGHT.replace("< 50", "< 0").replace("'warm'", "'cold'")
    found = proven(changed((OPTIONS, options), (ANSWER, "")))
    assert found == ["01-second-event.md:30:1: prediction second: no option is right (seed 7)"]


def test_an_answer_that_hangs_on_the_seed_has_to_be_an_option_with_every_seed() -> None:
    """With seed 7 the number is an option, and with others it is none."""
    text = changed((ANSWER, "answer: \"'warm' if run.seed == 7 else 'hot'\"\n"))
    assert proven(text, seeds=1) == []
    assert "the answer is 'hot', which is no option (seed 8)" in proven(text)[0]


def test_a_solution_that_takes_more_than_twice_its_par() -> None:
    text = changed(("- burst 3\n- wait", "- burst 1\n- burst 1\n- burst 2\n- wait"))
    assert proven(text) == [
        "01-second-event.md:64:1: the solution takes 3 moves, and par is 1: at most 2 (seed 7)"
    ]


def test_a_solution_that_does_what_is_forbidden() -> None:
    found = proven(changed(("forbid: [cfg.pc > 0]", "forbid: [run.cold > 2]")))
    assert "53:10: the solution of three-colds does what it forbids: run.cold > 2" in found[0]


def test_a_command_that_is_refused_when_it_is_run() -> None:
    found = proven(
        changed(("- fire\n- wait until idle\n```\n\n```yaml p", "- undo\n```\n\n```yaml p"))
    )
    assert found == [
        "01-second-event.md:26:3: 'undo' was refused: nothing to undo (seed 7)"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("misconceptions: [COLD-ONCE]", "misconceptions: [COLD-ONC]", "did you mean 'COLD-ONCE'?"),
        ("misconceptions: [COLD-ONCE]", "misconceptions: []", "COLD-ONCE is refuted and not"),
        ("refutes: [COLD-ONCE]\n", "", "nothing in the lesson refutes COLD-ONCE"),
        ("refutes: [COLD-ONCE]", "refutes: [COLD-TWICE]", "did you mean 'COLD-ONCE'?"),
        ("  cold: {say:", "  cold: {m: COLD-ONC, say:", "did you mean 'COLD-ONCE'?"),
        ("terms: [cold start, warm start]", "terms: [cold stert]", "did you mean 'cold start'?"),
        ("rules: [CON-02, INIT-13]\n```\n\n## C", "```\n\n## C", "second names no rules"),
        ("terms: [cold start, warm start]", "terms: [shard]", "'shard' does not occur"),
        ("scenario: sandbox", "scenario: sandbx", "did you mean 'sandbox'?"),
        ("scenario: sandbox", "scenario: ../../x.yaml", "leads out of the lesson's folder"),
        ("scenario: sandbox", "scenario: sandbox\nset: [web-api.timeot=5s]", "'timeout'"),
        ("par: 1", "par: 1\nrequires: [freeze]", "there is no lesson 'freeze'"),
        ("par: 1", "par: 1\nrequires: [second-event]", "does not come before this lesson"),
        ("par: 1", "par: 1\nrecall: [second-event.first]", "has no prediction 'first'"),
        ("order: 1", "order: 2", "it should be 02-second-event.md"),
        ("id: second-event", "id: first-event", "it should be 01-first-event.md"),
        ("answer: inv[1].start", "answer: inv[1].strat", "did you mean 'start'?"),
        ("answer: inv[1].start", "answer: ivn[1].start", "unknown name 'ivn'"),
        ("forbid: [cfg.pc > 0]", "forbid: ['any(inv, env == \"e1\")']", "write row.env"),
        ("{inv[0].wait_ms}", "{inv[0].weight}", "in {inv[0].weight}: "),
    ],
)
def test_lint_finds_what_leads_nowhere(tmp_path: Path, old: str, new: str, words: str) -> None:
    found = linted(tmp_path, changed((old, new)))
    assert any(words in each for each in found), found


def test_a_lesson_lacks_its_parts(tmp_path: Path) -> None:
    text = example().split("## Look")[0] + "## Look {#look}\n\nNothing. *Cold start*, WARM.\n"
    found = linted(tmp_path, text.replace("misconceptions: [COLD-ONCE]\n", ""))
    assert [each.split(": ", 1)[1].split(":")[0] for each in found] == [
        "no prediction", "no check", "no recap", "no card",
    ]  # fmt: skip


def test_two_lessons_of_one_id_and_order(tmp_path: Path) -> None:
    (tmp_path / "second-event.md").write_text(example())
    found = linted(tmp_path, example())
    assert [each.split(": ", 1)[1] for each in found] == [
        "'second-event' is the id of 01-second-event.md too",
        "order 1 is that of 01-second-event.md too",
    ]


def test_a_course_lists_its_lessons(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text(
        "format: 1\ntitle: Mine\nlessons: [{id: other, title: Other}]\nplanned: []\n"
    )
    assert linted(tmp_path, example()) == [
        "01-second-event.md:3:5: 'second-event' is no lesson of course.yaml",
        "course.yaml:1:1: the lesson 'other' is listed and has no file; or is it planned?",
    ]
