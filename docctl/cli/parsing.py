"""The argument parser, whose errors speak the reader's language and do not steer the terminal."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from docctl.message import Message, Translate, english, msg
from docctl.report.setting import visible

_SAID = (
    (r"the following arguments are required: (?P<names>.+)", msg("these are missing: {names}")),
    (r"unrecognized arguments: (?P<names>.+)", msg("these are not known here: {names}")),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.+?) \(choose from (?P<choices>.+)\)",
        msg("{name}: {value} is none of {choices}"),
    ),
    (r"argument (?P<name>.+?): expected (?:one|at least one) argument.*", msg("{name} needs a value")),
    (r"argument (?P<name>.+?): invalid int value: (?P<value>.+)", msg("{name}: {value} is no whole number")),
    (r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)", msg("{name} and {other} exclude each other")),
)
"""What argparse says in English, and the same as a message; anything else stays as it is."""


class Parser(argparse.ArgumentParser):
    """``translate`` is set when the language of the run is known."""

    translate: Translate = staticmethod(english)

    def error(self, message: str) -> NoReturn:
        """Usage and what is wrong with the call, on standard error; exit 2."""
        usage = self.format_usage().replace("usage:", self._say(msg("usage:")), 1)
        self.exit(2, f"{usage}{self.prog}: {visible(self._translated(message))}\n")

    def _translated(self, message: str) -> str:
        for pattern, said in _SAID:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match is not None:
                return self._say(msg(said.msgid, **match.groupdict()))
        return message

    def _say(self, message: Message) -> str:
        return message.text(type(self).translate)
