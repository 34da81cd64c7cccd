"""What stands behind a sentence: its sources, its events and its rule, drawn as HTML.

A page shows dozens of these, and has to be there at once; so they are made here and not in a
template.
"""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


def source(title: str, passage: str, url: str, provisional: bool) -> SafeString:
    """A source with its passage, and a way to it where there is one."""
    named = escape(title)
    if url:
        named = mark_safe(f'<a href="{escape(url)}" rel="noreferrer">{named}</a>')  # noqa: S308
    unsure = f", {_('provisional')}" if provisional else ""
    told = f'{named} <span class="quiet">§ {escape(passage)}{unsure}</span>'
    return mark_safe(told)  # noqa: S308  (escaped above)


def behind(
    sentence: str,
    rule: tuple[str, str, bool],
    sources: Iterable[SafeString],
    events: Iterable[tuple[str, str]],
) -> SafeString:
    """The sources and events of a sentence, folded away; `rule` is its name, layer and doubt."""
    name, layer, provisional = rule
    unsure = f", {_('provisional: the safer reading holds')}" if provisional else ""
    listed = "".join(f"<li>{each}</li>" for each in sources)
    listed += "".join(
        f'<li><a href="#{escape(key)}">{escape(line)}</a></li>' for key, line in events
    )
    told = (
        f"<details><summary>{_('Source and events')}"
        f'<span class="hidden"> {_("for:")} {escape(sentence)}</span></summary>'
        f'<ul>{listed}</ul><p class="quiet">{_("Rule")} <span class="code">{escape(name)}</span>, '
        f"{escape(layer)}{unsure}</p></details>"
    )
    return mark_safe(told)  # noqa: S308  (escaped above)
