"""How values are written into the file of a legal text: on one line, quoted where they have to be."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from docctl.text.characters import FORBIDDEN

_PLAIN = re.compile(r"[^\W\d_][\w /-]*[\w]|[a-z_]+(?:__[a-z0-9_./-]+)+")
_BREAKS = re.compile("[\r\u0085\u2028\u2029]")
_FIELDS = ("effect", "recorded", "after", "pairs", "phrase")
_READ_OTHERWISE = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")


def clean(text: str) -> str:
    """Words of a text without the characters that no file of the register may hold: nobody sees them."""
    return unicodedata.normalize("NFC", FORBIDDEN.sub("", _BREAKS.sub(" ", text)))


def event_lines(event: Mapping[str, Any]) -> Sequence[str]:
    """The lines of an event as an item of a list, its hyphen in the first column."""
    fields = [f"kind: {event['kind']}", f"source: {flow(event['source'])}", f"target: {flow(event['target'])}"]
    fields += [f"{key}: {flow(event[key])}" for key in _FIELDS if key in event]
    return [f"- id: {event['id']}", *(f"  {each}" for each in fields)]


def flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key}: {flow(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "null" if value is None else scalar(str(value))


def scalar(text: str) -> str:
    """A string bare where nobody can read it as anything else, else in quotes."""
    if _PLAIN.fullmatch(text) and text not in _READ_OTHERWISE:
        return text
    return json.dumps(text, ensure_ascii=False)
