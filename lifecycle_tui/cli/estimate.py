"""``lifecycle-tui estimate``: what a load needs, by AWS's own formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.cost_special import Payload
from lifecycle_tui.cli.options import LONGEST_INVOCATION_US, Duration, Whole

if TYPE_CHECKING:
    from fractions import Fraction


class Rate(click.ParamType["Fraction"]):
    """A rate of events with its unit, above zero."""

    name = "rate"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return the events a second of ``1000/s`` and the like."""
        from fractions import Fraction

        from lifecycle_tui.units.numbers import UnitError
        from lifecycle_tui.units.rates import parse_rate
        from lifecycle_tui.units.text import quote

        if isinstance(value, Fraction):
            return value
        try:
            rate = parse_rate(value)
        except UnitError as error:
            self.fail(f"{quote(value)} {error}.", param, ctx)
        if not 0 < rate <= 1_000_000_000:
            self.fail(f"{quote(value)} is out of range: above 0, up to 1000000000/s.", param, ctx)
        return rate


@click.command()
@click.option("--rate", type=Rate(), required=True, metavar="RATE", help="Events, as 100/s.")
@click.option(
    "--duration",
    type=Duration(most_us=LONGEST_INVOCATION_US),
    required=True,
    metavar="TIME",
    help="How long each takes, or each batch of them.",
)
@click.option(
    "--from",
    "source",
    type=click.Choice(["sqs", "kafka", "activemq", "rabbitmq"]),
    help="Also what this source needs, for SQS and Kafka in provisioned mode.",
)
@click.option(
    "--message-size",
    type=Payload(),
    default="3KB",
    show_default=True,
    metavar="SIZE",
    help="Of a message, or of a payload from Kafka.",
)
@click.option(
    "--batch-size",
    type=Whole(1, 10_000),
    default=10,
    show_default=True,
    metavar="N",
    help="Messages of a batch from SQS.",
)
@click.option(
    "--tenant-limit",
    type=Whole(1, 1_000_000),
    metavar="N",
    help="Also how many environments of tenants there may be at this concurrency.",
)
def estimate(
    rate: Fraction,
    duration: int,
    source: str | None,
    message_size: int,
    batch_size: int,
    tenant_limit: int | None,
) -> int:
    """Say what a load needs: concurrency, limits, pollers, by the formulas of AWS's pages.

    Nothing is simulated: averages only. What a burst or a cold start does to them is what the
    simulation is for.

    \b
    Examples:
      lifecycle-tui estimate --rate 100/s --duration 500ms
      lifecycle-tui estimate --rate 20000/s --duration 50ms
      lifecycle-tui estimate --rate 1000/s --duration 100ms --from sqs --message-size 3KB
      lifecycle-tui estimate --rate 5/s --duration 1s --from kafka --message-size 1MB
    """
    from lifecycle_tui.readings.estimates import load_lines, source_lines, tenant_lines

    if not duration:
        raise click.UsageError("--duration 0 needs nothing; give a time above 0.")
    lines = load_lines(rate, duration) if source is None else []
    if source is not None:
        lines += source_lines(source, rate, duration, message_size, batch_size)
    if tenant_limit is not None:
        lines += tenant_lines(tenant_limit)
    names = max(len(line.name) for line in lines)
    numbers = max(len(line.number) for line in lines)
    for line in lines:
        words = f"{line.words} [{line.rule}]"
        click.echo(f"{line.name:{names}}  {line.number:>{numbers}}  {words}")
    return exit_codes.OK
