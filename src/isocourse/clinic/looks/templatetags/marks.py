"""The small drawn marks that stand beside every tone, so that colour is never alone."""

from functools import cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

_SHAPES = {
    "tick": '<path d="M2 8.5l4 4 8-9"/>',
    "bar": '<circle cx="8" cy="8" r="6.5"/><path d="M4 8h8"/>',
    "cross": '<path d="M3 3l10 10M13 3L3 13"/>',
    "clock": '<circle cx="8" cy="8" r="6.5"/><path d="M8 4v4.5l3 1.5"/>',
    "half": '<circle cx="8" cy="8" r="6.5"/><path class="fill" d="M8 1.5a6.5 6.5 0 0 0 0 13z"/>',
    "ring": '<circle cx="8" cy="8" r="6.5"/><circle class="fill" cx="8" cy="8" r="2.5"/>',
    "wave": '<path d="M1 8c2.5-6 4.5-6 7 0s4.5 6 7 0"/>',
    "pause": '<path d="M5 3v10M11 3v10"/>',
    "square": '<rect x="3" y="3" width="10" height="10"/>',
    "flag": '<path d="M4 15V2h9l-3 3.5L13 9H4"/>',
    "back": '<path d="M3 6h7a4 4 0 0 1 0 8H7M6 2L2.5 6 6 10"/>',
    "ask": '<path d="M5 5.5a3 3 0 1 1 4 2.8c-.8.4-1 .9-1 1.9M8 13v.6"/>',
    "bell": '<path d="M3 12h10l-1.500-2V7a3.500 3.500 0 0 0-7 0v3zM7 14h2"/>',
}
_DOT = '<circle class="fill" cx="8" cy="8" r="3"/>'


@register.simple_tag
@cache
def mark(shape: str = "", tone: str = "") -> SafeString:
    """A mark of a shape, in a tone; a dot where no shape is known."""
    drawn = mark_safe(_SHAPES.get(shape, _DOT))  # noqa: S308  (our own drawings)
    return format_html(
        '<svg class="mark {}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"'
        ' focusable="false">{}</svg>',
        tone,
        drawn,
    )
