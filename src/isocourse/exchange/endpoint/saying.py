"""What the server says of itself and of what went wrong: CapabilityStatement, OperationOutcome."""

from isocourse import __version__
from isocourse.exchange.endpoint.parameters import SERVED, parameters
from isocourse.exchange.fhir.looking import Json

FHIR_VERSION = "4.0.1"
_SECURITY = "http://terminology.hl7.org/CodeSystem/restful-security-service"
_BULK = "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/"
_OUR_SEARCH = (
    "A parameter that is not listed is refused, not ignored. A page may hold fewer entries than "
    "_count asks for; follow `next` until there is none."
)


def outcome(code: str, why: str, severity: str = "error") -> Json:
    """What went wrong, in words."""
    issue = {"severity": severity, "code": code, "diagnostics": why}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def capability(base: str, at: str) -> Json:
    """What is served under an address: made from the table by which searches are answered."""
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{base}/metadata",
        "version": __version__,
        "name": "isocourse",
        "title": "isocourse, read-only",
        "status": "active",
        "date": at,
        "kind": "instance",
        "software": {"name": "isocourse", "version": __version__},
        "implementation": {"description": "The courses of one clinic", "url": base},
        "fhirVersion": FHIR_VERSION,
        "format": ["application/fhir+json", "json"],
        "instantiates": ["http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data"],
        "rest": [
            {
                "mode": "server",
                "documentation": _OUR_SEARCH,
                "security": _security(base),
                "resource": [_resource(kind) for kind in SERVED],
                "operation": [_operation("export", f"{_BULK}export")],
            }
        ],
    }


def _security(base: str) -> Json:
    return {
        "cors": False,
        "service": [{"coding": [{"system": _SECURITY, "code": "SMART-on-FHIR"}]}],
        "description": f"SMART Backend Services; see {base}/.well-known/smart-configuration",
    }


def _resource(kind: str) -> Json:
    searched = [{"name": each.name, "type": each.kind} for each in parameters(kind).values()]
    told: Json = {
        "type": kind,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "readHistory": False,
        "searchParam": searched,
    }
    if kind == "Patient":
        everything = "http://hl7.org/fhir/OperationDefinition/Patient-everything"
        export = _operation("export", f"{_BULK}patient-export")
        told["operation"] = [_operation("everything", everything), export]
    return told


def _operation(name: str, definition: str) -> Json:
    return {"name": name, "definition": definition}
