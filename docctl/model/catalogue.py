"""The official catalogue: what decisions publish of the administrative procedures that an agency must cover."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from docctl.model.citation import Citation, citations, optional_date
from docctl.model.duration import Duration

NEW, AMENDED, REPLACED, ABOLISHED = "new", "amended", "replaced", "abolished"


class Decision(Struct, frozen=True):
    """The decision that publishes (quyết định công bố, 63/2010/NĐ-CP, Điều 15); ``signed`` is its day,
    ``first`` the first day of its effect.
    """

    number: str
    issuer: str
    signed: date
    title: str
    first: date


class PublishedTime(Struct, frozen=True):
    """A time limit: a ``duration``, or ``words`` where it is not one number; exactly one of the two."""

    duration: Duration | None
    words: str | None
    note: str | None


class PublishedFee(Struct, frozen=True):
    """A fee with an amount in whole units of the currency, or with a formula in words."""

    name: str
    kind: str | None
    amount: int | None
    formula: str | None
    currency: str
    per: str | None
    exemptions: str | None


class PublishedForm(Struct, frozen=True):
    """The form of a paper: its name, or its place in a legal text, or both."""

    name: str | None
    law: Citation | None


class Paper(Struct, frozen=True):
    """A paper of the dossier."""

    name: str
    form: PublishedForm | None
    originals: int | None
    copies: int | None
    condition: str | None


class PublishedDossier(Struct, frozen=True):
    """All papers, and the number of sets where it is given."""

    sets: int | None
    papers: tuple[Paper, ...]


class PublishedChannel(Struct, frozen=True):
    """A way to apply; ``time`` and ``fees`` None: those of the entry."""

    kind: str
    time: PublishedTime | None
    fees: tuple[PublishedFee, ...] | None


class Entry(Struct, frozen=True):
    """What is published of one administrative procedure; None: the catalogue does not say."""

    name: str | None = None
    field: str | None = None
    levels: tuple[str, ...] | None = None
    processing_time: PublishedTime | None = None
    channels: tuple[PublishedChannel, ...] | None = None
    fees: tuple[PublishedFee, ...] | None = None
    dossier: PublishedDossier | None = None
    results: tuple[str, ...] | None = None
    legal_basis: tuple[Citation, ...] | None = None

    @property
    def stated(self) -> tuple[str, ...]:
        """Names of the fields that are given, in the order of the file's description."""
        return tuple(name for name in FIELDS if getattr(self, name) is not None)

    def amended(self, by: Entry) -> Entry:
        """The entry with every field that ``by`` gives, each taken whole."""
        return replace(self, **{name: getattr(by, name) for name in by.stated})

    def channel(self, kind: str | None) -> PublishedChannel | None:
        return next((each for each in self.channels or () if each.kind == kind), None)

    def time_by(self, kind: str | None) -> PublishedTime | None:
        """The time limit by a channel (``in_person`` …; None: by none in particular)."""
        channel = self.channel(kind)
        return self.processing_time if channel is None or channel.time is None else channel.time

    def fees_by(self, kind: str | None) -> tuple[PublishedFee, ...] | None:
        """The fees by a channel; None where they are not given."""
        channel = self.channel(kind)
        return self.fees if channel is None or channel.fees is None else channel.fees

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Entry:
        levels, results, basis = tree.get("levels"), tree.get("results"), tree.get("legal_basis")
        channels, dossier = tree.get("channels"), tree.get("dossier")
        return cls(
            name=tree.get("name"),
            field=tree.get("field"),
            levels=None if levels is None else tuple(levels),
            processing_time=_time(tree.get("processing_time")),
            channels=None if channels is None else tuple(map(_channel, channels)),
            fees=_fees(tree.get("fees")),
            dossier=None if dossier is None else _dossier(dossier),
            results=None if results is None else tuple(results),
            legal_basis=None if basis is None else citations(basis),
        )


FIELDS = (
    "name", "field", "levels", "processing_time", "channels", "fees", "dossier", "results", "legal_basis",
)  # fmt: skip
COMPARED = tuple(name for name in FIELDS if name != "legal_basis")
"""The fields that documents are compared with; what carries a document in law is judged by ``currency/``."""


class Statement(Struct, frozen=True):
    """What a decision says of one code from ``first`` on; ``place`` counts the entries of the file from 0."""

    code: str
    kind: str
    first: date
    entry: Entry
    replaced_by: tuple[str, ...]
    place: int

    @property
    def ends(self) -> bool:
        """Is the procedure at an end with it?"""
        return self.kind == ABOLISHED or (self.kind == REPLACED and bool(self.replaced_by))


class Published(Struct, frozen=True):
    """One file of ``catalogue/``: a decision, or a part of one."""

    decision: Decision
    statements: tuple[Statement, ...]

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Published:
        head = tree["decision"]
        first = date.fromisoformat(head["in_force"])
        decision = Decision(head["number"], head["issuer"], date.fromisoformat(head["date"]), head["title"], first)
        statements = (
            Statement(
                each["code"],
                each["kind"],
                optional_date(each.get("from")) or first,
                Entry.from_tree(each),
                tuple(each.get("replaced_by", ())),
                place,
            )
            for place, each in enumerate(tree["entries"])
        )
        return cls(decision, tuple(statements))


def _time(tree: Mapping[str, Any] | None) -> PublishedTime | None:
    if tree is None:
        return None
    duration = Duration.from_tree(tree) if "value" in tree else None
    return PublishedTime(duration, tree.get("words"), tree.get("note"))


def _fees(trees: list[Mapping[str, Any]] | None) -> tuple[PublishedFee, ...] | None:
    if trees is None:
        return None
    return tuple(
        PublishedFee(
            each["name"],
            each.get("kind"),
            each.get("amount"),
            each.get("formula"),
            each.get("currency", "VND"),
            each.get("per"),
            each.get("exemptions"),
        )
        for each in trees
    )


def _channel(tree: Mapping[str, Any]) -> PublishedChannel:
    return PublishedChannel(tree["kind"], _time(tree.get("processing_time")), _fees(tree.get("fees")))


def _dossier(tree: Mapping[str, Any]) -> PublishedDossier:
    return PublishedDossier(tree.get("sets"), tuple(map(_paper, tree["items"])))


def _paper(tree: Mapping[str, Any]) -> Paper:
    form = tree.get("form")
    law = None if form is None else form.get("law")
    return Paper(
        tree["name"],
        None if form is None else PublishedForm(form.get("name"), None if law is None else Citation.from_tree(law)),
        tree.get("originals"),
        tree.get("copies"),
        tree.get("condition"),
    )
