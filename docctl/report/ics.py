"""Calendars after RFC 5545: entries for whole days, as Outlook, Google and Zimbra take them in.

Entries are VEVENT and not VTODO, which Outlook and Google leave out when they import a file. Nothing asks a clock:
DTSTAMP and SEQUENCE come from the day the answer is for, so that a later file goes before an earlier one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from docctl.report.setting import visible

OCTETS = 75
REMIND = 14
"""Days before the due day."""
_BEGINNING = date(2000, 1, 1)


class Entry(Struct, frozen=True):
    """One whole day. ``key`` names what it is about and makes the UID; ``categories`` may be empty."""

    key: str
    day: date
    summary: str
    description: str
    categories: tuple[str, ...] = ()


def render(name: str, domain: str, as_of: date, entries: Iterable[Entry], version: str) -> str:
    """A calendar; lines end with CR LF. ``domain`` tells the agency's entries from those of others."""
    lines = [*_lines(name, domain, as_of, entries, version)]
    return "".join(part + "\r\n" for line in lines for part in folded(line))


def _lines(name: str, domain: str, as_of: date, entries: Iterable[Entry], version: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//docctl//docctl {version}//EN", "CALSCALE:GREGORIAN")
    yield from ("METHOD:PUBLISH", f"X-WR-CALNAME:{text(name)}")
    for entry in entries:
        yield from _entry(entry, domain, as_of)
    yield "END:VCALENDAR"


def _entry(entry: Entry, domain: str, as_of: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(entry.key, domain)}"
    yield f"DTSTAMP:{as_of:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{max(0, (as_of - _BEGINNING).days)}"
    yield f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{text(entry.summary)}"
    yield f"DESCRIPTION:{text(entry.description)}"
    if entry.categories:
        yield "CATEGORIES:" + ",".join(map(text, entry.categories))
    yield from ("CLASS:PUBLIC", "STATUS:CONFIRMED", "TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE")
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:-P{REMIND}D", f"DESCRIPTION:{text(entry.summary)}")
    yield from ("END:VALARM", "END:VEVENT")


def uid(key: str, domain: str) -> str:
    """The same for the same thing in the same agency for ever, so that a later file changes the entry."""
    return (
        hashlib.sha256(f"docctl-worklist-v1\0{domain}\0{key}".encode("utf-8", "surrogateescape")).hexdigest()[:32]
        + f"@{domain}"
    )


def text(value: str) -> str:
    """A value of type TEXT (3.3.11): what it cannot hold is shown, not sent."""
    plain = visible(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A content line in parts of at most 75 octets, the later ones beginning with a blank; no character is parted."""
    part, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8"))
        if size + octets > OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + character, size + octets
    yield part
