"""Grading what learners hand in: every score comes from runs made here, none from a file.

``judging`` replays one submission, ``workers`` does so within bounds of time and memory,
``reports`` prints what came of it.
"""
