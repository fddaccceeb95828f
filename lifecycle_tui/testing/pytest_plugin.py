"""A plugin for pytest: files ``*.walk.yaml`` are tests, one for each size they name.

Nothing of the program is loaded before the first such file is met, and nothing of its screen
before the first one is played.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from lifecycle_tui.walkthroughs.model import Size, Walkthrough

ENDING: Final = ".walk.yaml"
"""``walkthroughs.model.ENDING``, which is not imported where there is no such file."""
OPTION: Final = "--walk-update"
_AGAIN: Final = f"if that is how it should be: pytest {OPTION}"
_WRITTEN: Final = "walkthrough snapshot"


class WalkError(Exception):
    """What is wrong with a walkthrough; its words are the report."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let snapshots be written anew."""
    group = parser.getgroup("lifecycle-tui", "walkthroughs of lifecycle-tui")
    group.addoption(
        OPTION,
        action="store_true",
        default=False,
        help="Keep what walkthroughs (*.walk.yaml) show now as their snapshots.",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect walkthroughs."""
    if not file_path.name.endswith(ENDING) or file_path.name == ENDING:
        return None
    return WalkFile.from_parent(parent, path=file_path)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which snapshots were written, by whichever process ran the test."""
    reports = terminalreporter.stats.get("passed", [])
    written = [
        line for report in reports for name, line in report.user_properties if name == _WRITTEN
    ]
    if written:
        terminalreporter.write_sep("-", "walkthroughs")
        for line in written:
            terminalreporter.write_line(line)


class WalkFile(pytest.File):
    """A walkthrough's file."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield a test for each size; a file that is wrong is an error of its own."""
        from lifecycle_tui.scenario.problems import ScenarioError
        from lifecycle_tui.walkthroughs.reading import load_walkthrough

        try:
            found = load_walkthrough(self.path)
        except (ScenarioError, OSError) as error:
            raise self.CollectError(str(error)) from None
        for size in found.sizes:
            yield WalkItem.from_parent(self, name=str(size), walkthrough=found, size=size)


class WalkItem(pytest.Item):
    """A walkthrough at one size: it is played, and what it shows is what is kept."""

    def __init__(self, *, walkthrough: Walkthrough, size: Size, **named: Any) -> None:
        super().__init__(**named)
        self._walkthrough = walkthrough
        self._size = size

    def runtest(self) -> None:
        """Play it, and compare or keep its snapshots."""
        from lifecycle_tui.export.pictures.steady import steady_environment
        from lifecycle_tui.walkthroughs.proving import prove

        problems = prove(self._walkthrough)
        if problems:
            raise WalkError("\n".join(map(str, problems)))
        with steady_environment():
            self._compare()

    def _compare(self) -> None:
        from lifecycle_tui.testing.goldens import difference, goldens_of, strangers, write
        from lifecycle_tui.tui.walking.offstage import StuckError, shots

        walkthrough, path = self._walkthrough, self.path
        try:
            frames = shots(walkthrough, self._size)
        except StuckError as error:
            raise WalkError(f"{walkthrough.file}: {error}") from None
        goldens = goldens_of(walkthrough, path, self._size, frames)
        old = strangers(walkthrough, path)
        if self.config.getoption(OPTION):
            for golden in goldens:
                if write(golden):
                    self._tell(f"written: {golden.path}")
            for file in old:
                file.unlink(missing_ok=True)
                self._tell(f"removed: {file}")
            return
        found = [told for told in map(difference, goldens) if told]
        found += [f"{file}: no snapshot of this walkthrough is called so" for file in old]
        if found:
            raise WalkError("\n\n".join([*found, _AGAIN]))

    def _tell(self, line: str) -> None:
        self.user_properties.append((_WRITTEN, line))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Tell what is wrong, without a traceback."""
        if isinstance(excinfo.value, WalkError):
            return f"{self._walkthrough.title} at {self._size}\n\n{excinfo.value}"
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Name it in the report."""
        return self.path, 0, f"{self.path.name} at {self._size}"
