"""Signatures by certificate, made by pyHanko and by the real openssl: what counts, and what does not.

A little certification authority of the test's own issues the certificates: a root, a CA below it, and
people. Whatever is not signed at all within a CMS (time stamps, CRLs) is put in afterwards.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import itertools
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyhanko")

from asn1crypto import algos, cms, core, pdf
from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import ocsp as asn1_ocsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed25519, padding, rsa
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from generated import many
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from docctl.approval.certificates import MOST_BYTES, check_certificate
from docctl.approval.sshsig import BadSignature

MESSAGE = b'{"code":"QT-01","revision":2}\n'
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=7)))
START = datetime(2025, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)
YEARS = timedelta(days=3650)
DAY = timedelta(days=1)

MISFIT = "the signature does not fit the text and the key: one of them was changed"
UNREADABLE = "it cannot be read as a CMS signature (DER) with its certificates"
WEAK = "a key or a hash of the chain does not count: RSA from 2048 bits on and ECDSA do, with SHA-2"
HASH = 'the hash "{hash}" does not count, only sha256, sha384 and sha512 do'
TIME = "the certificate that signed is valid from {first} to {last}, not {moment}"
CHAIN = "no chain of certificates valid {moment} leads to a root of the policy (x509_roots)"
USAGE = "the certificate that signed is not one for signing (keyUsage)"
REVOKED = "the certificate that signed, or one above it, was revoked"
DETACHED = "it is not detached: it carries a text of its own, or signs something else"
SIGNERS = "it is by {count} signers; only signatures by one count"
TOO_LONG = "the signature is longer than {most} bytes"
BAD_ROOT = "a root certificate of the policy (x509_roots) cannot be read"
TOO_MANY = "it holds more certificates than a chain needs"

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | dsa.DSAPrivateKey

# -- the certification authority -------------------------------------------------------------------

SIGNING = frozenset({"digital_signature", "content_commitment"})
ISSUING = frozenset({"key_cert_sign", "crl_sign"})
USAGES = [
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
]


@dataclass(frozen=True)
class Party:
    """Somebody with a certificate, its key, and the certificates between it and the root."""

    certificate: x509.Certificate
    key: Private
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def der(self) -> bytes:
        return der(self.certificate)

    @property
    def root(self) -> tuple[str, ...]:
        return (base64.b64encode(self.der).decode(),)

    @property
    def fingerprint(self) -> str:
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.der).digest()).decode().rstrip("=")


@dataclass(frozen=True)
class Wish:
    """What a certificate shall say."""

    name: str
    key: Private
    usage: frozenset[str] | None = SIGNING
    ca: bool | None = False
    length: int | None = None
    purposes: tuple[x509.ObjectIdentifier, ...] = ()
    start: datetime = START
    end: datetime = END
    hash: type[hashes.HashAlgorithm] = hashes.SHA256
    pss: bool = False
    urls: bool = False
    bare: bool = False


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.DER)


def elliptic(curve: ec.EllipticCurve | None = None) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve or ec.SECP256R1())


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"), x509.NameAttribute(NameOID.COMMON_NAME, name)])


def issued(wish: Wish, by: Party | None = None) -> Party:
    """A certificate by somebody; by itself where nobody is given."""
    public, signing = wish.key.public_key(), wish.key if by is None else by.key
    above = named(wish.name) if by is None else by.certificate.subject
    builder = x509.CertificateBuilder(
        above, named(wish.name), public, x509.random_serial_number(), wish.start, wish.end
    )
    if not wish.bare:
        below = x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key())
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        builder = builder.add_extension(below, critical=False)
    if wish.ca is not None:
        builder = builder.add_extension(x509.BasicConstraints(wish.ca, wish.length), critical=True)
    if wish.usage is not None:
        builder = builder.add_extension(x509.KeyUsage(*(each in wish.usage for each in USAGES)), critical=True)
    if wish.purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(wish.purposes), critical=True)
    if wish.urls:
        url = x509.UniformResourceIdentifier("http://crl.invalid/ca.crl")
        builder = builder.add_extension(
            x509.CRLDistributionPoints([x509.DistributionPoint([url], None, None, None)]), critical=False
        )
        access = [
            x509.AccessDescription(
                x509.oid.AuthorityInformationAccessOID.OCSP, x509.UniformResourceIdentifier("http://ocsp.invalid")
            ),
            x509.AccessDescription(
                x509.oid.AuthorityInformationAccessOID.CA_ISSUERS, x509.UniformResourceIdentifier("http://ca.invalid")
            ),
        ]
        builder = builder.add_extension(x509.AuthorityInformationAccess(access), critical=False)
    padded = padding.PSS(padding.MGF1(hashes.SHA256()), 32) if wish.pss else None
    hashed = None if isinstance(signing, ed25519.Ed25519PrivateKey) else wish.hash()
    certificate = builder.sign(signing, hashed, rsa_padding=padded)
    chain = (
        ()
        if by is None
        else by.chain
        if by.certificate.issuer == by.certificate.subject
        else (by.certificate, *by.chain)
    )
    return Party(certificate, wish.key, chain)


@dataclass(frozen=True)
class Agency:
    """A root, a CA, and people."""

    root: Party
    middle: Party
    people: dict[str, Party]

    @property
    def roots(self) -> tuple[str, ...]:
        return self.root.root

    def check(self, signature: bytes, message: bytes = MESSAGE, moment: datetime = MOMENT) -> str:
        return check_certificate(signature, message, moment, self.roots)


def authority(name: str, key: Private, by: Party | None = None, **more: Any) -> Party:
    return issued(
        Wish(name, key, **{"usage": ISSUING, "ca": True, "start": START - YEARS, "end": END + YEARS, **more}), by
    )


@pytest.fixture(scope="module")
def agency() -> Agency:
    """All of RSA, but for one person."""
    root = authority("Root", rsa.generate_private_key(65537, 3072))
    middle = authority("CA", rsa.generate_private_key(65537, 2048), root, length=0)
    people = {"rsa": rsa.generate_private_key(65537, 2048), "p256": elliptic()}
    return Agency(root, middle, {name: issued(Wish(name, key), middle) for name, key in people.items()})


@pytest.fixture(scope="module")
def small() -> Agency:
    """All of ECDSA: quick and short."""
    root = authority("Root", elliptic(ec.SECP384R1()))
    middle = authority("CA", elliptic(), root)
    people = {"p256": elliptic(), "p384": elliptic(ec.SECP384R1()), "p521": elliptic(ec.SECP521R1())}
    return Agency(root, middle, {name: issued(Wish(name, key), middle) for name, key in people.items()})


# -- makers of signatures --------------------------------------------------------------------------


def signed(
    by: Party,
    message: bytes = MESSAGE,
    *,
    digest: str = "sha256",
    pss: bool = False,
    detached: bool = True,
    cades: bool = False,
    stamp: DummyTimeStamper | None = None,
    certs: tuple[x509.Certificate, ...] | None = None,
) -> bytes:
    """By pyHanko."""
    store = SimpleCertificateStore.from_certs(
        [asn1.Certificate.load(der(each)) for each in (by.chain if certs is None else certs)]
    )
    signer = SimpleSigner(asn1.Certificate.load(by.der), private(by), store, prefer_pss=pss)
    content: Any = message if detached else cms.ContentInfo({"content_type": "data", "content": message})
    made = signer.async_sign_general_data(content, digest, detached=detached, use_cades=cades, timestamper=stamp)
    found: bytes = asyncio.run(made).dump()
    return found


def private(party: Party) -> asn1_keys.PrivateKeyInfo:
    form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return asn1_keys.PrivateKeyInfo.load(party.key.private_bytes(*form))


Openssl = Callable[..., bytes]


@pytest.fixture
def openssl(tmp_path: Path) -> Openssl:
    """The real program: what it makes of a message when these sign with these options."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")

    def sign(command: str, *options: str, by: tuple[Party, ...], message: bytes = MESSAGE) -> bytes:
        (tmp_path / "message").write_bytes(message)
        arguments = ["openssl", command, "-sign", "-binary", "-outform", "DER", "-in", "message", *options]
        for number, each in enumerate(by):
            pem = serialization.Encoding.PEM
            form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            (tmp_path / f"{number}.crt").write_bytes(each.certificate.public_bytes(pem))
            (tmp_path / f"{number}.key").write_bytes(each.key.private_bytes(pem, *form))
            arguments += ["-signer", f"{number}.crt", "-inkey", f"{number}.key"]
        (tmp_path / "chain").write_bytes(
            b"".join(each.public_bytes(serialization.Encoding.PEM) for each in by[0].chain)
        )
        done = subprocess.run([*arguments, "-certfile", "chain"], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return sign


def refusal(signature: bytes, message: bytes, moment: datetime, roots: tuple[str, ...]) -> str:
    with pytest.raises(BadSignature) as caught:
        check_certificate(signature, message, moment, roots)
    return caught.value.reason.msgid


# -- what counts -----------------------------------------------------------------------------------


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("cades", [False, True])
@pytest.mark.parametrize("person", ["rsa", "p256"])
def test_by_pyhanko(agency: Agency, person: str, cades: bool, digest: str) -> None:
    signature = signed(agency.people[person], digest=digest, cades=cades)
    assert agency.check(signature) == agency.people[person].fingerprint


@pytest.mark.parametrize("person", ["p256", "p384", "p521"])
def test_curves(small: Agency, person: str) -> None:
    assert small.check(signed(small.people[person], digest="sha512")) == small.people[person].fingerprint


def test_pss(agency: Agency) -> None:
    assert agency.check(signed(agency.people["rsa"], pss=True)) == agency.people["rsa"].fingerprint
    person = issued(Wish("PSS", agency.people["rsa"].key, pss=True), agency.middle)
    assert agency.check(signed(person)) == person.fingerprint


@pytest.mark.parametrize("person", ["rsa", "p256"])
@pytest.mark.parametrize(
    "options",
    ["cms", "smime", "cms -cades", "cms -keyid", "cms -md sha384", "smime -md sha512", "cms -nosmimecap"],
)
def test_by_openssl(agency: Agency, openssl: Openssl, person: str, options: str) -> None:
    command, *rest = options.split()
    assert agency.check(openssl(command, *rest, by=(agency.people[person],))) == agency.people[person].fingerprint


def test_fingerprint_as_openssl_shows_it(small: Agency, openssl: Openssl, tmp_path: Path) -> None:
    signature = openssl("cms", by=(small.people["p256"],))
    shown = subprocess.run(
        ["openssl", "x509", "-in", tmp_path / "0.crt", "-noout", "-fingerprint", "-sha256"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    digest = bytes.fromhex(shown.strip().partition("=")[2].replace(":", ""))
    assert small.check(signature) == "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def test_the_whole_time_of_the_certificate(small: Agency) -> None:
    signature = signed(small.people["p256"])
    for moment in (START, END):
        assert small.check(signature, moment=moment)
    for moment in (START - timedelta(microseconds=1), END + timedelta(microseconds=1)):
        assert refusal(signature, MESSAGE, moment, small.roots) == TIME


def test_any_of_several_roots(small: Agency, agency: Agency) -> None:
    signature = signed(small.people["p256"])
    for roots in (small.roots + agency.roots, agency.roots + small.roots, small.roots * 2):
        assert check_certificate(signature, MESSAGE, MOMENT, roots) == small.people["p256"].fingerprint


def test_directly_below_the_root_and_far_below(small: Agency) -> None:
    person = issued(Wish("Near", elliptic()), small.root)
    assert small.check(signed(person)) == person.fingerprint
    above = small.middle
    for number in range(8):
        above = authority(f"CA {number}", elliptic(), above)
    person = issued(Wish("Far", elliptic()), above)
    assert small.check(signed(person)) == person.fingerprint


def test_with_the_root_within_and_in_any_order(small: Agency) -> None:
    person = small.people["p256"]
    for certs in itertools.permutations((small.middle.certificate, small.root.certificate)):
        assert small.check(signed(person, certs=certs)) == person.fingerprint


@pytest.mark.parametrize("usage", ["digital_signature", "content_commitment"])
def test_either_usage_is_enough(small: Agency, usage: str) -> None:
    person = issued(Wish("One", elliptic(), frozenset({usage, "key_agreement"})), small.middle)
    assert small.check(signed(person)) == person.fingerprint


def test_within_an_event_loop_of_the_caller(small: Agency) -> None:
    signature = signed(small.people["p256"])

    async def caller() -> str:
        return small.check(signature)

    assert asyncio.run(caller()) == small.people["p256"].fingerprint


def test_no_network(small: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the certificates say where to ask."""
    asked: list[object] = []

    def ask(*arguments: object, **_: object) -> None:
        asked.append(arguments)
        raise OSError

    above = authority("CA", elliptic(), small.root, urls=True)
    person = issued(Wish("Online", elliptic(), urls=True), above)
    whole, partial = signed(person), signed(person, certs=())
    monkeypatch.setattr(socket.socket, "connect", ask)
    monkeypatch.setattr(socket, "getaddrinfo", ask)
    assert small.check(whole) == person.fingerprint
    assert refusal(partial, MESSAGE, MOMENT, small.roots) == CHAIN
    assert not asked


# -- what does not ---------------------------------------------------------------------------------


def test_every_byte_of_the_message(small: Agency) -> None:
    signature = signed(small.people["p256"])
    for position in range(len(MESSAGE)):
        changed = bytearray(MESSAGE)
        changed[position] ^= 1
        assert refusal(signature, bytes(changed), MOMENT, small.roots) == MISFIT
    for other in (b"", MESSAGE + b"\n", MESSAGE[:-1], MESSAGE.replace(b"\n", b"\r\n")):
        assert refusal(signature, other, MOMENT, small.roots) == MISFIT


def flipped(raw: bytes, position: int, bit: int) -> bytes:
    changed = bytearray(raw)
    changed[position] ^= 1 << bit
    return bytes(changed)


def opened(raw: bytes) -> tuple[Any, Any, Any]:
    content = cms.ContentInfo.load(raw)
    return content, content["content"], content["content"]["signer_infos"][0]


def test_every_byte_of_the_signature(small: Agency) -> None:
    """What is not signed may change; then all that counts is the same.

    That is: the two version numbers, the list of hashes in front (RFC 5652 has it for one pass over the
    text), capitals in the name of the issuer by which the certificate is found, and how many bits at the
    end of the CA's certificate are no part of its signature.
    """
    person = small.people["p256"]
    raw = signed(person)
    _, content, signer = opened(raw)
    first = raw.index(content["version"].dump())
    own = raw.rindex(signer["sid"].dump())
    issuer = raw.index(signer["sid"].chosen["issuer"].dump(), own)
    above = raw.index(der(small.middle.certificate))
    unused = raw.index(small.middle.certificate.signature, above) - 1
    free = {
        *range(first, raw.index(content["encap_content_info"].dump())),
        *range(own - len(signer["version"].dump()), own),
        *range(issuer, issuer + len(signer["sid"].chosen["issuer"].dump())),
        unused,
    }
    tried = {(position, position % 8) for position in range(len(raw))} | {
        (each, bit) for each in free for bit in range(8)
    }
    kept = set()
    for position, bit in sorted(tried):
        changed = flipped(raw, position, bit)
        try:
            found = small.check(changed)
        except BadSignature:
            continue
        kept.add(position)
        assert found == person.fingerprint
        assert position in free
        _, other, by = opened(changed)
        assert by["signed_attrs"].dump() == signer["signed_attrs"].dump()
        assert by["signature"].dump() == signer["signature"].dump()
        assert other["certificates"][0].dump() == person.der
        assert by["sid"].native["serial_number"] == person.certificate.serial_number
    assert kept >= {first + 2, first + 10, own - 1}


KEY = elliptic()
UNSIGNED = "what is unsigned of the certificate that signed was changed"


@pytest.mark.parametrize("person", ["rsa", "p256"])
def test_the_outer_algorithm_of_the_own_certificate(agency: Agency, openssl: Openssl, person: str) -> None:
    """A certificate has one fingerprint only. Unlike pyHanko, openssl does not have it signed along."""
    by = agency.people[person]
    own = asn1.Certificate.load(by.der)
    other = sequence(
        own["tbs_certificate"].dump(),
        sequence(own["signature_algorithm"]["algorithm"].dump()),
        own["signature_value"].dump(),
    )
    content, within, _ = opened(openssl("cms", by=(by,)))
    chain = [asn1.Certificate.load(each) for each in (other, agency.middle.der)]
    within["certificates"] = [cms.CertificateChoices("certificate", each) for each in chain]
    changed = content.dump(force=True)
    assert other in changed
    assert refusal(changed, MESSAGE, MOMENT, agency.roots) == UNSIGNED


def test_unused_bits_of_the_own_certificate(agency: Agency, openssl: Openssl) -> None:
    people = (issued(Wish("Even", KEY), agency.middle) for _ in itertools.count())
    by = next(each for each in people if each.certificate.signature[-1] % 2 == 0)
    raw = openssl("cms", by=(by,))
    unused = raw.index(by.certificate.signature) - 1
    assert agency.check(raw) == by.fingerprint
    assert refusal(flipped(raw, unused, 0), MESSAGE, MOMENT, agency.roots) == UNSIGNED


def sequence(*parts: bytes) -> bytes:
    held = b"".join(parts)
    size = len(held).to_bytes((len(held).bit_length() + 7) // 8, "big")
    return b"\x30" + (size if len(held) < 128 else bytes([0x80 + len(size)]) + size) + held


@pytest.mark.parametrize("size", [0, 1, 100, -1])
def test_cut_and_filled(small: Agency, size: int) -> None:
    signature = signed(small.people["p256"])
    assert refusal(signature[:size], MESSAGE, MOMENT, small.roots) == UNREADABLE
    assert refusal(signature + bytes(abs(size) or 1), MESSAGE, MOMENT, small.roots) == UNREADABLE


def test_too_long(small: Agency) -> None:
    assert refusal(bytes(1 << 20), MESSAGE, MOMENT, small.roots) == TOO_LONG
    assert refusal(bytes(MOST_BYTES + 1), MESSAGE, MOMENT, ()) == TOO_LONG
    assert refusal(bytes(MOST_BYTES), MESSAGE, MOMENT, small.roots) == UNREADABLE


@settings(max_examples=many(200))
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda rest: b"\x30\x80" + rest))
def test_garbage(raw: bytes) -> None:
    root = authority("Root", KEY)
    assert refusal(raw, MESSAGE, MOMENT, root.root)
    if len(raw) < 60:
        with pytest.raises(BadSignature):
            check_certificate(raw, MESSAGE, MOMENT, (base64.b64encode(raw).decode(),))


def test_no_roots(small: Agency) -> None:
    signature = signed(small.people["p256"])
    wanted = "the policy lists no root certificate (x509_roots), so no certificate counts"
    assert refusal(signature, MESSAGE, MOMENT, ()) == wanted


@pytest.mark.parametrize("root", ["", "*", "AAAA", "MAA=", "MIIB", "MAMCAQE="])
def test_unreadable_root(small: Agency, root: str) -> None:
    signature = signed(small.people["p256"])
    assert refusal(signature, MESSAGE, MOMENT, (*small.roots, root)) == BAD_ROOT


def test_changed_roots(small: Agency) -> None:
    """It is said that the root is at fault, not the signature; and none of its own bytes may differ in form."""
    person = small.people["p256"]
    signature, (root,) = signed(person), small.roots
    for other in (root[:12] + "\n" + root[12:], root + "\n", root[:12] + "*" + root[12:]):
        assert refusal(signature, MESSAGE, MOMENT, (other,)) == BAD_ROOT
    for position in range(len(small.root.der)):
        other = base64.b64encode(flipped(small.root.der, position, position % 8)).decode()
        try:
            assert check_certificate(signature, MESSAGE, MOMENT, (other,)) == person.fingerprint
        except BadSignature as error:
            assert error.reason.msgid in {BAD_ROOT, CHAIN, WEAK}, position


def test_other_roots(small: Agency, agency: Agency) -> None:
    signature = signed(small.people["p256"])
    assert refusal(signature, MESSAGE, MOMENT, agency.roots) == CHAIN
    namesake = authority("Root", elliptic())
    assert refusal(signature, MESSAGE, MOMENT, namesake.root) == CHAIN
    assert refusal(signature, MESSAGE, MOMENT, small.people["p384"].root) == CHAIN


def test_a_root_vouches_only_as_a_valid_ca(small: Agency) -> None:
    for wrong in ({"ca": False}, {"ca": None}, {"end": MOMENT - DAY}, {"start": MOMENT + DAY}, {"length": 0}):
        root = authority("Root", small.root.key, **wrong)
        assert refusal(signed(small.people["p256"]), MESSAGE, MOMENT, root.root) == CHAIN


def test_a_ca_as_a_root(small: Agency) -> None:
    """What the policy trusts need not be self-signed."""
    person = small.people["p256"]
    assert check_certificate(signed(person), MESSAGE, MOMENT, small.middle.root) == person.fingerprint


def test_a_root_signs_nothing_itself(small: Agency) -> None:
    wanted = "a root of the policy signed it; roots only vouch for others"
    root = authority("Root", elliptic(), usage=ISSUING | SIGNING)
    assert refusal(signed(root), MESSAGE, MOMENT, root.root) == wanted
    alone = issued(Wish("Alone", elliptic()))
    assert refusal(signed(alone), MESSAGE, MOMENT, alone.root) == wanted
    assert refusal(signed(alone), MESSAGE, MOMENT, small.roots) == CHAIN


def test_expired_and_not_yet_valid(small: Agency) -> None:
    signature = signed(small.people["p256"])
    for moment in (START - DAY, END + DAY):
        assert refusal(signature, MESSAGE, moment, small.roots) == TIME
    for wrong in ({"end": MOMENT - DAY}, {"start": MOMENT + DAY}):
        above = authority("CA", elliptic(), small.root, **wrong)
        person = issued(Wish("Below", elliptic()), above)
        assert refusal(signed(person), MESSAGE, MOMENT, small.roots) == CHAIN
    assert refusal(signature, MESSAGE, MOMENT.replace(tzinfo=None), small.roots) == UNREADABLE


@pytest.mark.parametrize("usage", [frozenset({"key_encipherment"}), ISSUING, None])
def test_not_for_signing(small: Agency, usage: frozenset[str] | None) -> None:
    person = issued(Wish("Other", elliptic(), usage), small.middle)
    assert refusal(signed(person), MESSAGE, MOMENT, small.roots) == USAGE


def test_by_somebody_who_is_no_ca(small: Agency) -> None:
    for above in (
        small.people["p256"],
        authority("Wrong", elliptic(), small.root, ca=False),
        authority("Wrong", elliptic(), small.root, ca=None),
        authority("Wrong", elliptic(), small.root, usage=SIGNING),
        authority("Wrong", elliptic(), authority("Short", elliptic(), small.root, length=0)),
    ):
        person = issued(Wish("Below", elliptic()), above)
        assert refusal(signed(person), MESSAGE, MOMENT, small.roots) == CHAIN


def test_namesakes(small: Agency) -> None:
    """Whoever makes a CA or a person of the same name has not their keys."""
    middle = authority("CA", elliptic(), authority("Root", elliptic()))
    person = issued(Wish("p256", elliptic()), middle)
    chain = (small.middle.certificate, middle.certificate)
    for certs in (chain, chain[::-1], chain[:1]):
        assert refusal(signed(person, certs=certs), MESSAGE, MOMENT, small.roots) == CHAIN
    stolen = replace(small.people["p256"], key=elliptic())
    assert refusal(signed(stolen), MESSAGE, MOMENT, small.roots) == MISFIT


def test_attached(small: Agency) -> None:
    """Even the same text: only one place may say what was signed."""
    for text in (MESSAGE, b"other", b""):
        assert refusal(signed(small.people["p256"], text, detached=False), MESSAGE, MOMENT, small.roots) == DETACHED


def test_attached_afterwards(small: Agency) -> None:
    content, within, _ = opened(signed(small.people["p256"]))
    within["encap_content_info"]["content"] = b"other"
    assert refusal(content.dump(force=True), MESSAGE, MOMENT, small.roots) == DETACHED


def test_other_contents(small: Agency, openssl: Openssl) -> None:
    by = (small.people["p256"],)
    assert refusal(openssl("cms", "-econtent_type", "1.2.3.4", by=by), MESSAGE, MOMENT, small.roots) == DETACHED
    assert refusal(openssl("cms", "-nodetach", by=by), MESSAGE, MOMENT, small.roots) == DETACHED
    assert refusal(openssl("cms", "-noattr", by=by), MESSAGE, MOMENT, small.roots) == "it has no signed attributes"
    assert refusal(openssl("cms", "-nocerts", by=by), MESSAGE, MOMENT, small.roots) in {UNREADABLE, CHAIN}
    assert refusal(openssl("cms", "-stream", by=by), MESSAGE, MOMENT, small.roots) == DETACHED  # so openssl does it
    pem = openssl("cms", "-outform", "PEM", by=by)
    assert b"BEGIN CMS" in pem and refusal(pem, MESSAGE, MOMENT, small.roots) == UNREADABLE
    data = cms.ContentInfo({"content_type": "data", "content": MESSAGE}).dump()
    assert refusal(data, MESSAGE, MOMENT, small.roots) == "it is no CMS signature"


def test_signers(small: Agency, openssl: Openssl) -> None:
    both = small.people["p256"], small.people["p384"]
    assert refusal(openssl("cms", by=both), MESSAGE, MOMENT, small.roots) == SIGNERS
    content, within, _ = opened(signed(both[0]))
    within["signer_infos"] = []
    assert refusal(content.dump(force=True), MESSAGE, MOMENT, small.roots) == SIGNERS


@pytest.mark.parametrize("digest", ["sha1", "md5", "sha224", "sha3-256"])
def test_weak_hashes(agency: Agency, openssl: Openssl, digest: str) -> None:
    signature = openssl("cms", "-md", digest, by=(agency.people["rsa"],))
    assert refusal(signature, MESSAGE, MOMENT, agency.roots) == HASH


def test_sha1_by_pyhanko(agency: Agency) -> None:
    assert refusal(signed(agency.people["rsa"], digest="sha1"), MESSAGE, MOMENT, agency.roots) == HASH


def test_one_hash_for_both(small: Agency) -> None:
    """The hash of the text is not another than that of the attributes."""
    content, _, signer = opened(signed(small.people["p256"]))
    signer["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": "sha384_ecdsa"})
    assert refusal(content.dump(force=True), MESSAGE, MOMENT, small.roots) in {MISFIT, UNREADABLE, WEAK}


@pytest.mark.parametrize(
    ("person", "algorithm"), [("rsa", "sha256_ecdsa"), ("p256", "sha256_rsa"), ("p256", "ed25519")]
)
def test_algorithm_of_another_kind_of_key(agency: Agency, openssl: Openssl, person: str, algorithm: str) -> None:
    """Where pyHanko only asserts."""
    content, _, signer = opened(openssl("cms", by=(agency.people[person],)))
    signer["signature_algorithm"] = algos.SignedDigestAlgorithm({"algorithm": algorithm})
    assert refusal(content.dump(force=True), MESSAGE, MOMENT, agency.roots) == UNREADABLE


WEAK_KEYS: dict[str, Callable[[], Private]] = {
    "rsa1024": lambda: rsa.generate_private_key(65537, 1024),
    "rsa2047": lambda: rsa.generate_private_key(65537, 2047),
    "p224": lambda: elliptic(ec.SECP224R1()),
    "p192": lambda: elliptic(ec.SECP192R1()),
    "k256": lambda: elliptic(ec.SECP256K1()),
    "brainpool": lambda: elliptic(ec.BrainpoolP256R1()),
    "dsa": lambda: dsa.generate_private_key(2048),
    "ed25519": ed25519.Ed25519PrivateKey.generate,
}


@pytest.mark.parametrize("kind", WEAK_KEYS)
def test_weak_keys(agency: Agency, kind: str) -> None:
    person = issued(Wish("Weak", WEAK_KEYS[kind]()), agency.middle)
    signature = signed(person, digest="sha512" if kind == "ed25519" else "sha256")
    assert refusal(signature, MESSAGE, MOMENT, agency.roots) == WEAK


@pytest.mark.parametrize("kind", sorted(set(WEAK_KEYS) - {"dsa"}))
def test_weak_keys_above(agency: Agency, kind: str) -> None:
    key = WEAK_KEYS[kind]()
    below = issued(Wish("Below", elliptic()), authority("Weak", key, agency.root))
    assert refusal(signed(below), MESSAGE, MOMENT, agency.roots) == WEAK
    root = authority("Weak", key)
    assert refusal(signed(issued(Wish("Below", elliptic()), root)), MESSAGE, MOMENT, root.root) == WEAK


@pytest.mark.parametrize("hashed", [hashes.SHA1(), hashes.SHA224(), hashes.SHA512()])
def test_hashes_of_certificates(agency: Agency, hashed: hashes.HashAlgorithm) -> None:
    """By hand, because the library makes none by SHA-1 any more."""
    other = asn1.Certificate.load(issued(Wish("Hashed", KEY), agency.middle).der)
    named = {"algorithm": f"{hashed.name}_rsa"}
    other["tbs_certificate"]["signature"] = other["signature_algorithm"] = algos.SignedDigestAlgorithm(named)
    signing: Any = agency.middle.key
    other["signature_value"] = signing.sign(other["tbs_certificate"].dump(force=True), padding.PKCS1v15(), hashed)
    certificate = x509.load_der_x509_certificate(other.dump(force=True))
    person = Party(certificate, KEY, (agency.middle.certificate,))
    if isinstance(hashed, hashes.SHA512):
        assert agency.check(signed(person)) == person.fingerprint
    else:
        assert refusal(signed(person), MESSAGE, MOMENT, agency.roots) == WEAK


def test_no_endless_search(small: Agency) -> None:
    """Namesakes who vouch for each other would make for more paths than anybody can walk."""
    person = small.people["p256"]
    for names in (["Ring"] * 12, ["CA"] * 2, [f"CA {number}" for number in range(16)]):
        certs = (small.middle.certificate, *(authority(name, KEY, small.root).certificate for name in names))
        assert refusal(signed(person, certs=certs), MESSAGE, MOMENT, small.roots) == TOO_MANY
    above, certs = Party(small.root.certificate, small.root.key), ()
    for number in range(7):  # all of these chains are valid until their last step
        twins = [authority(f"CA {number}", KEY, above, bare=True) for _ in range(2)]
        certs += tuple(each.certificate for each in twins)
        above = twins[0]
    person = issued(Wish("Below", elliptic(), bare=True), replace(above, key=elliptic()))
    start = time.monotonic()
    assert refusal(signed(person, certs=certs), MESSAGE, MOMENT, small.roots) == CHAIN
    assert time.monotonic() - start < 10


# -- time stamps -----------------------------------------------------------------------------------

STAMP_KEY = rsa.generate_private_key(65537, 2048)  # pyHanko's stand-in for an authority stamps by RSA only
STAMPING = (ExtendedKeyUsageOID.TIME_STAMPING,)


def stamper(by: Party, when: datetime, digest: str | None = None) -> DummyTimeStamper:
    store = SimpleCertificateStore.from_certs([asn1.Certificate.load(der(each)) for each in by.chain])
    return DummyTimeStamper(asn1.Certificate.load(by.der), private(by), store, fixed_dt=when, override_md=digest)


def stamped(raw: bytes, by: DummyTimeStamper, digest: str) -> bytes:
    """With a stamp put in afterwards, over this hash of the signature."""
    content, _, signer = opened(raw)
    token = asyncio.run(by.async_timestamp(hashlib.new(digest, signer["signature"].native).digest(), digest))
    signer["unsigned_attrs"] = [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token]})]
    found: bytes = content.dump(force=True)
    return found


def stamps(by: Agency, **more: Any) -> Party:
    return issued(
        Wish("TSA", STAMP_KEY, **{"purposes": STAMPING, "start": START - YEARS, "end": END + YEARS, **more}), by.middle
    )


def test_the_time_stamp_decides(small: Agency) -> None:
    """Not what the signer claims, neither to the one nor to the other side."""
    person, tsa = small.people["p256"], stamps(small)
    within, late, early = (signed(person, stamp=stamper(tsa, each)) for each in (MOMENT, END + DAY, START - DAY))
    for moment in (MOMENT, END + DAY, START - DAY):
        assert small.check(within, moment=moment) == person.fingerprint
        assert refusal(late, MESSAGE, moment, small.roots) == TIME
        assert refusal(early, MESSAGE, moment, small.roots) == TIME


def foreign(small: Agency) -> Party:
    return issued(Wish("TSA", STAMP_KEY, purposes=STAMPING), authority("Elsewhere", elliptic()))


WORTHLESS: dict[str, Callable[[Agency], DummyTimeStamper]] = {
    "of another root": lambda small: stamper(foreign(small), MOMENT),
    "not for stamping": lambda small: stamper(stamps(small, purposes=()), MOMENT),
    "for something else": lambda small: stamper(stamps(small, purposes=(ExtendedKeyUsageOID.CODE_SIGNING,)), MOMENT),
    "expired": lambda small: stamper(stamps(small, end=MOMENT - DAY), MOMENT),
    "weak": lambda small: stamper(stamps(small), MOMENT, "sha1"),
}


@pytest.mark.parametrize("kind", WORTHLESS)
def test_worthless_time_stamps(small: Agency, kind: str) -> None:
    """As if there were none."""
    person = small.people["p256"]
    signature = signed(person, stamp=WORTHLESS[kind](small))
    assert small.check(signature) == person.fingerprint
    assert refusal(signature, MESSAGE, END + DAY, small.roots) == TIME


@pytest.mark.parametrize("digest", ["sha1", "md5", "sha256", "sha512"])
def test_hash_of_the_time_stamp(small: Agency, digest: str) -> None:
    person = small.people["p256"]
    signature = stamped(signed(person), stamper(stamps(small), MOMENT, "sha256"), digest)
    assert small.check(signature) == person.fingerprint
    if digest in {"sha1", "md5"}:
        assert refusal(signature, MESSAGE, END + DAY, small.roots) == TIME
    else:
        assert small.check(signature, moment=END + DAY) == person.fingerprint


def test_too_many_certificates_in_the_time_stamp(small: Agency) -> None:
    person, tsa = small.people["p256"], stamps(small)
    namesakes = tuple(authority("CA", elliptic(), small.root).certificate for _ in range(2))
    signature = signed(person, stamp=stamper(replace(tsa, chain=tsa.chain + namesakes), MOMENT))
    assert small.check(signature) == person.fingerprint
    assert refusal(signature, MESSAGE, END + DAY, small.roots) == TIME


def test_a_root_makes_no_time_stamps(small: Agency) -> None:
    person, root = small.people["p256"], authority("Stamping", STAMP_KEY, purposes=STAMPING)
    signature = signed(person, stamp=stamper(root, MOMENT))
    assert refusal(signature, MESSAGE, END + DAY, small.roots + root.root) == TIME


def test_time_stamps_that_do_not_fit(small: Agency) -> None:
    person, tsa = small.people["p256"], stamps(small)
    content, _, signer = opened(signed(person))
    _, _, other = opened(signed(person, b"other", stamp=stamper(tsa, MOMENT)))
    signer["unsigned_attrs"] = other["unsigned_attrs"]
    borrowed = content.dump(force=True)
    assert small.check(borrowed) == person.fingerprint
    assert refusal(borrowed, MESSAGE, END + DAY, small.roots) == TIME

    token = other["unsigned_attrs"][0]["values"][0]
    for wrong in (cms.ContentInfo({"content_type": "data", "content": b"x"}), token):
        signer["unsigned_attrs"] = [cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [wrong]})]
        assert small.check(content.dump(force=True)) == person.fingerprint
    signer["unsigned_attrs"] = [
        cms.CMSAttribute({"type": "signature_time_stamp_token", "values": [token, token.copy()]})
    ]
    assert refusal(content.dump(force=True), MESSAGE, MOMENT, small.roots) == "it has more than one time stamp"


def test_changed_time_stamps(small: Agency) -> None:
    """A stamp whose time was changed proves nothing."""
    person, tsa = small.people["p256"], stamps(small)
    raw = signed(person, stamp=stamper(tsa, END + DAY))
    said = (END + DAY).strftime("%Y%m%d%H%M%SZ").encode()
    assert raw.count(said) >= 1
    changed = raw.replace(said, MOMENT.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").encode())
    assert refusal(changed, MESSAGE, END + DAY, small.roots) == TIME
    assert refusal(raw, MESSAGE, MOMENT, small.roots) == TIME


# -- revocation ------------------------------------------------------------------------------------

Embed = Callable[[bytes, list[bytes], list[bytes]], bytes]


def crl(
    by: Party,
    *gone: Party,
    when: datetime = MOMENT - DAY,
    issued_at: datetime | None = None,
    base: int | None = None,
    announces: bool = False,
) -> bytes:
    update = issued_at or when
    builder = x509.CertificateRevocationListBuilder(by.certificate.subject, update, update + 7 * DAY)
    for each in gone:
        entry = x509.RevokedCertificateBuilder(each.certificate.serial_number, when).build()
        builder = builder.add_revoked_certificate(entry)
    if base is not None:
        builder = builder.add_extension(x509.DeltaCRLIndicator(base), critical=True)
    if announces:
        url = x509.UniformResourceIdentifier("http://delta.invalid")
        builder = builder.add_extension(
            x509.FreshestCRL([x509.DistributionPoint([url], None, None, None)]), critical=False
        )
    signing: Any = by.key
    return builder.sign(signing, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def answer(
    about: Party, by: Party, when: datetime | None, produced: datetime = MOMENT, signer: Party | None = None
) -> bytes:
    """An OCSP response: good where there is no time of revocation."""
    status = ocsp.OCSPCertStatus.GOOD if when is None else ocsp.OCSPCertStatus.REVOKED
    builder = ocsp.OCSPResponseBuilder().add_response(
        about.certificate, by.certificate, hashes.SHA256(), status, produced, produced + DAY, when, None
    )
    signer = signer or by
    signing: Any = signer.key
    made = builder.responder_id(ocsp.OCSPResponderEncoding.HASH, signer.certificate).sign(signing, hashes.SHA256())
    return made.public_bytes(serialization.Encoding.DER)


def in_the_cms(raw: bytes, crls: list[bytes], ocsps: list[bytes]) -> bytes:
    content, within, _ = opened(raw)
    found: list[Any] = [cms.RevocationInfoChoice("crl", asn1_crl.CertificateList.load(each)) for each in crls]
    for each in ocsps:
        other = {"other_rev_info_format": "ocsp_response", "other_rev_info": asn1_ocsp.OCSPResponse.load(each)}
        found.append(cms.RevocationInfoChoice("other", cms.OtherRevocationInfoFormat(other)))
    within["crls"] = found
    done: bytes = content.dump(force=True)
    return done


def in_an_attribute(raw: bytes, kind: str, value: Any) -> bytes:
    content, _, signer = opened(raw)
    signer["unsigned_attrs"] = [*signer["unsigned_attrs"], cms.CMSAttribute({"type": kind, "values": [value]})]
    done: bytes = content.dump(force=True)
    return done


def by_adobe(raw: bytes, crls: list[bytes], ocsps: list[bytes]) -> bytes:
    value: dict[str, Any] = {}
    if crls:
        value["crl"] = [asn1_crl.CertificateList.load(each) for each in crls]
    if ocsps:
        value["ocsp"] = [asn1_ocsp.OCSPResponse.load(each) for each in ocsps]
    return in_an_attribute(raw, "adobe_revocation_info_archival", pdf.RevocationInfoArchival(value))


def by_cades(raw: bytes, crls: list[bytes], ocsps: list[bytes]) -> bytes:
    class Crls(core.SequenceOf):
        _child_spec = asn1_crl.CertificateList

    class Halves(core.SequenceOf):
        _child_spec = asn1_ocsp.BasicOCSPResponse

    class Values(core.Sequence):
        _fields = (
            ("crls", Crls, {"explicit": 0, "optional": True}),
            ("ocsps", Halves, {"explicit": 1, "optional": True}),
        )

    value = Values()
    if crls:
        value["crls"] = [asn1_crl.CertificateList.load(each) for each in crls]
    if ocsps:
        value["ocsps"] = [asn1_ocsp.OCSPResponse.load(each).basic_ocsp_response for each in ocsps]
    return in_an_attribute(raw, "1.2.840.113549.1.9.16.2.24", value)


@pytest.mark.parametrize("embed", [in_the_cms, by_adobe, by_cades])
@pytest.mark.parametrize("urls", [False, True])
def test_revoked(small: Agency, embed: Embed, urls: bool) -> None:
    """Whether or not the certificate says where it could be asked about; the CA as well as the person."""
    above = authority("CA", elliptic(), small.root, urls=urls)
    person = issued(Wish("Gone", elliptic(), urls=urls), above)
    raw = signed(person)
    assert small.check(raw) == person.fingerprint
    gone: tuple[tuple[list[bytes], list[bytes]], ...] = (
        ([crl(above, person)], []),
        ([], [answer(person, above, MOMENT - DAY)]),
        ([crl(small.root, above)], []),
        ([], [answer(above, small.root, MOMENT - DAY)]),
        ([crl(above), crl(small.root, above)], [answer(person, above, None)]),
        ([crl(above, person, announces=True)], []),
        ([crl(above, announces=True, issued_at=MOMENT - DAY), crl(above, person, base=1)], []),
    )
    for crls, ocsps in gone:
        assert refusal(embed(raw, crls, ocsps), MESSAGE, MOMENT, small.roots) == REVOKED
    other = issued(Wish("Other", elliptic()), above)
    forger = authority("CA", elliptic(), authority("Root", elliptic()))
    fine: tuple[tuple[list[bytes], list[bytes]], ...] = (
        ([crl(above), crl(small.root)], []),
        ([], [answer(person, above, None), answer(above, small.root, None)]),
        ([crl(above, other)], [answer(other, above, MOMENT - DAY)]),
        ([crl(forger, person)], [answer(person, above, MOMENT - DAY, signer=forger)]),
        ([crl(small.root, person)], []),
    )
    for crls, ocsps in fine:
        assert small.check(embed(raw, crls, ocsps)) == person.fingerprint


def test_time_of_revocation(small: Agency) -> None:
    """Only a time stamp shows that the signature was there before."""
    person, tsa = small.people["p256"], stamps(small)
    later = [crl(small.middle, person, when=MOMENT + 9 * DAY)], [answer(person, small.middle, MOMENT + 9 * DAY)]
    plain, stamped = signed(person), signed(person, stamp=stamper(tsa, MOMENT))
    too_late = signed(person, stamp=stamper(tsa, MOMENT + 10 * DAY))
    for crls, ocsps in ((later[0], []), ([], later[1])):
        assert refusal(in_the_cms(plain, crls, ocsps), MESSAGE, MOMENT, small.roots) == REVOKED
        assert refusal(in_the_cms(too_late, crls, ocsps), MESSAGE, MOMENT, small.roots) == REVOKED
        assert small.check(in_the_cms(stamped, crls, ocsps)) == person.fingerprint


@pytest.mark.parametrize("age", [-300, -30, 30, 300])
def test_old_and_new_lists(small: Agency, age: int) -> None:
    """A list that says revoked does so whenever it was issued; one that does not is none to fail for."""
    person, at = small.people["p256"], MOMENT + age * DAY
    raw = signed(person)
    for gone in (crl(small.middle, person, issued_at=at), crl(small.middle, person, when=at)):
        assert refusal(in_the_cms(raw, [gone], []), MESSAGE, MOMENT, small.roots) == REVOKED
    assert small.check(in_the_cms(raw, [crl(small.middle, issued_at=at)], [])) == person.fingerprint
    assert small.check(in_the_cms(raw, [], [answer(person, small.middle, None, at)])) == person.fingerprint


def test_revoked_time_stamping(small: Agency) -> None:
    """Such stamps prove nothing."""
    person, tsa = small.people["p256"], stamps(small)
    raw = signed(person, stamp=stamper(tsa, MOMENT))
    assert small.check(raw, moment=END + DAY) == person.fingerprint
    raw = in_the_cms(raw, [crl(small.middle, tsa, when=MOMENT + DAY)], [])
    assert refusal(raw, MESSAGE, END + DAY, small.roots) == TIME
    assert small.check(raw) == person.fingerprint


# -- surroundings ----------------------------------------------------------------------------------


def test_changes_of_all_kinds(agency: Agency, small: Agency) -> None:
    """Whatever is changed in a signature with a stamp and lists: one signer, or none."""
    person = small.people["p256"]
    raw = signed(person, stamp=stamper(stamps(small), MOMENT))
    raw = in_the_cms(raw, [crl(small.middle)], [answer(person, small.middle, None)])
    assert small.check(raw) == person.fingerprint

    @settings(max_examples=many(300))
    @given(st.integers(0, len(raw) - 1), st.integers(0, 20), st.binary(max_size=20))
    def change(start: int, size: int, other: bytes) -> None:
        with contextlib.suppress(BadSignature):
            assert small.check(raw[:start] + other + raw[start + size :]) == person.fingerprint

    change()


def test_without_the_extra(small: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    signature = signed(small.people["p256"])
    wanted = "signatures by certificate need the extra x509: pip install 'docctl-qms[x509]'"
    for blocked in ("pyhanko", "pyhanko_certvalidator", "asn1crypto"):
        with monkeypatch.context() as patch:
            for name in [each for each in sys.modules if each.partition(".")[0] == blocked]:
                patch.setitem(sys.modules, name, None)
            assert refusal(signature, MESSAGE, MOMENT, small.roots) == wanted


def test_silence(small: Agency, tmp_path: Path) -> None:
    """pyHanko logs what it finds; where nobody has asked for a log, nothing shows."""
    person = small.people["p256"]
    tsa = issued(Wish("TSA", STAMP_KEY, purposes=STAMPING), authority("Elsewhere", elliptic()))
    good = in_the_cms(signed(person, stamp=stamper(tsa, MOMENT)), [crl(small.middle, small.people["p384"])], [])
    gone = in_the_cms(signed(person), [crl(small.middle, person)], [])
    (tmp_path / "good").write_bytes(good)
    (tmp_path / "gone").write_bytes(gone)
    program = f"""
import sys
from datetime import datetime
from pathlib import Path
from docctl.approval.certificates import check_certificate
from docctl.approval.sshsig import BadSignature
for name in ("good", "gone"):
    for roots in ({small.roots!r}, {person.root!r}):
        for message in ({MESSAGE!r}, b""):
            try:
                print(check_certificate(Path(name).read_bytes(), message, datetime.fromisoformat({MOMENT.isoformat()!r}), roots))
            except BadSignature as error:
                print(error)
assert not [each for each in sys.modules if each.partition(".")[0] == "oscrypto"]
"""
    done = subprocess.run(
        [sys.executable, "-W", "always", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == person.fingerprint
    assert lines[1] == MISFIT
    assert lines[4] == REVOKED
