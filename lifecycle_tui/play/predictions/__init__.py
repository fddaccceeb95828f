"""Predictions: questions about what comes next, their answers from the trace, and the score.

Nothing here is loaded before somebody switches predictions on.
"""
