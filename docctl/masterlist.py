"""The master list, made from a view: what is controlled, in which revision, and what it rests on from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from docctl.law.register import Register, unregistered
from docctl.law.status import status
from docctl.law.timeline import Timeline
from docctl.model.master_list import Listed, ListedForm, ListedText, MasterList
from docctl.model.procedure import Procedure
from docctl.model.standing import Revision, Standing
from docctl.model.view import Document
from docctl.text.vietnamese import sort_key
from docctl.view import SnapshotView


def master_list(view: SnapshotView) -> MasterList:
    """Documents that were withdrawn, and drafts of nothing issued, are listed too: a list that hides is none."""
    in_force = {document.body.id: document for document in view.in_force}
    documents = (each for each in view.standings if each.revisions)
    return MasterList(
        as_of=view.as_of,
        content=view.documents.content,
        documents=tuple(
            sorted((_listed(view, each, in_force) for each in documents), key=lambda each: sort_key(each.id))
        ),
        forms=tuple(sorted(_forms(view, [*in_force.values()]), key=lambda each: sort_key(each.form.id))),
        texts=tuple(_texts(view.register, [*in_force.values()], view.as_of)),
    )


def _listed(view: SnapshotView, standing: Standing, in_force: dict[str, Document[Procedure]]) -> Listed:
    revision = standing.effective or standing.latest_issued or standing.revisions[-1]
    text = _text(view, standing.document, revision, in_force)
    return Listed(
        id=standing.document,
        title=standing.title or "" if text is None else text.title,
        code_printed=None if text is None else text.code_printed,
        owner=None if text is None else text.owner,
        revision=revision,
        scheduled=tuple((each.number, each.first) for each in standing.scheduled if each.first is not None),
        review_due=standing.review_due,
        text_held=text is not None,
    )


def _text(
    view: SnapshotView, document: str, revision: Revision, in_force: dict[str, Document[Procedure]]
) -> Procedure | None:
    """The text of exactly this revision."""
    if document in in_force:
        return in_force[document].body
    found = None if revision.path is None else view.archived(revision.path)
    if found is None:
        found = next((each for each in view.procedures if each.path == revision.path), None)
    return found.body if found is not None and found.digest() == revision.digest else None


def _forms(view: SnapshotView, documents: Sequence[Document[Procedure]]) -> Iterator[ListedForm]:
    """The forms that documents in force hold, then those of forms.yaml, used or not."""
    used: dict[str, list[str]] = {}
    for document in documents:
        for name in document.body.used_forms():
            used.setdefault(name, []).append(document.body.id)
    for document in documents:
        yield from (ListedForm(form, document.body.id, (document.body.id,)) for form in document.body.forms)
    for form in () if view.shared_forms is None else view.shared_forms.body:
        yield ListedForm(form, None, tuple(sorted(used.get(form.id, ()), key=sort_key)))


def _texts(register: Register, documents: Sequence[Document[Procedure]], day: date) -> Iterator[ListedText]:
    """The texts that documents in force cite, but for history."""
    cited: dict[str, tuple[str, dict[str, None]]] = {}
    for document in documents:
        for _, _, citation in document.body.cited():
            if citation.pinned is None:
                for slug in register.meant(citation.text) or (unregistered(citation.text),):
                    cited.setdefault(slug, (citation.text, {}))[1].setdefault(document.body.id)
    timeline = Timeline(register)
    found = [_cited(register, timeline, slug, name, [*ids], day) for slug, (name, ids) in cited.items()]
    yield from sorted(found, key=lambda each: (each.issued or date.max, sort_key(each.number)))


def _cited(register: Register, timeline: Timeline, slug: str, name: str, ids: Sequence[str], day: date) -> ListedText:
    text, by = register.texts.get(slug), tuple(sorted(ids, key=sort_key))
    if text is None:
        return ListedText(name, None, None, None, None, None, by)
    now = status(timeline, slug, day)
    return ListedText(text.number, text.title, text.issued, now.status.value, now.since, text.checked, by)
