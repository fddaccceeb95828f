"""``lifecycle-tui cost``: what a month of a function would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from lifecycle_tui import exit_codes
from lifecycle_tui.cli.cost_special import read_special, special_options
from lifecycle_tui.cli.options import LONGEST_INVOCATION_US, Date, Duration, Size, Whole
from lifecycle_tui.cli.sections import SectionedCommand

if TYPE_CHECKING:
    from datetime import datetime
    from fractions import Fraction

_MOST: Final = 10**15
"""Requests; a quadrillion a month is more than anybody has."""
_FREE_STORAGE_MB: Final = 512
_SECTIONS: Final = {
    "requests": "The function",
    "init": "Cold starts",
    "provisioned": "Provisioned concurrency",
    "payload": "Where events come from",
    "tenant_environments": "Other ways to run",
    "free_tier": "The bill",
}


class Share(click.ParamType["Fraction"]):
    """A part of a whole: ``0.01`` or ``1%``."""

    name = "share"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Fraction:
        """Return the part, 0 to 1, exactly."""
        import re
        from fractions import Fraction

        from lifecycle_tui.units.text import quote

        if isinstance(value, Fraction):
            return value
        match = re.fullmatch(r"([0-9]{1,30}(?:\.[0-9]{1,30})?)(%?)", value)
        share = None if match is None else Fraction(match.group(1)) / (100 if match.group(2) else 1)
        if share is None or share > 1:
            self.fail(f"{quote(value)} is no share; write 0 to 1, or 0% to 100%.", param, ctx)
        return share


@click.command(cls=SectionedCommand, sections=_SECTIONS)
@click.option(
    "--requests",
    type=Whole(0, _MOST),
    required=True,
    metavar="N",
    help="All requests of the month: warm, cold, and those on provisioned concurrency.",
)
@click.option(
    "--duration",
    type=Duration(LONGEST_INVOCATION_US),
    required=True,
    metavar="TIME",
    help="Duration of each, without Init.",
)
@click.option(
    "--memory", type=Size(128, 10_240), required=True, metavar="SIZE", help="Memory, as 512MB."
)
@click.option(
    "--architecture",
    type=click.Choice(["x86_64", "arm64"]),
    default="x86_64",
    show_default=True,
)
@click.option(
    "--ephemeral-storage",
    type=Size(512, 10_240),
    default="512MB",
    show_default=True,
    metavar="SIZE",
    help="Size of /tmp; 512MB are free.",
)
@click.option(
    "--init",
    type=Duration(),
    metavar="TIME",
    help="Init Duration of a cold start, and of a provisioned environment.",
)
@click.option(
    "--cold-share",
    type=Share(),
    metavar="X",
    help="The part of the on-demand requests that starts cold: 0.01 or 1%.",
)
@click.option(
    "--provisioned",
    type=Whole(0, 10**6),
    metavar="N",
    help="Environments of provisioned concurrency.",
)
@click.option(
    "--for",
    "provisioned_for",
    type=Duration(),
    metavar="TIME",
    help="How long they are switched on, charged in steps of five minutes.",
)
@click.option(
    "--provisioned-inits",
    type=Whole(0, _MOST),
    metavar="N",
    help="How often they run Init: when allocated and when replaced, events or none."
    "  [default: once each, with --init]",
)
@click.option(
    "--provisioned-requests",
    type=Whole(0, _MOST),
    metavar="N",
    help="How many of --requests run on them; the others run on demand.  [default: 0]",
)
@click.option(
    "--provisioned-duration",
    type=Duration(LONGEST_INVOCATION_US),
    metavar="TIME",
    help="Duration of each of these.  [default: --duration]",
)
@special_options
@click.option(
    "--snapstart-for",
    type=Duration(),
    metavar="TIME",
    help="How long a version with SnapStart is published; three hours at least are charged."
    " For Python and .NET: on Java, SnapStart is free.",
)
@click.option(
    "--snapstart-restores",
    type=Whole(0, _MOST),
    metavar="N",
    help="How many environments are restored.  [default: one each cold start of --cold-share]",
)
@click.option(
    "--free-tier",
    is_flag=True,
    help="Take off the month's free million requests and 400,000 on-demand GB-seconds.",
)
@click.option(
    "--rules-date",
    type=Date(with_time=False),
    default="2026-11-01",
    show_default=True,
    metavar="DATE",
    help="The rules of this day: Init is billed since 2025-08-01. Prices stay today's.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
def cost(
    requests: int,
    duration: int,
    memory: int,
    architecture: str,
    init: int | None,
    cold_share: Fraction | None,
    provisioned: int | None,
    provisioned_for: int | None,
    provisioned_inits: int | None,
    provisioned_requests: int | None,
    provisioned_duration: int | None,
    ephemeral_storage: int,
    snapstart_for: int | None,
    snapstart_restores: int | None,
    free_tier: bool,
    rules_date: datetime,
    as_json: bool,
    **special: Any,
) -> int:
    """Say what a month of a function would cost, at the list prices of us-east-1.

    Each component is rounded half up to a cent, then they are added. With --init, the Init of
    provisioned environments is a component of its own; that it has the price of duration on
    provisioned concurrency is assumed.

    \b
    Examples:
      lifecycle-tui cost --requests 3000000 --duration 120ms --memory 1536MB --free-tier
      lifecycle-tui cost --requests 1000000 --duration 80ms --memory 1GB --init 2s --cold-share 1%
      lifecycle-tui cost --requests 3000000 --duration 120ms --memory 1536MB \\
          --provisioned 100 --for 8h --provisioned-requests 500000 --provisioned-duration 100ms
      lifecycle-tui cost --requests 7440000 --duration 2s --memory 1GB --cold-share 1% \\
          --snapstart-for 744h
      lifecycle-tui cost --requests 30000000 --duration 1s --memory 1GB \\
          --poller sqs --poller-hours 8000
      lifecycle-tui cost --requests 100000000 --duration 1s --memory 2GB \\
          --managed-instances-hours 2000 --instance-list-price 0.1632 --instance-price 0.0457
    """
    _check_snapstart(snapstart_for, snapstart_restores, init, provisioned)
    if init is None:
        if cold_share is not None and snapstart_for is None:
            raise click.UsageError("--cold-share needs --init. With SnapStart: --snapstart-for.")
        if provisioned_inits is not None:
            raise click.UsageError("--provisioned-inits needs --init.")
    elif cold_share is None and provisioned is None:
        raise click.UsageError("--init needs --cold-share, or --provisioned.")
    if provisioned is None:
        given_options = {
            "--for": provisioned_for,
            "--provisioned-inits": provisioned_inits,
            "--provisioned-requests": provisioned_requests,
            "--provisioned-duration": provisioned_duration,
        }
        for name, value in given_options.items():
            if value is not None:
                raise click.UsageError(f"{name} needs --provisioned.")
    elif provisioned_for is None:
        raise click.UsageError("--provisioned needs --for.")
    if (provisioned_requests or 0) > requests:
        raise click.UsageError(
            f"--provisioned-requests {provisioned_requests} are more than --requests {requests},"
            " which counts all of them."
        )
    others = {
        "--architecture arm64": architecture == "arm64",
        "--ephemeral-storage": ephemeral_storage > _FREE_STORAGE_MB,
        "--init": init is not None,
        "--provisioned": provisioned is not None,
        "--free-tier": free_tier,
    }
    beside = read_special(special, (name for name, written in others.items() if written))
    from fractions import Fraction

    from lifecycle_tui.export.cost import cost_json, cost_lines
    from lifecycle_tui.readings.cost import Workload, bill

    workload = Workload(
        requests=requests,
        duration_us=duration,
        memory_mb=memory,
        architecture=architecture,
        init_us=init or 0,
        cold_share=cold_share or Fraction(0),
        provisioned=provisioned or 0,
        provisioned_us=provisioned_for or 0,
        provisioned_inits=_inits(init, provisioned, provisioned_inits),
        provisioned_requests=provisioned_requests or 0,
        provisioned_duration_us=provisioned_duration,
        ephemeral_storage_mb=ephemeral_storage,
        snapstart_us=snapstart_for or 0,
        restores=Fraction(snapstart_restores)
        if snapstart_restores is not None
        else requests * (cold_share or Fraction(0)),
        free_tier=free_tier,
        rules_date=rules_date.date().isoformat(),
        **beside._asdict(),
    )
    found = bill(workload)
    if as_json:
        click.echo(cost_json(found))
    else:
        for line in cost_lines(workload, found):
            click.echo(line)
    return exit_codes.OK


def _check_snapstart(
    published_for: int | None, restores: int | None, init: int | None, provisioned: int | None
) -> None:
    """Refuse what SnapStart does not go with."""
    if published_for is None:
        if restores is not None:
            raise click.UsageError("--snapstart-restores needs --snapstart-for.")
        return
    if published_for == 0:
        raise click.UsageError("--snapstart-for: a version that is never published costs nothing.")
    if provisioned is not None:
        raise click.UsageError("--snapstart-for: AWS refuses SnapStart with --provisioned.")
    if init is not None:
        raise click.UsageError("--snapstart-for: a cold start restores a snapshot, without --init.")


def _inits(init: int | None, provisioned: int | None, given: int | None) -> int:
    """Return how often a provisioned environment runs Init; unless given, once each."""
    if init is None or provisioned is None:
        return 0
    return provisioned if given is None else given
