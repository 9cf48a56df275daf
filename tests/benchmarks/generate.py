"""Makes a repository of N procedures: ``python tests/benchmarks/generate.py N OUT``; the same N gives the same bytes.

Each procedure has about 3.5 KB, in the shape that agencies' procedures have: six to ten steps, a dossier, a fee, citations
of provisions of a register of 300 texts, of which some amend others. All are in force by ``adopted.yaml``, with their
texts in the archive; one in fifty has a fault. OUT becomes a Git repository with one commit.
"""

from __future__ import annotations

import hashlib
import random
import subprocess
import sys
from pathlib import Path

from docctl.model.form import used_content
from docctl.text.canonical import digest
from docctl.text.strict import read

TEXTS, ROLES = 300, 9
DOING = (
    "Tiếp nhận",
    "Kiểm tra",
    "Thẩm định",
    "Phân công",
    "Trình duyệt",
    "Ký duyệt",
    "Đối chiếu",
    "Xác minh",
    "Tổng hợp",
)
MATTERS = (
    "hồ sơ đề nghị cấp giấy phép", "đơn đăng ký biến động đất đai", "hồ sơ công nhận cơ sở giáo dục",
    "đề nghị hỗ trợ người có công", "tờ khai lệ phí trước bạ", "hồ sơ chứng thực chữ ký", "báo cáo đánh giá tác động",
)  # fmt: skip
HOW = (
    "đúng thời hạn và cập nhật trạng thái trên hệ thống thông tin giải quyết thủ tục hành chính",
    "đối chiếu với thành phần hồ sơ; chưa hợp lệ thì hướng dẫn bổ sung một lần bằng phiếu yêu cầu",
    "lập phiếu kiểm soát quá trình giải quyết hồ sơ và chuyển bước tiếp theo trong ngày làm việc",
)
PAPERS = ("Đơn đề nghị theo mẫu", "Bản sao giấy chứng nhận quyền sử dụng đất", "Giấy ủy quyền", "Bản vẽ đã phê duyệt")


def year_of(place: int) -> int:
    """The last thirty texts are of this year, so that they make something outdated."""
    return 2026 if place >= TEXTS - 30 else 2012 + place // 180


def number(place: int) -> str:
    return f"{place % 180 + 1}/{year_of(place)}/NĐ-CP"


def slug(place: int) -> str:
    return number(place).replace("/", "-").replace("NĐ-CP", "nd-cp")


def cites(dice: random.Random, count: int) -> str:
    found = [
        f"{{ text: {number(dice.randrange(TEXTS))}, provisions: [dieu_{dice.randint(1, 40)}__khoan_{dice.randint(1, 6)}] }}"
        for _ in range(count)
    ]
    return "[" + ", ".join(found) + "]"


def procedure(place: int) -> str:
    dice = random.Random(place)
    steps = dice.randint(5, 8)
    lines = [
        "format: docctl/procedure/v1", f"id: QT-{place:05}", f"code_printed: QT-{place:05}/QMS",
        f"title: {dice.choice(DOING)} {dice.choice(MATTERS)} số {place}", "issue: 1", "revision: 0",
        "field: Hành chính", "level: commune", f'covers: ["1.{place:06}"]', f"owner: chuc-danh-{dice.randrange(ROLES)}",
        "purpose: |", f"  Quy định cách {dice.choice(DOING).lower()} {dice.choice(MATTERS)}, {dice.choice(HOW)}.",
        "legal_basis:", *(f"  - {{ text: {number(each)}, provisions: [dieu_{dice.randint(1, 40)}] }}" for each in dice.sample(range(TEXTS), 4)),
        "authority: ubnd", "received_at: mot-cua", "applicants: [Cá nhân, Tổ chức]", "dossier:", "  sets: 1", "  items:",
    ]  # fmt: skip
    for item in range(1, 5):
        lines += [
            f"    - id: hs-{item}",
            f"      name: {PAPERS[item - 1]}, {dice.choice(MATTERS)}",
            "      originals: 1",
            f"      cites: {cites(dice, 1)}",
        ]
    lines += [
        "processing_time:",
        f"  value: {steps}",
        "  unit: working_day",
        f"  legal_limit: {{ value: {steps + 5}, unit: working_day }}",
        f"  cites: {cites(dice, 1)}",
    ]
    lines += ["channels:", "  - { id: kenh-1, kind: in_person }", "  - { id: kenh-2, kind: online }"]
    lines += [
        "fees:",
        "  - id: phi-1",
        "    name: Phí thẩm định hồ sơ",
        "    kind: fee",
        f"    amount: {dice.randint(1, 90) * 10_000}",
        "    currency: VND",
        f"    cites: {cites(dice, 1)}",
    ]
    lines.append("steps:")
    for step in range(1, steps + 1):
        last = step == steps
        kind = "receive" if step == 1 else "deliver" if last else "appraise"
        lines += [
            f"  - id: step-{step}", f"    kind: {kind}", f"    title: {dice.choice(DOING)} {dice.choice(MATTERS)}",
            f"    role: chuc-danh-{dice.randrange(ROLES)}",
            "    time: { value: 4, unit: hour }", f"    next: [{'' if last else f'step-{step + 1}'}]",
        ]  # fmt: skip
        if step == 1:
            refused = (
                ", { to: tra-lai, case: refused, when: Không đủ điều kiện }" if place % 50 else ""
            )  # a fault in 2 %
            choices = f"{{ to: tra-lai, case: incomplete, when: Thiếu giấy tờ }}{refused}"
            lines += ["    forms: [BM-01]", f"    choices: [{choices}]"]
        if step % 3 == 0:
            lines += [f"    description: {dice.choice(HOW).capitalize()}.", f"    cites: {cites(dice, 1)}"]
    lines += [
        "  - id: tra-lai", "    kind: reject", "    title: Trả hồ sơ kèm phiếu yêu cầu bổ sung", "    role: chuc-danh-0",
        "    time: { value: 1, unit: hour }", "    forms: [BM-02]", "    next: []",
    ]  # fmt: skip
    lines += [
        "results:",
        "  - id: kq-1",
        "    name: Văn bản trả lời",
        "kept_records:",
        "  - { name: Hồ sơ giải quyết, retention: 5 năm, place: Bộ phận một cửa }",
    ]
    return "\n".join(lines) + "\n"


def text(place: int) -> str:
    dice = random.Random(-place)
    year = year_of(place)
    lines = [
        "format: docctl/legal-text/v1", f"number: {number(place)}", "kind: decree", f"title: Nghị định số {number(place)} về {dice.choice(MATTERS)}",
        "issuer: [Chính phủ]", f'issued: "{year}-03-01"', "in_force:", f'  - {{ from: "{year}-04-15" }}', 'checked: "2026-06-01"',
    ]  # fmt: skip
    if place >= TEXTS // 2:
        lines.append("events:")
        for event in range(1, 4):
            lines += [
                f"  - id: e{event}", "    kind: amend",
                f"    source: {{ provision: dieu_1__khoan_{event}, quote: 'Sửa đổi, bổ sung như sau' }}",
                f"    target: {{ text: {number(dice.randrange(TEXTS // 2))}, provisions: [dieu_{dice.randint(1, 40)}__khoan_{dice.randint(1, 6)}] }}",
                f'    recorded: "{year}-03-10"', f'    confirmed: {{ by: chuc-danh-0, on: "{year}-03-11" }}',
            ]  # fmt: skip
    return "\n".join(lines) + "\n"


def main() -> None:
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    files = {
        "docctl.toml": 'format = "docctl/config/v1"\n\n[agency]\nid = "thu-nghiem"\nname = "Cơ quan thử nghiệm"\nlevel = "commune"\n',
        "organisation.yaml": "format: docctl/organisation/v1\nunits:\n  - { id: ubnd, name: Ủy ban nhân dân }\n  - { id: mot-cua, name: Bộ phận một cửa, parent: ubnd }\nroles:\n"
        + "".join(f"  - {{ id: chuc-danh-{each}, title: Chức danh số {each}, unit: mot-cua }}\n" for each in range(ROLES)),
    }  # fmt: skip
    files["forms.yaml"] = "format: docctl/forms/v1\nforms:\n" + "".join(
        f"  - id: BM-0{each}\n    title: Phiếu số {each}\n    law: {{ text: {number(each)}, provisions: [phu_luc__mau_{each}] }}\n" for each in (1, 2)
    )  # fmt: skip
    files |= {f"legal/{slug(place)}.yaml": text(place) for place in range(TEXTS)}
    forms = read(files["forms.yaml"].encode(), "x").tree
    assert forms is not None
    shared = digest(used_content(forms.value, ("BM-01", "BM-02")))
    adopted = ["format: docctl/adopted/v1", "adopted:"]
    for place in range(count):
        own = procedure(place)
        tree = read(own.encode(), "x").tree
        assert tree is not None
        files |= {f"procedures/QT-{place:05}.yaml": own, f"archive/QT-{place:05}/1.0.yaml": own}
        adopted += [
            f"  - document: QT-{place:05}",
            "    issue: 1",
            "    revision: 0",
            f"    digest: {digest(tree.value)}",
            f"    shared_forms: {shared}",
            '    effective_from: "2025-07-01"',
        ]
    files["adopted.yaml"] = "\n".join(adopted) + "\n"
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=An", "-c", "user.email=an@example.org"]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Made"], check=True)
    total = sum(len(content.encode()) for path, content in files.items() if path.startswith("procedures/"))
    whole = hashlib.sha256("".join(f"{path}\0{files[path]}\0" for path in sorted(files)).encode()).hexdigest()
    print(f"{count} procedures, {total // max(1, count)} bytes each; sha256 of all {whole[:16]}")


if __name__ == "__main__":
    main()
