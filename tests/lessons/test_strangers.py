"""Whatever stands in a lesson file, it is read or refused at a place: never a fault."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lifecycle_tui.lessons.linting import lint
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.proving import prove
from lifecycle_tui.scenario.problems import ScenarioError
from tests.lessons.examples import NAME, example, lesson

LINES = example().split("\n")
SPICE = st.sampled_from(
    [
        "",
        " ",
        "- ",
        "---",
        "```",
        "````",
        "```yaml predict",
        "## A {#a}",
        "# ",
        "{",
        "}",
        "[",
        "]",
        "{inv[",
        "a: b: c",
        "&x y",
        "*x",
        "!!python/object x",
        "? x",
        "| ",
        ">-",
        "'",
        '"',
        "<!--",
        "\t",
        "null",
        "true",
        "id: second",
        "when: inv",
        "\x1b[2J",
        "\u202e",
        "9" * 40,
        "x" * 400,
        "rules: []",
        "- fire count=99999999",
        "- wait 400d",
        "- wait until",
        "- restart",
        "answer: inv",
        "[X-1](#",
        "**",
    ]
)


@st.composite
def spoiled(draw: st.DrawFn) -> str:
    """Return the example with lines dropped, doubled, moved, and others put between them."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "put", "append", "swap", "indent"])):
            case "drop":
                del lines[place]
            case "double":
                lines.insert(place, lines[place])
            case "put":
                lines.insert(place, draw(SPICE))
            case "append":
                lines[place] += draw(SPICE)
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[place], lines[other] = lines[other], lines[place]
            case "indent":
                lines[place] = "  " + lines[place]
    return "\n".join(lines)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=spoiled())
def test_it_is_read_or_refused_at_a_place(text: str, tmp_path: Path) -> None:
    try:
        read = lesson(text)
    except ScenarioError as error:
        for line in str(error).split("\n"):
            assert re.match(r"01-second-event\.md:[0-9]+:[0-9]+: .", line)
        return
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    problems = lint(load_pack(tmp_path))
    for problem in problems:
        assert "\x1b" not in str(problem)
    if not problems:
        prove(read, seeds=1)


@pytest.mark.parametrize(
    "text", ["", "---", "---\n---", "---\n---\n", "\n" * 10, "# x", "---\n[]\n---"]
)
def test_what_is_hardly_there_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError):
        lesson(text)
