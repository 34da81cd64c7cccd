"""What a call of CDS Hooks costs: the cards alone, and over HTTP at a steady rate.

    python -m benchmarks.hooks [--rate 100] [--seconds 20] [--out FILE]

Method: the clinic is served as it is in production (`isocourse clinic serve`, two workers) on an
empty SQLite database, with one EHR whose keys are in the configuration. Calls of order-sign, each
with its own signed token and the record of a patient sent along, leave at fixed moments whether
or not the ones before were answered (open loop); the latency of a call is counted from the moment
at which it was due, so waiting counts. Before that, calls in fours are answered until each worker
has loaded what it needs, which takes a second or two once; these are not counted. The caller runs
on the same machine and shares its cores. Nothing is asserted about time.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm
from tests.exchange.fhir.bundles import LOINC, NEGATIVE, code, observation, pregnancy_test
from tests.exchange.hooks.calls import WEIGHT, asked, call, order, prefetch

from isocourse.clinic.hooks.configuration import HOOKS
from isocourse.clinic.project import environment
from isocourse.exchange.hooks import answer
from isocourse.on_screen.machine import machine

PATH = "/cds-services/isocourse-order-sign"
WARM_UP, THREADS, ISSUER = 48, 64, "https://ehr.example"
HOST = "localhost"
KEY = ec.generate_private_key(ec.SECP384R1())


def body(values: int) -> str:
    """A call with the record of a patient: a weight, a test, and so many blood values."""
    fat = [
        observation(
            code(LOINC, "2571-8"),
            id=f"lab{n}",
            valueQuantity={"value": 120 + n, "code": "mg/dL"},
            effectiveDateTime=f"2026-{1 + n % 11:02d}-10",
        )
        for n in range(values)
    ]
    return json.dumps(call(order(), sent=prefetch(WEIGHT, pregnancy_test(NEGATIVE), *fat)))


def alone(values: int, rounds: int = 200) -> dict[str, float]:
    """Processor time of the cards alone, in this process."""
    text, taken = body(values), []
    for number in range(rounds + 20):
        begun = time.process_time()
        answer(asked(text))
        if number >= 20:
            taken.append((time.process_time() - begun) * 1000)
    return summary(taken)


def summary(taken: list[float]) -> dict[str, float]:
    """Median, 95th and 99th percentile, in milliseconds."""
    ordered = sorted(taken)
    at = {"median": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(ordered[int(len(ordered) * part)], 1) for name, part in at.items()}


@contextmanager
def served() -> Iterator[int]:
    """The clinic on a free port of this machine; it is stopped by its own process id."""
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        env = os.environ | environment.fresh() | {environment.DATA: folder}
        env |= {environment.PROXY: "1", HOOKS: _configuration(Path(folder))}
        run = [str(Path(sys.executable).with_name("isocourse")), "clinic"]
        subprocess.run([*run, "migrate"], env=env, check=True, capture_output=True)  # noqa: S603
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(  # noqa: S603
            [*run, "serve", "--port", str(port)], env=env, stdout=quiet, stderr=quiet
        )
        try:
            _wait_for(port)
            yield port
        finally:
            process.terminate()
            process.wait(30)


def _configuration(folder: Path) -> str:
    key = ECAlgorithm.to_jwk(KEY.public_key(), as_dict=True) | {"kid": "1"}
    told = ", ".join(f"{k} = {json.dumps(v)}" for k, v in key.items() if k != "key_ops")
    file = folder / "hooks.toml"
    file.write_text(
        f'format = "isocourse.hooks/1"\nplace = "us"\n[[client]]\nissuer = "{ISSUER}"\n'
        f"keys = [{{{told}}}]\n",
        encoding="utf-8",
    )
    return str(file)


def _free_port() -> int:
    with socket.socket() as held:
        held.bind((HOST, 0))
        port: int = held.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            connection = HTTPConnection(HOST, port, timeout=5)
            connection.request("GET", "/health")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the clinic did not start")


def token(port: int) -> str:
    """A token for one call."""
    now = int(datetime.now(UTC).timestamp())
    claims = {"iss": ISSUER, "aud": f"https://{HOST}:{port}{PATH}", "jti": str(uuid4())}
    claims |= {"iat": now, "exp": now + 240}
    return jwt.encode(claims, KEY, "ES384", {"kid": "1"})


def steadily(rate: int, seconds: int, values: int) -> dict[str, Any]:
    """The latency of calls that leave at a steady rate, and how many were not answered with 200."""
    text = body(values)
    with served() as port:
        with ThreadPoolExecutor(4) as pool:
            first = [token(port) for _ in range(WARM_UP)]
            list(pool.map(lambda each: _each(port, each, text, time.perf_counter()), first))
        count = rate * seconds
        tokens = [token(port) for _ in range(count)]
        begin = time.perf_counter() + 0.5
        with ThreadPoolExecutor(THREADS) as pool:
            moments = [begin + n / rate for n in range(count)]
            calls = pool.map(lambda n: _each(port, tokens[n], text, moments[n]), range(count))
            found = list(calls)
    refused = sum(status != 200 for _, status in found)
    return summary([taken for taken, _ in found]) | {"calls": len(found), "refused": refused}


def _each(port: int, bearer: str, text: str, due: float) -> tuple[float, int]:
    """One call at its moment: milliseconds from then to the whole answer, and the status."""
    time.sleep(max(0.0, due - time.perf_counter()))
    connection = HTTPConnection(HOST, port, timeout=30)
    headers = {"Authorization": f"Bearer {bearer}", "Content-Type": "application/json"}
    connection.request("POST", PATH, text, headers | {"X-Forwarded-Proto": "https"})
    answered = connection.getresponse()
    answered.read()
    connection.close()
    return (time.perf_counter() - due) * 1000, answered.status


def main() -> None:
    """Measure, print, and write where asked."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.hooks", description=__doc__)
    wanted.add_argument("--rate", type=int, default=100, help="calls a second")
    wanted.add_argument("--seconds", type=int, default=20)
    wanted.add_argument("--values", type=int, default=10, help="blood values in the record")
    wanted.add_argument("--out", type=Path, metavar="FILE", help="write the numbers as JSON")
    told = wanted.parse_args()
    found = {"machine": machine(), "load": os.getloadavg(), "values": told.values}
    found["alone, ms of processor"] = alone(told.values)
    found[f"at {told.rate} a second, ms"] = steadily(told.rate, told.seconds, told.values)
    print(json.dumps(found, indent=1))
    if told.out:
        told.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
