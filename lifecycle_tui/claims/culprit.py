"""Which event breaks a claim: found from how the claim is built."""

from __future__ import annotations

from collections.abc import Mapping

from lifecycle_tui.expressions import Expression, Row, Value, nodes
from lifecycle_tui.expressions.evaluation import Evaluation
from lifecycle_tui.expressions.expression import DEFAULT_STEPS, walk
from lifecycle_tui.expressions.values import Table, truth

_EVENTS = ("event", "globals_since")


def culprit(claim: Expression, names: Mapping[str, Value]) -> int | None:
    """Return the number of the event that breaks a claim; None where the claim does not say."""
    return _of(claim.root, names, wanted=False)


def _of(node: nodes.Node, names: Mapping[str, Value], *, wanted: bool) -> int | None:
    """Return the event to which a part owes its answer."""
    match node:
        case nodes.Not(of=of):
            return _of(of, names, wanted=not wanted)
        case nodes.Both(parts=parts):
            deciding = [part for part in parts if _answer(part, names) is wanted]
            found = (_of(part, names, wanted=wanted) for part in deciding or parts)
            return next((event for event in found if event is not None), None)
        case nodes.Call(name="all" | "any" | "count" | "first" | "last", given=(table, condition)):
            asked = wanted if node.name in ("all", "any") else True
            return _row(
                table, condition, names, asked=asked, last=node.name not in ("all", "first")
            )
    for each in walk(node):
        if isinstance(each, nodes.Call) and each is not node and len(each.given) == 2:
            event = _of(each, names, wanted=wanted)
            if event is not None:
                return event
        if isinstance(each, nodes.Index) or (
            isinstance(each, nodes.Call) and each.name in ("first", "last")
        ):
            row = each.value(Evaluation(names, DEFAULT_STEPS))
            event = _event(row)
            if event is not None:
                return event
    return None


def _answer(node: nodes.Node, names: Mapping[str, Value]) -> object:
    return truth(node.value(Evaluation(names, DEFAULT_STEPS)))


def _row(
    table: nodes.Node, condition: nodes.Node, names: Mapping[str, Value], *, asked: bool, last: bool
) -> int | None:
    run = Evaluation(names, DEFAULT_STEPS)
    found = table.value(run)
    if not isinstance(found, Table):
        return None
    rows = reversed(found.rows) if last else found.rows
    for row in rows:
        run.enter(row)
        try:
            answer = truth(condition.value(run))
        finally:
            run.leave()
        if answer is asked:
            return _event(row)
    return None


def _event(row: Value) -> int | None:
    """Return the event that a row is about."""
    if isinstance(row, Row):
        for name in _EVENTS:
            event = row.get(name) if name in row.fields else None
            if isinstance(event, int) and event > 0:
                return event
    return None
