"""Canonical JSON (RFC 8785, JCS) and the digest of a document's whole content."""

from __future__ import annotations

import hashlib
from json.encoder import encode_basestring as _quoted  # the escapes of RFC 8785, section 3.2.2.2

from docctl.text.tree import Value

DIGEST_PREFIX = b"docctl-content-v1\0"
"""Domain separation: a digest of this version can be mistaken for nothing else (docs/formats.md)."""

MOST_INTEGER = 2**53 - 1


def canonical(value: Value) -> bytes:
    """The JCS bytes of a tree: sorted keys, no white space, one spelling of every text.

    Floats do not occur in docctl's trees and are refused, as are integers beyond 2**53 - 1 and lone
    surrogates, none of which JSON readers agree on. Raises ``ValueError``.
    """
    try:
        return _write(value).encode("utf-8")
    except TypeError as error:
        raise ValueError("a key that is no text") from error


def digest(value: Value) -> str:
    """64 hex digits over everything in the document: comments, key order and quoting do not count."""
    return hashlib.sha256(DIGEST_PREFIX + canonical(value)).hexdigest()


def _write(value: Value) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        keys = sorted(value)
        if not "".join(keys).isascii():
            # RFC 8785 sorts keys by UTF-16 code units, which differs from code points beyond the BMP.
            keys.sort(key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join([f"{_quoted(key)}:{_write(value[key])}" for key in keys]) + "}"
    if isinstance(value, list):
        return "[" + ",".join([_write(each) for each in value]) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        if abs(value) > MOST_INTEGER:
            raise ValueError(f"integer beyond 2**53 - 1: {value}")
        return str(value)
    raise ValueError(f"no canonical form for {type(value).__name__}")
