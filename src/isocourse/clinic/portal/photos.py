"""Photographs that patients send: made anew, encrypted, and refused where they are not pictures.

What a camera writes beside the picture - the place, the time, the device - is gone, because only
the picture itself is drawn again. The file never touches a disk unencrypted.
"""

import hashlib
import warnings
from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.utils.translation import gettext as _

from isocourse.clinic.log import clock
from isocourse.clinic.log.models import Course
from isocourse.clinic.log.sealing import Cipher, Unreadable
from isocourse.clinic.portal.models import Photo

FIELD = "picture"
MOST_BYTES = 12 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
MOST_PHOTOS = 60
_KINDS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82


class NoPicture(Exception):
    """What came is no picture that can be kept; says what to do, for the patient."""


class InMemory(FileUploadHandler):
    """A picture on its way in stays in memory, and one that is too large is dropped."""

    def new_file(self, field_name: str, *given: Any, **named: Any) -> None:
        """A file begins."""
        super().new_file(field_name, *given, **named)
        self._ours = field_name == FIELD
        self._held, self._size = BytesIO(), 0
        if self._ours:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes | None:
        """A part of a file."""
        if not self._ours:
            return raw_data
        self._size += len(raw_data)
        if self._size <= MOST_BYTES:
            self._held.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> "InMemoryUploadedFile | None":
        """The file has come in."""
        if not self._ours:
            return None
        if self._size > MOST_BYTES:
            self._held = BytesIO()
        return InMemoryUploadedFile(self._held, FIELD, FIELD, None, self._size, None)


def drawn_anew(file: Any) -> bytes:
    """The picture alone, as a JPEG of moderate size. Raises NoPicture."""
    if file is None or file.size == 0:
        raise NoPicture(_("Choose a photo first."))
    if file.size > MOST_BYTES:
        raise NoPicture(_("This photo is too large. Send one below 12 MB."))
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(file, formats=_KINDS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise NoPicture(_("This photo is too large. Send a smaller one."))
                picture = ImageOps.exif_transpose(opened).convert("RGB")
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        clean = Image.new("RGB", picture.size)
        clean.paste(picture)
        out = BytesIO()
        clean.save(out, "JPEG", quality=_QUALITY)
    except NoPicture:
        raise
    except Exception:  # whatever a broken or hostile file makes a decoder do
        raise NoPicture(
            _("This is not a photo we can read. Send a JPEG, PNG or WebP picture.")
        ) from None
    return out.getvalue()


def keep(course: Course, picture: bytes) -> Photo:
    """Keep a picture under the key of its course. Raises NoPicture when there are too many."""
    if Photo.objects.filter(course=course).count() >= MOST_PHOTOS:
        raise NoPicture(_("There is no more room for photos. Ask your team."))
    said = {"jpeg": b64encode(picture).decode()}
    return Photo.objects.create(
        course=course,
        at=clock.now(),
        sha256=hashlib.sha256(picture).hexdigest(),
        body=Cipher(course.key).closed(said),
    )


def named(photo: Photo) -> str:
    """How the log refers to a photograph."""
    return f"photograph {photo.pk}"


def opened(photo: Photo) -> bytes:
    """The picture as it was sent. Raises Unreadable where it is another or cannot be opened."""
    picture = b64decode(Cipher(photo.course.key).opened(photo.body)["jpeg"])
    if hashlib.sha256(picture).hexdigest() != photo.sha256:
        raise Unreadable("the photograph is not the one that was sent")
    return picture
