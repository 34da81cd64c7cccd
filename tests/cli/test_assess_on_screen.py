"""`assess` for people: readable in colour and without, wide and narrow, on screen and in a pipe."""

import json
import re
from datetime import date
from importlib.resources import files

import pytest
from tests.cli.running import (
    DAY_7,
    DAY_8,
    EXAMPLES,
    MARCH,
    answered,
    call,
    event,
    march,
    written,
)

ESCAPE = "\x1b["


def page(*words, **more):
    return answered(call("assess", *words, **more))


def flat(said):
    """The words of a page without its line breaks."""
    return " ".join(said.split())


def test_it_tells_who_where_and_when():
    said = page(MARCH, "--at", "2026-03-07T18:00:00-05:00")

    assert "us-window-of-march" in said
    assert "25 years · female · can become pregnant · 64 kg · United States" in said
    assert "Ready to start · asked for Sat 7 Mar 2026 18:00 UTC-05:00" in said


def test_every_verdict_has_a_sign_and_a_word():
    said = page(MARCH, "--at", DAY_7)

    for action in ("Start", "Dispense"):
        assert re.search(rf"{action} +✓ ALLOWED +nothing stops it", said)
    assert re.search(r"Dispense +✗ BLOCKED +1 reason", page(MARCH, "--at", DAY_8))
    assert "✓ Eligible for isotretinoin here" in said


def test_a_reason_is_a_sentence_with_its_source_rule_layer_and_events():
    said = flat(page(MARCH, "--at", DAY_8))

    assert "the specimen was collected 7 days ago; the window is 7 days" in said
    assert "stops dispense · programme rule supply.test_window_closed" in said
    assert "source iPLEDGE REMS, rules in force from 13 December 2021" in said
    assert "because Sun 1 Mar 2026, pregnancy test: negative, serum, laboratory (e26)" in said


def test_what_is_missing_is_what_to_record(tmp_path):
    course = march()
    course["events"] = [each for each in course["events"] if each["kind"] != "consent"]
    said = flat(page(written(tmp_path, course), "--at", DAY_7))

    assert "Start ? UNKNOWN 2 not recorded" in said
    assert "? The general consent has to be signed. Record: general consent" in said


def test_a_window_shows_its_days_and_when_it_closes():
    open_, closed = page(MARCH, "--at", "2026-03-04"), page(MARCH, "--at", DAY_8)

    assert "Hand over: Sun 1 Mar 2026 00:00 to Sat 7 Mar 2026 23:59 EST" in open_
    assert "▪▪▪◆▫▫▫  open: day 4 of 7, 3 days left after it" in open_
    assert "▪▪▪▪▪▪▪ ◆  closed 1 day ago" in closed
    assert "open: day 7 of 7, closes today at 23:59" in page(MARCH, "--at", DAY_7)


def test_an_open_window_says_when_other_rules_keep_it_shut(tmp_path):
    course = march()
    event(course, "enrolment")["active"] = False
    said = flat(page(written(tmp_path, course), "--at", DAY_7))

    assert "in it: day 7 of 7, closes today at 23:59; but other rules stop it" in said


def test_advice_stands_apart_and_stops_nothing():
    said = page(str(EXAMPLES / "2-us-dosing-table.course.json"), "--at", "2027-02-26")

    verdicts, advice = said.split("Advice (stops nothing)")
    assert "Dispense    ✓ ALLOWED" in verdicts
    assert "· The dose prescribed is above the usual range for this weight." in advice


def test_words_that_no_rule_reads_are_named(tmp_path):
    course = march()
    more = {"id": "x1", "at": "2026-03-01", "kind": "condition", "status": "active"}
    course["events"].append({**more, "condition": "rosacea"})
    said = page(written(tmp_path, course), "--at", DAY_7)

    assert "Not looked at" in said
    assert "condition: rosacea (x1)" in said


def test_provisional_is_marked_and_explained_once(tmp_path):
    file = str(EXAMPLES / "5-us-boy-without-guardian.course.json")
    said = flat(page(file, "--at", "2026-12-02"))

    assert "iPLEDGE REMS as modified in February 2026 · ≈ provisional" in said
    assert said.count("≈ provisional: its source could not be read in full") == 1


def test_the_foot_names_the_rules_and_what_isocourse_is_not():
    said = flat(page(MARCH, "--at", DAY_7))

    assert "iPLEDGE REMS, rules in force from 13 December 2021" in said
    assert "supports licensed clinicians" in said
    assert "does not replace a registry's authorisation" in said


def test_it_says_when_the_day_was_read_from_the_clock(monkeypatch):
    monkeypatch.setattr("isocourse.cli.today", lambda zone: date(2026, 3, 7))
    told = "today in America/New York, as no --at was given"

    assert told in flat(page(MARCH))
    assert told not in flat(page(MARCH, "--at", DAY_7))


def test_colour_adds_nothing_that_words_do_not_say():
    coloured = page(MARCH, "--at", DAY_8, columns=60, FORCE_COLOR="1")
    plain = page(MARCH, "--at", DAY_8, columns=60)

    assert ESCAPE in coloured
    assert ESCAPE not in plain
    words = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [each.rstrip() for each in words.splitlines()] == plain.splitlines()


def test_no_color_is_heeded():
    said = page(MARCH, "--at", DAY_8, FORCE_COLOR="1", NO_COLOR="1")

    assert not re.search(r"\x1b\[[0-9;]*3[0-9]m|\x1b\[[0-9;]*4[0-9]m", said)
    assert "✗ BLOCKED" in said


def test_wide_terminals_get_the_verdicts_side_by_side():
    wide = page(MARCH, "--at", DAY_8, columns=100, FORCE_COLOR="1", NO_COLOR="1")

    assert re.search(r"Start .*Prescribe .*Dispense", wide)
    assert wide.count("✗ BLOCKED") == 3


@pytest.mark.parametrize("columns", [30, 50, 80, 100, 200])
def test_no_line_is_wider_than_the_terminal(columns):
    for at in (DAY_7, DAY_8):
        for colour in (None, "1"):
            said = page(MARCH, "--at", at, columns=columns, FORCE_COLOR=colour)
            lines = re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines()
            assert max(len(each.rstrip()) for each in lines) <= min(columns, 100)


def test_no_plain_line_ends_in_spaces():
    assert not re.search(r" $", page(MARCH, "--at", DAY_8), flags=re.MULTILINE)


def test_text_of_a_file_is_never_read_as_markup_nor_acted_on(tmp_path):
    course = march()
    course["course_id"] = "[red]not red[/] \u202egnirts"
    said = page(written(tmp_path, course), "--at", DAY_7)

    assert "[red]not red[/] \\u202egnirts" in said


def test_several_files_are_several_pages():
    said = page(MARCH, str(EXAMPLES / "4-de-issue-plus-six.course.json"), "--at", DAY_7)

    assert said.index("us-window-of-march") < said.index("de-issue-plus-six")


def test_every_kind_of_event_can_be_shown_in_a_line():
    """A line for each event of every shipped course, the base patients of the cases included."""
    from isocourse.events import read_course
    from isocourse.on_screen.happened import event_line

    folders = (files("isocourse") / "examples", files("isocourse") / "examples" / "patients")
    for folder in folders:
        for file in folder.iterdir():
            if file.name.endswith(".json"):
                for each in read_course(file.read_bytes()).events:
                    assert each.kind.replace("_", " ") in event_line(each)


def test_an_event_line_leaves_ids_as_they_are(tmp_path):
    course = march()
    event(course, "prescription")["prescription_id"] = "rx_1"
    from isocourse.events import read_course
    from isocourse.on_screen.happened import event_line

    lines = [event_line(each) for each in read_course(json.dumps(course)).events]
    assert "Sun 1 Mar 2026, prescription: rx_1, 40 mg/day, 30 days" in lines
