"""A file that is named in a record is kept elsewhere: only its digest is computed as it comes in.

Nothing of it is written to a disk or held in memory longer than it takes to read it through.
"""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest, QueryDict

_FIELD, _DIGEST = "_file", "_sha256"


class Digested(UploadedFile):  # type: ignore[type-arg]  # the class is no generic when it runs
    """A file of which only the name, the size and the digest are known."""

    def __init__(self, name: str, size: int, sha256: str) -> None:
        super().__init__(BytesIO(b""), name, size=size)
        self.sha256 = sha256


class Digesting(FileUploadHandler):
    """Reads the files of our own fields through and keeps none of them; leaves others alone."""

    def new_file(self, field_name: str, *given: Any, **named: Any) -> None:
        """A file begins."""
        super().new_file(field_name, *given, **named)
        self._ours = field_name.endswith(_FIELD)
        self._sum = hashlib.sha256()
        if self._ours:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes | None:
        """A part of a file."""
        if not self._ours:
            return raw_data
        self._sum.update(raw_data)
        return None

    def file_complete(self, file_size: int) -> "Digested | None":
        """The file has come in."""
        if not self._ours:
            return None
        return Digested(str(self.file_name), file_size, self._sum.hexdigest())


def filled_in(request: HttpRequest) -> QueryDict:
    """What was filled in, with the digest of each file beside it as if it had been typed."""
    digests = {n: each.sha256 for n, each in request.FILES.items() if isinstance(each, Digested)}
    if not digests:
        return request.POST
    given = request.POST.copy()
    for name, sha256 in digests.items():
        given[name.removesuffix(_FIELD) + _DIGEST] = sha256
    return given
