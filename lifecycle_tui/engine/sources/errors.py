"""What a failed attempt is called: the error names that callers see, retry and catch."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.kinds import THROTTLES, Kind

HANDLER_ERROR: Final = "Runtime.Unknown"
"""Error type of an error that the handler's runtime reports.

Assumed †: AWS shows the language's own exception name in its JSON samples; its emulator keeps only
names of the form ``Runtime.Xxx`` or ``Function.Xxx``, and calls all others this.
"""

ERROR_NAMES: Final = {
    Kind.INVOKE_TIMEOUT: "Sandbox.Timedout",
    Kind.INVOKE_ERROR: HANDLER_ERROR,
    Kind.INVOKE_EXIT: "Runtime.ExitError",
    Kind.INVOKE_OOM: "Runtime.OutOfMemory",
    Kind.INVOKE_CRASHED: "Runtime.ExitError",
    Kind.INVOKE_INIT_ERROR: "Runtime.ImportModuleError",
    Kind.INVOKE_INIT_EXIT: "Runtime.ExitError",
    Kind.INVOKE_INIT_OOM: "Runtime.OutOfMemory",
    Kind.RESTORE_TIMEOUT: "SnapStartTimeoutException",
    **dict.fromkeys(THROTTLES, "Lambda.TooManyRequestsException"),
}
"""Error names of attempts that failed or were refused (FAIL-07, FAIL-10, THR-01, RST-04)."""

_ANY: Final = "States.ALL"
_FAILED: Final = "States.TaskFailed"
_UNKNOWN: Final = "Lambda.Unknown"
_UNHANDLED: Final = frozenset({"Sandbox.Timedout", "Runtime.ExitError", "Runtime.OutOfMemory"})


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    """Whether a Step Functions retrier or catcher with these names takes an error (SFN-01).

    ``States.ALL`` and ``States.TaskFailed`` take any error of the function; ``Lambda.Unknown``
    those that the function's code could not report itself.
    """
    return (
        name in patterns
        or _ANY in patterns
        or _FAILED in patterns
        or (_UNKNOWN in patterns and name in _UNHANDLED)
    )
