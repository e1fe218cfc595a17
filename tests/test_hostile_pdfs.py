"""PDFs that are broken or meant to break a reader: a document with named problems, or one clear sentence."""

import os
import time
from pathlib import Path

import hostile_pdf as hostile
import pytest

from checker.readers import ReadError, read
from checker.readers.apart import POSSIBLE, Lost, apart
from checker.readers.limits import Limits

FIXTURES = Path(__file__).parent.parent / "fixtures"
GOOD = FIXTURES / "reports" / "project" / "clean.pdf"
SEEDS = 36
LIMITS = Limits(page_seconds=20, memory_bytes=400_000_000)


@pytest.fixture
def outcome(tmp_path):
    """What reading the bytes comes to: the document, or the sentence of why there is none."""

    def of(data, limits=LIMITS):
        path = tmp_path / "hostile.pdf"
        path.write_bytes(data)
        try:
            return read(path, limits=limits)
        except ReadError as error:
            return error.zh

    return of


@pytest.mark.parametrize("maker", hostile.MAKERS, ids=lambda maker: maker.__name__)
def test_every_hostile_file_ends_in_a_document_or_a_sentence(maker, outcome):
    result = outcome(maker())
    if isinstance(result, str):
        assert result.endswith("。")
    else:
        assert all(problem.where.startswith("第") and problem.message for problem in result.problems)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_damaged_reports_end_in_a_document_or_a_sentence(seed, outcome):
    result = outcome(hostile.damaged(GOOD.read_bytes(), seed))
    assert isinstance(result, str) or result.pages


def test_good_pages_around_a_fatal_one_are_read(outcome):
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 99 0 R"
    page += b" /Resources << /Font << /F1 5 0 R >> >> >>"
    text = hostile.stream(b"BT /F1 12 Tf 72 400 Td (Spent 1180) Tj ET")
    objects = hostile.forms_double_objects()
    objects[2] = b"<< /Type /Pages /Kids [98 0 R 3 0 R 98 0 R] /Count 3 >>"
    objects |= {98: page, 99: text}
    result = outcome(hostile.pdf(objects))
    assert [block.text.value for block in result.blocks] == ["Spent 1180", "Spent 1180"]
    (problem,) = result.problems
    assert (problem.kind, problem.where) == ("limit-reached", "第 2 页")
    assert "上限" in problem.message


def test_a_page_beyond_a_limit_is_named_and_says_what_to_do(outcome):
    result = outcome(hostile.page_many_times(5), Limits(pages=3))
    (problem,) = result.problems
    assert (result.pages, problem.kind, problem.where) == (5, "limit-reached", "第 4 页")
    assert "超过上限 3 页" in problem.message
    assert "调高 pages" in problem.message


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (Limits(page_characters=10), "22 个字符，超过上限 10"),
        (Limits(stream_bytes=1000), "解开后超过 1000 字节"),
        (Limits(file_bytes=100), "超过上限 100 字节"),
    ],
)
def test_limits_are_handed_in(limits, said, outcome):
    data = hostile.one_page(hostile.TEXT + b" " * 2000, packed=limits.stream_bytes == 1000)
    assert said in outcome(data, limits)


@pytest.mark.skipif(not POSSIBLE, reason="this system cannot split a process")
def test_a_child_that_hangs_dies_or_grows_is_left():
    def hang():
        yield 1
        time.sleep(60)

    def die():
        yield 1
        os._exit(1)

    def grow():
        yield 1
        yield len(bytearray(10**9))

    for work, overdue in ((hang, True), (die, False)):
        steps = apart(work, 0.5, 10**8)
        assert next(steps) == 1
        with pytest.raises(Lost) as lost:
            next(steps)
        assert lost.value.overdue is overdue
    steps = apart(grow, 10, 10**8)
    assert next(steps) == 1
    with pytest.raises(MemoryError):
        next(steps)
