"""Photos to send: drawn silhouettes and drawn papers, never a real face."""

import io
import struct
import zlib

from PIL import Image
from playwright.sync_api import FilePayload

from vssid.web.demo import portraits

_TWICE = 2
_ROWS_A_BLOCK = 500


def of_person(number: str) -> FilePayload:
    """A portrait as a phone's gallery would give it."""
    drawn = Image.open(io.BytesIO(portraits.portrait(number)))
    out = io.BytesIO()
    drawn.resize((drawn.width * _TWICE, drawn.height * _TWICE)).save(out, "JPEG")
    return _file("chan-dung.jpg", "image/jpeg", out.getvalue())


def of_paper(side: str) -> FilePayload:
    """One side of an ID card, marked as a sample."""
    content = portraits.paper("CAN CUOC CONG DAN", (f"MAT {side.upper()}", "MAU"))
    return _file(f"{side}.jpg", "image/jpeg", content)


def of_words() -> FilePayload:
    """A text that calls itself a photo."""
    return _file("anh.jpg", "image/jpeg", "Đây không phải là ảnh.".encode())


def of_bomb(side: int = 50_000) -> FilePayload:
    """A PNG of some kilobytes that asks for `side` x `side` pixels, 2.5 thousand million."""
    rows = bytes(side // 8 + 1) * _ROWS_A_BLOCK
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    # A block that refers to nothing before it may be repeated as it stands.
    block = packer.compress(rows) + packer.flush(zlib.Z_FULL_FLUSH)
    check = 1
    for _ in range(side // _ROWS_A_BLOCK):
        check = zlib.adler32(rows, check)
    blocks = block * (side // _ROWS_A_BLOCK)
    packed = b"\x78\xda" + blocks + b"\x03\x00" + struct.pack(">I", check)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    parts = [_chunk(b"IHDR", header), _chunk(b"IDAT", packed), _chunk(b"IEND", b"")]
    return _file("to.png", "image/png", b"\x89PNG\r\n\x1a\n" + b"".join(parts))


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(kind + content))
    return struct.pack(">I", len(content)) + kind + content + check


def _file(name: str, media_type: str, content: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType=media_type, buffer=content)
