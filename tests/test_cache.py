"""What is kept between runs: the same document, and never anything that does not fit."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import fields, replace

from checker.boxes import Boxes
from checker.cache import VARIABLE, Cache
from checker.cli import main
from checker.document import Document, Problem, Run, Source, Text
from checker.packed import pack, unpack
from checker.readers import read

ROOT = Path(__file__).parents[1]
REPORTS = sorted((ROOT / "fixtures" / "reports" / "project").glob("clean.*"))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("一、概况\n\n共计 3 万元。\n", encoding="utf-8")
    return path


@pytest.fixture
def readings(monkeypatch):
    """How often a file was really read."""
    from checker import readers

    done, really = [], readers._read_other
    monkeypatch.setattr(readers, "_read_other", lambda path, *rest: done.append(path) or really(path, *rest))
    return done


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_document_is_the_same_after_packing(path):
    document = read(path)
    again = unpack(pack(document), str(path))
    assert again == document
    assert [[text.locate(2, 5) for text in texts_of(one)] for one in again.blocks] == [
        [text.locate(2, 5) for text in texts_of(one)] for one in document.blocks
    ]


def test_long_pdf_reads_as_any_other(monkeypatch):
    from checker import readers

    path = next(path for path in REPORTS if path.suffix == ".pdf")
    document = read(path)
    monkeypatch.setattr(readers, "MANY_PAGES", 1)
    again = read(path)
    assert again == document
    assert again is not document
    assert (document.pages or 0) > 1


def test_every_place_of_a_character_is_kept(report):
    document = read(report)
    run = Run(0, 3, 7, Boxes.of([1.5] * 4, [2.5] * 4, [3.5] * 4, [4.5] * 4), Source(5, 6), frozenset({1, 2}))
    assert all(getattr(run, one.name) != one.default for one in fields(Run))
    changed = replace(document, blocks=(replace(document.blocks[0], text=Text("一、概况", (run,))),))
    assert unpack(pack(changed), str(report)) == changed


def texts_of(block):
    return [cell.text for row in block.rows for cell in row] if hasattr(block, "rows") else [block.text]


def test_unchanged_file_is_read_once(cache, report, readings):
    first = read(report, cache=cache)
    assert read(report, cache=cache) == first
    assert len(readings) == 1


def test_moved_file_has_its_new_path(cache, report, readings, tmp_path):
    read(report, cache=cache)
    moved = report.rename(tmp_path / "other.txt")
    assert read(moved, cache=cache).path == str(moved)
    assert len(readings) == 1


def test_changed_file_or_engine_is_read_anew(cache, report, readings):
    read(report, cache=cache)
    read(report, engine="pdfplumber", cache=cache)
    report.write_text("一、概况\n\n共计 4 万元。\n", encoding="utf-8")
    assert "4" in read(report, cache=cache).paragraphs[0].text.value
    assert len(readings) == 3


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[:40],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"\x80\x04cos\nsystem\n" + data,
    ],
)
def test_damaged_entry_is_as_if_it_were_not_there(cache, report, readings, spoil):
    first = read(report, cache=cache)
    (entry,) = cache.folder.iterdir()
    entry.write_bytes(spoil(entry.read_bytes()))
    assert read(report, cache=cache) == first
    assert len(readings) == 2


def test_entry_that_is_whole_but_no_document_is_ignored(cache, report, readings):
    import hashlib

    read(report, cache=cache)
    (entry,) = cache.folder.iterdir()
    other = b"\x99" + b"\x01" * 9
    entry.write_bytes(hashlib.sha256(other).digest() + other)
    read(report, cache=cache)
    assert len(readings) == 2


@pytest.mark.parametrize("kind", ["limit-reached", "page-unreadable"])
def test_reading_that_left_something_out_is_not_kept(cache, report, kind):
    document = replace(read(report), problems=(Problem(kind, "第 1 页", ""),))
    cache.store("0", "", document)
    assert cache.load("0", "", report) is None


def test_size_is_bounded_and_what_was_used_last_stays(tmp_path, report):
    document = read(report)
    size = len(pack(document)) + 32
    cache = Cache(tmp_path / "small", most_bytes=2 * size + size // 2)
    for age, content in enumerate("abc"):
        cache.store(content, "", document)
        for entry in cache.folder.iterdir():
            os.utime(entry, (entry.stat().st_mtime - 10,) * 2)
        cache.load("a", "", report)
        assert len(list(cache.folder.iterdir())) == min(age + 1, 2)
    assert isinstance(cache.load("a", "", report), Document)
    assert cache.load("b", "", report) is None
    assert isinstance(cache.load("c", "", report), Document)


def test_folder_that_cannot_be_used_does_no_harm(tmp_path, report):
    (tmp_path / "file").write_text("")
    assert read(report, cache=Cache(tmp_path / "file" / "cache")).kind == "text"


@pytest.mark.parametrize(("flags", "kept"), [((), 2), (("--no-cache",), 0)])
def test_command_keeps_what_it_read_unless_told_not_to(report, tmp_path, monkeypatch, flags, kept):
    folder = tmp_path / "kept"
    monkeypatch.setenv(VARIABLE, str(folder))
    for command in (["check", str(report)], ["show", str(report)]):
        assert CliRunner().invoke(main, [*command, *flags]).exit_code == 0
    assert len(list(folder.glob("*"))) == kept


FAULTY = [ROOT / "fixtures" / "reports" / "project" / f"faulty.{form}" for form in ("txt", "md", "pdf", "docx")]


@pytest.fixture
def judgements(monkeypatch, tmp_path):
    """How often a document was really judged; what is kept lies in a folder of the test."""
    from checker import engine

    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    done, really = [], engine.check_document
    monkeypatch.setattr(engine, "check_document", lambda *given: done.append(given) or really(*given))
    return done


def said(*arguments):
    done = CliRunner().invoke(main, ["check", "--exit-zero", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return "\n".join(line for line in done.stdout.splitlines() if '"seconds"' not in line)


@pytest.mark.parametrize("path", FAULTY, ids=lambda path: path.name)
def test_what_was_found_is_said_again_word_for_word(path, judgements):
    asked = (path, "--format", "json", "--all")
    assert said(*asked, "--no-cache") == said(*asked) == said(*asked)
    assert len(judgements) == 2
    assert said(*asked, "--lang", "en") == said(*asked, "--lang", "en", "--no-cache")
    for form in ("text", "markdown", "sarif"):
        assert said(path, "--format", form)
    assert len(judgements) == 3


@pytest.mark.parametrize("form", ["html", "xlsx", "pdf"])
def test_marked_report_is_made_of_what_was_kept(form, judgements, tmp_path):
    path = next(path for path in FAULTY if path.suffix == ".pdf")
    sizes = []
    for name in ("first", "again"):
        said(path, "--format", form, "--output-dir", tmp_path / name)
        (made,) = (tmp_path / name).iterdir()
        sizes.append(made.stat().st_size)
    assert len(judgements) == 1
    assert sizes[0] == pytest.approx(sizes[1], rel=0.01)


@pytest.mark.parametrize(
    "settings",
    [
        'select = ["SUM"]',
        'ignore = ["SUM"]',
        'severity = { SUM = "info" }',
        'complete-lists = ["合计"]',
        "limits = { pages = 90 }",
        '[aliases]\n"甲" = ["乙"]',
        '[formulas]\n"甲" = "乙 / 丙"',
        '[grades]\nbands = [{ grade = "好", from = 50 }, { grade = "差", from = 0 }]',
    ],
)
def test_other_settings_are_judged_anew(report, judgements, settings):
    said(report)
    (report.parent / "checker.toml").write_text(settings, encoding="utf-8")
    said(report)
    said(report)
    assert len(judgements) == 2


def test_language_and_what_counts_as_failure_need_no_new_judgement(report, judgements):
    said(report)
    said(report, "--lang", "en", "--fail-on", "info")
    assert len(judgements) == 1


def test_result_of_a_rule_that_crashed_is_not_kept(report, judgements, monkeypatch):
    from checker import engine

    monkeypatch.setattr(engine, "FINDERS", (lambda _: 1 / 0,))
    for _ in range(2):
        assert CliRunner().invoke(main, ["check", str(report)]).exit_code == 2
    assert len(judgements) == 2


def test_changed_pack_of_rules_judges_anew(report, judgements, monkeypatch, tmp_path):
    from checker import cache

    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "rules.py").write_text("")
    monkeypatch.setattr(cache, "_packs", lambda: [pack])
    for content in ("", "", "RULES = ()"):
        (pack / "rules.py").write_text(content)
        os.utime(pack / "rules.py", (1, 1))
        cache._program.cache_clear()
        said(report)
    cache._program.cache_clear()
    assert len(judgements) == 2


@pytest.mark.parametrize("spoil", [lambda data: b"", lambda data: data[:60], lambda data: data[::-1]])
def test_damaged_findings_are_as_if_they_were_not_there(report, judgements, tmp_path, spoil):
    first = said(report)
    (entry,) = (tmp_path / "kept").glob("*.findings")
    entry.write_bytes(spoil(entry.read_bytes()))
    assert said(report) == first
    assert len(judgements) == 2
