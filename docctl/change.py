"""May a change be merged? What it takes back, what it does at once, and how old its new records are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta
from typing import Any, cast

from msgspec.structs import replace

from docctl.approval import codes
from docctl.documents.sorts import RECORDS
from docctl.errors import ConfigError
from docctl.finding import Finding, Location, Severity, finding
from docctl.message import Param, msg
from docctl.model.record import Counted
from docctl.rules import known_rules
from docctl.rules.records import (
    adopted_late,
    archive_unnamed,
    begins_too_early,
    issued_too_early,
    number_skipped,
    number_twice,
    policy_of_another,
    same_person,
)
from docctl.store.snapshot import FILES, FOLDERS
from docctl.view import SnapshotView

POLICY_AGE = timedelta(days=30)


def objections(base: SnapshotView, head: SnapshotView, now: datetime) -> Iterator[Finding]:
    """DC418, DC423, DC424, DC428 of the change from one snapshot to the next."""
    yield from _taken_back(base, head)
    yield from _counting_no_more(base, head)
    yield from _begun(base, head)
    yield from _configuration(head)
    yield from _adopted(base, head)
    yield from _events(base, head)
    yield from _effects(base, head)
    yield from _findings_lost(base, head)
    yield from _rolled_back(base, head)
    yield from _together(base, head)
    yield from _afterwards(base, head)
    yield from _age(base, head, now)
    yield from _age_of_policy(base, head, now)


def moved(there: AbstractSet[str], now: AbstractSet[str]) -> Iterator[Finding]:
    """DC423 of repositories, by the folders that hold a docctl.toml before and after; the top is empty.

    Elsewhere one would look new, without a past; inside another one it would answer for it.
    """
    for folder in sorted(there - now):
        path = f"{folder}/docctl.toml".lstrip("/")
        message = msg("{path} is gone; a repository is not moved, for then nothing tells what it had", path=path)
        yield finding(codes.TAKEN_BACK, message, Location("docctl.toml"))
    for folder in sorted(now - there):
        if any(not outer or folder.startswith(outer + "/") for outer in there):
            message = msg("{path} would hide the repository around it", path=f"{folder}/docctl.toml")
            yield finding(codes.TAKEN_BACK, message, Location("docctl.toml"))


def _files(view: SnapshotView, folder: str) -> Mapping[str, str | None]:
    """Path and sha256 of everything in a folder, or of a single file."""
    paths = view.documents.all_paths(folder) or ((folder,) if view.documents.holds(folder) else ())
    return {path: view.documents.sha256(path) for path in paths}


_WORTHLESS = (codes.RECORD_UNREADABLE, codes.SIGNATURE_BAD, codes.STRAY, codes.PRIVATE_KEY)
"""What never counted and never will, whoever answers for it: it may be taken away."""


def _taken_back(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """Files of records that are gone or not as they were. What never counted may go."""
    counting = {link.path for link in base.trust.own_chain.links}
    worthless = {each.location.path for each in base.trust.findings if each.code in _WORTHLESS}
    moved = _moved(base, head)
    for folder in RECORDS:
        now = _files(head, folder)
        for path, digest in _files(base, folder).items():
            version = path.split(".yaml")[0] + ".yaml"
            if folder == "policy" and version not in counting:
                continue
            if worthless & {path, path.removesuffix(".sig"), path.removesuffix(".p7s")}:
                continue
            if path.removesuffix(".sig").removesuffix(".p7s") in moved:
                continue
            if path not in now:
                yield finding(codes.TAKEN_BACK, msg("{path} is gone", path=path), Location(path))
            elif now[path] != digest:
                yield finding(codes.TAKEN_BACK, msg("{path} is not as it was", path=path), Location(path))


def _counting_no_more(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """What counted counts still, by the policy of base, whatever was added beside it."""
    now = {each.sha256 for each in head.trust.counted}
    for each in base.trust.counted if base.has_policy else ():
        if each.sha256 not in now:
            message = msg("{path} counted before the change, and does not now", path=each.path)
            yield finding(codes.TAKEN_BACK, message, Location(each.path), element=each.record.document)


def _begun(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """What has been in force was so from its first day on, whatever is signed afterwards."""
    there = {
        (each.document, each.order, each.digest): each for standing in head.standings for each in standing.revisions
    }
    for standing in base.standings if base.has_policy else ():
        for each in standing.revisions:
            now = there.get((each.document, each.order, each.digest))
            if each.adoption is not None:
                continue  # adopted.yaml is compared entry by entry
            if each.begun and now is not None and (not now.begun or now.first != each.first):
                names: dict[str, Param] = {"document": each.document, "number": each.number}
                message = msg("{document} {number} has been in force, and would not have been from that day", **names)
                records = now.records or each.records
                path = records[-1].path if records else "adopted.yaml"
                yield finding(codes.TAKEN_BACK, message, Location(path), element=each.document)


def _configuration(head: SnapshotView) -> Iterator[Finding]:
    """The configuration that will be there fits the policy, though the one of base is asked now."""
    own = replace(head, settings=None)
    try:
        known_rules(own.config)
    except ConfigError as error:
        yield finding(codes.TAKEN_BACK, error.message, Location("docctl.toml"))
    else:
        yield from policy_of_another.check(own)


def _moved(base: SnapshotView, head: SnapshotView) -> set[str]:
    """Records that lay in a wrong folder and count now in the right one."""
    misplaced = {each.location.path for each in base.trust.findings if each.code is codes.RECORD_ELSEWHERE}
    placed = {each.sha256 for each in head.trust.counted if each.path.rpartition("/")[0] == each.folder}
    return {each.path for each in base.trust.counted if each.path in misplaced and each.sha256 in placed}


def _adopted(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """Entries of adopted.yaml stay, in their order; new ones follow until there is a policy."""
    before = [] if base.adopted is None else cast("dict[str, Any]", base.adopted.content)["adopted"]
    after = [] if head.adopted is None else cast("dict[str, Any]", head.adopted.content)["adopted"]
    for place in range(len(before), len(after)) if base.has_policy else ():
        added = str(after[place]["document"])
        message = msg("adopted.yaml is closed since there is a policy; {document} has to be issued", document=added)
        where = Location("adopted.yaml") if head.adopted is None else head.adopted.locate(("adopted", place))
        yield finding(adopted_late.CODE, message, where, element=added)
    for place, entry in enumerate(before):
        if place >= len(after) or after[place] != entry:
            names: dict[str, Param] = {"place": place + 1, "document": str(entry["document"])}
            message = msg("entry {place} of adopted.yaml ({document}) is gone or not as it was", **names)
            where = Location("adopted.yaml")
            if head.adopted is not None and place < len(after):
                where = head.adopted.locate(("adopted", place))
            yield finding(codes.TAKEN_BACK, message, where, element=str(entry["document"]))


def _events(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """A confirmed event stays as it is; it leaves by ``withdrawn``, which is added and stays too."""
    for slug, document in base.legal_texts.items():
        new = head.legal_texts.get(slug)
        events = cast("dict[str, Any]", document.content).get("events", [])
        now = (
            {} if new is None else {each["id"]: each for each in cast("dict[str, Any]", new.content).get("events", [])}
        )
        for event in events:
            if event.get("confirmed") is None:
                continue
            kept = now.get(event["id"])
            ended = event.get("withdrawn") is None and kept is not None and kept.get("withdrawn") is not None
            if kept != event and not (ended and _without(kept) == _without(event)):
                message = msg("the confirmed event {event} is gone or not as it was", event=f"{slug}#{event['id']}")
                where = Location(document.path)
                if new is not None and kept is not None:
                    where = new.locate(("events", [*now].index(event["id"])))
                yield finding(codes.TAKEN_BACK, message, where, element=event["id"])


def _effects(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """A confirmed event does what it did: its days, which may come from its text, are not moved."""
    now = {change.id: change for change in head.register.changes}
    for change in base.register.changes:
        other = now.get(change.id)
        if change.event is None or not change.confirmed or change.first is None or other is None:
            continue
        if other.event == change.event and other.digest() != change.digest():
            message = msg("the confirmed event {event} works otherwise than before", event=change.id)
            yield finding(
                codes.TAKEN_BACK, message, Location(head.register.path(other.acting)), element=change.event.id
            )


def _findings_lost(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """What the register has made outdated stays so, unless a record deals with it or the event is withdrawn.

    The same events may touch less when the provisions of their target, or its identity, are edited.
    """
    if _files(base, "legal") == _files(head, "legal"):
        return
    gone = _hits(base) - _hits(head)
    withdrawn = {
        f"{slug}#{event.id}" for slug, text in head.legal_texts.items() for event in text.body.events if event.withdrawn
    }
    standing = {each.document: each for each in head.standings}
    for document, digest, element, event in sorted(gone):
        there = standing.get(document)
        revision = next((each for each in there.revisions if each.digest == digest), None) if there else None
        if revision is None or event in withdrawn or event in {dealt.event for _, dealt in revision.dealt()}:
            continue
        change, before = head.register.change(event), base.register.change(event)
        if change is not None and before is not None and change.digest() != before.digest():
            continue  # that is said of the event itself
        names: dict[str, Param] = {"document": document, "element": element, "event": event}
        message = msg("after the change the event {event} says nothing about {document} {element} any more", **names)
        path = "legal" if change is None else head.register.path(change.acting)
        yield finding(codes.TAKEN_BACK, message, Location(path), element=document)


def _hits(view: SnapshotView) -> set[tuple[str, str, str, str]]:
    """Document, text, element and event of each verdict that a confirmed event has caused."""
    confirmed = {change.id for change in view.register.changes if change.confirmed and change.event is not None}
    digests = {
        (standing.document, each.number): each.digest for standing in view.standings for each in standing.revisions
    }
    return {
        (procedure.id, digests[procedure.id, procedure.revision], citation.element, judgement.cause.event)
        for procedure in view.currency.procedures
        for citation in procedure.citations
        for judgement in citation.judgements
        if judgement.cause is not None and judgement.cause.event in confirmed
        if (procedure.id, procedure.revision) in digests
    }


def _without(event: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if event is None else {name: value for name, value in event.items() if name != "withdrawn"}


def _rolled_back(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """The versions of the policy that counted are a beginning of those that count now."""
    old = [link.sha256 for link in base.trust.own_chain.links]
    new = [link.sha256 for link in head.trust.own_chain.links]
    if new[: len(old)] != old:
        names: dict[str, Param] = {"old": len(old), "new": len(new)}
        message = msg(
            "{old} versions of the policy counted before the change; it does not go on from them ({new} now)", **names
        )
        odd = next(place for place, sha256 in enumerate(old) if new[place : place + 1] != [sha256])
        yield finding(codes.ROLLED_BACK, message, Location(base.trust.own_chain.links[odd].path))


def _together(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """The policy changes by itself, unless there was none."""
    if not base.has_policy:
        return
    changed: list[str] = []
    for name in (*FILES, *FOLDERS):
        before, after = _files(base, name), _files(head, name)
        changed += [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
    policy = [path for path in changed if path.startswith("policy/")]
    others = [path for path in changed if not path.startswith("policy/")]
    if policy and others:
        shown = ", ".join([*others[:5], *(["…"] if others[5:] else [])])
        message = msg("the change touches the policy and also: {others}", others=shown)
        yield finding(codes.TWO_CHANGES, message, Location(policy[0]))


def _age(base: SnapshotView, head: SnapshotView, now: datetime) -> Iterator[Finding]:
    """New records are as new as they say: near the clock, and not long before the newest that was there."""
    there = {each.sha256 for each in base.trust.counted}
    newest = max((each.record.signed_at for each in base.trust.counted), default=None)
    for each in head.trust.counted:
        if each.sha256 in there:
            continue
        most = _most_days(head, each, now.date())
        moment = each.record.signed_at
        names: dict[str, Param] = {"day": each.record.day.isoformat(), "most": most.days}
        if abs(now - moment) > most:
            message = msg("it is dated {day}, more than {most} days away from the day it came in", **names)
            yield finding(codes.TIME_IMPLAUSIBLE, message, Location(each.path), element=each.record.document)
        elif newest is not None and moment < newest - most:
            message = msg("it is dated {day}, more than {most} days before the newest record that was there", **names)
            yield finding(codes.TIME_IMPLAUSIBLE, message, Location(each.path), element=each.record.document)


def _afterwards(base: SnapshotView, head: SnapshotView) -> Iterator[Finding]:
    """How many records stop counting once the new policy judges: known before it is merged, not after."""
    if not base.has_policy or head.trust.own_chain.last == base.trust.own_chain.last:
        return
    now = {each.sha256 for each in replace(head.trust, base=None).counted}
    lost = [each for each in head.trust.counted if each.sha256 not in now]
    if lost:
        message = msg("under the new policy {count} records that count today will count no more", count=len(lost))
        said = finding(codes.KEY_NOT_VALID, message, Location(lost[0].path))
        yield replace(said, severity=Severity.WARNING)


def _age_of_policy(base: SnapshotView, head: SnapshotView, now: datetime) -> Iterator[Finding]:
    """A new version of the policy is as new as it says, so that no key that has ended makes one."""
    for link in head.trust.own_chain.links[len(base.trust.own_chain.links) :]:
        if base.has_policy and abs(now - datetime.fromisoformat(link.policy.created_at)) > POLICY_AGE:
            names: dict[str, Param] = {"day": link.policy.created_at[:10], "most": POLICY_AGE.days}
            message = msg("it is dated {day}, more than {most} days away from the day it came in", **names)
            yield finding(codes.TIME_IMPLAUSIBLE, message, Location(link.path))


def _most_days(head: SnapshotView, counted: Counted, today: date) -> timedelta:
    """By the rules of its day and by those of today: a rule that has ended makes nothing young."""
    record, policy = counted.record, head.policy
    days = (record.day, today)
    rules = (
        [] if policy is None else [each for day in days for each in policy.rules_for(record.kind, record.document, day)]
    )
    return timedelta(days=min((rule.max_age_days for rule in rules), default=0))


# -- what the change is to answer for --------------------------------------------------------------

_PAST = (
    codes.KEY_NOT_VALID, codes.NOT_ALLOWED, codes.NOT_AS_IN_POLICY, codes.TIME_IMPLAUSIBLE, codes.UNSIGNED,
    codes.CHECKPOINT_BROKEN, number_twice.CODE, number_skipped.CODE, begins_too_early.CODE, same_person.CODE,
    issued_too_early.CODE,
)  # fmt: skip
"""What lies in records that are there, and only something newer can make up for."""

_SETTLED = (number_twice.CODE, issued_too_early.CODE)
"""What is a note once something newer is in force; new, it is an error."""

_NEVER_NEW = (codes.KEY_NOT_VALID, codes.UNSIGNED, codes.STRAY, archive_unnamed.CODE)
"""What may be found where it lies, but is not to be brought in: from these folders nothing is taken away again."""


def by_the_change(found: Finding, old: SnapshotView, new: SnapshotView, before: Iterable[Finding]) -> Finding:
    """A finding as the change is to answer for it: what is past mending is a note, a new worthless record an error.

    Records are never taken away; so a fault of one that is there, by a policy that changed or a merge past this
    check, would else stop every change for ever.
    """
    path = found.location.path
    same = found.code in _PAST and old.sha256(path) == new.sha256(path)
    if path.startswith(tuple(f"{folder}/" for folder in RECORDS)) and not old.holds(path) and found.code in _NEVER_NEW:
        return replace(found, severity=Severity.ERROR)
    known = any(_alike(found, each) for each in before) if same else False
    if not known and found.code in _SETTLED:
        return replace(found, severity=Severity.ERROR)
    if not known or found.severity is Severity.NOTE:
        return found
    return replace(found, severity=Severity.NOTE, message=msg("before the change already: {what}", what=found.message))


def _alike(one: Finding, other: Finding) -> bool:
    """The same fault of the same file; what is lacking for its being good may have become less."""
    return (one.code, one.location.path, one.element) == (other.code, other.location.path, other.element)
