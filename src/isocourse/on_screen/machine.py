"""What a measurement ran on, and with which versions: without it a figure means nothing."""

import os
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("isocourse", "numba", "numpy", "pydantic", "typer", "jsonschema")


def machine() -> dict[str, str]:
    """Processor with its load, system, Python, packages, when it began and by which command."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return {
        "processor": f"{_model()}, {os.cpu_count()} cores, load {load}",
        "system": f"{platform.system()} {platform.release()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
        "started": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "command": " ".join(sys.orig_argv[1:]),
    }


def _model() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine() or "unknown processor"
