"""The planner: when capsules can lawfully be handed over in the coming two months."""

from isocourse.course.planning.plan import HandOver, Plan, Span
from isocourse.course.planning.planner import plan

__all__ = ["HandOver", "Plan", "Span", "plan"]
