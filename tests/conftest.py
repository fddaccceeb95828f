"""What all tests share: the examples of property tests, and less work for Python's collector.

Property tests run the same few examples everywhere, without a deadline.
"""

from __future__ import annotations

import gc

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

settings.register_profile(
    "project",
    deadline=None,
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")

# Hypothesis also tries numbers that it finds in the project's own modules, those that happen to be
# loaded. With modules loaded late, examples would depend on which tests ran before, and a failure
# could not be seen again. test_examples.py fails should this no longer keep it from doing so.
setattr(providers, "_get_local_constants", lambda: providers._local_constants)  # noqa: B010

# Thousands of tests and all modules stay to the end: looking through them again and again for
# garbage took a sixth of the time. Off while they come, they are left out from then on.
gc.disable()


def pytest_collection_finish() -> None:
    """Collect garbage again, among what the tests themselves leave."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()
