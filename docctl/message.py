"""Sentences for people: an English msgid with named placeholders, translated only when shown.

The core never knows the reader's language. It says ``msg("the key {key} stands twice", key="id")``;
a renderer turns that into English or, with a translator, into Vietnamese.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, Union

from msgspec import Struct

Param: TypeAlias = Union[str, int, "Message", "Bilingual"]
Translate: TypeAlias = Callable[[str], str]
"""msgid in, sentence of the reader's language out; both with the same placeholders."""


def english(msgid: str) -> str:
    """The identity: msgids are English sentences."""
    return msgid


class Bilingual(Struct, frozen=True):
    """A text that a data file carries in both languages, such as a schema's description."""

    en: str
    vi: str

    def text(self, translate: Translate) -> str:
        # The catalogue names its own language; the msgid "[language]" is "en" untranslated.
        return self.vi if translate(LANGUAGE) == "vi" else self.en


class Message(Struct, frozen=True):
    """A msgid and the values of its placeholders, in the order they were given."""

    msgid: str
    params: tuple[tuple[str, Param], ...] = ()

    def text(self, translate: Translate = english) -> str:
        """The sentence in the translator's language (default: English)."""
        values = {
            name: value.text(translate) if isinstance(value, (Message, Bilingual)) else value
            for name, value in self.params
        }
        return translate(self.msgid).format_map(values)

    def __str__(self) -> str:
        return self.text()


def msg(msgid: str, /, **params: Param) -> Message:
    """A message; also the word by which messages are found for translation."""
    return Message(msgid, tuple(params.items()))


def mark(msgid: str) -> str:
    """Marks a msgid for translation without making a message of it."""
    return msgid


LANGUAGE = mark("[language: en]")
