"""The verbs of the language: their classes, their keys, and what each of them does.

Reading, completion, help and docs/commands.md all stand on this one table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lifecycle_tui.engine import plan as engine
from lifecycle_tui.language import keys, verbs
from lifecycle_tui.language.keys import Key
from lifecycle_tui.play.rule_dates import DATES
from lifecycle_tui.units.translation import tr_later

EVENTS: Final = "Events"
LAMBDA: Final = "Lambda"
TIME: Final = "Time"
FORKS: Final = "Forks"
LOOKING: Final = "Looking"
FILES: Final = tr_later("Files")


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb.

    Attributes:
        word: as it is written.
        model: the class of what it says.
        group: its place in the help.
        help: what it does, in a line.
        keys: what it takes.
        bare: the keys whose values may stand without their names, in this order.
        examples: lines that can be typed.
        command: the command of a scenario's timeline that it is; empty for a verb of the session.
        rest: what the whole rest of the line is, if it is one text.
        among: the kind of name that this text is; empty for none.
        optional: whether nothing at all may follow.
    """

    word: str
    model: type
    group: str
    help: str
    keys: tuple[Key, ...] = ()
    bare: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    command: str = ""
    rest: str = ""
    among: str = ""
    optional: bool = True

    @property
    def usage(self) -> str:
        """How it is written, in a line."""
        if self.rest:
            return f"{self.word} [{self.rest}]" if self.optional else f"{self.word} {self.rest}"
        by_name = {key.name: key for key in self.keys}
        parts = [self.word]
        parts += [f"[{by_name[name].value}]" for name in ("function",) if name in by_name]
        parts += [by_name[name].value for name in self.bare]
        named = [key for key in self.keys if key.name not in (*self.bare, "function")]
        shown = named if len(named) <= _MOST_SHOWN else named[:_MOST_SHOWN]
        parts += [f"[{key.name}={key.value}]" for key in shown]
        return " ".join(parts) + (" …" if len(shown) < len(named) else "")


_MOST_SHOWN: Final = 5
_COUNT: Final = Key("count", "N", "how many environments", samples=("1", "2", "5"))
_NAME: Final = "NAME"

VERBS: Final[tuple[Verb, ...]] = (
    Verb("fire", engine.Fire, EVENTS, "send events now", keys.FIRE,
         examples=("fire", "fire web-api count=10 over=2s source=s3 outcome=error",
                   "fire duration={uniform: [100ms, 2s]}"), command="fire"),
    Verb("burst", engine.Fire, EVENTS, "send several events at once: fire count=N", keys.FIRE,
         bare=("count",), examples=("burst 5", "burst 100 over=1s"), command="fire",
         optional=False),
    Verb("pattern", engine.Pattern, EVENTS, "send events for a while, from now on", keys.PATTERN,
         bare=("process",), command="pattern", optional=False,
         examples=("pattern poisson rate=0.9/s for=100s",
                   "pattern spike rate=1/s peak=50/s spike_at=10s width=5s for=1m",
                   "pattern cron every=5m for=1h", "pattern trace=arrivals.csv")),
    Verb("set", engine.SetConfig, LAMBDA, "change a function's configuration",
         (keys.WHOSE, *keys.SETTINGS), command="set", optional=False,
         examples=("set timeout=5s memory=1GB", "set init.function=2s",
                   "set web-api extensions=[{name: otel, register: 40ms}]")),
    Verb("provision", engine.Provision, LAMBDA, "ask for provisioned concurrency",
         (keys.WHOSE, _COUNT), bare=("count",), command="provision", optional=False,
         examples=("provision 2", "provision 0")),
    Verb("deploy", engine.Deploy, LAMBDA, "deploy new code, for all events or for a share of them",
         (keys.WHOSE, keys.SHARE), examples=("deploy", "deploy weight=0.1"), command="deploy"),
    Verb("shift", engine.Shift, LAMBDA, "move the alias between two versions",
         (keys.WHOSE, keys.SHARE), bare=("weight",), examples=("shift 0.5", "shift 1"),
         command="shift", optional=False),
    Verb("prewarm", engine.Prewarm, LAMBDA, "initialise environments that no event waits for",
         (keys.WHOSE, _COUNT), bare=("count",), examples=("prewarm", "prewarm 3"),
         command="prewarm"),
    Verb("reclaim", engine.Reclaim, LAMBDA, "let Lambda take an idle environment back",
         (keys.WHICH,), bare=("environment",), examples=("reclaim e1",), command="reclaim",
         optional=False),
    Verb("crash", engine.Crash, LAMBDA, "let the runtime process of an environment die",
         (keys.WHICH,), bare=("environment",), examples=("crash e1",), command="crash",
         optional=False),
    Verb("seek", verbs.Seek, TIME, "go to a moment",
         (Key("to", "MOMENT", "the moment", samples=("0s", "3.2s", "10m")),), bare=("to",),
         examples=("seek 3.2s", "seek 0s"), optional=False),
    Verb("step", verbs.Step, TIME, "to the next happening", examples=("step",)),
    Verb("back", verbs.Back, TIME, "to the previous happening", examples=("back",)),
    Verb("play", verbs.Play, TIME, "let time pass", examples=("play",)),
    Verb("pause", verbs.Pause, TIME, "stop it", examples=("pause",)),
    Verb("speed", verbs.Speed, TIME, "virtual seconds for each of yours: 1/16 to 3600",
         (Key("factor", "X", "the speed", samples=("0.5", "1", "10", "60")),), bare=("factor",),
         examples=("speed 10", "speed 0.25"), optional=False),
    Verb("wait", verbs.Wait, TIME, "let virtual time pass: so long, until nothing is busy, or until"
         " an expression holds", rest="DURATION|until idle|until EXPRESSION", optional=False,
         examples=("wait 5s", "wait until idle", "wait until count(inv) == 3")),
    Verb("undo", verbs.Undo, FORKS, "take the last command back", examples=("undo",)),
    Verb("redo", verbs.Redo, FORKS, "bring it back", examples=("redo",)),
    Verb("fork", verbs.Fork, FORKS, "begin a fork at the cursor", rest=_NAME,
         examples=("fork", "fork long-timeout")),
    Verb("switch", verbs.Switch, FORKS, "show another fork at the same moment", rest=_NAME,
         among=keys.FORK, examples=("switch main",), optional=False),
    Verb("rename", verbs.Rename, FORKS, "call the fork that is shown otherwise", rest=_NAME,
         examples=("rename long-timeout",), optional=False),
    Verb("delete", verbs.Delete, FORKS, "delete a fork", rest=_NAME, among=keys.FORK,
         examples=("delete main.1",), optional=False),
    Verb("restart", verbs.Restart, FORKS, "begin again from 0 in a fork, with other settings",
         (keys.WHOSE,
          Key("steps", "keep|drop", "whether what was done so far is done again",
              words=("keep", "drop")),
          Key("as", _NAME, "what the fork is called"),
          *keys.SETTINGS), examples=("restart timeout=6s", "restart steps=drop")),
    Verb("rules", verbs.Rules, FORKS, "run the same story by the rules of a date",
         (Key("date", "DATE", "the date", samples=DATES),), bare=("date",),
         examples=("rules 2023-01-01",), optional=False),
    Verb("bookmark", verbs.Mark, LOOKING, "mark this moment", rest="NAME",
         examples=("bookmark", "bookmark the timeout")),
    Verb("why", verbs.Explain, LOOKING, "why event N went as it did; or the latest happening",
         (Key("event", "N", "the event's number", among=keys.EVENT),), bare=("event",),
         examples=("why", "why 2")),
    Verb("claim", verbs.Claim, LOOKING, "look for a scenario that refutes a claim", rest="CLAIM",
         examples=("claim all(inv, wait_ms < 20)",), optional=False),
    Verb("help", verbs.Help, LOOKING, "what a verb does and takes; without one, all verbs",
         (Key("topic", "VERB", "the verb", among=keys.VERB),), bare=("topic",),
         examples=("help", "help pattern")),
    Verb("save", verbs.Save, FILES, "write the session to a file", rest="FILE", optional=False,
         examples=("save timeout.lcs",)),
    Verb("load", verbs.Load, FILES, "open a session file or a permalink", rest="FILE",
         optional=False, examples=("load timeout.lcs",)),
)  # fmt: skip
"""Every verb, in the order of the help."""

BY_WORD: Final = {verb.word: verb for verb in VERBS}
ONLY: Final = "only"
"""``set only …``: what is written, and nothing that would follow from it."""
IDLE: Final = "idle"
UNTIL: Final = "until"
