"""The one command language: lines in, commands and verbs of the session out, and back again.

``reading.parse_line`` reads a line, ``printing.print_line`` writes what it read,
``running.run_line`` carries it out, ``completion.complete`` says how it may go on. Which verbs and
keys there are stands in ``grammar`` and ``keys``.
"""
