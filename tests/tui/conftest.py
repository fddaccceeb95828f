"""What screen tests share: an app with a fake clock, a pinned theme and no animation."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.play.session import Session
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.tui.screens.sandbox import Sandbox
from lifecycle_tui.tui.skin import Skin
from tests.play.plans import plan as small_plan
from tests.tui.settling import make_tests_quick

HOSTILE = "[$LATEST] [ERROR] [/x] [b 漢字\tx\x1b]0;owned\x07 \u202e" + "y" * 10_000
"""Text that breaks markup, terminals and layouts."""

MakeApp = Callable[..., LifecycleApp]


@pytest.fixture(autouse=True, scope="session")
def _quick() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        make_tests_quick(patch)
        yield


class FakeClock:
    """A clock that only tests move."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "TEXTUAL_THEME"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def make_app(clock: FakeClock) -> MakeApp:
    def make(
        plan: Plan | None = None, *, theme: str = "okabe-ito", ascii_only: bool = False
    ) -> LifecycleApp:
        session = Session(plan or small_plan(), scenario_name="small")
        app = LifecycleApp(session, skin=Skin(ascii_only), theme_name=theme, now=clock)
        app.animation_level = "none"
        return app

    return make


def sandbox(app: LifecycleApp) -> Sandbox:
    """Return the main screen."""
    found = next(screen for screen in app.screen_stack if isinstance(screen, Sandbox))
    assert isinstance(found, Sandbox)
    return found


def play_on(app: LifecycleApp, seconds: float = 60.0) -> None:
    """Let time pass until the session stops by itself, without a timer."""
    screen = sandbox(app)
    for _ in range(int(seconds * 10)):
        screen.session.tick(0.1)
        if not screen.session.player.playing:
            break
    screen.publish()


def text_of(app: LifecycleApp) -> str:
    """Return what the screen shows as text."""
    width, height = app.size
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips[:height])[: (width + 1) * height]
