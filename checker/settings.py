"""Reads what a user wrote in TOML into a typed value, or says what is wrong with it and where."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import msgspec

from checker.verdict import Phrase

T = TypeVar("T")

UNREADABLE = Phrase("无法读取（{why}）", "cannot be read ({why})")
NO_UTF8 = Phrase("不是 UTF-8 编码，请另存为 UTF-8", "is not in UTF-8: save it as UTF-8")
NO_TOML = Phrase("不是有效的 TOML（{why}）", "is not valid TOML ({why})")
UNKNOWN = Phrase("没有“{name}”这一项{nearest}", "there is no setting {name!r}{nearest}")
MISSING = Phrase("缺少“{name}”", "{name!r} is missing")
WRONG = Phrase("“{name}”的值有误（{why}）{nearest}", "the value of {name!r} is wrong ({why}){nearest}")
NOT_ALLOWED = Phrase("不能是“{value}”", "it cannot be {value!r}")
EXPECTED = Phrase("应为{expected}，而不是{got}", "it should be {expected}, not {got}")
EMPTY = Phrase("不能为空", "it cannot be empty")
POSITIVE = Phrase("须大于 0，且不能过大", "it must be more than 0, and not too large")
TYPES = {
    "str": Phrase("文字", "text"),
    "array": Phrase("列表", "a list"),
    "object": Phrase("表", "a table"),
    "int": Phrase("数字", "a number"),
    "decimal": Phrase("数字", "a number"),
    "float": Phrase("数字", "a number"),
    "bool": Phrase("true 或 false", "true or false"),
    "date": Phrase("日期", "a date"),
}
NEAREST = Phrase("，是否应为 {name}？", "; did you mean {name}?")
NONE = Phrase("", "")
VALUES = ("error", "warning", "info", "zh", "en")
"""The words that settings choose among, for the nearest right one."""


class SettingsError(ValueError):
    """A file of settings that cannot be used; ``phrase`` says what and where, without the file's name."""

    def __init__(self, path: Path, phrase: Phrase, line: int | None = None) -> None:
        self.path, self.phrase, self.line = path, phrase, line
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """One sentence: file, line, what is wrong."""
        where = f"{shown(self.path)}:{self.line}" if self.line else shown(self.path)
        said = self.phrase.say(language)
        return f"{where}: {said}{'' if said.endswith(('?', '？')) else '.' if language == 'en' else '。'}"


def shown(path: Path) -> str:
    """A path as people read it: from the folder they are in where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def nearest(word: str, known: Iterable[str]) -> Phrase:
    """A question that names the nearest known word; empty when none is near."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return NEAREST.filled(name=close[0]) if close else NONE


def read_settings(path: Path, shape: type[T], table: tuple[str, ...] = ()) -> T:
    """A file, or one table of it, as a value of a type. Raises ``SettingsError``."""
    try:
        source = source_of(path)
        data = tomllib.loads(source, parse_float=Decimal)
    except OSError as error:
        raise SettingsError(path, UNREADABLE.filled(why=error.strerror)) from error
    except UnicodeDecodeError as error:
        raise SettingsError(path, NO_UTF8) from error
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at line ")
        line = place.partition(",")[0]
        raise SettingsError(path, NO_TOML.filled(why=what), int(line) if line.isdecimal() else None) from error
    for name in table:
        data = data.get(name, {})
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError as error:
        raise _explained(path, source, str(error), shape) from error


def source_of(path: Path) -> str:
    """The text of a file of settings; editors may put a mark of UTF-8 before it."""
    return path.read_text("utf-8-sig")


def line_of(source: str, place: str, value: str = "") -> int | None:
    """The line of a file that sets a value, or else the last name of a place such as ``severity.TXT[0]``."""
    lines = source.splitlines()
    for number, line in enumerate(lines, 1):
        if value and (f'"{value}"' in line or f"'{value}'" in line):
            return number
    names = [part.partition("[")[0] for part in place.split(".") if part]
    for number, line in enumerate(lines, 1):
        head = line.partition("=")[0].strip(" \t[]\"'")
        if names and head.rpartition(".")[2].strip("\"' ") == names[-1]:
            return number
    return None


def _explained(path: Path, source: str, message: str, shape: type) -> SettingsError:
    """The library's message as a sentence for people: 'Expected `str`, got `int` - at `$.select[0]`'."""
    what, _, at = message.partition(" - at ")
    place = at.strip("`").removeprefix("$").removeprefix(".").replace("[...]", "")
    named = what.split("`")[1] if "`" in what else ""
    if "unknown field" in what:
        phrase = UNKNOWN.filled(name=named, nearest=nearest(named, _names(shape)))
        return SettingsError(path, phrase, line_of(source, named))
    if "missing required field" in what:
        return SettingsError(path, MISSING.filled(name=f"{place}.{named}".strip(".")), line_of(source, place))
    value = what.split("'")[1] if "enum value" in what else ""
    phrase = WRONG.filled(name=place, why=_why(what, value), nearest=nearest(value, VALUES) if value else NONE)
    return SettingsError(path, phrase, line_of(source, place, value))


def _why(what: str, value: str) -> Phrase:
    """What the library says of a value, in both languages where it says one of the usual things."""
    if value:
        return NOT_ALLOWED.filled(value=value)
    if "matching regex" in what:
        return EMPTY
    if what.startswith(("Expected `float` >", "Expected `float` <")):
        return POSITIVE
    types = what.split("`")[1::2]
    if what.startswith("Expected") and len(types) == 2:
        expected, got = ([TYPES.get(one, one) for one in name.split(" | ")] for name in types)
        return EXPECTED.filled(expected=expected[0], got=got[0])
    zh, _, en = what.partition(" ‖ ")  # a check of ours says both
    return Phrase("{zh}", "{en}", {"zh": zh, "en": en or zh})


def _names(shape: type) -> list[str]:
    """Every name that may be set, also in the tables inside."""
    info = msgspec.inspect.type_info(shape)
    found: list[str] = []
    waiting = [info]
    while waiting:
        one = waiting.pop()
        fields = getattr(one, "fields", ())
        found += [field.encode_name for field in fields]
        inner = [getattr(one, name, None) for name in ("item_type", "value_type")]
        waiting += [*(f.type for f in fields), *(t for t in inner if t), *getattr(one, "types", ())]
    return found
