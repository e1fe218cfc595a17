"""The command line: check · show · explain · rules. Exit status 0, 1 or 2.

0: nothing at or above ``--fail-on``. 1: something. 2: the tool could not do its work.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from checker import __version__
from checker.reports.formats import FORMATS, OutputError, read_targets

if TYPE_CHECKING:
    from checker.cache import Cache
    from checker.config import Config
    from checker.output import Output
    from checker.readers.blocks import ReadError
    from checker.result import Result
    from checker.rule import Rule

OK, FOUND, FAILED = 0, 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="checker")
def main() -> None:
    """核对绩效评价报告中的数字 · Check the numbers of a finished report."""


def _language(command: click.decorators.FC) -> click.decorators.FC:
    return click.option("--lang", type=click.Choice(["zh", "en"]), help="Language of messages; default: the report's.")(
        command
    )


def _reading(command: click.decorators.FC) -> click.decorators.FC:
    command = click.option("--no-cache", is_flag=True, help="Read each file anew, and keep nothing of it.")(command)
    return click.option(
        "--engine",
        type=click.Choice(["pdfium", "pdfplumber"]),
        default="pdfium",
        show_default=True,
        help="What reads PDFs; pdfplumber is slow and the reference.",
    )(command)


_FILE = click.Path(path_type=Path, dir_okay=False)


def _settings(command: click.decorators.FC) -> click.decorators.FC:
    return click.option(
        "--config", "settings", type=_FILE, help="File of settings; default: the nearest upwards from each report."
    )(command)


def _codes(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """The beginnings of rule codes that a flag names. Raises ``UsageError`` for one that no rule has."""
    codes = [rule.code for rule in _all_rules()] if values else []
    out = tuple(part.strip().upper() for value in values for part in value.split(",") if part.strip())
    for prefix in out:
        if not any(code.startswith(prefix) for code in codes):
            raise click.UsageError(f"no rule begins with {prefix}.{_nearest(prefix, codes)}")
    return out


def _all_rules() -> Sequence[Rule]:
    from checker.rule import installed_rules

    return installed_rules()


def _mandatory() -> frozenset[str]:
    return frozenset(rule.code for rule in _all_rules() if rule.mandatory)


def _nearest(code: str, known: Sequence[str] | dict[str, Rule]) -> str:
    import difflib

    close = difflib.get_close_matches(code, list(known), n=1)
    return f" Did you mean {close[0]}?" if close else ""


def _known_formats(context: click.Context, parameter: click.Parameter, asked: tuple[str, ...]) -> tuple[str, ...]:
    for name in (one.partition("=")[0] for one in asked):
        if name not in FORMATS:
            raise click.BadParameter(
                f"no format {name!r}.{_nearest(name, list(FORMATS))} There are {', '.join(FORMATS)}."
            )
    return asked


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORM[=PATH]",
    callback=_known_formats,
    help=f"One of {', '.join(FORMATS)}; repeat for several from one reading. Default: text.",
)
@click.option("--statistics", is_flag=True, help="How often each rule found something; short for --format statistics.")
@click.option("--all", "everything", is_flag=True, help="List passed and open checks too.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to standard output.")
@click.option(
    "--output-dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the files of each report (NAME.checked.html), made if need be; default: beside the report.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODE",
    callback=_codes,
    help="Only rules whose code begins so; repeat or separate by commas.",
)
@click.option("--ignore", multiple=True, metavar="CODE", callback=_codes, help="Not the rules whose code begins so.")
@click.option(
    "--fail-on",
    type=click.Choice(["info", "warning", "error"]),
    help="The least severity that makes the exit status 1; default: error.",
)
@click.option("--exit-zero", is_flag=True, help="Exit status 0 whatever is found; 2 stays 2.")
@_settings
@_reading
@click.option("--waivers", type=_FILE, help="TOML file of findings that may stand.")
@click.option("--write-baseline", type=_FILE, help="Add all findings to this file of waivers.")
@click.option("--allow-mandatory", is_flag=True, help="Let waivers hold for rules on totals and grades too.")
@_language
def check(
    files: tuple[Path, ...],
    formats: tuple[str, ...],
    statistics: bool,
    everything: bool,
    output: Path | None,
    output_dir: Path | None,
    exit_zero: bool,
    settings: Path | None,
    engine: str,
    no_cache: bool,
    write_baseline: Path | None,
    allow_mandatory: bool,
    lang: str | None,
    **flags: tuple[str, ...] | str | Path | None,
) -> None:
    """Check reports and list what cannot be true together."""
    formats = (*formats, *(("statistics",) if statistics else ())) or ("text",)
    from checker import project

    plan = _plan(formats, files, output, output_dir)
    configs = project.read_configs(files, settings, {"language": lang, **flags})
    asked = write_baseline is not None or any(config.waivers for config in configs.values())
    mandatory = _mandatory() if asked and not allow_mandatory else frozenset()
    waivers = project.read_waivers(configs, write_baseline, mandatory)
    if waivers is None:
        sys.exit(FAILED)
    results = project.set_apart(_check_all(files, configs, engine, _cache(no_cache)), waivers, configs)
    under = project.write_baseline(write_baseline, results, mandatory, configs) if write_baseline else results
    if under is None:
        sys.exit(FAILED)
    written = not under or plan.write(under, lang, everything=everything)
    crashed = any(p.kind == "rule-crashed" for r in under for p in r.problems)
    if len(under) < len(files) or crashed or not written:
        sys.exit(FAILED)
    from checker.verdict import Severity

    least = {path: Severity(config.fail_on).rank for path, config in configs.items()}
    found = any(f.severity.rank >= least[Path(r.document.path)] for r in under for f in r.findings)
    sys.exit(FOUND if found and not exit_zero else OK)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--stage",
    default="document",
    show_default=True,
    type=click.Choice(["document", "tables", "figures", "relations", "scores", "rubrics"]),
)
@_settings
@_reading
@_language
def show(file: Path, stage: str, settings: Path | None, engine: str, no_cache: bool, lang: str | None) -> None:
    """Print what a stage made of a report."""
    from checker.project import read_configs
    from checker.readers import read
    from checker.readers.blocks import ReadError
    from checker.reports.stages import STAGES
    from checker.reports.wording import report_language

    config = read_configs([file], settings, {"language": lang}).get(file)
    if config is None:
        sys.exit(FAILED)
    try:
        document = read(file, engine, config.reading, cache=_cache(no_cache))
    except ReadError as error:
        _complain(file, error, lang)
        sys.exit(FAILED)
    for line in STAGES[stage](document, lang or report_language(document)):
        click.echo(line)


@main.command()
@click.argument("code")
@_language
def explain(code: str, lang: str | None) -> None:
    """Explain a rule with an example that passes and one that fails."""
    from checker.reports.rules import explain as explained

    rules = {rule.code: rule for rule in _all_rules()}
    if code.upper() not in rules:
        raise click.UsageError(f"no rule {code}.{_nearest(code.upper(), rules)} 'checker rules' lists all.")
    click.echo(explained(rules[code.upper()], lang or "zh"), nl=False)


@main.command("config")
@click.argument("file", default=".", type=click.Path(path_type=Path))
@_settings
@_language
def show_config(file: Path, settings: Path | None, lang: str | None) -> None:
    """Print the settings that apply to a report, and where each comes from."""
    from checker.project import read_configs, settings_text

    report = file / "*" if file.is_dir() else file
    config = read_configs([report], settings, {"language": lang}).get(report)
    if config is None:
        sys.exit(FAILED)
    click.echo(settings_text(config), nl=False)


@main.command()
@click.argument("folder", default=".", type=click.Path(path_type=Path, file_okay=False))
@_language
def init(folder: Path, lang: str | None) -> None:
    """Write a commented checker.toml into a folder; one that is there stays as it is."""
    from checker.project import write_settings

    if not write_settings(folder, lang or "zh"):
        sys.exit(FAILED)


@main.command("rules")
@click.option("--markdown", is_flag=True, help="As the table of the README.")
@_language
def list_rules(markdown: bool, lang: str | None) -> None:
    """List all rules."""
    from checker.reports.rules import rules_table

    click.echo(rules_table(_all_rules(), lang or "zh", markdown=markdown), nl=False)


def _plan(formats: Sequence[str], files: Sequence[Path], output: Path | None, folder: Path | None) -> Output:
    from checker.output import Output

    try:
        return Output.of(read_targets(formats, output, files), files, folder)
    except OutputError as error:
        raise click.UsageError(f"{error}.") from error


def _cache(off: bool) -> Cache | None:
    from checker.cache import Cache

    return None if off else Cache.of_user()


def _complain(path: Path, error: ReadError, lang: str | None) -> None:
    click.echo(f"{path}: {error.en if lang == 'en' else error.zh}", err=True)


def _check_all(files: Sequence[Path], configs: Mapping[Path, Config], engine: str, cache: Cache | None) -> list[Result]:
    """The results of all files that could be read; of the others a sentence on standard error."""
    from checker.readers.blocks import ReadError
    from checker.run import Job, check_files

    results = []
    jobs = [Job(path, configs[path], engine, cache) for path in files if path in configs]
    for job, outcome in zip(jobs, check_files(jobs), strict=True):
        if isinstance(outcome, ReadError):
            _complain(job.path, outcome, job.config.language)
        else:
            results.append(outcome)
    return results
