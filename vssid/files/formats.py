"""Which picture format bytes really are, read from their first bytes and nothing else."""

import re
from enum import StrEnum


class Format(StrEnum):
    """The formats taken in; each value is Pillow's name of its decoder."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIF"


# Still pictures and sequences coded with HEVC, and the general brands that phones put first
# (ISO/IEC 23008-12).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def recognise(content: bytes) -> Format | None:
    """The format of `content` by its signature alone; None for any that is not taken in."""
    if content.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return Format.WEBP
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return Format.HEIC
    return None


# Within the data of a scan FF stands for itself only before 00; restarts (D0 to D7) belong to it.
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
_SCAN, _END, _START = 0xDA, 0xD9, 0xD8


def jpeg_scans(content: bytes, *, enough: int) -> int:
    """How many scans the picture of a JPEG has, counted no further than `enough`.

    Pictures within its segments (a thumbnail) and whatever follows its end (the film of a «motion
    photo») are not its own. Source: ITU-T T.81, annex B.
    """
    scans, at = 0, 2
    while scans < enough and (found := _MARKER.search(content, at)):
        marker = found[1][0]
        if marker == _END:
            break
        at = found.end()
        if marker != _START:
            scans += marker == _SCAN
            at += int.from_bytes(content[at : at + 2], "big")
    return scans


def webp_size(content: bytes) -> tuple[int, int]:
    """Width and height that the header of a WebP states.

    Read by hand, because opening a WebP already allocates its whole canvas. Source: the WebP
    container specification and RFC 6386, 9.1. Raises ValueError where there is no such header.
    """
    kind, body = content[12:16], content[20:30]
    if len(body) < 10:
        raise ValueError("a WebP header is cut off")
    if kind == b"VP8X":
        return int.from_bytes(body[4:7], "little") + 1, int.from_bytes(body[7:10], "little") + 1
    if kind == b"VP8L" and body[0] == 0x2F:
        bits = int.from_bytes(body[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and body[3:6] == b"\x9d\x01\x2a":
        width, height = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
        return width & 0x3FFF, height & 0x3FFF
    raise ValueError("no WebP header")
