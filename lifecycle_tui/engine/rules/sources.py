"""Rules of sources: asynchronous events, event source mappings, and callers that give up."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.rules import pages
from lifecycle_tui.engine.rules.model import Rule, assumed, documented

CALLERS: Final[tuple[Rule, ...]] = (
    documented(
        "SRC-01",
        "API Gateway stops waiting for an integration after a limit of its own and answers with"
        " 504, while the invocation goes on.",
        pages.GATEWAY_QUOTAS,
        value="29 s",
    ),
    documented(
        "SFN-01",
        "A Step Functions state that fails is tried again by the first retrier that names its"
        " error.",
        pages.STEP_FUNCTIONS_ERRORS,
        value="after 1 s, at most 3 times, each wait twice the last, unless the state says else",
    ),
    documented(
        "SFN-02",
        "When no retrier is left, the first catcher that names the error decides how the state"
        " machine goes on.",
        pages.STEP_FUNCTIONS_ERRORS,
    ),
)

ASYNCHRONOUS: Final[tuple[Rule, ...]] = (
    documented(
        "ASY-01",
        "An asynchronous event is accepted with 202 and kept in a queue of Lambda's own, from"
        " which the function is invoked.",
        pages.ASYNCHRONOUS,
        value="202",
    ),
    documented(
        "ASY-02",
        "After a function error, time-outs included, an asynchronous event is tried again twice:"
        " one minute after the first attempt and two minutes after the second.",
        pages.ASYNCHRONOUS,
        value="1 min, 2 min",
    ),
    documented(
        "ASY-03",
        "How often an asynchronous event is tried again, and how old it may become, can be"
        " configured.",
        pages.ASYNCHRONOUS_SETTINGS,
        value="0 to 2 retries; 60 s to 6 h",
    ),
    documented(
        "ASY-04",
        "An asynchronous event that is throttled returns to the queue and is tried again until it"
        " is too old, after waits that grow from one second to five minutes.",
        pages.ASYNCHRONOUS,
        value="1 s to 5 min",
    ),
    documented(
        "ASY-06",
        "An asynchronous event that was given up goes to the dead-letter queue and the on-failure"
        " destination, if there are any; a success may go to a destination too.",
        pages.ASYNCHRONOUS_RECORDS,
        value="RetriesExhausted, EventAgeExceeded",
    ),
    documented(
        "ASY-07",
        "Asynchronous events have no limit on requests per second, only on concurrency.",
        pages.QUOTAS,
    ),
    assumed(
        "SIM-ASYNC-DOUBLING",
        "The waits between attempts at a throttled asynchronous event double each time.",
        "AWS gives the ends of the range only",
        value="1, 2, 4 … 256, 300 s",
    ),
)

MAPPINGS: Final[tuple[Rule, ...]] = (
    documented(
        "ESM-01",
        "For queues and streams, Lambda polls the source itself and invokes the function"
        " synchronously, at least once for each message.",
        pages.EVENT_SOURCES,
    ),
    documented(
        "ESM-02",
        "A batch is sent when its window ends, when the batch size is reached, or when the"
        " payload is full.",
        pages.EVENT_SOURCES,
        value="6 MB",
    ),
    documented(
        "ESM-03",
        "A batch window may be up to five minutes long; queues and streams have none by default.",
        pages.EVENT_SOURCES,
        value="0 to 300 s",
    ),
    documented(
        "ESM-04",
        "Batches hold 10 messages of a queue or 100 records of a stream by default.",
        pages.MAPPING_API,
        value="10 or 100; at most 10,000, for FIFO queues 10",
    ),
    assumed(
        "SIM-BATCH-TIME",
        "A batch takes as long as its slowest message, and fails if any of its messages does.",
        "what a handler does with a batch is its own code",
    ),
)

STREAMS: Final[tuple[Rule, ...]] = (
    documented(
        "STR-01",
        "Of each shard one batch is processed at a time, or as many as the parallelisation factor"
        " says, with the order kept within a partition key.",
        pages.KINESIS,
        value="1 to 10",
    ),
    documented(
        "STR-02",
        "A Kinesis shard is read once a second, a DynamoDB stream four times a second.",
        pages.KINESIS,
        value="1/s; 4/s",
    ),
    documented(
        "STR-03",
        "A batch of a stream that fails blocks its shard: it is tried again until it succeeds,"
        " reaches the limit of attempts or of age, or is split in two.",
        pages.EVENT_SOURCES,
    ),
    assumed(
        "SIM-STREAM-BACKOFF",
        "Between two attempts at a batch of a stream there is a wait that doubles from one second"
        " to one minute.",
        "AWS does not publish the waits",
        value="1 s to 60 s",
    ),
    assumed(
        "SIM-STREAM-KEYS",
        "Records are dealt out over the shards in turn.",
        "a scenario does not say partition keys",
    ),
)

QUEUES: Final[tuple[Rule, ...]] = (
    documented(
        "SQS-01",
        "A mapping starts with five batches at a time and adds up to 300 a minute.",
        pages.SQS_SCALING,
        value="5, then 300 more each minute, up to 1,250",
    ),
    assumed(
        "SIM-SQS-SCALE",
        "A mapping's allowance grows at whole minutes of work and starts over when the queue is"
        " empty.",
        "AWS gives the rate only",
    ),
    documented(
        "SQS-02",
        "A mapping's maximum concurrency limits its batches in flight.",
        pages.SQS_SCALING,
        value="2 to 1,000",
    ),
    documented(
        "SQS-03",
        "A FIFO queue has at most one batch in flight for each message group.",
        pages.SQS_SCALING,
    ),
    documented(
        "SQS-04",
        "A message that was received as often as the queue's redrive policy allows moves to the"
        " dead-letter queue.",
        pages.SQS_CONFIGURE,
        value="at least 5 receives advised",
    ),
    documented(
        "SQS-05",
        "When a batch fails, its messages can be received again after the visibility timeout; with"
        " reported item failures, only those that failed.",
        pages.SQS_ERRORS,
    ),
    documented(
        "SQS-07",
        "In provisioned mode a mapping keeps a minimum of event pollers and adds more up to a"
        " maximum, each good for ten batches in flight.",
        pages.SQS,
        value="minimum 2 to 200, maximum 2 to 10,000; 1,000 more batches each minute",
    ),
    documented(
        "SQS-08",
        "How many messages a second one event poller takes depends on their size, on the duration"
        " and on the batch size.",
        pages.SQS,
        value="min(1,024 / KB, 10 / duration x batch, 10 x batch, 100), each part rounded up",
    ),
    assumed(
        "SIM-SQS-POLL",
        "Without a batch window a message is received 20 ms after it came.",
        "AWS does not publish how long a poll takes",
        value="20 ms",
    ),
)

BROKERS: Final[tuple[Rule, ...]] = (
    documented(
        "KAF-01",
        "In provisioned mode one event poller of a Kafka topic takes so many megabytes a second,"
        " or so many invocations at a time.",
        pages.EVENT_SOURCES,
        value="5 MB/s, 5 invocations",
    ),
    documented(
        "MQ-01",
        "A mapping of Amazon MQ invokes few times at once, whatever the function's concurrency.",
        pages.RESERVED,
        value="5 for ActiveMQ, 1 for RabbitMQ",
    ),
)

RATES: Final[tuple[Rule, ...]] = (
    documented(
        "RPS-01",
        "Synchronous requests are limited to ten a second for each unit of concurrency: of the"
        " account, of reserved and of provisioned concurrency.",
        pages.CONCURRENCY,
        value="10 x concurrency",
    ),
    documented(
        "RPS-03",
        "The highest rate that lasts is the smaller of ten times the concurrency and the"
        " concurrency divided by the duration.",
        pages.THROTTLE_LIMITS_POST,
        value="min(10 C, C / duration)",
    ),
    assumed(
        "SIM-RPS",
        "Requests are counted over whole seconds of the scenario's time.",
        "AWS does not say over which time it counts",
    ),
)

RULES: Final = (*CALLERS, *ASYNCHRONOUS, *MAPPINGS, *STREAMS, *QUEUES, *BROKERS, *RATES)
