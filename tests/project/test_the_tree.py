"""What the files of the project look like: short, and at home on any machine."""

import os
import re
from urllib.parse import urlsplit

from tests.project.tree import ROOT, files

MOST_LINES = 350
GENERATED = ROOT / "docs" / "reference"
TEXT = {".py", ".md", ".toml", ".json", ".lock", ".svg", ".txt", ".yml", ".yaml", ""}


def _texts() -> list[tuple[str, str]]:
    """Every text file but this one, which names what it looks for."""
    return [
        (path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
        for path in files()
        if path.suffix in TEXT and path.name != os.path.basename(__file__)
    ]


def test_no_file_is_long() -> None:
    """A written file has one idea; generated pages, licences and worked cases may be longer."""
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files()
        if path.suffix in (".py", ".md") and GENERATED not in path.parents
        if path.name != "cases.md" and not path.name.endswith(".diary.md")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert not long


MACHINE = re.compile(
    r"(?<![\w./])/(?:work|home|root|Users|opt|mnt|srv)/\w|[A-Z]:\\\\?Users|file://",
)


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = [f"{name}: {m[0]}" for name, text in _texts() if (m := MACHINE.search(text))]
    assert not found


REGISTRY = re.compile(
    r"--(?:extra-)?index-url|--find-links|--default-index|\[\[tool\.uv\.index"
    r"|https?://(?:localhost|127\.|10\.|192\.168\.)|https?://[^\s/]+/simple\b",
)
SETTINGS = (
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_FIND_LINKS",
    "UV_INDEX_URL",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
    "UV_FIND_LINKS",
)


def test_no_file_names_a_package_registry() -> None:
    here = {urlsplit(os.environ.get(name, "")).hostname for name in SETTINGS} - {None}
    for name, text in _texts():
        assert not REGISTRY.search(text), name
        assert not any(host in text for host in here if host), name
