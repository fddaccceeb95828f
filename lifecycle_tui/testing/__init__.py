"""Testing walkthroughs with pytest: the project's own, and those of whoever writes some.

``pytest_plugin`` is what pytest loads; ``goldens`` keeps and compares snapshots.
"""
