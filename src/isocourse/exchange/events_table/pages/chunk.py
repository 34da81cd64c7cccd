"""One column of one row group: its pages opened one after the other, its values in their order."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from isocourse.exchange.events_table.pages import header
from isocourse.exchange.events_table.pages.header import BROKEN, read_header
from isocourse.exchange.events_table.pages.runs import read_codes, read_numbers, read_texts

Array = np.ndarray[Any, Any]

BOOLEAN, INT32, INT64, DOUBLE, TEXT = "BOOLEAN", "INT32", "INT64", "DOUBLE", "BYTE_ARRAY"
DTYPES = {BOOLEAN: "u1", INT32: "i4", INT64: "i8", DOUBLE: "f8", TEXT: "i4"}
"""What the values of each physical type are here; texts are codes of a dictionary."""
_PLAIN, _OLD_DICTIONARY, _RUNS, _DICTIONARY = 0, 2, 3, 8
_CODECS = frozenset({"SNAPPY", "ZSTD", "GZIP"})
_MOST = 2**31 - 1
"""So many entries a column may tell of, and bytes a page: for more no room is set aside."""
_LENGTH = 4
"""So many bytes tell the length of what follows them."""


class Unfamiliar(Exception):
    """A column is of a form that is left to Arrow, or is not whole, which Arrow then tells."""


class Page(NamedTuple):
    """A page of data: its bytes, where its values begin, and its levels before them."""

    body: pa.Buffer
    repeated: tuple[int, int]  # where they begin and end
    defined: tuple[int, int]
    at: int
    end: int
    entries: int  # those without a value as well
    encoding: int


class Leaf(NamedTuple):
    """A column as the file's own schema tells it."""

    number: int
    path: str
    physical: str
    defined: int  # the level of definition at which there is a value
    repeated: int


class Chunk:
    """The pages of a column of a row group."""

    def __init__(self, file: pa.Buffer, told: Any, leaf: Leaf) -> None:
        self._file, self._leaf = file, leaf
        if told.compression not in _CODECS and told.compression != "UNCOMPRESSED":
            raise Unfamiliar(leaf.path)
        pressed = told.compression in _CODECS
        self._codec = pa.Codec(told.compression.lower()) if pressed else None
        begins = told.data_page_offset
        if told.has_dictionary_page:
            begins = min(begins, told.dictionary_page_offset)
        self._at, self._end = begins, begins + told.total_compressed_size
        if not 0 <= told.num_values <= _MOST:
            raise Unfamiliar(leaf.path)
        self.entries = told.num_values
        self.dictionary: tuple[pa.Buffer, int] | None = None

    def pages(self) -> Iterator[Page]:
        """Every page of data; `dictionary` is the page of words or numbers once it was met."""
        held, at, seen = header.room(), self._at, 0
        if not 0 <= at <= self._end <= self._file.size:
            raise Unfamiliar(self._leaf.path)
        while seen < self.entries:
            at = read_header(self._file.address, at, self._end, held)
            told = held.tolist()
            size = told[header.STORED_SIZE]
            if at == BROKEN or not 0 <= size <= self._end - at:
                raise Unfamiliar(self._leaf.path)
            stored = self._file.slice(at, size)
            at += size
            if told[header.KIND] == header.DICTIONARY and self.dictionary is None:
                count = told[header.OF_DICTIONARY * 10 + header.VALUES]
                if not 0 <= count <= _MOST:
                    raise Unfamiliar(self._leaf.path)
                self.dictionary = self._opened(stored, told[header.WHOLE_SIZE]), count
                continue
            page = self._of_data(stored, told)
            seen += page.entries
            if seen > self.entries:
                raise Unfamiliar(self._leaf.path)
            yield page

    def _of_data(self, stored: pa.Buffer, told: list[int]) -> Page:
        if told[header.KIND] == header.DATA:
            return self._page(stored, told)
        if told[header.KIND] == header.DATA_V2:
            return self._page_v2(stored, told)
        raise Unfamiliar(self._leaf.path)

    def _opened(self, stored: pa.Buffer, size: int) -> pa.Buffer:
        """The bytes of a page as they were before they were pressed together."""
        if self._codec is None:
            return stored
        if not 0 <= size <= _MOST:
            raise Unfamiliar(self._leaf.path)
        try:
            return self._codec.decompress(stored, decompressed_size=size)
        except (OSError, ValueError):
            raise Unfamiliar(self._leaf.path) from None

    def _page(self, stored: pa.Buffer, told: list[int]) -> Page:
        body, at = self._opened(stored, told[header.WHOLE_SIZE]), 0
        levels = []
        for wanted in (self._leaf.repeated, self._leaf.defined):
            if wanted == 0:
                levels.append((at, at))
                continue
            if at + _LENGTH > body.size:
                raise Unfamiliar(self._leaf.path)
            begins = at + _LENGTH
            at = begins + int.from_bytes(body[at:begins], "little")
            if at > body.size:
                raise Unfamiliar(self._leaf.path)
            levels.append((begins, at))
        if told[header.OF_DATA * 10 + header.LEVELS] != _RUNS and self._leaf.defined:
            raise Unfamiliar(self._leaf.path)
        return self._whole(body, levels, at, told, header.OF_DATA * 10, header.ENCODING)

    def _page_v2(self, stored: pa.Buffer, told: list[int]) -> Page:
        of = header.OF_DATA_V2 * 10
        repeated = told[of + header.REPEATED_SIZE]
        at = repeated + told[of + header.DEFINED_SIZE]
        if not 0 <= repeated <= at <= stored.size:
            raise Unfamiliar(self._leaf.path)
        levels = [(0, repeated), (repeated, at)]
        body = stored
        if self._codec is not None and told[of + header.PRESSED] and at < stored.size:
            values = self._opened(stored.slice(at), told[header.WHOLE_SIZE] - at)
            body = pa.py_buffer(stored.slice(0, at).to_pybytes() + values.to_pybytes())
        return self._whole(body, levels, at, told, of, header.ENCODING_V2)

    def _whole(
        self,
        body: pa.Buffer,
        levels: list[tuple[int, int]],
        at: int,
        told: list[int],
        of: int,
        encoding: int,
    ) -> Page:
        count = told[of + header.VALUES]
        if not 0 <= at <= body.size or count < 0:
            raise Unfamiliar(self._leaf.path)
        return Page(body, levels[0], levels[1], at, body.size, count, told[of + encoding])


class Values:
    """What the pages of a column hold, written one after the other."""

    def __init__(self, chunk: Chunk, physical: str) -> None:
        if physical not in DTYPES:
            raise Unfamiliar(physical)
        self._chunk, self._physical = chunk, physical
        self._out = np.empty(chunk.entries, DTYPES[physical])
        self._codes = self._out if physical == TEXT else np.empty(chunk.entries, "i4")
        self._of_codes: Array | None = None
        self._used = 0

    def add(self, page: Page, count: int) -> None:
        """Write so many values of a page."""
        first, last = self._used, self._used + count
        if page.encoding in (_DICTIONARY, _OLD_DICTIONARY):
            self._from_dictionary(page, first, count)
        elif page.encoding == _PLAIN and self._physical == BOOLEAN:
            bits = np.frombuffer(page.body, "u1")[page.at :]
            if len(bits) * 8 < count:
                raise Unfamiliar(self._physical)
            self._out[first:last] = np.unpackbits(bits, count=count, bitorder="little")
        elif page.encoding == _RUNS and self._physical == BOOLEAN:
            self._coded(page, page.at + _LENGTH, 1, first, count, 2)
            self._out[first:last] = self._codes[first:last]
        elif page.encoding == _PLAIN and self._physical != TEXT:
            self._out[first:last] = plain(page.body, self._physical, page.at, count)
        else:
            raise Unfamiliar(self._physical)
        self._used = last

    def _from_dictionary(self, page: Page, first: int, count: int) -> None:
        if self._chunk.dictionary is None or self._physical == BOOLEAN:
            raise Unfamiliar(self._physical)
        body, words = self._chunk.dictionary
        if self._physical == TEXT:
            if count:
                self._coded(page, page.at + 1, body_byte(page), first, count, words)
            return
        if self._of_codes is None:
            self._of_codes = _as_whole(plain(body, self._physical, 0, words).copy())
        if count:
            where = page.at + 1, page.end, body_byte(page), count
            out = _as_whole(self._out)
            how = self._codes, self._of_codes, out, first
            if read_numbers(page.body.address, *where, *how) == BROKEN:
                raise Unfamiliar(self._physical)

    def _coded(self, page: Page, at: int, width: int, first: int, count: int, below: int) -> None:
        source, codes = page.body.address, self._codes
        if read_codes(source, at, page.end, width, count, codes, first, below) == BROKEN:
            raise Unfamiliar(self._physical)

    @property
    def room(self) -> Array:
        """All of them, and behind them room for as many as there are entries."""
        return self._out

    @property
    def found(self) -> Array:
        """All of them: as many as there are."""
        return self._out[: self._used]


def _as_whole(numbers: Array) -> Array:
    """The same numbers as whole ones of their width, which is all that matters to copying."""
    return numbers.view(f"i{numbers.itemsize}")


def body_byte(page: Page) -> int:
    """The first byte of the values of a page: of how many bits a code is."""
    if page.at >= page.end:
        raise Unfamiliar("codes")
    return int.from_bytes(page.body[page.at : page.at + 1], "little")


def plain(body: pa.Buffer, physical: str, at: int, count: int) -> Array:
    """Numbers as they stand in a page, one after the other."""
    dtype = np.dtype(DTYPES[physical])
    if at + count * dtype.itemsize > body.size:
        raise Unfamiliar(physical)
    return np.frombuffer(body, dtype, count, at)


def words_of(chunk: Chunk) -> pa.Array:
    """The texts of the dictionary of a column, in the order of their codes."""
    if chunk.dictionary is None:
        return pa.array([], pa.string())
    body, count = chunk.dictionary
    if count * _LENGTH > body.size:
        raise Unfamiliar("words")
    offsets, out = np.empty(count + 1, "i4"), np.empty(body.size, "u1")
    if read_texts(body.address, 0, body.size, offsets, out) == BROKEN:
        raise Unfamiliar("words")
    held = [None, pa.py_buffer(offsets), pa.py_buffer(out)]
    words = pa.Array.from_buffers(pa.string(), count, held)
    try:
        words.validate(full=True)
    except pa.ArrowInvalid:  # no UTF-8
        raise Unfamiliar("words") from None
    return words
