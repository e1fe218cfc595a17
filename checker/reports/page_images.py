"""Pages of a PDF as small pictures: four greys are enough to read, and keep a page under 50 KB."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_POINT = 1.5
GREYS = 4
RUNS = 3
"""zlib's Z_RLE."""
MOST_DOTS = 6_000_000
"""A sheet as large as a wall is drawn smaller."""


class PageImage(Struct, frozen=True):
    """A page: its number, its size in points as it is shown, its picture as a data address."""

    number: int
    width: float
    height: float
    source: str


def page_images(data: bytes, numbers: Collection[int]) -> Iterator[PageImage]:
    """The pages of a PDF with these numbers, in order."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        for number in sorted(numbers):
            page = document[number - 1]
            yield _image(number, page)
            page.close()
    finally:
        document.close()


def _image(number: int, page: Any) -> PageImage:  # noqa: ANN401 (pypdfium2 has no types)
    width, height = page.get_size()
    scale = min(DOTS_PER_POINT, (MOST_DOTS / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil()
    source = "data:image/png;base64," + b64encode(_packed(picture)).decode()
    return PageImage(number, round(width, 1), round(height, 1), source)


def _packed(picture: Image) -> bytes:
    """A grey picture as PNG with two bits a dot, packed by runs: text is mostly white, and that is quick."""
    from PIL import Image

    step = 256 // GREYS
    dots = picture.point([value // step for value in range(256)]).tobytes()
    reduced = Image.frombytes("P", picture.size, dots)
    reduced.putpalette([grey * 255 // (GREYS - 1) for grey in range(GREYS) for _ in range(3)])
    out = BytesIO()
    reduced.save(out, "PNG", bits=2, compress_level=1, compress_type=RUNS)
    return out.getvalue()
