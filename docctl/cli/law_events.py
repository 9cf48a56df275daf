"""Events of a legal text's file for a person who is to confirm them: what, where, which days, in whose words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docctl.cli.law_operations import KINDS
from docctl.law.vn.words import place, places
from docctl.message import Message, msg
from docctl.report.setting import Setting, visible


def event_words(event: Mapping[str, Any], setting: Setting) -> list[str]:
    """The lines of one event."""
    known = KINDS.get(event["kind"])
    kind = event["kind"] if known is None else setting.say(known)
    at = place(event["source"].get("provision", ""))
    said = "; ".join([_target(event, setting), *_more(event, setting)])
    lines = [visible(f"{event['id']}  " + ": ".join(filter(None, (at, kind, said))))]
    days = "; ".join(setting.say(each) for each in _days(event.get("effect") or {}))
    return [*lines, *([f"    {days}"] if days else []), f"    “{visible(event['source']['quote'])}”"]


def _target(event: Mapping[str, Any], setting: Setting) -> str:
    """What is acted on: provisions of a text, the whole of it, another event; a general clause names nothing."""
    target: Mapping[str, Any] = event.get("target") or {}
    if "event" in target:
        return setting.say(msg("the event {event}", event=target["event"]))
    if "text" not in target:
        return ""
    what = places(target.get("provisions", ())) or setting.say(msg("the whole text"))
    return f"{what}, {target['text']}"


def _more(event: Mapping[str, Any], setting: Setting) -> Iterator[str]:
    excepted = (event.get("target") or {}).get("except")
    if excepted:
        yield setting.say(msg("except: {what}", what=places(excepted)))
    if event.get("after"):
        yield setting.say(msg("after {what}", what=places([event["after"]])))
    for pair in event.get("pairs") or ():
        yield f"{place(pair['from'])} -> {place(pair['to'])}"
    phrase = event.get("phrase")
    if phrase is not None:
        yield f"“{phrase['old']}” -> “{phrase['new']}”"


def _days(effect: Mapping[str, Any]) -> Iterator[Message]:
    """What the file says of its days; what it leaves out follows from the text itself."""
    if "from" in effect:
        yield msg("from {day}", day=effect["from"] or msg("a day not known"))
    if effect.get("retroactive_from"):
        yield msg("reaching back to {day}", day=effect["retroactive_from"])
    if effect.get("to"):
        yield msg("until before {day}", day=effect["to"])
    if effect.get("until_event"):
        yield msg("until the event {event}", event=effect["until_event"])
