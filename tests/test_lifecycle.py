"""Where revisions stand at a date: cases by hand, a machine against a naive model, real repositories, the pilot.

The model is written from the tables of the design ("Lifecycle", "Policy"), day by day, and knows nothing of the code.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import pytest
from generated import many
from gitworld import DAY, Answer, World, procedure, run_docctl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from msgspec.structs import replace
from office import NAMES, TITLES, UNIT, VIETNAM, person, sha256
from office import policy as policy_tree
from office import rule as usual_rule

from docctl.lifecycle.revisions import Current, History, last_review, standing
from docctl.model.adoption import Adoption
from docctl.model.policy import Policy
from docctl.model.record import Assurance, Counted, DecisionRef, Record, Signer
from docctl.model.standing import Revision, Stage, Standing

FIRST_DAY = date(2025, 1, 1)
Order: TypeAlias = tuple[int, int]


class Text(NamedTuple):
    """A number and some words: any other of either is another digest."""

    order: Order
    words: str = "a"

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self).encode()).hexdigest()


def on(day: int) -> date:
    """Day 0 is the first of January 2025."""
    return FIRST_DAY + timedelta(days=day)


def policy_of(*rules: dict[str, Any], **changes: Any) -> Policy:
    people = [
        person("an", "lead"),
        person("binh", "review", "lead"),
        person("cuong", "work"),
        person("dung", "desk", "lead"),
    ]
    return Policy.from_tree(policy_tree("phuong-thu", people, rules=[*rules] or [usual_rule()], **changes))


def needing(**counts: int) -> dict[str, Any]:
    """The usual rule with other numbers of persons."""
    made = usual_rule()
    for each in made["require"]:
        each["n"] = counts.get(each["meaning"].replace("-", "_"), each["n"])
    return made


ROLES = {"an": "lead", "binh": "review", "cuong": "work", "dung": "desk"}


def counted(
    text: Text, meaning: str, signer: str, day: int, *, second: int = 0, first: int | None = None, role: str | None = None,
    decision: str | None = None, key: str = "SHA256:one", assurance: Assurance = Assurance.SSH, **changes: Any,
) -> Counted:  # fmt: skip
    """A record that counts; its bytes are told from others by all that is given here."""
    moment = datetime.combine(on(day), datetime.min.time(), VIETNAM) + timedelta(hours=8, seconds=second)
    made = Record(
        repository="phuong-thu",
        kind="procedure",
        document="QT-01",
        issue=text.order[0],
        revision=text.order[1],
        digest=text.digest,
        schema=("urn:docctl:schema:v1:procedure", "b" * 64),
        previous=None,
        signer=Signer(signer, NAMES[signer], TITLES[signer], UNIT),
        role=role or ROLES[signer],
        acting=("none", None),
        meaning=meaning,
        decision=decision or ("confirm" if meaning == "periodic-review" else "accept"),
        reason="Lý do" if decision == "reject" or meaning == "withdrawn" else None,
        policy=(1, "c" * 64),
        signed_at=moment,
        statement="",
        effective_from=None if first is None else on(first),
        archive_sha256=text.digest if meaning == "issued" else None,
    )
    made = replace(made, **changes)
    digest = hashlib.sha256(repr((made, key)).encode()).hexdigest()
    return Counted(
        made, f"approvals/QT-01/{made.number}/{meaning}--{signer}--{digest[:16]}.json", digest, assurance, key
    )


@dataclass
class Book:
    """The records of one document, and what its file holds."""

    current: Text | None = field(default_factory=lambda: Text((1, 0)))
    records: list[Counted] = field(default_factory=list)
    adopted: list[Adoption] = field(default_factory=list)
    policy: Policy | None = field(default_factory=policy_of)

    def sign(self, text: Text, meaning: str, signer: str, day: int, **changes: Any) -> Counted:
        made = counted(text, meaning, signer, day, **changes)
        self.records.append(made)
        return made

    def approve(self, text: Text, day: int) -> None:
        for second, (meaning, signer) in enumerate((("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"))):
            self.sign(text, meaning, signer, day, second=second)

    def issue(self, text: Text, day: int, first: int) -> Counted:
        self.approve(text, day)
        return self.sign(text, "issued", "dung", day, second=9, first=first)

    def adopt(self, text: Text, first: int) -> None:
        self.adopted.append(Adoption("QT-01", *text.order, text.digest, on(first), None, None))

    def at(self, day: int) -> Standing:
        current = self.current
        return standing(
            History(
                document="QT-01",
                kind="procedure",
                current=None
                if current is None
                else Current(
                    order=current.order,
                    digest=current.digest,
                    shared_forms=None,
                    title="Một",
                    path="procedures/QT-01.yaml",
                ),
                records=self.records,
                adoptions=self.adopted,
                archive={},
            ),
            self.policy,
            on(day),
        )

    def stage(self, text: Text, day: int) -> Stage | None:
        return getattr(self.revision(text, day), "stage", None)

    def revision(self, text: Text, day: int) -> Revision | None:
        found = [each for each in self.at(day).revisions if (each.order, each.digest) == (text.order, text.digest)]
        assert len(found) <= 1
        return found[0] if found else None

    def stages(self, text: Text, *days: int) -> list[str | None]:
        return [None if (found := self.stage(text, day)) is None else found.value for day in days]

    def in_force(self, day: int) -> str | None:
        found = self.at(day)
        effective = [each for each in found.revisions if each.stage is Stage.EFFECTIVE]
        assert len(effective) <= 1
        assert effective == ([] if found.effective is None else [found.effective])
        return None if found.effective is None else found.effective.number


A, B, C = Text((1, 0)), Text((1, 1)), Text((1, 2))

# -- (a) by hand -----------------------------------------------------------------------------------


def test_draft_in_review_approved() -> None:
    book = Book()
    assert book.stages(A, 0) == ["draft"]
    assert [each.meaning for each in book.at(0).current.missing] == ["prepared", "reviewed", "approved"]  # type: ignore[union-attr]
    book.sign(A, "prepared", "cuong", 1)
    book.sign(A, "reviewed", "binh", 3)
    book.sign(A, "approved", "an", 5)
    assert book.stages(A, 0, 1, 3, 4, 5, 99) == ["draft", "in_review", "in_review", "in_review", "approved", "approved"]
    waits = [[each.meaning for each in (book.at(day).current or pytest.fail()).missing] for day in (1, 3, 5)]
    assert waits == [["reviewed", "approved"], ["approved"], []]
    assert book.in_force(99) is None
    assert book.at(99).latest_issued is None


def test_order_of_signing_before_the_issue_does_not_matter() -> None:
    book = Book()
    book.sign(A, "approved", "an", 1)
    book.sign(A, "reviewed", "binh", 2)
    assert book.stages(A, 2) == ["in_review"]
    book.sign(A, "prepared", "cuong", 3)
    assert book.stages(A, 3) == ["approved"]


def test_what_says_nothing_about_approval_moves_nothing() -> None:
    book = Book()
    for second, meaning in enumerate(("acknowledged", "periodic-review", "legal-review")):
        book.sign(A, meaning, "an", 1, second=second)
    assert book.stages(A, 1) == ["draft"]
    book.issue(A, 2, first=2)
    assert book.stages(A, 2) == ["effective"]
    assert len((book.revision(A, 2) or pytest.fail()).records) == 7


@pytest.mark.parametrize(("meaning", "signer"), [("reviewed", "binh"), ("approved", "an")])
def test_rejected_until_the_text_changes(meaning: str, signer: str) -> None:
    book = Book()
    book.sign(A, meaning, signer, 1, decision="reject")
    assert book.stages(A, 0, 1) == ["draft", "rejected"]
    missing = (book.revision(A, 1) or pytest.fail()).missing
    assert [each.meaning for each in missing] == ["prepared", "reviewed", "approved"]  # to reject is not to do it
    book.approve(A, 2)
    book.sign(A, "issued", "dung", 3, first=3)
    assert book.stages(A, 3, 50) == ["rejected", "rejected"]
    assert book.in_force(50) is None
    changed = Text((1, 0), "b")
    book.current = changed
    assert book.stages(changed, 50) == ["draft"]
    book.issue(changed, 51, first=52)
    assert book.stages(changed, 51, 52) == ["scheduled", "effective"]
    book.current = A  # the edit taken back: the words that were rejected
    assert book.stages(A, 60) == ["rejected"]


def test_a_rejection_does_not_undo_an_approval_of_another_text() -> None:
    book = Book()
    book.issue(A, 1, first=2)
    book.current = B
    book.sign(B, "approved", "an", 3, decision="reject")
    assert (book.in_force(3), book.stages(B, 3)) == ("1.0", ["rejected"])


@pytest.mark.parametrize(
    "wait",
    [
        31,
        60,
    ],
)
def test_a_rejection_after_the_issue_changes_nothing(wait: int) -> None:
    """What was issued ends by a withdrawal or a successor, by nothing else."""
    book = Book()
    book.issue(A, 1, first=2)
    book.sign(A, "reviewed", "binh", 1 + wait, decision="reject")
    assert book.stages(A, 1, 2, wait) == ["scheduled", "effective", "effective"]
    assert book.stages(A, 1 + wait, 99) == ["effective", "effective"]


def test_scheduled_effective_superseded_on_the_day() -> None:
    book = Book()
    book.issue(A, 1, first=10)
    assert book.stages(A, 0, 1, 9, 10, 11) == ["draft", "scheduled", "scheduled", "effective", "effective"]
    assert (book.revision(A, 50) or pytest.fail()).last is None
    book.current = B
    book.issue(B, 20, first=30)
    assert book.stages(A, 19, 20, 29, 30, 31) == ["effective", "effective", "effective", "superseded", "superseded"]
    assert book.stages(B, 19, 20, 29, 30, 31) == ["draft", "scheduled", "scheduled", "effective", "effective"]
    assert [book.in_force(day) for day in (9, 10, 29, 30)] == [None, "1.0", "1.0", "1.1"]
    old = book.revision(A, 31)
    assert old is not None
    assert (old.first, old.last) == (on(10), on(29))
    assert (book.revision(A, 19) or pytest.fail()).last is None  # nobody knew yet
    assert [each.number for each in book.at(20).scheduled] == ["1.1"]


def test_an_issue_that_reaches_back_is_known_from_its_signing_on() -> None:
    book = Book()
    book.issue(A, 10, first=3)
    assert book.stages(A, 3, 9, 10) == ["draft", "draft", "effective"]
    assert (book.revision(A, 10) or pytest.fail()).first == on(3)
    book.current = B
    book.issue(B, 20, first=15)
    assert [book.in_force(day) for day in (15, 19, 20)] == ["1.0", "1.0", "1.1"]
    assert (book.revision(A, 20) or pytest.fail()).last == on(14)


def test_numbers_are_numbers() -> None:
    """1.10 is later than 1.9, 2.0 than 1.10; that text is older does not matter."""
    texts = [Text((1, 9)), Text((1, 10)), Text((2, 0)), Text((10, 0))]
    book = Book()
    for place, text in enumerate(texts):
        book.current = text
        book.issue(text, 1 + place, first=10 + 10 * place)
    assert [each.number for each in book.at(99).revisions] == ["1.9", "1.10", "2.0", "10.0"]
    assert [book.in_force(day) for day in (9, 10, 20, 30, 40)] == [None, "1.9", "1.10", "2.0", "10.0"]
    assert (book.at(99).latest_issued or pytest.fail()).number == "10.0"
    assert (book.at(99).revision("1.10") or pytest.fail()).stage is Stage.SUPERSEDED
    assert book.at(99).revision("1.1") is None


def test_two_that_begin_on_one_day() -> None:
    """Signed in either order: the later number is in force, the other one never was."""
    for pair in ((A, B), (B, A)):
        book = Book(current=B)
        for day, text in enumerate(pair, 1):
            book.issue(text, day, first=10)
        assert [book.in_force(day) for day in (9, 10, 11)] == [None, "1.1", "1.1"]
        assert book.stages(A, 10, 11) == ["superseded", "superseded"]
        assert book.stages(B, 9, 10) == ["scheduled", "effective"]


def test_before_two_begin_on_one_day_both_are_scheduled() -> None:
    """Nobody has withdrawn anything."""
    book = Book(current=B)
    book.issue(A, 1, first=10)
    book.issue(B, 2, first=10)
    assert book.stages(A, 1) == ["scheduled"]
    assert book.stages(A, 2, 9) == ["scheduled", "scheduled"]


def test_two_texts_of_one_number_are_never_both_in_force() -> None:
    other = Text((1, 0), "b")
    for first in (10, 12):
        book = Book()
        book.issue(A, 1, first=10)
        book.issue(other, 2, first=first)
        assert [book.in_force(day) for day in (9, 10, 12, 40)] == [None, "1.0", "1.0", "1.0"]
        assert {each.stage for each in book.at(40).revisions} == {Stage.EFFECTIVE, Stage.SUPERSEDED}


def test_withdrawn_on_its_day() -> None:
    book = Book()
    book.issue(A, 1, first=5)
    book.sign(A, "withdrawn", "an", 10, first=20)
    assert book.stages(A, 9, 10, 19, 20, 99) == ["effective", "effective", "effective", "withdrawn", "withdrawn"]
    assert (book.revision(A, 20) or pytest.fail()).last == on(19)
    assert (book.revision(A, 9) or pytest.fail()).withdrawal is None
    assert book.in_force(20) is None


def test_withdrawal_after_the_successor_began_changes_nothing() -> None:
    book = Book(current=B)
    book.issue(A, 1, first=5)
    book.issue(B, 2, first=10)
    book.sign(A, "withdrawn", "an", 3, first=15)
    assert book.stages(A, 9, 10, 15, 99) == ["effective", "superseded", "superseded", "superseded"]
    assert book.stages(B, 10, 15, 99) == ["effective", "effective", "effective"]
    assert (book.revision(A, 99) or pytest.fail()).last == on(9)


def test_withdrawal_on_the_day_of_the_successor_changes_nothing() -> None:
    book = Book(current=B)
    book.issue(A, 1, first=5)
    book.issue(B, 2, first=10)
    book.sign(A, "withdrawn", "an", 3, first=10)
    assert book.stages(A, 9, 10, 99) == ["effective", "superseded", "superseded"]
    assert [book.in_force(day) for day in (9, 10, 99)] == ["1.0", "1.1", "1.1"]


def test_withdrawal_before_the_successor_leaves_a_gap() -> None:
    book = Book(current=B)
    book.issue(A, 1, first=5)
    book.issue(B, 2, first=10)
    book.sign(A, "withdrawn", "an", 3, first=7)
    assert book.stages(A, 6, 7, 9, 10) == ["effective", "withdrawn", "withdrawn", "withdrawn"]
    assert [book.in_force(day) for day in (6, 7, 9, 10)] == ["1.0", None, None, "1.1"]


def test_withdrawal_of_the_successor_does_not_bring_back_the_one_before() -> None:
    book = Book(current=B)
    book.issue(A, 1, first=5)
    book.issue(B, 2, first=10)
    book.sign(B, "withdrawn", "an", 12, first=20)
    assert book.stages(A, 9, 10, 20, 99) == ["effective", "superseded", "superseded", "superseded"]
    assert book.stages(B, 19, 20) == ["effective", "withdrawn"]
    assert book.in_force(20) is None


def test_a_successor_that_was_withdrawn_before_it_began_replaces_nothing() -> None:
    """Superseded is who has a later revision that took effect; 1.1 never did."""
    book = Book(current=B)
    book.issue(A, 1, first=5)
    book.issue(B, 2, first=20)
    book.sign(B, "withdrawn", "an", 10, first=15)
    assert [book.in_force(day) for day in (9, 15, 19)] == ["1.0", "1.0", "1.0"]
    assert [book.in_force(day) for day in (20, 50)] == ["1.0", "1.0"]
    assert book.stages(B, 20, 50) == ["withdrawn", "withdrawn"]


def test_a_scheduled_revision_is_withdrawn_from_the_date_of_its_withdrawal() -> None:
    """ "Signed `withdrawn`, date <= D": until then it is scheduled."""
    book = Book()
    book.issue(A, 1, first=30)
    book.sign(A, "withdrawn", "an", 10, first=20)
    assert book.stages(A, 9, 20, 29, 30, 99) == ["scheduled", "withdrawn", "withdrawn", "withdrawn", "withdrawn"]
    assert book.stages(A, 10, 19) == ["scheduled", "scheduled"]
    assert [book.in_force(day) for day in (19, 20, 30, 99)] == [None] * 4


def test_withdrawal_by_one_who_may_not_decide_counts_for_nothing() -> None:
    book = Book(policy=policy_of(needing(withdrawn=2)))
    book.issue(A, 1, first=5)
    book.sign(A, "withdrawn", "an", 10, first=20)
    book.sign(A, "withdrawn", "an", 11, first=20, key="SHA256:two")  # the same person again
    book.sign(A, "withdrawn", "cuong", 12, first=20)  # in a role that may not
    assert book.stages(A, 20) == ["effective"]
    book.sign(A, "withdrawn", "binh", 13, first=20, role="lead")
    assert book.stages(A, 12, 19, 20) == ["effective", "effective", "withdrawn"]


def test_two_who_withdraw_must_mean_the_same_day() -> None:
    """On day 10 only one of the two has said that it ends; two are needed."""
    book = Book(policy=policy_of(needing(withdrawn=2)))
    book.issue(A, 1, first=5)
    book.sign(A, "withdrawn", "an", 6, first=50)
    book.sign(A, "withdrawn", "dung", 7, first=10, role="lead")
    assert book.stages(A, 9, 10, 49) == ["effective", "effective", "effective"]


def test_withdrawal_needs_what_approval_needs_where_nothing_else_is_said() -> None:
    made = usual_rule()
    made["require"] = [each for each in made["require"] if each["meaning"] not in ("withdrawn", "issued")]
    book = Book(policy=policy_of(made))
    book.approve(A, 1)
    book.sign(A, "issued", "binh", 2, first=3, role="lead")  # has reviewed it
    assert book.stages(A, 3) == ["approved"]
    book.sign(A, "issued", "dung", 3, first=3, role="desk")  # not a leader
    assert book.stages(A, 3) == ["approved"]
    book.sign(A, "issued", "dung", 4, first=4, role="lead")
    assert book.stages(A, 4) == ["effective"]
    book.sign(A, "withdrawn", "binh", 5, first=6, role="lead")  # has reviewed it
    assert book.stages(A, 5, 6) == ["effective", "effective"]


def test_who_may_not_withdraw_does_not_say_the_day_either() -> None:
    made = usual_rule()
    made["require"] = [each for each in made["require"] if each["meaning"] != "withdrawn"]
    book = Book(policy=policy_of(made))
    book.issue(A, 1, first=2)
    book.sign(A, "withdrawn", "binh", 5, first=6, role="lead")  # has reviewed it
    book.sign(A, "withdrawn", "dung", 7, first=20, role="lead")
    assert book.stages(A, 6, 20) == ["effective", "withdrawn"]
    assert book.stages(A, 7, 19) == ["effective", "effective"]


def test_adopted_only() -> None:
    book = Book()
    book.adopt(A, 10)
    assert book.stages(A, 9, 10) == ["scheduled", "effective"]
    found = book.revision(A, 10)
    assert found is not None
    assert (found.records, found.issuing, found.issued, found.unsigned) == ((), (), True, False)
    assert book.at(10).current == found
    book.current = B
    assert (book.in_force(10), book.stages(B, 10)) == ("1.0", ["draft"])


def test_a_record_takes_over_from_what_was_adopted() -> None:
    book = Book(current=B)
    book.adopt(A, 10)
    book.issue(B, 20, first=30)
    assert [book.in_force(day) for day in (9, 10, 29, 30)] == [None, "1.0", "1.0", "1.1"]
    assert book.stages(A, 30) == ["superseded"]
    book.sign(A, "withdrawn", "an", 12, first=15)
    assert [book.in_force(day) for day in (14, 15, 29, 30)] == ["1.0", None, None, "1.1"]


def test_a_record_of_the_adopted_text_itself() -> None:
    """From the day it begins the record says it; nothing of adopted.yaml is needed any more."""
    book = Book()
    book.adopt(A, 10)
    book.issue(A, 20, first=20)
    assert [book.in_force(day) for day in (10, 19, 20, 50)] == ["1.0"] * 4
    found = book.revision(A, 20)
    assert found is not None
    assert len(found.issuing) == 1
    book.adopted.clear()
    assert [book.in_force(day) for day in (10, 19, 20, 50)] == [None, None, "1.0", "1.0"]


def test_what_is_in_force_stays_so_until_the_record_of_it_begins() -> None:
    """An adopted text is issued again from a later day: it does not go out of force in between."""
    book = Book()
    book.adopt(A, 10)
    book.issue(A, 20, first=30)
    assert [book.in_force(day) for day in (19, 30)] == ["1.0", "1.0"]
    assert [book.in_force(day) for day in (20, 29)] == ["1.0", "1.0"]


def test_a_void_record_does_not_end_what_was_adopted() -> None:
    """The desk "issues" a lower number that nobody approved: 1.1 stays in force, before it and after it."""
    book = Book(current=B)
    book.adopt(B, 5)
    assert [book.in_force(day) for day in (10, 19, 20, 50)] == ["1.1"] * 4
    book.sign(A, "issued", "dung", 20, first=20)
    assert [book.in_force(day) for day in (10, 19, 20, 50)] == ["1.1"] * 4


def test_the_earlier_of_two_withdrawals_counts() -> None:
    """ "Signed `withdrawn`, date <= D": also where a later date was signed first."""
    for dates in ((20, 50), (50, 20)):
        book = Book()
        book.issue(A, 1, first=2)
        for second, first in enumerate(dates):
            book.sign(A, "withdrawn", "an", 6, second=second, first=first)
        assert book.stages(A, 19, 20, 50) == ["effective", "withdrawn", "withdrawn"]


def test_as_of_before_the_signing_the_record_is_not_there() -> None:
    book = Book()
    book.issue(A, 10, first=10)
    for day in range(10):
        found = book.revision(A, day)
        assert found is not None
        assert (found.stage, found.records, found.first) == (Stage.DRAFT, (), None)
    assert book.in_force(10) == "1.0"


def test_issued_before_it_was_approved_is_not_issued() -> None:
    book = Book()
    book.sign(A, "issued", "dung", 1, first=2)
    assert book.stages(A, 1, 2) == ["draft", "draft"]
    book.approve(A, 3)
    assert book.stages(A, 3, 9) == ["approved", "approved"]
    book.sign(A, "issued", "dung", 4, first=6)
    assert book.stages(A, 4, 6) == ["scheduled", "effective"]


def test_two_must_approve_persons_not_keys() -> None:
    book = Book(policy=policy_of(needing(approved=2)))
    book.sign(A, "prepared", "cuong", 1)
    book.sign(A, "reviewed", "binh", 1, second=1)
    for second, key in enumerate(("SHA256:one", "SHA256:two", "SHA256:three"), 2):
        book.sign(A, "approved", "an", 1, second=second, key=key)
    assert book.stages(A, 1) == ["in_review"]
    (missing,) = (book.revision(A, 1) or pytest.fail()).missing
    assert (missing.meaning, missing.count, missing.roles) == ("approved", 1, ("lead",))
    book.sign(A, "issued", "dung", 2, first=2)
    assert book.stages(A, 2) == ["in_review"]
    book.sign(A, "approved", "dung", 3, role="lead")
    assert book.stages(A, 2, 3) == ["in_review", "approved"]


def test_two_must_issue_the_same() -> None:
    book = Book(policy=policy_of(needing(issued=2)))
    book.issue(A, 1, first=5)
    book.sign(A, "issued", "dung", 2, first=5, key="SHA256:two")
    assert book.stages(A, 5) == ["approved"]
    book.sign(A, "issued", "an", 3, first=6)  # another day
    assert book.stages(A, 6) == ["approved"]
    book.sign(A, "issued", "an", 4, first=5, decision_ref=DecisionRef("1/QĐ", on(0), None))  # by another decision
    assert book.stages(A, 6) == ["approved"]
    book.sign(A, "issued", "an", 5, first=5)
    assert book.stages(A, 4, 5, 9) == ["approved", "effective", "effective"]
    assert len((book.revision(A, 9) or pytest.fail()).issuing) == 3


@pytest.mark.parametrize(
    ("prepared", "reviewed", "approved", "stage"),
    [
        ("cuong", "binh", "an", "approved"),
        ("an", "binh", "an", "in_review"),
        ("binh", "binh", "an", "in_review"),
        ("cuong", "an", "an", "in_review"),
        ("an", "binh", "dung", "approved"),
        ("an", "an", "an", "in_review"),
    ],
)
def test_not_the_same_as(prepared: str, reviewed: str, approved: str, stage: str) -> None:
    book = Book()
    book.sign(A, "prepared", prepared, 1)
    book.sign(A, "reviewed", reviewed, 2, role="lead")
    book.sign(A, "approved", approved, 3, role="lead", key="SHA256:other")
    assert book.stages(A, 3) == [stage]


def test_who_has_signed_in_another_part_later_does_not_count_any_more() -> None:
    book = Book()
    book.approve(A, 1)
    assert book.stages(A, 1) == ["approved"]
    book.sign(A, "prepared", "an", 2)
    assert book.stages(A, 2) == ["in_review"]
    (missing,) = (book.revision(A, 2) or pytest.fail()).missing
    assert (missing.meaning, missing.excluded) == ("approved", ("an", "binh", "cuong"))


def test_by_delegation_the_person_counts_who_signed() -> None:
    """A deputy signs for the head: the deputy is the person, in the head's role."""
    by = {"role": "lead", "acting": ("KT", "uq-1")}
    book = Book(policy=policy_of(needing(approved=2)))
    book.sign(A, "prepared", "cuong", 1)
    book.sign(A, "reviewed", "binh", 1, second=1)
    book.sign(A, "approved", "an", 2)
    book.sign(A, "approved", "binh", 3, **by)  # has reviewed it
    assert book.stages(A, 3) == ["in_review"]
    book.sign(A, "approved", "dung", 4, **by)
    assert book.stages(A, 4) == ["approved"]
    again = Book(policy=policy_of(needing(approved=2)))
    again.sign(A, "prepared", "cuong", 1)
    again.sign(A, "reviewed", "binh", 1, second=1)
    again.sign(A, "approved", "dung", 2, role="lead")
    again.sign(A, "approved", "dung", 3, **by)  # once for himself, once for another: one person
    assert again.stages(A, 3) == ["in_review"]


def test_without_a_rule_nothing_is_ever_approved() -> None:
    for policy in (None, policy_of({"kind": "manual", "from": "2018-01-01", "require": usual_rule()["require"]})):
        book = Book(policy=policy)
        book.issue(A, 1, first=1)
        assert book.stages(A, 1) == ["in_review"]
        assert [each.meaning for each in (book.revision(A, 1) or pytest.fail()).missing] == ["approved"]
        book = Book(policy=policy)
        book.adopt(A, 0)
        book.sign(A, "withdrawn", "an", 1, first=1)
        assert book.in_force(1) == "1.0"


def test_rules_of_the_day_and_all_of_them() -> None:
    """Until day 9 one leader is enough; from day 10 on, two. What was issued before stays issued."""
    lenient = needing() | {"until": on(9).isoformat()}
    strict = needing(approved=2) | {"from": on(10).isoformat()}
    book = Book(policy=policy_of(lenient, strict))
    book.issue(A, 1, first=20)
    book.current = B
    book.approve(B, 9)
    assert book.stages(A, 9, 10, 20) == ["scheduled", "scheduled", "effective"]
    assert book.stages(B, 9, 10) == ["approved", "in_review"]
    book.sign(B, "issued", "dung", 11, first=30)
    assert book.stages(B, 11, 30) == ["in_review", "in_review"]
    both = Book(policy=policy_of(needing(), needing(approved=2)))
    both.issue(A, 1, first=1)
    assert both.stages(A, 1) == ["in_review"]


def test_an_edit_voids_and_taking_it_back_restores() -> None:
    book = Book()
    book.approve(A, 1)
    edited = Text((1, 0), "b")
    book.current = edited
    now = book.at(1).current
    assert now is not None
    assert (now.stage, now.records) == (Stage.DRAFT, ())
    assert [each.person for each in now.voided] == ["cuong", "binh", "an"]
    book.current = A
    now = book.at(1).current
    assert now is not None
    assert (now.stage, now.voided) == (Stage.APPROVED, ())


def test_once_issued_a_later_issue_changes_nothing() -> None:
    """Signed again with another first day, after a rejection or not: the first valid issue stands."""
    book = Book()
    book.issue(A, 1, first=10)
    book.sign(A, "issued", "dung", 5, first=30)
    assert (book.revision(A, 5) or pytest.fail()).first == on(10)
    assert book.stages(A, 9, 10) == ["scheduled", "effective"]


def test_signing_an_issue_once_more_after_a_rejection_does_not_undo_it() -> None:
    book = Book()
    book.issue(A, 1, first=10)
    book.sign(A, "approved", "an", 40, decision="reject")
    assert book.stages(A, 40) == ["effective"]
    book.sign(A, "issued", "dung", 50, first=10)
    assert book.stages(A, 50, 99) == ["effective", "effective"]


def test_signing_an_old_void_issue_once_more_does_not_move_the_first_day() -> None:
    book = Book()
    book.sign(A, "issued", "dung", 1, first=40)  # too early, counts for nothing
    book.issue(A, 2, first=10)
    assert [(book.revision(A, day) or pytest.fail()).first for day in (2, 15)] == [on(10)] * 2
    book.sign(A, "issued", "dung", 20, first=40)
    assert (book.revision(A, 20) or pytest.fail()).first == on(10)
    assert book.in_force(20) == "1.0"


def test_the_same_bytes_in_two_places_are_one_record() -> None:
    book = Book(policy=policy_of(needing(approved=2)))
    book.approve(A, 1)
    book.records += [replace(each, path=each.path + "-copy.json") for each in book.records]
    assert book.stages(A, 1) == ["in_review"]
    assert len((book.revision(A, 1) or pytest.fail()).records) == 3


def test_last_review() -> None:
    book = Book()
    book.issue(A, 1, first=10)

    def last(day: int) -> date | None:
        return last_review(book.revision(A, day) or pytest.fail())

    assert last(50) == on(1)
    book.sign(A, "periodic-review", "an", 60, decision="revise", reason="x")
    assert last(60) == on(1)
    book.sign(A, "periodic-review", "an", 70)
    assert [last(day) for day in (69, 70, 99)] == [on(1), on(70), on(70)]
    adopted = Book()
    adopted.adopt(A, 10)
    assert last_review(adopted.revision(A, 50) or pytest.fail()) == on(10)


def test_one_unsigned_record_makes_it_unsigned() -> None:
    book = Book()
    book.issue(A, 1, first=1)
    assert (book.revision(A, 1) or pytest.fail()).unsigned is False
    book.records[0] = replace(book.records[0], assurance=Assurance.UNSIGNED, fingerprint=None)
    assert (book.revision(A, 1) or pytest.fail()).unsigned is True


def test_a_document_whose_file_is_gone() -> None:
    book = Book(current=None)
    book.issue(A, 1, first=5)
    found = book.at(5)
    assert (found.current, found.title, found.effective is not None) == (None, None, True)


# -- (b) a machine against a model -----------------------------------------------------------------


class Said(NamedTuple):
    """What the model knows of a record."""

    day: int
    second: int
    signer: str
    role: str
    meaning: str
    decision: str
    text: Text
    first: int | None


MAY = {"reviewed": {"review", "lead"}, "approved": {"lead"}, "issued": {"desk", "lead"}, "withdrawn": {"lead"}}
HOLDS = {"an": ("lead",), "binh": ("review", "lead"), "cuong": ("work",), "dung": ("desk", "lead")}
WHO = [(signer, role) for signer, roles in HOLDS.items() for role in roles]
LAST_DAY = 130


def _met(known: list[Said], approvals: int) -> bool:
    """Prepared by one, reviewed by another, approved by as many as needed, neither of them; rejected by nobody."""

    def who(meaning: str) -> set[str]:
        return {each.signer for each in known if (each.meaning, each.decision) == (meaning, "accept")}

    prepared, reviewed = who("prepared"), who("reviewed")
    if any(each.decision == "reject" for each in known):
        return False
    return bool(prepared and reviewed - prepared) and len(who("approved") - prepared - reviewed) >= approvals


class Model:
    """The lifecycle told as a diary: each day, what ends and what begins."""

    def __init__(self, said: Iterable[Said], approvals: int, today: int) -> None:
        self.today = today
        self.approvals = approvals
        self.known = sorted(each for each in said if each.day <= today)
        self.first: dict[Text, int] = {}
        self.gone: dict[Text, int] = {}
        for place, each in enumerate(self.known):
            before = [other for other in self.known[:place] if other.text == each.text]
            if each.meaning == "issued" and each.text not in self.first and _met(before, approvals):
                assert each.first is not None
                self.first[each.text] = each.first
            if each.meaning == "withdrawn":
                assert each.first is not None
                self.gone[each.text] = min(each.first, self.gone.get(each.text, each.first))
        self.issued: dict[Text, str] = dict.fromkeys(self.first, "scheduled")
        for day in range(today + 1):
            self._day(day)

    def _day(self, day: int) -> None:
        for text in sorted(self.first):
            if self.first[text] == day and self.issued[text] == "scheduled" and self.gone.get(text, day + 1) > day:
                for other, stage in self.issued.items():
                    if stage == "effective":
                        self.issued[other] = "superseded"
                self.issued[text] = "effective"
        for text, stage in self.issued.items():
            if stage in ("scheduled", "effective") and self.gone.get(text, day + 1) <= day:
                self.issued[text] = "withdrawn"

    def state(self, text: Text) -> str:
        if text in self.issued:
            return self.issued[text]
        own = [
            each for each in self.known if each.text == text and each.meaning in ("prepared", "reviewed", "approved")
        ]
        if any(each.decision == "reject" for each in own):
            return "rejected"
        if not own:
            return "draft"
        return "approved" if _met(own, self.approvals) else "in_review"


days = st.integers(0, 60)
waits = st.integers(0, 25)


class Lifecycle(RuleBasedStateMachine):
    """Anybody does anything on any day, also days gone by."""

    def __init__(self) -> None:
        super().__init__()
        self.text = A
        self.said: list[Said] = []
        self.seen: set[Text] = {A}
        self.book = Book()
        self.approvals = 1
        self.dates: set[int] = {0}

    @initialize(approvals=st.sampled_from((1, 1, 2)))
    def begin(self, approvals: int) -> None:
        self.approvals = approvals
        self.book.policy = policy_of(needing(approved=approvals))

    # -- actions ---------------------------------------------------------------------------------

    def _put(
        self, text: Text, meaning: str, who: tuple[str, str], day: int, first: int | None = None, decision: str = ""
    ) -> None:
        if who[1] not in MAY.get(meaning, {who[1]}):
            return  # such a record would not count
        decision = decision or ("confirm" if meaning == "periodic-review" else "accept")
        second = len(self.said)
        yesterday = None if day == 0 else self._whole(day - 1)
        self.book.sign(text, meaning, who[0], day, second=second, first=first, role=who[1], decision=decision)
        self.said.append(Said(day, second, *who, meaning, decision, text, first))
        if day > 0:
            assert self._whole(day - 1) == yesterday, "a record changed the days before it"
        self.dates |= {day, day + 1, *(() if first is None else (first - 1, first))}

    def _whole(self, day: int) -> list[tuple[object, ...]]:
        found = self.book.at(day)
        return [(each.order, each.digest, each.stage, each.first, each.last) for each in found.revisions]

    @rule(words=st.sampled_from("abc"))
    def edit(self, words: str) -> None:
        self.text = self.book.current = Text(self.text.order, words)
        self._look_at_the_edit()

    @rule(rewrite=st.booleans(), words=st.sampled_from("abc"))
    def raise_number(self, rewrite: bool, words: str) -> None:
        issue, revision = self.text.order
        order = (issue + 1, 0) if rewrite else (issue, revision + 1)
        self.text = self.book.current = Text(order, words)
        self._look_at_the_edit()

    def _look_at_the_edit(self) -> None:
        """Words that nobody has signed are a draft, whatever was signed about others."""
        if self.text not in self.seen:
            self.seen.add(self.text)
            for day in (0, 30, LAST_DAY):
                now = self.book.at(day).current
                assert now is not None
                assert (now.stage, now.records, now.issuing, now.first) == (Stage.DRAFT, (), (), None)
                void = [
                    each.sha256
                    for each in self.book.records
                    if each.record.order == self.text.order
                    and each.record.meaning in ("prepared", "reviewed", "approved")
                    and each.record.decision == "accept"
                    and each.record.day <= on(day)
                ]
                assert sorted(each.sha256 for each in now.voided) == sorted(void)

    @rule(meaning=st.sampled_from(("prepared", "reviewed", "approved")), who=st.sampled_from(WHO), day=days)
    def sign(self, meaning: str, who: tuple[str, str], day: int) -> None:
        self._put(self.text, meaning, who, day)

    @rule(meaning=st.sampled_from(("reviewed", "approved")), who=st.sampled_from(WHO), day=days, luck=st.integers(0, 3))
    def reject(self, meaning: str, who: tuple[str, str], day: int, luck: int) -> None:
        if luck == 0 and self.may_reject(self.text, day):
            self._put(self.text, meaning, who, day, decision="reject")

    careful = True
    """Keep away from texts issued or withdrawn twice, and from two that begin on one day."""

    def _firsts(self, meaning: str) -> Iterator[tuple[Text, int]]:
        return ((each.text, each.first) for each in self.said if each.meaning == meaning and each.first is not None)

    def may_reject(self, text: Text, day: int) -> bool:
        """Only before it was issued."""
        issued = (each for each in self.said if (each.text, each.meaning) == (text, "issued"))
        return all(day < each.day for each in issued)

    def may_issue(self, text: Text, first: int, day: int) -> bool:
        """Each text once, no two from one day, none that is withdrawn before it begins or rejected afterwards."""
        if not self.careful:
            return True
        if any((each.text, each.decision) == (text, "reject") and each.day >= day for each in self.said):
            return False
        once = all(other != text and begins != first for other, begins in self._firsts("issued"))
        return once and all(other != text or gone > first for other, gone in self._firsts("withdrawn"))

    def may_withdraw(self, text: Text, gone: int) -> bool:
        """Only what has begun by then, and once."""
        if not self.careful:
            return True
        once = all(other != text for other, _ in self._firsts("withdrawn"))
        return once and all(other != text or gone > first for other, first in self._firsts("issued"))

    @rule(who=st.sampled_from(WHO), day=days, wait=waits)
    def issue(self, who: tuple[str, str], day: int, wait: int) -> None:
        if self.may_issue(self.text, day + wait, day):
            self._put(self.text, "issued", who, day, first=day + wait)

    @rule(day=days, wait=waits)
    def do_it_properly(self, day: int, wait: int) -> None:
        self._put(self.text, "prepared", ("cuong", "work"), day)
        self._put(self.text, "reviewed", ("binh", "review"), day)
        self._put(self.text, "approved", ("an", "lead"), day)
        if self.approvals > 1:
            self._put(self.text, "approved", ("dung", "lead"), day)
        if self.may_issue(self.text, day + wait, day):
            self._put(self.text, "issued", ("dung", "desk"), day, first=day + wait)

    @rule(wait=waits, day=days)
    def revise_and_do_it_properly(self, day: int, wait: int) -> None:
        self.raise_number(False, "a")
        self.do_it_properly(day, wait)

    @precondition(lambda self: self.said)
    @rule(data=st.data(), who=st.sampled_from(WHO), day=days, wait=waits)
    def withdraw(self, data: st.DataObject, who: tuple[str, str], day: int, wait: int) -> None:
        text = data.draw(st.sampled_from(sorted({each.text for each in self.said})))
        if self.may_withdraw(text, day + wait):
            self._put(text, "withdrawn", who, day, first=day + wait)

    @rule(who=st.sampled_from(WHO), day=days, decision=st.sampled_from(("confirm", "revise", "withdraw")))
    def periodic_review(self, who: tuple[str, str], day: int, decision: str) -> None:
        self._put(self.text, "periodic-review", who, day, decision=decision)

    # -- what holds ------------------------------------------------------------------------------

    @invariant()
    def holds(self) -> None:
        self._hold(sorted({0, LAST_DAY, 45, *self.dates}))
        self.dates.clear()

    def teardown(self) -> None:
        self._hold(range(0, LAST_DAY, 3))

    def _hold(self, dates: Iterable[int]) -> None:
        first: dict[str, date] = {}
        superseded: set[str] = set()
        for day in dates:
            found = self.book.at(day)
            model = Model(self.said, self.approvals, day)
            effective = [each for each in found.revisions if each.stage is Stage.EFFECTIVE]
            assert len(effective) <= 1
            assert [*filter(None, [found.effective])] == effective
            assert found.current is not None
            assert (found.current.order, found.current.digest) == (self.text.order, self.text.digest)
            assert found.current.stage.value == model.state(self.text), (day, self.text)
            issued = {each.digest: each for each in found.revisions if each.issued}
            assert {digest: each.stage.value for digest, each in issued.items()} == {
                text.digest: stage for text, stage in model.issued.items()
            }, day
            assert {digest: each.first for digest, each in issued.items()} == {
                text.digest: on(begins) for text, begins in model.first.items()
            }
            for digest, begins in first.items():
                assert digest in issued, "what was issued is not any more"
                assert issued[digest].first == begins, "the first day of an issued revision has changed"
            for digest in superseded:
                assert issued[digest].stage is Stage.SUPERSEDED, "what was superseded is not any more"
            first = {digest: each.first for digest, each in issued.items() if each.first is not None}
            superseded = {digest for digest, each in issued.items() if each.stage is Stage.SUPERSEDED}
            for each in effective:
                assert each.first is not None
                assert each.first <= on(day)
                assert each.last is None or on(day) <= each.last


class TestLifecycle(Lifecycle.TestCase):  # type: ignore[misc,name-defined]
    settings = settings(max_examples=many(200), stateful_step_count=30, suppress_health_check=[HealthCheck.too_slow])


# -- (c) two branches, and what is left without Git ------------------------------------------------


def status(world: World, root: Path, *arguments: str) -> dict[str, Any]:
    answer = run_docctl("status", "--format", "json", "--as-of", DAY, *arguments, cwd=root)
    assert (answer.status, answer.err) == (0, "")
    return answer.report


def verify(world: World, root: Path, *arguments: str) -> Answer:
    return run_docctl(
        "verify", "--format", "json", "--as-of", DAY, "--policy-pin", world.office.pin, *arguments, cwd=root
    )


def two_branches(world: World) -> None:
    """Prepared on main; reviewed on one branch, approved on the other, both at once."""
    office = world.office
    office.sign("QT-01", "prepared", "cuong", "2025-03-01")
    world.commit("prepared")
    for branch, meaning, signer, day in (("review", "reviewed", "binh", "02"), ("lead", "approved", "an", "03")):
        world.git("switch", "-q", "-c", branch, "main")
        office.sign("QT-01", meaning, signer, f"2025-03-{day}")
        world.commit(meaning)
    world.git("switch", "-q", "main")


def merge_commit(world: World) -> None:
    world.git("merge", "-q", "--no-ff", "-m", "m", "review")
    world.git("merge", "-q", "--no-ff", "-m", "m", "lead")
    assert len(world.git("rev-list", "--merges", "HEAD").split()) == 2


def squash(world: World) -> None:
    for branch in ("review", "lead"):
        world.git("merge", "-q", "--squash", branch)
        world.commit("squashed")
    assert world.git("rev-list", "--merges", "HEAD") == ""


def rebase(world: World) -> None:
    world.git("merge", "-q", "--ff-only", "review")
    world.git("switch", "-q", "lead")
    world.git("rebase", "-q", "main")
    world.git("switch", "-q", "main")
    world.git("merge", "-q", "--ff-only", "lead")
    assert world.git("rev-list", "--merges", "HEAD") == ""


def octopus(world: World) -> None:
    world.git("merge", "-q", "--no-ff", "-m", "m", "review", "lead")


WAYS: tuple[Callable[[World], None], ...] = (merge_commit, squash, rebase, octopus)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_parallel_approvals_survive_merge_clone_and_zip(
    world: World, tmp_path: Path, way: Callable[[World], None]
) -> None:
    two_branches(world)
    assert status(world, world.root, "QT-01")["documents"][0]["revisions"][0]["state"] == "in_review"
    way(world)
    assert status(world, world.root, "QT-01")["documents"][0]["revisions"][0]["state"] == "approved"
    world.office.archive("QT-01")
    world.office.sign("QT-01", "issued", "dung", "2025-03-04")
    world.commit("issued")
    here = status(world, world.root)
    (revision,) = here["documents"][0]["revisions"]
    assert (revision["state"], revision["from"], revision["assurance"]) == ("effective", "2025-03-04", "signed")
    assert [(each["meaning"], each["signer"]) for each in revision["records"]] == [
        ("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"), ("issued", "dung"),
    ]  # fmt: skip
    shallow, unpacked = tmp_path / "shallow", tmp_path / "unpacked"
    world.git("clone", "-q", "--depth", "1", world.top.as_uri(), str(shallow), cwd=tmp_path)
    assert world.git("rev-list", "--count", "HEAD", cwd=shallow) == "1"
    made = world.try_git("archive", "--format=zip", "HEAD")
    assert made.returncode == 0
    with zipfile.ZipFile(io.BytesIO(made.stdout)) as archive:
        archive.extractall(unpacked)
    assert not [*unpacked.rglob(".git")]
    assert world.try_git("rev-parse", "--git-dir", cwd=unpacked).returncode != 0
    said = {}
    for root in (world.root, shallow, unpacked):
        found = verify(world, root)
        assert (found.status, found.findings) == (0, []), root
        assert found.report["summary"]["records"] == 4
        assert status(world, root) == here
        said[root.name] = found.out
    assert len({*said.values()}) == 1, "the same content, the same bytes"
    # The test can see a difference: without one of the records, or one bit of it, it is another answer.
    record = next(unpacked.glob("approvals/QT-01/1.0/approved--an--*.json"))
    record.write_bytes(record.read_bytes()[:-1] + b"]")
    assert ("DC410", record.relative_to(unpacked).as_posix()) in verify(world, unpacked).findings
    assert status_of_broken(unpacked) == "in_review"


def status_of_broken(root: Path) -> str:
    answer = run_docctl("status", "QT-01", "--format", "json", "--as-of", DAY, cwd=root)
    state: str = answer.report["documents"][0]["revisions"][0]["state"]
    return state


def test_two_branches_that_make_the_same_next_number(world: World) -> None:
    """Both merge without a conflict of Git's only if nobody looks: docctl says that they collide."""
    office = world.office
    office.issue("QT-01", "2025-03-01")
    world.commit("issued")
    before = status(world, world.root, "QT-01")["documents"][0]["revisions"][0]
    previous = (1, 0, before["digest"])
    for branch, number, day in (("one", "1.1", "05"), ("two", "2.0", "06")):
        world.git("switch", "-q", "-c", branch, "main")
        office.revise("QT-01", number)
        office.issue("QT-01", f"2025-03-{day}", previous=previous)
        world.commit(number)
        assert verify(world, world.root).findings == []
    world.git("merge", "-q", "-m", "m", "-X", "ours", "one")
    found = verify(world, world.root)
    assert found.status == 1
    codes = [code for code, _ in found.findings]
    assert codes.count("DC303") == 1
    assert {*codes} <= {"DC303", "DC304"}  # and 2.0 does not name 1.1, which was issued before it
    stages = [each["state"] for each in status(world, world.root, "QT-01")["documents"][0]["revisions"]]
    assert stages == ["superseded", "superseded", "effective"]


# -- (d) an edit after approval --------------------------------------------------------------------


def test_an_edit_after_approval_is_said_once_and_names_who_signed(world: World) -> None:
    office = world.office
    office.approve("QT-01", "2025-03-01")
    assert "DC412" not in world.check().codes
    office.edit("QT-01", "Quy định trình tự", "Quy định trình tự.")
    answer = world.check()
    found = [each for each in answer.report["findings"] if each["code"] == "DC412"]
    assert (answer.status, len(found)) == (1, 1)
    message = found[0]["message"]
    assert "cuong, binh, an" in message
    assert "1.0" in message
    assert "\n" not in message
    assert not message.endswith(".")
    assert ". " not in message  # one sentence
    assert (found[0]["path"], found[0]["severity"]) == ("procedures/QT-01.yaml", "error")
    assert len(found[0]["related"]) == 3
    assert {each["path"] for each in found[0]["related"]} == {
        path.relative_to(world.root).as_posix() for path in world.root.glob("approvals/QT-01/1.0/*.json")
    }
    revision = status(world, world.root, "QT-01")["documents"][0]["revisions"][0]
    assert (revision["state"], revision["records"], len(revision["voided"])) == ("draft", [], 3)
    text = run_docctl("check", "--as-of", DAY, cwd=world.root).out
    assert text.count("error DC412") == text.count("was changed after") == 1
    office.edit("QT-01", "Quy định trình tự.", "Quy định trình tự")
    assert "DC412" not in world.check().codes


REWRITTEN = """\
# Một lời ghi chú
title: "Một quy trình"   # ở đây nữa
purpose: >-
  Quy định
  trình tự

steps:
  - id: "b-1"
    next: ['b-2']
    time: { unit: hour, value: 1 }
    role: can-bo
    title: 'Nhận'
    kind: receive
  - { next: [b-3], id: b-2, kind: sign, title: Ký, role: chu-tich, time: { value: 1, unit: hour } }
  - { id: b-3, kind: deliver, title: Trả, role: can-bo, time: { value: 1, unit: hour }, next: [] }
legal_basis: []
owner: can-bo
level: 'commune'
change:
  summary: Ban hành lần đầu
  reason: first-issue
revision: 0
issue: 1
id: QT-01
format: docctl/procedure/v1
"""


def test_writing_it_otherwise_voids_nothing(world: World) -> None:
    world.office.approve("QT-01", "2025-03-01")
    before = status(world, world.root, "QT-01")
    assert before["documents"][0]["revisions"][0]["state"] == "approved"
    plain = procedure()
    for text in (plain + "# ghi chú\n", plain.replace("level: commune", 'level: "commune"'), REWRITTEN):
        assert text != plain
        world.write({"procedures/QT-01.yaml": text})
        assert "DC412" not in world.check().codes
        assert status(world, world.root, "QT-01") == before
    world.write({"procedures/QT-01.yaml": REWRITTEN.replace("'Nhận'", "'nhận'")})
    assert "DC412" in world.check().codes


# -- (e) the unsigned pilot ------------------------------------------------------------------------

UNTIL = "2026-12-31"


def pilot(world: World, *names: str) -> list[str]:
    """The usual rule without signatures until the end of the year; QT-01 issued, one record of it signed."""
    office = world.office
    for each in world.root.glob("policy/0001.yaml*"):
        each.unlink()
    office.first_policy(rules=[usual_rule(unsigned_until=UNTIL)])
    office.archive("QT-01")
    paths = office.approve("QT-01", "2026-03-01", signed=False)
    paths.append(office.sign("QT-01", "issued", "dung", "2026-03-01", signed="issued" in names))
    world.commit("pilot")
    return paths


OUTPUTS = [
    *((command, form) for command in ("check", "verify", "outdated") for form in ("text", "json", "github")),
    ("status", "text"),
    ("status", "json"),
]


def output(world: World, command: str, form: str, *arguments: str, day: str = DAY) -> Answer:
    pin = ("--policy-pin", world.office.pin) if command == "verify" else ()
    return run_docctl(command, "--format", form, "--as-of", day, *pin, *arguments, cwd=world.root)


@pytest.mark.parametrize("partly", ["issued", ""])
@pytest.mark.parametrize(("command", "form"), OUTPUTS)
def test_every_output_says_unsigned(world: World, command: str, form: str, partly: str) -> None:
    pilot(world, partly)
    said = output(world, command, form)
    assert said.status in (0, 1)
    assert "unsigned" in said.out.lower()
    if form == "json" and command == "status":
        (one, two) = said.report["documents"]
        assert [each["assurance"] for each in one["revisions"]] == ["unsigned"]
        assert [each["assurance"] for each in two["revisions"]] == [None]
        assert one["effective"] == "1.0"
    elif form == "json":
        assert said.report["summary"]["unsigned"] == (3 if partly else 4)


@pytest.mark.parametrize(("command", "form"), OUTPUTS)
def test_no_output_says_unsigned_where_all_is_signed(world: World, command: str, form: str) -> None:
    world.office.issue("QT-01", "2026-03-01")
    said = output(world, command, form)
    words = said.out.lower().replace('"unsigned": 0', "")
    assert "unsigned" not in words + said.err.lower()


@pytest.mark.parametrize("command", ["check", "verify", "outdated", "status"])
@pytest.mark.parametrize("word", ["off", "note"])
def test_the_word_cannot_be_switched_off(world: World, command: str, word: str) -> None:
    pilot(world)
    config = (world.root / "docctl.toml").read_text(encoding="utf-8")
    world.write({"docctl.toml": config + f'\n[rules]\nDC432 = "{word}"\n'})
    said = output(world, command, "json")
    assert (said.status, said.out) == (2, "")
    assert "DC432" in said.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("QT-01",), ("QT-02",), ("--all",), ("--explain",),
        ("QT-01", "--explain"),
    ],
)  # fmt: skip
def test_outdated_says_it_however_it_is_asked(world: World, arguments: tuple[str, ...]) -> None:
    pilot(world)
    assert "unsigned" in output(world, "outdated", "text", *arguments).out.lower()


@pytest.mark.parametrize(
    "signed",
    [
        "",
        "issued",
    ],
)
def test_a_verdict_is_no_surer_than_what_it_rests_on(world: World, signed: str) -> None:
    """Prepared, reviewed and approved by claims; that the last record is signed makes none of them more."""
    pilot(world, signed)
    verdict = output(world, "outdated", "json").report["verdicts"][0]
    assert (verdict["procedure"], verdict["revision"]) == ("QT-01", "1.0")
    assert verdict["baseline"]["record"]["assurance"] == "unsigned"


def test_status_says_it_of_one_and_of_many_and_of_each_record(world: World) -> None:
    pilot(world, "issued")
    many = output(world, "status", "text").out.splitlines()
    assert [("UNSIGNED" in line) for line in many] == [True, False]
    one = output(world, "status", "text", "QT-01").out
    assert (one.count("UNSIGNED"), one.count("signed (SSH)")) == (3, 1)
    assert "UNSIGNED" not in output(world, "status", "text", "QT-02").out


@pytest.mark.parametrize(("command", "form"), [each for each in OUTPUTS if each[1] == "text"])
def test_also_in_vietnamese(world: World, command: str, form: str) -> None:
    pilot(world)
    said = output(world, command, form, "--lang", "vi")
    assert "chưa ký" in said.out.lower()


def state(world: World, day: str) -> tuple[str, int]:
    """The state of QT-01, and how many records count for it."""
    (revision,) = output(world, "status", "json", "QT-01", day=day).report["documents"][0]["revisions"]
    return revision["state"], len(revision["records"])


def test_after_the_pilot_nothing_unsigned_counts(world: World) -> None:
    paths = pilot(world)
    assert state(world, UNTIL) == ("effective", 4)
    assert state(world, "2027-01-01") == ("draft", 0)
    found = output(world, "verify", "json", day="2027-01-01")
    assert found.status == 1
    assert sorted(path for code, path in found.findings if code == "DC419") == sorted(paths)
    assert output(world, "verify", "json").codes == {"DC432"}


def test_after_the_pilot_what_is_kept_counts_and_nothing_else(world: World) -> None:
    paths = pilot(world)
    kept = [sha256(world.office.read(path)) for path in paths]

    def end(tree: dict[str, Any]) -> None:
        tree["rules"][0]["unsigned_until"] = "2026-10-31"
        tree["kept"] = kept[:3]
        tree["rules"].append(usual_rule() | {"from": "2026-11-01"})
        tree["rules"][0]["until"] = "2026-10-31"

    world.office.next_policy(end, at="2026-10-31T08:00:00+07:00")
    assert state(world, "2026-10-31") == ("effective", 4)
    assert state(world, "2026-11-01") == ("approved", 3)
    found = output(world, "verify", "json", day="2026-11-01")
    assert [path for code, path in found.findings if code == "DC419"] == [paths[3]]
    assert "unsigned" in found.out
    late = world.office.sign("QT-02", "prepared", "cuong", "2026-11-01", signed=False)
    assert ("DC419", late) in output(world, "verify", "json", day="2026-11-02").findings

    def keep_all(tree: dict[str, Any]) -> None:
        tree["kept"] = kept

    world.office.next_policy(keep_all, at="2026-10-31T09:00:00+07:00")
    for day in ("2026-10-31", "2026-11-01", "2027-06-01"):
        assert state(world, day) == ("effective", 4)
        assert "UNSIGNED" in output(world, "status", "text", "QT-01", day=day).out


def test_a_bad_signature_is_refused_never_read_as_unsigned(world: World) -> None:
    (prepared, *_) = pilot(world)
    for data in (b"", b"x", world.office.key("binh").sign(world.office.read(prepared), "docctl-record-v1")):
        world.office.put(prepared + ".sig", data)
        found = output(world, "verify", "json")
        assert found.status == 1
        assert {code for code, _ in found.findings} & {"DC411", "DC413"}
        assert state(world, DAY)[0] != "effective"
    world.office.put(prepared + ".sig", world.office.key("cuong").sign(world.office.read(prepared), "docctl-record-v1"))
    assert state(world, DAY) == ("effective", 4)


def test_signed_after_the_last_day_of_the_pilot_it_needs_a_signature(world: World) -> None:
    pilot(world)
    late = world.office.sign("QT-02", "prepared", "cuong", "2027-01-01", signed=False)
    for day in (DAY, "2027-01-01", "2027-02-01"):
        assert ("DC419", late) in output(world, "verify", "json", day=day).findings
