"""The reader's language: ``--lang``, then docctl.toml, then the environment; English where nothing fits."""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from docctl.message import Translate, english

LANGUAGES = ("en", "vi")


@cache
def translator(language: str) -> Translate:
    """The catalogue of a language."""
    if language == "en":
        return english
    locale = Path(__file__).parent.parent / "locale"
    # A source tree that was never built has no compiled catalogue; English is better than nothing there.
    return gettext.translation("docctl", locale, [language], fallback=True).gettext


def from_environment(environment: Mapping[str, str]) -> str | None:
    """``vi`` or ``en`` as LANGUAGE, LC_ALL, LC_MESSAGES and LANG say, in gettext's order."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else None
    return None


def before_parsing(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of help texts and usage errors, which are needed before arguments are parsed."""
    for place, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=") if argument.startswith("--lang=") else None
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in LANGUAGES:
            return str(value)
    return from_environment(environment) or "en"
