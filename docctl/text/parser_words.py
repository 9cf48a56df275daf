"""The parser's objections in words for people who do not know YAML."""

from __future__ import annotations

import yaml
from msgspec import Struct

from docctl.message import Message, msg


class Explained(Struct, frozen=True):
    """A sentence, the 0-based position it is about, and whether a tab was the cause."""

    message: Message
    index: int
    tab: bool = False


# Beginnings of the parser's problem texts (libyaml and PyYAML word some differently), in order of search.
_WORDS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("found unexpected end of stream", "unexpected end of stream"),
     msg("the file ends inside a quoted text: the closing quotation mark is missing")),
    (("mapping values are not allowed", "mapping values not allowed"),
     msg("a colon followed by a space does not fit here: put the text in quotes, check the indentation, or the line above lacks its colon")),
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
    (("found unexpected document indicator", "found unexpected document separator"), msg("a line of --- or ... stands inside a quoted text")),
    (("did not find expected <document start>", "expected '<document start>'"),
     msg("here the document is already over: check the indentation of this line")),
    (("did not find expected node content", "expected the node content"),
     msg("a value is missing here; a text that begins with a comma or a bracket must stand in quotes")),
    (("found unexpected ':'",), msg("inside brackets or braces a text with ? or a colon beside a bracket must stand in quotes")),
    (("did not find expected comment or line break", "expected a comment or a line break", "expected chomping or indentation",
      "expected indentation indicator", "found an indentation indicator"),
     msg("after | or > the text begins on the next line")),
    (("control characters are not allowed", "special characters are not allowed"),
     msg("an invisible control character stands here")),
    (("block mapping entry", "while parsing a block mapping"), msg("this line does not fit the fields around it")),
)  # fmt: skip


def explain(error: yaml.YAMLError, text: str, quoted: tuple[int, int] | None) -> Explained:
    """What a parser's error about ``text`` means and where it is.

    Scanner and parser say it in ``problem``, the reader in ``reason``. ``quoted`` is the span of the
    last quoted or block text before the error, where a forgotten mark often hides.
    """
    context_mark = getattr(error, "context_mark", None)
    mark = getattr(error, "problem_mark", None) or context_mark
    position = getattr(error, "position", None)
    index: int = mark.index if mark is not None else position if isinstance(position, int) else 0
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "")
    context = str(getattr(error, "context", None) or "")
    line = text[text.rfind("\n", 0, index) + 1 : (text.find("\n", index) + 1 or len(text) + 1) - 1]
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        return Explained(msg("Git left the mark of a merge conflict here: choose one of the two versions"), index)
    if (
        "found a tab" in problem
        or "'\\t'" in problem
        or ("cannot start any token" in problem and text[index : index + 1] == "\t")
    ):
        return Explained(msg("a tab stands in the indentation or before a value"), index, tab=True)
    if "cannot start any token" in problem:
        return Explained(msg("a text that begins with @ ` or % must stand in quotes"), index)
    if "unexpected end of stream" in problem and context_mark is not None:
        index = context_mark.index  # the quotation mark that was never closed, not the end of the file
    elif "simple key" in context and context_mark is not None:
        index = context_mark.index  # the line without a colon, not the one after it
        start = text[text.rfind("\n", 0, index) + 1 : index + 7].lstrip()
        if start.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            return Explained(msg("Git left the mark of a merge conflict here: choose one of the two versions"), index)
    elif quoted is not None and (told := _near_quotes(text, index, quoted)) is not None:
        return told
    for words in (problem, context):
        for beginnings, message in _WORDS:
            if any(beginning in words for beginning in beginnings):
                return Explained(message, index)
    return Explained(msg("this cannot be read as YAML ({problem})", problem=problem or str(error)), index)


def _near_quotes(text: str, index: int, quoted: tuple[int, int]) -> Explained | None:
    """The error right after a quoted text: something stands behind its closing mark, or it closed too late."""
    start, end = quoted
    if not end <= index or text[start : start + 1] not in "\"'" or "\n" in text[end:index]:
        return None
    if "\n" in text[start:end]:
        line = text.count("\n", 0, end) + 1
        return Explained(msg("the quotation mark that opens here closes only in line {line}", line=line), start)
    if text[end:index].strip() == "":
        return Explained(
            msg(
                'text stands after the closing quotation mark: put the whole in quotes, and write \\" for a mark inside'
            ),
            index,
        )
    return None
