"""The course: its lessons, glossary, misconceptions and questions, and what proves them.

``loading.load_lesson`` reads a lesson file, ``glossary``, ``misconceptions`` and ``questions`` the
lists beside it, ``linting`` and ``proving`` say what is wrong with them. Nothing in a file is ever
executed: commands go through the program's own verbs, answers are expressions over a run.
"""
