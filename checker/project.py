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
from checker.settings import SettingsError, shown
from checker.verdict import Phrase

if TYPE_CHECKING:
    from checker.engine import Result

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


def set_apart(
    results: Sequence[Result], configs: Mapping[Path, Config], mandatory: frozenset[str], new: Path | None
) -> list[Result] | None:
    """The results with waived findings set apart; with ``new`` the others are put into that file first.

    None when a file of waivers cannot be used.
    """
    from checker.waivers import add_baseline, waive

    language = next((config.language for config in configs.values()), None) or "zh"
    paths = {str(path): config.waivers for path, config in configs.items() if config.waivers}
    if new is not None and not new.exists():  # it is set already, and this run writes it
        paths = {report: path for report, path in paths.items() if path.resolve() != new.resolve()}
    try:
        done, remarks = waive(results, paths, mandatory)
        if new is not None:
            remarks = [*remarks, add_baseline(new, done, mandatory, language)]
            done, _ = waive(done, dict.fromkeys((r.document.path for r in done), new), mandatory)
    except SettingsError as error:
        click.echo(error.say(language), err=True)
        return None
    for remark in remarks:
        click.echo(remark.say(language), err=True)
    return done


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
