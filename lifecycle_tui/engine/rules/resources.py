"""Our own assumptions about what code does: computing, filling memory and /tmp, connecting."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules.model import Rule, assumed

RULES: Final[tuple[Rule, ...]] = (
    assumed(
        "SIM-CPU",
        "Computing time of one thread grows as memory falls below 1,769 MB, and no longer shrinks"
        " above; waiting and the runtime's own start do not change.",
        "AWS says that CPU is proportional to memory; that a second vCPU does not help one thread"
        " follows, and that a runtime starts equally fast at any memory size was measured",
        value="time x 1,769 MB / memory",
    ),
    assumed(
        "SIM-FILLING",
        "A handler fills memory and /tmp evenly: it fails at the moment at which there is no room"
        " left.",
        "AWS says what happens when memory is used up, not when; code differs",
    ),
    assumed(
        "SIM-PACKAGE",
        "A package's size adds to placement: all of a zip at 100 MB/s, and of an image 6.4 %.",
        "AWS publishes no rate; its paper on loading containers says that 6.4 % of an image is"
        " needed to start, and that blocks are fetched on demand",
        value="size / 100 MB/s; image x 0.064",
    ),
    assumed(
        "SIM-DOWNSTREAM",
        "An open connection counts against a downstream's limit until it is closed or its"
        " environment's runtime ends; beyond the limit connecting fails at once.",
        "no rule of Lambda's but what common databases do; connecting and a query take the times"
        " that the scenario sets",
    ),
    assumed(
        "SIM-PROXY",
        "A proxy accepts every connection and lends its own to one query at a time, in the order"
        " in which handlers begin.",
        "no rule of Lambda's; proxies for databases share connections between queries or"
        " transactions",
    ),
    assumed(
        "SIM-CACHE",
        "The first look into an empty cache misses and fills it; after that the scenario's share"
        " of looks are hits.",
        "no rule of Lambda's; how full a cache is depends on the data",
    ),
)
