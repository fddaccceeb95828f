"""``cost``: pollers, tenants, managed instances, large events and the edge on the command line."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.running import Command

REQUESTS = ("--requests", "30000000", "--duration", "1s", "--memory", "1GB")
POLLERS = ("--poller", "sqs", "--poller-hours", "8000")
TENANTS = ("--tenant-environments", "200000")
INSTANCES = ("--managed-instances-hours", "2000", "--instance-list-price", "0.1632")
PROVISIONED = ("--provisioned", "2", "--for", "8h")


def test_each_has_a_component_that_is_zero_where_it_was_not_asked_for(command: Command) -> None:
    """WE-P12: https://aws.amazon.com/lambda/pricing/."""
    found = json.loads(command("cost", *REQUESTS, *POLLERS, "--json").out)
    assert list(found["components"].items())[6:] == [
        ("event_pollers_usd", 74.0),
        ("tenant_isolation_usd", 0.0),
        ("instances_usd", 0.0),
        ("instance_fee_usd", 0.0),
    ]
    assert found["charged"]["event_pollers_unit_hours"] == 8_000
    assert found["total_usd"] == 580.0


def test_tenants_on_the_command_line(command: Command) -> None:
    """WE-P08: https://aws.amazon.com/lambda/pricing/."""
    out = command("cost", *REQUESTS, *TENANTS).out
    assert re.search(r"^Tenant isolation +200,000 GB +33\.33 ", out, re.MULTILINE)


@pytest.mark.parametrize(
    ("paid", "usd"), [((), 326.4), (("--instance-price", "0.0457"), 91.4)], ids=["list", "plan"]
)
def test_managed_instances_on_the_command_line(
    command: Command, paid: tuple[str, ...], usd: float
) -> None:
    """WE-P10: https://aws.amazon.com/lambda/pricing/."""
    found = json.loads(command("cost", *REQUESTS, *INSTANCES, *paid, "--json").out)["components"]
    assert found["compute_usd"] == 0
    assert (found["instances_usd"], found["instance_fee_usd"]) == (usd, 48.96)
    out = command("cost", *REQUESTS, *INSTANCES, *paid).out
    assert ", on managed instances · " in out
    assert re.search(r"^Management fee +2,000 h +48\.96 ", out, re.MULTILINE)


def test_the_edge_on_the_command_line(command: Command) -> None:
    """WE-P14: https://aws.amazon.com/lambda/pricing/."""
    words = ("--requests", "10000000", "--duration", "10ms", "--memory", "128MB", "--edge")
    found = json.loads(command("cost", *words, "--json").out)
    assert found["components"]["requests_usd"] == 6.0
    assert found["components"]["compute_usd"] == 0.63
    assert found["total_usd"] == 6.63
    assert "Lambda@Edge list prices" in command("cost", *words).out


@pytest.mark.parametrize(
    ("size", "requests"), [("256KB", 1), ("256.5KB", 2), ("320KB", 2), ("1MB", 13)]
)
def test_large_events_on_the_command_line(command: Command, size: str, requests: int) -> None:
    """WE-P15: https://aws.amazon.com/lambda/pricing/."""
    found = json.loads(command("cost", *REQUESTS, "--payload", size, "--json").out)
    assert found["charged"]["requests"] == requests * 30_000_000
    assert ", asynchronous events of " in command("cost", *REQUESTS, "--payload", size).out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--poller", "sqs"), "--poller needs --poller-hours."),
        (("--poller-hours", "8"), "--poller-hours needs --poller."),
        (("--poller-hours", "8h", "--poller", "sqs"), "'8h' is no number of hours"),
        (("--poller-hours", "-1", "--poller", "sqs"), "'-1' is no number of hours"),
        (("--poller-hours", "1", "--poller", "kinesis"), "'kinesis' is not one of"),
        (INSTANCES[:2], "--managed-instances-hours needs --instance-list-price."),
        (INSTANCES[2:], "--instance-list-price needs --managed-instances-hours."),
        (("--instance-price", "1"), "--instance-price needs --managed-instances-hours."),
        ((*INSTANCES, "--instance-price", "$1"), "'$1' is no price; write dollars"),
        (("--payload", "320"), "'320' has no unit; write a size with a unit, such as 320KB"),
        (("--payload", "1025KB"), "'1025KB' is out of range; allowed: 1KB to 1MB."),
        (("--payload", "0KB"), "'0KB' is out of range; allowed: 1KB to 1MB."),
        (("--payload", "1KB", *POLLERS), "--payload does not go together with --poller-hours."),
        ((*TENANTS, *PROVISIONED), "--tenant-environments does not go together with --provisioned"),
        ((*INSTANCES, *PROVISIONED), "does not go together with --provisioned."),
        ((*INSTANCES, "--init", "1s", "--cold-share", "1%"), "does not go together with --init."),
        ((*INSTANCES, "--free-tier"), "does not go together with --free-tier."),
        ((*INSTANCES, *TENANTS), "does not go together with --tenant-environments."),
        (("--edge", "--free-tier"), "--edge does not go together with --free-tier."),
        (("--edge", "--architecture", "arm64"), "together with --architecture arm64."),
        (("--edge", "--ephemeral-storage", "1GB"), "together with --ephemeral-storage."),
        (("--edge", *POLLERS), "--edge does not go together with --poller-hours."),
        (("--edge", "--tenant-environments", "0"), "together with --tenant-environments."),
    ],
)
def test_what_does_not_go_together_exits_2_and_says_so(
    command: Command, words: tuple[str, ...], message: str
) -> None:
    status, out, err = command("cost", *REQUESTS, *words)
    assert (status, out) == (2, "")
    assert message in err
    assert len(re.findall("^Error: ", err, re.MULTILINE)) == 1


def test_the_help_tells_options_in_sections(command: Command) -> None:
    out = command("cost", "--help").out
    headings = re.findall(r"^(\w[\w ]+):$", out, re.MULTILINE)
    assert headings == [
        "The function", "Cold starts", "Provisioned concurrency", "Where events come from",
        "Other ways to run", "The bill",
    ]  # fmt: skip
    assert out.index("Other ways to run:") < out.index("--edge ") < out.index("The bill:")
