"""The API does what its description says, whatever is sent: held against it by schemathesis."""

from collections.abc import Iterable
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi import checks
from tests.clinic import team
from tests.clinic.api.asking import Application
from tests.clinic.soaking import report, times

from isocourse.clinic.api import tokens
from isocourse.clinic.api.views import described
from isocourse.clinic.log.reading import read
from isocourse.clinic.log.verifying import verify

EXAMPLES = times(6, 1000)
NOT_ASKED = [checks.positive_data_acceptance]
"""An event may have the right shape and still be refused: a course is judged as a whole."""


def encrypted(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    """The application as the proxy hands requests on: they came over an encrypted connection."""
    return get_wsgi_application()(environ | {"wsgi.url_scheme": "https"}, start)


def shortened() -> dict[str, Any]:
    """The description, with few events at once: long lists only take long to make up."""
    said = described()
    body = said["paths"]["/api/courses/{code}/events"]["post"]["requestBody"]["content"]
    body["application/json"]["schema"]["properties"]["events"]["maxItems"] = 4
    return said


def asked(operation: Any, mode: GenerationMode, application: Application, code: str) -> set[int]:
    """Ask much of one operation, of a course that is there and of others; how it answered."""
    met = set()

    def token(case: Any) -> dict[str, str]:
        """Ours, unless the headers are what is wrong: ours would put that right again."""
        headers = case.meta.components.get(ParameterLocation.HEADER)
        return {} if headers is not None and headers.mode.is_negative else application.headers

    @settings(max_examples=EXAMPLES)
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def check(case: Any, real: bool) -> None:
        path = case.meta.components.get(ParameterLocation.PATH)
        if real and path is not None and path.mode.is_positive:
            case.path_parameters["code"] = code
        answer = case.call_and_validate(headers=token(case), excluded_checks=NOT_ASKED)
        met.add(answer.status_code)

    check()
    return met


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_keeps_to_its_description(
    database: str, vendor: str, mode: GenerationMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "A_MINUTE", 10**6)
    course = team.opened(team.clinic())
    application = Application(course.clinic)
    schema = schemathesis.openapi.from_dict(shortened())
    schema.app = encrypted
    told = {
        f"{each.method} {each.path}": asked(each, mode, application, course.code)
        for each in (result.ok() for result in schema.get_all_operations())
        if mode == GenerationMode.POSITIVE or each.query or each.body
    }
    met = set().union(*told.values())
    assert met >= ({200, 404} if mode == GenerationMode.POSITIVE else {422}), told
    without = {401} if mode == GenerationMode.NEGATIVE else set()  # it leaves out the token too
    assert not met & ({401, 403, 429, 500} - without), told
    assert list(verify(None)) == [] and read(course).as_read, "whatever came, the log holds"
    report(f"schemathesis-{vendor}-{mode.value}", examples=EXAMPLES, operations=len(told))
