"""The rows of the worklist, drawn as HTML: who, where they stand, why and what next, until when.

They are made here and not in a template: a page has 25, each of a dozen words that are asked for,
and it is the page that is opened most.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isocourse.clinic.looks.templatetags.marks import mark
from isocourse.clinic.worklist.models import Standing
from isocourse.clinic.worklist.naming import State

_ALERTS, _STOPS, _LATE = 2, 1, 3  # shown of each; the page of the course has the rest
_DAY, _MOMENT = "D j M", "D j M, H:i"
_NONE = '<span class="quiet">–</span>'


@dataclass(frozen=True, slots=True)
class Row:
    """One patient of the list."""

    standing: Standing
    name: str
    state: State
    waits: datetime | None
    closes: datetime | None
    stops: list[list[str]]
    alerts: list[list[str]]
    wrote: int  # words of the patient that nobody has read yet
    due: list[Mapping[str, Any]]

    def __str__(self) -> SafeString:
        """The row of the table."""
        return mark_safe(  # noqa: S308  (each part is escaped where it is made)
            f"<tr data-row>{self._who()}{self._stands()}<td>{''.join(self._why())}</td>"
            f"{self._until()}{self._week()}</tr>"
        )

    __html__ = __str__

    def _who(self) -> str:
        code = escape(self.standing.code)
        to = escape(reverse("course", args=[self.standing.code]))
        return (
            f'<td class="patient"><a class="row-link" href="{to}">{escape(self.name)}</a>'
            f'<span class="code">{code}</span></td>'
        )

    def _stands(self) -> str:
        state = self.state
        return (
            f'<td><span class="state {state.tone}">{mark(state.shape, state.tone)}'
            f"<span>{escape(state.label)}</span></span></td>"
        )

    def _why(self) -> Iterator[str]:
        if self.waits:
            yield _waiting(self.waits)
        if self.wrote:
            yield _unread(self.wrote, self.standing.code)
        for urgency, _topic, sentence in self.alerts[:_ALERTS]:
            yield _alert(urgency, sentence)
        for _topic, sentence in self.stops[:_STOPS]:
            yield f'<p class="say">{escape(sentence)}</p>'
        if (more := len(self.stops) - _STOPS) > 0:
            told = ngettext("and %(n)s more reason", "and %(n)s more reasons", more)
            yield f'<p class="say more">{told % {"n": more}}</p>'
        for place, task in enumerate(self.due):
            if place == 0 or (task["late"] and place < _LATE):
                yield _task(task)
        if not (self.alerts or self.stops or self.due or self.waits or self.wrote):
            yield f'<p class="say quiet">{_("Nothing is missing.")}</p>'

    def _until(self) -> str:
        told = _NONE
        if self.closes:
            title = escape(_("The window to hand capsules over closes"))
            told = f'<span title="{title}">{date_format(self.closes, _MOMENT)}</span>'
        return f'<td class="when" data-label="{escape(_("Until"))}">{told}</td>'

    def _week(self) -> str:
        told = self.standing.week or _NONE
        return f'<td class="when" data-label="{escape(_("Week"))}">{told}</td>'


def _waiting(since: datetime) -> str:
    told = _("Waits for the registry since %(when)s") % {"when": date_format(since, _MOMENT)}
    link = f'<a href="{escape(reverse("outages"))}">{told}</a>'
    return f'<p class="say soon">{mark("clock", "")} {link}</p>'


def _unread(count: int, code: str) -> str:
    told = ngettext(
        "%(n)s unread message of the patient", "%(n)s unread messages of the patient", count
    )
    link = f'<a href="{escape(reverse("patient", args=[code]))}">{escape(told % {"n": count})}</a>'
    return f'<p class="say soon">{mark("bell", "")} {link}</p>'


def _alert(urgency: str, sentence: str) -> str:
    tone, word = ("stop", _("Now:")) if urgency == "now" else ("soon", _("Soon:"))
    told = f"<strong>{word}</strong> {escape(sentence)}"
    return f'<p class="say {tone}">{mark("bell", "")} {told}</p>'


def _task(task: Mapping[str, Any]) -> str:
    """A task with its day, if that is known."""
    return f'<p class="say more">{_when(task)} {escape(task["sentence"])}</p>'


def _when(task: Mapping[str, Any]) -> str:
    day: date | None = task["day"]
    if task["late"] and day:
        told = _("Overdue since %(day)s:") % {"day": date_format(day, _DAY)}
        return f'<strong class="soon">{told}</strong>'
    if task["today"]:
        return f"<strong>{_('Due today:')}</strong>"
    return _("Due %(day)s:") % {"day": date_format(day, _DAY)} if day else _("Next:")
