"""Options of ``cost`` for what few functions have: pollers, tenants, instances, the edge."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar

import click

from lifecycle_tui.cli.options import Whole

if TYPE_CHECKING:
    from fractions import Fraction

    from lifecycle_tui.readings.charges import Instances, Pollers

F = TypeVar("F", bound=Callable[..., Any])

_LARGEST_KB: Final = 1_024
_EXCLUDES: Final[Mapping[str, tuple[str, ...]]] = {
    "--edge": (
        "--architecture arm64", "--ephemeral-storage", "--provisioned", "--payload",
        "--poller-hours", "--tenant-environments", "--managed-instances-hours", "--free-tier",
    ),
    "--managed-instances-hours": (
        "--init", "--provisioned", "--ephemeral-storage", "--tenant-environments", "--free-tier",
    ),
    "--tenant-environments": ("--provisioned",),
    "--payload": ("--poller-hours",),
}  # fmt: skip
"""What does not go together: AWS has no such function, or publishes no price for it."""
_NEEDS: Final = (
    ("--poller-hours", "--poller"),
    ("--poller", "--poller-hours"),
    ("--managed-instances-hours", "--instance-list-price"),
    ("--instance-list-price", "--managed-instances-hours"),
    ("--instance-price", "--managed-instances-hours"),
)


class Amount(click.ParamType["Fraction"]):
    """A decimal number, not negative, exactly."""

    name = "amount"

    def __init__(self, what: str) -> None:
        self._what = what

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return the number of ``0.1632``."""
        import re
        from fractions import Fraction

        from lifecycle_tui.units.text import quote

        if isinstance(value, Fraction):
            return value
        if re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", value) is None:
            self.fail(f"{quote(value)} is no {self._what}.", param, ctx)
        return Fraction(value)


class Payload(click.ParamType[int]):
    """The size of an asynchronous event, as whole kilobytes."""

    name = "payload"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the kilobytes of ``320KB``; a part of one counts as one."""
        from lifecycle_tui.units.numbers import UnitError, parse_quantity
        from lifecycle_tui.units.text import quote

        if isinstance(value, int):
            return value
        units = {"MB": _LARGEST_KB, "KB": 1}
        try:
            size_kb = -(-parse_quantity(value, units, "a size with a unit, such as 320KB") // 1)
        except UnitError as error:
            self.fail(f"{quote(value)} {error}.", param, ctx)
        if not 1 <= size_kb <= _LARGEST_KB:
            self.fail(f"{quote(value)} is out of range; allowed: 1KB to 1MB.", param, ctx)
        return size_kb


class Special(NamedTuple):
    """What a command line says of a function that few functions have."""

    payload_kb: int
    pollers: Pollers | None
    tenant_environments: int
    instances: Instances | None
    edge: bool


def special_options(function: F) -> F:
    """Add the options, in the order in which the help tells them."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def read_special(given: Mapping[str, Any], others: Iterable[str]) -> Special:
    """Return what the options say.

    Args:
        given: their values by parameter; None or False where one was left out.
        others: further options of the command line that matter here, as they are written.

    Raises:
        click.UsageError: an option lacks another, or two do not go together.
    """
    written = {
        f"--{name.replace('_', '-')}"
        for name, value in given.items()
        if value is not None and value is not False
    }
    for name, needed in _NEEDS:
        if name in written and needed not in written:
            raise click.UsageError(f"{name} needs {needed}.")
    written |= set(others)
    for name, excluded in _EXCLUDES.items():
        for other in excluded:
            if name in written and other in written:
                raise click.UsageError(f"{name} does not go together with {other}.")
    from lifecycle_tui.readings.charges import Instances, Pollers

    hours, poller_hours = given["managed_instances_hours"], given["poller_hours"]
    return Special(
        payload_kb=given["payload"] or 0,
        pollers=None if poller_hours is None else Pollers(given["poller"], poller_hours),
        tenant_environments=given["tenant_environments"] or 0,
        instances=None
        if hours is None
        else Instances(hours, given["instance_list_price"], given["instance_price"]),
        edge=given["edge"],
    )


_HOURS: Final = Amount("number of hours; write it as 800 or 12.5")
_PRICE: Final = Amount("price; write dollars for an hour, as 0.1632")

_OPTIONS: Final[tuple[Callable[[Any], Any], ...]] = (
    click.option(
        "--payload",
        type=Payload(),
        metavar="SIZE",
        help="All events are asynchronous and of this size; beyond 256KB each further 64KB count"
        " as one more request.",
    ),
    click.option(
        "--poller",
        type=click.Choice(["sqs", "kafka"]),
        help="What the event pollers of provisioned mode poll.",
    ),
    click.option(
        "--poller-hours",
        type=_HOURS,
        metavar="N",
        help="How many hours of event poller units are charged.",
    ),
    click.option(
        "--tenant-environments",
        type=Whole(0, 10**12),
        metavar="N",
        help="With tenant isolation: environments created in the month, for all tenants.",
    ),
    click.option(
        "--managed-instances-hours",
        type=_HOURS,
        metavar="N",
        help="Hours of all managed instances; duration is not charged then.",
    ),
    click.option(
        "--instance-list-price",
        type=_PRICE,
        metavar="USD",
        help="An instance's on-demand price for an hour, of which 15 % are the management fee.",
    ),
    click.option(
        "--instance-price",
        type=_PRICE,
        metavar="USD",
        help="What is paid for that hour, with a savings plan say.  [default: the list price]",
    ),
    click.option("--edge", is_flag=True, help="On Lambda@Edge, at the prices of that."),
)
