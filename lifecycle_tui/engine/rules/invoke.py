"""Rules of an invocation: from the event to the last Next, freeze and thaw, failure and reset."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, documented, observed

SYNCHRONOUS: Final[tuple[Rule, ...]] = (
    documented(
        "SYN-01",
        "A synchronous caller waits for the answer, and gets HTTP 200 even when the function"
        " itself failed.",
        pages.INVOKE_API,
        value="200",
    ),
    documented(
        "SYN-02",
        "Lambda does not repeat a synchronous call; that is up to the caller.",
        pages.RETRIES,
        value="0 retries",
    ),
)

INVOKE: Final[tuple[Rule, ...]] = (
    documented(
        "INV-01",
        "The event goes to the runtime, and news of it to every extension that asked for INVOKE"
        " events.",
        pages.EXTENSIONS_API,
    ),
    documented(
        "INV-02",
        "External extensions work beside the handler and may go on after it has answered.",
        pages.EXTENSIONS_API,
    ),
    documented(
        "INV-03",
        "The caller gets the response as soon as the runtime sends it, but the environment stays"
        " busy until the last extension asks for Next.",
        pages.EXTENSIONS_API,
    ),
    documented(
        "INV-04",
        "An invocation ends when the runtime and all its extensions have asked for Next; Duration"
        " runs until then.",
        pages.ENVIRONMENT,
        value="last Next - start",
    ),
    documented(
        "INV-05",
        "The function's timeout covers the whole invocation: handler, runtime and extensions.",
        pages.ENVIRONMENT,
        value="1-900 s",
    ),
    documented(
        "INV-06",
        "PostRuntimeExtensionsDuration runs from the runtime's Next to the last extension's Next.",
        pages.EXTENSIONS_API,
    ),
    documented(
        "INV-07",
        "An event source does not wait for extensions before it sends the next batch, so a second"
        " environment may be needed.",
        pages.EVENT_SOURCES,
        applied=False,
    ),
    documented(
        "INV-08",
        "An ordinary Init, a Restore and waiting in a queue do not count against the function's"
        " timeout.",
        pages.ENVIRONMENT,
    ),
    observed(
        "INV-09",
        "Records of one invocation come in this order: start, runtime done, extensions done,"
        " report.",
        pages.EMULATOR,
    ),
    observed(
        "INV-10",
        "An internal extension lives inside the runtime's process and cannot ask for the SHUTDOWN"
        " event.",
        pages.EMULATOR,
    ),
)

FREEZE: Final[tuple[Rule, ...]] = (
    documented(
        "FRZ-01",
        "A frozen environment keeps its memory, open connections and /tmp, and goes on from there"
        " when it thaws.",
        pages.ENVIRONMENT,
    ),
    documented(
        "FRZ-02",
        "Work that is not finished when the environment freezes stands still and goes on with the"
        " next invocation.",
        pages.ENVIRONMENT,
    ),
    documented(
        "FRZ-04",
        "Each environment has a /tmp of its own, which survives freezes and is never shared.",
        pages.ENVIRONMENT,
        value="512-10,240 MB",
    ),
)

FAILURES: Final[tuple[Rule, ...]] = (
    documented(
        "FAIL-01",
        "A timeout, a crash of the runtime or of an extension, or running out of memory resets"
        " the environment.",
        pages.ENVIRONMENT,
    ),
    observed(
        "FAIL-02",
        "An exception that the runtime catches and reports is a function error, and the"
        " environment stays warm.",
        pages.EMULATOR,
    ),
    documented(
        "FAIL-03",
        "A reset stops the runtime and tells the extensions to shut down, but keeps the"
        " environment itself.",
        pages.ENVIRONMENT,
    ),
    documented(
        "FAIL-04",
        "A reset does not clear /tmp.",
        pages.ENVIRONMENT,
    ),
    documented(
        "FAIL-05",
        "After a reset the next invocation first repeats the whole Init: extensions, runtime and"
        " function.",
        pages.ENVIRONMENT,
    ),
    observed(
        "FAIL-05a",
        "A repeated Init uses up the function's timeout, so a long one can make every following"
        " invocation time out.",
        pages.DOOM_LOOP,
        since="2024-10-01",
    ),
    documented(
        "FAIL-06",
        "An Init that runs inside an invocation is reported with phase invoke.",
        pages.ENVIRONMENT,
        value="phase: invoke",
    ),
    documented(
        "FAIL-07",
        "A timed-out invocation ends with the error type Sandbox.Timedout.",
        pages.TROUBLESHOOTING,
        value="Sandbox.Timedout",
    ),
    observed(
        "FAIL-08",
        "The Duration of an invocation that timed out is exactly the function's timeout.",
        pages.LOGS,
        value="= timeout",
    ),
    observed(
        "FAIL-09",
        "A timeout has the status timeout, a fault of the sandbox has failure, and everything"
        " else that goes wrong has error.",
        pages.EMULATOR,
    ),
    observed(
        "FAIL-10",
        "An error type names who failed and how: Runtime.ExitError when the process ends,"
        " Runtime.OutOfMemory when memory runs out.",
        pages.LOGS,
    ),
    documented(
        "FAIL-11",
        "On Managed Instances there is no reset: one invocation may fail while the environment"
        " goes on.",
        "https://docs.aws.amazon.com/lambda/latest/dg/"
        "lambda-managed-instances-execution-environment.html",
        since="2025-11-30",
        applied=False,
    ),
)

RULES: Final = SYNCHRONOUS + INVOKE + FREEZE + FAILURES
