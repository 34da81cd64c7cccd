"""What patients read: the catalogues are whole, and the tool that says so finds what is not."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.project.tree import ROOT
from tools.words.catalogues import Place, compiled, held, merged, places, written
from tools.words.checking import wrong
from tools.words.extracting import extracted

PAGE = """{% extends "x.html" %}
{% block a %}<p title="{% translate 'Hello' %}">
    {% blocktranslate count n=many %}One day{% plural %}{{ n }} days{% endblocktranslate %}
  {% blocktranslate with who=name %}Dear {{ who }}, it is <b>late</b>.{% endblocktranslate %}</p>
      {% if "it's" %}{{ _("Good night") }}{% endif %}{% endblock %}
"""
CODE = 'x = _("In code")\ny = pgettext("a test", "Open")\nz = gettext_lazy("Two " "parts")\n'


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "door"
    (folder / "templates" / "door").mkdir(parents=True)
    (folder / "templates" / "door" / "page.html").write_text(PAGE)
    (folder / "views.py").write_text(CODE)
    return folder


def catalogue(app: Path, *changes: tuple[str, str], finished: bool = True) -> Place:
    """The Spanish catalogue of the app, every text translated as itself, then changed."""
    place = places(app.parent, app.name)[0]  # Spanish has three forms
    new = merged(place, extracted(app))
    for message in new:
        if message.id:
            said = message.id
            message.string = said if isinstance(said, str) else (said[0], said[1], said[1])
    said = written(new).decode()
    for old, other in (*changes, *([("# Unfinished.\n", "")] if finished else [])):
        assert old in said
        said = said.replace(old, other)
    place.po.parent.mkdir(parents=True, exist_ok=True)
    place.po.write_text(said)
    place.mo.write_bytes(compiled(place))
    return place


def test_every_marked_text_is_found(app: Path) -> None:
    found = {m.id if isinstance(m.id, str) else m.id[0] for m in extracted(app) if m.id}
    assert found == {
        "Hello",
        "One day",
        "Dear %(who)s, it is <b>late</b>.",
        "Good night",
        "In code",
        "Open",
        "Two parts",
    }


def test_a_whole_catalogue_is_right_and_is_what_django_reads(app: Path) -> None:
    place = catalogue(app, ('msgstr "Hello"', 'msgstr "Hola"'))
    assert wrong(place, extracted(app)) == []
    import gettext

    with place.mo.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert read.gettext("Hello") == "Hola" and read.pgettext("a test", "Open") == "Open"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('msgstr "Hello"', 'msgstr ""'), "not translated"),
        (('msgid "Hello"', 'msgid "Hullo"'), "not in the catalogue"),
        (('msgstr "Dear %(who)s', 'msgstr "Dear %(whom)s'), "placeholders differ"),
        (('msgstr "Dear %(who)s, it is <b>late</b>', 'msgstr "Dear %(who)s, it is late'), "tags"),
        (("plural=(n == 1 ?", "plural=(n < 2 ?"), "Plural-Forms"),
        (('msgstr[1] "%(n)s days"', 'msgstr[1] "days"'), "placeholders differ"),
    ],
)
def test_what_is_wrong_is_said(app: Path, change: tuple[str, str], says: str) -> None:
    lines = wrong(catalogue(app, change), extracted(app))
    assert any(says in line for line in lines), lines


def test_an_unfinished_one_may_lack_translations_and_nothing_else(app: Path) -> None:
    empty = ('msgstr "Hello"', 'msgstr ""')
    assert wrong(catalogue(app, empty, finished=False), extracted(app)) == []
    wrongly = (empty, ('Dear %(who)s, it is <b>late</b>."\n\n', 'Dear."\n\n'))
    assert wrong(catalogue(app, empty, finished=False), extracted(app)) == [] != wrongly


def test_an_old_compiled_one_is_found(app: Path) -> None:
    place = catalogue(app)
    place.mo.write_bytes(place.mo.read_bytes() + b"\0")
    assert any(".mo" in line for line in wrong(place, extracted(app)))


def test_extracting_again_changes_nothing_and_keeps_what_was_translated(app: Path) -> None:
    place = catalogue(app, ('msgstr "Hello"', 'msgstr "Hola"'))
    assert written(merged(place, extracted(app))) == place.po.read_bytes()
    assert held(place).get("Hello").string == "Hola"  # type: ignore[union-attr]


def test_the_catalogues_of_this_release_are_right() -> None:
    command = [sys.executable, "tools/languages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
