"""What can be said about policy, records and signatures: DC402 to DC430."""

from __future__ import annotations

from docctl.finding import Code, Severity
from docctl.message import mark as _

POLICY_BROKEN = Code(
    "DC402",
    "policy-broken",
    Severity.ERROR,
    _("A version of the policy does not count"),
    _("Who may approve is itself approved: each version is signed by enough persons of the root group of the version before and of its own, and names the version before by its sha256."),
    _("Have it signed (docctl policy sign), or put back the file as it was; a version once signed is never edited."),
)  # fmt: skip
POLICY_NOT_PINNED = Code(
    "DC403",
    "policy-not-pinned",
    Severity.ERROR,
    _("The first version of the policy is not the pinned one"),
    _("The sha256 of the first version is kept outside the repository; otherwise whoever can write here could make a policy of his own."),
    _("Compare the sha256 with the one that was announced; put back the right policy/0001.yaml, or correct the pin."),
)  # fmt: skip
POLICY_REWRITTEN = Code(
    "DC405",
    "policy-rewritten",
    Severity.ERROR,
    _("A version of the policy takes back or stretches what was said before"),
    _("The latest version judges every past record, so facts are only added and ended; otherwise a new version could make old approvals come or go."),
    _("Put the entry back as it was; end it with until, or revoke the key, and add a new entry."),
)  # fmt: skip
POLICY_INCONSISTENT = Code(
    "DC406",
    "policy-inconsistent",
    Severity.ERROR,
    _("A version of the policy contradicts itself"),
    _("A rule, a root group or a delegation that names nobody, or a key of two persons, protects nothing."),
    _("Mend the entry that is named."),
)
RECORD_UNREADABLE = Code(
    "DC410",
    "record-unreadable",
    Severity.ERROR,
    _("A record cannot be read"),
    _("What was signed are exact bytes: canonical JSON (RFC 8785) with the fields of its meaning. Anything else can be read in two ways."),
    _("Put back the file as it was written; records are never edited."),
)  # fmt: skip
SIGNATURE_BAD = Code(
    "DC411",
    "signature-bad",
    Severity.ERROR,
    _("A signature does not fit"),
    _("A record counts only with a signature over exactly its bytes (21 CFR 11.70: it cannot be cut out, copied or transferred)."),
    _("Put back both files as they were signed, or have it signed again."),
)  # fmt: skip
KEY_NOT_VALID = Code(
    "DC413",
    "key-not-valid",
    Severity.ERROR,
    _("A record was signed with a key that does not count"),
    _("The policy says which key is whose, since when and until when."),
    _("Sign with a key that the policy lists, or have the policy list the key."),
)
NOT_ALLOWED = Code(
    "DC414",
    "not-allowed",
    Severity.ERROR,
    _("A person signed what that person may not sign"),
    _("Who may prepare, review, approve and issue is said by the policy; what it does not allow is forbidden (ISO 9001:2015, 5.3)."),
    _("Have it signed by someone who may, or change the policy first, by itself."),
)  # fmt: skip
NOT_AS_IN_POLICY = Code(
    "DC416",
    "record-untrue",
    Severity.ERROR,
    _("A record says something else than the policy or its own fields"),
    _("Name, title and sentence are what a reader sees of a signature (21 CFR 11.50); they must be those of the policy."),
    _("Sign again with docctl, which takes them from the policy."),
)  # fmt: skip
RECORD_ELSEWHERE = Code(
    "DC417",
    "record-elsewhere",
    Severity.ERROR,
    _("A record is not about what it lies with"),
    _("A record speaks about one document, one revision and one repository; copied elsewhere it proves nothing."),
    _("Move it to approvals/<document>/<revision>/, or take the copy away."),
)
TIME_IMPLAUSIBLE = Code(
    "DC418",
    "time-implausible",
    Severity.ERROR,
    _("The time of a record cannot be"),
    _("A record dated ahead, or long before it came into the repository, may be meant to look as if it had been made at another time."),
    _("Sign again; docctl takes the time from the clock."),
)  # fmt: skip
UNSIGNED = Code(
    "DC419",
    "unsigned",
    Severity.ERROR,
    _("A record has no signature, and none may be missing"),
    _("Only a rule of the policy can allow records without signature, until a day; then who signed is a claim."),
    _("Have it signed; after a pilot, list the records to keep under kept in the policy."),
)
STRAY = Code(
    "DC430",
    "stray-file",
    Severity.WARNING,
    _("A file among the records is none"),
    _("A signature without its record, or a file of another name, may be what is left of something deleted."),
    _("Put back what is missing, or take the file away."),
)
TOO_MANY = Code(
    "DC429",
    "too-many-records",
    Severity.ERROR,
    _("A revision has more records than can be"),
    _("Nobody signs a thousand times about one revision; all are read, so that none can be hidden behind the others."),
    _("Take away what is no record of this revision."),
)
PRIVATE_KEY = Code(
    "DC422",
    "private-key",
    Severity.ERROR,
    _("A private key lies in the repository"),
    _("Whoever has read the repository can now sign as its owner."),
    _("Revoke the key in the policy as compromised, make a new one, and take the file away."),
)
TAKEN_BACK = Code(
    "DC423",
    "taken-back",
    Severity.ERROR,
    _("A change takes away or rewrites what is only added to"),
    _("Records, archived texts, policy versions, checkpoints, adopted.yaml and confirmed events stay as they are; what is over is ended by a new entry."),
    _("Put it back as it was. A wrong event gets withdrawn: with by, on and reason; a record is answered by another record."),
)  # fmt: skip
TWO_CHANGES = Code(
    "DC424",
    "two-changes",
    Severity.ERROR,
    _("A change touches the policy and something else"),
    _("Whoever changes who may approve cannot approve something by it in the same change."),
    _("Make two changes: merge the policy by itself first."),
)  # fmt: skip
CHECKPOINT_BROKEN = Code(
    "DC427",
    "checkpoint-broken",
    Severity.ERROR,
    _("A checkpoint does not count"),
    _("Checkpoints are numbered, each names the one before by its sha256, and each is signed by a person of the root group."),
    _("Put back the file as it was."),
)  # fmt: skip
ROLLED_BACK = Code(
    "DC428",
    "rolled-back",
    Severity.ERROR,
    _("Something that was here is here no longer"),
    _("A checkpoint, or a record that was signed under a later policy, proves that an older state was put in the place of a newer one."),
    _("Get the newer state back, from another clone or the archive, and find out who put the old one here."),
)  # fmt: skip

CODES = (
    POLICY_BROKEN, POLICY_NOT_PINNED, POLICY_REWRITTEN, POLICY_INCONSISTENT, RECORD_UNREADABLE, SIGNATURE_BAD,
    KEY_NOT_VALID, NOT_ALLOWED, NOT_AS_IN_POLICY, RECORD_ELSEWHERE, TIME_IMPLAUSIBLE, UNSIGNED, STRAY, TOO_MANY,
    PRIVATE_KEY, TAKEN_BACK, TWO_CHANGES, CHECKPOINT_BROKEN, ROLLED_BACK,
)  # fmt: skip
