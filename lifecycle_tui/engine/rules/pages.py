"""Where rules come from: AWS's pages, and the people and logs behind observed rules."""

from __future__ import annotations

from typing import Final

_GUIDE: Final = "https://docs.aws.amazon.com/lambda/latest/dg/"

ENVIRONMENT: Final = _GUIDE + "lambda-runtime-environment.html"
EXTENSIONS: Final = _GUIDE + "lambda-extensions.html"
EXTENSIONS_API: Final = _GUIDE + "runtimes-extensions-api.html"
VARIABLES: Final = _GUIDE + "configuration-envvars.html"
TIMEOUT: Final = _GUIDE + "configuration-timeout.html"
TROUBLESHOOTING: Final = _GUIDE + "troubleshooting-invocation.html"
CONCURRENCY: Final = _GUIDE + "lambda-concurrency.html"
SCALING: Final = _GUIDE + "scaling-behavior.html"
RESERVED: Final = _GUIDE + "configuration-concurrency.html"
PROVISIONED: Final = _GUIDE + "provisioned-concurrency.html"
CONCURRENCY_METRICS: Final = _GUIDE + "monitoring-concurrency.html"
METRICS: Final = _GUIDE + "monitoring-metrics-types.html"
ALIASES: Final = _GUIDE + "configuring-alias-routing.html"
QUOTAS: Final = _GUIDE + "gettingstarted-limits.html"
SNAPSTART_LOGS: Final = _GUIDE + "snapstart-monitoring.html"
TELEMETRY: Final = _GUIDE + "telemetry-schema-reference.html"
XRAY: Final = _GUIDE + "services-xray.html"
ROLE: Final = _GUIDE + "lambda-intro-execution-role.html"
RETRIES: Final = _GUIDE + "invocation-retries.html"
ASYNCHRONOUS_SETTINGS: Final = _GUIDE + "invocation-async-configuring.html"
ASYNCHRONOUS_RECORDS: Final = _GUIDE + "invocation-async-retain-records.html"
MAPPING_API: Final = (
    "https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html"
)
KINESIS: Final = _GUIDE + "with-kinesis.html"
SQS: Final = _GUIDE + "with-sqs.html"
SQS_SCALING: Final = _GUIDE + "services-sqs-scaling.html"
SQS_CONFIGURE: Final = _GUIDE + "services-sqs-configure.html"
GATEWAY_QUOTAS: Final = "https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html"
STEP_FUNCTIONS_ERRORS: Final = (
    "https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html"
)
THROTTLE_LIMITS_POST: Final = (
    "https://aws.amazon.com/blogs/compute/understanding-aws-lambdas-invoke-throttle-limits/"
)
LOGS_API: Final = _GUIDE + "runtimes-logs-api.html"
TENANTS: Final = _GUIDE + "tenant-isolation.html"
SNAPSTART: Final = _GUIDE + "snapstart.html"
SNAPSTART_ACTIVATION: Final = _GUIDE + "snapstart-activate.html"
SNAPSTART_HOOKS: Final = _GUIDE + "snapstart-runtime-hooks-java.html"
SNAPSTART_TROUBLES: Final = _GUIDE + "snapstart-troubleshooting.html"
SNAPSTART_UNIQUENESS: Final = _GUIDE + "snapstart-uniqueness.html"
ASYNCHRONOUS: Final = _GUIDE + "invocation-async-error-handling.html"
EVENT_SOURCES: Final = _GUIDE + "invocation-eventsourcemapping.html"
SQS_ERRORS: Final = _GUIDE + "services-sqs-errorhandling.html"
INVOKE_API: Final = "https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html"
SECURITY_PAPER: Final = (
    "https://docs.aws.amazon.com/whitepapers/latest/security-overview-aws-lambda/"
)
PRICING: Final = "https://aws.amazon.com/lambda/pricing/"
INIT_BILLING_POST: Final = (
    "https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/"
)
SCALING_POST: Final = (
    "https://aws.amazon.com/blogs/aws/"
    "aws-lambda-functions-now-scale-12-times-faster-when-handling-high-volume-requests/"
)

LOGS: Final = "CloudWatch lines that people published in public repositories, 2024-2026"
EMULATOR: Final = (
    "AWS's open-source runtime interface emulator, January 2026: "
    "https://github.com/aws/aws-lambda-runtime-interface-emulator"
)
DOOM_LOOP: Final = (
    "Aaron Stuyvenberg, October 2024: https://aaronstuyvenberg.com/posts/lambda-timeout-doom-loop"
)
PROACTIVE: Final = (
    "Aaron Stuyvenberg, July 2023: "
    "https://aaronstuyvenberg.com/posts/understanding-proactive-initialization"
)
COLD_START_DATA: Final = (
    "lambda-perf, daily cold starts, summer 2026: https://github.com/maxday/lambda-perf"
)
SNAPSTART_LINES: Final = (
    "CloudWatch lines of restored environments in public repositories, 2023-2025"
)
