"""The keys of commands: how the value of each is written, and what it does.

What a value may be is decided by the scenario's readers alone; here is what people are told of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine.plan import Outcome
from lifecycle_tui.scenario.presets import runtimes
from lifecycle_tui.scenario.sources import KINDS
from lifecycle_tui.units.translation import tr_later

FUNCTION: Final = "function"
SOURCE: Final = "source"
ENVIRONMENT: Final = "environment"
FORK: Final = "fork"
EVENT: Final = "event"
VERB: Final = "verb"
DOWNSTREAM: Final = "downstream"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a command.

    Attributes:
        name: as it is written before the equals sign.
        value: what stands behind it, as ``DURATION`` or ``ok|error``.
        help: what it means, in a line.
        among: the kind of name that its value is; empty for none.
        words: the words that its value may be.
        meanings: what each of them means; empty where the line above says it.
        samples: values worth offering where no list of words is complete.
    """

    name: str
    value: str
    help: str
    among: str = ""
    words: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


def _words(name: str, words: Iterable[str], help_line: str, meanings: tuple[str, ...] = ()) -> Key:
    told = tuple(words)
    return Key(name, "|".join(told), help_line, words=told, meanings=meanings)


_TIMES: Final = ("100ms", "1s", "{uniform: [100ms, 2s]}", "{exponential: 2s}",
                 "{lognormal: {p50: 100ms, p99: 800ms}}")  # fmt: skip
_OUTCOMES: Final = tuple(outcome.value for outcome in Outcome)
_SECONDS: Final = ("500ms", "1s", "5s", "1m")
_RATES: Final = ("0.9/s", "5/s", "30/m")

WHOSE: Final = Key("function", "NAME", "the function; may be left out", among=FUNCTION)
_ENDINGS: Final = (
    tr_later("it returns its answer"),
    tr_later("it reports an error; the environment stays warm"),
    "the runtime's process ends",
    "the runtime's process is killed for want of memory",
)
ENDING: Final = _words(
    "outcome", _OUTCOMES, "how the code ends, whatever the scenario says", _ENDINGS
)
BY: Final = Key("source", "SOURCE", "who sends: a kind of source, or one that the scenario"
                " declares", among=SOURCE, words=KINDS)  # fmt: skip
TAKES: Final = Key("duration", "TIME", "how long the handler takes", samples=_TIMES)
WHICH: Final = Key("environment", "eN", "the environment", among=ENVIRONMENT)
SHARE: Final = Key("weight", "0..1", "the share of the events that goes to the new version",
                   samples=("0.1", "0.5", "1"))  # fmt: skip

FIRE: Final = (
    WHOSE,
    Key("count", "N", "how many events", samples=("5", "10", "100")),
    Key("over", "DURATION", "spread evenly over this time", samples=_SECONDS),
    BY,
    TAKES,
    ENDING,
)
PATTERN: Final = (
    WHOSE,
    BY,
    _words(
        "process",
        ("poisson", "steady", "ramp", "spike", "wave", "cron", "renewal"),
        "how events follow each other",
        (
            tr_later("by chance, at a level rate"),
            tr_later("evenly, at a level rate"),
            tr_later("from one rate to another"),
            tr_later("a level rate, and for a while another one"),
            tr_later("a rate that swings around its mean"),
            tr_later("one event at fixed times"),
            tr_later("with gaps of any distribution"),
        ),
    ),
    Key("for", "DURATION", "how long it goes on", samples=("10s", "1m", "10m")),
    Key("rate", "RATE", "events a second, a minute or an hour", samples=_RATES),
    Key("to", "RATE", "ramp: the rate at its end", samples=_RATES),
    Key("peak", "RATE", "spike: the rate while it lasts", samples=_RATES),
    Key("spike_at", "DURATION", "spike: when it begins", samples=_SECONDS),
    Key("width", "DURATION", "spike: how long it lasts", samples=_SECONDS),
    Key("amplitude", "0..1", "wave: the swing, as a share of the rate", samples=("0.5",)),
    Key("period", "DURATION", "wave: from crest to crest", samples=("1m", "1h")),
    Key("every", "DURATION", "cron: from one event to the next", samples=("5m",)),
    Key("jitter", "DURATION", "cron: how late an event may be", samples=("1s",)),
    Key("gap", "TIME", "renewal: from one event to the next", samples=_TIMES),
    _words("spacing", ("poisson", "steady"), "ramp, spike, wave: by chance or evenly"),
    TAKES,
    ENDING,
    Key("trace", "FILE.csv", "recorded arrivals, in place of a process"),
)

_WHOLE: Final = ("0", "1", "5")
_SIZES: Final = ("128MB", "512MB", "1GB", "1769MB", "10GB")
_TARGET: Final = "NAME|null"
SETTINGS: Final = (
    Key("timeout", "DURATION", "the most an invocation may take: 1s to 900s",
        samples=("1s", "3s", "10s", "30s")),
    Key("memory", "SIZE", "memory, and with it vCPU: 128MB to 10GB", samples=_SIZES),
    Key("provisioned_concurrency", "N", "environments that are kept initialised", samples=_WHOLE),
    Key("reserved_concurrency", "N|null", "what only this function may use, and its limit",
        samples=("null", *_WHOLE)),
    Key("runtime", "RUNTIME", "the runtime; brings its measured init times",
        words=tuple(runtimes())),
    _words("package", ("zip", "image"), "how the code is packed"),
    _words("architecture", ("x86_64", "arm64"), "the processor"),
    Key("ephemeral_storage", "SIZE", "room in /tmp: 512MB to 10GB", samples=("512MB", "10GB")),
    _words("snapstart", ("true", "false"), "new environments are restored from a snapshot"),
    Key("init.runtime", "TIME", "runtime init: before your code", samples=_TIMES),
    Key("init.function", "TIME", "function init: the code outside the handler", samples=_TIMES),
    Key("init.cpu", "TIME", "computing within function init, with one vCPU", samples=_TIMES),
    _words("init.outcome", _OUTCOMES, "how Init ends", _ENDINGS),
    Key("init.connections", "N", "connections that are opened outside the handler", samples=_WHOLE),
    Key("restore.snapshot", "TIME", "fetching and resuming the snapshot", samples=_TIMES),
    Key("restore.hooks", "TIME", "the after-restore hooks", samples=_TIMES),
    _words("restore.renews_token", ("true", "false"), "a hook makes anew what has to be unique"),
    Key("handler.duration", "TIME", "the handler's time", samples=_TIMES),
    Key("handler.cpu", "TIME", "in place of it: computing, with one vCPU", samples=_TIMES),
    Key("handler.wait", "TIME", "in place of it: waiting for others", samples=_TIMES),
    _words("handler.outcome", _OUTCOMES, "how the handler ends", _ENDINGS),
    Key("handler.error_rate", "0..1", "share of attempts that fail by chance", samples=("0.1",)),
    Key("handler.tmp", "SIZE", "what each invocation leaves in /tmp", samples=_SIZES[:2]),
    Key("handler.background", "TIME", "work left running when it responds", samples=_TIMES),
    Key("runtime_overhead", "TIME", "from the response to the runtime's Next", samples=_TIMES),
    Key("memory_used", "SIZE", "peak memory, whatever memory there is", samples=_SIZES),
    Key("memory_leak", "SIZE", "memory that each invocation leaves taken", samples=("10MB",)),
    Key("package_size", "SIZE", "the code unpacked", samples=("50MB", "250MB")),
    Key("uses", "LIST", "the downstreams it talks to",
        samples=("[]", "[{downstream: NAME}]")),
    Key("extensions", "LIST", "its extensions",
        samples=("[]", "[{name: otel, register: 40ms, ready: 40ms, tail: 100ms}]")),
    Key("async.max_retries", "0..2", "further attempts at an asynchronous event",
        words=("0", "1", "2")),
    Key("async.max_age", "DURATION", "how long one is tried: 60s to 6h", samples=("60s", "6h")),
    Key("async.on_success", _TARGET, "where the record of a success goes"),
    Key("async.on_failure", _TARGET, "where the record of a failure goes"),
    Key("async.dead_letter", _TARGET, "where a failed event goes"),
)  # fmt: skip
"""What can be set of a function. ``autoscaling`` can be written in a scenario only."""
