"""What a file says of functions, and what AWS would refuse of it."""

from __future__ import annotations

import pytest

from lifecycle_tui.engine.plan import ExtensionPlan, FunctionPlan, Outcome
from lifecycle_tui.engine.worktime import (
    Constant,
    Exponential,
    Lognormal,
    Quantiles,
    Uniform,
    WorkTime,
)
from lifecycle_tui.scenario.build import parse_text
from lifecycle_tui.scenario.presets import presets, runtimes
from tests.scenario.writing import function, one, problem, problems


def test_every_key_of_a_function_arrives() -> None:
    plan = parse_text("""
functions:
  web-api:
    runtime: java21
    package: image
    architecture: arm64
    memory: 1GB
    timeout: 1m
    ephemeral_storage: 10GB
    reserved_concurrency: 5
    provisioned_concurrency: 2
    snapstart: false
    init: {runtime: 220ms, function: 760ms, outcome: exit, connections: 3}
    restore: {snapshot: 200ms, hooks: 40ms}
    handler: {duration: {exponential: 2s}, outcome: error, tmp: 4MB, background: 500ms}
    runtime_overhead: 3ms
    memory_used: 60MB
    extensions:
      - {name: otel, register: 40ms, tail: 5ms, shutdown: 50ms, events: [INVOKE]}
      - {name: in-process, type: internal, register: 1ms, ready: 2ms}
""")
    assert plan.functions == (
        FunctionPlan(
            name="web-api",
            runtime="java21",
            package="image",
            architecture="arm64",
            memory_mb=1_024,
            timeout_us=60_000_000,
            ephemeral_storage_mb=10_240,
            reserved_concurrency=5,
            provisioned_concurrency=2,
            init_runtime=Constant(220_000),
            init_function=Constant(760_000),
            init_outcome=Outcome.EXIT,
            init_connections=3,
            handler=Exponential(2_000_000),
            handler_outcome=Outcome.ERROR,
            handler_tmp_mb=4,
            handler_background=Constant(500_000),
            runtime_overhead=Constant(3_000),
            memory_used_mb=60,
            extensions=(
                ExtensionPlan(
                    "otel",
                    register=Constant(40_000),
                    ready=Constant(40_000),
                    tail=Constant(5_000),
                    shutdown=Constant(50_000),
                    on_shutdown=False,
                ),
                ExtensionPlan(
                    "in-process",
                    external=False,
                    register=Constant(1_000),
                    ready=Constant(2_000),
                    on_shutdown=False,
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("text", "work_time"),
    [
        ("250ms", Constant(250_000)),
        ("{uniform: [100ms, 200ms]}", Uniform(100_000, 200_000)),
        ("{exponential: 2s}", Exponential(2_000_000)),
        ("{lognormal: {p50: 100ms, p99: 800ms}}", Lognormal(100_000, 800_000)),
    ],
)
def test_a_work_time_is_a_duration_or_a_distribution(text: str, work_time: WorkTime) -> None:
    assert function(f"runtime_overhead: {text}").functions[0].runtime_overhead == work_time


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{unifrom: [1s, 2s]}", "unknown distribution 'unifrom'; did you mean 'uniform'?"),
        ("{uniform: [2s, 1s]}", "from the shorter to the longer"),
        ("{uniform: 1s}", "uniform takes two durations"),
        ("{exponential: 0s}", "mean above zero"),
        ("{lognormal: {p50: 2s, p99: 1s}}", "p50 is above zero and not above p99"),
        ("{lognormal: {p50: 2s}}", "lognormal takes p50 and p99"),
        ("{lognormal: {p50: 1s, p99: 4}}", "found the bare number 4"),
        ("{uniform: [1s, 2s], exponential: 1s}", "found 2 keys"),
        ("[1s]", "found a list"),
        ("true", "found true"),
    ],
)
def test_a_wrong_work_time_says_what_is_right(text: str, words: str) -> None:
    assert words in problem(one(f"handler: {{duration: {text}}}"))


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("timout: 3s", "x:2:7: functions.f: unknown key 'timout'; did you mean 'timeout'?"),
        ("timeout: 3", "x:2:16: functions.f.timeout: found the bare number 3; expected a duration"),
        ("timeout: 901s", "x:2:16: functions.f.timeout: '901s' is no timeout that AWS accepts"),
        ("timeout: 0s", "x:2:16: functions.f.timeout: '0s' is no timeout that AWS accepts"),
        ("timeout: 1500ms", "x:2:16: functions.f.timeout: '1500ms' is no timeout that AWS accepts"),
        ("memory: 127MB", "x:2:15: functions.f.memory: '127MB' is out of range"),
        ("memory: 11GB", "x:2:15: functions.f.memory: '11GB' is out of range"),
        ("memory: 512", "x:2:15: functions.f.memory: found the bare number 512; expected a size"),
        ("ephemeral_storage: 256MB", "x:2:26: functions.f.ephemeral_storage: '256MB' is"),
        ("runtime: pyton3.13", "x:2:16: functions.f.runtime: found 'pyton3.13', which"),
        ("runtime: nodejs18.x", "x:2:16: functions.f.runtime: nobody measured the init times"),
        ("package: tar", "x:2:16: functions.f.package: found 'tar', which is not known; allowed:"),
        ("reserved_concurrency: -1", "x:2:29: functions.f.reserved_concurrency: -1 is not a whole"),
        ("reserved_concurrency: 901", "x:2:29: functions.f.reserved_concurrency: 901"),
        ("provisioned_concurrency: 901", "x:2:32: functions.f.provisioned_concurrency: 901"),
        ("provisioned_concurrency: null", "x:2:32: functions.f.provisioned_concurrency: found"),
        ("reserved_concurrency: 2, provisioned_concurrency: 3", "x:2:57: functions.f.provisioned"),
        ("snapstart: true", "x:2:18: functions.f.snapstart: SnapStart is not simulated by this"),
        ("snapstart: on", "x:2:18: functions.f.snapstart: found 'on'; expected true or false"),
        ("async: {max_retry: 1}", "x:2:15: functions.f.async: unknown key 'max_retry'"),
        ("handler: {tmp: 1GB}", "x:2:22: functions.f.handler.tmp: 1,024 MB in each invocation"),
        ("handler: {outcome: timeout}", "x:2:26: functions.f.handler.outcome: found 'timeout'"),
        ("init: {hang: 1s}", "x:2:14: functions.f.init: unknown key 'hang'"),
        ("init: 3s", "x:2:13: functions.f.init: found '3s'; expected a mapping"),
        ("extensions: otel", "x:2:19: functions.f.extensions: found 'otel'; expected a list"),
        ("extensions: [{type: internal}]", "x:2:20: functions.f.extensions[0]: 'name' is missing"),
        ("extensions: [{name: a, register: 2s, ready: 1s}]", "x:2:51: functions.f.extensions[0]"),
        ("extensions: [{name: a}, {name: a}]", "x:2:31: functions.f.extensions[1]: a second"),
        ("extensions: [{name: a, type: internal, events: [SHUTDOWN]}]", "x:2:54: functions.f"),
        ("extensions: [{name: a, events: [INVOKED]}]", "x:2:39: functions.f.extensions[0].events:"),
    ],
)  # fmt: skip
def test_each_mistake_is_one_line_with_its_place_and_what_is_right(keys: str, line: str) -> None:
    assert problem(one(keys)).startswith(line.replace("x:", "x.yaml:", 1))


@pytest.mark.rule("RSV-02", "PRV-04")
def test_refusals_of_concurrency_give_the_reason_of_aws() -> None:
    assert problem(one("reserved_concurrency: 901")).endswith(
        ": 901 reserved in all leaves 99 of the account's 1,000 unreserved;"
        " AWS keeps at least 100 unreserved"
    )
    assert problem(one("reserved_concurrency: 2, provisioned_concurrency: 3")).endswith(
        ": provisioned concurrency 3 is above the function's reserved concurrency 2;"
        " AWS refuses that"
    )
    assert problem(one("provisioned_concurrency: 901")).endswith(
        ": 901 provisioned without a reservation is more than the account can give:"
        " 1,000 unreserved less the 100 that AWS keeps free"
    )


@pytest.mark.rule("INV-10")
def test_mistakes_in_extensions_say_what_is_right() -> None:
    assert problem(one("extensions: [{name: a, register: 2s, ready: 1s}]")).endswith(
        "extensions[0].ready: is sooner than register;"
        " an extension asks for Next after it has registered"
    )
    assert problem(one("extensions: [{name: a, type: internal, events: [SHUTDOWN]}]")).endswith(
        "an internal extension cannot register for SHUTDOWN; AWS refuses that"
    )
    assert "did you mean 'INVOKE'?" in problem(one("extensions: [{name: a, events: [INVOKED]}]"))


@pytest.mark.rule("INIT-04")
def test_eleven_extensions_are_more_than_aws_allows() -> None:
    extensions = ", ".join(f"{{name: e{n}}}" for n in range(11))
    assert "11 extensions; AWS allows at most 10" in problem(one(f"extensions: [{extensions}]"))


@pytest.mark.rule("PRV-01")
def test_snapstart_with_provisioned_concurrency_is_refused_as_aws_does() -> None:
    lines = problems(one("snapstart: true, provisioned_concurrency: 1"))
    assert any("AWS refuses SnapStart with provisioned concurrency" in line for line in lines)


def test_reserved_concurrency_of_zero_needs_no_room() -> None:
    plan = parse_text("account: {concurrency: 10}\nfunctions: {f: {reserved_concurrency: 0}}")
    assert plan.functions[0].reserved_concurrency == 0


@pytest.mark.rule("RSV-02")
def test_reservations_of_all_functions_count_together() -> None:
    text = "functions:\n  a: {reserved_concurrency: 500}\n  b: {reserved_concurrency: 401}\n"
    line = problem(text)
    assert line.startswith("x.yaml:3:29: functions.b.reserved_concurrency: 901 reserved in all")


def test_a_function_without_init_gets_what_was_measured_for_its_runtime() -> None:
    function_plan = function("runtime: java21, package: image, architecture: arm64").functions[0]
    assert function_plan.init_measured
    measured = presets()["java21", "image", "arm64"]
    assert function_plan.init_runtime == measured.runtime_init
    assert function_plan.memory_used_mb == measured.memory_used_mb


def test_a_function_that_gives_any_init_time_gets_exactly_that() -> None:
    function_plan = function("init: {function: 12s}").functions[0]
    assert not function_plan.init_measured
    assert function_plan.init_runtime == Constant(0)
    assert function_plan.init_function == Constant(12_000_000)


def test_an_init_outcome_alone_keeps_the_measured_times() -> None:
    function_plan = function("init: {outcome: oom}").functions[0]
    assert function_plan.init_measured
    assert function_plan.init_outcome is Outcome.OOM


@pytest.mark.rule("SIM-INIT-SPLIT")
def test_measured_shares_add_up_to_the_measured_total() -> None:
    measured = presets()["python3.13", "zip", "x86_64"]
    total = measured.runtime_init.at(0.5) + measured.function_init.at(0.5)
    assert total == 92_900
    assert measured.runtime_init.at(0.5) / total == pytest.approx(0.8, abs=1e-3)


def test_every_preset_is_a_distribution() -> None:
    assert len(presets()) == 4 * 21
    for preset in presets().values():
        for share in (preset.runtime_init, preset.function_init):
            assert isinstance(share, Quantiles)
            assert share.probabilities[0] == 0
            assert share.probabilities[-1] == 1
            assert list(share.times_us) == sorted(share.times_us)
            assert min(share.times_us) > 0
        assert 10 < preset.memory_used_mb <= 128


@pytest.mark.parametrize(
    "runtime", ["python3.9", "python3.14", "nodejs20.x", "nodejs24.x", "java11", "java25",
                "dotnet8", "dotnet10", "ruby3.2", "ruby3.4", "provided.al2023"]
)  # fmt: skip
def test_the_runtimes_of_today_are_measured(runtime: str) -> None:
    assert runtime in runtimes()
    assert (runtime, "zip", "x86_64") in presets()


@pytest.mark.rule("INIT-16")
def test_measured_init_times_do_not_depend_on_memory() -> None:
    """Observed: https://github.com/maxday/lambda-perf, 128 to 1,024 MB."""
    small = function("runtime: java21, memory: 128MB").functions[0]
    large = function("runtime: java21, memory: 1024MB").functions[0]
    assert small.init_measured
    assert small.init_runtime == large.init_runtime
    assert small.init_function == large.init_function


@pytest.mark.rule("LIM-01", "LIM-02", "LIM-04")
def test_what_a_file_leaves_out_has_the_defaults_of_aws() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html."""
    plan = function().functions[0]
    assert plan.timeout_us == 3_000_000
    assert (plan.memory_mb, plan.ephemeral_storage_mb) == (128, 512)


@pytest.mark.rule("LIM-01", "LIM-02", "LIM-04")
def test_settings_reach_as_far_as_aws_lets_them() -> None:
    """https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html."""
    for keys in (
        "timeout: 1s, memory: 128MB, ephemeral_storage: 512MB",
        "timeout: 900s, memory: 10240MB, ephemeral_storage: 10240MB",
        "memory: 129MB",
    ):
        assert function(keys).functions
    for keys in (
        "timeout: 0s", "timeout: 901s", "memory: 127MB", "memory: 10241MB", "memory: 128.5MB",
        "ephemeral_storage: 511MB", "ephemeral_storage: 10241MB",
    ):  # fmt: skip
        assert problem(one(keys))
