"""The claim checker: looks for the smallest scenario that breaks a claim about Lambda.

``search.search`` does it; ``claim.Claim`` is what is claimed, ``myths.READY`` has some ready made.
It decides nothing about Lambda itself: every scenario is run, and the run is asked.
"""
