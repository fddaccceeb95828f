"""In languages that nobody speaks: nothing on screen stays English, is cut, or out of line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.lessons.course import load_course
from lifecycle_tui.scenario.catalogue import shipped
from lifecycle_tui.tui import theme
from lifecycle_tui.tui.app import LifecycleApp
from lifecycle_tui.walkthroughs.catalogue import shipped as walkthroughs
from lifecycle_tui.walkthroughs.reading import load_walkthrough
from tests.translation.pseudo import Accented, Wide, spoken
from tests.translation.screens import SIZES, Size, home, shown, tour, words_of
from tests.tui.conftest import sandbox, text_of

SANDBOX = {
    "before anything": "",
    "source": "s s",
    "burst": "b",
    "how it ends": "escape I",
    "deploy for a part": "escape D",
    "help": "escape question_mark",
    "claims": "escape C",
    "command line": "escape colon",
    "palette": "escape ctrl+p",
    "export": "escape e",
    "refused": "escape r",
    "cold": "i ~3",
    "why": "w",
    "a cause": "down down",
    "cost": "dollar_sign",
    "trace": "X",
    "metrics": "m",
    "config": "c right down",
    "log": "escape escape L",
    "axes": "z z",
    "bookmark": "z M",
    "rules": "R",
    "undone": "u u",
    "rivals": "x",
    "forks": "escape f i ~1 B",
    "compare": "escape x",
    "warm": "escape ~9",
}
"""By screen: the keys that lead there from the one before."""

QUESTIONS = {
    "predictions": "P",
    "a question": "i",
    "chosen": "1",
    "running": "b ~1",
    "a verdict": "~9",
}

PROGRAM = {"lifecycle", "tui", "main", "lcs"}
STATES = words_of(
    "COLD WARM PRE RESTORED RE-INIT OD PC SS RC FROZEN READY INVOKE INIT NEW E R F ERF WARP"
)
"""What lanes, headings and AWS's own tables call things."""
AWS = words_of(
    "AWS Lambda Init Invoke Function Initialization Invocation Overhead responseLatency"
    " runtimeOverhead extensionOverhead SnapStart"
)
UNITS = {"ms", "min", "MB", "GB"}
KEYS = words_of("Enter Esc Tab Space PgDn PgUp Up Down Left Right Home End Shift ctrl Backspace")
DATA = words_of("Sandbox: one function, nothing scheduled web-api otel role sandbox runtime tmp")
"""The scenario that is played."""
LANGUAGE = words_of(
    "fire burst pattern set provision deploy shift all inv wait_ms axis event wall log ok error"
    " slow timeout exit oom text SVG PNG HTML"
)
"""Words of the command language, of claims and of files."""
THEMES = words_of(" ".join(theme.CHOICES))
SOURCES = words_of(" ".join(SourceKind))
RULE_IDS = words_of(" ".join(RULES))
ALLOWED = PROGRAM | STATES | AWS | UNITS | KEYS | DATA | LANGUAGE | THEMES | SOURCES | RULE_IDS


_COURSE = load_course()
COURSE_TITLE = "" if _COURSE is None else f" {_COURSE.title}"
COURSE = () if _COURSE is None else _COURSE.lessons


def logged(app: LifecycleApp) -> set[str]:
    """Return the words of the log, which has AWS's format in every language."""
    session = sandbox(app).session
    session.catch_up()
    return words_of(" ".join(line.text for line in session.log))


def strays(text: str, allowed: set[str]) -> list[str]:
    """Return the English words that are not allowed; of a word that is cut, its begin will do."""
    cut = set(re.findall(r"([A-Za-z]+)[…╭│╰]", text))
    found = sorted(word for word in words_of(text) if word.isascii() and word not in allowed)
    return [w for w in found if w not in cut or not any(one.startswith(w) for one in allowed)]


def in_its_frame(app: LifecycleApp) -> None:
    """See that all that is shown lies on the screen, and that no line is longer than it."""
    width, height = app.size
    for widget in app.screen.walk_children(Widget):
        if widget.display and widget.region:
            assert app.screen.region.contains_region(widget.region), widget
    rows = text_of(app).split("\n")
    assert len(rows) <= height
    assert max(map(cell_len, rows)) <= width


@pytest.fixture(autouse=True)
def _nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> Size:
    found: Size = request.param
    return found


@pytest.mark.parametrize("stops", [SANDBOX, QUESTIONS], ids=["sandbox", "questions"])
def test_every_word_of_the_sandbox_is_a_message(stops: dict[str, str], size: Size) -> None:
    found: dict[str, list[str]] = {}

    def see(name: str, app: LifecycleApp) -> None:
        in_its_frame(app)
        text = text_of(app)
        assert "⟦" in text, name
        found[name] = strays(text, ALLOWED | logged(app))

    with spoken(Accented()):
        tour(stops, size, see)
    assert {name: words for name, words in found.items() if words} == {}


def test_every_word_of_the_first_screens_is_a_message(size: Size) -> None:
    data = {
        "scenarios": " ".join(f"{each.group} {each.title}" for each in shipped()),
        "walkthroughs": " ".join(load_walkthrough(path).title for path in walkthroughs().values()),
        "lessons": " ".join(each.title for each in COURSE) + COURSE_TITLE,
    }
    stops = {
        "home": "", "help": "question_mark", "scenarios": "escape o", "walkthroughs": "q w",
        "lessons": "q l", "review": "q r",
    }  # fmt: skip
    found: dict[str, list[str]] = {}

    def see(name: str, app: LifecycleApp) -> None:
        in_its_frame(app)
        text = text_of(app)
        assert "⟦" in text, name
        found[name] = strays(text, ALLOWED | words_of(data.get(name, "")))

    with spoken(Accented()):
        tour(stops, size, see, home)
    assert {name: words for name, words in found.items() if words} == {}


def test_wide_letters_leave_every_line_in_its_frame(size: Size) -> None:
    def see(name: str, app: LifecycleApp) -> None:
        in_its_frame(app)
        assert re.search("[ａ-ｚ]{2}", text_of(app)), name

    with spoken(Wide()):
        tour(SANDBOX, size, see)
        tour(QUESTIONS, size, see)
        tour({"home": "", "lessons": "l"}, size, see, home)


def test_the_lanes_begin_where_they_do_in_english(size: Size) -> None:
    def lane(text: str) -> list[str]:
        return [row[12:] for row in text.split("\n") if row.startswith("▌e1")]

    english = lane(shown("i ~3", size))
    assert english
    for catalogue in (Accented(), Wide()):
        with spoken(catalogue):
            assert lane(shown("i ~3", size)) == english


def test_a_language_leaves_nothing_behind() -> None:
    before = shown("i ~3 w", (120, 40))
    with spoken(Accented()):
        assert shown("i ~3 w", (120, 40)) != before
    assert shown("i ~3 w", (120, 40)) == before
