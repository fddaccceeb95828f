"""Decks of the course, each dealt once for all tests."""

from __future__ import annotations

from functools import cache

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.lessons.pack import Pack, load_pack
from lifecycle_tui.lessons.presenting.dealing import deal
from lifecycle_tui.lessons.presenting.presentation import Presentation
from lifecycle_tui.lessons.presenting.slides import Deck, Kind


@cache
def pack() -> Pack:
    return load_pack()


LESSONS = [lesson.id for lesson in pack().lessons]


@cache
def dealt(name: str, seed: int | None = None) -> tuple[Deck, Plan]:
    lesson = pack().find(name)
    assert lesson is not None
    return deal(pack(), lesson, seed=seed)


def show(name: str, at: int = 0) -> Presentation:
    return Presentation(*dealt(name), at)


def place(name: str, kind: Kind, number: int = 0) -> int:
    """Return the place of a lesson's slide of a kind, the first one unless another is asked for."""
    return [n for n, s in enumerate(dealt(name)[0].slides) if s.kind is kind][number]
