"""The one tree of exceptions. What is wrong with a file is a finding; what stops a question is an error."""

from __future__ import annotations

from docctl.message import Message


class DocctlError(Exception):
    """Anything docctl raises on purpose. ``message`` says what, ``way_out`` how to go on."""

    def __init__(self, message: Message, way_out: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.way_out = way_out


class UsageError(DocctlError):
    """A call that makes no sense as it stands (exit 2)."""


class ConfigError(DocctlError, ValueError):
    """``docctl.toml`` is missing, unreadable or says something unknown (exit 2)."""


class CannotDecide(DocctlError):
    """The question as a whole has no answer: the snapshot or the register cannot be read (exit 3)."""


class NotInRepository(DocctlError, LookupError):
    """No such document, code or file in this snapshot."""


class InvalidDocument(DocctlError, ValueError):
    """The document exists but could not be read; its findings say why."""
