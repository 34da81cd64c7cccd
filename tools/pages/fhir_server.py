"""What the clinic serves over FHIR, from the table by which searches are answered."""

from isocourse.exchange.endpoint.parameters import COMMON, OF_TODAY, SERVED

from .markdown import code, page, table

_ABOUT = """\
Read-only, R4 (4.0.1), at `/fhir` of the clinic; made for systems that sign with a key (SMART
Backend Services). The same is said, for machines, at `/fhir/metadata` and
`/fhir/.well-known/smart-configuration`. How to connect: [Connect an
EHR](../how-to/connect-an-ehr.md); why no file of an export is kept: [decision
32](../decisions/0032-an-export-is-made-as-it-is-fetched.md)."""

_RESOURCES = """\
## Resources

A Patient is named by the code of the course. Every resource can be read by its id and searched by
{common} and by what stands beside it; what is made of an event is in the [FHIR
mapping](fhir-mapping.md). {today} are worked out anew by the assessment of the moment."""

_ANSWERS = """\
- Values of one parameter joined by commas: one of them fits. Several parameters: all fit. Dates
  take the prefixes eq, ne, gt, lt, ge, le, sa and eb; a day is one by the clock of the course.
- A parameter that is not listed is refused with 400, not ignored: an answer to another question
  than the one asked could be taken for "none". Modifiers, `_include` and `_sort` are not known.
- A page holds up to `_count` entries (50 unless said, 500 at most) and sometimes fewer, for it
  reads a bounded number of courses. Follow the link `next` until there is none. There is no
  `total`.
- `POST` to `_search` takes the same in a form, so that nothing stands in an address.
- `meta.lastUpdated` is the moment at which this clinic took the event in, or at which its status
  turned. `ETag` and `Last-Modified` say the same; `If-None-Match` is answered with 304.
- `Patient/{id}/$everything` takes `_type` and `_since`."""

_STATUS = """\
## What became of an event

A resource says in its status what later events made of it.

| event | status |
| --- | --- |
| taken back (`retract`) | `entered-in-error`; of a Condition or an allergy `verificationStatus` |
| a prescription handed over with all its refills | `completed` |
| a prescription that is cancelled | `cancelled` |
| a prescription followed by a newer one before it was handed over in full | `stopped` |
| a hand-over whose capsules came back | `cancelled` |

A Basic has no status: that an authorisation was taken back is told by the Basic that takes it
back."""

_TOKENS = """\
## Tokens and scopes

`POST /fhir/auth/token` with `grant_type=client_credentials`, `scope`, `client_assertion_type`
`urn:ietf:params:oauth:client-assertion-type:jwt-bearer` and `client_assertion`: a token signed
with ES384 or RS384, `iss` and `sub` the client_id, `aud` this address, `exp` at most five minutes
ahead, `jti` used once. The access token holds for five minutes and for one clinic.

Scopes are `system/TYPE.r` (read by id), `.s` (search) and `.rs`, or `system/*` for every type.
What was not allowed at the registration is not granted; the answer says what is. There are no
scopes for people (`patient/`, `user/`), and none is announced."""

_EXPORT = """\
## Export

`GET /fhir/$export` or `/fhir/Patient/$export` (the same) with `Prefer: respond-async`; `_type`,
`_since` and `_outputFormat`. The address in `Content-Location` answers 202 with `Retry-After`
for at least five seconds and until whoever was writing is done, then the manifest. Its files are
NDJSON, one for each type, made as they are fetched; `deleted` names who was erased since
`_since`; `error` names courses whose logs do not hold. `DELETE` ends an export; 24 hours end it
too. Five may be open. `isocourse clinic export FOLDER --clinic NAME --ndjson` writes the same
files."""

_ERRORS = """\
## Refusals

Each is an OperationOutcome with its reason.

| status | when |
| --- | --- |
| 400 | a parameter that is not known, or a value that cannot be read |
| 401 | no token, one that is over, or a system that was sent away |
| 403 | the token holds no scope for it |
| 404 | a type that is not served; no such resource in this clinic |
| 405 | anything that writes |
| 406 | another format than JSON |
| 409 | the log of the course is not as it was written: nothing of it is shown |
| 410 | the person was erased |
| 429 | too many exports are open |

A search over the whole clinic is not ended by a course whose log does not hold: an
OperationOutcome stands among the entries, with mode `outcome`."""


def fhir_server() -> str:
    """The page."""
    rows = []
    for kind, searched in SERVED.items():
        named = ", ".join(f"{code(each.name)} ({each.kind})" for each in searched)
        rows.append([kind, named])
    common = " and ".join(code(each.name) for each in COMMON)
    today = ", ".join(kind for kind in SERVED if kind in OF_TODAY)
    parts = [
        _ABOUT,
        _RESOURCES.format(common=common, today=today),
        table(("type", "searched by"), rows),
        _ANSWERS,
        _STATUS,
        _TOKENS,
        _EXPORT,
        _ERRORS,
    ]
    return page("The FHIR server of a clinic", *parts)
