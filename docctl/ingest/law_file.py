"""A legal text as users have it (.txt, .md, .docx, .html, Akoma Ntoso as .xml) as the plain text that ``law`` reads."""

from __future__ import annotations

from pathlib import PurePath

from docctl.errors import UsageError
from docctl.ingest.lines import MOST_BYTES, Ingested, as_it_is, too_large
from docctl.message import Message, msg

PLAIN = (".txt", ".md")
PAGES = (".html", ".htm")
SUFFIXES = (*PLAIN, ".docx", *PAGES, ".xml")
_WORD = (".doc", ".docm", ".dotx", ".rtf", ".odt", ".wps")
_PDF, _ZIP, _OLD_OFFICE, _RTF = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
_EMPTY_ZIP = b"PK\x05\x06"
_START = 1024

_AS_DOCX: Message = msg("open it in Word and save it as .docx")
_AS_TEXT: Message = msg("save the text as plain text, UTF-8")
_OUT_OF_PDF: Message = msg("open it in Word and save it as .docx, or copy its text into a .txt file; compare it then")


def text_of(data: bytes, name: str) -> Ingested:
    """The plain text of a file's bytes, one paragraph a line; ``name`` is the file's, whose suffix says what it is.

    Raises ``UsageError`` for another sort of file, for one that is not what its name says, and for a damaged one.
    """
    if len(data) > MOST_BYTES:
        raise too_large(name)
    suffix = PurePath(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise _other(name, suffix)
    found = _contents(data)
    expected = "zip" if suffix == ".docx" else "text"
    if found != expected:
        raise _disagrees(name, suffix, found)
    if suffix == ".docx":
        from docctl.ingest import docx

        return docx.text_of(data, name)
    if suffix in PAGES:
        from docctl.ingest import web_page

        return web_page.text_of(data, name)
    if suffix == ".xml":
        from docctl.ingest import akn

        return akn.text_of(data, name)
    return _plain(data, name)


def _contents(data: bytes) -> str:
    """What bytes are by how they begin; ``text`` where nothing else is known."""
    start = data[:_START].lstrip()
    if start.startswith((_ZIP, _EMPTY_ZIP)):
        return "zip"
    if data.startswith(_OLD_OFFICE):
        return "office"
    if start.startswith(_PDF):
        return "pdf"
    return "rtf" if start.startswith(_RTF) else "text"


def _other(name: str, suffix: str) -> UsageError:
    """The error for a suffix that is not read."""
    if suffix == ".pdf":
        return UsageError(msg("{path} is a PDF file, which is not read", path=name), _OUT_OF_PDF)
    if suffix in _WORD:
        return UsageError(msg("{path} is no .docx file", path=name), _AS_DOCX)
    return UsageError(
        msg("{path} is no .txt, .md, .docx, .html or .xml file", path=name),
        msg("save the text as .docx, or as plain text in UTF-8 with the suffix .txt"),
    )


def _disagrees(name: str, suffix: str, found: str) -> UsageError:
    """The error for bytes that are not what the suffix says."""
    if found == "pdf":
        return UsageError(msg("{path} is a PDF file, whatever its name says", path=name), _OUT_OF_PDF)
    if found == "office" and suffix == ".docx":
        return UsageError(
            msg("{path} is protected by a password, or is an old .doc file", path=name),
            msg("open it in Word, remove the password if it has one, and save it as .docx"),
        )
    if found in ("office", "zip", "rtf"):
        return UsageError(msg("{path} is a Word file or an archive, whatever its name says", path=name), _AS_DOCX)
    return UsageError(msg("{path} is no Word file, although its name says so", path=name), _AS_DOCX)


def _plain(data: bytes, name: str) -> Ingested:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(msg("{path} is not in UTF-8", path=name), _AS_TEXT) from error
    if text[:_START].lstrip().lower().startswith(("<!doctype html", "<html")):
        raise UsageError(
            msg("{path} is a web page, although its name says plain text", path=name),
            msg("give the file a name that ends in .html"),
        )
    return as_it_is(text)
