"""Run by `make setup`: compile the pass, so that nobody waits for it at first use."""

from datetime import date

from isocourse.course.assessing import assess
from isocourse.course.many.asking import At, ask
from isocourse.course.many.nobody import nobody
from isocourse.events import Course, Patient
from isocourse.facts.compiled import forget_old
from isocourse.words.tokens import COURSE_FORMAT


def warm() -> None:
    """Assess an empty course, alone and as one of many: this compiles and keeps all there is."""
    patient = Patient(birth_date=date(2000, 1, 1), sex="unknown")
    course = Course(format=COURSE_FORMAT, course_id="warm", place="eu", patient=patient, events=())
    assess(course, date(2026, 1, 1))
    ask(nobody("eu"), At(date(2026, 1, 1)))
    forget_old()


if __name__ == "__main__":
    warm()
