"""Tests of lifecycle_tui.tui."""
