"""A counterexample as a scenario file: what ``play -`` and ``simulate -`` read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lifecycle_tui.engine.downstream_plan import DownstreamKind, DownstreamPlan, Keeps
from lifecycle_tui.engine.plan import AccountPlan, Command, Deploy, Fire, FunctionPlan, Plan, Reuse
from lifecycle_tui.engine.worktime import ZERO
from lifecycle_tui.language import values
from lifecycle_tui.scenario.functions import CPU, KEY_OF, WAIT
from lifecycle_tui.scenario.given import given_of
from lifecycle_tui.scenario.problems import Place
from lifecycle_tui.units.durations import print_duration

_KEY_OF: Final = {
    **KEY_OF,
    "uses": "uses",
    "extensions": "extensions",
    CPU: "handler.cpu",
    WAIT: "handler.wait",
}
_SELF_EVIDENT: Final = frozenset({"init_cpu", "init_outcome", "init_connections"})
"""Not written where they are as in every function."""
_DEFAULT: Final = FunctionPlan("")


def scenario_text(plan: Plan) -> str:
    """Return the scenario file of a plan with one function and events and deploys only."""
    return "".join(f"{line}\n" for line in _lines(plan))


def _lines(plan: Plan) -> Iterator[str]:
    yield "format: 1"
    if plan.title:
        yield f"title: {values.text(plan.title)}"
    if plan.seed:
        yield f"seed: {plan.seed}"
    if plan.rules_date != Plan(()).rules_date:
        yield f"rules_date: {plan.rules_date}"
    if plan.until_us is not None:
        yield f"until: {print_duration(plan.until_us)}"
    yield from _account(plan.account)
    if plan.downstreams:
        yield "downstreams:"
        for each in plan.downstreams:
            yield f"  {each.name}: {_downstream(each)}"
    yield "functions:"
    for function in plan.functions:
        yield f"  {function.name}:"
        yield from _function(function)
    yield "timeline:"
    for command in plan.commands:
        at = print_duration(command.at_us) if command.at_us else "0s"
        yield f"  - {{at: {at}, {_command(command)}}}"


def _account(account: AccountPlan) -> Iterator[str]:
    default = AccountPlan()
    pairs = []
    if account.concurrency != default.concurrency:
        pairs.append(("concurrency", str(account.concurrency)))
    for name in ("placement", "idle_lifetime", "max_lifetime", "provisioning_delay"):
        work = getattr(account, name)
        if work != getattr(default, name):
            pairs.append((name, values.work_time(work)))
    if account.reuse is not Reuse.MOST_RECENT:
        pairs.append(("reuse", account.reuse.value))
    if pairs:
        yield f"account: {values.flow(pairs)}"


def _downstream(plan: DownstreamPlan) -> str:
    pairs = [("kind", plan.kind.value)]
    if plan.to is not None:
        pairs.append(("to", values.text(plan.to)))
    if plan.connections is not None:
        pairs.append(("connections", str(plan.connections)))
    if plan.connect != ZERO:
        pairs.append(("connect", values.work_time(plan.connect)))
    if plan.query != ZERO:
        pairs.append(("query", values.work_time(plan.query)))
    if plan.kind is DownstreamKind.CACHE:
        pairs.append(("hit", values.number(plan.hit)))
        if plan.keeps is not Keeps.OUTSIDE:
            pairs.append(("keeps", plan.keeps.value))
    return values.flow(pairs)


def _function(plan: FunctionPlan) -> Iterator[str]:
    """Yield the lines of a function: plain keys, and the keys of init, handler … in braces."""
    nested: dict[str, list[tuple[str, str]]] = {}
    for field, (value, _) in given_of(plan, Place("", 1, 1)).items():
        if field in _SELF_EVIDENT and value == getattr(_DEFAULT, field):
            continue
        outer, _, inner = _KEY_OF[field].partition(".")
        written = values.setting(field, value)
        if inner:
            nested.setdefault(outer, []).append((inner, written))
        else:
            yield f"    {outer}: {written}"
    for outer, pairs in nested.items():
        yield f"    {outer}: {values.flow(pairs)}"


def _command(command: Command) -> str:
    match command:
        case Fire(count=count, source=source, duration=duration, outcome=outcome):
            pairs = []
            if count != 1:
                pairs.append(("count", str(count)))
            if source != "sdk":
                pairs.append(("source", source))
            if duration is not None:
                pairs.append(("duration", values.work_time(duration)))
            if outcome is not None:
                pairs.append(("outcome", outcome.value))
            return f"fire: {values.flow(pairs)}"
        case Deploy():
            return "deploy: {}"
        case _:
            raise ValueError(f"{type(command).__name__} is not part of a counterexample")
