"""The rows of this room."""

from dovetail.connector.binding import Binder, Binding
from dovetail.connector.problem import Problem, ProblemState
from dovetail.connector.run import Run, RunState

__all__ = ["Binder", "Binding", "Problem", "ProblemState", "Run", "RunState"]
