"""The bytes of a record: read strictly, written canonically. Never the one through the other."""

from __future__ import annotations

import hashlib
from typing import cast

from msgspec.structs import replace

from docctl.approval.statement import statement
from docctl.message import Message, msg
from docctl.model.record import ACCEPT, DECISIONS, REJECT, Record, fields_of
from docctl.schema import is_valid
from docctl.text import strict_json
from docctl.text.canonical import canonical
from docctl.text.tree import Value

NAMESPACE = "docctl-record-v1"
ACKNOWLEDGEMENT = "docctl-ack-v1"
POLICY = "docctl-policy-v1"


def namespace_of(meaning: str) -> str:
    """What a signature of this meaning is made for; made for anything else, it does not count."""
    return ACKNOWLEDGEMENT if meaning == "acknowledged" else NAMESPACE


def sha256(data: bytes) -> str:
    """64 hex digits, as ``sha256sum`` prints them."""
    return hashlib.sha256(data).hexdigest()


def with_statement(record: Record) -> Record:
    """The record with the sentence that its fields make."""
    return replace(record, statement=statement(record))


def payload(record: Record) -> bytes:
    """The bytes to be signed."""
    return canonical(cast("Value", record.tree()))


def read_payload(data: bytes) -> Record | Message:
    """A record of exactly these bytes, or why there is none."""
    try:
        value = strict_json.read(data)
    except strict_json.NotCanonical as error:
        return error.reason
    if not isinstance(value, dict) or not is_valid(value, "record"):
        return msg("it does not fit the schema of records (docs/fields.md)")
    meaning = str(value["meaning"])
    wanted = fields_of(meaning)
    odd = sorted(wanted ^ set(value))
    if odd:
        return msg("a record of meaning {meaning} has other fields: {fields}", meaning=meaning, fields=", ".join(odd))
    try:
        record = Record.from_tree(value)
    except ValueError:  # 2026-02-30
        return msg("a date in it is not in the calendar")
    return _objection(record) or record


def _objection(record: Record) -> Message | None:
    if record.decision not in DECISIONS.get(record.meaning, (ACCEPT,)):
        return msg("{decision} cannot be decided as {meaning}", decision=record.decision, meaning=record.meaning)
    if (record.acting[0] in ("none", "TM")) != (record.acting[1] is None):
        return msg("signing for another one needs a delegation, and only that does")
    reasoned = record.decision in (REJECT, "revise", "withdraw") or record.meaning == "withdrawn"
    if reasoned and not record.reason:
        return msg("it gives no reason")
    if record.meaning == "legal-review" and not all(each.reason for each in record.events):
        return msg("it gives no reason")
    return None


def file_name(record: Record, data: bytes) -> str:
    """Where the record lies: one file per meaning, person and payload. Only a hint for people."""
    folder = f"approvals/{record.document}/{record.number}"
    return f"{folder}/{record.meaning}--{record.signer.id}--{sha256(data)[:16]}.json"
