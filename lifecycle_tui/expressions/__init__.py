"""The expression language of lessons and claims: small, and safe to read from strangers.

``parse`` reads a text and refuses whatever is not of the language; ``Expression.evaluate`` answers
within a budget of steps; ``problems`` finds unknown and ambiguous names before anything runs.
docs/expressions.md describes the language for its users.
"""

from lifecycle_tui.expressions.checking import Shape, fields_named, problems
from lifecycle_tui.expressions.errors import ExpressionError
from lifecycle_tui.expressions.expression import DEFAULT_STEPS, Expression, parse
from lifecycle_tui.expressions.values import UNKNOWN, Row, Table, Unknown, Value

__all__ = [
    "DEFAULT_STEPS",
    "UNKNOWN",
    "Expression",
    "ExpressionError",
    "Row",
    "Shape",
    "Table",
    "Unknown",
    "Value",
    "fields_named",
    "parse",
    "problems",
]
