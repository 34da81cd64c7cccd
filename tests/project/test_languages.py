"""What patients read: the catalogues are whole, and the tool that says so finds what is not."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.project.tree import ROOT
from tools.words.catalogues import Place, apps, compiled, held, merged, places, written
from tools.words.checking import wrong
from tools.words.extracting import extracted
from tools.words.reading import ease, grade, words

from isocourse import __file__ as package

CLINIC = Path(package).parent / "clinic"
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


def test_no_day_and_no_version_stand_in_what_is_compiled(app: Path) -> None:
    """The same texts give the same bytes, today and next year."""
    said = compiled(catalogue(app))
    assert b"Date" not in said and b"Babel" not in said and b"Plural-Forms: nplurals=3" in said


def test_extracting_again_changes_nothing_and_keeps_what_was_translated(app: Path) -> None:
    place = catalogue(app, ('msgstr "Hello"', 'msgstr "Hola"'))
    assert written(merged(place, extracted(app))) == place.po.read_bytes()
    assert held(place).get("Hello").string == "Hola"  # type: ignore[union-attr]


def test_the_catalogues_of_this_release_are_right() -> None:
    command = [sys.executable, "tools/languages.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_text_that_two_apps_say_is_said_alike() -> None:
    """Django reads all catalogues as one: which of two it would take is nobody's choice."""
    for number, language in enumerate(("es", "hi")):
        spoken: dict[object, object] = {}
        for app in apps(CLINIC):
            for each in held(places(CLINIC, app)[number]):
                if each.id:
                    key = (each.id, each.context)
                    assert spoken.setdefault(key, each.string) == each.string, (language, app, key)


def test_an_app_may_name_the_files_that_patients_read() -> None:
    found = {where for m in extracted(CLINIC / "letters") if m.id for where, _ in m.locations}
    assert "leaflets.py" in found and "kinds.py" not in found


def test_the_measure_of_reading_tells_easy_from_hard() -> None:
    easy = ["Take one pill a day. Call us if you are sick. Do not give blood."]
    hard = [
        "Concomitant administration of hepatotoxic medication necessitates intensified laboratory "
        "surveillance of aminotransferases throughout the therapeutic intervention."
    ]
    assert grade(easy) < 3 < 15 < grade(hard)
    fácil = ["Toma una al día. Llama si te va mal. No dones sangre."]
    difícil = [
        "La administración concomitante de medicamentos hepatotóxicos requiere intensificar la "
        "monitorización analítica de las aminotransferasas durante la intervención terapéutica."
    ]
    assert ease(fácil) > 90 > 20 > ease(difícil)


def test_syllables_are_counted_as_they_are_spoken() -> None:
    for word, count in {"día": 2, "cápsulas": 3, "bueno": 2, "país": 2, "oído": 3}.items():
        assert ease([word]) == pytest.approx(206.84 - 60 * count - 1.02), word
    for word, count in {"cat": 1, "make": 1, "capsule": 3, "table": 2, "stopped": 1}.items():
        assert grade([word]) == pytest.approx(0.39 + 11.8 * count - 15.59), word


LEAST_WORDS = 8  # of a text that is judged by itself; labels and buttons are shorter


def judged(texts: list[str]) -> list[str]:
    """The texts that have a sentence in them."""
    return [each for each in texts if len(words(each)) >= LEAST_WORDS]


def test_what_patients_read_in_english_is_plain() -> None:
    """A child of ten reads it: below grade 5 on the whole, and no text above grade 9."""
    found = extracted(CLINIC / "portal")
    texts = judged([m.id if isinstance(m.id, str) else m.id[1] for m in found if m.id])
    assert len(texts) > 150 and grade(texts) < 5
    assert {each: grade([each]) for each in texts if grade([each]) > 9} == {}


def test_what_patients_read_in_spanish_is_plain() -> None:
    found = held(next(each for each in places(CLINIC, "portal") if each.language == "es"))
    texts = judged([m.string if isinstance(m.string, str) else m.string[-1] for m in found if m.id])
    assert len(texts) > 150 and ease(texts) > 75
    assert {each: ease([each]) for each in texts if ease([each]) < 50} == {}
