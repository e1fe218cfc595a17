"""What is kept beside compiled modules is never older than its source, and never needed."""

import sys

import pytest

from checker.beside import beside, keep
from checker.knowledge import knowledge


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A pack with one file of knowledge, which may keep things; gives that file."""
    folder = tmp_path / "a_pack" / "data"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    yield folder / "words.toml"
    sys.modules.pop("a_pack", None)
    knowledge.cache_clear()


def read_anew():
    knowledge.cache_clear()
    return knowledge("words", "a_pack")


def test_changed_knowledge_is_read_again(pack):
    pack.write_text("[units]\nname = '万元'\n", "utf-8")
    assert read_anew() == {"units": {"name": "万元"}}
    pack.write_text("[units]\nname = '亿元'\n", "utf-8")
    assert read_anew() == {"units": {"name": "亿元"}}


@pytest.mark.parametrize("content", [b"", b"\x80\x05", b"no pickle", b"\x80\x05]\x94."])
def test_kept_knowledge_that_does_not_fit_is_made_again(pack, content):
    pack.write_text("limit = 0.1\n", "utf-8")
    read_anew()
    kept = beside(pack, ".toml.pickle")
    assert kept.is_file()
    kept.write_bytes(content)
    assert str(read_anew()["limit"]) == "0.1"
    assert kept.read_bytes() != content


def test_nothing_is_kept_where_no_modules_are(pack, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    pack.write_text("limit = 1\n", "utf-8")
    assert read_anew() == {"limit": 1}
    assert not list(tmp_path.rglob("*.pickle"))


def test_a_folder_that_may_not_be_written_is_no_error(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "file").touch()
    keep(tmp_path / "file" / "kept", b"content")
    assert (tmp_path / "file").is_file()
