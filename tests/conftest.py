"""What the tests share: checking a text as if it were a report's file, and rendering fixture reports."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from checker.cache import VARIABLE
from checker.engine import check_document
from checker.readers import read
from checker.result import Result
from rules import RULES

FIXTURES = Path(__file__).parent.parent / "fixtures"
Check = Callable[[str], Result]


def pytest_addoption(parser):
    parser.addoption(
        "--regen",
        action="store_true",
        help="rewrite the findings in fixtures/cases and the table of rules in the README",
    )


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """No test reads or writes the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def check(tmp_path_factory) -> Check:
    """Write a text to a file, read it with the real reader, run all finders and rules."""

    def checked(text: str) -> Result:
        path: Path = tmp_path_factory.mktemp("report") / "report.txt"
        path.write_text(text, encoding="utf-8")
        return check_document(read(path), RULES)

    return checked


@pytest.fixture
def renderer(monkeypatch):
    """The modules that render the fixture reports, which import one another by name."""
    monkeypatch.syspath_prepend(str(FIXTURES))
    import render_layout
    import render_pdf
    import render_source

    yield render_source, render_pdf, render_layout
    for name in [name for name in sys.modules if name == "render" or name.startswith("render_")]:
        del sys.modules[name]
