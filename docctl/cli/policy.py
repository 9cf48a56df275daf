"""``docctl policy init|edit|sign|show|verify``: who may do what; only init, edit and sign write, in policy/."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime

from docctl.approval.chain import Chain, PolicyFile
from docctl.approval.payload import POLICY
from docctl.approval.sshsig import BadSignature
from docctl.cli.options import add_output, add_root, add_snapshot, day, nested_command
from docctl.cli.policy_edit import add_edit, add_person, adopted_now, edit, make, objections, person_of
from docctl.cli.session import Session
from docctl.cli.signing import key_of, public_key_of
from docctl.cli.verify import add_pin, pin_of
from docctl.errors import CannotDecide, UsageError
from docctl.finding import in_order
from docctl.message import Translate, mark, msg
from docctl.policymaking import Duties, first_version
from docctl.report import policy
from docctl.repository import Repository
from docctl.store import keygen
from docctl.trust import Trust


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    commands = parser.add_subparsers(dest="policy", metavar=translate(mark("COMMAND")), required=True)
    init = nested_command(commands, "init", mark("make the first version, with one person"), translate)
    add_person(init, translate, needed=True)
    for name, words in (
        ("--reviewer", mark("role that reviews (default: the secretary of organisation.yaml)")),
        ("--approver", mark("role that approves (default: the representative of organisation.yaml)")),
        ("--issuer", mark("role that issues (default: the secretary of organisation.yaml)")),
    ):
        init.add_argument(name, action="append", metavar=translate(mark("ROLE")), help=translate(words))
    editing = nested_command(commands, "edit", mark("make the next version, to be signed, and change it"), translate)
    add_edit(editing, translate)
    sign = nested_command(commands, "sign", mark("sign the last version"), translate)
    sign.add_argument("--key", metavar=translate(mark("FILE")), help=translate(mark("your key (default: $DOCCTL_KEY)")))
    show = nested_command(commands, "show", mark("who may do what"), translate)
    show.add_argument(
        "--as-of",
        type=day(translate),
        metavar=translate(mark("DATE")),
        help=translate(mark("answer for this day, 2025-07-01 (default: today)")),
    )
    verify = nested_command(
        commands, "verify", mark("do the versions follow each other, each signed by enough?"), translate
    )
    add_pin(verify, translate)
    for each in (show, verify):
        add_snapshot(each, translate)
    add_output(show, translate, ("text", "json"))
    for each in (init, editing, sign, show, verify):
        add_root(each, translate)


def run(session: Session) -> int:
    return {"init": _init, "edit": edit, "sign": _sign, "show": _show, "verify": _verify}[session.arguments.policy](
        session
    )


def _init(session: Session) -> int:
    repository = session.open(".")
    config = repository.config
    if repository.trust(date.max).has_policy:
        raise UsageError(msg("there is a policy already"), msg("change it by a next version: docctl policy edit"))
    now = datetime.now(UTC).astimezone(config.timezone).replace(microsecond=0)
    made = first_version(
        (config.agency_id, config.utc_offset), now, person_of(session, now.date()), _duties(session, repository),
        adopted_now(repository),
    )  # fmt: skip
    objections(session, repository, made, "policy/0001.yaml")
    make(repository, "policy/0001.yaml", made.encode("utf-8"))
    setting = session.setting(repository.root)
    session.result(setting.say(msg("{path} written", path=setting.path("policy/0001.yaml"))) + "\n")
    session.remark(
        setting.say(msg("next: read it, add the others (docctl policy edit --person …), then docctl policy sign"))
        + "\n"
    )
    return 0


def _duties(session: Session, repository: Repository) -> Duties:
    arguments = session.arguments
    organisation = repository.organisation
    secretary = None if organisation is None else organisation.body.secretary
    leader = None if organisation is None else organisation.body.representative
    chosen = Duties(arguments.reviewer or [secretary], arguments.approver or [leader], arguments.issuer or [secretary])
    if None in (*chosen.reviewers, *chosen.approvers, *chosen.issuers):
        raise UsageError(
            msg("organisation.yaml names no representative and secretary (duties), so say who may do what"),
            msg("give --reviewer, --approver and --issuer"),
        )
    return chosen


def _sign(session: Session) -> int:
    """Adds a signature to the version that waits for some. What is wrong with it is said before, not after."""
    repository = session.open(".")
    trust = repository.trust(datetime.now(UTC).date())
    waiting = trust.own_chain.pending
    if waiting is None:
        first = next(iter(trust.own_chain.findings), None)
        reason = msg("no version waits for a signature") if first is None else first.message
        raise UsageError(
            msg("nothing was signed: {reason}", reason=reason), msg("docctl policy verify tells all of it")
        )
    file, key = trust.policy_files[-1], key_of(session)
    fingerprint = public_key_of(key).fingerprint
    judges = (waiting, *(link.policy for link in trust.own_chain.links[-1:]))
    owner = next(
        (each.id for judge in judges if (each := judge.owner_of(fingerprint)) is not None and each.id in judge.root),
        None,
    )
    if owner is None:
        raise UsageError(
            msg("the key {key} belongs to nobody of the root group", key=fingerprint),
            msg("these sign the policy: {people}", people=", ".join(waiting.root)),
        )
    path = _free(trust, file, owner, fingerprint)
    signature = keygen.sign(key, file.data, POLICY)
    signed = PolicyFile(file.path, file.data, {**file.signatures, path: signature})
    after = trust.chain_of([*trust.policy_files[:-1], signed])
    if after.pending is None and after.findings:
        raise UsageError(msg("nothing was signed: {reason}", reason=after.findings[0].message))
    make(repository, path, signature)
    _tell(session, repository, path, after)
    return 0


def _free(trust: Trust, file: PolicyFile, owner: str, fingerprint: str) -> str:
    """The name of a person's next signature: one for each key, for an old key may have to bring in a new one."""
    for signature in file.signatures.values():
        try:
            if trust.check_signature(signature, file.data, POLICY).fingerprint == fingerprint:
                raise UsageError(msg("{id} has signed this version already", id=owner))
        except BadSignature:
            continue  # not one that counts
    names = (f"{file.path}.{owner}{number}.sig" for number in ("", *(f"-{count}" for count in range(2, 100))))
    return next(name for name in names if name not in file.signatures)


def _tell(session: Session, repository: Repository, path: str, after: Chain) -> None:
    setting = session.setting(repository.root)
    session.result(setting.say(msg("{path} written", path=setting.path(path))) + "\n")
    if after.findings:
        session.remark(
            setting.say(msg("more signatures are needed: {reason}", reason=after.findings[0].message)) + "\n"
        )
        return
    version = len(after.links)
    session.remark(
        setting.say(msg("version {version} counts; commit it by itself, without other changes", version=version)) + "\n"
    )
    if version == 1:
        pin = after.links[0].sha256
        session.remark(
            setting.say(msg("keep this outside the repository (CI variable DOCCTL_POLICY_PIN, printed announcement):"))
            + f"\n{pin}\n"
        )


def _show(session: Session) -> int:
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    trust: Trust = repository.trust(as_of)
    if not trust.has_policy:
        raise UsageError(msg("there is no policy"), msg("make one: docctl policy init"))
    setting = session.setting(repository.root)
    links = [(link.policy, link.sha256) for link in trust.own_chain.links]
    if session.arguments.format == "json":
        session.result(policy.render_json(links, as_of))
    else:
        session.result(policy.render(links, trust.own_chain.pending, as_of, setting))
    return 0


def _verify(session: Session) -> int:
    repository = session.open(".")
    pin = pin_of(session)
    trust = repository.trust(session.as_of(repository.config), pin=pin)
    if not trust.has_policy:
        raise CannotDecide(msg("there is no policy"), msg("make one: docctl policy init"))
    found = in_order(trust.own_chain.findings)
    setting = session.setting(repository.root)
    session.result(
        policy.render_chain(
            [(each.policy, each.sha256, each.signers) for each in trust.own_chain.links], found, setting
        )
    )
    links = trust.own_chain.links
    if links:
        names: dict[str, int | str] = {"count": len(links), "pin": links[0].sha256}
        session.remark(setting.say(msg("versions that count: {count}; sha256 of the first: {pin}", **names)) + "\n")
    if pin is None:
        raise CannotDecide(
            msg("the sha256 of the first policy must come from outside the repository"),
            msg("give it: --policy-pin SHA256 or DOCCTL_POLICY_PIN"),
        )
    return int(bool(found))
