"""Rules of SnapStart: the snapshot of a published version, and environments restored from it."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, documented

RULES: Final[tuple[Rule, ...]] = (
    documented(
        "RST-01",
        "With SnapStart, Init runs when a version is published; memory and disk of the initialised"
        " environment are saved as a snapshot.",
        pages.SNAPSTART,
        applied=False,
    ),
    documented(
        "RST-02",
        "With SnapStart a new environment is restored from a snapshot instead of being"
        " initialised.",
        pages.ENVIRONMENT,
        applied=False,
    ),
    documented(
        "RST-03",
        "A restore fetches and resumes the snapshot, loads the runtime, and runs the after-restore"
        " hooks.",
        pages.SNAPSTART_LOGS,
        applied=False,
    ),
    documented(
        "RST-04",
        "Loading the runtime and the after-restore hooks may take ten seconds together; beyond,"
        " the caller gets SnapStartTimeoutException.",
        pages.SNAPSTART_TROUBLES,
        value="10 s; HTTP 408",
        applied=False,
    ),
)
