"""The id of an event as a part of an address, whatever characters it has.

A course file allows any id without outer blanks: `2026/7`, `..` and `50 %` are ids. A slash would
part the address and two dots would be walked up by the browser, escaped or not; so every
character but letters, digits, `_` and `-` is written as `~` and its bytes in hexadecimal.
"""

import re
from string import ascii_letters, digits

_PLAIN = frozenset(ascii_letters + digits + "_-")
_BYTES = re.compile(r"(?:~[0-9A-F]{2})+")


class Id:
    """A part of an address that names an event or a prescription by its id."""

    regex = r"(?:[A-Za-z0-9_-]|~[0-9A-F]{2})+"

    def to_python(self, part: str) -> str:
        """The id. Raises ValueError when the part is none, and then there is no such address."""
        return _BYTES.sub(lambda run: bytes.fromhex(run[0].replace("~", "")).decode(), part)

    def to_url(self, held: str) -> str:
        """The part of the address; an ordinary id stands as it is."""
        return "".join(each if each in _PLAIN else _written(each) for each in held)


def _written(character: str) -> str:
    return "".join(f"~{byte:02X}" for byte in character.encode())
