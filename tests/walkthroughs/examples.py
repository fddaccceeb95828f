"""Walkthroughs for tests: the one of the documentation, and files made of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from lifecycle_tui.scenario.problems import ScenarioError
from lifecycle_tui.walkthroughs.model import Walkthrough
from lifecycle_tui.walkthroughs.reading import parse_walkthrough

ROOT: Final = Path(__file__).parents[2]
SHIPPED: Final = sorted((ROOT / "walkthroughs").glob("*.walk.yaml"))
PAGE: Final = (ROOT / "docs" / "walkthrough-format.md").read_text(encoding="utf-8")
EXAMPLE: Final = PAGE.partition("<!-- example -->\n```yaml\n")[2].partition("```")[0]
FILE: Final = "my.walk.yaml"


def read(text: str, folder: Path | None = None) -> Walkthrough:
    """Read a walkthrough from text."""
    return parse_walkthrough(text.encode("utf-8"), (folder or Path()) / FILE)


def changed(old: str, new: str, count: int = 1) -> str:
    """Return the example with something in it replaced, which is there."""
    assert old in EXAMPLE
    return EXAMPLE.replace(old, new, count)


def refused(text: str, folder: Path | None = None) -> list[str]:
    """Return what is wrong with a walkthrough, without the folder."""
    with pytest.raises(ScenarioError) as caught:
        read(text, folder)
    return [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems]
