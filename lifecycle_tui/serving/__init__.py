"""The program in a browser: a server that starts one process for each visitor.

It needs ``textual-serve`` (the extra ``serve``); nothing else of the program does.
"""
