"""The log of a course as it is read: each entry with when it happened, who recorded it and when.

The rows are made here and not in a template: a course of two years has hundreds, and a page has
to be there at once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from isocourse.clinic.courses.telling import moment, said, title
from isocourse.clinic.log.models import Form
from isocourse.clinic.log.reading import Held, Line
from isocourse.clinic.supply.trying import ABOUT

_NOTHING = SafeString("")
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
        return format_html(
            '<tr{}{}><td class="when">{}</td><td>{}</td><td class="when small-print">{}</td>'
            '<td class="when">{}</td><td class="when">{}</td></tr>',
            format_html(' id="{}"', event["id"]) if event else _NOTHING,
            mark_safe(' class="voided"') if back else _NOTHING,
            format_html('<span class="hidden">{}</span>', on) if again else on,
            _what(event) if event else _of_the_log(line),
            _minute(self._at(line)),
            self._by(line),
            self._taking_back(event, back) if event else _NOTHING,
        )

    def _by(self, line: Line) -> SafeString | str:
        if line.form != Form.IMPORTED:
            return line.by
        return format_html('{} <span class="quiet">{}</span>', line.by, _("(from a file)"))

    def _taking_back(self, event: Mapping[str, Any], back: bool) -> SafeString:
        if back:
            return format_html('<span class="quiet small-print">{}</span>', _("taken back"))
        if not self.may_retract or event["kind"] == "retract":
            return _NOTHING
        name = event["id"]
        return format_html(
            '<a class="small-print" href="{}">{}<span class="hidden"> {} {}</span></a>',
            self._retracting.replace(_NAME, quote(name, safe="")),
            self._take_back,
            title(event),
            name,
        )

    @cached_property
    def _take_back(self) -> str:
        return _("Take back")

    @cached_property
    def _retracting(self) -> str:
        """The address at which an event is taken back, but for its name."""
        return reverse("retract", args=[self.held.course.code, _NAME])


def _what(event: Mapping[str, Any]) -> SafeString:
    """What an event says, with its note."""
    note = event.get("note")
    return format_html(
        '<span class="kind">{}</span> {}{}',
        title(event),
        said(event),
        format_html('<p class="small-print">{}</p>', note) if note else _NOTHING,
    )


def _of_the_log(line: Line) -> SafeString:
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
    return format_html('<span class="kind">{}</span> {}', kind, words)


def _day(at: date | datetime) -> str:
    day = at.date() if isinstance(at, datetime) else at
    return _formatted(day, "D j M Y", get_language())


def _minute(at: datetime) -> str:
    return f"{_formatted(at.date(), 'j M Y', get_language())}, {at:%H:%M}"


@lru_cache(maxsize=_LINES)
def _formatted(day: date, form: str, _language: str | None) -> str:
    """A day in words; the same days come again and again."""
    return date_format(day, form)
