"""Sessions in lines: what is told, what is refused, and that nothing but text comes out."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import lifecycle_tui
from lifecycle_tui.language.running import run_line
from lifecycle_tui.plain.reasons import HEAD
from lifecycle_tui.plain.telling import Level, Teller, is_told_at
from lifecycle_tui.plain.wording import in_verbs, spoken
from lifecycle_tui.play.contrasts import contrasts
from lifecycle_tui.readings.why.records import sentence
from lifecycle_tui.scenario.catalogue import names
from lifecycle_tui.sessions.opening import open_scenario
from tests.plain.conftest import after, converse, talked

COLD = """\
t 0.00 s  Input: an event was fired at web-api.
t 0.00 s  #1 arrived at 0.00 s; its handler needs 1.2 s.
t 0.00 s  e1 was created for #1, because no environment was free.
t 0.10 s  e1's place and code were there, so its Init began.
t 0.14 s  All of e1's extensions were registered, so its runtime began.
t 0.36 s  e1's runtime was up and ran the code outside the handler.
t 1.12 s  e1's Init took 1.02 s.
t 1.12 s  #1 began on e1, which had been made for it.
t 2.32 s  #1 was done, everyone had asked for Next, and e1 froze.
"""


def test_an_event_is_told_step_by_step_until_it_is_quiet() -> None:
    assert "\n".join(after(converse("fire"), "fire")) + "\n" == COLD


def test_lines_of_a_pipe_are_repeated_and_nobody_is_prompted() -> None:
    text = converse("fire", "# a remark", "", "state")
    assert [line for line in text.splitlines() if line.startswith(">")] == ["> fire", "> state"]


def test_who_types_is_prompted_and_sees_no_line_twice() -> None:
    text = converse("fire", interactive=True)
    assert text.count("> ") == 2
    assert "> fire" not in text
    assert text.endswith("> \n")


def test_pause_holds_time_so_that_events_can_come_close_together() -> None:
    text = converse("pause", "fire", "wait 20ms", "fire", "play")
    assert "time stands still; play lets it pass" in after(text, "pause")
    assert "t 0.02 s  e2 was created for #2, because no environment was free." in text
    assert "froze" not in text.partition("> play")[0]
    assert after(text, "play")[-2].endswith("and e2 froze.")


def test_why_tells_causes_back_to_an_input() -> None:
    told = after(converse("fire", "why 1"), "why 1")
    assert told[0] == "Why was #1 COLD?"
    causes = told[: told.index(HEAD)]
    assert "Input: an event was fired" in causes[-1]
    assert "Rules" not in told
    assert "Rules" in after(converse("say 3", "fire", "why 1"), "why 1")


def test_why_tells_what_would_have_had_to_be_different_and_tries_it() -> None:
    session = open_scenario("sandbox").open()
    run_line(session, "fire")
    session.player.to_stop()
    wanted = contrasts(session.index, 1)
    assert wanted
    text = converse("try 1", "fire", "why 1", "try 9", "try 1", "why", "state")
    told = after(text, "why 1")
    assert told[told.index(HEAD) + 1 :] == [
        spoken(f"{place}. {one.words}") for place, one in enumerate(wanted, start=1)
    ]
    assert after(text, "try 1")[0].startswith("nothing to try; why tells")
    assert after(text, "try 9")[0].startswith("try '9': which one? why told 1")
    assert after(text.partition("try 9")[2], "try 1")[0].startswith("main.1: with provisioned")
    assert after(text, "why")[0] == "Why was #1 PRE?"


def test_a_long_run_is_said_to_take_a_while_before_it_is_looked_for() -> None:
    lines = ("pattern rate=30/s for=60s", "wait 50s", "why 1")
    told = after(converse(*lines), "why 1")
    looking = [line for line in told if line.startswith("Looking for what would have had to be")]
    assert len(looking) == 1
    at = told.index(looking[0])
    assert told[at - 1].startswith("  ")
    assert told[at + 1] == HEAD


def test_state_says_every_environment_in_words() -> None:
    told = after(converse("burst 2", "state"), "state")
    assert told[0] == "t 2.32 s."
    assert "2 events: 2 COLD" in told[2]
    assert told[3].startswith("e1: FROZEN since 2.32 s, on demand, served 1, globals since 1.12 s")
    assert told[3].endswith("Shutdown at 802.460 s (assumed).")
    assert told[4].startswith("e2: FROZEN")


def test_the_log_and_the_bill() -> None:
    text = converse("log", "cost", "fire", "log", "log 1", "log x", "cost")
    assert after(text, "log") == ["nothing is in the log yet"]
    assert after(text, "cost") == ["$0.00 so far: nothing has been billed"]
    assert after(text, "log 1")[0].startswith("2.32 s  REPORT RequestId: ")
    assert after(text, "log x") == ["log 'x': how many lines? as log 10"]
    last = text.rpartition("> cost\n")[2]
    assert "so far; 45% of it for Init and re-init." in last
    assert "Handler: $" in last


def test_acting_in_the_past_forks_with_the_screens_words() -> None:
    text = converse("fire", "seek 1s", "fire", "compare", "forks", "undo", "switch main")
    first = after(text, "seek 1s")
    assert first == ["t 1 s"]
    words = "main.1 forked at 1 s: one event; undo goes back to main; compare compares the two"
    assert words in text
    assert "A: main.1" in after(text, "compare")
    assert "main.1 (this one): 1 step, left main at 1 s" in after(text, "forks")
    assert after(text, "undo")[0] == "undone: one event, back in main; redo brings main.1 back"
    assert after(text, "switch main") == ["main is what is shown"]


def test_a_fork_is_told_from_where_it_left() -> None:
    text = converse("fire", "seek 1s", "fire")
    told = text.rpartition("> fire\n")[2]
    times = [float(each) for each in re.findall(r"^t ([\d.]+) s", told, re.MULTILINE)]
    assert times[0] == 1.0
    assert "#1 arrived" not in told
    assert "#2 arrived at 1.00 s" in told


def test_restarting_tells_the_story_from_its_beginning() -> None:
    text = converse("fire", "restart init.function=2s", "play")
    assert "#1 arrived at 0.00 s" in "\n".join(after(text, "restart init.function=2s"))
    assert "e1's Init took 2.26 s." in "\n".join(after(text, "play"))


def test_what_is_wrong_gets_a_caret_and_an_exit_status() -> None:
    text, status = talked("fire coutn=3", "staet", "crash e9", scenario="sandbox")
    assert status == 1
    assert after(text, "fire coutn=3") == [
        "fire coutn=3",
        "     ^",
        "fire: unknown key 'coutn'; did you mean 'count'?",
    ]
    assert after(text, "staet")[-1] == "there is no verb 'staet'; did you mean 'state'?"
    assert after(text, "crash e9") == ["there is no e9"]
    assert talked("fire", "why", scenario="sandbox")[1] == 0
    assert talked("staet", scenario="sandbox", interactive=True)[1] == 0


def test_quit_and_the_end_of_input_leave() -> None:
    assert "> fire" not in converse("quit", "fire")
    assert converse("q").endswith("> q\n")


def test_help_names_every_verb() -> None:
    text = converse("help", "help state", "help fire", "help nothing")
    for word in ("fire", "seek", "restart", "state", "say 1|2|3", "quit"):
        assert f"  {word}" in text
    assert after(text, "help state")[0].startswith("state: the environments")
    assert "send events now" in after(text, "help fire")[0]


def test_predictions_are_numbered_questions() -> None:
    text = converse("predict on", "fire", "9 a", "c", "1", "b", "predict off")
    assert "Question: How does it start?" in after(text, "fire")
    assert [line for line in after(text, "fire") if re.match(r"  \d\. ", line)]
    assert after(text, "9 a") == ["there is no such answer"]
    assert after(text, "c") == ["choose first, by its number"]
    assert after(text, "1") == ["How sure? a guess, b think, c certain."]
    told = after(text, "b")
    assert any(line.startswith(("RIGHT. #1", "WRONG. #1")) for line in told)
    assert told[-1].endswith("e1 froze.")
    assert after(text, "predict off")[0].startswith("predictions off; score ")


def test_a_scenario_stops_for_its_questions() -> None:
    text = converse("predict on", "play", "skip", scenario="short-timeout")
    assert any(line.startswith("Question: ") for line in after(text, "play"))
    assert len(after(text, "skip")) > 1


def test_a_question_that_is_let_go_sends_its_event() -> None:
    text = converse("predict on", "fire", "skip")
    assert "#1 arrived" in "\n".join(after(text, "skip"))


def test_saving_and_loading(tmp_path: Path) -> None:
    file = tmp_path / "mine.lcs"
    text = converse("fire", f"save {file}", f"load {file}", "state", f"load {tmp_path}/none")
    assert file.exists()
    assert after(text, f"load {file}") == ["sandbox is open, at t 2.32 s"]
    assert "1 event: 1 COLD" in "\n".join(after(text, "state"))
    assert after(text, f"load {tmp_path}/none")[0].startswith("cannot read")


def test_a_claim_is_searched_for() -> None:
    text = converse("claim inv[0].start != 'cold'", "claim nonsense(")
    assert "# Claim: inv[0].start != 'cold'" in text
    assert after(text, "claim nonsense(") == ["nonsense(", "        ^", "'(' is never closed"]


def test_words_of_the_glossary() -> None:
    assert "freeze (also" in converse("glossary frozen")
    assert after(converse("glossary freze"), "glossary freze")[0].startswith("no term 'freze'")


def test_walkthroughs_are_listed_and_told_at_home() -> None:
    text = converse("walkthroughs", "walkthrough cold-and-warm", "state", "walkthroughs doom-lop",
                    home=True)  # fmt: skip
    assert "cold-and-warm: Cold and warm" in after(text, "walkthroughs")
    told = after(text, "walkthrough cold-and-warm")
    assert told[:2] == ["Cold and warm", "1. at 0 s"]
    assert "Done: fire" in told
    assert told[-1] == "Back in the sandbox."
    assert after(text, "state")[0].startswith("t 0"), "the sandbox is as it was"
    assert "did you mean 'doom-loop'?" in after(text, "walkthroughs doom-lop")[0]


@pytest.mark.parametrize("scenario", names())
def test_every_transition_is_one_sentence_and_told_once(scenario: str) -> None:
    session = open_scenario(scenario).open()
    teller = Teller(session)
    session.player.to_stop()
    at_once = list(teller.news())
    assert not list(teller.news())
    last = session.trace.last_at(session.at_us)
    records = [session.trace[number] for number in range(last + 1)]
    told = [record for record in records if is_told_at(Level.TRANSITIONS, record)]
    assert {r.number for r in records if r.is_transition} <= {r.number for r in told}
    assert len(at_once) == len(told)
    for line, record in zip(at_once, told, strict=True):
        assert line.endswith(sentence(session.index, record))
    if len(session.player.track.times_us) > 400:
        return
    teller = Teller(session)
    session.player.home()
    by_steps = list(teller.news())
    while session.at_us < session.player.edge_us and session.player.step(1):
        by_steps += teller.news()
    assert by_steps == at_once


def test_levels_tell_more_and_more() -> None:
    told = []
    for level in (1, 2, 3):
        text = converse(f"say {level}", "play", scenario="crash-and-reinit")
        lines = (re.sub(r"( \(assumed\))?( \[[^]]*\])?$", "", e) for e in after(text, "play"))
        told.append({line for line in lines if line.startswith("t ")})
    assert told[0] < told[1] <= told[2]
    assert "[" in converse("say 3", "play", scenario="crash-and-reinit")


def _drawn(text: str) -> set[str]:
    """Return characters that draw, move or colour."""
    found = {each for each in text if 0x2500 <= ord(each) < 0x2600}
    return found | {e for e in text if unicodedata.category(e).startswith("C") and e not in "\n\t"}


@pytest.mark.parametrize("scenario", names())
def test_nothing_is_drawn(scenario: str) -> None:
    text = converse(
        "say 2", "play", "why", "state", "log 20", "cost", "seek 1s", "fire", "compare", "help",
        "glossary freeze", "help pattern", scenario=scenario,
    )  # fmt: skip
    assert not _drawn(text)
    assert text.isascii()


def test_what_is_typed_cannot_draw_either() -> None:
    assert not _drawn(converse("fire \x1b[31m", "\x1b]52;c;x\x07", "glossary \x9b2J"))


PACKAGE = Path(lifecycle_tui.__file__).parent
SPOKEN_OF = ("play", "lessons/playing", "language", "sessions")
KEY_HINT = re.compile(r"(?:^| · )(?:[b-zB-Z?{}]|Esc|Space|Enter|Tab) (?=[a-z])")
"""What looks like ``u returns``: a key and what it does."""


def _texts(path: Path) -> Iterator[str]:
    """Yield every text of a file but its docstrings, with 1 for what is filled in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements = (node for node in ast.walk(tree) if isinstance(node, ast.Expr))
    passed = {id(node.value) for node in statements}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            passed |= {id(part) for part in node.values}
            parts = (part.value if isinstance(part, ast.Constant) else 1 for part in node.values)
            yield "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and id(node) not in passed:
            yield str(node.value)


def test_no_note_speaks_of_keys() -> None:
    files = (path for folder in SPOKEN_OF for path in sorted((PACKAGE / folder).rglob("*.py")))
    hints = [text for file in files for text in _texts(file) if KEY_HINT.search(text)]
    assert len(hints) >= 15
    assert not [text for text in hints if KEY_HINT.search(in_verbs(text))]


def test_symbols_become_words() -> None:
    assert spoken("a · b † “c” …") == 'a; b (assumed) "c" ...'
