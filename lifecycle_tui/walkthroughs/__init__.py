"""Walkthroughs: a story told in steps, each a caption, commands and what is shown with them.

``reading.load_walkthrough`` reads a file, ``walk.Walk`` plays one without a screen, ``proving``
says whether everything in it can be carried out, ``recording`` makes one from a session.
"""
