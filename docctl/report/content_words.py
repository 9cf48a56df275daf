"""The parts of a procedure in words: a length of time, an amount, a citation, a whole step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from docctl.message import Message, msg
from docctl.model.duration import DAY, HOUR, Duration
from docctl.model.organisation import Organisation
from docctl.report.setting import Setting, visible
from docctl.text.tree import Value

CHANNELS = {"in_person": msg("in person"), "post": msg("by post"), "online": msg("online")}
CASES = {
    "incomplete": msg("incomplete"), "refused": msg("refused"), "late": msg("late"), "other": msg("other case"),
}  # fmt: skip
STEP_KINDS = {
    "receive": msg("reception"), "transfer": msg("transfer"), "appraise": msg("appraisal"),
    "verify": msg("verification"), "consult": msg("consultation"), "sign": msg("signing"),
    "deliver": msg("return of the result"), "reject": msg("return of the dossier"),
}  # fmt: skip
_FEE_KINDS = {"fee": msg("fee (phí)"), "charge": msg("charge (lệ phí)")}
_LEVELS = {
    "commune": msg("commune"), "province": msg("province"), "ministry": msg("ministry"),
    "central": msg("other central body"), "other": msg("other level"),
}  # fmt: skip
FIELDS = {
    "affected": msg("places changed"),
    "amount": msg("amount"),
    "applicants": msg("applicants"),
    "authority": msg("decided by"),
    "case": msg("case"),
    "channels": msg("ways to apply"),
    "choices": msg("branches"),
    "cites": msg("legal basis"),
    "code_printed": msg("printed code"),
    "condition": msg("condition"),
    "conditions": msg("conditions"),
    "coordinates": msg("units that take part"),
    "copies": msg("copies"),
    "covers": msg("administrative procedures"),
    "currency": msg("currency"),
    "definitions": msg("definitions"),
    "description": msg("description"),
    "dossier": msg("dossier"),
    "exemptions": msg("exemptions"),
    "extra": msg("own field"),
    "fees": msg("fees"),
    "field": msg("field"),
    "file": msg("file"),
    "form": msg("form"),
    "forms": msg("forms"),
    "formula": msg("formula"),
    "id": msg("id"),
    "items": msg("dossier"),
    "kept_records": msg("records kept"),
    "kind": msg("kind"),
    "law": msg("form of the law"),
    "legal_basis": msg("legal basis"),
    "legal_limit": msg("limit of the law"),
    "level": msg("level"),
    "name": msg("name"),
    "next": msg("next"),
    "note": msg("note"),
    "originals": msg("originals"),
    "owner": msg("kept up to date by"),
    "per": msg("per"),
    "processing_time": msg("time limit"),
    "purpose": msg("purpose"),
    "received_at": msg("received at"),
    "references": msg("references"),
    "result": msg("result"),
    "results": msg("results"),
    "role": msg("role"),
    "scope": msg("scope"),
    "sets": msg("sets"),
    "sha256": msg("content of the file"),
    "steps": msg("steps"),
    "text": msg("text"),
    "time": msg("time"),
    "title": msg("title"),
}
"""The fields of a procedure as people call them."""

_KNOWN: Mapping[str, Mapping[str, Message]] = {
    "kind": {**STEP_KINDS, **CHANNELS, **_FEE_KINDS}, "case": CASES, "level": _LEVELS,
}  # fmt: skip
_ROLES, _UNITS = frozenset({"role", "owner"}), frozenset({"authority", "received_at", "coordinates"})


def duration(length: Duration) -> Message:
    """How long: working days, days, hours."""
    if length.unit == HOUR:
        return msg("1 hour") if length.value == 1 else msg("{count} hours", count=length.value)
    if length.unit == DAY:
        return msg("1 day") if length.value == 1 else msg("{count} days", count=length.value)
    return msg("1 working day") if length.value == 1 else msg("{count} working days", count=length.value)


def money(amount: int, currency: str) -> str:
    """An amount as Vietnamese papers print it: 50.000 VND."""
    return f"{amount:,}".replace(",", ".") + f" {currency}"


class Words(Struct, frozen=True):
    """Values of a procedure's fields in words. ``places`` gives the words of addresses of provisions."""

    setting: Setting
    organisation: Organisation | None
    places: Callable[[Sequence[str]], str]

    def role(self, role_id: str) -> str:
        role = None if self.organisation is None else self.organisation.role(role_id)
        return visible(role_id if role is None else role.title)

    def unit(self, unit_id: str) -> str:
        unit = None if self.organisation is None else self.organisation.unit(unit_id)
        return visible(unit_id if unit is None else unit.name)

    def value(self, field: str, value: Value) -> str:
        """A value of a field, on one line."""
        if isinstance(value, list):
            return ", ".join(self.value(field, each) for each in value) or self.setting.say(msg("(nothing)"))
        if isinstance(value, dict):
            return self._element(value)
        if isinstance(value, str):
            return self._text(field, value)
        if isinstance(value, bool) or value is None:
            return {True: "true", False: "false", None: "null"}[value]
        return str(value)

    def plain(self, value: Value) -> str:
        """A value of which nothing is known, on one line."""
        if isinstance(value, dict):
            return "; ".join(f"{visible(field)}: {self.plain(each)}" for field, each in value.items())
        if isinstance(value, list):
            return ", ".join(map(self.plain, value)) or self.setting.say(msg("(nothing)"))
        return self.value("", value)

    def _text(self, field: str, value: str) -> str:
        if (known := _KNOWN.get(field, {}).get(value)) is not None:
            return self.setting.say(known)
        if field in _ROLES:
            return self.role(value)
        if field in _UNITS:
            return self.unit(value)
        return visible(value[:12] + "…" if field == "sha256" else " ".join(value.split()))

    def _element(self, value: Mapping[str, Value]) -> str:
        """A citation, a length of time, a branch, or an element of a list by its name and what matters of it."""
        if "unit" in value and "value" in value:
            return self.setting.say(duration(Duration.from_tree(value)))
        if "text" in value and "id" not in value:
            return self.citation(value)
        if "to" in value:
            case = self.value("case", value.get("case"))
            when = value.get("when")
            return f"{case} -> {self.value('to', value['to'])}" + (f": {self.value('when', when)}" if when else "")
        if "term" in value:
            return f"{self.value('term', value['term'])}: {self.value('meaning', value.get('meaning'))}"
        name = next((value[each] for each in ("title", "name", "text") if each in value), None)
        if name is None:
            return "; ".join(
                f"{visible(field)}: {self.value(field, each)}" for field, each in value.items() if field != "id"
            )
        about = [self.value(each, value[each]) for each in ("role", "time", "retention", "place") if each in value]
        if isinstance(value.get("amount"), int):
            about.append(money(int(str(value["amount"])), str(value.get("currency", ""))))
        return f"“{self.value('title', name)}”" + (f" ({', '.join(about)})" if about else "")

    def citation(self, value: Mapping[str, Value]) -> str:
        """A citation as papers print it: khoản 2 Điều 5 23/2015/NĐ-CP."""
        named = value.get("provisions")
        places = self.places([str(each) for each in named]) if isinstance(named, list) else ""
        left = value.get("except")
        text = self.value("text", value["text"])
        words = [self.setting.say(msg("{places} of {text}", places=places, text=text)) if places else text]
        if isinstance(left, list) and left:
            words.append(self.setting.say(msg("(without {places})", places=self.places([str(each) for each in left]))))
        words += [f"[{self.value(each, value[each])}]" for each in ("within", "printed", "pinned") if each in value]
        return " ".join(filter(None, words))
