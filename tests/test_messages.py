"""The Vietnamese catalogue: complete, with every placeholder, and nothing left over."""

from __future__ import annotations

import ast
import string
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

import docctl
from docctl.cli.language import chosen, from_environment, translator
from docctl.message import Bilingual, msg

EXAMPLE = Path(__file__).parent.parent / "examples" / "bac-kan-phuong"
PACKAGE = Path(docctl.__file__).parent
ALIKE = {"null", "COMMIT", "(docctl rule {code})", "docctl.toml: {reason}"}
WORDS = {"msg", "mark", "_"}


def msgids() -> Iterator[str]:
    """Every first argument of msg(), mark() and _() in the installed package."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WORDS and node.args:
                argument = node.args[0]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def placeholders(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("msgid", sorted(set(msgids())))
def test_translated_with_every_placeholder(msgid: str) -> None:
    vietnamese = translator("vi")(msgid)
    assert vietnamese != msgid or msgid in ALIKE or not any(each.isalpha() for each in string_of(msgid))
    assert placeholders(vietnamese) == placeholders(msgid)
    assert unicodedata.is_normalized("NFC", vietnamese)
    if vietnamese[:1].isalpha() and not msgid[1:2].isupper():
        assert msgid[:1].isupper() <= vietnamese[:1].isupper()


def string_of(msgid: str) -> str:
    """The msgid without its placeholders."""
    return "".join(text for text, _, _, _ in string.Formatter().parse(msgid)).replace("->", "")


def test_no_message_hides_in_another() -> None:
    """A nested call is not found for translation by Babel."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "msg":
                assert len(node.args) == 1, f"{path.name}:{node.lineno}"


def test_languages() -> None:
    vietnamese = translator("vi")
    assert (
        msg('the field "{name}" is missing', name="x").text(vietnamese)
        != msg('the field "{name}" is missing', name="x").text()
    )
    assert Bilingual("one", "một").text(vietnamese) == "một"
    assert Bilingual("one", "một").text(translator("en")) == "one"
    assert from_environment({"LANG": "vi_VN.UTF-8"}) == "vi"
    assert from_environment({"LC_ALL": "C", "LANG": "vi_VN"}) is None
    assert chosen(["check", "--lang", "vi"], {"LANG": "en_US"}) == "vi"
    assert chosen(["check", "--lang=en"], {"LANG": "vi_VN"}) == "en"
    assert chosen([], {}) == "en"
    assert chosen(["check", "-C", str(EXAMPLE)], {}) == "vi"
    assert chosen(["fix", str(EXAMPLE / "procedures" / "QT-01.yaml")], {}) == "vi"


def test_nested_messages_are_translated_too() -> None:
    outer = msg("why: {reason}", reason=msg("1 hour"))
    assert outer.text(translator("vi")).endswith("1 giờ làm việc")
