"""In monochrome ASCII at 80x24 every state is told apart: on the real screen, by letters alone."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from functools import cache
from typing import NamedTuple

import pytest
from rich.color import ColorType

from lifecycle_tui.engine.plan import (
    SECOND,
    ExtensionPlan,
    Fire,
    FunctionPlan,
    Outcome,
    Plan,
)
from lifecycle_tui.engine.states import State
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.play.arrivals import REFUSED
from lifecycle_tui.play.overview import (
    BUSY,
    BUSY_SEEN,
    CURSOR,
    EDGE,
    IDLE,
    IDLE_SEEN,
    MARK,
    UNSEEN,
)
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.source_rows import _LOOKS as FATES
from lifecycle_tui.play.source_rows import sign
from lifecycle_tui.readings.compare import START_WORDS
from lifecycle_tui.readings.model import Phase, Start
from lifecycle_tui.readings.segments import segments
from lifecycle_tui.readings.state import environment_at
from lifecycle_tui.scenario.catalogue import names
from lifecycle_tui.sessions.opening import open_scenario
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.skin import HEADS, LOOKS, WORDS
from lifecycle_tui.tui.theme import NO_COLOUR_THEME
from tests.story import prompt_account
from tests.tui.conftest import MakeApp, sandbox, text_of

SHOWN_STATES = tuple(state for state in State if state is not State.NONE)
SLOW = FunctionPlan(
    "slow",
    timeout_us=20 * SECOND,
    handler=Constant(SECOND),
    runtime_overhead=Constant(SECOND),
    extensions=(
        ExtensionPlan(
            "otel",
            register=Constant(400_000),
            ready=Constant(3 * SECOND),
            tail=Constant(SECOND),
            shutdown=Constant(SECOND),
        ),
    ),
)
RARE = Plan(
    (SLOW,),
    prompt_account(),
    (Fire(at_us=0, outcome=Outcome.EXIT), Fire(at_us=10 * SECOND)),
    title="Rare phases",
)
"""What no shipped scenario has long enough to be seen."""
PLANS = {**{name: open_scenario(name).plan for name in names()}, "rare": RARE}
LANES = 8
"""Environments whose lanes can be seen at 80x24, at least."""


class Moment(NamedTuple):
    """Where a phase or a state can be seen."""

    at_us: int
    environment: int
    phase: Phase | None
    state: State


@cache
def moments() -> dict[str, tuple[Moment, ...]]:
    """Return, by scenario, moments that show all phases and states between them."""
    found: dict[str, list[Moment]] = defaultdict(list)
    missing: set[Phase | State] = {*Phase, *SHOWN_STATES}
    for name, plan in PLANS.items():
        if not missing or len(plan.commands) > 40:
            continue
        session = Session(plan)
        for facts in session.trace.environments[:LANES]:
            stretches = segments(session.index, facts.number)
            for one in stretches:
                middle_us = (one.start_us + one.end_us) // 2
                visible = one.start_us >= 0 and middle_us > one.start_us
                if not visible or one.end_us > session.take.horizon_us:
                    continue
                state = environment_at(session.index, facts.number, middle_us)
                if state is not None and {one.phase, state.state} & missing:
                    missing -= {one.phase, state.state}
                    found[name].append(Moment(middle_us, facts.number, one.phase, state.state))
            if State.GONE in missing and stretches and stretches[-1].phase is Phase.SHUTDOWN:
                missing.discard(State.GONE)
                after_us = stretches[-1].end_us + 1_000
                found[name].append(Moment(after_us, facts.number, None, State.GONE))
    assert not missing
    return {name: tuple(each) for name, each in found.items()}


def is_coloured(app: LifecycleApp) -> bool:
    """Whether anything on the screen has a colour."""
    return any(
        colour is not None and colour.type is not ColorType.DEFAULT
        for strip in app.screen._compositor.render_strips()
        for segment in strip
        if segment.style is not None
        for colour in (segment.style.color, segment.style.bgcolor)
    )


async def look(make_app: MakeApp, name: str) -> dict[Moment, str]:
    """Return the screen at each of a scenario's moments."""
    app = make_app(PLANS[name], theme=NO_COLOUR_THEME, ascii_only=True)
    shown = {}
    async with app.run_test(size=(80, 24)) as pilot:
        screen = sandbox(app)
        for moment in moments()[name]:
            screen.session.player.seek(moment.at_us)
            screen.publish()
            while screen.session.at_us == moment.at_us and screen.camera.selected != (
                moment.environment
            ):
                before = screen.camera.selected
                await pilot.press("down" if before < moment.environment else "up")
                if screen.camera.selected == before:
                    break
            await pilot.pause(0.1)
            assert not is_coloured(app)
            shown[moment] = text_of(app)
    return shown


def test_every_phase_and_state_is_told_by_letters_on_the_screen(make_app: MakeApp) -> None:
    phases: dict[Phase, str] = {}
    states: dict[State, set[tuple[str, str]]] = defaultdict(set)
    for name in moments():
        for moment, text in asyncio.run(look(make_app, name)).items():
            assert text.isascii()
            rows = text.splitlines()
            ident = f"e{moment.environment + 1}"
            lane = next(row for row in rows if row.strip("> ").partition(" ")[0] == ident)
            if moment.phase is not None:
                letter = LOOKS[moment.phase].ascii
                assert letter in lane[12:], (moment, lane)
                phases[moment.phase] = letter
            head = lane[:12].rstrip()[-1]
            words = [word for _, word in [HEADS[head]]]
            assert moment.state.name in text or words[0] in text, (moment, text)
            states[moment.state].add((head, words[0]))
    assert set(phases) == set(Phase)
    assert len(set(phases.values())) == len(Phase)
    assert set(states) == set(SHOWN_STATES)
    marks = [head for heads in states.values() for head, _ in heads]
    assert len(marks) == len(set(marks)), states


def test_marks_of_heads_have_words_of_their_own() -> None:
    assert len({word for _, word in HEADS.values()}) == len(HEADS)
    assert all(mark.isascii() and len(mark) == 1 for mark in HEADS)


def test_words_of_starts_and_refusals_are_distinct() -> None:
    said = [*START_WORDS.values(), REFUSED, "408"]
    assert set(START_WORDS) == set(Start)
    assert len({word.upper() for word in said}) == len(said)
    assert all(word.isascii() for word in said)
    assert set(said) <= set(WORDS)


def test_source_rows_say_what_they_say_without_colours() -> None:
    waiting = {sign(count) for count in (0, 1, 9, 10, 99, 100, 100_000)}
    assert waiting == {" ", "1", "9", "+", "#"}
    assert len(FATES) == 3
    assert not waiting & set(FATES)
    assert all(letter.isascii() and letter.isalpha() for letter in FATES)


def test_the_overview_has_a_sign_for_everything() -> None:
    signs = (UNSEEN, IDLE, BUSY, IDLE_SEEN, BUSY_SEEN, EDGE, MARK, CURSOR)
    assert len(set(signs)) == len(signs)
    assert "".join(signs).isascii()


@pytest.mark.parametrize(
    ("variables", "ascii_only"),
    [
        ({"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}, True),
        ({"LC_ALL": "de_DE.ISO-8859-1", "PYTHONIOENCODING": "latin-1"}, True),
        ({"TERM": "linux"}, True),
        ({"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8"}, False),
    ],
)
def test_the_program_chooses_ascii_where_the_locale_needs_it(
    variables: dict[str, str], ascii_only: bool
) -> None:
    import os
    import subprocess
    import sys

    probe = (
        "from lifecycle_tui.tui.app import LifecycleApp;"
        "from lifecycle_tui.cli.opening import open_sandbox;"
        "app = LifecycleApp(open_sandbox);"
        "print(app.skin.ascii_only, app.has_class('-ascii'))"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHON"))}
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**clean, "TERM": "xterm", **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(ascii_only)] * 2
