"""The text of a draft handed over as a Word file; a file that is not what it says is refused in one sentence."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.parsers import expat

from data_access.errors import RendaError
from data_access.text import Text

MOST_CHARACTERS = 30_000
MOST_BYTES = 5_000_000  # of the file
MOST_UNPACKED = 20_000_000  # of the text part; a speech has less than one
MOST_PARTS = 2_000
FAMILY = re.compile(r"/wordprocessingml/(?:2006/)?main$")  # of Word's own files and of the strict standard's
FALLBACK = "http://schemas.openxmlformats.org/markup-compatibility/2006 Fallback"
BODY = "word/document.xml"
OLD_WORD = b"\xd0\xcf\x11\xe0"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")

TOO_LONG = Text(
    "稿子有 {n:,} 字，一次最多核 {most:,} 字，请分段粘贴。",
    "The draft has {n:,} characters; at most {most:,} can be checked at once. Please paste it in parts.",
)
TOO_BIG = Text(
    "文件太大（解开后超过 {most} MB），没有打开；请另存为只含文字的 DOCX，或直接粘贴文字。",
    "The file is too large (over {most} MB unpacked) and was not opened; save it with text only, or paste the text.",
)
OLD = Text(
    "这是旧版 DOC 文件，或加了密码的文件；请在 Word 里去掉密码，另存为 DOCX。",
    "This is an old DOC file, or one with a password; remove the password in Word and save it as DOCX.",
)
MACROS = Text(
    "文件带有宏（DOCM），没有打开；请另存为不带宏的 DOCX。",
    "The file has macros (DOCM) and was not opened; save it as DOCX without macros.",
)
PICTURE = Text(
    "这是图片，不是文字；请粘贴文字或选 DOCX 文件。", "This is a picture; paste the text or choose a DOCX file."
)
NOT_WORD = Text(
    "这不是 DOCX 文件；请选 DOCX，或直接粘贴文字。", "This is not a DOCX file; choose one, or paste the text."
)
DAMAGED = Text(
    "文件已损坏，读不出文字；请在 Word 里打开后另存，再试一次。",
    "The file is damaged and its text cannot be read; open it in Word, save it again and retry.",
)
EMPTY = Text("文件里没有文字。", "There is no text in the file.")


class DraftProblem(RendaError):
    """A draft cannot be read; nothing of it is in the message."""


def within_length(text: str) -> str:
    """The text itself, control characters dropped.

    Raises:
        DraftProblem: It is longer than may be checked at once.
    """
    if len(text) > MOST_CHARACTERS:
        raise DraftProblem(TOO_LONG.filled(n=len(text), most=MOST_CHARACTERS))
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_docx(data: bytes) -> str:
    """The paragraphs of a DOCX file, one a line; deleted text, notes and comments are left out.

    Raises:
        DraftProblem: It is no DOCX, is damaged, protected, has macros or is too large.
    """
    if len(data) > MOST_BYTES:
        raise DraftProblem(TOO_BIG.filled(most=MOST_BYTES // 1_000_000))
    if data.startswith(OLD_WORD):
        raise DraftProblem(OLD)
    if data.startswith(PICTURES):
        raise DraftProblem(PICTURE)
    text = _text(_body(data))
    if not text.strip():
        raise DraftProblem(EMPTY)
    return within_length(text)


def _body(data: bytes) -> bytes:
    """The XML of the main text, no more of it than a speech can have."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel:
            names = set(parcel.namelist())
            if any(name.lower().endswith("vbaproject.bin") for name in names):
                raise DraftProblem(MACROS)
            if BODY not in names:
                raise DraftProblem(NOT_WORD)
            # The size a part declares may be a lie: it is read up to the limit and no further.
            with parcel.open(BODY) as part:
                body = part.read(MOST_UNPACKED + 1)
            if len(body) > MOST_UNPACKED or len(names) > MOST_PARTS:
                raise DraftProblem(TOO_BIG.filled(most=MOST_UNPACKED // 1_000_000))
            return body
    except zipfile.BadZipFile as wrong:
        is_zip = data.startswith(b"PK")
        raise DraftProblem(DAMAGED if is_zip else NOT_WORD) from wrong
    except (zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as wrong:
        # RuntimeError: a part has a password; NotImplementedError: a way of packing Word does not use.
        raise DraftProblem(DAMAGED) from wrong


class _Reader:
    """Gathers what a reader of the document sees; anything declared beside it is refused."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.size = 0
        self._inside = 0  # of a run of text
        self._aside = 0  # of a second version of what was said already

    def start(self, name: str, _: dict[str, str]) -> None:
        if self._aside or name == FALLBACK:
            self._aside += 1
        elif _local(name) == "t":
            self._inside += 1
        elif _local(name) in SIGNS:
            self.made.append(SIGNS[_local(name)])

    def end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif _local(name) == "t":
            self._inside -= 1
        elif _local(name) == "p":
            self.made.append("\n")

    def words(self, text: str) -> None:
        if self._inside and not self._aside:
            self.size += len(text)
            self.made.append(text)


SIGNS = {"tab": "\t", "br": "\n", "cr": "\n"}


def _local(name: str) -> str:
    """``t`` for an element of Word's own; empty for any other."""
    space, _, local = name.rpartition(" ")
    return local if FAMILY.search(space) else ""


def _text(body: bytes) -> str:
    reader, parser = _Reader(), expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = reader.start, reader.end
    parser.CharacterDataHandler = reader.words
    parser.StartDoctypeDeclHandler = _refuse  # no DOCX declares entities; a harmful file might
    try:
        parser.Parse(body, True)
    except expat.ExpatError as wrong:
        raise DraftProblem(DAMAGED) from wrong
    if reader.size > MOST_CHARACTERS:
        raise DraftProblem(TOO_LONG.filled(n=reader.size, most=MOST_CHARACTERS))
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.made)).strip()


def _refuse(*_: object) -> None:
    raise DraftProblem(DAMAGED)
