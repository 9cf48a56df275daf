"""Signatures by certificate (CMS, ``.p7s``): only where the extra ``x509`` is installed.

pyHanko does the cryptography and the chains; this module says what of it counts. It never asks the
network, the clock or the trust store of the machine: the same bytes always have the same verdict.
"""

from __future__ import annotations

import base64
import hashlib
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from importlib import import_module
from itertools import product
from types import SimpleNamespace
from typing import Any

from msgspec import Struct

from docctl.approval.sshsig import BadSignature
from docctl.message import msg

MOST_BYTES = 64 * 1024

_HASHES = ("sha256", "sha384", "sha512")
_LEAST_RSA_BITS = 2048
_CURVES = ("secp256r1", "secp384r1", "secp521r1")
_SIGNING = frozenset({"digital_signature", "non_repudiation"})
_MOST_CERTIFICATES = 16
_MOST_OF_ONE_NAME = 2
_AGES = timedelta(days=36500)
_SILENT = logging.NullHandler()
_CADES_REVOCATIONS = "1.2.840.113549.1.9.16.2.24"


def check_certificate(signature: bytes, message: bytes, moment: datetime, roots: tuple[str, ...]) -> str:
    """The fingerprint of the certificate that signed these very bytes: "SHA256:" and unpadded base64.

    ``signature`` is a detached CMS signature (DER) by one signer, ``roots`` are CA certificates (DER in
    base64). The whole chain must have been valid at the time of the signature's RFC 3161 time stamp, if
    it has a valid one under the same roots, else at ``moment``, which is only what the signer claims.

    Revocation is known only from CRLs and OCSP responses within the signature: where there are none, or
    none that fit, the certificates count as not revoked. One that says revoked refuses, unless a valid
    time stamp is older than the revocation.

    Raises ``BadSignature``, whatever the bytes are.
    """
    if len(signature) > MOST_BYTES:
        raise BadSignature(msg("the signature is longer than {most} bytes", most=MOST_BYTES))
    library = _library()
    if not roots:
        raise BadSignature(msg("the policy lists no root certificate (x509_roots), so no certificate counts"))
    anchors = [_anchor(library, root) for root in roots]
    try:
        return _at_once(_Check(library, message, moment, anchors).fingerprint(signature))
    except BadSignature:
        raise
    except Exception as error:  # hostile bytes make the libraries raise what they like
        raise BadSignature(msg("it cannot be read as a CMS signature (DER) with its certificates")) from error


_MODULES = {
    "cms": "asn1crypto.cms",
    "ocsp": "asn1crypto.ocsp",
    "pdf": "asn1crypto.pdf",
    "x509": "asn1crypto.x509",
    "general": "pyhanko.sign.general",
    "generic": "pyhanko.sign.validation.generic_cms",
    "settings": "pyhanko.sign.validation.settings",
    "status": "pyhanko.sign.validation.status",
    "authority": "pyhanko_certvalidator.authority",
    "context": "pyhanko_certvalidator.context",
    "errors": "pyhanko_certvalidator.errors",
    "policies": "pyhanko_certvalidator.policy_decl",
    "crls": "pyhanko_certvalidator.revinfo.validate_crl",
    "ocsps": "pyhanko_certvalidator.revinfo.validate_ocsp",
}


def _library() -> SimpleNamespace:
    """The modules in use; all is ``Any`` there, so that types are checked alike with and without the extra."""
    try:
        library = SimpleNamespace(**{name: import_module(path) for name, path in _MODULES.items()})
    except ImportError as error:
        raise BadSignature(
            msg("signatures by certificate need the extra x509: pip install 'docctl-qms[x509]'")
        ) from error
    for name in ("pyhanko", "pyhanko_certvalidator"):  # else Python writes their warnings to stderr
        logging.getLogger(name).addHandler(_SILENT)
    return library


def _anchor(library: SimpleNamespace, root: str) -> Any:
    """A root that vouches for others only if it is a CA, and only while it is valid."""
    try:
        certificate = library.x509.Certificate.load(base64.b64decode(root, validate=True), strict=True)
        service = library.authority.TrustedServiceType
        qualifiers = library.authority.TrustQualifiers(
            max_path_length=certificate.max_path_length,
            valid_from=certificate.not_valid_before,
            valid_until=certificate.not_valid_after,
            trusted_service_type=service.CERTIFICATE_AUTHORITY if certificate.ca else service.UNSUPPORTED,
        )
        certificate.native  # noqa: B018 - reads all of it, and finds its faults here and not later
    except Exception as error:
        raise BadSignature(msg("a root certificate of the policy (x509_roots) cannot be read")) from error
    return library.authority.CertTrustAnchor(certificate, qualifiers)


def _at_once(coroutine: Any) -> str:
    """The coroutine's result; in a thread, because the caller's may have an event loop of its own."""
    import asyncio
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=1) as pool:
        found: str = pool.submit(asyncio.run, coroutine).result()
    return found


class _Check(Struct, frozen=True):
    """What one signature is held against."""

    library: SimpleNamespace
    message: bytes
    moment: datetime
    anchors: list[Any]

    async def fingerprint(self, raw: bytes) -> str:
        library, signed = self.library, self._opened(raw)
        signer = signed["signer_infos"][0]
        stamp = await self._stamp(signed, signer)
        when = self.moment if stamp is None else stamp
        status = await library.generic.async_validate_cms_signature(
            signed,
            raw_digest=hashlib.new(_hash_of(signer), self.message).digest(),
            validation_context=self._context(when),
            key_usage_settings=library.settings.KeyUsageConstraints(key_usage=_SIGNING),
        )
        _demand(status, when)
        if await self._revoked(status.validation_path, (signed,), when, proven=stamp is not None):
            raise BadSignature(msg("the certificate that signed, or one above it, was revoked"))
        return "SHA256:" + base64.b64encode(hashlib.sha256(status.signing_cert.dump()).digest()).decode().rstrip("=")

    def _opened(self, raw: bytes) -> Any:
        """The ``SignedData``, of the one shape that counts."""
        content = self.library.cms.ContentInfo.load(raw, strict=True)
        if content["content_type"].native != "signed_data":
            raise BadSignature(msg("it is no CMS signature"))
        signed = content["content"]
        within, signers = signed["encap_content_info"], signed["signer_infos"]
        if within["content_type"].native != "data" or within["content"].native is not None:
            raise BadSignature(msg("it is not detached: it carries a text of its own, or signs something else"))
        if len(signers) != 1:
            raise BadSignature(msg("it is by {count} signers; only signatures by one count", count=len(signers)))
        if len(signers[0]["signed_attrs"]) == 0:  # whose bytes could then be passed off as a signed text
            raise BadSignature(msg("it has no signed attributes"))
        self._certificates(signed)
        return signed

    def _certificates(self, signed: Any) -> list[Any]:
        """The certificates within, so few that pyHanko cannot be sent through endless paths between them."""
        found = [each.chosen.untag() for each in signed["certificates"] if each.name == "certificate"]
        names = Counter(each.subject.hashable for each in found)
        if len(found) > _MOST_CERTIFICATES or max(names.values(), default=0) > _MOST_OF_ONE_NAME:
            raise BadSignature(msg("it holds more certificates than a chain needs"))
        return found

    def _context(self, when: datetime, **more: Any) -> Any:
        policies = self.library.policies
        return self.library.context.ValidationContext(
            trust_roots=self.anchors,
            moment=when,
            allow_fetching=False,
            algorithm_usage_policy=_Algorithms(policies.AlgorithmUsageConstraint),
            # Never stale, never too new: what is here was embedded around the time of signing.
            revinfo_policy=policies.CertRevTrustPolicy(
                policies.NO_REVOCATION,
                freshness=_AGES,
                freshness_req_type=policies.FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION,
            ),
            **more,
        )

    # -- time stamps -------------------------------------------------------------------------------

    async def _stamp(self, signed: Any, signer: Any) -> datetime | None:
        """The time of the signature's time stamp, if it has one and that is valid."""
        find = self.library.general.find_cms_attribute_iter
        tokens = list(find(signer["unsigned_attrs"], "signature_time_stamp_token"))
        if len(tokens) > 1:
            raise BadSignature(msg("it has more than one time stamp"))
        try:
            return await self._stamped(tokens[0]["content"], signed, signer) if tokens else None
        except Exception:  # noqa: BLE001 - a stamp that cannot be read proves nothing
            return None

    async def _stamped(self, token: Any, signed: Any, signer: Any) -> datetime | None:
        generic = self.library.generic
        info = token["encap_content_info"]["content"].parsed
        when: datetime = info["gen_time"].native
        if info["message_imprint"]["hash_algorithm"]["algorithm"].native not in _HASHES:
            return None
        self._certificates(token)
        found = await generic.validate_tst_signed_data(
            token, self._context(when), generic.message_imprint_checker(signer)
        )
        status = self.library.status.TimestampSignatureStatus(**found)
        # pyHanko does not ask a root what it may be used for
        if not (status.intact and status.valid and status.trusted) or status.validation_path.pkix_len == 0:
            return None
        if await self._revoked(status.validation_path, (token, signed), when, proven=False):
            return None
        return when

    # -- revocation --------------------------------------------------------------------------------

    async def _revoked(self, path: Any, sources: Sequence[Any], when: datetime, *, proven: bool) -> bool:
        """Does anything embedded say that a certificate of the path was revoked (before ``when``, if proven)?"""
        library = self.library
        crls, ocsps = self._revocations(sources)
        if not crls and not ocsps:
            return False
        others = [each for source in sources for each in self._certificates(source)]
        context = self._context(when, crls=crls, ocsps=ocsps, other_certs=others)
        if not proven:  # then pyHanko takes a later revocation for one, too
            timing = context.timing_params
            information = replace(timing.timing_info, point_in_time_validation=False)
            context.timing_params = replace(timing, timing_info=information)
        checks = (
            library.crls.verify_crl,
            partial(library.crls.verify_crl, use_deltas=False),  # a CRL that waits for its delta in vain
            library.ocsps.verify_ocsp_response,
        )
        for certificate, check in product(path.iter_certs(include_root=False), checks):
            try:
                await check(certificate, path, context)
            except library.errors.RevokedError:
                return True
            except (library.errors.CRLValidationError, library.errors.OCSPValidationError):
                continue  # nothing that fits
        return False

    def _revocations(self, sources: Sequence[Any]) -> tuple[list[Any], list[Any]]:
        """CRLs and OCSP responses: of the CMS, of CAdES, of Adobe."""
        archival = self.library.pdf.RevocationInfoArchival
        crls: list[Any] = []
        ocsps: list[Any] = []
        for source in sources:
            for choice in source["crls"]:
                if choice.name == "crl":
                    crls.append(choice.chosen)
                elif choice.chosen["other_rev_info_format"].native == "ocsp_response":
                    ocsps.append(choice.chosen["other_rev_info"])
            for attributes in (source["signer_infos"][0][name] for name in ("signed_attrs", "unsigned_attrs")):
                for attribute in attributes:
                    kind = attribute["type"].native
                    if kind == "adobe_revocation_info_archival":
                        crls += [crl for each in attribute["values"] for crl in each["crl"]]
                        ocsps += [response for each in attribute["values"] for response in each["ocsp"]]
                    elif kind == _CADES_REVOCATIONS:  # Adobe's fields, but the inner half of OCSP responses
                        inner = [archival.load(each.dump()) for each in attribute["values"]]
                        crls += [crl for each in inner for crl in each["crl"]]
                        ocsps += [self._response(half.dump()) for each in inner for half in each["ocsp"]]
        return crls, ocsps

    def _response(self, basic: bytes) -> Any:
        ocsp = self.library.ocsp
        held = {"response_type": "basic_ocsp_response", "response": ocsp.BasicOCSPResponse.load(basic)}
        return ocsp.OCSPResponse({"response_status": "successful", "response_bytes": held})


class _Algorithms(Struct, frozen=True):
    """What counts, in the form of pyHanko's ``AlgorithmUsagePolicy``."""

    verdict: Any

    def digest_algorithm_allowed(self, algo: Any, moment: datetime | None) -> Any:  # noqa: ARG002
        return self.verdict(algo["algorithm"].native in _HASHES)

    def signature_algorithm_allowed(self, algo: Any, moment: datetime | None, public_key: Any) -> Any:  # noqa: ARG002
        return self.verdict(_counts(algo, public_key))


def _counts(algorithm: Any, key: Any) -> bool:
    """Is it RSA or ECDSA, with a key and hashes that are strong enough?"""
    try:
        scheme, hashes = algorithm.signature_algo, set()
        if algorithm["algorithm"].native != "rsassa_pkcs1v15":  # whose hash stands elsewhere
            hashes.add(algorithm.hash_algo)
        if scheme == "rsassa_pss":
            hashes.add(algorithm["parameters"]["mask_gen_algorithm"]["parameters"]["algorithm"].native)
        if not hashes <= set(_HASHES):
            return False
        if scheme == "ecdsa":
            return key.algorithm == "ec" and key.curve in {("named", each) for each in _CURVES}
        if scheme not in {"rsassa_pkcs1v15", "rsassa_pss"} or key.algorithm not in {"rsa", "rsassa_pss"}:
            return False
        modulus: int = key["public_key"].parsed["modulus"].native
    except (KeyError, TypeError, ValueError):
        return False
    return modulus.bit_length() >= _LEAST_RSA_BITS


def _hash_of(signer: Any) -> str:
    name: str = signer["digest_algorithm"]["algorithm"].native
    if name not in _HASHES:
        raise BadSignature(msg('the hash "{hash}" does not count, only sha256, sha384 and sha512 do', hash=name))
    return name


def _demand(status: Any, when: datetime) -> None:
    """Raises ``BadSignature`` unless pyHanko trusts the signature and the certificate is one for signing."""
    certificate, problem = status.signing_cert, status.trust_problem_indic
    if not (status.intact and status.valid):
        raise BadSignature(msg("the signature does not fit the text and the key: one of them was changed"))
    if problem is not None and problem.name.startswith("CRYPTO_CONSTRAINTS"):
        raise BadSignature(
            msg("a key or a hash of the chain does not count: RSA from 2048 bits on and ECDSA do, with SHA-2")
        )
    first, last = certificate.not_valid_before, certificate.not_valid_after
    if not first <= when <= last:
        names = {"first": first.isoformat(), "last": last.isoformat(), "moment": when.isoformat()}
        raise BadSignature(msg("the certificate that signed is valid from {first} to {last}, not {moment}", **names))
    usage = certificate.key_usage_value
    if usage is None or not _SIGNING & usage.native:
        raise BadSignature(msg("the certificate that signed is not one for signing (keyUsage)"))
    if not status.trusted:
        moment = when.isoformat()
        raise BadSignature(
            msg("no chain of certificates valid {moment} leads to a root of the policy (x509_roots)", moment=moment)
        )
    if status.validation_path.pkix_len == 0:  # what pyHanko hardly looks at
        raise BadSignature(msg("a root of the policy signed it; roots only vouch for others"))
    if (
        certificate["signature_algorithm"].dump() != certificate["tbs_certificate"]["signature"].dump()
        or certificate["signature_value"].contents[:1] != b"\0"
    ):  # else one certificate could have several fingerprints
        raise BadSignature(msg("what is unsigned of the certificate that signed was changed"))
