"""A contrast that was tried out is kept in a session's file like any other step."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.play.contrasts import contrasts
from lifecycle_tui.play.contrasts.asking import try_out
from lifecycle_tui.play.session import Session
from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.sessions.reading import parse_session
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.writing import write_session
from tests.sessions.sessions import ORIGIN, PLAN


def tried() -> tuple[Session, str]:
    session = Session(PLAN)
    session.player.seek(40 * SECOND)
    (contrast, *_) = contrasts(session.index, 1)
    try_out(session, contrast)
    saved = Saved(ORIGIN, PLAN, session.branches, session.branch.name)
    return session, write_session(saved)


def test_a_contrast_that_was_tried_out_comes_back() -> None:
    session, text = tried()
    found = parse_session(text.encode(), "x.lcs")
    assert found.branches == session.branches
    again = Session(found.plan)
    again.load(found.branches, found.current)
    last = session.trace.last_at(session.at_us)
    assert last > 10
    assert [again.trace[n] for n in range(last)] == [session.trace[n] for n in range(last)]


@pytest.mark.parametrize(
    "change",
    [
        '{"is": "LeftOut", "of": [99]}',
        '{"is": "FunctionSet", "of": [0, "timeout_us", "soon", -1]}',
        '{"is": "FunctionSet", "of": [0, "nothing", 5, -1]}',
        '{"is": "AccountSet", "of": ["concurrency", -5]}',
        '{"is": "Oops", "of": []}',
        "[",
    ],
)
def test_a_change_that_does_not_fit_is_refused_with_its_place(change: str) -> None:
    from lifecycle_tui.sessions.layout import DIGEST, digest_of

    _, text = tried()
    lines = text.splitlines(keepends=True)[:-1]
    place = next(n for n, line in enumerate(lines) if " what-if " in line)
    head = lines[place].split("what-if ")[0]
    lines[place] = f'{head}what-if ["With something", {change}]\n'
    body = "".join(lines)
    with pytest.raises(ScenarioError, match="what-if"):
        parse_session(f"{body}{DIGEST}{digest_of(body)}\n".encode(), "x.lcs")
