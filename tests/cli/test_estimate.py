"""``estimate``: what a load needs, against the examples of AWS's own pages."""

from __future__ import annotations

import pytest

from tests.cli.running import Command


@pytest.mark.rule("CON-03", "RPS-03", "PRV-08", "SQS-08", "KAF-01", "MQ-01", "TEN-01")
@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        pytest.param("--rate 100/s --duration 1s", (100, 100, 110), id="WE-C02"),
        pytest.param("--rate 100/s --duration 500ms", (50, 50, 55), id="WE-C03"),
        pytest.param("--rate 5000/s --duration 200ms", (1_000, 1_000, 1_100), id="WE-C05"),
        pytest.param("--rate 20000/s --duration 50ms", (1_000, 2_000, 1_100), id="WE-C06"),
        pytest.param("--rate 200/s --duration 1s", (200, 200, 220), id="WE-C21"),
        pytest.param(
            "--rate 1000/s --duration 100ms --from sqs --message-size 3KB", (10,), id="WE-E01"
        ),
        pytest.param("--rate 5/s --duration 1s --from kafka --message-size 1MB", (1,), id="WE-E09"),
        pytest.param("--rate 9/s --duration 1s --from activemq", (5,), id="WE-E15 ActiveMQ"),
        pytest.param("--rate 9/s --duration 1s --from rabbitmq", (1,), id="WE-E15 RabbitMQ"),
        pytest.param("--rate 1/s --duration 1s --tenant-limit 2000", (1, 1, 2, 5_000), id="WE-C27"),
    ],
)
def test_aws_own_examples(words: str, numbers: tuple[int, ...], command: Command) -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html and its like."""
    status, out, err = command("estimate", *words.split())
    assert (status, err) == (0, "")
    found = [line.split("  ") for line in out.splitlines()]
    told = [next(cell for cell in cells[1:] if cell.strip()) for cells in found]
    assert tuple(int(number.replace(",", "")) for number in told) == numbers


def test_each_line_names_its_rule(command: Command) -> None:
    out = command("estimate", "--rate", "100/s", "--duration", "1s").out
    assert out.splitlines() == [
        "Concurrency   100  events a second x duration [CON-03]",
        "Limit needed  100  as many [RPS-03]",
        "Provisioned   110  so much and ten per cent more, all warm [PRV-08]",
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--rate 0/s --duration 1s", "above 0"),
        ("--rate 5 --duration 1s", "rate"),
        ("--rate 5/s --duration 0s", "needs nothing"),
        ("--rate 5/s --duration 16m", "longer than 15m, the most that Lambda allows"),
        ("--rate 5/s --duration 1s --batch-size 0", "allowed"),
        ("--rate 5/s --duration 1s --message-size 0KB", "allowed"),
        ("--rate 5/s --duration 1s --tenant-limit x", "whole number"),
    ],
)
def test_what_makes_no_sense_is_told(words: str, said: str, command: Command) -> None:
    status, out, err = command("estimate", *words.split())
    assert (status, out) == (2, "")
    assert said in err


def test_nothing_costs_an_invocation_longer_than_lambda_allows(command: Command) -> None:
    words = "--requests 1 --duration 16m --memory 128MB"
    assert "longer than 15m" in command("cost", *words.split()).err
