"""What all commands that sign have in common: the key, the person, the clock, and the writing of a record."""

from __future__ import annotations

import argparse
import os
import textwrap
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from docctl.approval import sshsig
from docctl.approval.certificates import check_certificate
from docctl.approval.chain import Link
from docctl.approval.judge import Judge, RecordFile, Refusal
from docctl.approval.payload import file_name, namespace_of, payload
from docctl.cli.options import add_root
from docctl.cli.session import Session
from docctl.errors import DocctlError, UsageError
from docctl.finding import Severity
from docctl.lifecycle.requirements import BEFORE_ISSUE
from docctl.message import Param, Translate, mark, msg
from docctl.model.policy import Person, Policy
from docctl.model.record import Assurance, Record
from docctl.report.setting import visible
from docctl.report.status import MEANINGS
from docctl.repository import Repository
from docctl.rules.records import change_copied, number_skipped
from docctl.store import keygen
from docctl.store.files import make_all_beneath
from docctl.trust import Trust

KEY = "DOCCTL_KEY"


def add_signer(parser: argparse.ArgumentParser, translate: Translate) -> None:
    """Who signs, with what, in which role."""
    parser.add_argument(
        "--key", metavar=translate(mark("FILE")),
        help=translate(mark("your private key, or the .pub of one in the agent or on a token (default: $DOCCTL_KEY)")),
    )  # fmt: skip
    parser.add_argument(
        "--unsigned", metavar=translate(mark("PERSON")),
        help=translate(mark("make a record without signature, as this person; only where the policy allows it")),
    )  # fmt: skip
    parser.add_argument(
        "--certificate", metavar=translate(mark("PERSON")),
        help=translate(mark("write the record only; this person signs the file by certificate, as FILE.p7s beside it")),
    )  # fmt: skip
    parser.add_argument("--role", metavar=translate(mark("ROLE")), help=translate(mark("sign in this role")))
    parser.add_argument(
        "--delegation", metavar="ID", help=translate(mark("sign for another one, by this delegation of the policy"))
    )
    add_root(parser, translate)


class Desk(Struct, frozen=True, dict=True):
    """Where a person signs: the repository with its policy, the moment, the key."""

    session: Session
    repository: Repository

    @cached_property
    def moment(self) -> datetime:
        """Now, to the second, at the policy's offset."""
        sign = -1 if self.policy.utc_offset[0] == "-" else 1
        hours, minutes = self.policy.utc_offset[1:].split(":")
        offset = timezone(sign * timedelta(hours=int(hours), minutes=int(minutes)))
        return datetime.now(UTC).astimezone(offset).replace(microsecond=0)

    @cached_property
    def _chain(self) -> Link:
        trust = self.repository.trust(datetime.now(UTC).date())
        link = trust.chain.last
        if link is None:
            if not trust.has_policy:
                raise UsageError(msg("there is no policy, so nobody may sign"), msg("make one: docctl policy init"))
            first = trust.own_chain.findings[0]
            raise UsageError(
                msg("{path} does not count: {reason}", path=first.location.path, reason=first.message),
                msg("docctl policy verify tells all of it"),
            )
        return link

    @property
    def link(self) -> Link:
        """The version of the policy that counts."""
        return self._chain

    @property
    def policy(self) -> Policy:
        return self.link.policy

    @cached_property
    def trust(self) -> Trust:
        """Records and standings as of today."""
        return self.repository.trust(self.moment.date(), now=self.moment)

    @cached_property
    def person(self) -> Person:
        """Whose key it is, by the policy; or who is named, where no key is used."""
        named: str | None = self.session.arguments.unsigned or self.session.arguments.certificate
        if named is not None:
            found = self.policy.person(named)
            if found is None:
                raise UsageError(msg("the policy knows no {id}", id=named), msg("docctl policy show lists the persons"))
            return found
        public = public_key_of(self.key)
        owner = self.policy.owner_of(public.fingerprint)
        if owner is None:
            raise UsageError(
                msg("the policy does not list the key {key}", key=public.fingerprint),
                msg("have it entered in a next version of the policy: docctl policy edit"),
            )
        return owner

    @property
    def wanted(self) -> tuple[str | None, str | None]:
        """The role and the delegation asked for."""
        return self.session.arguments.role, self.session.arguments.delegation

    @cached_property
    def key(self) -> Path:
        """The key's file."""
        return key_of(self.session)

    # -- signing -----------------------------------------------------------------------------------

    def sound(self, document_id: str, as_of: date) -> None:
        """Refuses to sign for a text that ``docctl check`` calls wrong on a day. Raises ``UsageError``."""
        path = f"procedures/{document_id}.yaml"
        for each in self.repository.check(as_of).findings:
            # What is wrong with its approvals (DC4xx) is what signing mends.
            wrong = each.severity is Severity.ERROR and each.location.path == path
            if wrong and (each.code.family in ("DC1", "DC2") or each.code in (number_skipped.CODE, change_copied.CODE)):
                names: dict[str, Param] = {"code": each.code.id, "what": each.message, "path": path}
                raise UsageError(
                    msg("nothing was signed, for the text has an error: {code} {what}", **names),
                    msg("docctl check {path} tells where, and what to do", path=path),
                )

    def file(self, record: Record, aside: Mapping[str, bytes] | None = None) -> None:
        """Shows what is to be signed, signs it, makes sure that it will count, and writes it with what it needs.

        The record comes last: interrupted before, nothing was signed. Says which files are to be committed.
        """
        data, arguments = payload(record), self.session.arguments
        self._show(record)
        path = file_name(record, data)
        now = self.moment + timedelta(minutes=1)
        judge = Judge(self.trust.chain, self.moment.date(), now, sshsig.verify, check_certificate)
        signature = None
        if arguments.certificate is not None:
            # Signed elsewhere, and so judged as if it were signed with the certificate that the policy lists.
            listed = [each.fingerprint for each in self.person.keys if each.blob.startswith("x509 ")]
            judge = replace(judge, check_certificate=lambda *_: listed[0] if listed else "")
            said = judge.judge(RecordFile(path, data, None, b""))
        else:
            if arguments.unsigned is None:
                signature = keygen.sign(self.key, data, namespace_of(record.meaning))
            said = judge.judge(RecordFile(path, data, signature))
        if isinstance(said, Refusal):
            reason = said.finding.message
            raise UsageError(msg("nothing was written, for the record would not count: {reason}", reason=reason))
        files = dict(aside or {})
        if signature is not None:
            files[path + ".sig"] = signature
        self.write({**files, path: data})
        setting = self.session.setting(self.repository.root)
        if not self.session.out.isatty():
            self.session.result(record.statement + "\n")  # at a terminal it was read before
        text = f"procedures/{record.document}.yaml"
        self.to_commit([*files, path, *([text] if record.meaning in BEFORE_ISSUE and self._edited(text) else [])])
        if said.assurance is Assurance.UNSIGNED:
            remark = msg("UNSIGNED: who made this record is a claim that nothing proves")
            self.session.remark(setting.say(remark) + "\n")
        if said.assurance is Assurance.X509:
            remark = msg(
                "not signed yet: sign {path} by certificate (CMS, detached, DER) as {path}.p7s", path=setting.path(path)
            )
            self.session.remark(setting.say(remark) + "\n")

    def _show(self, record: Record) -> None:
        """What the person is about to sign, before a key is asked for."""
        setting = self.session.setting(self.repository.root)
        standing = self.trust.standings.get(record.document)
        title = "" if standing is None or standing.title is None else f"“{visible(standing.title)}”"
        names: dict[str, Param] = {
            "id": record.document, "number": record.number, "title": title, "meaning": MEANINGS[record.meaning],
        }  # fmt: skip
        head = setting.say(msg("{id} {number} {title}: {meaning}", **names))
        lines = textwrap.wrap(visible(record.statement), max(60, setting.width - 2), break_on_hyphens=False)
        self.session.remark("\n".join([head, *(f"  {line}" for line in lines)]) + "\n")

    def _edited(self, path: str) -> bool:
        """Is a file not as the last commit has it? The signature would be about words that nobody else can see."""
        try:
            return self.repository.at("HEAD").bytes_of(path) != self.repository.bytes_of(path)
        except DocctlError:  # no Git, or no commit yet
            return False

    def to_commit(self, paths: Sequence[str]) -> None:
        """Says which files belong into one commit."""
        setting = self.session.setting(self.repository.root)
        self.session.remark(setting.say(msg("to be committed together:")) + "\n")
        self.session.remark("".join(f"  {setting.path(path)}\n" for path in dict.fromkeys(paths)))

    def write(self, files: Mapping[str, bytes]) -> None:
        """New files in this order; one that is there with the same content is left alone."""
        first = next(iter(files))
        try:
            make_all_beneath(self.repository.root, files)
        except FileExistsError as error:
            there = (each for each, data in files.items() if self.repository.bytes_of(each) not in (None, data))
            path = next(there, first)
            raise UsageError(
                msg("{path} is there already, with other content; nothing was signed", path=path),
                msg("find out where it comes from; what was issued is never replaced"),
            ) from error
        except OSError as error:
            reason = error.strerror or os.strerror(error.errno or 0)
            raise UsageError(msg("{path} cannot be written: {reason}", path=first, reason=reason)) from error


def key_of(session: Session) -> Path:
    """The key named by ``--key`` or DOCCTL_KEY."""
    named = session.arguments.key or os.environ.get(KEY)
    if not named:
        raise UsageError(
            msg("which key? Give --key FILE, or set DOCCTL_KEY"),
            msg("the file is your private SSH key, or its .pub where the key is in an agent or on a token"),
        )
    return Path(named).expanduser()


def public_key_of(path: Path) -> sshsig.PublicKey:
    """The public key of a key file. Raises ``UsageError`` where it is none that may sign."""
    try:
        return sshsig.public_key(keygen.public_line(path))
    except sshsig.BadSignature as error:
        raise UsageError(msg("the key {path} cannot be used: {reason}", path=str(path), reason=error.reason)) from error
