"""Where every revision of a document stands at a date: from records that count, and adopted.yaml before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from docctl.lifecycle.requirements import BEFORE_ISSUE, lacking, missing, rejections
from docctl.model.adoption import Adoption
from docctl.model.policy import Policy, Rule
from docctl.model.record import ACCEPT, ISSUED, PERIODIC_REVIEW, REJECT, WITHDRAWN, Counted
from docctl.model.standing import Revision, Stage, Standing

Order: TypeAlias = tuple[int, int]


class Current(Struct, frozen=True):
    """What a document's file holds now; ``shared_forms`` is the digest of the forms of forms.yaml it uses."""

    order: Order
    digest: str
    shared_forms: str | None
    title: str
    path: str


class History(Struct, frozen=True):
    """All that is known of one document. ``archive`` gives the path of an archived revision.

    ``records_since`` is the day of the first policy: adopted.yaml tells what was in force before it.
    """

    document: str
    kind: str
    current: Current | None
    records: Sequence[Counted]
    adoptions: Sequence[Adoption]
    archive: Mapping[Order, str]
    records_since: date | None = None


def standing(history: History, policy: Policy | None, as_of: date) -> Standing:
    """The document at a date. Records count from the day of their signing, adoptions always."""
    return _Case(history, policy, as_of).standing()


class _Case(Struct, frozen=True, dict=True):
    history: History
    policy: Policy | None
    as_of: date

    def standing(self) -> Standing:
        issued = [*self._in_time([*self._issued()])]
        known = {(each.order, each.digest) for each in issued}
        texts = {key for key in self._texts() if key not in known}
        current = self.history.current
        last = max((each.order for each in issued), default=(0, 0))  # drafts of what was issued since are history
        own_order = None if current is None else current.order
        claimed = {key for key in texts if any(each.record.meaning == ISSUED for each in self._records(*key))}
        shown = {key for key in texts if key[0] > last and key[0] != own_order} | claimed
        if current is not None:
            shown.discard((current.order, current.digest))
        others = [self._unissued(*key) for key in sorted(shown)]
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

    def _texts(self) -> set[tuple[Order, str]]:
        """Every text that something was signed about by the day."""
        return {
            (each.record.order, each.record.digest) for each in self.history.records if each.record.day <= self.as_of
        }

    def _rules(self, day: date) -> tuple[Rule, ...]:
        if self.policy is None:
            return ()
        return self.policy.rules_for(self.history.kind, self.history.document, day)

    # -- issued ------------------------------------------------------------------------------------

    def _issued(self) -> Iterator[Revision]:
        """Every revision that was validly issued, or adopted, with its first day; in any order."""
        records_of = {key: self._records(*key) for key in self._texts()}
        by_record = {key: self.issuing(records) for key, records in records_of.items()}
        adopted = {(each.order, each.digest): each for each in self._adoptions(by_record)}
        for order, digest in sorted({*records_of, *adopted}):
            records, issuing = records_of.get((order, digest), ()), by_record.get((order, digest), ())
            adoption = adopted.get((order, digest))
            days = [issuing[0].record.effective_from] if issuing else []
            days += [] if adoption is None else [adoption.effective_from]  # what was in force stays so
            first = min((each for each in days if each is not None), default=None)
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

    def _adoptions(self, by_record: Mapping[tuple[Order, str], Sequence[Counted]]) -> Iterator[Adoption]:
        """The entries of adopted.yaml that count: from before there was a policy, and before what a record issued."""
        numbers = [order for (order, _), issuing in by_record.items() if issuing]
        since = self.history.records_since
        for each in self.history.adoptions:
            late = since is not None and each.effective_from >= since
            if not late and (not numbers or each.order <= min(numbers)):
                yield each

    def issuing(self, records: Sequence[Counted]) -> tuple[Counted, ...]:
        """The records that issue a text: enough persons for the same day and decision, after all approvals."""
        begun = [
            group[:count]
            for group in alike(records, ISSUED)
            for count in range(1, len(group) + 1)
            if self._enough(records, group[:count])
        ]
        # The first that is enough: what is signed later changes nothing any more.
        return min(begun, key=lambda group: (group[-1].record.signed_at, len(group)), default=())

    def _enough(self, records: Sequence[Counted], group: Sequence[Counted]) -> bool:
        """Are these enough to issue a text, with all that was signed about it until then?"""
        moment, forms = group[-1].record.signed_at, group[-1].record.shared_forms
        rules = self._rules(moment.date())
        if not rules:
            return False
        then = [each for each in records if each.record.signed_at <= moment]
        before = [each for each in then if _with_forms(each, forms)]
        beside = [each for each in then if not _with_forms(each, forms)]
        # Who issues could date it before a rejection; how far, max_age_days bounds.
        bound = moment + timedelta(days=min(rule.max_age_days for rule in rules))
        rejected = [each for each in rejections(records) if each.record.signed_at <= bound]
        others = [each for each in before if each.record.meaning != ISSUED]
        issuing = [*lacking(rules, [*others, *group], ISSUED, beside)]
        return not rejected and not issuing and not missing(rules, before, beside)

    def _withdrawal(self, records: Sequence[Counted]) -> Counted | None:
        others = [each for each in records if each.record.meaning != WITHDRAWN]
        found = []
        for group in alike(records, WITHDRAWN):
            rules = self._rules(group[-1].record.day)
            if rules and not [*lacking(rules, [*others, *group], WITHDRAWN)]:
                found.append(group[-1])
        found.sort(key=lambda each: each.record.signed_at)

        def begins(each: Counted) -> date:
            # Once withdrawn, it ends earlier only from the day on which somebody says so.
            day = each.record.effective_from or date.max
            return day if each is found[0] else max(day, each.record.day)

        return min(found, key=begins, default=None)

    def _in_time(self, issued: list[Revision]) -> Iterator[Revision]:
        """Each revision until the day before the next one begins, or until it is withdrawn: never two at once."""
        ordered = sorted(issued, key=lambda each: (each.first or date.max, each.order))
        for place, each in enumerate(ordered):
            assert each.first is not None
            after = next((other.first for other in ordered[place + 1 :] if not other.never_began), None)
            gone = None if each.withdrawal is None else each.withdrawal.record.effective_from
            stage, end = Stage.EFFECTIVE, after
            if gone is not None and (after is None or gone < after):
                end = max(gone, each.first)
            if self.as_of < each.first:
                stage = Stage.WITHDRAWN if gone is not None and gone <= self.as_of else Stage.SCHEDULED
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
            and (each.record.digest, each.record.shared_forms) != (current.digest, current.shared_forms)
            and each.record.meaning in BEFORE_ISSUE
            and each.record.decision == ACCEPT
            and each.record.day <= self.as_of
        )
        return replace(self._unissued(current.order, current.digest), voided=voided, path=current.path)

    def _unissued(self, order: Order, digest: str) -> Revision:
        signed = self._records(order, digest)
        current = self.history.current
        records = signed
        beside: tuple[Counted, ...] = ()
        if current is not None and (current.order, current.digest) == (order, digest):
            records = tuple(each for each in signed if _with_forms(each, current.shared_forms))
            beside = tuple(each for each in signed if not _with_forms(each, current.shared_forms))
        lacks = missing(self._rules(self.as_of), records, beside)
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


def alike(records: Iterable[Counted], meaning: str) -> Iterator[tuple[Counted, ...]]:
    """The records of a meaning, those together that say the same, in the order of their signing."""
    groups: dict[object, list[Counted]] = defaultdict(list)
    for each in records:
        record = each.record
        if record.meaning == meaning:
            key = (
                record.effective_from, record.decision_ref, record.archive_sha256, record.shared_forms,
                record.events, record.previous,
            )  # fmt: skip
            groups[key].append(each)
    return iter([tuple(group) for group in groups.values()])


def _with_forms(counted: Counted, forms: str | None) -> bool:
    """Is it about the text with these shared forms? A rejection is about the words, whatever the forms."""
    record = counted.record
    return record.meaning not in BEFORE_ISSUE or record.decision == REJECT or record.shared_forms == forms


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
