"""Tests of what learners hand in, and of its grades."""
