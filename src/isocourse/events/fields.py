"""What one field of a course file may hold, and the plain words when it holds something else.

Each type here refuses with the error "expected", whose context says what was expected and what to
do; `wording` turns that into a sentence.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

CONVERT = "convert the value to that unit"
TEXT_LIMIT = 2000
NOTE_LIMIT = 100_000
ID_LIMIT = 200
LONGEST_LIST = 100
_CONTROL = r"\x00-\x1f\x7f-\x9f"
_CONTROL_BUT_LINES = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
TRIMMED = rf"^[^\s{_CONTROL}]([^{_CONTROL}]*[^\s{_CONTROL}])?$"


def saying(schema: CoreSchema, expected: str, **context: Any) -> CoreSchema:
    """The same check, refusing in these words."""
    return core_schema.custom_error_schema(
        schema,
        custom_error_type="expected",
        custom_error_message="expected {expected}",
        custom_error_context={"expected": expected, **context},
    )


def refusal(expected: str, do: str = "") -> PydanticCustomError:
    """The error to raise from a check that looks at several fields."""
    return PydanticCustomError("expected", "expected {expected}", {"expected": expected, "do": do})


@dataclass(frozen=True, slots=True)
class Expects:
    """Says in plain words what the annotated type expects."""

    words: str
    do: str = ""
    otherwise: str = ""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return saying(handler(source), self.words, do=self.do, otherwise=self.otherwise)


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a closed list of words."""

    words: tuple[str, ...]
    do: str = ""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        listed = ", ".join(self.words)
        expected = f"one of {listed}" if len(self.words) > 1 else listed
        return saying(
            core_schema.literal_schema(list(self.words)),
            expected,
            words=self.words,
            otherwise=self.do,
        )


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number between two bounds, both included."""

    low: int
    high: int

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = core_schema.int_schema(strict=True, ge=self.low, le=self.high)
        return saying(schema, f"a whole number from {self.low} to {self.high}")


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number between two bounds, both included; `what` is its unit, if it has one."""

    low: float
    high: float
    what: str = ""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        schema = core_schema.float_schema(
            strict=True, ge=self.low, le=self.high, allow_inf_nan=False
        )
        return saying(schema, f"a number from {self.low:g} to {self.high:g} {self.what}".rstrip())


@dataclass(frozen=True, slots=True)
class ReadBy:
    """Read by a function of our own; `schema` is what JSON Schema says of it."""

    read: Callable[[Any, ValidationInfo], Any]
    schema: Mapping[str, Any] = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        return dict(self.schema)


YesNo = Annotated[bool, Expects("true or false, without quotes")]
Measured = Annotated[
    float,
    Field(gt=0, le=10_000_000, allow_inf_nan=False),
    Expects("a number above 0, at most 10000000"),
]

Id = Annotated[
    str,
    Field(max_length=ID_LIMIT, pattern=TRIMMED),
    Expects(f"text of 1 to {ID_LIMIT} characters without spaces at its ends"),
]
Text = Annotated[
    str,
    Field(max_length=TEXT_LIMIT, pattern=rf"^[^{_CONTROL}]*$"),
    Expects(f"text of at most {TEXT_LIMIT} characters without control characters"),
]
Note = Annotated[
    str,
    Field(max_length=NOTE_LIMIT, pattern=rf"^[^{_CONTROL_BUT_LINES}]*$"),
    Expects(f"text of at most {NOTE_LIMIT} characters without control characters"),
]
Reference = Annotated[
    str,
    Field(max_length=TEXT_LIMIT, pattern=rf"^[^{_CONTROL}]+$"),
    Expects(f"text of 1 to {TEXT_LIMIT} characters without control characters"),
]
Product = Annotated[
    str,
    StringConstraints(max_length=ID_LIMIT, pattern=TRIMMED, to_lower=True),
    Expects(f"text of 1 to {ID_LIMIT} characters without spaces at its ends"),
]
"""A brand. It is kept in lower case, as the rules spell brands, however it was written."""

Digest = Annotated[
    str,
    Field(pattern=r"^[0-9a-fA-F]{64}$"),
    Expects("a SHA-256 digest: 64 characters from 0 to 9 and a to f"),
]

_LETTERS = "a-z0-9ß-öø-ÿœα-ω"
_MARKS = r"_.,:'’()/+%&-"
OPEN_WORD = f"^[{_LETTERS}][{_LETTERS}{_MARKS}]*( [{_LETTERS}{_MARKS}]+)*$"
Word = Annotated[
    str,
    Field(max_length=ID_LIMIT, pattern=OPEN_WORD),
    Expects(
        f"a lower-case word of at most {ID_LIMIT} letters and digits",
        otherwise="write it in lower case, with single spaces and nothing at its ends",
    ),
]
"""A word of an open list, or an ingredient. It may hold accents, α to ω and _ . , : ' ( ) / + % & -

Stray spaces are refused: with them no rule would know the word.
"""


def _number_as_text(value: Any) -> Any:
    return str(value) if type(value) is int else value


Number = Annotated[
    Id,
    BeforeValidator(_number_as_text),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "maxLength": ID_LIMIT, "pattern": TRIMMED},
                {"type": "integer"},
            ]
        }
    ),
]
"""A registry's number: text, or a whole number that is kept as the same digits."""

JSON_LIST = Field(strict=False, max_length=LONGEST_LIST)
"""Lists are kept as tuples, so that nothing read can change."""
