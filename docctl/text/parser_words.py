"""The parser's objections in words for people who do not know YAML."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from docctl.message import Message, msg


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence, the 0-based position it is about, and whether a tab was the cause."""

    message: Message
    index: int
    tab: bool = False


# Beginnings of the parser's problem texts (libyaml and PyYAML word some differently), in order of search.
_WORDS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("found unexpected end of stream", "unexpected end of stream"),
     msg("the file ends inside a quoted text: the closing quotation mark is missing")),
    (("mapping values are not allowed", "mapping values not allowed"),
     msg('a colon followed by a space does not fit here: put the text in quotes, or check the indentation')),
    (("could not find expected ':'", "could not found expected ':'"),
     msg('a field needs a colon after its name: the line is incomplete or a text runs on without indentation')),
    (("did not find expected ',' or ']'", "expected ',' or ']'"), msg("a comma or the closing ] is missing")),
    (("did not find expected ',' or '}'", "expected ',' or '}'"), msg("a comma or the closing }} is missing")),
    (("did not find expected key", "expected <block end>"),
     msg("this line does not fit the fields around it: check its indentation and the quotation marks above it")),
    (("did not find expected '-' indicator",),
     msg("this line does not fit the list around it: each item begins with - at the same indentation")),
    (("block sequence entries are not allowed", "sequence entries are not allowed", "sequence entries not allowed"),
     msg("a list cannot begin on the line of its field, or its indentation is wrong")),
    (("mapping keys are not allowed",), msg("a field cannot begin here")),
    (("found unknown escape character",), msg("after a backslash in double quotes stands a character that means nothing there: write \\\\ for a backslash")),
    (("found invalid Unicode character escape code", "invalid Unicode character", "expected escape sequence", "did not find expected hexdecimal number"),
     msg("a \\x, \\u or \\U escape in double quotes is not a valid character")),
    (("found undefined tag handle", "while scanning a tag", "did not find URI escaped octet", "did not find expected '!'", "expected '!'", "expected URI"),
     msg("tags (words beginning with !) are not allowed")),
    (("found unknown directive", "found duplicate %YAML", "found incompatible YAML", "while scanning a directive"),
     msg("directives (lines that begin with %) are not allowed")),
    (("found undefined alias",), msg("aliases (words beginning with *) are not allowed")),
    (("did not find expected alphabetic or numeric character", "expected alphabetic or numeric character"),
     msg("a text that begins with & or * must stand in quotes")),
    (("found unexpected document indicator",), msg("a line of --- or ... stands inside a quoted text")),
    (("did not find expected <document start>", "expected '<document start>'"),
     msg("here the document is already over: check the indentation of this line")),
    (("did not find expected node content", "expected the node content"), msg("a value is missing here")),
    (("found a tab character", "found a tab"), msg("a tab stands in the indentation")),
    (("did not find expected comment or line break", "expected a comment or a line break"),
     msg("after | or > the text begins on the next line")),
    (("control characters are not allowed", "special characters are not allowed"),
     msg("an invisible control character stands here")),
    (("block mapping entry", "while parsing a block mapping"), msg("this line does not fit the fields around it")),
)  # fmt: skip


def explain(error: yaml.YAMLError, text: str) -> Explained:
    """What a parser's error about ``text`` means and where it is.

    Scanner and parser say it in ``problem``, the reader in ``reason``.
    """
    error_context = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or error_context
    position = getattr(error, "position", None)
    index = mark.index if mark is not None else position if isinstance(position, int) else 0
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    context = str(getattr(error, "context", None) or "")
    if "cannot start any token" in problem:
        if text[index : index + 1] == "\t":
            return Explained(msg("a tab stands in the indentation or before a value"), index, tab=True)
        return Explained(msg("a text that begins with @ ` or % must stand in quotes"), index)
    if "unexpected end of stream" in problem and error_context is not None:
        index = error_context.index  # the quotation mark that was never closed, not the end of the file
    for words in (problem, context):
        for beginnings, message in _WORDS:
            if any(beginning in words for beginning in beginnings):
                return Explained(message, index)
    return Explained(msg("this cannot be read as YAML ({problem})", problem=problem or str(error)), index)
