"""Drawn pictures and hostile bytes for the tests."""

import io
import struct
import zlib

from PIL import Image, ImageDraw
from pillow_heif import register_heif_opener

register_heif_opener()


def drawing(width: int = 640, height: int = 480) -> Image.Image:
    """White, with a red left upper quarter, so that turning it shows."""
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="red")
    return image


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The picture in one of Pillow's formats."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk with its check sum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of_claimed_size(width: int, height: int) -> bytes:
    """A small PNG that claims a size and holds a few rows of nothing."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", rows)
        + png_chunk(b"IEND", b"")
    )


def webp_of_claimed_size(width: int, height: int) -> bytes:
    """An extended WebP header that claims a canvas."""
    body = b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + len(body).to_bytes(4, "little") + body
    return b"RIFF" + (len(chunk) + 4).to_bytes(4, "little") + b"WEBP" + chunk


def jpeg_of_scans(scans: int, width: int = 640, height: int = 480) -> bytes:
    """A sound progressive JPEG in grey whose last scan is repeated, empty, until it has `scans`.

    Each repeated one costs its sender a few bytes and the decoder all pixels.
    """
    content = encoded(drawing(width, height).convert("L"), "JPEG", progressive=True)
    # Spectral selection 1 to 63, lowest bit refined from 1 to 0, and no bit in it at all.
    empty = b"\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x10"
    more = scans - content.count(b"\xff\xda")
    return content[:-2] + more * empty + content[-2:]
