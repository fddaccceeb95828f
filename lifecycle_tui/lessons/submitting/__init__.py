"""What a learner hands in of a lesson: the answers given, and the runs in which goals were reached.

``submission.Submission`` is one, ``writing`` and ``reading`` are its file, ``work`` keeps the runs
while a lesson is played.
"""
