"""What is said when the program breaks: one line on the terminal, and a report in a file."""

from __future__ import annotations

import sys
from pathlib import Path

from lifecycle_tui.exit_codes import FAULT
from lifecycle_tui.units.text import clean
from lifecycle_tui.units.translation import tr


def report(fault: BaseException, scenario_name: str) -> int:
    """Write a report, say in one line what happened and where the report is.

    Args:
        fault: what broke the program.
        scenario_name: what was played.

    Returns:
        The exit status.
    """
    what = clean(f"{type(fault).__name__}: {fault}", 160)
    path = write_report(report_text(fault, scenario_name))
    where = tr("no report could be written") if path is None else tr("report: {path}", path=path)
    line = tr(
        "lifecycle-tui was stopped by a fault of its own ({what}); {where}\n",
        what=what,
        where=where,
    )
    sys.stderr.write(line)
    return FAULT


def report_text(fault: BaseException, scenario_name: str) -> str:
    """Return what helps to find a fault; nothing of the user's but the scenario's name."""
    import platform
    import traceback
    from importlib.metadata import version

    lines = "".join(traceback.format_exception(fault)).splitlines()
    told = "\n".join(clean(line, 1_000) for line in lines)
    return (
        f"lifecycle-tui {version('lifecycle-tui')}, textual {version('textual')}, "
        f"Python {platform.python_version()}, {platform.system()}\n"
        f"scenario: {scenario_name}\n\n{told}\n"
    )


def write_report(text: str) -> Path | None:
    """Write a report where logs belong, else where temporary files do; None if neither works."""
    import tempfile

    import platformdirs

    logs = Path(platformdirs.user_log_dir("lifecycle-tui", appauthor=False))
    for folder in (logs, Path(tempfile.gettempdir())):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", prefix="fault-", suffix=".txt", dir=folder, delete=False
            ) as file:
                file.write(text)
        except OSError:
            continue
        return Path(file.name)
    return None
