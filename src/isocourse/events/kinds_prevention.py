"""What keeps a pregnancy from being exposed: enrolment, consent, tests, contraception."""

from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator

from isocourse.events.fields import JSON_LIST, Id, OneOf, Text, Whole, Word, YesNo, refusal
from isocourse.events.moments import OnDay
from isocourse.events.recorded import Part, Recorded
from isocourse.words import tokens


class Enrolment(Recorded):
    """Someone's place in the programme's registry."""

    kind: Literal["enrolment"] = "enrolment"
    who: Annotated[str, OneOf(tokens.ENROLLED)] = Field(description="Who is enrolled")
    active: YesNo = Field(description="Whether the enrolment is active from now on")


class Consent(Recorded):
    """A form was signed."""

    kind: Literal["consent"] = "consent"
    form: Annotated[str, OneOf(tokens.CONSENT_FORMS)] = Field(description="Which form")
    by_guardian: YesNo | None = Field(
        None, description="True: a guardian signed as well as the patient"
    )


class Counselling(Recorded):
    """The patient was counselled."""

    kind: Literal["counselling"] = "counselling"
    topics: Annotated[tuple[Text, ...], JSON_LIST] | None = Field(
        None, description="What was talked about"
    )


class Comprehension(Recorded):
    """The patient answered the questions on how to avoid a pregnancy."""

    kind: Literal["comprehension"] = "comprehension"
    passed: YesNo = Field(description="Whether the answers were right")
    contraception: (
        Annotated[
            tuple[Annotated[str, OneOf((*tokens.METHODS, tokens.ABSTINENCE))], ...],
            JSON_LIST,
            Field(min_length=1),
        ]
        | None
    ) = Field(None, description="The methods that the patient entered, or abstinence alone")

    @field_validator("contraception")
    @classmethod
    def _abstinence_alone(cls, entered: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if entered and tokens.ABSTINENCE in entered and len(entered) > 1:
            raise refusal('methods, or ["abstinence"] alone', "leave out one or the other")
        return entered


class Menses(Recorded):
    """The first day of a period."""

    kind: Literal["menses"] = "menses"


class Cycle(Recorded):
    """Whether periods come regularly."""

    kind: Literal["cycle"] = "cycle"
    regular: YesNo = Field(description="Whether the cycle is regular")


class PregnancyTest(Recorded):
    """A pregnancy test; `at` is when the specimen was collected."""

    kind: Literal["pregnancy_test"] = "pregnancy_test"
    result: Annotated[str, OneOf(tokens.TEST_RESULTS)] = Field(description="What it showed")
    specimen: Annotated[str, OneOf(tokens.SPECIMENS)] = Field(description="Urine or serum")
    setting: Annotated[str, OneOf(tokens.SETTINGS)] = Field(description="Where it was done")
    falsification_safeguard: YesNo | None = Field(
        None, description="Whether something guarded against a falsified home test"
    )


class MethodInUse(Part):
    """A contraceptive method and since when it is relied on."""

    method: Annotated[str, OneOf(tokens.METHODS)] = Field(description="The method")
    since: OnDay = Field(description="The day it began; it may lie ahead, and counts from then")


class Contraception(Recorded):
    """The contraception in use from now on; it replaces what was recorded before."""

    kind: Literal["contraception"] = "contraception"
    abstinence: YesNo | None = Field(None, description="True: no contact that could conceive")
    agreed_by_prescriber: YesNo | None = Field(
        None, description="Whether the prescriber agreed to abstinence"
    )
    methods: Annotated[tuple[MethodInUse, ...], JSON_LIST] | None = Field(
        None, description="The methods in use", validate_default=True
    )

    @field_validator("methods")
    @classmethod
    def _methods_or_abstinence(cls, methods: Any, info: ValidationInfo) -> Any:
        if "abstinence" in info.data and bool(methods) == bool(info.data["abstinence"]):
            raise refusal(
                "either at least one method or abstinence: true",
                "give one of them and leave out the other",
            )
        return methods


class PrescriberAgreement(Recorded):
    """A prescriber agreed that this patient may be treated."""

    kind: Literal["prescriber_agreement"] = "prescriber_agreement"
    prescriber: Id = Field(description="An opaque id; two prescribers are two distinct ids")
    role: Word = Field(description="What they are: dermatologist, specialist_nurse, gp, ...")


class PatientReport(Recorded):
    """Something the patient told."""

    kind: Literal["patient_report"] = "patient_report"
    what: Annotated[str, OneOf(tokens.REPORTS)] = Field(description="What was told")
    count: Annotated[int, Whole(0, 1000)] | None = Field(None, description="How many times")


class Pregnancy(Recorded):
    """A pregnancy is known."""

    kind: Literal["pregnancy"] = "pregnancy"
