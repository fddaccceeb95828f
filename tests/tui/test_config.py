"""The configuration pane: what is pending, what a change means, and what has changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from lifecycle_tui.engine.plan import MS, SECOND, ExtensionPlan
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.language.running import run_line
from lifecycle_tui.play.session import AFTER_DELAY, AT_ONCE, NEW_ONLY, Session
from lifecycle_tui.readings.model import Phase
from lifecycle_tui.scenario import presets
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.tui.widgets.config import config_lines, summary
from lifecycle_tui.tui.widgets.config_fields import FIELDS, effects, extension_init, said
from lifecycle_tui.tui.widgets.painted import text_of
from tests.play.plans import COLD_US, FUNCTION, plan
from tests.tui.conftest import MakeApp, sandbox
from tests.tui.conftest import text_of as screen_of

SIZES = [(80, 24), (120, 40), (200, 50)]


def effect(name: str, raised: bool) -> str:
    if name == "provisioned_concurrency":
        return AFTER_DELAY if raised else AT_ONCE
    return NEW_ONLY


def test_each_change_is_named_with_when_it_takes_effect() -> None:
    draft = replace(FUNCTION, timeout_us=5 * SECOND, memory_mb=1_024, provisioned_concurrency=2)
    found = effects(FUNCTION, draft, effect)
    assert found == {
        NEW_ONLY: "timeout 3 s → 5 s, memory 512 MB → 1024 MB",
        AFTER_DELAY: "PC 0 → 2",
    }
    assert said(found, 200).startswith(f"timeout 3 s → 5 s, memory 512 MB → 1024 MB: {NEW_ONLY}")
    assert "new environments only · PC 0 → 2: usable" in said(found, 100)


def test_what_is_not_applied_is_marked_in_letters() -> None:
    draft = replace(FUNCTION, timeout_us=5 * SECOND)
    for chosen in (0, 1):
        text = text_of(
            config_lines(FUNCTION, draft, chosen=chosen, width=78, height=8, effect=effect)
        )
        assert "*5 s" in text
        assert "* timeout 3 s → 5 s: new environments only" in text
    plain = config_lines(FUNCTION, FUNCTION, chosen=0, width=78, height=8, effect=effect)
    assert text_of(plain).count("*") == 1  # what the star means


@pytest.mark.parametrize(("width", "height"), [(78, 8), (118, 4), (66, 15)])
def test_the_keys_stay_in_their_row_and_everything_is_seen(width: int, height: int) -> None:
    every = [FUNCTION]
    for field in FIELDS:
        every.append(field.moved(every[-1], 1))
    rows = set()
    for draft in every:
        for chosen in range(len(FIELDS)):
            lines = config_lines(
                FUNCTION, draft, chosen=chosen, width=width, height=height, effect=effect
            )
            assert len(lines) <= height
            (row,) = (y for y, line in enumerate(lines) if "Esc discards" in text_of([line]))
            rows.add(row)
            assert all(len(text) <= width for text in text_of(lines).splitlines())
    assert len(rows) == 1


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_hint_is_seen_at_every_size(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await pilot.press("c")
            await pilot.pause()
            for key in ("right", "down", "right"):
                text = screen_of(app)
                assert "Enter applies" in text
                assert "Esc discards" in text
                assert "t T" in text
                assert "v V" in text
                await pilot.press(key)
                await pilot.pause()

    asyncio.run(story())


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_note_after_enter_names_what_changed(size: tuple[int, int], make_app: MakeApp) -> None:
    async def story() -> None:
        app = make_app()
        async with app.run_test(size=size) as pilot:
            await pilot.press("c", "right", "down", "right", "enter")
            await pilot.pause()
            note = screen_of(app).splitlines()[-2]
            assert "timeout 3 s → 5 s, memory 512 MB → 1024 MB: new environments only" in note
            assert ("busy ones finish" in note) == (size[0] >= 120)

    asyncio.run(story())


def test_what_function_init_computes_is_part_of_it() -> None:
    """With 512 MB one second of a whole vCPU takes 3.46 s, and a notch changes only the rest."""
    function = replace(FUNCTION, init_function=Constant(500 * MS), init_cpu=Constant(SECOND))
    assert "F 3.96s" in text_of([summary(function, 80)])
    field = next(field for field in FIELDS if field.title == "F init")
    longer = field.moved(function, 1)
    assert field.read(longer) in field.notches
    assert longer.init_cpu == function.init_cpu
    assert field.write(function, 0).init_function == Constant(0)


def two_extensions(*register_ms: int, internal: bool = False) -> tuple[ExtensionPlan, ...]:
    return tuple(
        ExtensionPlan(
            f"ext-{ms}",
            external=not internal,
            register=Constant(ms * MS),
            ready=Constant((ms + 30) * MS),
        )
        for ms in register_ms
    )


def test_extensions_register_side_by_side(make_app: MakeApp) -> None:
    function = replace(FUNCTION, extensions=two_extensions(60, 30))
    assert extension_init(function) == 60 * MS
    assert "E 60ms" in text_of([summary(function, 80)])

    async def story() -> None:
        app = make_app(plan(function=function))
        async with app.run_test(size=(80, 24)):
            screen = sandbox(app)
            screen.session.fire()
            screen.session.player.seek(COLD_US)
            screen.publish()
            assert screen.shown is not None
            assert screen.shown.selected is not None
            bars = {bar.phase: bar.elapsed_us for bar in screen.shown.selected.init_bars}
            assert bars[Phase.EXTENSION_INIT] == extension_init(function)

    asyncio.run(story())


def test_internal_extensions_hold_no_runtime_up() -> None:
    function = replace(FUNCTION, extensions=two_extensions(60, internal=True))
    assert extension_init(function) == 0
    assert extension_init(replace(FUNCTION, extensions=())) is None


def test_a_slower_registration_keeps_what_is_ready_later() -> None:
    field = next(field for field in FIELDS if field.id == "extension_init")
    function = replace(FUNCTION, extensions=two_extensions(60, 300))
    moved = field.write(function, 100 * MS)
    assert field.read(moved) == 100 * MS
    assert [one.ready.mean_us for one in moved.extensions] == [100 * MS, 330 * MS]


@pytest.mark.parametrize("runtime", ["python3.13", "java21", "provided.al2023"])
@pytest.mark.parametrize("used", ["", ", memory_used: 40MB", ", memory_used: 300MB"])
@pytest.mark.parametrize("measured_mb", [None, 400])
def test_a_typed_memory_changes_what_the_pane_does_and_never_how_much_is_used(
    runtime: str, used: str, measured_mb: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if measured_mb is not None:
        # Nothing was measured above the least memory there is; who measures anew may find some.
        hungry = {
            key: replace(one, memory_used_mb=measured_mb) for key, one in presets.presets().items()
        }
        monkeypatch.setattr(presets, "presets", lambda: hungry)
    text = f"format: 1\nfunctions:\n  f: {{runtime: {runtime}, memory: 512MB{used}}}\n"
    memory = next(field for field in FIELDS if field.id == "memory_mb")
    for size_mb, direction in ((256, -1), (1_024, 1)):
        session = Session(parse_text(text))
        plan = session.function_at_cursor()
        run_line(session, f"set memory={size_mb}MB")
        typed = session.function_at_cursor()
        assert typed == memory.moved(plan, direction)
        assert typed.memory_used_mb == plan.memory_used_mb
