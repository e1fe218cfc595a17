"""Whether packed content of a PDF is damaged, which PDFium does not say: it shows what it can unpack."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from checker.readers.limits import OverLimit

CHUNK = 1 << 20
FAR = 4096  # bytes before a stream in which its dictionary begins

_OTHERS = (b"/Image", b"/Length1", b"/Length2", b"Type1C", b"Type0C", b"/OpenType", b"/XRef", b"/ObjStm", b"85Decode")


def is_torn(data: bytes, most: int) -> bool:
    """Whether a stream that may be a page's content breaks off; not known of an encrypted file.

    Raises ``OverLimit`` where one unpacks to more than ``most`` bytes.
    """
    if b"/Encrypt" in data:
        return False
    torn = [packed for packed in _contents(data) if not unpacks(packed, most)]  # all of them: one may be too large
    return bool(torn)


def unpacks(packed: bytes | memoryview, most: int) -> bool:
    """Whether packed bytes are whole, however much follows them. Raises ``OverLimit`` beyond ``most`` bytes."""
    unpack = zlib.decompressobj()
    rest: bytes | memoryview = packed
    size = 0
    try:
        while rest and not unpack.eof:
            size += len(unpack.decompress(rest, CHUNK))  # in pieces, so that no small file fills the memory here
            if size > most:
                raise OverLimit("stream_bytes", size)
            rest = unpack.unconsumed_tail
    except zlib.error:
        return False
    return True


def _contents(data: bytes) -> Iterator[memoryview]:
    """The packed bytes of each stream that is no picture, font or index, and what follows them."""
    view = memoryview(data)
    at = data.find(b"stream")
    while at >= 0:
        start = data.rfind(b" obj", max(0, at - FAR), at)
        head = data[start:at]
        first = at + len(b"stream")
        end = data.find(b"endstream", first)
        end = end if end >= 0 else len(data)
        if start >= 0 and b"/FlateDecode" in head and not any(one in head for one in _OTHERS):
            yield view[first + (2 if data[first : first + 2] == b"\r\n" else 1) : end]
        at = data.find(b"stream", end + len(b"endstream"))
