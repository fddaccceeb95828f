"""Claims ready made: what people believe of Lambda and is not so, and some that is."""

from __future__ import annotations

from typing import Final, NamedTuple


class Ready(NamedTuple):
    """A claim in words and in the language."""

    words: str
    claim: str
    given: str = ""
    myth: bool = True
    """Whether it is broken."""


MYTHS: Final = (
    Ready(
        "A ping every five minutes prevents cold starts",
        "all(inv, event == 1 or start != 'cold')",
        "sent[1].gap_ms == '5m' and all(sent, gap_ms <= '5m')",
    ),
    Ready("Provisioned concurrency 2 means nobody waits", "all(inv, wait_ms < 20)", "pc >= 2"),
    Ready(
        "The timeout covers Init",
        "all(inv, status == 'timeout')",
        "init_total > timeout",
    ),
    Ready(
        "After a timeout the next event is cold",
        "inv[1].start == 'cold'",
        "inv[0].status == 'timeout' and sent[1].t > inv[0].t_end",
    ),
    Ready("Reserved concurrency keeps environments warm", "all(inv, start != 'cold')", "rc >= 1"),
)
TRUE: Final = (
    Ready(
        "One environment serves one event at a time",
        "max(concurrency) <= count(env, kind != 'sn')",
        myth=False,
    ),
    Ready("Reserved concurrency is a limit", "max(concurrency) <= cfg.rc", "rc >= 1", myth=False),
    Ready("A cold start waits for Init", "all(inv, start != 'cold' or wait_ms >= init_ms)",
          myth=False),
    Ready(
        "An error that the runtime reports keeps the environment warm",
        "all(inv, start != 'reinit')",
        "all(sent, outcome in ('ok', 'error')) and all(inv, status != 'timeout')"
        " and init_outcome == 'ok' and init_total < '10s'",
        myth=False,
    ),
)  # fmt: skip
READY: Final = (*MYTHS, *TRUE)
