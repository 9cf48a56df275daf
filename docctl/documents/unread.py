"""The findings about files that docctl did not read, and about what could not be checked without them."""

from __future__ import annotations

from collections.abc import Mapping

from docctl.documents import codes
from docctl.finding import Finding, Location, finding
from docctl.message import Message, msg
from docctl.store.snapshot import Kind
from docctl.text import codes as text_codes

_KIND_WORDS: Mapping[Kind, Message] = {
    Kind.SYMLINK: msg("this is a symbolic link, not a file"),
    Kind.SUBMODULE: msg("this is a submodule, not a file"),
    Kind.SPECIAL: msg("this is a pipe, device or folder, not a file"),
    Kind.CONFLICT: msg("this file has merge conflicts that are not resolved"),
}


def not_a_file(path: str, kind: Kind) -> Finding:
    """The finding about what stands where a file belongs."""
    if kind is Kind.UNREADABLE:
        return finding(text_codes.UNREADABLE, msg("the file or folder cannot be opened"), Location(path))
    return finding(text_codes.NOT_A_FILE, _KIND_WORDS[kind], Location(path))


def passed_over(path: str, message: Message) -> Finding:
    """The finding about a file that is not read, with the reason."""
    return finding(codes.SKIPPED, message, Location(path))


def skipped(path: str) -> Finding:
    """The finding about a named file that stands for no document."""
    if path.startswith("forms/"):
        fix = msg("a form is checked with the procedure that names it: run docctl check")
        message = msg("the file of a form is not checked by itself")
        return finding(codes.SKIPPED, message, Location(path), fix=fix)
    return passed_over(path, msg("this file was not checked: it is none of the files docctl reads"))


def not_checked(path: str, message: Message) -> Finding:
    """The finding about references that could not be followed."""
    return finding(codes.NOT_CHECKED, message, Location(path))
