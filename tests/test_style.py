"""The habits of the code that no linter knows: no float, no stray pattern, short functions and modules."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CODE = sorted(path for folder in ("checker", "rules") for path in (ROOT / folder).rglob("*.py"))
COORDINATES = {
    "checker/text.py",
    *(f"checker/reports/{name}.py" for name in ("marks", "page_images", "pdf", "pdf_ink", "pdf_space")),
}
"""Hold places on a page, which are floats; so do the modules of the PDF reader."""
PATTERNS = ("checker/extract/patterns.py", "checker/extract/compiled.py", "checker/extract/required.py")
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


EACH = pytest.mark.parametrize("path", CODE, ids=[relative(path) for path in CODE])


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


@EACH
def test_no_float_touches_a_number(path):
    name = relative(path)
    if name in COORDINATES or name.startswith("checker/readers/"):
        pytest.skip("coordinates on a page")
    lines = [
        node.lineno
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Constant) and isinstance(node.value, float)) or called(node) == "float"
    ]
    assert not lines, f"a float in {name}, lines {lines}"


@EACH
def test_functions_are_short(path):
    functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = {node.name: node.end_lineno - node.lineno + 1 for node in functions}
    long = {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION}
    assert not long, f"longer than {LONGEST_FUNCTION} lines in {relative(path)}: {long}"


@EACH
def test_modules_are_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST_MODULE


@EACH
def test_patterns_stand_in_one_place(path):
    imported = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            imported.add(node.module.partition(".")[0])
    assert relative(path) in PATTERNS or not imported & {"re", "regex"}


@EACH
def test_nothing_is_printed_past_the_command_line(path):
    assert not [node.lineno for node in ast.walk(tree(path)) if called(node) == "print"]


@pytest.mark.parametrize("path", [p for p in CODE if relative(p).startswith("rules/")], ids=lambda path: path.stem)
def test_rules_are_short(path):
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            assert node.end_lineno - node.lineno < 30, f"{node.name} is no longer one short function"
