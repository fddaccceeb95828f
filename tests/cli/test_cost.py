"""``cost``: the pricing page's examples from words to JSON, and what it says to a wrong line."""

from __future__ import annotations

import json
import re

import pytest

from tests.architecture.test_imports import modules_after
from tests.cli.running import Command

REQUESTS = ("--requests", "3000000", "--duration", "120ms", "--memory", "1536MB")
PROVISIONED = (
    "--provisioned", "100", "--for", "8h", "--provisioned-requests", "500000",
    "--provisioned-duration", "100ms",
)  # fmt: skip
NOT_ASKED_FOR = dict.fromkeys(
    ("event_pollers_usd", "tenant_isolation_usd", "instances_usd", "instance_fee_usd"), 0.0
)


def test_we_p01_as_json_is_the_contracts_object(command: Command) -> None:
    """https://aws.amazon.com/lambda/pricing/."""
    status, out, err = command("cost", *REQUESTS, "--free-tier", "--json")
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert found["components"] == {
        "requests_usd": 0.40,
        "compute_usd": 2.33,
        "provisioned_usd": 0.0,
        "provisioned_duration_usd": 0.0,
        "provisioned_init_usd": 0.0,
        "ephemeral_storage_usd": 0.0,
        **NOT_ASKED_FOR,
    }
    assert found["total_usd"] == 2.73
    assert found["charged"]["compute_gb_seconds"] == 140_000
    assert found["provisioned_utilization"] is None


def test_we_p02_without_free_tier(command: Command) -> None:
    """https://aws.amazon.com/lambda/pricing/."""
    words = ("--requests", "7440000", "--duration", "2s", "--memory", "1GB", "--json")
    found = json.loads(command("cost", *words).out)
    assert found["components"]["requests_usd"] == 1.49
    assert found["components"]["compute_usd"] == 248.0
    assert found["total_usd"] == 249.49


def test_we_p06_with_snapstart(command: Command) -> None:
    """https://aws.amazon.com/lambda/pricing/."""
    words = ("--requests", "7440000", "--duration", "2s", "--memory", "1GB", "--cold-share", "1%",
             "--snapstart-for", "744h")  # fmt: skip
    found = json.loads(command("cost", *words, "--json").out)
    assert found["components"]["snapstart_cache_usd"] == 4.03
    assert found["components"]["snapstart_restore_usd"] == 10.40
    assert found["charged"]["snapstart_restore_gb"] == 74_400
    assert found["total_usd"] == 263.92
    assert "SnapStart restores        74,400 GB   10.40" in command("cost", *words).out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--snapstart-restores", "5"), "--snapstart-restores needs --snapstart-for."),
        (("--snapstart-for", "1h", *PROVISIONED), "AWS refuses SnapStart with --provisioned."),
        (("--snapstart-for", "1h", "--init", "1s", "--cold-share", "1%"), "without --init."),
        (("--snapstart-for", "0s"), "a version that is never published costs nothing."),
    ],
)
def test_what_snapstart_does_not_go_with(
    command: Command, words: tuple[str, ...], complaint: str
) -> None:
    status, _, err = command("cost", *REQUESTS, *words)
    assert status == 2
    assert complaint in err


def test_we_p04_with_provisioned_concurrency(command: Command) -> None:
    """https://aws.amazon.com/lambda/pricing/."""
    found = json.loads(command("cost", *REQUESTS, *PROVISIONED, "--free-tier", "--json").out)
    assert found["components"] == {
        "requests_usd": 0.40,
        "compute_usd": 0.83,
        "provisioned_usd": 18.0,
        "provisioned_duration_usd": 0.73,
        "provisioned_init_usd": 0.0,
        "ephemeral_storage_usd": 0.0,
        **NOT_ASKED_FOR,
    }
    assert found["total_usd"] == 19.96
    assert found["provisioned_break_even"] == 0.6


def test_requests_on_provisioned_concurrency_last_as_long_as_the_others_by_default(
    command: Command,
) -> None:
    charged = json.loads(command("cost", *REQUESTS, *PROVISIONED[:6], "--json").out)["charged"]
    assert charged["provisioned_duration_gb_seconds"] == 90_000


def test_the_init_of_provisioned_environments_is_charged_once_each_unless_told(
    command: Command,
) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    words = ("cost", *REQUESTS, *PROVISIONED, "--init", "2s")
    found = json.loads(command(*words, "--json").out)
    assert found["charged"]["provisioned_init_gb_seconds"] == 100 * 2 * 1.5
    assert found["init_usd"] == pytest.approx(300 * 0.0000097222)
    assert found["init_share_of_compute"] == 0, "the other requests are warm"
    often = json.loads(command(*words, "--provisioned-inits", "40000", "--json").out)
    assert often["components"]["provisioned_init_usd"] == 1.17
    text = command(*words).out
    assert re.search(r"^Provisioned Init +300 GB-s +0\.00 ", text, re.MULTILINE)
    assert "Init adds $0.002917.\n" in text


def test_it_is_said_what_the_requests_count(command: Command) -> None:
    out = command("cost", *REQUESTS, *PROVISIONED).out
    asked = "3,000,000 requests of 120ms, 500,000 of them on provisioned concurrency · 1,536 MB"
    assert out.startswith(asked)
    told = " ".join(command("cost", "--help").out.split())
    assert "All requests of the month: warm, cold, and those on provisioned" in told


def test_the_table_is_aligned_and_tells_shares(command: Command) -> None:
    status, out, _ = command("cost", *REQUESTS, *PROVISIONED, "--free-tier")
    assert status == 0
    table = out.split("\n\n")[1].splitlines()
    assert [line.split("  ")[0] for line in table] == [
        "component", "Requests", "Compute", "Provisioned concurrency", "Provisioned duration",
        "Total",
    ]  # fmt: skip
    assert len({len(line) for line in table}) == 1
    shares = [float(line.split()[-2]) for line in table[1:]]
    assert shares[-1] == 100.0
    assert sum(shares[:-1]) == pytest.approx(100.0, abs=0.2)
    assert "from a utilisation of 0.60; here it is 0.02." in out
    assert "\x1b" not in out


def test_what_init_adds_and_what_a_thousand_events_cost_is_said(command: Command) -> None:
    """1 % of a million requests of 100 ms waits for 14 s of Init: 140 ms beside each 100 ms."""
    words = ("--requests", "1000000", "--duration", "100ms", "--memory", "1024MB")
    out = command("cost", *words, "--init", "14s", "--cold-share", "1%").out
    assert "Init adds $2.33: 58.3 % of compute is Init." in out
    assert "1,000 events cost $0.004200." in out
    assert out == command("cost", *words, "--init", "14s", "--cold-share", "0.01").out
    free = command(
        "cost", *words, "--init", "14s", "--cold-share", "1%", "--rules-date", "2025-07-31"
    ).out
    assert "Init adds $0.00: 0.0 % of compute is Init." in free


def test_arm_and_ephemeral_storage(command: Command) -> None:
    words = ("--architecture", "arm64", "--ephemeral-storage", "10GB", "--json")
    found = json.loads(command("cost", *REQUESTS, *words).out)
    assert found["components"]["compute_usd"] == 7.2
    assert found["components"]["ephemeral_storage_usd"] == 0.11


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (REQUESTS[2:], "Missing option '--requests'"),
        ((*REQUESTS[:3], "120", *REQUESTS[4:]), "'120' has no unit"),
        ((*REQUESTS[:5], "1536"), "'1536' has no unit"),
        ((*REQUESTS[:5], "64MB"), "'64MB' is out of range; allowed: 128MB to 10GB."),
        (
            (*REQUESTS, "--requests", "-1"),
            "'-1' is out of range; allowed: 0 to 1,000,000,",
        ),
        ((*REQUESTS, "--requests", "3e6"), "'3e6' is not a whole number; allowed: 0 to"),
        ((*REQUESTS, "--init", "1s"), "--init needs --cold-share, or --provisioned."),
        ((*REQUESTS, "--cold-share", "1%"), "--cold-share needs --init."),
        ((*REQUESTS, "--init", "1s", "--cold-share", "1.5"), "'1.5' is no share"),
        ((*REQUESTS, "--init", "1s", "--cold-share", "-1%"), "'-1%' is no share"),
        ((*REQUESTS, "--provisioned", "2"), "--provisioned needs --for."),
        ((*REQUESTS, *PROVISIONED, "--provisioned-inits", "2"), "-inits needs --init."),
        (
            (*REQUESTS, "--init", "1s", "--cold-share", "1%", "--provisioned-inits", "2"),
            "--provisioned-inits needs --provisioned.",
        ),
        ((*REQUESTS, "--for", "8h"), "--for needs --provisioned."),
        ((*REQUESTS, "--provisioned-requests", "8"), "--provisioned-requests needs --provisioned."),
        ((*REQUESTS, *PROVISIONED, "--requests", "9"), "are more than --requests 9"),
        ((*REQUESTS, "--ephemeral-storage", "256MB"), "allowed: 512MB to 10GB."),
        ((*REQUESTS, "--architecture", "mips"), "'mips' is not one of"),
    ],
)
def test_wrong_usage_exits_2_and_says_what_to_write(
    command: Command, words: tuple[str, ...], message: str
) -> None:
    status, out, err = command("cost", *words)
    assert (status, out) == (2, "")
    assert message in err
    assert len(re.findall("^Error: ", err, re.MULTILINE)) == 1
    assert "Traceback" not in err


def test_a_bill_loads_neither_screen_nor_files() -> None:
    loaded = modules_after("cost", *REQUESTS)
    assert not loaded & {"textual", "rich", "pydantic", "yaml", "asyncio"}
