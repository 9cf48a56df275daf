"""OpenSSH signatures (PROTOCOL.sshsig), verified strictly: one spelling of every accepted signature.

What ssh-keygen reads generously (a filled reserved field, version 0, padded numbers, text around the
armor) is refused here, so that nothing in a signature's file can change without anyone noticing.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from msgspec import Struct

from docctl.errors import CannotDecide
from docctl.message import Message, msg

MOST_BYTES = 16 * 1024

_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----", b"-----END SSH SIGNATURE-----"
_WIDTH = 70
_MAGIC = b"SSHSIG"
_VERSION = 1
_HASHES = {"sha256": hashlib.sha256, "sha512": hashlib.sha512}
_RSA_ALGORITHMS = ("rsa-sha2-256", "rsa-sha2-512")
_RSA_BITS = range(3072, 16384 + 1)
_LEAST_RSA_EXPONENT = 65537
_USER_PRESENT = 0x01
_MISFIT = msg("the signature does not fit the text and the key: one of them was changed")


class BadSignature(Exception):
    """A signature or a key that does not count; ``reason`` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


class PublicKey(Struct, frozen=True):
    """A key of an accepted kind; ``blob`` is its SSH wire format, which names the kind once more."""

    kind: str
    blob: bytes

    @property
    def fingerprint(self) -> str:
        """As ``ssh-keygen -l`` shows it."""
        return "SHA256:" + _encoded(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    @property
    def material(self) -> bytes:
        """What who holds one key can make others of: its point or modulus, whatever kind, sign or exponent it has."""
        cursor = _Cursor(self.blob)
        kind = cursor.name()
        if "ed25519" in kind:
            point = cursor.string()
            return b"ed25519" + point[:-1] + bytes([point[-1] & 0x7F])  # the sign is the holder's choice
        if kind == "ssh-rsa":
            cursor.mpint()
            return b"rsa" + str(cursor.mpint()).encode()
        curve, point = cursor.string(), cursor.string()
        return curve + point[1 : 1 + len(point) // 2]

    @property
    def line(self) -> str:
        """As in a ``.pub`` file, without comment and line end."""
        return f"{self.kind} {_encoded(self.blob).decode()}"


def public_key(line: str) -> PublicKey:
    """The key of "kind base64 [comment]", one line without its line end. Raises ``BadSignature``."""
    if len(line) > MOST_BYTES or not line.isprintable():
        raise BadSignature(msg("it is no public key: not one line, or longer than {most} characters", most=MOST_BYTES))
    kind, _, rest = line.partition(" ")
    code = rest.partition(" ")[0].encode()
    blob = _decoded(code)
    if _encoded(blob) != code:
        raise BadSignature(msg("its base64 text is not in the one form that programs write"))
    key, _check = _key(blob)
    if key.kind != kind:
        raise BadSignature(msg('the line says "{kind}", but the key in it is of another kind', kind=kind))
    return key


def public_key_of(armored: bytes) -> PublicKey:
    """The key that a signature claims, unverified: for messages only. Raises ``BadSignature``."""
    return _key(_opened(armored).key)[0]


def verify(armored: bytes, message: bytes, namespace: str) -> PublicKey:
    """The key that signed these very bytes for this purpose; whose key that is, others must say.

    Raises ``BadSignature``, whatever the bytes are; ``CannotDecide`` only where the library
    ``cryptography`` is not installed.
    """
    opened = _opened(armored)
    if not namespace or opened.namespace != namespace:
        made = opened.namespace
        raise BadSignature(
            msg('the signature was made for "{made}", not for "{namespace}"', made=made, namespace=namespace)
        )
    key, check = _key(opened.key)
    parts = (namespace.encode(), b"", opened.hash.encode(), _HASHES[opened.hash](message).digest())
    signed = _MAGIC + b"".join(len(part).to_bytes(4) + part for part in parts)
    signature = _Cursor(opened.signature)
    algorithm = signature.name()
    if algorithm not in (_RSA_ALGORITHMS if key.kind == "ssh-rsa" else (key.kind,)):
        raise BadSignature(msg('signatures of the kind "{algorithm}" do not count for this key', algorithm=algorithm))
    check(algorithm, signature, signed)
    signature.end()
    return key


# -- armor and wire format -------------------------------------------------------------------------


class _Opened(Struct, frozen=True):
    """The fields of a well-formed signature."""

    key: bytes
    namespace: str
    hash: str
    signature: bytes


def _opened(armored: bytes) -> _Opened:
    cursor = _Cursor(_dearmored(armored))
    if cursor.take(len(_MAGIC)) != _MAGIC:
        raise BadSignature(msg("it is no SSH signature"))
    version = int.from_bytes(cursor.take(4))
    if version != _VERSION:
        raise BadSignature(msg("SSH signatures of version {version} are unknown", version=version))
    key, namespace, reserved, hashed = cursor.string(), cursor.name(), cursor.string(), cursor.name()
    if reserved:
        raise BadSignature(msg("the signature's reserved field is not empty"))
    if hashed not in _HASHES:
        raise BadSignature(msg('the hash "{hash}" does not count, only sha256 and sha512 do', hash=hashed))
    signature = cursor.string()
    cursor.end()
    return _Opened(key, namespace, hashed, signature)


def _dearmored(armored: bytes) -> bytes:
    """The bytes within the armor, which must be exactly the lines that ssh-keygen writes around them.

    Two liberties: LF or CRLF (Git may have changed them) throughout, and the last line with or without
    its line end. Lines of another width than 70, blanks, and text before or after are refused.
    """
    if len(armored) > MOST_BYTES:
        raise BadSignature(msg("the signature is longer than {most} bytes", most=MOST_BYTES))
    line_end = b"\r\n" if b"\r" in armored else b"\n"
    lines = armored.removesuffix(line_end).split(line_end)
    if lines[0] != _BEGIN or lines[-1] != _END:
        raise BadSignature(msg("it does not begin and end with the lines of an SSH signature"))
    blob = _decoded(b"".join(lines[1:-1]))
    code = _encoded(blob)
    if lines[1:-1] != [code[start : start + _WIDTH] for start in range(0, len(code), _WIDTH)]:
        raise BadSignature(msg("its base64 text is not in the one form that programs write"))
    return blob


def _encoded(blob: bytes) -> bytes:
    return base64.b64encode(blob)


def _decoded(code: bytes) -> bytes:
    try:
        return base64.b64decode(code, validate=True)
    except ValueError as error:
        raise BadSignature(msg("it is no base64 text")) from error


class _Cursor:
    """Reads the SSH wire format (RFC 4251, section 5) from front to back; raises ``BadSignature``."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def take(self, count: int) -> bytes:
        if count > len(self._rest):
            raise BadSignature(msg("its data ends too early"))
        taken, self._rest = self._rest[:count], self._rest[count:]
        return taken

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4)))

    def name(self) -> str:
        """Printable ASCII only, so that it can be compared and shown without surprises."""
        text = self.string().decode("latin-1")
        if not (text.isascii() and text.isprintable()):
            raise BadSignature(msg("a name in its data is not printable ASCII"))
        return text

    def mpint(self) -> int:
        """A positive number in its one shortest spelling."""
        raw = self.string()
        number = int.from_bytes(raw)
        if number == 0 or raw != number.to_bytes(number.bit_length() // 8 + 1):
            raise BadSignature(msg("a number in its data is not positive or not in its shortest form"))
        return number

    def end(self) -> None:
        if self._rest:
            raise BadSignature(msg("its data goes on after its end"))


# -- kinds of keys ---------------------------------------------------------------------------------

_Check: TypeAlias = Callable[[str, _Cursor, bytes], None]
"""The signature's algorithm, the rest of its data, the signed bytes; raises ``BadSignature``."""


@lru_cache(maxsize=256)
def _key(blob: bytes) -> tuple[PublicKey, _Check]:
    cursor = _Cursor(blob)
    kind = cursor.name()
    if kind not in _KINDS:
        raise BadSignature(msg('keys of the kind "{kind}" do not count', kind=kind))
    check = _KINDS[kind](kind, cursor)
    cursor.end()
    return PublicKey(kind, blob), check


def _ed25519(_kind: str, key: _Cursor) -> _Check:
    point = _ed25519_point(key)

    def check(_algorithm: str, signature: _Cursor, signed: bytes) -> None:
        _check_ed25519(point, signature.string(), signed)

    return check


def _ed25519_on_a_token(_kind: str, key: _Cursor) -> _Check:
    """FIDO2 (PROTOCOL.u2f): the token signs a hash of the signed bytes, and whether somebody touched it."""
    point = _ed25519_point(key)
    application = key.name()
    if not application.startswith("ssh:"):  # a web site could have had "web:…" signed
        raise BadSignature(msg('the token\'s key was made for "{application}", not for SSH', application=application))

    def check(_algorithm: str, signature: _Cursor, signed: bytes) -> None:
        raw, flags, counter = signature.string(), signature.take(1), signature.take(4)
        if not flags[0] & _USER_PRESENT:
            raise BadSignature(msg("the token signed without being touched"))
        hashed = hashlib.sha256(application.encode()).digest(), hashlib.sha256(signed).digest()
        _check_ed25519(point, raw, hashed[0] + flags + counter + hashed[1])

    return check


def _ecdsa(kind: str, key: _Cursor) -> _Check:
    curve_name, point = key.name(), key.string()
    with _refusing(msg("the key's point does not lie on its curve")):
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, utils

        curve, algorithm_of_hash = {
            "ecdsa-sha2-nistp256": (ec.SECP256R1(), hashes.SHA256()),
            "ecdsa-sha2-nistp384": (ec.SECP384R1(), hashes.SHA384()),
            "ecdsa-sha2-nistp521": (ec.SECP521R1(), hashes.SHA512()),
        }[kind]
        if curve_name != kind.removeprefix("ecdsa-sha2-") or point[:1] != b"\x04":
            raise BadSignature(msg("the key names another curve, or its point is compressed"))
        public = ec.EllipticCurvePublicKey.from_encoded_point(curve, point)

    def check(_algorithm: str, signature: _Cursor, signed: bytes) -> None:
        inner = _Cursor(signature.string())
        pair = inner.mpint(), inner.mpint()
        inner.end()
        with _refusing(_MISFIT):
            public.verify(utils.encode_dss_signature(*pair), signed, ec.ECDSA(algorithm_of_hash))

    return check


def _rsa(_kind: str, key: _Cursor) -> _Check:
    exponent, modulus = key.mpint(), key.mpint()
    if modulus.bit_length() not in _RSA_BITS or exponent < _LEAST_RSA_EXPONENT:
        raise BadSignature(
            msg("RSA keys count from {least} bits on, with an exponent from 65537 on", least=_RSA_BITS[0])
        )
    with _refusing(msg("the RSA key's numbers make no key")):
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import padding, rsa

        if modulus % 2 == 0:
            raise ValueError("even modulus")
        public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    algorithms = dict(zip(_RSA_ALGORITHMS, (hashes.SHA256(), hashes.SHA512()), strict=True))

    def check(algorithm: str, signature: _Cursor, signed: bytes) -> None:
        raw = signature.string()
        with _refusing(_MISFIT):
            public.verify(raw, signed, padding.PKCS1v15(), algorithms[algorithm])

    return check


_KINDS: dict[str, Callable[[str, _Cursor], _Check]] = {
    "ssh-ed25519": _ed25519,
    "sk-ssh-ed25519@openssh.com": _ed25519_on_a_token,
    "ecdsa-sha2-nistp256": _ecdsa,
    "ecdsa-sha2-nistp384": _ecdsa,
    "ecdsa-sha2-nistp521": _ecdsa,
    "ssh-rsa": _rsa,
}


@contextlib.contextmanager
def _refusing(reason: Message) -> Iterator[None]:
    """Whatever the library says against keys and signatures becomes a ``BadSignature`` for this reason."""
    try:
        from cryptography.exceptions import InternalError, InvalidSignature, UnsupportedAlgorithm
    except ImportError as error:
        raise CannotDecide(
            msg("signatures cannot be checked: the Python library cryptography is not installed"),
            msg("install docctl again, with what it depends on"),
        ) from error
    try:
        yield
    except (InternalError, InvalidSignature, UnsupportedAlgorithm, ValueError) as error:
        raise BadSignature(reason) from error


def _check_ed25519(point: bytes, raw: bytes, signed: bytes) -> None:
    with _refusing(_MISFIT):
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        Ed25519PublicKey.from_public_bytes(point).verify(raw, signed)


_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P


def _ed25519_point(key: _Cursor) -> bytes:
    """32 bytes of a point of the curve (RFC 8032, section 5.1.3), in their one spelling.

    The library looks at the point only when it verifies. Neither it nor ssh-keygen refuses the eight
    points of small order, for which one signature fits many texts: whoever brought such a key could deny
    every signature.
    """
    raw = key.string()
    y = int.from_bytes(raw, "little") % 2**255
    refusal = BadSignature(msg("the key's point does not lie on its curve"))
    if len(raw) != 32 or y >= _P:
        raise refusal
    xx = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P  # x squared; no divisor here or below is ever 0
    if pow(xx, (_P - 1) // 2, _P) != 1:
        raise refusal
    for _ in range(2):  # y of twice the point, and of four times
        y = (y * y + xx) * pow(2 + xx - y * y, -1, _P) % _P
        xx = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    if xx == 0:
        raise BadSignature(msg("signatures by this key would fit many texts: its point has a small order"))
    return raw
