"""A bill as an aligned table, or as one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from lifecycle_tui.readings.cost import Bill, Component, Workload, cents
from lifecycle_tui.units.durations import print_duration
from lifecycle_tui.units.text import format_count, plural

NAMES: Final = {
    "requests": "Requests",
    "compute": "Compute",
    "provisioned": "Provisioned concurrency",
    "provisioned_duration": "Provisioned duration",
    "provisioned_init": "Provisioned Init",
    "ephemeral_storage": "Ephemeral storage",
    "snapstart_cache": "SnapStart cache",
    "snapstart_restore": "SnapStart restores",
    "event_pollers": "Event pollers",
    "tenant_isolation": "Tenant isolation",
    "instances": "Managed instances",
    "instance_fee": "Management fee",
}
"""What each component is called."""
_UNITS: Final = {
    "requests": ("", ""),
    "event_pollers": ("unit-h", "_unit_hours"),
    "tenant_isolation": ("GB", "_gb"),
    "snapstart_restore": ("GB", "_gb"),
    "instances": ("h", "_hours"),
    "instance_fee": ("h", "_hours"),
}
"""What is charged of each component, in the table and at the end of its key; else GB-seconds."""
_GB_SECONDS: Final = ("GB-s", "_gb_seconds")
_ALWAYS: Final = ("requests", "compute")
"""Components that are shown even where they cost nothing."""
_HEAD: Final = ("component", "charged", "USD", "share")


def cost_lines(workload: Workload, bill: Bill) -> Iterator[str]:
    """Yield what was asked, the bill as a table, and what it comes to for 1,000 events."""
    yield _question(workload)
    yield ""
    total = bill.exact_usd
    shown = [each for each in bill.components if each.key in _ALWAYS or each.amount]
    rows = [
        _HEAD,
        *(_row(each, total) for each in shown),
        ("Total", "", f"{bill.total_usd:,.2f}", _percent(total, total)),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        numbers = (cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True))
        yield "  ".join([name.ljust(widths[0]), *numbers]).rstrip()
    yield ""
    if workload.init_us:
        share = f": {_percent(bill.init_share, Fraction(1))} of compute is Init"
        yield f"Init adds ${_dollars(bill.init_usd)}{share if workload.cold_share else ''}."
    if bill.per_thousand_usd is not None:
        yield f"1,000 events cost ${_dollars(bill.per_thousand_usd)}."
    if bill.utilization is not None:
        yield (
            f"Provisioned concurrency costs less than on demand from a utilisation of"
            f" {bill.break_even:.2f}; here it is {float(bill.utilization):.2f}."
        )


def cost_json(bill: Bill) -> str:
    """Return the bill as one JSON object, amounts in dollars and cents."""
    found: dict[str, object] = {
        "components": {f"{each.key}_usd": float(each.usd) for each in bill.components},
        "total_usd": float(bill.total_usd),
        "charged": {
            each.key + _UNITS.get(each.key, _GB_SECONDS)[1]: _number(each.amount)
            for each in bill.components
        },
        "exact_total_usd": _number(bill.exact_usd),
        "init_usd": _number(bill.init_usd),
        "init_share_of_compute": _number(bill.init_share),
        "usd_per_1000_events": _number(bill.per_thousand_usd),
        "provisioned_utilization": _number(bill.utilization),
        "provisioned_break_even": round(float(bill.break_even), 4),
    }
    return json.dumps(found, indent=1)


def _question(workload: Workload) -> str:
    asked = f"{plural(workload.requests, 'request')} of {print_duration(workload.duration_us)}"
    if workload.provisioned_requests:
        on_provisioned = format_count(workload.provisioned_requests)
        asked += f", {on_provisioned} of them on provisioned concurrency"
    if workload.payload_kb:
        asked += f", asynchronous events of {format_count(workload.payload_kb)} KB"
    if workload.instances is not None:
        asked += ", on managed instances"
    parts = [
        asked,
        f"{format_count(workload.memory_mb)} MB",
        workload.architecture,
        "Lambda@Edge list prices" if workload.edge else "us-east-1 list prices",
        "with free tier" if workload.free_tier else "without free tier",
    ]
    return " · ".join(parts)


def _row(component: Component, total: Fraction) -> tuple[str, ...]:
    amount = component.amount
    whole = amount.denominator == 1
    charged = format_count(amount.numerator) if whole else f"{float(amount):,.3f}"
    return (
        NAMES[component.key],
        f"{charged} {_UNITS.get(component.key, _GB_SECONDS)[0]}".rstrip(),
        f"{component.usd:,.2f}",
        _percent(component.exact_usd, total),
    )


def _percent(part: Fraction, whole: Fraction) -> str:
    return f"{float(part / whole if whole else 0):.1%}".replace("%", " %")


def _dollars(usd: Fraction) -> str:
    """Print cents, or, below a dollar, four digits that count."""
    if usd >= 1 or not usd:
        return f"{cents(usd):,.2f}"
    digits = 4
    while usd * 10 ** (digits - 3) < 1 and digits < 15:
        digits += 1
    return f"{float(usd):.{digits}f}"


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)
