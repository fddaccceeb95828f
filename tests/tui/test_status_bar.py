"""The top line where there is little room: what is played before what plays it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lifecycle_tui.play.camera import Camera
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import Size, view
from lifecycle_tui.tui.widgets.painted import text_of
from lifecycle_tui.tui.widgets.status_bar import status_line
from tests.play.plans import plan


@pytest.mark.parametrize(
    ("title", "branch", "starts"),
    [
        ("1. First event", "", " lifecycle-tui  1. First event "),
        ("1. First event", "main.1", " 1. First event  B main.1 "),
        ("10. Provisioned concurrency", "main.1.1.1", " 10. Provisioned c…  B main.1.1.1 "),
        ("10. Provisioned concurrency", "", " lifecycle-tui  10. Provisioned… "),
    ],
)
def test_a_title_keeps_enough_room_to_be_read(title: str, branch: str, starts: str) -> None:
    shown = view(Session(plan()), Camera(), Size(60), "")
    line = text_of([status_line(replace(shown, title=title, branch=branch), 80)])
    assert line.startswith(starts)
    assert len(line) <= 80
