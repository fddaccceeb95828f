"""What was supposed in a fork is kept; what does not fit a session is refused."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import SECOND, Fire
from lifecycle_tui.play.branches import WhatIf
from lifecycle_tui.play.contrasts.changes import (
    Change,
    Connected,
    Earlier,
    EventChanged,
    FunctionSet,
    LeftOut,
)
from lifecycle_tui.play.contrasts.saving import to_data
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.reading import parse_session
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.supposing import misfit, print_supposed, read_supposed
from lifecycle_tui.sessions.writing import write_session
from tests.sessions.sessions import ORIGIN, PLAN


def supposed(change: Change) -> Session:
    session = Session(PLAN)
    session.player.seek(10 * SECOND)
    session.fork()
    session.add(WhatIf(at_us=session.at_us, change=change, words="Had it been otherwise"))
    return session


def text_of(session: Session) -> str:
    return write_session(Saved.of(session, ORIGIN))


def test_a_session_with_a_supposition_replays_to_the_same_run() -> None:
    session = supposed(FunctionSet(0, "timeout_us", 9 * SECOND))
    text = text_of(session)
    saved = parse_session(text.encode(), "s.lcs")
    assert saved.branches == session.branches
    again = Session(saved.plan)
    again.load(saved.branches, saved.current)
    assert [again.trace[n] for n in range(len(again.trace))] == [
        session.trace[n] for n in range(len(session.trace))
    ]
    assert write_session(saved) == text


@pytest.mark.parametrize(
    "change",
    [
        FunctionSet(7, "timeout_us", SECOND),
        FunctionSet(0, "no_such_field", 1),
        FunctionSet(0, "timeout_us", "long"),
        FunctionSet(0, "timeout_us", -1),
        FunctionSet(0, "timeout_us", None),
        FunctionSet(0, "handler", 5),
        FunctionSet(0, "timeout_us", 10**30),
        EventChanged(99, 0, later_us=1),
        Earlier(99, 1),
        Connected(3, 5),
        Earlier(0, 10**15),
    ],
)
def test_what_fits_nothing_is_refused(change: Change) -> None:
    step = WhatIf(at_us=0, change=change, words="w")
    assert misfit(step, PLAN, (Fire(at_us=0),))


def test_what_is_left_out_shifts_what_follows() -> None:
    step = WhatIf(at_us=0, change=LeftOut(0), words="w")
    assert not misfit(step, PLAN, ())


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("{", "not JSON"),
        ("[]", "expected"),
        ('{"words": 5, "change": null}', "one line of text"),
        ('{"words": "a\\u001bb", "change": null}', "one line of text"),
        ('{"words": "a", "change": null}', "change"),
        ('{"words": "a", "change": {"is": "Session", "of": []}}', "change"),
        ('{"words": "a", "change": {"is": "LeftOut", "of": ["x"]}}', "change"),
        (json.dumps({"words": "a", "change": [[[[[[[[[[[[]]]]]]]]]]]]}), "nested"),
        ("9" * 30_000, "characters"),
    ],
)
def test_a_strangers_line_is_read_strictly(data: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_supposed(data, 0)


def test_printing_and_reading_agree() -> None:
    step = WhatIf(at_us=5, change=EventChanged(0, 0, later_us=40_000), words="Had #1 come later")
    line = print_supposed(step)
    assert read_supposed(line.removeprefix("suppose "), 5) == step
    assert to_data(EventChanged(0, 0, later_us=40_000))


def test_a_file_whose_supposition_fits_nothing_names_the_branch() -> None:
    session = supposed(FunctionSet(0, "timeout_us", 9 * SECOND))
    saved = Saved.of(session, ORIGIN)
    strange = WhatIf(at_us=0, change=FunctionSet(9, "timeout_us", 1), words="w")
    branches = list(saved.branches)
    branches[-1] = replace(branches[-1], steps=(*branches[-1].steps[:-1], strange))
    text = write_session(replace(saved, branches=tuple(branches)))
    with pytest.raises(ScenarioError, match="fits nothing"):
        parse_session(text.encode(), "s.lcs")
