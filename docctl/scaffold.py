"""The files of a new repository and of a new procedure, as values; the command line writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from docctl.errors import UsageError
from docctl.message import msg
from docctl.schema import KINDS, schema, schema_text
from docctl.text.vietnamese import without_marks

LEVELS = ("commune", "province", "ministry", "central", "other")
_UNTOUCHED = ("approvals", "archive", "policy", "checkpoints", "forms", "legal/shared")


def agency_id(name: str) -> str:
    """An id made of an agency's name: ``Ủy ban nhân dân phường Bắc Kạn`` -> ``uy-ban-nhan-dan-phuong-bac-kan``."""
    letters = re.sub(r"[^a-z0-9]+", "-", without_marks(name)).strip("-")[:64].strip("-")
    if not letters or not letters[0].isalpha():
        raise UsageError(msg('no id can be made of the name "{name}"', name=name), msg("give one with --id"))
    return letters


def repository_files(identifier: str, name: str, level: str) -> Mapping[str, str]:
    """Path and text of every file of a new repository (docs/formats.md, docctl.toml)."""
    return {
        "docctl.toml": _config(identifier, name, level),
        "organisation.yaml": _organisation(name),
        ".gitattributes": "".join(f"{folder}/** -text\n" for folder in _UNTOUCHED),
        "procedures/.gitkeep": "",
        "legal/.gitkeep": "",
        "forms/.gitkeep": "",
        **{f".docctl/schemas/v1/{kind}.schema.json": schema_text(kind) for kind in KINDS},
    }


def _quoted(text: str) -> str:
    """A string as TOML and YAML both read it."""
    return json.dumps(text, ensure_ascii=False)


def _config(identifier: str, name: str, level: str) -> str:
    obligation = "voluntary" if level in ("commune", "other") else "mandatory"
    return f"""\
format = "docctl/config/v1"

[agency]
id = {_quoted(identifier)}
name = {_quoted(name)}
level = "{level}"
# 19/2014/QĐ-TTg, Điều 2: bắt buộc (mandatory) hay khuyến khích (voluntary)
obligation = "{obligation}"
utc_offset = "+07:00"

[law]
# 26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i: chậm nhất ba tháng
update_within_months = 3

[output]
lang = "vi"
"""


def _organisation(name: str) -> str:
    return f"""\
# yaml-language-server: $schema=.docctl/schemas/v1/organisation.schema.json
format: docctl/organisation/v1
units:
  - id: co-quan
    name: {_quoted(name)}
  - id: mot-cua
    name: Bộ phận Tiếp nhận và Trả kết quả
    parent: co-quan
roles:
  - id: cc-mot-cua
    title: Công chức một cửa
    unit: mot-cua
  - id: cc-chuyen-mon
    title: Công chức chuyên môn
    unit: co-quan
  - id: lanh-dao
    title: Lãnh đạo cơ quan
    unit: co-quan
duties:
  representative: lanh-dao
  secretary: cc-chuyen-mon
"""


def procedure_text(identifier: str, title: str, level: str, owner: str, desk: str, signer: str) -> str:
    """A first draft of a procedure: it passes every check and says where to go on.

    ``owner``, ``desk`` and ``signer`` are roles. Raises ``UsageError`` for an id that cannot be one.
    """
    pattern = schema("procedure")["$defs"]["document_id"]["pattern"]
    if not re.fullmatch(pattern, identifier) or len(identifier) > 64:
        raise UsageError(
            msg('"{id}" cannot be the id of a procedure', id=identifier),
            msg("use capital letters A-Z, digits, dots and hyphens, such as QT-07"),
        )
    return f"""\
# yaml-language-server: $schema=../.docctl/schemas/v1/procedure.schema.json
format: docctl/procedure/v1
id: {identifier if any(map(str.isalpha, identifier)) and "-" in identifier else _quoted(identifier)}
title: {_quoted(title)}
issue: 1
revision: 0
change:
  reason: first-issue
  summary: Ban hành lần đầu
level: {level}
# covers: ["1.000000"]        # mã thủ tục hành chính; khi có, cần thêm field, authority, applicants,
#                             # dossier, processing_time, channels (docs/formats.md)
owner: {owner}
purpose: |
  Quy định trình tự và trách nhiệm thực hiện.
# Căn cứ pháp lý, nên ghi đến điều, khoản, điểm; mỗi văn bản có một tệp trong legal/:
#   - text: 118/2025/NĐ-CP
#     provisions: [dieu_1]
legal_basis: []
steps:
  - id: step-1
    kind: receive
    title: Tiếp nhận hồ sơ
    role: {desk}
    time: {{ value: 1, unit: hour }}
    next: [step-2]
  - id: step-2
    kind: appraise
    title: Thẩm định hồ sơ
    role: {owner}
    time: {{ value: 4, unit: hour }}
    next: [step-3]
  - id: step-3
    kind: sign
    title: Ký duyệt
    role: {signer}
    time: {{ value: 2, unit: hour }}
    next: [step-4]
  - id: step-4
    kind: deliver
    title: Trả kết quả
    role: {desk}
    time: {{ value: 1, unit: hour }}
    next: []
"""
