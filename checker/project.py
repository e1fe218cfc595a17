"""The settings and waivers of the reports of one run; what is wrong with them is said on standard error."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from checker.config import NAME, SETTINGS, Config, load_config
from checker.rule import installed_rules
from checker.settings import SettingsError, shown
from checker.verdict import Phrase

if TYPE_CHECKING:
    from checker.result import Result
    from checker.waivers import Waivers

THERE = Phrase("{path} 已存在，未作改动", "{path} is there already and was left as it is")
UNWRITTEN = Phrase("{path} 无法写入（{why}）", "{path} cannot be written ({why})")
DONE = Phrase("已写入 {path}；其中各项均为注释，去掉 # 即生效", "{path} written; take the # off a line to make it hold")


def read_configs(files: Sequence[Path], named: Path | None, flags: Mapping[str, Any]) -> dict[Path, Config]:
    """The settings for each report; a report whose file of settings is wrong has none, and it is said once."""
    configs: dict[Path, Config] = {}
    wrong: dict[str, None] = {}
    for path in files:
        try:
            configs[path] = load_config(path, flags, named)
        except SettingsError as error:
            wrong[error.say(flags["language"] or "zh")] = None
    for sentence in wrong:
        click.echo(sentence, err=True)
    return configs


def read_waivers(
    configs: Mapping[Path, Config], new: Path | None, mandatory: frozenset[str]
) -> dict[str, Waivers] | None:
    """The waivers of each report that has a file of them; None, and a sentence, when one cannot be used.

    ``new`` is the file that a baseline will be added to: it need not be there yet.
    """
    from checker.waivers import Waivers

    paths = {str(path): config.waivers for path, config in configs.items() if config.waivers}
    if new is not None and not new.exists():
        paths = {report: path for report, path in paths.items() if path.resolve() != new.resolve()}
    try:
        files = {
            path: Waivers.read(path, mandatory) for path in {*paths.values(), *([new] if new and new.exists() else [])}
        }
    except SettingsError as error:
        click.echo(error.say(_language(configs)), err=True)
        return None
    return {report: files[path] for report, path in paths.items()}


def set_apart(
    results: Sequence[Result], waivers: Mapping[str, Waivers], configs: Mapping[Path, Config]
) -> list[Result]:
    """The results with waived findings set apart; what is to be said of the waivers goes to standard error."""
    if not waivers:
        return list(results)
    from checker.waivers import waive

    done, remarks = waive(results, waivers, {str(path): _left_out(config) for path, config in configs.items()})
    for remark in remarks:
        click.echo(remark.say(_language(configs)), err=True)
    return done


def write_baseline(
    path: Path, results: Sequence[Result], mandatory: frozenset[str], configs: Mapping[Path, Config]
) -> list[Result] | None:
    """Add the findings to a file of waivers; the results under it, None when it cannot be written."""
    from checker.waivers import Waivers, add_baseline, waive

    language = _language(configs)
    try:
        click.echo(add_baseline(path, results, mandatory, language).say(language), err=True)
        added = Waivers.read(path, mandatory)
    except SettingsError as error:
        click.echo(error.say(language), err=True)
        return None
    names = [result.document.path for result in results]
    return waive(results, dict.fromkeys(names, added), dict.fromkeys(names, frozenset()))[0]


def _left_out(config: Config) -> frozenset[str]:
    """The installed rules that a report was not checked by."""
    return frozenset(rule.code for rule in installed_rules()) - {
        rule.code for rule in config.rules(installed_rules(config.packs))
    }


def _language(configs: Mapping[Path, Config]) -> str:
    return next((config.language for config in configs.values() if config.language), None) or "zh"


def settings_text(config: Config) -> str:
    """The settings that apply, as TOML, each with its source behind it."""
    lines = []
    for key in SETTINGS:
        value = getattr(config, key)
        name, source = key.replace("_", "-"), config.sources[key]
        lines.append(f"# {name} = " if value is None else f"{name} = {_toml(value)}")
        lines[-1] = f"{lines[-1]:48}  # {source}"
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    return _inline(msgspec.to_builtins(value, builtin_types=(Decimal,), enc_hook=str))


def _inline(value: object) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {_inline(one)}" for key, one in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_inline(one) for one in value)}]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else _inline(name)


def write_settings(folder: Path, language: str) -> bool:
    """Write a commented file of settings; whether it was written."""
    path = folder / NAME
    template = resources.files("checker").joinpath("data", f"settings.{language}.toml").read_text("utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template)
    except FileExistsError:
        click.echo(THERE.filled(path=shown(path)).say(language), err=True)
        return False
    except OSError as error:
        click.echo(UNWRITTEN.filled(path=shown(path), why=error.strerror).say(language), err=True)
        return False
    click.echo(DONE.filled(path=shown(path)).say(language), err=True)
    return True
