"""What findings about entries of the catalogue have in common: their place, the decision, the documents."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.catalogue.words import near_code
from docctl.finding import Code, Finding, Location, Related, finding
from docctl.message import Message, Param, msg
from docctl.model.catalogue import Decision
from docctl.model.coverage import EntryCoverage, Status
from docctl.model.view import View


def about(view: View, status: Status) -> Iterator[tuple[EntryCoverage, dict[str, Param]]]:
    """Every code of a status, with the values of a sentence's placeholders."""
    for entry in view.coverage.in_status(status):
        code: Param = entry.code
        if entry.name is not None:
            code = msg('{code} "{name}"', code=entry.code, name=entry.name)
        values: dict[str, Param] = {"code": code, "documents": ", ".join(entry.serving)}
        if entry.origin is not None:
            values["day"] = entry.origin.since.isoformat()
            values["decision"] = decision_words(entry.origin.decision)
        yield entry, values


def decision_words(decision: Decision) -> Message:
    """A decision as it is cited; its number comes back every year."""
    return msg("{number} of {date}", number=decision.number, date=decision.signed.isoformat())


def at_entry(view: View, code: Code, entry: EntryCoverage, message: Message, fix: Message | None) -> Finding:
    """A finding at the place in ``catalogue/`` where the entry was decided on last."""
    assert entry.origin is not None
    place = view.locate(entry.origin.path, (*entry.origin.pointer, "code"))
    return finding(code, message, place, element=entry.code, fix=fix)


def at_documents(view: View, code: Code, entry: EntryCoverage, message: Message) -> Finding:
    """One finding at the first document that covers a code, with the decision."""
    return finding(code, message, serving(view, entry)[0], element="covers", related=_decided(view, entry))


def at_each(
    view: View, code: Code, entry: EntryCoverage, message: Message, fix: Message | None = None
) -> Iterator[Finding]:
    """A finding at every document that covers a code, with the decision."""
    for place in serving(view, entry):
        yield finding(code, message, place, element="covers", related=_decided(view, entry), fix=fix)


def serving(view: View, entry: EntryCoverage) -> tuple[Location, ...]:
    """Where the documents that cover a code name it."""
    documents = (text.text.document for text in view.coverage.texts)
    return tuple(
        document.locate(("covers", document.body.covers.index(entry.code)))
        for document in documents
        if entry.code in document.body.covers
    )


def _decided(view: View, entry: EntryCoverage) -> tuple[Related, ...]:
    if entry.origin is None:
        return ()
    return (Related(view.locate(entry.origin.path, (*entry.origin.pointer, "code")), msg("decided here")),)


def unread_procedures(view: View) -> bool:
    """Are there procedures that cannot be read, and may serve anything?"""
    return any(path.startswith("procedures/") for path in view.coverage.unread)


def way_out(view: View, entry: EntryCoverage) -> Message | None:
    """What may be meant by a code that nobody knows; only ever a question."""
    if any(path.startswith("catalogue/") for path in view.coverage.unread):
        return msg("some files of catalogue/ cannot be read; one of them may name it")
    meant = view.coverage.of(entry.perhaps) if entry.perhaps is not None else None
    if meant is not None:
        return msg('perhaps {code} is meant, "{name}"?', code=meant.code, name=meant.name or "")
    near = near_code(entry.code, [each.code for each in view.coverage.entries if each.origin is not None])
    return None if near is None else msg('did you mean "{meant}"?', meant=near)
