"""Who wrote what was handed over. Part of the compiled pass.

`writers` holds, for each prescription of the course, one more than the number of the role of who
wrote it, and 0 where nobody says.
"""

from isocourse.facts.compiled import part
from isocourse.facts.masks import holds
from isocourse.words.codes import NULL


@part
def written_by(course, work, writers):
    """Keep who wrote the newest prescription; of those before it that is settled."""
    if work.prescription != NULL:
        role = course.prescription_role
        writers[work.prescription] = 0 if role == NULL else role + 1


@part
def begun_by(course, why, place, handed, writers):
    """Whether all that was handed over was written by roles that may not begin treatment here."""
    rightly, wrongly = 0, 0
    for number in range(handed.shape[0]):
        if handed[number] > 0:
            if writers[number] == 0 or holds(place.starting_roles, writers[number] - 1):
                rightly = 1
            else:
                wrongly = 1
    if place.starting_roles != 0 and wrongly == 1:
        course.begun_by_wrong_role = 1 - rightly
        why.begun_by_wrong_role = why.begun
