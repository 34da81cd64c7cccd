"""The page of the clinic's API, from the description that it serves."""

import os
from collections.abc import Iterator
from typing import Any

from .markdown import code, page, table


def api() -> str:
    """The page of the API."""
    said = _described()
    parts = [
        part
        for path, methods in said["paths"].items()
        for method, operation in methods.items()
        for part in _operation(said, method.upper(), path, operation)
    ]
    return page(
        "The clinic's API",
        "What other systems of a clinic may ask it over HTTP, in JSON. The clinic serves this as\n"
        "OpenAPI 3.1 under `/api/openapi.json`.\n"
        "[How to connect a system](../how-to/connect-a-system-by-the-api.md).",
        *parts,
        "## Refusals",
        "Every refusal is `application/problem+json` (RFC 9457): `title`, `status`, `detail`, and\n"
        "where something sent was wrong `problems`, each with `where`, `found`, `expected`, `do`.",
        table(["status", "title"], _titles()),
    )


def _described() -> dict[str, Any]:
    """The description; the keys that the clinic needs to start are made up for it."""
    import django
    from django.conf import settings

    from isocourse.clinic.project import environment

    if not settings.configured and "DJANGO_SETTINGS_MODULE" not in os.environ:
        held = dict(os.environ)
        os.environ.update(environment.fresh())
        os.environ["DJANGO_SETTINGS_MODULE"] = "isocourse.clinic.project.settings"
        django.setup()
        for name in set(os.environ) - set(held):
            del os.environ[name]
    from isocourse.clinic.api.views import described

    return described()


def _titles() -> list[tuple[str, str]]:
    from isocourse.clinic.api.problems import TITLES

    return [(str(status), title) for status, title in sorted(TITLES.items())]


def _operation(said: Any, method: str, path: str, operation: Any) -> Iterator[str]:
    from isocourse.clinic.access.acts import ACTS
    from isocourse.clinic.api import views
    from isocourse.clinic.api.models import ROLES

    act = getattr(views, operation["operationId"]).needs
    roles = ", ".join(str(each.value) for each in ROLES if each in ACTS[act])
    yield f"## {code(f'{method} {path}')}"
    yield f"{operation['description']}\n\nFor tokens with the rights of: {roles}."
    told = [
        (code(each["name"]), each["in"], _schema(said, each["schema"]), each.get("description", ""))
        for each in operation.get("parameters", ())
    ]
    if told:
        yield table(["parameter", "in", "value", "meaning"], told)
    if "requestBody" in operation:
        yield from _body(operation["requestBody"])
    yield from _answer(said, operation["responses"])


def _body(body: Any) -> Iterator[str]:
    events = body["content"]["application/json"]["schema"]["properties"]["events"]
    sent = code('{"events": [...]}')
    yield f"Sent: {sent}, 1 to {events['maxItems']} of them. {body['description']}"


def _answer(said: Any, responses: Any) -> Iterator[str]:
    good = responses[min(responses, key=int)]["content"]["application/json"]["schema"]
    others = ", ".join(sorted(str(each) for each in responses))
    name = good.get("$ref", "").rpartition("/")[2]
    if not name:
        yield f"Answers: an object, as said above. Status: {others}."
        return
    fields = said["components"]["schemas"][name]["properties"]
    told = [(code(k), _schema(said, v), v.get("description", "")) for k, v in fields.items()]
    yield f"Answers. Status: {others}."
    yield table(["field", "value", "meaning"], told)


def _schema(said: Any, schema: Any) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        held = said["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        if "enum" in held:
            return ", ".join(code(each) for each in held["enum"])
        return ", ".join(code(each) for each in held["properties"])
    if "anyOf" in schema:
        kinds = [each for each in schema["anyOf"] if each.get("type") != "null"]
        return "; ".join(_schema(said, each) for each in kinds) + " (may be left out or null)"
    if schema.get("type") == "array":
        return f"list of {_schema(said, schema['items'])}"
    bounds = [f"{schema[n]}" for n in ("minimum", "maximum") if n in schema]
    told = schema.get("format") or schema.get("pattern") or schema.get("type", "")
    default = f", default {schema['default']}" if schema.get("default") is not None else ""
    said_of = code(told) if "pattern" in schema else told
    return f"{said_of} {' to '.join(bounds)}".strip() + default
