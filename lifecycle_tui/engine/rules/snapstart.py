"""Rules of SnapStart: the snapshot of a published version, and environments restored from it."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented

RULES: Final[tuple[Rule, ...]] = (
    documented(
        "RST-01",
        "With SnapStart, Init runs when a version is published; memory and disk of the initialised"
        " environment are saved as a snapshot.",
        pages.SNAPSTART,
    ),
    documented(
        "RST-02",
        "With SnapStart a new environment is restored from a snapshot instead of being"
        " initialised.",
        pages.ENVIRONMENT,
    ),
    documented(
        "RST-03",
        "A restore fetches and resumes the snapshot, loads the runtime, and runs the after-restore"
        " hooks.",
        pages.SNAPSTART_LOGS,
    ),
    documented(
        "RST-04",
        "Loading the runtime and the after-restore hooks may take ten seconds together; beyond,"
        " the caller gets SnapStartTimeoutException.",
        pages.SNAPSTART_TROUBLES,
        value="10 s; HTTP 408",
    ),
    documented(
        "RST-05",
        "An after-restore hook that fails ends the environment, and its event gets"
        " SnapStartException.",
        pages.SNAPSTART_HOOKS,
        value="HTTP 400",
        left_out="No scenario lets a hook fail: one that overruns its ten seconds (RST-04) shows"
        " the same end of environment and event, under that error's name.",
    ),
    documented(
        "RST-06",
        "Hooks before the snapshot run in reverse order of registration, those after a restore in"
        " the order of registration.",
        pages.SNAPSTART_HOOKS,
        applied=False,
    ),
    documented(
        "RST-07",
        "Hooks before the snapshot belong to Init; the time of those after a restore is charged.",
        pages.SNAPSTART_HOOKS,
        applied=False,
    ),
    documented(
        "RST-08",
        "A start with SnapStart takes Restore Duration and then Duration.",
        pages.SNAPSTART_LOGS,
        value="Restore Duration + Duration",
    ),
    documented(
        "RST-09",
        "SnapStart is for published versions on Java 11, Python 3.12, .NET 8 and later, without"
        " provisioned concurrency and with at most 512 MB of ephemeral storage.",
        pages.SNAPSTART,
    ),
    documented(
        "RST-10",
        "A version is Pending while its snapshot is made, then Active; if that fails, it is"
        " Failed.",
        pages.SNAPSTART_ACTIVATION,
        value="Pending, Active, Failed",
    ),
    documented(
        "RST-11",
        "A Java version that is not invoked for 14 days loses its snapshot and becomes Inactive.",
        pages.SNAPSTART_ACTIVATION,
        value="14 days",
        left_out="Stories here are of minutes and hours; in one that rests for two weeks, a version"
        " stays Active.",
    ),
    documented(
        "RST-12",
        "Lambda runs the Init of a snapshot again from time to time, to patch it, and charges for"
        " that.",
        pages.SNAPSTART,
        left_out="How often and for how much is not published, and no environment or event shows"
        " it: any figure on the bill would be made up.",
    ),
    documented(
        "RST-13",
        "What Init made is the same in all environments restored from its snapshot; what must be"
        " unique, and connections, have to be made anew.",
        pages.SNAPSTART_UNIQUENESS,
    ),
    documented(
        "RST-14",
        "Environments with SnapStart do not know the name of their log group or stream.",
        pages.SNAPSTART_LOGS,
        applied=False,
    ),
    assumed(
        "SIM-RESTORE",
        "Fetching and resuming a snapshot takes a time that the scenario sets.",
        "AWS publishes no figure; restores in public logs take 0.2 to 1.3 s, hooks included",
        value="200 ms",
    ),
    assumed(
        "SIM-PUBLISH",
        "Until a version's snapshot is there, events go to the version before it, and where there"
        " is none, to $LATEST, which is initialised on demand.",
        "it is what an alias does that is moved when the version is Active",
    ),
    assumed(
        "SIM-SNAP-INIT",
        "The Init that is run for a snapshot costs nothing here.",
        "AWS charges for repeating it; what the first one costs, its pages do not say",
    ),
)
