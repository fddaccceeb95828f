"""Rules of an environment's end: why it goes, how long it is given, and who is told."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented, observed

SHUTDOWN: Final[tuple[Rule, ...]] = (
    documented(
        "SHUT-01",
        "Lambda shuts an environment down when no event has come for some time, or to replace it"
        " for maintenance.",
        pages.ENVIRONMENT,
    ),
    documented(
        "SHUT-02",
        "Without an extension, Shutdown gives the environment no time at all.",
        pages.ENVIRONMENT,
        value="0 ms",
    ),
    documented(
        "SHUT-03",
        "With internal extensions only, Shutdown may take 500 ms.",
        pages.ENVIRONMENT,
        value="500 ms",
    ),
    documented(
        "SHUT-04",
        "With at least one external extension, Shutdown may take 2,000 ms.",
        pages.ENVIRONMENT,
        value="2,000 ms",
    ),
    documented(
        "SHUT-05",
        "The runtime is stopped first; then each external extension gets the SHUTDOWN event.",
        pages.ENVIRONMENT,
    ),
    documented(
        "SHUT-06",
        "Whoever has not finished when Shutdown's time is over is ended with SIGKILL.",
        pages.ENVIRONMENT,
    ),
    observed(
        "SHUT-07",
        "The runtime gets a SIGTERM only if an extension is registered; otherwise it is killed at"
        " once.",
        pages.EMULATOR,
    ),
    observed(
        "SHUT-08",
        "After SIGTERM the runtime may use 30 % of Shutdown's time; the extensions get the rest.",
        pages.EMULATOR,
        value="600 ms of 2,000 ms",
    ),
    observed(
        "SHUT-09",
        "An extension that did not ask for the SHUTDOWN event is killed without one.",
        pages.EMULATOR,
    ),
    documented(
        "SHUT-10",
        "The SHUTDOWN event gives the reason: SPINDOWN, TIMEOUT or FAILURE.",
        pages.EXTENSIONS_API,
        value="SPINDOWN, TIMEOUT, FAILURE",
        applied=False,
    ),
    documented(
        "SHUT-11",
        "The SHUTDOWN event says why and until when: its reason and its deadline.",
        pages.EXTENSIONS_API,
        applied=False,
    ),
    assumed(
        "SHUT-12",
        "Time spent in Shutdown is not billed.",
        "REPORT ends with the invocation, and no log shows such a charge; a footnote on the"
        " pricing page can be read otherwise",
    ),
    documented(
        "SHUT-13",
        "After Shutdown the environment is removed, and everything it had kept is lost.",
        pages.EXTENSIONS,
    ),
)

LIFETIME: Final[tuple[Rule, ...]] = (
    documented(
        "LIFE-01",
        "AWS does not say how long an idle environment is kept.",
        pages.ENVIRONMENT,
    ),
    documented(
        "LIFE-02",
        "Every environment is ended after a few hours for updates, even if it is never idle.",
        pages.ENVIRONMENT,
        value="a few hours",
    ),
    documented(
        "LIFE-03",
        "A host machine is used for at most 14 hours, so no environment lives longer than that.",
        pages.SECURITY_PAPER,
        value="14 h",
        applied=False,
    ),
    observed(
        "LIFE-04",
        "Idle environments mostly survived 45 to 60 minutes when it was measured in 2017.",
        "Yan Cui, 2017: https://theburningmonk.com/2017/06/finding-coldstarts-how-long-does-aws-"
        "lambda-keep-your-idle-functions-around/",
        value="45-60 min",
        until="2019-07-01",
        applied=False,
    ),
    observed(
        "LIFE-05",
        "Idle environments survived ten minutes when it was measured in August 2019.",
        "Mikhail Shilkov, August 2019: "
        "https://mikhail.io/2019/08/aws-lambda-cold-starts-after-10-minutes/",
        value="10 min",
        since="2019-07-01",
        applied=False,
    ),
    assumed(
        "LIFE-06",
        "An idle environment is said to live five to seven minutes, and any environment about two"
        " hours.",
        "often repeated, but no measurement was found behind it",
        value="5-7 min; 2 h",
        applied=False,
    ),
    assumed(
        "LIFE-07",
        "The simulator draws how long an environment may stay idle and how long it may live.",
        "AWS publishes neither; both ranges can be changed in the scenario",
        value="5-15 min; 2-6 h",
    ),
    assumed(
        "LIFE-08",
        "New code or a new configuration means new environments; old ones finish their work and"
        " serve no further event.",
        "AWS ties an environment to one version; when old environments leave is not published",
    ),
)

RULES: Final = SHUTDOWN + LIFETIME
