"""What holds of all rules: their names, messages, cases, lists, and the table in the README."""

import importlib
import pkgutil
import re
import string
from pathlib import Path

import pytest

import rules
from checker.reports.rules import case_file, family_of, reference, rules_table
from checker.rule import COMMON, Rule, installed_rules, rule
from checker.verdict import Phrase, Severity
from rules import RULES

ROOT = Path(__file__).parent.parent
MODULES = [importlib.import_module(f"rules.{module.name}") for module in pkgutil.iter_modules(rules.__path__)]
EACH = pytest.mark.parametrize("one", RULES, ids=[one.code for one in RULES])


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_codes_and_names_are_unique():
    assert len({one.code for one in RULES}) == len(RULES)
    assert len({one.name for one in RULES}) == len(RULES)


@EACH
def test_code_and_name(one):
    assert re.fullmatch(r"[A-Z]{3}\d{3}", one.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", one.name)
    assert not re.search(r"(^|-)(check|checks|correct|valid|should|must)(-|$)", one.name), "name the bad pattern"
    assert one.judge.__name__.islower()


@EACH
def test_first_line_states_the_finding(one):
    assert one.summary.endswith(".")
    assert len(one.summary) <= 120
    assert not re.match(r"(?i)(checks?|tests?|verif|whether|returns?|yields?)\b", one.summary)


@EACH
def test_messages_in_both_languages_have_the_same_fields(one):
    assert "fail" in one.messages
    for phrase in (one.title, *one.messages.values()):
        assert phrase.zh
        assert phrase.en
        assert fields(phrase.zh) == fields(phrase.en)
        names = dict.fromkeys(fields(phrase.zh), "1")
        assert phrase.filled(**names).say("zh") != phrase.filled(**names).say("en")


@EACH
def test_has_a_pass_and_a_fail_case_in_its_family_folder(one):
    path = ROOT / "fixtures" / "cases" / one.family.lower() / f"{one.code}.md"
    kinds = {line[3:].partition(":")[0] for line in path.read_text("utf-8").splitlines() if line.startswith("## ")}
    assert {"pass", "fail"} <= kinds
    assert case_file(one) is not None


@pytest.mark.parametrize("family", sorted({one.family for one in RULES}))
def test_each_family_says_why_it_matters_and_what_asks_for_it(family):
    described = family_of(next(one for one in RULES if one.family == family))
    assert described is not None
    for phrase in (described.name, described.why, described.source):
        assert phrase.zh
        assert phrase.en
        assert phrase.zh != phrase.en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_reference_has_all_of_each_rule(language):
    entries = reference(RULES, language)
    assert [entry.code for entry in entries] == [one.code for one in RULES]
    for entry in entries:
        assert entry.title
        assert entry.why
        assert entry.source
        assert entry.code in entry.settings
        assert {"pass", "fail"} <= {example.ends for example in entry.examples}
        assert all(example.snippet and "```" not in example.snippet for example in entry.examples)


def test_totals_and_grade_are_mandatory():
    assert {one.code for one in RULES if one.mandatory} == {"GRD001", "SCR004", "SCR007", "SUM004"}


def test_no_case_file_without_a_rule():
    known = {(one.family.lower(), one.code) for one in RULES}
    files = (path for path in (ROOT / "fixtures" / "cases").glob("*/*.md") if path.name != "negatives.md")
    assert {(path.parent.name, path.stem) for path in files} == known


@pytest.mark.parametrize("module", MODULES, ids=[module.__name__ for module in MODULES])
def test_each_module_lists_what_it_defines(module):
    defined = [value for value in vars(module).values() if isinstance(value, Rule)]
    own = [one for one in defined if one.judge.__module__ == module.__name__]
    assert list(getattr(module, "RULES", ())) == own
    assert len({one.family for one in own}) <= 1


def test_the_pack_lists_every_module():
    listed = [one for module in MODULES for one in getattr(module, "RULES", ())]
    assert sorted(one.code for one in RULES) == sorted(one.code for one in listed)
    assert {one.code for one in RULES} <= {one.code for one in installed_rules()}


def test_a_rule_needs_a_message_for_its_failure():
    with pytest.raises(ValueError, match="fail"):
        rule("XXX001", "no-message", subject=object, severity=Severity.ERROR, title=Phrase("无", "none"))


def test_common_messages_have_the_same_fields():
    assert all(fields(phrase.zh) == fields(phrase.en) for phrase in COMMON.values())


def test_a_code_used_twice_is_refused(monkeypatch):
    class Entry:
        def __init__(self, name, pack):
            self.name, self.load = name, lambda: pack

    other = Rule("SUM001", "other", object, Severity.INFO, Phrase("", ""), {}, lambda claim: iter(()))
    monkeypatch.setattr("checker.rule.entry_points", lambda group: [Entry("a", RULES), Entry("b", (other,))])
    with pytest.raises(ValueError, match="SUM001"):
        installed_rules()


def test_the_table_in_the_readme_is_current(pytestconfig):
    path = ROOT / "README.md"
    head, _, rest = path.read_text("utf-8").partition("<!-- rules -->\n")
    block, _, tail = rest.partition("<!-- /rules -->")
    table = rules_table(installed_rules(), "zh", markdown=True)
    if pytestconfig.getoption("--regen"):
        path.write_text(f"{head}<!-- rules -->\n{table}<!-- /rules -->{tail}", encoding="utf-8")
        return
    assert block.strip() == table.strip(), "fill it with: pytest tests/test_rules.py --regen"


def test_the_readme_names_no_place_of_one_machine():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert not re.search(r"https?://|/home/|/work/|/tmp/", readme)
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/checker check" in readme
