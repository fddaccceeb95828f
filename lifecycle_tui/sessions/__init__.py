"""Sessions as text: files that replay byte for byte, permalinks, and what is kept against a crash.

``saved.Saved`` is a session at rest; ``writing`` and ``reading`` are its file, ``permalink`` its
string, ``opening`` finds one by whatever a person names, ``autosave`` keeps one while it is played.
"""
