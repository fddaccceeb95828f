"""What each phase of an environment does, moment by moment, and how it can end.

A phase is worked out when it begins: nothing inside it depends on the rest of the world, only a
crash from outside can cut it. Each module returns a script: steps in time order, the last of which
ends the phase.
"""
