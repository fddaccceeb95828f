"""A load of the benchmarks: as numbers for the workers, as a scenario file for the command."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """Poisson arrivals, exponential service, a keep-alive time and a limit."""

    rate: float
    warm_s: float
    init_s: float
    keep_alive_s: float
    horizon_s: float
    warm_up_s: float
    """What is taken out of the results, because the pool was still filling."""
    concurrency: int
    seed: int = 0


SCENARIO = """\
format: 1
title: A load of the comparison
seed: {seed}
until: {horizon_ms}ms
account:
  concurrency: {concurrency}
  placement: 0ms
  idle_lifetime: {keep_alive_ms}ms
  max_lifetime: 8784h
functions:
  load:
    timeout: 900s
    init: {{runtime: 0ms, function: {init_ms}ms}}
    handler: {{duration: {{exponential: {warm_ms}ms}}}}
timeline:
  - {{at: 0s, pattern: {{function: load, process: poisson, rate: {rate}/s, for: {horizon_ms}ms}}}}
"""


def scenario_text(load: Load) -> str:
    """Return a load as a scenario file."""
    return SCENARIO.format(
        seed=load.seed,
        horizon_ms=round(load.horizon_s * 1000),
        concurrency=load.concurrency,
        keep_alive_ms=round(load.keep_alive_s * 1000),
        init_ms=round(load.init_s * 1000),
        warm_ms=round(load.warm_s * 1000),
        rate=load.rate,
    )
