"""A zip file of a stranger: only the members that are asked for are read, in memory, and never more than a limit."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from io import BytesIO

from docctl.errors import UsageError
from docctl.ingest.lines import MOST_BYTES, too_large
from docctl.message import Message, msg

MOST_MEMBERS = 10_000
MOST_IN_ALL = 2 * MOST_BYTES
MOST_RATIO = 250
"""How many times smaller a large member may be packed: real texts reach 50, bombs a thousand."""

_SMALL = 8 * 1024 * 1024
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_AGAIN: Message = msg("get the file again, or open it in Word and save it as .docx")


class Archive:
    """The members of a zip file. Raises ``UsageError`` for what is none, is protected, or is a bomb."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._read = 0
        if data.count(_ENTRY) > MOST_MEMBERS:
            raise too_large(name)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError) as error:
            raise self.damaged() from error
        self._times = Counter(self._zip.namelist())

    def names(self) -> list[str]:
        """All members, each once."""
        return [*self._times]

    def damaged(self) -> UsageError:
        """The error for a file that cannot be unpacked."""
        return UsageError(msg("{path} is damaged or was cut off", path=self.name), _AGAIN)

    def read(self, member: str) -> bytes | None:
        """The bytes of a member, or None where there is none of this name."""
        if member not in self._times:
            return None
        entry = self._zip.getinfo(member)
        if entry.flag_bits & _ENCRYPTED:
            raise protected(self.name)
        if self._times[member] > 1 or entry.compress_type not in _METHODS:
            raise self.damaged()  # two members of one name: programs would not agree on what the file says
        bomb = entry.file_size > _SMALL and entry.file_size > MOST_RATIO * max(1, entry.compress_size)
        if bomb or entry.file_size > MOST_BYTES or self._read + entry.file_size > MOST_IN_ALL:
            raise too_large(self.name)
        self._read += entry.file_size
        try:
            with self._zip.open(entry) as file:
                return file.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, struct.error) as error:
            raise self.damaged() from error


def protected(name: str) -> UsageError:
    """The error for a file that only a password opens."""
    return UsageError(
        msg("{path} is protected by a password", path=name),
        msg("open it in Word, remove the password (File, Info, Protect Document), and save it again"),
    )
