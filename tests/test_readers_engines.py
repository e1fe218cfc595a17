"""Both engines read the same Document from each PDF.

White space is left out of every comparison: PDFium leaves out a space beside a kern, and all but
one of several in one object.
"""

from itertools import chain
from pathlib import Path

import pytest

from checker.document import Table
from checker.readers import read

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "reports"
FILES = [
    *sorted((ROOT / "fixtures" / "reports").glob("*/clean.pdf")),
    *sorted(SHARED.glob("*.pdf")),
    *sorted((SHARED / "fiscal").glob("*.pdf")),
]

RLCID = "qingyunpu-rlcid.pdf"
"""Its predefined CMap has signs that pdfminer's copy has not, some at the start of table rows."""
LOST_BY_PDFMINER = "·²"
NEAR, FARTHEST = 1.0, 4.0  # points; pdfplumber counts the lean of slanted type to its width


def pieces(document):
    """What each block says and how it is made, with the text of each piece."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield ("table", block.section, len(block.rows), block.width, block.header_rows, block.name), None
            for row in block.rows:
                yield from ((("cell", cell.covered), cell.text) for cell in row)
        else:
            yield (type(block).__name__, getattr(block, "kind", "heading"), block.section), block.text


def placed(text):
    """The characters that can be seen, each with its page and box."""
    boxes = chain.from_iterable(((run.page, box) for box in run.boxes) for run in text.runs)
    return [(sign, *place) for sign, place in zip(text.value, boxes, strict=True) if not sign.isspace()]


@pytest.fixture(scope="module", params=[path for path in FILES if path.name != RLCID], ids=lambda path: path.name)
def both(request):
    return read(request.param), read(request.param, engine="pdfplumber")


def test_same_blocks_and_texts(both):
    fast, slow = (
        [(kind, text and "".join(text.value.split())) for kind, text in pieces(document)] for document in both
    )
    assert fast == slow


def test_same_sections_pages_and_problems(both):
    fast, slow = both
    assert [section.path for section in fast.sections] == [section.path for section in slow.sections]
    assert (fast.pages, fast.problems) == (slow.pages, slow.problems)
    assert [(entry.page, len(entry.text.value) > 0) for entry in fast.toc] == [(e.page, True) for e in slow.toc]


def test_same_places(both):
    fast, slow = ([sign for _, text in pieces(document) if text for sign in placed(text)] for document in both)
    away = []
    for (_, page, box), (_, other_page, other) in zip(fast, slow, strict=True):
        assert page == other_page
        away.append(max(abs(a - b) for a, b in zip(box, other, strict=True)))
    assert max(away) <= FARTHEST
    assert sum(one <= NEAR for one in away) >= 0.98 * len(away)


def test_pdfium_reads_signs_that_pdfminer_has_no_code_for():
    path = SHARED / RLCID
    if not path.exists():
        pytest.skip("the shared reports are not here")
    fast, slow = (
        "".join(text.value for _, text in pieces(read(path, engine)) if text) for engine in ("pdfium", "pdfplumber")
    )
    assert all(sign in fast for sign in LOST_BY_PDFMINER)
    assert not any(sign in slow for sign in LOST_BY_PDFMINER)
