"""The log of a course as it is read: each entry with when it happened, who recorded it and when.

The rows are made here and not in a template: a course of two years has hundreds, and a page has
to be there at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from isocourse.clinic.courses.telling import moment, said, title
from isocourse.clinic.log.models import Form
from isocourse.clinic.log.reading import Held, Line
from isocourse.clinic.project.addresses import Id
from isocourse.clinic.supply.trying import ABOUT

_OF_EVENTS = (Form.EVENT, Form.IMPORTED)
_LINES, _NAME = 2048, "NAME"


@dataclass
class Book:
    """A log that is shown, and whether its reader may take entries back."""

    held: Held
    may_retract: bool

    def rows(self) -> list[SafeString]:
        """The entries, newest first."""
        events = [each.said for each in self.held.lines if each.form in _OF_EVENTS]
        gone = {each["event"] for each in events if each["kind"] == "retract"}
        return list(self._rows(gone))

    def _rows(self, gone: set[str]) -> Iterator[SafeString]:
        before = ""
        for line in reversed(self.held.lines):
            event = line.said if line.form in _OF_EVENTS else None
            on = _day(moment(event["at"], self.held.zone) if event else self._at(line))
            yield self._row(line, event, on, on == before, gone)
            before = on

    def _at(self, line: Line) -> datetime:
        return line.recorded_at.astimezone(self.held.zone)

    def _row(
        self, line: Line, event: Mapping[str, Any] | None, on: str, again: bool, gone: set[str]
    ) -> SafeString:
        back = event is not None and event["id"] in gone
        name = f' id="{escape(event["id"])}"' if event else ""
        voided = ' class="voided"' if back else ""
        when = f'<span class="hidden">{on}</span>' if again else on
        what = _what(event) if event else _of_the_log(line)
        taking = self._taking_back(event, back) if event else ""
        return mark_safe(  # noqa: S308  (each part is escaped where it is made)
            f'<tr{name}{voided}><td class="when">{when}</td><td>{what}</td>'
            f'<td class="when small-print">{_minute(self._at(line))}</td>'
            f'<td class="when">{self._by(line)}</td><td class="when">{taking}</td></tr>'
        )

    def _by(self, line: Line) -> str:
        by = str(escape(line.by))
        if line.form != Form.IMPORTED:
            return by
        return f'{by} <span class="quiet">{_("(from a file)")}</span>'

    def _taking_back(self, event: Mapping[str, Any], back: bool) -> str:
        if back:
            return f'<span class="quiet small-print">{_("taken back")}</span>'
        if not self.may_retract or event["kind"] == "retract":
            return ""
        name = event["id"]
        before, after = self._retracting.rsplit(_NAME, 1)
        to = escape(f"{before}{Id().to_url(name)}{after}")
        return (
            f'<a class="small-print" href="{to}">{self._take_back}'
            f'<span class="hidden"> {escape(title(event))} {escape(name)}</span></a>'
        )

    @cached_property
    def _take_back(self) -> str:
        return _("Take back")

    @cached_property
    def _retracting(self) -> str:
        """The address at which an event is taken back, but for its name."""
        return reverse("retract", args=[self.held.course.code, _NAME])


def _what(event: Mapping[str, Any]) -> str:
    """What an event says, with its note."""
    note = event.get("note")
    noted = f'<p class="small-print">{escape(note)}</p>' if note else ""
    return f'<span class="kind">{escape(title(event))}</span> {escape(said(event))}{noted}'


def _of_the_log(line: Line) -> str:
    """What an entry says that is no event of the course."""
    kind, words = line.form, ""
    if line.form == Form.DECISION:
        kept = _("kept with its facts and rules")
        kind = _("decision")
        words = f"{line.said['action']}: {line.said['answer']['verdict']} ({kept})"
    elif line.form == Form.OUTAGE and "about" in line.said:
        kind, words = _("registry not reached"), str(ABOUT.get(line.said["about"], ""))
    elif line.form == Form.OUTAGE:
        kind, words = _("registry reached"), line.said["says"]
    elif line.form == Form.CONTACT:
        kind = _("reminders")
        words = _("no longer wished") if "ended" in line.said else _("agreed to, by mail")
    return f'<span class="kind">{escape(kind)}</span> {escape(words)}'


def _day(at: date | datetime) -> str:
    day = at.date() if isinstance(at, datetime) else at
    return _formatted(day, "D j M Y", get_language())


def _minute(at: datetime) -> str:
    return f"{_formatted(at.date(), 'j M Y', get_language())}, {at:%H:%M}"


@lru_cache(maxsize=_LINES)
def _formatted(day: date, form: str, _language: str | None) -> str:
    """A day in words; the same days come again and again."""
    return date_format(day, form)
