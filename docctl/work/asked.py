"""What a question about the law's impact names: a text, an event of it, or provisions of it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from docctl.errors import InvalidDocument, NotInRepository, UsageError
from docctl.law.address import BadAddress, parse
from docctl.law.naming import did_you_mean
from docctl.law.reading import citations
from docctl.law.register import unregistered
from docctl.message import msg
from docctl.text.vietnamese import nearest
from docctl.work.citing import Citing


class Asked(Struct, frozen=True):
    """``text`` is a slug, or the name under which a text without a file is kept; ``event`` a global id."""

    text: str
    number: str
    held: bool
    event: str | None = None
    addresses: tuple[str, ...] = ()


def asked(citing: Citing, words: str, provision: str = "") -> Asked:
    """Reads ``118/2025/NĐ-CP``, ``118-2025-nd-cp#e3``, ``khoản 2 Điều 7 Thông tư 39/2016/TT-NHNN``.

    ``provision`` names provisions of the text, as an address or in words. Raises ``NotInRepository``,
    ``InvalidDocument`` where the text's file cannot be read, ``UsageError`` for a provision that cannot be.
    """
    name, sign, own = words.strip().rpartition("#")
    if sign:
        if provision:
            raise UsageError(msg("an event is named, and a provision as well"), msg("say one of the two"))
        return _event(citing, name, own)
    found = _text(citing, words)
    addresses = _addresses(provision, words) if provision else ()
    if found is not None:
        return Asked(found[0], found[1], held=found[0] in citing.register.texts, addresses=addresses)
    for each in citations(words):
        if each.document is not None and not each.document.this:
            return _cited(citing, words, each.document.number or each.document.name or "", each.document.date)
    near = citing.register.known.near(words)
    raise NotInRepository(msg("{text} is not in the register", text=words), did_you_mean(near))


def _event(citing: Citing, name: str, own: str) -> Asked:
    register = citing.register
    found = _text(citing, name)
    if found is None or found[0] not in register.texts:
        raise NotInRepository(msg("{text} is not in the register", text=name), did_you_mean(register.known.near(name)))
    slug, number = found
    event = f"{slug}#{own}"
    if register.change(event) is None:
        if any(each.id == own and each.withdrawn for each in register.texts[slug].events):
            raise NotInRepository(
                msg("the event {event} was withdrawn from the register", event=event),
                msg("docctl law show {number} tells why", number=slug),
            )
        meant = nearest(event, (each.id for each in citing.acts.get(slug, ())))
        way_out = msg("docctl law show {number} lists its events", number=slug)
        raise NotInRepository(
            msg("there is no event {event}", event=event), way_out if meant is None else did_you_mean([meant])
        )
    return Asked(slug, number, held=True, event=event)


def _text(citing: Citing, words: str) -> tuple[str, str] | None:
    """The slug and number of the text that words mean; of one without a file its name, where somebody cites it."""
    register = citing.register
    known = register.known
    meant = known.meant(words) or known.by_name(words)
    if len(meant) > 1:
        names = ", ".join(map(known.described, meant))
        raise NotInRepository(msg("{text} may mean several texts: {names}", text=words, names=names))
    if not meant:
        name = unregistered(words)
        return (name, words.strip()) if citing.knows(name) else None
    if meant[0] not in register.texts:
        path = register.path(meant[0])
        raise InvalidDocument(
            msg("{path} cannot be read", path=path), msg("docctl check {path} tells where and why", path=path)
        )
    return meant[0], register.texts[meant[0]].number


def _cited(citing: Citing, words: str, name: str, when: str | None) -> Asked:
    """A text as a sentence names it, with the provisions the sentence names."""
    known = citing.register.known
    meant = known.meant(name) or known.named(None, name, when)
    found = _text(citing, meant[0] if len(meant) == 1 else name)
    if found is None:
        raise NotInRepository(msg("{text} is not in the register", text=name), did_you_mean(known.near(name)))
    return Asked(*found, held=found[0] in citing.register.texts, addresses=_addresses(words, words, needed=False))


def _addresses(provision: str, words: str, *, needed: bool = True) -> tuple[str, ...]:
    """The addresses of a provision in words, or as files write it."""
    try:
        return (str(parse(provision)),)
    except BadAddress as error:
        meant = error.meant
    read: Sequence[str] = ()
    for each in citations(provision):
        if not each.readable or not each.resolved:
            break
        read = each.addresses
        if read or not needed:
            return tuple(read)
    if not needed:
        raise UsageError(msg('the provision in "{words}" cannot be read', words=words))
    raise UsageError(
        msg('"{words}" names no provision', words=provision),
        msg("write an address, such as dieu_7__khoan_2, or words, such as khoản 2 Điều 7")
        if meant is None
        else msg('did you mean "{meant}"?', meant=meant),
    )
