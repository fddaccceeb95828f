"""Tests of lifecycle_tui.play."""
