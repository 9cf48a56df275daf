"""What is signed are bytes: no bit of a record, a signature or a policy can change, no sentence, no spelling of JSON.

The sweeps are complete: all eight flips and the deletion of every byte, by as many processes as there are processors.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeAlias

import pytest
import rfc8785
from generated import many
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from office import ACK, POLICY, RECORD, UNIT, Key, as_bytes, person, policy, sha256

from docctl.approval import sshsig
from docctl.approval.certificates import check_certificate
from docctl.approval.chain import Chain, PolicyFile, chain
from docctl.approval.judge import Judge, RecordFile, Refusal
from docctl.approval.payload import payload, read_payload, with_statement
from docctl.finding import Finding
from docctl.message import Message
from docctl.model.record import DECISIONS, MEANINGS, Assurance, Cited, Counted, Dealt, DecisionRef, Record, Signer
from docctl.text import strict_json
from docctl.text.canonical import canonical
from docctl.text.characters import FORBIDDEN

VIETNAM = timezone(timedelta(hours=7))
TODAY = date(2026, 11, 1)
NOW = datetime(2026, 11, 1, 12, tzinfo=VIETNAM)
POLICY_PATH, SIGNATURE_PATH = "policy/0001.yaml", "policy/0001.yaml.an.sig"

Mutation: TypeAlias = tuple[int, int]
"""Place of a byte, and the bit flipped there; ``DELETED`` for the whole byte."""

DELETED = 8

# -- what is mutated -------------------------------------------------------------------------------


def _policy() -> bytes:
    """Two persons who may sign everything; a comment, which no reader of YAML sees, is signed as well."""
    everything = [{"meaning": each, "roles": ["lead"], "n": 1} for each in MEANINGS]
    people = [person("an", "lead"), person("binh", "lead")]
    tree = policy("phuong-thu", people, rules=[{"kind": "procedure", "from": "2018-01-01", "require": everything}])
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode() + b" # k\xc3\xbd\n"


POLICY_BYTES = _policy()
POLICY_SIGNATURE = Key("an").sign(POLICY_BYTES, POLICY)

CITED = Cited("b-1", "61-2018-nd-cp", "dieu_5__khoan_2__diem_dd")
EVENTS = (
    Dealt(CITED, "61-2018-nd-cp.e1", "1" * 64, "updated", None),
    Dealt(CITED, "61-2018-nd-cp.e2", "2" * 64, "no_impact", "Không liên quan"),
    Dealt(replace(CITED, address=""), "61-2018-nd-cp.e3", "3" * 64, "wrong_event", "Sai điểm"),
)


def record(meaning: str, by: str = "an", **changes: Any) -> Record:
    """A record with every field of its meaning filled."""
    names = {"an": ("Người ký A", "Chủ tịch"), "binh": ("Người ký B", "Phó Chủ tịch")}
    made = Record(
        repository="phuong-thu",
        kind="procedure",
        document="QT-01",
        issue=2,
        revision=1,
        digest="a" * 64,
        schema=("urn:docctl:schema:v1:procedure", "b" * 64),
        previous=(2, 0, "c" * 64),
        signer=Signer(by, *names[by], UNIT),
        role="lead",
        acting=("none", None),
        meaning=meaning,
        decision="confirm" if meaning == "periodic-review" else "accept",
        reason="Hết nhiệm vụ" if meaning == "withdrawn" else None,
        policy=(1, sha256(POLICY_BYTES)),
        signed_at=datetime(2025, 3, 1, 9, 30, 5, tzinfo=VIETNAM),
        statement="",
    )
    if meaning in ("issued", "withdrawn"):
        decision = DecisionRef("12/QĐ-UBND", date(2025, 2, 28), "d" * 64)
        made = replace(made, effective_from=date(2025, 3, 15), decision_ref=decision)
    if meaning in ("prepared", "reviewed", "approved", "issued"):
        made = replace(made, shared_forms="f" * 64)
    if meaning == "issued":
        made = replace(made, archive_sha256="e" * 64, events=EVENTS)
    if meaning == "legal-review":
        made = replace(made, as_of=date(2025, 2, 27), register="9" * 64, events=EVENTS[1:])
    return with_statement(replace(made, **changes))


def namespace(meaning: str) -> str:
    return ACK if meaning == "acknowledged" else RECORD


def signed(made: Record, key: Key | None = None) -> RecordFile:
    data = payload(made)
    return RecordFile("approvals/x.json", data, (key or Key(made.signer.id)).sign(data, namespace(made.meaning)))


FILES = {meaning: signed(record(meaning, "binh" if place % 2 else "an")) for place, meaning in enumerate(MEANINGS)}
SWEPT = FILES | {
    "issued": signed(record("issued", "binh", events=EVENTS[:1])),
    "legal-review": signed(record("legal-review", "binh", events=EVENTS[1:2])),
}
"""The same with one event each: more of them are more of the same bytes."""


def chain_of(data: bytes = POLICY_BYTES, signature: bytes = POLICY_SIGNATURE, pin: str | None = None) -> Chain:
    return chain([PolicyFile(POLICY_PATH, data, {SIGNATURE_PATH: signature})], pin, sshsig.verify)


CHAIN = chain_of()


class Known(dict[str, str]):
    """A memory of what was verified."""

    def put(self, digest: str, fingerprint: str) -> None:
        self[digest] = fingerprint


def judged(file: RecordFile, by: Chain = CHAIN, memory: Known | None = None) -> Counted | Finding:
    said = Judge(by, TODAY, NOW, sshsig.verify, check_certificate, memory).judge(file)
    return said.finding if isinstance(said, Refusal) else said


MEMORY = Known()
"""It knows all the records as they were signed; nothing that differs from them may be taken for one of them."""

for _file in (*FILES.values(), *SWEPT.values()):
    judged(_file, memory=MEMORY)


# -- every byte ------------------------------------------------------------------------------------


def mutated(data: bytes, mutation: Mutation) -> bytes:
    place, bit = mutation
    if bit == DELETED:
        return data[:place] + data[place + 1 :]
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def mutations(start: int, end: int) -> Iterator[Mutation]:
    return ((place, bit) for place in range(start, end) for bit in range(DELETED + 1))


def said(found: object) -> str:
    """The code of a finding that can be told to a person; anything else would be a fault."""
    assert isinstance(found, Finding), found
    assert found.message.text()
    assert found.fix is None or found.fix.text()
    return found.code.id


def payload_verdict(meaning: str, mutation: Mutation) -> str | None:
    file = SWEPT[meaning]
    found = judged(replace(file, data=mutated(file.data, mutation)), memory=MEMORY)
    return None if isinstance(found, Counted) else said(found)


def signature_verdict(meaning: str, mutation: Mutation) -> str | None:
    file = SWEPT[meaning]
    assert file.signature is not None
    found = judged(replace(file, signature=mutated(file.signature, mutation)), memory=MEMORY)
    return None if isinstance(found, Counted) else said(found)


def _policy_verdict(made: Chain) -> str | None:
    if made.policy is None:  # then nothing counts, see below
        return max(map(said, made.findings))
    return None if isinstance(judged(FILES["approved"], made), Counted) else "not counted"


def policy_verdict(_: str, mutation: Mutation) -> str | None:
    """Without a pin: the signature alone has to notice."""
    return _policy_verdict(chain_of(mutated(POLICY_BYTES, mutation)))


def pinned_verdict(_: str, mutation: Mutation) -> str | None:
    return _policy_verdict(chain_of(mutated(POLICY_BYTES, mutation), pin=sha256(POLICY_BYTES)))


def policy_signature_verdict(_: str, mutation: Mutation) -> str | None:
    return _policy_verdict(chain_of(signature=mutated(POLICY_SIGNATURE, mutation)))


def part(verdict: Callable[[str, Mutation], str | None], name: str, start: int, end: int) -> dict[Mutation, str | None]:
    return {mutation: verdict(name, mutation) for mutation in mutations(start, end)}


Swept: TypeAlias = tuple[Counter[str], set[Mutation]]


def sweep(verdict: Callable[[str, Mutation], str | None], name: str, length: int) -> Swept:
    """How often which code was said, and the mutations that were accepted; an exception comes through."""
    width = 64
    codes: Counter[str] = Counter()
    accepted: set[Mutation] = set()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("fork")) as pool:
        parts = [
            pool.submit(part, verdict, name, start, min(start + width, length)) for start in range(0, length, width)
        ]
        seen = 0
        for each in parts:
            for mutation, code in each.result().items():
                seen += 1
                if code is None:
                    accepted.add(mutation)
                else:
                    codes[code] += 1
    assert seen == 9 * length
    assert sum(codes.values()) + len(accepted) == seen
    return codes, accepted


def told(what: str, length: int, swept: Swept) -> None:
    codes, accepted = swept
    print(f"{what}: {length} bytes, {9 * length} mutations, {dict(sorted(codes.items()))}, accepted {len(accepted)}")


def test_unchanged_all_of_them_count() -> None:
    """Otherwise the sweeps would show nothing."""
    assert (CHAIN.findings, len(CHAIN.links)) == ((), 1)
    assert said(judged(FILES["approved"], Chain((), ()))) == "DC414"  # by no policy nothing counts
    assert {*FILES} == {*MEANINGS}
    for meaning, file in (*FILES.items(), *SWEPT.items()):
        found = judged(file)
        assert isinstance(found, Counted), found
        assert (found.record.meaning, found.assurance) == (meaning, Assurance.SSH)
        assert found.sha256 == sha256(file.data)
        assert found.fingerprint == Key(found.person).fingerprint
        assert judged(file, memory=MEMORY) == found
    assert len(MEMORY) == len({each.data for each in (*FILES.values(), *SWEPT.values())}) == len(MEANINGS) + 2


@pytest.mark.parametrize("meaning", MEANINGS)
def test_no_byte_of_a_payload_can_change(meaning: str) -> None:
    length = len(SWEPT[meaning].data)
    swept = sweep(payload_verdict, meaning, length)
    told(f"payload {meaning}", length, swept)
    codes, accepted = swept
    assert accepted == set()
    # Most are no record any more; but what stays one is refused because of its signature or who says to have signed.
    assert codes["DC410"] > length
    assert codes["DC411"] > 100
    assert {*codes} <= {"DC410", "DC411", "DC414", "DC416", "DC417", "DC428"}


@pytest.mark.parametrize("meaning", MEANINGS)
def test_no_byte_of_a_signature_can_change(meaning: str) -> None:
    signature = SWEPT[meaning].signature
    assert signature is not None
    assert signature.endswith(b"-----END SSH SIGNATURE-----\n")
    length = len(signature)
    swept = sweep(signature_verdict, meaning, length)
    told(f"signature {meaning}", length, swept)
    codes, accepted = swept
    assert accepted == {(length - 1, DELETED)}  # the last line with or without its end
    assert codes["DC411"] > 8 * length
    assert {*codes} == {"DC411"}  # a key other than the one of the policy cannot come of one mutation


def test_no_byte_of_a_policy_can_change_even_without_a_pin() -> None:
    length = len(POLICY_BYTES)
    swept = sweep(policy_verdict, "", length)
    told("policy", length, swept)
    codes, accepted = swept
    assert accepted == set()
    assert sum(codes.values()) == 9 * length > 0
    assert codes["DC411"] > length  # many a mutation is a fine policy that nobody signed


def test_no_byte_of_a_pinned_policy_can_change() -> None:
    length = len(POLICY_BYTES)
    swept = sweep(pinned_verdict, "", length)
    told("policy, pinned", length, swept)
    assert swept == (Counter({"DC403": 9 * length}), set())
    assert length > 0


def test_no_byte_of_a_policy_s_signature_can_change() -> None:
    length = len(POLICY_SIGNATURE)
    swept = sweep(policy_signature_verdict, "", length)
    told("signature of the policy", length, swept)
    codes, accepted = swept
    assert accepted == {(length - 1, DELETED)}
    assert sum(codes.values()) == 9 * length - 1 > 0


@pytest.mark.parametrize("meaning", MEANINGS)
def test_no_signature_at_all_is_not_an_empty_one(meaning: str) -> None:
    file = FILES[meaning]
    assert said(judged(replace(file, signature=None))) == "DC419"
    assert said(judged(replace(file, signature=b""))) == "DC411"
    assert said(judged(replace(file, certificate=b"", signature=None))) == "DC411"


def test_signatures_of_other_records_persons_and_purposes() -> None:
    """Every pair: the signature of one record beside another; keys and namespaces crossed."""
    count = 0
    for meaning, file in FILES.items():
        for other, beside in FILES.items():
            if other != meaning:
                assert said(judged(replace(file, signature=beside.signature))) == "DC411"
                count += 1
        signer = record(meaning).signer.id
        wrong = Key("binh" if judged(file).person == "an" else "an")  # type: ignore[union-attr]
        assert said(judged(replace(file, signature=wrong.sign(file.data, namespace(meaning))))) == "DC413"
        for purpose in {ACK, RECORD, POLICY, "git", "file"} - {namespace(meaning)}:
            assert said(judged(replace(file, signature=Key(signer).sign(file.data, purpose)))) == "DC411"
            count += 1
    assert count == 8 * 7 + 8 * 4


def respelled(change: Callable[[dict[str, Any]], bytes]) -> RecordFile:
    """Another spelling of the approved record, validly signed by its signer."""
    made = record("approved")
    data = change(json.loads(payload(made)))
    return RecordFile("approvals/x.json", data, Key("an").sign(data, RECORD))


def text(tree: dict[str, Any]) -> str:
    return canonical(tree).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda tree: json.dumps(tree, ensure_ascii=False, sort_keys=True).encode(),
        lambda tree: text(tree).encode() + b"\n",
        lambda tree: b"\xef\xbb\xbf" + text(tree).encode(),
        lambda tree: text(tree).replace('"issue":2,', '"issue":2,"issue":2,', 1).encode(),
        lambda tree: text(tree).replace('"issue":2,', '"issue":2.0,', 1).encode(),
        lambda tree: text(tree).replace('"issue":2,', '"issue":2e0,', 1).encode(),
        lambda tree: text(tree).replace('"approved"', '"\\u0061pproved"', 1).encode(),
        lambda tree: json.dumps(tree, separators=(",", ":"), sort_keys=True).encode(),
        lambda tree: unicodedata.normalize("NFD", text(tree)).encode(),
        lambda tree: json.dumps(dict(sorted(tree.items(), reverse=True)), ensure_ascii=False, separators=(",", ":")).encode(),
        lambda tree: text(tree | {"comment": "x"}).encode(),
        lambda tree: text({key: value for key, value in tree.items() if key != "reason"}).encode(),
        lambda tree: text(tree | {"effective_from": "2025-03-01"}).encode(),
    ],
    ids=[
        "space", "newline", "mark", "twice", "float", "exponent", "escape", "escapes", "nfd", "order", "unknown-field",
        "missing-field", "field-of-another-meaning",
    ],
)  # fmt: skip
def test_validly_signed_but_spelled_otherwise(change: Callable[[dict[str, Any]], bytes]) -> None:
    assert isinstance(judged(respelled(lambda tree: text(tree).encode())), Counted)
    assert said(judged(respelled(change))) == "DC410"


@pytest.mark.parametrize("meaning", MEANINGS)
def test_a_sentence_of_other_words_is_refused_though_validly_signed(meaning: str) -> None:
    made = record(meaning)
    for words in (made.statement + " ", made.statement.replace("Tôi", "Tui"), made.statement[:-1], "x"):
        assert said(judged(signed(replace(made, statement=words)))) == "DC416"
    assert isinstance(judged(signed(made)), Counted)


# -- canonical JSON --------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ASTRAL = st.text(st.sampled_from('a\u20ac\ufb33\ue000\uffff\U00010000\U0001f600\x00\x1f\x7f"\\/\b\f\n\r\t'), max_size=6)
SAFE = ANY_TEXT.map(lambda each: unicodedata.normalize("NFC", FORBIDDEN.sub("", each).replace("\r", ""))).filter(
    lambda each: FORBIDDEN.search(each) is None
)


def trees(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    leaves = st.one_of(st.none(), st.booleans(), st.integers(1 - 2**53, 2**53 - 1), texts)
    return st.recursive(
        leaves, lambda inner: st.lists(inner, max_size=6) | st.dictionaries(texts, inner, max_size=6), max_leaves=40
    )


@settings(max_examples=many(300))
@given(trees(ANY_TEXT | ASTRAL))
@example({"\ufb33": 1, "\U0001f600": 2, "\ue000": 3})  # by code points the order would be another
def test_two_implementations_write_the_same_bytes(value: Any) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\udfff": 1}, [float("nan")], {1: 2}], ids=repr)
def test_two_implementations_refuse_the_same(value: Any) -> None:
    for write in (canonical, rfc8785.dumps):
        with pytest.raises((ValueError, AttributeError)):  # the other one's error is a ValueError too
            write(value)


@settings(max_examples=many(300))
@given(trees(SAFE))
def test_what_was_written_is_read(value: Any) -> None:
    assert strict_json.read(rfc8785.dumps(value)) == value
    assert same_types(strict_json.read(canonical(value)), value)


def same_types(one: Any, other: Any) -> bool:
    """Python takes True for 1; a reader must not."""
    if type(one) is not type(other):
        return False
    if isinstance(one, list):
        return all(map(same_types, one, other))
    if isinstance(one, dict):
        return all(same_types(one[key], other[key]) for key in one)
    return bool(one == other)


def read(data: bytes) -> Any:
    """``strict_json.read``, of which nothing but ``NotCanonical`` may come."""
    try:
        value = strict_json.read(data)
    except strict_json.NotCanonical as error:
        assert isinstance(error.reason, Message)
        assert error.reason.text()
        return strict_json.NotCanonical
    assert canonical(value) == data
    return value


NEARLY = trees(SAFE).map(canonical).flatmap(
    lambda data: st.tuples(st.integers(0, max(0, len(data) - 1)), st.binary(max_size=3), st.integers(0, 3)).map(
        lambda change: data[: change[0]] + change[1] + data[change[0] + change[2] :]
    )
)  # fmt: skip
LIKE_JSON = st.lists(
    st.sampled_from(
        [
            b"{", b"}", b"[", b"]", b",", b":", b'"', b'"a"', b'"\\u', b"\\", b"0", b"-0", b"1", b"1e3", b"1.0", b"NaN",
            b"-Infinity", b"true", b"null", b" ", b"\n", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\\ud800", b"9" * 20,
        ]
    ),
    max_size=24,
).map(b"".join)  # fmt: skip


@settings(max_examples=many(600))
@given(st.binary(max_size=200) | NEARLY | LIKE_JSON)
@example(b"")
@example(b"9" * 5000)
@example(b"-")
@example(b'"\\ud83d\\ude00"')
def test_whatever_the_bytes_are(data: bytes) -> None:
    read(data)


@settings(max_examples=many(300))
@given(st.binary(max_size=200) | NEARLY | LIKE_JSON)
def test_whatever_the_bytes_are_a_record_or_a_reason(data: bytes) -> None:
    assert isinstance(read_payload(data), (Message, Record))
    assert said(judged(RecordFile("approvals/x.json", data, b"x"))) == "DC410"


REFUSED: list[tuple[bytes, str]] = [
    (b' {"a":1}', "canonical form"),
    (b'{"a":1} ', "canonical form"),
    (b'{"a": 1}', "canonical form"),
    (b'{"a":1}\n', "canonical form"),
    (b'\t{"a":1}', "canonical form"),
    (b'{"a":1,"a":1}', "stands twice"),
    (b'{"a":1,"\\u0061":1}', "stands twice"),
    (b'{"x":[{"a":null,"a":null}]}', "stands twice"),
    (b'{"b":1,"a":1}', "canonical form"),
    ('{"\ufb33":1,"\U0001f600":1}'.encode(), "canonical form"),
    (b'{"a":1.0}', "whole number"),
    (b"[0.5]", "whole number"),
    (b"1e3", "whole number"),
    (b"1E3", "whole number"),
    (b"[1e400]", "whole number"),
    (b"NaN", "whole number"),
    (b"[Infinity]", "whole number"),
    (b"-Infinity", "whole number"),
    (b"-0", "canonical form"),
    (b'{"a":-0}', "canonical form"),
    (b"-0.0", "whole number"),
    (b"01", "JSON"),
    (b"+1", "JSON"),
    (b"9007199254740992", "JSON"),
    (b"-9007199254740992", "JSON"),
    (b'"\\u0041"', "canonical form"),
    (b'"\\/"', "canonical form"),
    (b'"\\u000a"', "canonical form"),
    (b'"\\u00e1"', "canonical form"),
    (b'"\\uD83D\\uDE00"', "canonical form"),
    ('"e\u0301"'.encode(), "in pieces"),
    ('{"e\u0301":1}'.encode(), "in pieces"),
    ('["\u202eabc"]'.encode(), "U+202E"),
    ('{"\u200b":1}'.encode(), "U+200B"),
    ('"\u2028"'.encode(), "U+2028"),
    (b'"\x7f"', "U+007F"),
    ('"\x85"'.encode(), "U+0085"),
    (b'"\\u0000"', "U+0000"),
    (b'"\\r"', "U+000D"),
    (b'{"\\u0000":1}', "U+0000"),
    (b'[{"\\r":1}]', "U+000D"),
    (b'"\x00"', "JSON"),
    (b'"\n"', "JSON"),
    (b'"\\ud800"', "JSON"),
    (b'{"\\udc00":1}', "JSON"),
    (b'"\\udc00\\ud800"', "JSON"),
    (b'"\xed\xa0\x80"', "JSON"),
    (b'"\xc0\xaf"', "JSON"),
    (b'"\xff"', "JSON"),
    (b'\xef\xbb\xbf{"a":1}', "JSON"),
    ('{"a":1}'.encode("utf-16"), "JSON"),
    (b'\xff\xfe{\x00}\x00', "JSON"),
    (b"", "JSON"),
    (b"{}{}", "JSON"),
    (b"[1,]", "JSON"),
    (b'{"a":1,}', "JSON"),
    (b"{'a':1}", "JSON"),
    (b"[1]//", "JSON"),
    (b"9" * 5000, "JSON"),
    (b"[" * 100_000 + b"]" * 100_000, "JSON"),
    (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "JSON"),
    (b"[" * 400_000, "JSON"),
]  # fmt: skip


@pytest.mark.parametrize("place", range(len(REFUSED)))
def test_refused(place: int) -> None:
    data, reason = REFUSED[place]
    with pytest.raises(strict_json.NotCanonical) as caught:
        strict_json.read(data)
    assert reason in caught.value.reason.text()


@pytest.mark.parametrize("data", [b"null", b"0", b"-1", b'""', b"[]", b"{}", b'"\\n\\t\\"\\\\/"', '"Đúng ế"'.encode()])
def test_not_refused(data: bytes) -> None:
    assert read(data) is not strict_json.NotCanonical


@pytest.mark.parametrize("surplus", [0, 1])
def test_one_mebibyte_and_no_more(surplus: int) -> None:
    data = b'"' + b"a" * (2**20 - 2 + surplus) + b'"'
    assert len(data) == 2**20 + surplus
    assert (read(data) is strict_json.NotCanonical) == bool(surplus)


def test_every_depth_is_read_or_refused() -> None:
    """Around the limit of the interpreter each step down is another place where it may be hit."""
    outcomes: Counter[bool] = Counter()
    for opening, middle, closing in ((b"[", b"", b"]"), (b'{"a":', b"1", b"}"), (b'[{"a":', b"1", b"}]")):

        def at(depth: int, parts: tuple[bytes, bytes, bytes] = (opening, middle, closing)) -> bytes:
            return parts[0] * depth + parts[1] + parts[2] * depth

        low, high = 1, 2000
        while high - low > 1:
            mid = (low + high) // 2
            low, high = (low, mid) if read(at(mid)) is strict_json.NotCanonical else (mid, high)
        assert low > 40  # a record is about five deep
        for depth in (*range(1, 60), *range(max(1, low - 60), low + 60), *range(900, 1010, 3)):
            outcomes[read(at(depth)) is strict_json.NotCanonical] += 1
            assert isinstance(read_payload(at(depth)), Message)
    print(f"depths: {outcomes[False]} read, {outcomes[True]} refused")
    assert outcomes[False] > 0
    assert outcomes[True] > 0


# -- sentences -------------------------------------------------------------------------------------

EVERY_ACT = [
    (meaning, decision) for meaning in MEANINGS for decision in DECISIONS.get(meaning, ("accept",))
]  # fmt: skip
ACTING = [("none", None), ("KT", "uq-1"), ("TL", "uq-1"), ("TUQ", "uq-1"), ("TM", None)]

HEAD = "Tôi, Người ký A, Chủ tịch, UBND phường, với vai trò lead, "
TEXT = (
    " tài liệu QT-01 lần ban hành 2 lần sửa đổi 1 của phuong-thu, mã băm nội dung "
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
)
FOOT = " Ký ngày 01/03/2025 lúc 09:30:05 +07:00."

GOLDEN: dict[tuple[str, str], str] = {
    ("prepared", "accept"): f"{HEAD}đã soạn thảo{TEXT}.{FOOT}",
    ("reviewed", "accept"): f"{HEAD}đã xem xét và đồng ý với{TEXT}.{FOOT}",
    ("reviewed", "reject"): f"{HEAD}đã xem xét và không đồng ý với{TEXT}. Lý do: Một hai.{FOOT}",
    ("approved", "accept"): f"{HEAD}phê duyệt{TEXT}.{FOOT}",
    ("approved", "reject"): f"{HEAD}không phê duyệt{TEXT}. Lý do: Một hai.{FOOT}",
    ("issued", "accept"): f"{HEAD}ban hành{TEXT}, có hiệu lực từ ngày 15/03/2025, theo 12/QĐ-UBND ngày 28/02/2025, "
    f"đã xử lý 3 mục sự kiện pháp lý (1 đã cập nhật, 1 không ảnh hưởng, 1 ghi sai trong sổ).{FOOT}",
    ("withdrawn", "accept"): f"{HEAD}bãi bỏ{TEXT}, hết hiệu lực từ ngày 15/03/2025, "
    f"theo 12/QĐ-UBND ngày 28/02/2025. Lý do: Hết nhiệm vụ.{FOOT}",
    ("legal-review", "accept"): f"{HEAD}đã rà soát căn cứ pháp lý của{TEXT}, đã xử lý đến ngày 27/02/2025 "
    f"2 mục sự kiện pháp lý (0 đã cập nhật, 1 không ảnh hưởng, 1 ghi sai trong sổ).{FOOT}",
    ("periodic-review", "confirm"): f"{HEAD}đã rà soát định kỳ và giữ nguyên{TEXT}.{FOOT}",
    ("periodic-review", "revise"): f"{HEAD}đã rà soát định kỳ và đề nghị sửa đổi{TEXT}. Lý do: Một hai.{FOOT}",
    ("periodic-review", "withdraw"): f"{HEAD}đã rà soát định kỳ và đề nghị bãi bỏ{TEXT}. Lý do: Một hai.{FOOT}",
    ("acknowledged", "accept"): f"{HEAD}đã nhận và đọc{TEXT}.{FOOT}",
}
ACTING_WORDS = {
    ("none", None): "",
    ("KT", "uq-1"): "ký thay (KT.) theo uq-1, ",
    ("TL", "uq-1"): "ký thừa lệnh (TL.) theo uq-1, ",
    ("TUQ", "uq-1"): "ký thừa ủy quyền (TUQ.) theo uq-1, ",
    ("TM", None): "thay mặt (TM.), ",
}


def decided(meaning: str, decision: str, **changes: Any) -> Record:
    reason = {} if decision in ("accept", "confirm") else {"reason": " Một\n hai "}
    return record(meaning, decision=decision, **{**reason, **changes})


@pytest.mark.parametrize(("meaning", "decision"), EVERY_ACT)
def test_golden_sentences(meaning: str, decision: str) -> None:
    """Frozen with docctl/record/v1: if this fails, signed records have become void."""
    assert {*GOLDEN} == {*EVERY_ACT}
    made = decided(meaning, decision)
    assert made.statement == GOLDEN[meaning, decision]
    assert read_payload(payload(made)) == made


@pytest.mark.parametrize("acting", ACTING)
def test_golden_words_for_whom(acting: tuple[str, str | None]) -> None:
    made = record("approved", acting=acting)
    wanted = GOLDEN["approved", "accept"].replace("UBND phường, ", "UBND phường, " + ACTING_WORDS[acting])
    assert made.statement == wanted
    assert read_payload(payload(made)) == made


def test_golden_without_paper_and_without_events() -> None:
    bare = record("issued", decision_ref=None, events=())
    assert bare.statement == f"{HEAD}ban hành{TEXT}, có hiệu lực từ ngày 15/03/2025.{FOOT}"
    nothing = record("legal-review", events=())
    assert nothing.statement == (
        f"{HEAD}đã rà soát căn cứ pháp lý của{TEXT}, đã xử lý đến ngày 27/02/2025 "
        f"0 mục sự kiện pháp lý (0 đã cập nhật, 0 không ảnh hưởng, 0 ghi sai trong sổ).{FOOT}"
    )
    west = record(
        "approved", signed_at=datetime(2025, 3, 1, 0, 0, 0, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))
    )
    assert west.statement.endswith(" Ký ngày 01/03/2025 lúc 00:00:00 -03:30.")


def test_each_has_its_own_words() -> None:
    """Nobody can take one for another: not a meaning, not a decision, not for whom it was signed."""
    found: dict[str, tuple[object, ...]] = {}
    for meaning, decision in EVERY_ACT:
        for acting in ACTING:
            made = decided(meaning, decision, acting=acting, reason="Lý do")
            made = replace(made, effective_from=None, decision_ref=None, as_of=None, events=())
            words = with_statement(made).statement
            assert found.setdefault(words, (meaning, decision, acting)) == (meaning, decision, acting)
    assert len(found) == len(EVERY_ACT) * len(ACTING) == 60


LINE = SAFE.map(lambda each: each.replace("\n", " ")).filter(bool)
PARAGRAPHS = SAFE.filter(bool)


@settings(max_examples=many(150))
@given(
    act=st.sampled_from(EVERY_ACT), acting=st.sampled_from(ACTING), names=st.tuples(LINE, LINE, LINE), number=LINE,
    reason=PARAGRAPHS, seconds=st.integers(0, 2**32),
)  # fmt: skip
def test_sentences_are_one_line_in_nfc(
    act: tuple[str, str], acting: tuple[str, str | None], names: tuple[str, str, str], number: str, reason: str,
    seconds: int,
) -> None:  # fmt: skip
    made = decided(*act, acting=acting, reason=reason, signer=Signer("an", *names))
    made = replace(made, signed_at=datetime(1950, 1, 1, tzinfo=VIETNAM) + timedelta(seconds=seconds))
    if made.decision_ref is not None:
        made = replace(made, decision_ref=replace(made.decision_ref, number=number))
    made = with_statement(made)
    assert made.statement.splitlines() == [made.statement]
    assert unicodedata.is_normalized("NFC", made.statement)
    assert not FORBIDDEN.search(made.statement)
    assert read_payload(payload(made)) == made


def test_a_second_policy_makes_no_difference_to_the_first() -> None:
    """A version that does not count ends the chain where it stands; what the first allows stays allowed."""
    second = json.loads(POLICY_BYTES.rpartition(b" #")[0]) | {"version": 2, "previous": sha256(POLICY_BYTES)}
    data = as_bytes(second)
    first = PolicyFile(POLICY_PATH, POLICY_BYTES, {SIGNATURE_PATH: POLICY_SIGNATURE})
    for signature, links in ((Key("an").sign(data, POLICY), 2), (Key("binh").sign(data, POLICY), 1), (b"", 1)):
        next_one = PolicyFile("policy/0002.yaml", data, {"policy/0002.yaml.an.sig": signature})
        made = chain([first, next_one], sha256(POLICY_BYTES), sshsig.verify)
        assert len(made.links) == links
        assert bool(made.findings) == (links == 1)
        assert isinstance(judged(FILES["approved"], made), Counted)


def test_what_is_remembered_is_only_the_signature() -> None:
    """A key, a role or a version of the policy that does not count any more is noticed all the same."""
    file = FILES["approved"]
    tree = json.loads(POLICY_BYTES.rpartition(b" #")[0])
    for change in ("keys", "roles", "titles"):
        changed = json.loads(json.dumps(tree))
        for each in changed["principals"][0][change]:
            each["until"] = "2024-12-31"
        data = as_bytes(changed | {"created_at": "2018-01-02T08:00:00+07:00"})
        made = chain_of(data, Key("an").sign(data, POLICY))
        assert made.findings == ()
        moved = record("approved", policy=(1, sha256(data)))
        other, memory = signed(moved), Known()
        first = said(judged(other, made, memory))
        assert memory == {}  # what does not count is not remembered
        memory[other.verified()] = Key("an").fingerprint
        assert said(judged(other, made, memory)) == first
        assert first == {"keys": "DC413", "roles": "DC414", "titles": "DC416"}[change]
        assert said(judged(file, made, MEMORY)) == "DC428"  # it saw another policy
    assert said(judged(file, Chain((), ()), MEMORY)) == "DC414"


def test_a_bad_signature_of_the_policy_beside_a_good_one_is_said() -> None:
    good = {SIGNATURE_PATH: POLICY_SIGNATURE}
    for signature, code in (
        (b"", "DC411"),
        (Key("binh").sign(b"x", POLICY), "DC411"),
        (Key("x").sign(POLICY_BYTES, POLICY), "DC413"),
    ):
        made = chain(
            [PolicyFile(POLICY_PATH, POLICY_BYTES, {**good, "policy/0001.yaml.binh.sig": signature})],
            None,
            sshsig.verify,
        )
        assert [said(each) for each in made.findings] == [code]
        assert made.findings[0].location.path == "policy/0001.yaml.binh.sig"
