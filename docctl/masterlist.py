"""The master list, made from a view: what is controlled, in which revision, and what it rests on from outside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from docctl.documents import whole
from docctl.documents.sorts import SHARED
from docctl.finding import Severity
from docctl.law.register import Register, unregistered
from docctl.law.status import status
from docctl.law.timeline import Timeline
from docctl.model.card import Card
from docctl.model.master_list import UNREAD, Listed, ListedForm, ListedText, MasterList
from docctl.model.standing import Revision, Standing
from docctl.store.snapshot import FOLDERS
from docctl.text.vietnamese import sort_key
from docctl.view import SnapshotView


def master_list(view: SnapshotView) -> MasterList:
    """Documents that were withdrawn, and drafts of nothing issued, are listed too: a list that hides is none."""
    held = (_card(view, standing.effective) for standing in view.standings)
    in_force = {card.id: card for card in held if card is not None}
    in_order = sorted(in_force.values(), key=lambda each: sort_key(each.id))
    documents = (each for each in view.standings if each.revisions)
    unread, objections = tuple(_unread(view)), view.trust.objections
    return MasterList(
        as_of=view.as_of,
        content=view.documents.content,
        documents=tuple(sorted((_listed(view, each) for each in documents), key=lambda each: sort_key(each.id))),
        forms=tuple(sorted(_forms(view, in_order), key=lambda each: sort_key(each.form.id))),
        texts=tuple(_texts(view.register, in_order, view.as_of, unread)),
        unread=unread,
        refused=sum(each.severity is not Severity.NOTE for each in objections),
    )


def _unread(view: SnapshotView) -> Iterator[str]:
    """What the list does without, because it cannot be read."""
    procedures = view.documents.paths("procedures")
    others = (path for path in view.paths if not path.startswith("procedures/"))
    yield from whole.unread(view.documents, (*others, *FOLDERS))
    yield from (path for path in procedures if view.documents.card(path) is None)


def _listed(view: SnapshotView, standing: Standing) -> Listed:
    revision = standing.effective or standing.latest_issued or standing.revisions[-1]
    text = _card(view, revision)
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


def _card(view: SnapshotView, revision: Revision | None) -> Card | None:
    """The text of exactly this revision."""
    card = None if revision is None or revision.path is None else view.documents.card(revision.path)
    return card if card is not None and revision is not None and card.digest == revision.digest else None


def _forms(view: SnapshotView, cards: Sequence[Card]) -> Iterator[ListedForm]:
    """The forms that documents in force hold, then those of forms.yaml, used or not."""
    used: dict[str, list[str]] = {}
    for card in cards:
        for name in card.uses:
            used.setdefault(name, []).append(card.id)
    for card in cards:
        yield from (ListedForm(form, card.id, (card.id,)) for form in card.forms)
    for form in () if view.shared_forms is None else view.shared_forms.body:
        yield ListedForm(form, None, tuple(used.get(form.id, ())))


def _texts(register: Register, cards: Sequence[Card], day: date, unread: Sequence[str]) -> Iterator[ListedText]:
    """The texts that documents in force cite, but for history."""
    cited: dict[str, tuple[str, dict[str, None]]] = {}
    for card in cards:
        for text in card.cites:
            for slug in register.meant(text) or (unregistered(text),):
                cited.setdefault(slug, (text, {}))[1].setdefault(card.id)
    timeline = Timeline(register)
    found = [_cited(register, timeline, slug, name, [*ids], day, unread) for slug, (name, ids) in cited.items()]
    yield from sorted(found, key=lambda each: (each.issued or date.max, sort_key(each.number)))


def _cited(
    register: Register, timeline: Timeline, slug: str, name: str, ids: Sequence[str], day: date, unread: Sequence[str]
) -> ListedText:
    text, by = register.texts.get(slug), tuple(ids)
    if text is None:
        broken = {"legal", f"legal/{slug}.yaml", f"{SHARED}/{slug}.yaml"}.intersection(unread)
        known = UNREAD if broken else None
        return ListedText(name, None, None, known, None, None, by)
    now = status(timeline, slug, day)
    return ListedText(text.number, text.title, text.issued, now.status.value, now.since, text.checked, by)
