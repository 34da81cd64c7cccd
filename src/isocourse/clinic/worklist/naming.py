"""The states of a list in words, each with a shape of its own, so that colour is never alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class State:
    """A state: its words, its tone, and the shape drawn beside it."""

    label: Promise
    tone: str
    shape: str


STATES = {
    "broken": State(_("Log does not hold"), "stop", "cross"),
    "closing": State(_("Window closes today"), "soon", "clock"),
    "allowed": State(_("May get capsules"), "go", "tick"),
    "blocked": State(_("Blocked"), "stop", "bar"),
    "pregnant": State(_("Pregnant"), "stop", "cross"),
    "new": State(_("New"), "note", "dot"),
    "waiting": State(_("Waiting for a test"), "note", "half"),
    "ready": State(_("Ready to prescribe"), "go", "ring"),
    "on_treatment": State(_("On treatment"), "calm", "wave"),
    "paused": State(_("Out of capsules"), "soon", "pause"),
    "stopped": State(_("Stopped early"), "calm", "square"),
    "finished": State(_("Just finished"), "calm", "flag"),
    "follow_up": State(_("Follow-up"), "calm", "flag"),
    "relapsed": State(_("Relapsed"), "soon", "back"),
}

FILTERS: dict[str, Promise] = {
    "": _("All"),
    "alerts": _("Alerts"),
    "overdue": _("Overdue"),
    "registry": _("Waiting for the registry"),
    **{name: state.label for name, state in STATES.items()},
}

SORTS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "urgency": (_("Most urgent"), ("-urgency", "until", "code")),
    "closes": (_("Window closes"), ("until", "code")),
    "due": (_("Due"), ("due_by", "code")),
    "week": (_("Week of treatment"), ("-week", "code")),
    "code": (_("Code"), ("code",)),
}
