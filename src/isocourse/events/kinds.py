"""Every kind of event, by the word that the course file uses for it."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from isocourse.events.fields import ReadBy
from isocourse.events.kinds_course import Document, Relapse, Restart, Retract, Stop
from isocourse.events.kinds_findings import (
    Lab,
    MentalHealth,
    Questionnaire,
    Severity,
    SexualFunction,
    Symptom,
)
from isocourse.events.kinds_history import (
    Allergy,
    Condition,
    Diagnosis,
    HistoryReview,
    Lesions,
    Medicine,
    PregnancyCategory,
    PriorTreatment,
    Visit,
    Weight,
)
from isocourse.events.kinds_prevention import (
    Comprehension,
    Consent,
    Contraception,
    Counselling,
    Cycle,
    Enrolment,
    Menses,
    PatientReport,
    Pregnancy,
    PregnancyTest,
    PrescriberAgreement,
)
from isocourse.events.kinds_supply import (
    Authorisation,
    AuthorisationReversed,
    Cancel,
    Dispense,
    Prescription,
    ReturnToStock,
    Taken,
)
from isocourse.events.recorded import Recorded

_CLASSES: tuple[type[Recorded], ...] = (
    PregnancyCategory,
    Diagnosis,
    PriorTreatment,
    Condition,
    Allergy,
    Medicine,
    HistoryReview,
    Weight,
    Enrolment,
    Consent,
    Counselling,
    Comprehension,
    Menses,
    Cycle,
    PregnancyTest,
    Contraception,
    Lesions,
    Severity,
    Lab,
    Questionnaire,
    MentalHealth,
    SexualFunction,
    Symptom,
    Visit,
    PrescriberAgreement,
    Prescription,
    Authorisation,
    AuthorisationReversed,
    Cancel,
    ReturnToStock,
    Dispense,
    Taken,
    PatientReport,
    Document,
    Relapse,
    Stop,
    Restart,
    Pregnancy,
    Retract,
)

KINDS: dict[str, type[Recorded]] = {each.model_fields["kind"].default: each for each in _CLASSES}

AnyKind = (
    PregnancyCategory
    | Diagnosis
    | PriorTreatment
    | Condition
    | Allergy
    | Medicine
    | HistoryReview
    | Weight
    | Enrolment
    | Consent
    | Counselling
    | Comprehension
    | Menses
    | Cycle
    | PregnancyTest
    | Contraception
    | Lesions
    | Severity
    | Lab
    | Questionnaire
    | MentalHealth
    | SexualFunction
    | Symptom
    | Visit
    | PrescriberAgreement
    | Prescription
    | Authorisation
    | AuthorisationReversed
    | Cancel
    | ReturnToStock
    | Dispense
    | Taken
    | PatientReport
    | Document
    | Relapse
    | Stop
    | Restart
    | Pregnancy
    | Retract
)


NO_KIND, PASSED_OVER = "no_kind", "passed_over"


@dataclass(slots=True)
class Patience:
    """How many more problems are looked for; when it is used up, events are passed over.

    Given as the validator's context. Without it a hostile file of 20 MB would fill the memory
    with its own mistakes.
    """

    left: int


def event_of(value: Any, info: ValidationInfo) -> Any:
    """The event that an object of the file holds, read by the class of its kind.

    The class is built when its kind is first met, so that a file pays only for its own kinds.
    """
    patience = info.context
    if isinstance(value, Recorded):
        return value
    if isinstance(patience, Patience) and patience.left <= 0:
        raise PydanticCustomError(PASSED_OVER, "passed over")
    kind = value.get("kind") if isinstance(value, dict) else None
    each = KINDS.get(kind) if isinstance(kind, str) else None
    if each is None:
        raise PydanticCustomError(NO_KIND, "no kind of event")
    try:
        return each.__pydantic_validator__.validate_python(value)
    except ValidationError as error:
        if isinstance(patience, Patience):
            patience.left -= error.error_count()
        raise


Event = Annotated[AnyKind, ReadBy(event_of, {})]
"""One event of a course, told apart by its kind."""
