"""Look up what is known against the pinned packages, and write the list of parts (CycloneDX).

- `python tools/audit.py` asks the public lists of vulnerabilities about every line of
  requirements.lock and writes build/sbom.json
- ends with 0 when every package was looked up and nothing is known, with 1 when something is known,
  with 2, and says so loudly, when it could not look up: that is no clean bill
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
CLEAN, KNOWN, NOT_LOOKED_UP = 0, 1, 2


def looked_up() -> "subprocess.CompletedProcess[str]":
    """Ask, strictly: a package that cannot be asked about is a failure."""
    asked = ["--strict", "--require-hashes", "--disable-pip", "--no-deps", "--format", "json"]
    command = [sys.executable, "-m", "pip_audit", *asked, "--requirement", str(LOCK)]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603


def judged(answer: str, trouble: str, pinned: int) -> tuple[int, str]:
    """What an answer comes to: its status, and the words for it."""
    try:
        said: dict[str, Any] = json.loads(answer)
        packages = said["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = (trouble.strip().splitlines() or ["no answer"])[-1]
        return NOT_LOOKED_UP, f"NOT LOOKED UP. Nothing is known about any package: {last[:300]}"
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    if skipped or len(packages) < pinned:
        count = f"{len(packages) - len(skipped)} of {pinned}"
        return NOT_LOOKED_UP, f"NOT LOOKED UP. Only {count} packages were: {', '.join(skipped)}"
    bad = [(p["name"], p["version"], v["id"]) for p in packages for v in p.get("vulns", ())]
    if bad:
        return KNOWN, "\n".join(f"KNOWN: {name} {version}: {what}" for name, version, what in bad)
    return CLEAN, f"{len(packages)} packages were looked up; nothing is known against them."


def pinned(lock: str) -> int:
    """How many packages a lock pins for this machine; those for other machines are asked too."""
    return sum("==" in line and not line.startswith((" ", "#")) for line in lock.splitlines())


def sbom(to: Path) -> None:
    """Write the list of parts of this environment."""
    to.parent.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--of", "JSON", "-o", str(to)]
    subprocess.run([*command, sys.executable], check=True, capture_output=True)  # noqa: S603


def main() -> int:
    """Do both; the exit status of the look-up."""
    to = ROOT / "build" / "sbom.json"
    sbom(to)
    print(f"written: {to.relative_to(ROOT)}")
    answer = looked_up()
    status, words = judged(answer.stdout, answer.stderr, pinned(LOCK.read_text("utf-8")))
    print(words, file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    raise SystemExit(main())
