"""Which picture format bytes really are, read from their first bytes and nothing else."""

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
