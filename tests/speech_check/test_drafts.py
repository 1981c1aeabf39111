"""Word files handed over: the text of good ones, one sentence for each kind of bad one."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from dashboard.speech_check import drafts
from dashboard.speech_check.drafts import DraftProblem, read_docx, within_length

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def packed(**parts: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, data in parts.items():
            parcel.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), data)
    return target.getvalue()


def body(xml: str) -> bytes:
    return packed(word__document_xml=f"<w:document {W}><w:body>{xml}</w:body></w:document>".encode())


def refused(data: bytes) -> str:
    with pytest.raises(DraftProblem) as caught:
        read_docx(data)
    return caught.value.say("zh")


def test_paragraphs_become_lines() -> None:
    assert (
        read_docx(word_file("五年来，收到建议438件。", "", "建成联络站17个。"))
        == "五年来，收到建议438件。\n\n建成联络站17个。"
    )


def test_cells_of_a_table_are_read_and_deleted_text_is_not() -> None:
    xml = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>建议</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>438件</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:p><w:del><w:r><w:delText>旧数9件</w:delText></w:r></w:del><w:r><w:t>新</w:t><w:tab/><w:t>数</w:t></w:r></w:p>"
    )
    assert read_docx(body(xml)) == "建议\n438件\n新\t数"


def test_a_text_box_kept_twice_is_read_once() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    run = "<w:r><w:t>12次</w:t></w:r>"
    box = f"<mc:Choice>{run}</mc:Choice><mc:Fallback>{run}</mc:Fallback>"
    assert read_docx(body(f"<w:p><mc:AlternateContent {mc}>{box}</mc:AlternateContent></w:p>")) == "12次"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "不是 DOCX"),
        (b"hello", "不是 DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (word_file("建议438件")[:-200], "损坏"),
        (packed(xl__workbook_xml=b"<x/>"), "不是 DOCX"),
        (packed(word__document_xml=b"<w:document", other=b""), "损坏"),
        (packed(word__document_xml=b"<a/>", word__vbaProject_bin=b"x"), "宏"),
        (body("<w:p/>"), "没有文字"),
        (bytes(drafts.MOST_BYTES + 1), "太大"),
    ],
    ids=["empty", "text", "doc", "picture", "cut", "sheet", "xml", "macros", "blank", "big"],
)
def test_what_is_no_readable_word_file_is_refused(data: bytes, sentence: str) -> None:
    assert sentence in refused(data)


def test_a_damaged_part_is_said() -> None:
    data = bytearray(word_file("建议438件" * 400))
    place = data.find(b"word/document.xml") + 40
    data[place : place + 30] = bytes(30)
    assert "损坏" in refused(bytes(data))


def test_a_file_that_unpacks_without_end_is_not_unpacked() -> None:
    bomb = packed(word__document_xml=b" " * (drafts.MOST_UNPACKED + 5))
    assert len(bomb) < 100_000
    assert "太大" in refused(bomb)


@pytest.mark.parametrize("declared", ['<!DOCTYPE a [<!ENTITY b "c">]>', '<!DOCTYPE a SYSTEM "file:///etc/hostname">'])
def test_nothing_declared_in_a_file_is_followed(declared: str) -> None:
    xml = f"{declared}<w:document {W}><w:body><w:p><w:r><w:t>&b;12件</w:t></w:r></w:p></w:body></w:document>"
    assert "损坏" in refused(packed(word__document_xml=xml.encode()))
    assert "损坏" in refused(packed(word__document_xml=xml.encode("utf-16")))


def test_a_locked_part_is_said() -> None:
    data = bytearray(word_file("建议438件"))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + flags] |= 1
            place = data.find(signature, place + 4)
    assert "损坏" in refused(bytes(data))


def test_a_megabyte_of_text_is_refused_with_its_length() -> None:
    with pytest.raises(DraftProblem) as caught:
        within_length("建议" * 500_000)
    assert "1,000,000 字" in caught.value.say("zh")
    assert "1,000,000" in refused(word_file("建议" * 500_000))


def test_nothing_of_a_draft_is_in_the_words_of_a_refusal() -> None:
    with pytest.raises(DraftProblem) as caught:
        read_docx(packed(word__document_xml="<w:document>机密".encode()))
    assert "机密" not in str(caught.value) + str(caught.value.__cause__)


def test_signs_that_steer_a_printer_are_dropped() -> None:
    assert within_length("建议\x00438\x07件\r\n好") == "建议438件\n好"
