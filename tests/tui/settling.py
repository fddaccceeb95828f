"""When a screen has come to rest: in tests, at once and for certain.

Textual's pilot takes an app for idle that has used little processor time for 20 ms: it waits so
long after every key, and on a busy machine it mistakes an app that gets no processor for one at
rest. Here an app is at rest when its loop has nothing to do, no timer is about to go off, and no
thread of its own is at work.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import pytest
import textual.app
import textual.pilot
import textual.screen
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

SOON_S: Final = 0.02
"""A timer that goes off so soon belongs to what is under way."""
FRAME_S: Final = 0.05
"""Between two pictures, while an app is busy; at rest, what has changed is drawn at once."""
_GLANCE_S: Final = 0.002
"""Between two looks at a thread that works."""


async def at_rest(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait until the app of this loop has nothing more to do, as ``textual._wait`` does by guess.

    Args:
        min_sleep: not used; it is Textual's.
        max_sleep: seconds after which an app that never rests is left to itself.
    """
    loop: Any = asyncio.get_running_loop()
    until_s = loop.time() + max_sleep
    while loop.time() < until_s:
        await asyncio.sleep(0)
        if loop._ready or _draws():
            continue
        now_s = loop.time()
        due_s = min(
            (each.when() for each in loop._scheduled if not each.cancelled()),
            default=until_s + SOON_S,
        )
        if due_s - now_s < SOON_S:
            await asyncio.sleep(max(0.0, due_s - now_s))
        elif _works():
            await asyncio.sleep(_GLANCE_S)
        else:
            return


def _draws() -> bool:
    """Draw what has changed, and return whether anything had."""
    app = active_app.get(None)
    if app is None or not app._screen_stack:
        return False
    changed = [
        screen
        for screen in (*app._background_screens, app.screen)
        if screen._update_timer._active.is_set()
    ]
    for screen in changed:
        screen._on_timer_update()
    return bool(changed)


async def _wait_for_screen(pilot: Pilot[Any], most_s: float = 30.0) -> bool:
    """Wait until all messages are dealt with, and for nothing else: nothing is drawn meanwhile.

    Textual sends each widget one more message for that: most of what an app then does.
    """
    loop: Any = asyncio.get_running_loop()
    until_s = loop.time() + most_s
    while loop.time() < until_s:
        await asyncio.sleep(0)
        if not loop._ready:
            break
    return not pilot.app._exception


def _works() -> bool:
    app = active_app.get(None)
    return app is not None and any(not worker.is_finished for worker in app.workers)


Key = tuple[object, ...]


def make_tests_quick(patch: pytest.MonkeyPatch) -> None:
    """Wait no longer than an app is at work, and read the style sheets of all apps only once.

    A style sheet's rules depend on its text and the theme's variables alone, and nothing changes
    them later: Textual itself shares them between the style sheets of one app.

    Args:
        patch: undoes it.
    """
    for module in (textual.app, textual.pilot):
        patch.setattr(module, "wait_for_idle", at_rest)
    patch.setattr(Pilot, "_wait_for_screen", _wait_for_screen)
    patch.setattr(textual.screen, "UPDATE_PERIOD", FRAME_S)
    patch.setattr(Stylesheet, "_parse_rules", _parse_rules)


_read = Stylesheet._parse_rules
_rules: dict[Key, list[RuleSet]] = {}


def _parse_rules(sheet: Stylesheet, css: str, *given: Any, **named: Any) -> list[RuleSet]:
    variables = tuple(sorted(sheet._variables.items()))
    key = (variables, css, given, tuple(sorted(named.items())))
    if key not in _rules:
        _rules[key] = _read(sheet, css, *given, **named)
    return _rules[key]
