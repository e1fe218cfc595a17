"""The examples for CI and the pre-commit hook: valid for their hosts, and their command works as it stands."""

import shlex
import shutil
from pathlib import Path

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from ruamel.yaml import YAML

from checker.cli import main

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "fixtures" / "ci"
REPORT = ROOT / "fixtures" / "reports" / "project" / "faulty.pdf"


def commands(node) -> list[str]:
    """Every shell command in a YAML file that calls checker."""
    if isinstance(node, dict):
        return [command for value in node.values() for command in commands(value)]
    if isinstance(node, list):
        return [command for value in node for command in commands(value)]
    return [node] if isinstance(node, str) and node.startswith("checker ") else []


@pytest.mark.parametrize(("name", "schema"), [("github.yml", "github-workflows"), ("gitlab.yml", "gitlab-ci")])
def test_the_host_can_read_it(name, schema):
    transform = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    arguments = ["--builtin-schema", f"vendor.{schema}", *transform, str(EXAMPLES / name)]
    result = CliRunner().invoke(check_jsonschema, arguments)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("name", ["github.yml", "gitlab.yml"])
def test_its_command_writes_what_the_other_steps_take(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    source = (EXAMPLES / name).read_text("utf-8")
    (command,) = commands(YAML(typ="safe").load(source))
    Path("drafts").mkdir()
    shutil.copy(REPORT, "drafts/draft.pdf")
    words = shlex.split(
        command.replace("$GITHUB_STEP_SUMMARY", "summary.md").replace("drafts/*.pdf", "drafts/draft.pdf")
    )
    result = CliRunner().invoke(main, words[1:])
    assert result.exit_code == 1, result.stderr
    assert {path.name for path in Path("marked").iterdir()} == {"draft.checked.pdf", "draft.checked.xlsx"}
    for path in Path().iterdir():
        assert path.name in {"drafts", "marked", "summary.md"} or path.name in source


def test_the_hook_is_a_command_that_exists(tmp_path):
    (hook,) = YAML(typ="safe").load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert {"id", "name", "entry", "language", "files"} <= set(hook)
    program, *words = hook["entry"].split()
    assert program == "checker"
    assert CliRunner().invoke(main, [*words, str(REPORT), "--select", "GRD"]).exit_code in {0, 1}
