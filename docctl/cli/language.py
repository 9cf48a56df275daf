"""The reader's language: ``--lang``, then docctl.toml, then the environment; English where nothing fits."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from docctl.message import Translate, english

LANGUAGES = ("en", "vi")


@cache
def translator(language: str) -> Translate:
    """The catalogue of a language."""
    if language == "en":
        return english
    import gettext

    locale = Path(__file__).parent.parent / "locale"
    # A source tree that was never built has no compiled catalogue; English is better than nothing there.
    return gettext.translation("docctl", locale, [language], fallback=True).gettext


def chosen(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language of one run; needed before arguments are parsed, for help and usage errors too."""
    named = _option(arguments, "--lang")
    if named in LANGUAGES:
        return str(named)
    return configured(arguments) or from_environment(environment) or "en"


def from_environment(environment: Mapping[str, str]) -> str | None:
    """``vi`` or ``en`` as LANGUAGE, LC_ALL, LC_MESSAGES and LANG say, in gettext's order."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return value[:2] if value[:2] in LANGUAGES else None
    return None


def configured(arguments: Sequence[str]) -> str | None:
    """``[output] lang`` of the repository the arguments speak of. A wrong docctl.toml is said elsewhere."""
    for folder in _folders(arguments):
        for place in (folder, *folder.parents):
            try:
                text = (place / "docctl.toml").read_text(encoding="utf-8")
                value = tomllib.loads(text).get("output", {}).get("lang")
            except (OSError, ValueError, AttributeError):
                continue
            return value if value in LANGUAGES else None
    return None


def _folders(arguments: Sequence[str]) -> Iterator[Path]:
    """``--root``, then the folder of a named path, then the current one."""
    root = _option(arguments, "--root") or _option(arguments, "-C")
    if root is not None:
        yield Path(root).absolute()
    for argument in arguments[1:]:
        if not argument.startswith("-") and os.path.lexists(argument):
            yield Path(argument).absolute().parent if os.path.isfile(argument) else Path(argument).absolute()
            break
    yield Path.cwd()


def _option(arguments: Sequence[str], name: str) -> str | None:
    for place, argument in enumerate(arguments):
        if argument.startswith(name + "="):
            return argument.removeprefix(name + "=")
        if argument == name and place + 1 < len(arguments):
            return arguments[place + 1]
    return None
