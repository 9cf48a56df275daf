"""XML of strangers as a tree, read by the standard library's expat; lxml would be one more dependency of every hook.

No document type is accepted, so there are no entities: neither bombs of them nor other files. Depth and number of
elements are limited.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from docctl.errors import UsageError
from docctl.ingest.lines import MOST_BYTES, too_large
from docctl.message import msg

DEEPEST = 200
MOST_ELEMENTS = 1_500_000
_APART = " "


def tree(data: bytes, name: str, prefixes: Mapping[str, str] | None = None) -> Element:
    """The root element of ``data``; ``name`` is that of the file, for errors.

    With ``prefixes`` names are written with the prefix of their namespace (``w_p``), and with ``other`` in a namespace
    that it does not know; without, all namespaces are dropped. Raises ``UsageError``.
    """
    if len(data) > MOST_BYTES:
        raise too_large(name)
    return _Reader(name, prefixes).read(data)


class _Reader:
    def __init__(self, name: str, prefixes: Mapping[str, str] | None) -> None:
        self.name, self.prefixes = name, prefixes
        self.builder = TreeBuilder()
        self.names: dict[str, str] = {}
        self.depth = self.count = 0

    def read(self, data: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator=_APART)
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.builder.data
        try:
            parser.Parse(data, True)
            return self.builder.close()
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, str(error))
            raise UsageError(
                msg(
                    "{path} is damaged: line {line} of its XML: {reason}",
                    path=self.name,
                    line=error.lineno,
                    reason=reason,
                ),
                msg("get the file again, or save it again from the program that made it"),
            ) from error
        except (ValueError, LookupError) as error:  # an encoding that Python does not know
            raise UsageError(
                msg("{path} is in an encoding that is not known", path=self.name), msg("save it in UTF-8")
            ) from error

    def _doctype(self, *_: object) -> None:
        raise UsageError(
            msg("{path} has a document type (DOCTYPE), which can hide other files in it", path=self.name),
            msg("take the line with DOCTYPE out, if you trust the file"),
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            raise UsageError(msg("{path} is nested too deeply to be a text", path=self.name))
        if self.count > MOST_ELEMENTS:
            raise too_large(self.name)
        self.builder.start(self._short(name), {self._short(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.builder.end(self.names[name])

    def _short(self, name: str) -> str:
        found = self.names.get(name)
        if found is None:
            space, _, local = name.rpartition(_APART)
            found = local
            if self.prefixes is not None and space:
                found = f"{self.prefixes.get(space, 'other')}_{local}"  # a colon means something else to ElementTree
            self.names[name] = found
        return found
