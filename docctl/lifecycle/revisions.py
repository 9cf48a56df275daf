"""Where every revision of a document stands at a date: from records that count, and adopted.yaml before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from docctl.lifecycle.requirements import BEFORE_ISSUE, lacking, missing, rejections
from docctl.model.adoption import Adoption
from docctl.model.policy import Policy, Rule
from docctl.model.record import ACCEPT, ISSUED, PERIODIC_REVIEW, WITHDRAWN, Counted
from docctl.model.standing import Revision, Stage, Standing

Order: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Current:
    """What a document's file holds now."""

    order: Order
    digest: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class History:
    """All that is known of one document. ``archive`` gives the path of an archived revision."""

    document: str
    kind: str
    current: Current | None
    records: Sequence[Counted]
    adoptions: Sequence[Adoption]
    archive: Mapping[Order, str]


def standing(history: History, policy: Policy | None, as_of: date) -> Standing:
    """The document at a date. Records count from the day of their signing, adoptions always."""
    return _Case(history, policy, as_of).standing()


@dataclass(frozen=True)
class _Case:
    history: History
    policy: Policy | None
    as_of: date

    def standing(self) -> Standing:
        issued = [*self._in_time([*self._issued()])]
        known = {(each.order, each.digest) for each in issued}
        texts = {key for key in self._texts() if key not in known}
        current = self.history.current
        others = [self._unissued(*key) for key in sorted(texts) if current is None or key[0] != current.order]
        own: Revision | None = None
        if current is not None:
            own = next((each for each in issued if (each.order, each.digest) == (current.order, current.digest)), None)
            if own is None:
                own = self._draft(current)
                others.append(own)
        revisions = tuple(sorted((*issued, *others), key=lambda each: (each.order, not each.issued, each.digest)))
        title = None if current is None else current.title
        return Standing(self.history.document, title, revisions, own)

    # -- records -----------------------------------------------------------------------------------

    def _records(self, order: Order, digest: str) -> tuple[Counted, ...]:
        """Those of one text that had been signed by the day, in the order of their signing."""
        return in_order(
            each
            for each in self.history.records
            if (each.record.order, each.record.digest) == (order, digest) and each.record.day <= self.as_of
        )

    def _texts(self) -> Iterator[tuple[Order, str]]:
        """Every text that something was signed about by the day."""
        for each in self.history.records:
            if each.record.day <= self.as_of:
                yield each.record.order, each.record.digest

    def _rules(self, day: date) -> tuple[Rule, ...]:
        if self.policy is None:
            return ()
        return self.policy.rules_for(self.history.kind, self.history.document, day)

    # -- issued ------------------------------------------------------------------------------------

    def _issued(self) -> Iterator[Revision]:
        """Every revision that was validly issued, or adopted, with its first day; in any order."""
        adopted = {(each.order, each.digest): each for each in self.history.adoptions}
        for order, digest in sorted({*self._texts(), *adopted}):
            records = self._records(order, digest)
            issuing = self.issuing(records)
            adoption = adopted.get((order, digest))
            first = issuing[0].record.effective_from if issuing else None
            if first is None and adoption is not None:
                first = adoption.effective_from
            if first is not None:
                yield Revision(
                    document=self.history.document,
                    issue=order[0],
                    revision=order[1],
                    digest=digest,
                    stage=Stage.SCHEDULED,
                    first=first,
                    last=None,
                    records=records,
                    missing=(),
                    voided=(),
                    adoption=adoption,
                    issuing=issuing,
                    withdrawal=self._withdrawal(records),
                    path=self._path(order, digest),
                )

    def issuing(self, records: Sequence[Counted]) -> tuple[Counted, ...]:
        """The records that issue a text: enough persons for the same day and decision, after all approvals."""
        alike: dict[object, list[Counted]] = defaultdict(list)
        for each in records:
            record = each.record
            if record.meaning == ISSUED:
                key = (record.effective_from, record.decision_ref, record.archive_sha256, record.shared_forms)
                alike[key].append(each)
        for group in alike.values():
            rules = self._rules(group[-1].record.day)
            before = [each for each in records if each.record.signed_at <= group[-1].record.signed_at]
            others = [each for each in before if each.record.meaning != ISSUED]
            enough = not [*lacking(rules, [*others, *group], ISSUED)]
            if rules and enough and not missing(rules, before) and not rejections(before):
                return tuple(group)
        return ()

    def _withdrawal(self, records: Sequence[Counted]) -> Counted | None:
        signed = [each for each in records if each.record.meaning == WITHDRAWN]
        if not signed:
            return None
        rules = self._rules(signed[-1].record.day)
        if not rules or [*lacking(rules, records, WITHDRAWN)]:
            return None
        return min(signed, key=lambda each: (each.record.effective_from or date.max, each.record.signed_at))

    def _in_time(self, issued: list[Revision]) -> Iterator[Revision]:
        """Each revision until the day before the next one begins, or until it is withdrawn: never two at once."""
        ordered = sorted(issued, key=lambda each: (each.first or date.max, each.order))
        for place, each in enumerate(ordered):
            assert each.first is not None
            after = ordered[place + 1].first if place + 1 < len(ordered) else None
            gone = None if each.withdrawal is None else each.withdrawal.record.effective_from
            stage, end = Stage.EFFECTIVE, after
            if gone is not None and (after is None or gone < after):
                end = max(gone, each.first)
            if self.as_of < each.first:
                stage = Stage.SCHEDULED if end is None or end > each.first else Stage.WITHDRAWN
            elif end is not None and end <= self.as_of:
                stage = Stage.SUPERSEDED if end == after else Stage.WITHDRAWN
            yield replace(each, stage=stage, last=None if end is None else end - timedelta(days=1))

    # -- not issued --------------------------------------------------------------------------------

    def _draft(self, current: Current) -> Revision:
        """What the file holds, where that was not issued; records of its number for another text are void."""
        voided = in_order(
            each
            for each in self.history.records
            if each.record.order == current.order
            and each.record.digest != current.digest
            and each.record.meaning in BEFORE_ISSUE
            and each.record.decision == ACCEPT
            and each.record.day <= self.as_of
        )
        return replace(self._unissued(current.order, current.digest), voided=voided, path=current.path)

    def _unissued(self, order: Order, digest: str) -> Revision:
        records = self._records(order, digest)
        lacks = missing(self._rules(self.as_of), records)
        stage = Stage.APPROVED
        if rejections(records):
            stage = Stage.REJECTED
        elif not any(each.record.meaning in BEFORE_ISSUE for each in records):
            stage = Stage.DRAFT
        elif lacks:
            stage = Stage.IN_REVIEW
        return Revision(
            document=self.history.document,
            issue=order[0],
            revision=order[1],
            digest=digest,
            stage=stage,
            first=None,
            last=None,
            records=records,
            missing=lacks,
            voided=(),
            adoption=None,
            issuing=(),
            withdrawal=None,
            path=None,
        )

    def _path(self, order: Order, digest: str) -> str | None:
        """Where the text lies: the document's own file while it holds it, else the archive."""
        current = self.history.current
        if current is not None and (current.order, current.digest) == (order, digest):
            return current.path
        return self.history.archive.get(order)


def in_order(records: Iterable[Counted]) -> tuple[Counted, ...]:
    """In the order of their signing; the same bytes in two places count once."""
    once = {each.sha256: each for each in sorted(records, key=lambda each: each.path, reverse=True)}
    return tuple(sorted(once.values(), key=lambda each: (each.record.signed_at, each.sha256)))


def last_review(revision: Revision) -> date | None:
    """The day a revision was last looked at as a whole: its issue, its first day, or a review that confirmed it."""
    days = [each.record.day for each in revision.issuing]
    days += [
        each.record.day
        for each in revision.records
        if each.record.meaning == PERIODIC_REVIEW and each.record.decision == "confirm"
    ]
    if not revision.issuing and revision.first is not None:
        days.append(revision.first)
    return max(days, default=None)
