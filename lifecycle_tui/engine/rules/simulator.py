"""The simulator's own assumptions: what AWS does not publish, and what we put in its place."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules.model import Rule, assumed

RULES: Final[tuple[Rule, ...]] = (
    assumed(
        "SIM-PLACEMENT",
        "Finding a place, building the environment and fetching the code take a time that the"
        " scenario sets.",
        "AWS publishes no figure; 100 ms is of the size that callers measure beyond Init",
        value="100 ms",
    ),
    assumed(
        "SIM-IDLE",
        "An idle environment is shut down after a time drawn evenly between two limits.",
        "AWS says only that it is some time; old measurements lie between 5 and 60 minutes",
        value="5-15 min",
    ),
    assumed(
        "SIM-LIFETIME",
        "Every environment is retired after a time drawn evenly between two limits.",
        "AWS says only that it is every few hours",
        value="2-6 h",
    ),
    assumed(
        "SIM-REUSE",
        "Of several idle environments the one used most recently serves the next event, unless"
        " the scenario says otherwise.",
        "AWS does not say which one it picks",
        value="most recent first",
    ),
    assumed(
        "SIM-PC-DELAY",
        "Allocation of provisioned concurrency begins after a time drawn evenly between one and"
        " two minutes.",
        "AWS says a minute or two; the distribution is ours",
        value="60-120 s",
    ),
    assumed(
        "SIM-PC-REPLACE",
        "When a provisioned environment leaves, its replacement is created at once.",
        "AWS says that the number is kept up, but not how quickly",
        value="at once",
    ),
    assumed(
        "SIM-PC-REDUCE",
        "When provisioned concurrency is reduced, idle environments leave first and busy ones"
        " after their invocation.",
        "AWS does not say which ones go or when",
    ),
    assumed(
        "SIM-PC-CONFIG",
        "After a new configuration or new code, provisioned environments retire and are allocated"
        " again.",
        "on AWS provisioned concurrency sits on a published version; here a function has only one",
    ),
    assumed(
        "SIM-IDLE-CRASH",
        "A runtime process that dies while the environment is idle is treated like a crash in an"
        " invocation.",
        "AWS describes crashes during invocations only",
    ),
    assumed(
        "SIM-INIT-SPLIT",
        "Where only the whole of Init was measured, 80 % of it is runtime init and 20 % function"
        " init.",
        "public data has one figure for a small function; the split only divides it",
        value="80 / 20 %",
    ),
    assumed(
        "SIM-BIND",
        "An event for which an environment was created waits for that environment, even if"
        " another becomes free earlier.",
        "AWS once described that a waiting event may take another environment, and has since"
        " taken the sentence out",
    ),
    assumed(
        "SIM-RESET",
        "A reset lasts as long as the shutdown of the runtime and its extensions takes.",
        "AWS calls a reset a kind of shutdown, and gives no time for anything else in it",
    ),
    assumed(
        "SIM-ALIAS",
        "A version that gets no more events loses its environments; provisioned concurrency is"
        " divided by the weights, rounded.",
        "AWS says that provisioned concurrency follows the weights, but not how it is rounded or"
        " when idle environments of the other version leave",
    ),
    assumed(
        "SIM-TRACKING",
        "Target tracking asks for as many provisioned environments as would have kept the last"
        " minutes at the target.",
        "AWS publishes no formula; three data points of a minute are documented",
        value="busiest / target, rounded up",
    ),
    assumed(
        "SIM-TRACKING-IN",
        "Target tracking takes provisioned environments away after fifteen minutes below 90 % of"
        " the target.",
        "AWS gives the threshold; fifteen data points are the usual scale-in alarm's",
        value="15 min",
    ),
)
