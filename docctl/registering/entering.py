"""A text that comes into the register: which one it is, its words, and for a new one its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from docctl.errors import InvalidDocument, UsageError
from docctl.law import reading
from docctl.law.identity import fits, is_consolidated, is_local, is_slug, same_number
from docctl.law.identity import slug as slug_of
from docctl.message import Message, msg
from docctl.model.law_text import Part
from docctl.registering.written import clean, flow, scalar
from docctl.schema import schema, validate
from docctl.text.strict import read

if TYPE_CHECKING:
    from docctl.law.register import Register
    from docctl.law.vn.front import Front
    from docctl.model.operation import Entry


class Given(Struct, frozen=True):
    """What a person says of a text, over what its head says; None where nothing is said."""

    number: str | None = None
    kind: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: date | None = None
    slug: str | None = None
    url: str | None = None


class NewText(Struct, frozen=True):
    """A text for the register: ``words`` to be kept, ``entry`` the file about it, None where there is one already."""

    slug: str
    number: str
    words: str
    entry: str | None
    remarks: Sequence[Message]


def new_text(register: Register, words: str, given: Given, seen: date) -> NewText:
    """Reads a text for the register: which one it is, and for a new one its entry.

    ``seen`` is the day it was looked at. Raises ``UsageError`` where its number or kind is not said anywhere, where
    several texts of the register may be it, or where its file would bear the name of another; ``InvalidDocument``
    where its entry is there and cannot be read.
    """
    from docctl.law.vn.front import front
    from docctl.law.vn.issuers import free_slug
    from docctl.law.vn.numbers import canonical

    words = reading.plain(words)
    structure = reading.structure(words)
    head = front(structure)
    number = _number(given, head)
    if given.kind is not None:
        _kind(given.kind)
    remarks = []
    if given.number and head.number and canonical(head.number) != number:
        remarks.append(msg("the head of the text says {number}; is it the right file?", number=head.number))
    meant = _held_as(register, number, given, head)
    if meant is not None and not (given.slug or given.issuer or _told_apart_by(number, head)):
        _not_another_place(register, meant, number, "".join(structure.of(Part.FRONT)))
    if meant is not None:
        if register.texts[meant].stub:
            remarks.append(msg("its entry says stub: true; complete it, and take that line out"))
        return NewText(meant, number, words, None, remarks)
    kind = _kind(given.kind or head.kind)
    issuer, issued = clean(given.issuer or head.issuer or "").strip(), given.issued or head.issued
    if not issuer or issued is None:
        raise UsageError(
            msg("the head of the text does not say who issued it, and when"),
            msg("give it: --issuer NAME --issued 2024-11-14"),
        )
    slug = given.slug or free_slug(number, (issuer,), issued, register.known.names.slugs)
    others = [each for each, held in register.texts.items() if same_number(held.number, number)]
    if others:
        names = ", ".join(map(register.known.described, others))
        remarks.append(msg("another text of this number is in the register: {names}", names=names))
    title = clean(given.title or head.title).strip() or number
    text, more = _entry(_Facts(number, kind, title, issuer, issued, given.url and clean(given.url), seen), words)
    return NewText(slug, number, words, text, [*remarks, *more])


def _number(given: Given, head: Front) -> str:
    """The number of the text. Raises ``UsageError`` where there is none, or one that can name no file."""
    from docctl.law.vn.numbers import canonical

    number = clean(canonical(given.number or head.number or ""))
    way_out = msg("give it: --number 12/2024/TT-BYT")
    if not number:
        raise UsageError(msg("the head of the text says no number"), way_out)
    if not slug_of(number):
        raise UsageError(
            msg('"{number}" is no number of a text: no file can be named after it', number=number), way_out
        )
    return number


def _kind(kind: str | None) -> str:
    if kind is None:
        raise UsageError(msg("the head of the text does not say its kind"), msg("give it: --kind decree, circular …"))
    kinds = [each["const"] for each in schema("legal-text")["properties"]["kind"]["oneOf"]]
    if kind not in kinds:
        raise UsageError(
            msg('"{kind}" is no kind of text', kind=kind), msg("the kinds are: {kinds}", kinds=", ".join(kinds))
        )
    return kind


# -- which one it is -----------------------------------------------------------------------------------


def _held_as(register: Register, number: str, given: Given, head: Front) -> str | None:
    """The file name of the entry that the register has for the text, None where it is a new one."""
    if given.slug is not None:
        _may_be_named(register, given.slug, number)
    meant = _candidates(register, number, given, head)
    if given.slug is not None and given.slug not in meant:
        if meant and not is_local(number):
            names = ", ".join(map(register.known.described, meant))
            raise UsageError(
                msg("{number} is in the register already: {names}", number=number, names=names),
                msg("name that file with --slug, or leave --slug out"),
            )
        meant = [given.slug] if given.slug in register.known.names.slugs else []
    elif given.slug is not None:
        meant = [given.slug]
    if len(meant) > 1:
        names = ", ".join(map(register.known.described, meant))
        raise UsageError(
            msg("{text} may mean several texts: {names}", text=number, names=names), msg("name its file: --slug NAME")
        )
    if meant and meant[0] not in register.texts:
        path = register.path(meant[0])
        raise InvalidDocument(
            msg("{path} cannot be read", path=path), msg("docctl check {path} tells where and why", path=path)
        )
    return meant[0] if meant else None


def _may_be_named(register: Register, slug: str, number: str) -> None:
    """Raises ``UsageError`` for a file name that this number cannot have, or that another text has."""
    if not is_slug(slug) or not fits(slug, number):
        raise UsageError(
            msg('the files of {number} cannot be named "{slug}"', number=number, slug=slug),
            msg("take {name}, or {name}--PLACE where several texts have this number", name=slug_of(number)),
        )
    held = register.texts.get(slug)
    if held is not None and not same_number(held.number, number):
        raise UsageError(
            msg("{slug} is the file of {other}, not of {number}", slug=slug, other=held.number, number=number),
            msg("leave --slug out, or choose another name"),
        )


def _candidates(register: Register, number: str, given: Given, head: Front) -> Sequence[str]:
    """The entries that may be those of the text itself: a consolidated text is not the one that lists it."""
    issued = given.issued or head.issued
    if is_consolidated(number):
        same = (each for each in register.known.names.candidates(number) if each in register.texts)
        texts = {each: register.texts[each] for each in same}
        return [
            each
            for each, text in texts.items()
            if same_number(text.number, number) and (issued is None or text.issued in (None, issued))
        ]
    found = register.resolve(number, issuer=given.issuer or _told_apart_by(number, head), issued=issued)
    return [each for each in found if each not in register.texts or same_number(register.texts[each].number, number)]


def _told_apart_by(number: str, head: Front) -> str | None:
    """The issuer that the head names; of local government only with its place, for all have the other words."""
    from docctl.law.vn.issuers import place_of

    named = head.issuer
    return named if named is None or not is_local(number) or place_of(named) is not None else None


def _not_another_place(register: Register, slug: str, number: str, head: str) -> None:
    """Raises ``UsageError`` where the head of a local text does not name the place whose text the entry is.

    Equal numbers of one day are common among provinces, and a head that breaks its lines names no issuer.
    """
    from docctl.law.vn.issuers import place_of

    places = filter(None, map(place_of, register.texts[slug].issuers)) if is_local(number) else ()
    named = slug_of(head).replace("-", "")
    if missing := [each for each in places if each.replace("-", "") not in named]:
        raise UsageError(
            msg(
                "{known} is of {place}, and the head of the text does not say so",
                known=register.known.described(slug), place=", ".join(missing),
            ),
            msg("if it is this text, say --slug {slug}; else say who issued it: --issuer NAME", slug=slug),
        )  # fmt: skip


# -- its entry -----------------------------------------------------------------------------------------


class _Facts(Struct, frozen=True):
    number: str
    kind: str
    title: str
    issuer: str
    issued: date
    url: str | None
    seen: date


def _entry(facts: _Facts, words: str) -> tuple[str, Sequence[Message]]:
    """The file about a new text: who it is, and from when it is in force as its own words say."""
    lines = [
        "# yaml-language-server: $schema=../.docctl/schemas/v1/legal-text.schema.json",
        "format: docctl/legal-text/v1",
        f"number: {scalar(facts.number)}",
        f"kind: {facts.kind}",
        f"issuer: [{scalar(facts.issuer)}]",
        f"title: {scalar(facts.title)}",
        f'issued: "{facts.issued.isoformat()}"',
    ]
    found = reading.effects(words, facts.number)
    last = next((each.first for each in found.ends if each.target.number == facts.number and not each.addresses), None)
    stages = [each for each in found.entries if each.scope is None]
    lines += ["in_force:", *(f"  - {flow(_stage(each, last))}" for each in stages)]
    if not stages:
        lines.append("  - { from: null }")
    if facts.url is not None:
        lines += ["source:", f"  url: {scalar(facts.url)}", f'  retrieved: "{facts.seen.isoformat()}"']
    remarks = [
        msg("in force from {day}, said only in words: {words}", day=str(each.first), words=each.scope or "")
        for each in found.entries
        if each.scope is not None
    ]
    if not stages:
        remarks.append(msg("no clause was found that says when it comes into force"))
    return _valid(facts.number, "\n".join(lines) + "\n"), remarks


def _valid(number: str, entry: str) -> str:
    found = read(entry.encode("utf-8"), number).tree
    if found is None or validate(found, "legal-text"):
        raise UsageError(
            msg("no entry for {number} can be made of what the head of the text and the options say", number=number),
            msg("look at the options --number, --title, --issuer and --url, or write the entry by hand"),
        )
    return entry


def _stage(entry: Entry, last: date | None) -> Mapping[str, Any]:
    said: dict[str, Any] = {"from": None if entry.first is None else entry.first.isoformat()}
    if entry.addresses:
        said["provisions"] = [*entry.addresses]
    elif last is not None:
        said["to"] = last.isoformat()
    if entry.excepted and not entry.addresses:
        said["except"] = [*entry.excepted]
    return {**said, "stated_in": entry.stated_in}
