"""Settings of a project: ``checker.toml``, or ``[tool.checker]`` in ``pyproject.toml``.

The nearest file upwards from the report holds; its overrides are for some reports only; flags of
the command line win over both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fnmatch import fnmatch
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct, field
from msgspec.structs import asdict, fields, replace

from checker.own import OwnFormula, OwnKnowledge, Token
from checker.quantity import Interval
from checker.readers.limits import DEFAULT_LIMITS, Limits
from checker.rule import Rule, installed_rules, pack_names
from checker.settings import UNKNOWN, SettingsError, line_of, nearest, read_settings, shown, source_of
from checker.verdict import Phrase, Severity

NAME = "checker.toml"
PROJECT, TABLE = "pyproject.toml", ("tool", "checker")
NO_RULE = Phrase("“{key}”中的 {code} 不是任何规则编码的开头{nearest}", "{key!r}: no rule begins with {code}{nearest}")
NO_PACK = Phrase("没有名为 {pack} 的规则包{nearest}", "there is no pack of rules {pack!r}{nearest}")
NO_FORMULA = Phrase(
    "“{name}”的公式“{text}”无法识别，应如“总成本 / 人数”",
    "{text!r} is no formula for {name!r}; write one like 总成本 / 人数",
)
TWICE = Phrase("别名“{name}”不能指两个指标", "the alias {name!r} cannot stand for two indicators")
DEFAULT, FLAG = "default", "command line"
Level = Literal["error", "warning", "info"]
TABLES = frozenset({"severity", "limits", "formulas", "aliases"})
FULL = Decimal(100)
LIMITS = asdict(DEFAULT_LIMITS)
"""The limits of reading, by the names that messages about them use."""


Name = Annotated[str, msgspec.Meta(pattern=r"\S")]


class Band(Struct, frozen=True, forbid_unknown_fields=True, rename={"low": "from"}):
    """A grade and the lowest score that earns it."""

    grade: Name
    low: Decimal


class Grades(Struct, frozen=True, forbid_unknown_fields=True):
    """The bands of the total score, highest first and down to 0; ``source`` is what sets them."""

    bands: tuple[Band, ...]
    source: str = NAME

    def __post_init__(self) -> None:
        starts = [band.low for band in self.bands]
        if (
            not starts
            or not all(low.is_finite() for low in starts)
            or starts != sorted(set(starts), reverse=True)
            or starts[-1] != 0
        ):
            raise ValueError(
                "须由高到低排列，最后一级从 0 开始 ‖ the bands must go from the highest down to one from 0"
            )

    def intervals(self) -> tuple[tuple[str, Interval], ...]:
        """Each grade with its scores: the lowest included, the next grade's lowest not."""
        tops = [FULL, *(band.low for band in self.bands)]
        return tuple(
            (band.grade, Interval(band.low, top, high_closed=index == 0))
            for index, (band, top) in enumerate(zip(self.bands, tops, strict=False))
        )


Positive = Annotated[float, msgspec.Meta(gt=0, le=10**15)]


class Section(Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What may be set for all reports or, in an override, for some. None: not set here."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    severity: dict[str, Level] | None = None
    fail_on: Level | None = None
    language: Literal["zh", "en"] | None = None
    packs: tuple[str, ...] | None = None
    waivers: str | None = None
    limits: dict[str, Positive] | None = None
    grades: Grades | None = None
    formulas: dict[Name, str] | None = None
    aliases: dict[Name, tuple[Name, ...]] | None = None
    complete_lists: tuple[Name, ...] | None = None


class Override(Section, frozen=True, forbid_unknown_fields=True, rename="kebab", kw_only=True):
    """Settings for the reports whose path, from the file's folder, fits one of ``paths``."""

    paths: tuple[str, ...]

    def fits(self, report: Path, folder: Path) -> bool:
        """Whether it is for a report. A pattern without a slash is compared with the file's name."""
        path = report.resolve()
        inside = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()
        return any(fnmatch(inside if "/" in pattern else path.name, pattern) for pattern in self.paths)


class File(Section, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A whole file of settings."""

    overrides: tuple[Override, ...] = ()


class Config(Struct, frozen=True):
    """What applies to one report. ``sources`` say of each setting where its value came from."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=dict)
    fail_on: str = "error"
    language: str | None = None
    packs: tuple[str, ...] = ()
    waivers: Path | None = None
    limits: Mapping[str, Any] = field(default_factory=dict)
    grades: Grades | None = None
    formulas: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complete_lists: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)

    def with_values(self, values: Mapping[str, Any], source: Mapping[str, str]) -> Config:
        """With other values and their sources; the entries of tables join the ones before."""
        given = dict(values)
        for key in TABLES & set(given):
            given[key] = {**getattr(self, key), **given[key]}
        return replace(self, **given, sources={**self.sources, **{key: source[key] for key in given}})

    def rules(self, rules: Sequence[Rule]) -> list[Rule]:
        """The rules that are selected and not ignored, each with the severity that is set for it."""
        chosen = [rule for rule in rules if not self.select or rule.code.startswith(self.select)]
        kept = [rule for rule in chosen if not self.ignore or not rule.code.startswith(self.ignore)]
        return [self._ranked(rule) for rule in kept]

    @property
    def reading(self) -> Limits:
        """How much the readers take on."""
        return replace(DEFAULT_LIMITS, **self.limits)

    @property
    def judging(self) -> str:
        """A name of all settings that what is found depends on."""
        named = (self.select, self.ignore, self.severity, self.packs, self.grades, self.formulas, self.aliases)
        return repr((*named, self.complete_lists))

    @property
    def own(self) -> OwnKnowledge:
        """What the settings know of the report. Raises ``ValueError`` for a formula that is none."""
        return OwnKnowledge(
            grades=self.grades.intervals() if self.grades else (),
            grades_source=self.grades.source if self.grades else "",
            formulas=tuple(OwnFormula(name, text, _tokens(text)) for name, text in self.formulas.items()),
            aliases={other: name for name, others in self.aliases.items() for other in others},
            complete_lists=self.complete_lists,
        )

    def _ranked(self, rule: Rule) -> Rule:
        prefixes = [prefix for prefix in self.severity if rule.code.startswith(prefix)]
        if not prefixes:
            return rule
        return replace(rule, severity=Severity(self.severity[max(prefixes, key=len)]), severity_is_set=True)


SETTINGS = tuple(one.name for one in fields(Config) if one.name != "sources")


def load_config(report: Path, flags: Mapping[str, Any], named: Path | None = None) -> Config:
    """The settings for a report: defaults, its file, overrides that fit, flags. Raises ``SettingsError``."""
    path = named or find_file(report.resolve().parent)
    config = Config(packs=pack_names(), sources=dict.fromkeys(SETTINGS, DEFAULT))
    if path is not None:
        file = _read(path)
        config = config.with_values(_values(file, path), _places(path))
        for number, override in enumerate(file.overrides, 1):
            if override.fits(report, path.resolve().parent):
                source = f"{shown(path)}: overrides {number} ({', '.join(override.paths)})"
                config = config.with_values(_values(override, path), dict.fromkeys(SETTINGS, source))
    given = {key: value for key, value in flags.items() if value not in (None, ())}
    return config.with_values(given, dict.fromkeys(given, FLAG))


def find_file(folder: Path) -> Path | None:
    """The nearest file of settings, from a folder upwards."""
    for one in (folder, *folder.parents):
        if (one / NAME).is_file():
            return one / NAME
        if _has_table(one / PROJECT):
            return one / PROJECT
    return None


def _has_table(path: Path) -> bool:
    """Whether a project's file holds our table; one that is no TOML is not ours to complain of."""
    try:
        data: Any = tomllib.loads(source_of(path))
        for name in TABLE:
            data = data[name]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return True


def _read(path: Path) -> File:
    file = read_settings(path, File, TABLE if path.name == PROJECT else ())
    for section in (file, *file.overrides):
        _check_packs(path, section.packs or ())
        _check_knowledge(path, section)
        known = [rule.code for rule in installed_rules(section.packs or file.packs)]
        for key in ("select", "ignore", "severity"):
            for code in getattr(section, key) or ():
                if not any(one.startswith(code.upper()) for one in known):
                    names = [*{one[:3] for one in known}, *known]
                    phrase = NO_RULE.filled(key=key, code=code, nearest=nearest(code.upper(), names))
                    raise SettingsError(path, phrase, _line(path, code, code))
    return file


def _check_knowledge(path: Path, section: Section) -> None:
    """Limits have names, formulas can be read, no name stands for two indicators."""
    for name in section.limits or {}:
        if name not in LIMITS:
            raise SettingsError(path, UNKNOWN.filled(name=name, nearest=nearest(name, LIMITS)), _line(path, name, ""))
    for name, text in (section.formulas or {}).items():
        try:
            _tokens(text)
        except ValueError as error:
            raise SettingsError(path, NO_FORMULA.filled(name=name, text=text), _line(path, name, text)) from error
    others = [other for listed in (section.aliases or {}).values() for other in listed]
    for other in others:
        if others.count(other) > 1 or other in (section.aliases or {}):
            raise SettingsError(path, TWICE.filled(name=other), _line(path, other, other))


def _tokens(formula: str) -> tuple[Token, ...]:
    from checker.extract.expressions import read_formula  # and the grammar of figures, which few settings need

    return read_formula(formula)


def _line(path: Path, name: str, value: str) -> int | None:
    return line_of(source_of(path), name, value)


def _check_packs(path: Path, packs: Sequence[str]) -> None:
    for pack in packs:
        if pack not in pack_names():
            phrase = NO_PACK.filled(pack=pack, nearest=nearest(pack, pack_names()))
            raise SettingsError(path, phrase, _line(path, "packs", pack))


def _values(section: Section, path: Path) -> dict[str, Any]:
    """What a section sets: codes in capitals, paths from the file's folder."""
    given = {key: value for key in SETTINGS if (value := getattr(section, key)) is not None}
    for key in {"select", "ignore"} & set(given):
        given[key] = tuple(code.upper() for code in given[key])
    if "limits" in given:
        given["limits"] = {name: type(LIMITS[name])(value) for name, value in given["limits"].items()}
    if "severity" in given:
        given["severity"] = {code.upper(): level for code, level in given["severity"].items()}
    if "waivers" in given:
        given["waivers"] = path.parent / given["waivers"]
    return given


def _places(path: Path) -> dict[str, str]:
    """Each setting's line in a file, as file:line."""
    source = source_of(path)
    lines = {key: line_of(source, key.replace("_", "-")) for key in SETTINGS}
    return {key: f"{shown(path)}:{line}" if line else shown(path) for key, line in lines.items()}
