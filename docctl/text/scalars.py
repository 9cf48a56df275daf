"""What a plain scalar means: text, unless it is true, false, null or a whole number of at most 15 digits."""

from __future__ import annotations

import re
from functools import lru_cache

OWN_KEYS = frozenset({"on"})
"""Fields of our own formats that YAML 1.1 would take for truth values; known to all who read them."""

WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None}
INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")
LONG_INTEGER = re.compile(r"-?[1-9][0-9]{15,}")

# Whatever the resolvers of YAML 1.1 (type repository; PyYAML, ruamel, libyaml's users), YAML 1.2 core and JSON
# take for something else than text.
OTHER_READERS = re.compile(
    r"""
      [yY] | [nN] | yes | Yes | YES | no | No | NO | on | On | ON | off | Off | OFF      # truth values
    | True | TRUE | False | FALSE | Null | NULL | ~ | = | <<
    | [-+]? 0b [01_]+ | [-+]? 0o? [0-7_]+ | [-+]? 0x [0-9a-fA-F_]+ | [0-9][0-9_]* | [-+][0-9_]+  # whole numbers
    | [-+]? [0-9][0-9_]* (?: : [0-5]?[0-9] )+ (?: \. [0-9_]* )?                          # base 60: 1:30
    | [-+]? (?: [0-9][0-9_]* )? \. [0-9_]* (?: [eE][-+]?[0-9]+ )?                        # 1.004227, .5
    | [-+]? [0-9][0-9_]* [eE][-+]?[0-9]+                                                 # 1e3
    | [-+]? \. (?: inf | Inf | INF ) | \. (?: nan | NaN | NAN )
    | [0-9]{4} - [0-9]{1,2} - [0-9]{1,2}
      (?: (?: [Tt] | [\ \t]+ ) [0-9]{1,2} : [0-9]{2} : [0-9]{2} (?: \. [0-9]* )?
          (?: [\ \t]* (?: Z | [-+][0-9]{1,2} (?: : [0-9]{2} )? ) )? )?
    """,
    re.VERBOSE,
)

FIRST = frozenset("0123456789+-.~=<nNyYoOtTfF")
"""With what a text must begin that is a long number, or is read otherwise."""

Scalar = str | int | bool | None


def plain(text: str) -> Scalar:
    """The value of a plain scalar; every character of a text is kept."""
    if text in WORDS:
        return WORDS[text]
    first = text[:1]
    if (first == "-" or ("0" <= first <= "9")) and INTEGER.fullmatch(text):
        return int(text)
    return text


@lru_cache(maxsize=1024)
def is_name(text: str) -> bool:
    """May a plain text be a field's name, and takes everybody it for a text?"""
    return (
        text not in ("", "<<")
        and isinstance(plain(text), str)
        and not LONG_INTEGER.fullmatch(text)
        and (text in OWN_KEYS or not read_otherwise(text))
    )


@lru_cache(maxsize=8192)
def read_otherwise(text: str) -> bool:
    """Would another YAML reader take this plain text for a number, a date or a truth value?"""
    return len(text) <= 1024 and OTHER_READERS.fullmatch(text) is not None
