"""The passport inside picture files, where copying and renaming do not lose it."""

from __future__ import annotations

import base64
import json
import re
import struct
import zlib
from html import escape
from itertools import count
from xml.etree import ElementTree

from dashboard.exports.report import Passport, Report

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
# What Typst writes for a drawing inside a drawing: a link that word processors do not follow.
NESTED = re.compile(
    r'<image (transform="[^"]*" )?xlink:href="data:image/svg\+xml;base64,([^"]+)" width="([\d.]+)" height="([\d.]+)"'
    r'(?: preserveAspectRatio="none")?(?:/>|></image>)'
)


def png(picture: bytes, passport: Passport, pixels_per_inch: float) -> bytes:
    """The picture with the passport as UTF-8 text (``iTXt``) and its size in print (``pHYs``); no pixel changes."""
    metre = round(pixels_per_inch / 0.0254)
    head = 8 + 25  # signature and IHDR
    words = {
        "Title": passport.title,
        "Author": passport.maker,
        "Description": passport.filters,
        "Passport": json.dumps(passport.plain(), ensure_ascii=False),
    }
    rest = _without_size(picture[head:])
    told = b"".join(_chunk(b"iTXt", f"{name}\0\0\0\0\0{text}".encode()) for name, text in words.items() if text)
    return picture[:head] + _chunk(b"pHYs", struct.pack(">IIB", metre, metre, 1)) + told + rest


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _without_size(chunks: bytes) -> bytes:
    """The chunks without a ``pHYs`` of their own: a picture may have only one."""
    kept, at = [], 0
    while at < len(chunks):
        length = struct.unpack(">I", chunks[at : at + 4])[0] + 12
        if chunks[at + 4 : at + 8] != b"pHYs":
            kept.append(chunks[at : at + length])
        at += length
    return b"".join(kept)


def svg(drawing: bytes, report: Report) -> bytes:
    """The drawing with its title, description and passport, and with the drawings inside it written out in place."""
    text = drawing.decode()
    number = count(1)
    text = NESTED.sub(lambda found: _inlined(found, f"p{next(number)}-"), text)
    title = "；".join(section.picture.title for section in report.sections if section.picture.title)
    described = "；".join(filter(None, (report.passport.title, report.passport.filters, report.passport.data_as_of)))
    passport = json.dumps(report.passport.plain(), ensure_ascii=False)
    head = (
        f"<title>{escape(title or report.title)}</title><desc>{escape(described)}</desc>"
        f"<metadata>{escape(passport, quote=False)}</metadata>"
    )
    start = text.index(">", text.index("<svg")) + 1
    return (text[:start] + head + text[start:]).encode()


def _inlined(found: re.Match[str], prefix: str) -> str:
    """A nested drawing as an element of its own, its names made unlike any other's."""
    place, encoded, width, height = found.groups()
    root = ElementTree.fromstring(base64.b64decode(encoded))
    for element in root.iter():
        for name, value in element.attrib.items():
            if name == "id":
                element.set(name, prefix + value)
            elif name in ("href", f"{{{XLINK}}}href") and value.startswith("#"):
                element.set(name, f"#{prefix}{value[1:]}")
            elif "url(" in value:
                element.set(name, re.sub(r"url\((['\"]?)#", rf"url(\1#{prefix}", value))
    if "viewBox" not in root.attrib:
        root.set("viewBox", f"0 0 {_pixels(root, 'width')} {_pixels(root, 'height')}")
    root.attrib.update({"width": width, "height": height, "preserveAspectRatio": "none"})
    ElementTree.register_namespace("", SVG)
    ElementTree.register_namespace("xlink", XLINK)
    return f"<g {place or ''}>{ElementTree.tostring(root, encoding='unicode')}</g>"


def ratio(drawing: str) -> float:
    """Height over width of an SVG."""
    root = ElementTree.fromstring(drawing)
    if box := root.get("viewBox"):
        _, _, width, height = (float(part) for part in re.split(r"[\s,]+", box.strip()))
    else:
        width, height = _pixels(root, "width"), _pixels(root, "height")
    return height / width


def _pixels(root: ElementTree.Element, name: str) -> float:
    found = re.match(r"[\d.]+", root.get(name, ""))
    return float(found[0]) if found else 100.0
