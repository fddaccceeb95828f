"""Rules of an environment's birth: its phases, Init, Restore, and how Init can fail."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented, observed

LIFE_CYCLE: Final[tuple[Rule, ...]] = (
    documented(
        "LIF-01",
        "An environment goes through Init once, through Invoke any number of times, and then"
        " through Shutdown; with SnapStart, Restore takes the place of Init.",
        pages.ENVIRONMENT,
    ),
    documented(
        "LIF-02",
        "Lambda opens a phase with an event to the runtime and the extensions, and each of them"
        " says that it is done by asking for the Next one.",
        pages.ENVIRONMENT,
    ),
    documented(
        "LIF-03",
        "When the runtime and every extension are done and nothing is waiting, Lambda freezes"
        " the environment until the next event.",
        pages.ENVIRONMENT,
    ),
    documented(
        "LIF-04",
        "The runtime and external extensions are separate processes that share one environment's"
        " CPU, memory, /tmp, credentials and network.",
        pages.EXTENSIONS_API,
        applied=False,
    ),
    documented(
        "LIF-05",
        "An environment serves one version of one function for its whole life.",
        pages.ENVIRONMENT,
    ),
    documented(
        "LIF-06",
        "Before Init, Lambda fetches the code and builds the environment with its memory and"
        " settings; together with Init this makes a cold start.",
        pages.ENVIRONMENT,
    ),
    assumed(
        "LIF-07",
        "Init Duration covers the Init phase alone, so a caller waits longer than Init Duration"
        " and Duration together.",
        "AWS does not say whether code download and set-up are in Init Duration",
    ),
)

INIT: Final[tuple[Rule, ...]] = (
    documented(
        "INIT-01",
        "Init has three parts in this order: extension init, runtime init, function init.",
        pages.ENVIRONMENT,
        value="3 parts",
    ),
    documented(
        "INIT-02",
        "Every file in /opt/extensions is started as a program of its own, all of them at once.",
        pages.EXTENSIONS,
    ),
    documented(
        "INIT-03",
        "The runtime starts only when every external extension has registered.",
        pages.EXTENSIONS_API,
    ),
    documented(
        "INIT-04",
        "At most ten extensions can register in one environment.",
        pages.EXTENSIONS_API,
        value="10",
    ),
    documented(
        "INIT-05",
        "A registered extension may go on initialising beside the runtime and the function; it"
        " is ready when it asks for Next.",
        pages.EXTENSIONS_API,
    ),
    documented(
        "INIT-06",
        "Runtime init starts the runtime's process, which then runs the code outside the handler:"
        " function init.",
        pages.ENVIRONMENT,
    ),
    documented(
        "INIT-07",
        "Init ends when the runtime and every extension have asked for Next, so the slowest of"
        " them decides.",
        pages.ENVIRONMENT,
        value="max(runtime's Next, last extension's Next)",
    ),
    observed(
        "INIT-08",
        "Once Init is over, extensions can no longer register.",
        pages.EMULATOR,
    ),
    documented(
        "INIT-09",
        "An on-demand environment has ten seconds for Init.",
        pages.ENVIRONMENT,
        value="10 s",
    ),
    documented(
        "INIT-10",
        "With provisioned concurrency or SnapStart, Init may take 130 seconds, or the function's"
        " timeout if that is longer.",
        pages.ENVIRONMENT,
        value="max(130 s, timeout)",
    ),
    documented(
        "INIT-11",
        "Lambda may initialise an on-demand environment before any event needs it; nobody may"
        " count on that.",
        pages.ENVIRONMENT,
    ),
    observed(
        "INIT-12",
        "In one set of production-like measurements half or more of all Inits kept no caller"
        " waiting.",
        pages.PROACTIVE,
        value="50-85 %",
        applied=False,
    ),
    documented(
        "INIT-13",
        "Code outside the handler runs once per environment; a warm invocation does not repeat it.",
        pages.ENVIRONMENT,
    ),
    documented(
        "INIT-14",
        "With provisioned concurrency, Init runs when the environment is allocated, and again"
        " whenever it is replaced.",
        pages.PROVISIONED,
    ),
    documented(
        "INIT-15",
        "An environment's initialization type says why it was initialised and never changes.",
        pages.VARIABLES,
        value="on-demand, provisioned-concurrency, snap-start, lambda-managed-instances",
    ),
    observed(
        "INIT-16",
        "For small functions the length of Init hardly depends on the memory setting.",
        pages.COLD_START_DATA,
        value="flat from 128 MB to 1,024 MB",
    ),
)

INIT_FAILURES: Final[tuple[Rule, ...]] = (
    documented(
        "ITO-01",
        "An on-demand Init that passes its limit is abandoned and runs again inside the first"
        " invocation, under the function's timeout.",
        pages.ENVIRONMENT,
        value="10 s, then the timeout",
    ),
    documented(
        "ITO-02",
        "An Init that runs inside an invocation (a suppressed init) is part of Duration and shows"
        " no Init Duration.",
        pages.ENVIRONMENT,
    ),
    documented(
        "ITO-03",
        "With a short timeout the second Init usually times out as well, or leaves no time for"
        " the handler.",
        pages.TROUBLESHOOTING,
    ),
    observed(
        "ITO-04",
        "An Init that fails is tried once more inside the invocation; if that fails too, the"
        " invocation fails with its error.",
        pages.LOGS,
        value="2 attempts",
    ),
    observed(
        "ITO-05",
        "Logs show an abandoned Init with almost exactly ten seconds.",
        pages.LOGS,
        value="9,999.8-10,007 ms",
    ),
    observed(
        "ITO-06",
        "The first, failed Init is not in the Duration or Billed Duration of the invocation that"
        " follows it.",
        pages.LOGS,
    ),
    documented(
        "ITO-07",
        "An extension that fails during Init makes Lambda start the environment again.",
        pages.EXTENSIONS_API,
        applied=False,
    ),
    assumed(
        "ITO-08",
        "When the Init of a provisioned environment fails, provisioning fails and none of its"
        " environments serves.",
        "AWS documents a FAILED status with a reason, but not what leads to it",
    ),
)

RULES: Final = LIFE_CYCLE + INIT + INIT_FAILURES
