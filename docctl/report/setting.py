"""What a renderer needs to know besides the report: language, colour, and where the reader stands."""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from docctl.message import Message, Translate, english

_CONTROL = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)


def _nothing(_: str) -> str | None:
    return None


class Setting(Struct, frozen=True):
    """``prefix`` leads from where the reader stands to the repository's root and ends with ``/``.

    ``source`` gives the text of a file by its path in the repository; ``width`` is the terminal's.
    """

    version: str
    translate: Translate = english
    prefix: str = ""
    source: Callable[[str], str | None] = _nothing
    colour: bool = False
    width: int = 100

    def say(self, message: Message) -> str:
        """A message in the reader's language, safe to print."""
        return visible(message.text(self.translate))

    def path(self, path: str) -> str:
        """A path as the reader would type it, safe to print."""
        return visible(self.prefix + path).replace("\n", "\\u000a").replace("\t", "\\u0009")


def visible(text: str) -> str:
    """Text in which characters that steer terminals or turn the line around are shown, not sent."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
