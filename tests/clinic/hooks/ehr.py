"""An EHR that calls: its keys, its tokens, and a FHIR server of its own on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from django.test import Client
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

ISSUER, ORIGIN = "https://ehr.example", "https://ehr.example"
BASE = "https://testserver/cds-services"
_EC = ec.generate_private_key(ec.SECP384R1())
_RSA = rsa.generate_private_key(65537, 2048)
SIGNERS = {"ES384": (_EC, "ec1"), "RS384": (_RSA, "rsa1")}


def public_keys() -> list[dict[str, Any]]:
    """The public keys of the EHR, as it publishes them."""
    elliptic = ECAlgorithm.to_jwk(_EC.public_key(), as_dict=True)
    plain = RSAAlgorithm.to_jwk(_RSA.public_key(), as_dict=True)
    return [elliptic | {"kid": "ec1"}, plain | {"kid": "rsa1"}]


def token(address: str, algorithm: str = "ES384", head: Any = None, **claims: Any) -> str:
    """A token for one address, good for a minute unless changed."""
    key, kid = SIGNERS[algorithm]
    now = int(datetime.now().timestamp())
    held = {"iss": ISSUER, "aud": address, "iat": now, "exp": now + 60, "jti": str(uuid4())}
    held = {k: v for k, v in (held | claims).items() if v is not None}
    return jwt.encode(held, key, algorithm, {"kid": kid, "typ": "JWT"} | (head or {}))


def post(path: str, body: Any, bearer: str | None = "", **more: Any) -> Any:
    """A call of a service with a fresh token."""
    address = f"{BASE}/{path}"
    sent = token(address) if bearer == "" else bearer
    headers = {"Authorization": f"Bearer {sent}"} if sent else {}
    text = body if isinstance(body, str) else json.dumps(body)
    return Client().post(
        f"/cds-services/{path}", text, "application/json", secure=True, headers=headers, **more
    )


@contextmanager
def serving(answers: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    """A server that answers these paths with JSON; its address and the requests that came."""
    seen: list[Any] = []

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append((self.path, self.headers.get("Authorization")))
            found = next((v for k, v in answers.items() if self.path.startswith(k)), None)
            if isinstance(found, str):
                self.send_response(302)
                self.send_header("Location", found)
                self.end_headers()
                return
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        host, port = server.server_address[:2]
        yield f"http://{host!s}:{port}", seen
    finally:
        server.shutdown()
        server.server_close()
