"""A small EHR: it authorizes, gives tokens and ids, and has a FHIR server, on this machine."""

import hashlib
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from tests.clinic.hooks.ehr import SIGNERS, public_keys
from tests.exchange.fhir.bundles import PATIENT
from tests.exchange.hooks.calls import WEIGHT

APP = "isocourse"
ADA = PATIENT | {"name": [{"use": "official", "given": ["Ada"], "family": "Berg"}]}
EMPTY: Any = {"resourceType": "Bundle", "entry": []}


class Ehr:
    """What it says, which a test may change, and what it was asked."""

    def __init__(self) -> None:
        self.address = ""
        self.patient = "p1"
        self.subject = "dr-berg"
        self.claims: dict[str, Any] = {}
        self.token: dict[str, Any] = {}
        self.says: dict[str, Any] = {}
        self.records: dict[str, Any] = {"Patient/p1": ADA, "Observation": page_of(WEIGHT)}
        self.asked: list[tuple[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}

    @property
    def server(self) -> str:
        return f"{self.address}/fhir"

    def configuration(self) -> dict[str, Any]:
        ends = {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "code_challenge_methods_supported": ["S256"],
        }
        return ends | self.says

    def authorized(self, location: str) -> dict[str, str]:
        """What it sends back with the browser after somebody allowed it."""
        asks = dict(parse_qsl(urlsplit(location).query))
        assert asks["aud"] == self.server and asks["response_type"] == "code"
        assert asks["client_id"] == APP and asks["code_challenge_method"] == "S256"
        code = f"code{len(self._codes)}"
        self._codes[code] = asks
        return {"code": code, "state": asks["state"]}

    def given(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The token for a code, once, to whoever holds the verifier."""
        asks = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if (
            asks is None
            or urlsafe_b64encode(digest).rstrip(b"=").decode() != asks["code_challenge"]
        ):
            return None
        assert form["redirect_uri"] == asks["redirect_uri"]
        said = {"access_token": "ehr-token", "token_type": "Bearer", "expires_in": 600}
        held = said | {"patient": self.patient, "id_token": self._id_token(asks["nonce"])}
        return {k: v for k, v in (held | self.token).items() if v is not None}

    def _id_token(self, nonce: str) -> str:
        key, kid = SIGNERS["ES384"]
        now = int(datetime.now().timestamp())
        claims = {"iss": self.address, "aud": APP, "sub": self.subject, "nonce": nonce}
        held = claims | {"iat": now, "exp": now + 60} | self.claims
        return jwt.encode(
            {k: v for k, v in held.items() if v is not None}, key, "ES384", {"kid": kid}
        )

    def read(self, path: str, bearer: str | None) -> Any:
        """What stands at a path of its FHIR server, for who has its token."""
        if bearer != "Bearer ehr-token":
            return None
        return self.records.get(path.partition("?")[0], EMPTY if "?" in path else None)


def page_of(*resources: Any) -> Any:
    return EMPTY | {"entry": [{"resource": each} for each in resources]}


@contextmanager
def running(ehr: Ehr) -> Iterator[Ehr]:
    """The EHR at work on a port of its own."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ehr.asked.append(("GET", self.path))
            if self.path == "/fhir/.well-known/smart-configuration":
                self._answer(ehr.configuration())
            elif self.path == "/jwks":
                self._answer({"keys": public_keys()})
            else:
                path = self.path.removeprefix("/fhir/")
                self._answer(ehr.read(path, self.headers.get("Authorization")))

        def do_POST(self) -> None:
            ehr.asked.append(("POST", self.path))
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer(ehr.given({k: v[0] for k, v in parse_qs(body).items()}))

        def _answer(self, found: Any) -> None:
            self.send_response(400 if found is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        host, port = server.server_address[:2]
        ehr.address = f"http://{host!s}:{port}"
        yield ehr
    finally:
        server.shutdown()
        server.server_close()
