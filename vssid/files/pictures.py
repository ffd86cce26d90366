"""Photos as people send them into one plain kind of JPEG (guides R04): bytes in, bytes out."""

import io
import threading
from dataclasses import dataclass

from PIL import Image
from pillow_heif import register_heif_opener

from vssid.files import errors
from vssid.files.formats import Format, jpeg_scans, recognise, webp_size

MAX_BYTES = 10 * 1024 * 1024
# The largest picture that a telephone's camera makes by itself today has 48 to 50 million.
MAX_PIXELS = 50_000_000
# The WebP decoder takes 12 bytes a pixel, three times as much as the others.
MAX_WEBP_PIXELS = 25_000_000
# Cameras write one scan, progressive pictures about ten. Each costs a pass over all pixels, while
# an empty one costs its sender ten bytes.
MAX_SCANS = 40
LONGEST_SIDE = 1600
LEAST_SIDE = 200
_QUALITY = 85
_ORIENTATION_TAG = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# A picture takes up to 400 MB while it is decoded: two at once in a process, the others wait.
_DECODING = threading.BoundedSemaphore(2)

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG of our own making, upright, without metadata; width and height in pixels."""

    jpeg: bytes
    width: int
    height: int


def accept_photo(
    content: bytes, *, max_bytes: int = MAX_BYTES, max_pixels: int = MAX_PIXELS
) -> Picture:
    """Take in a JPEG, PNG, WebP or HEIC and give it back as a JPEG of at most 1600 pixels a side.

    The format is what the content says. Bytes, pixels and shape are checked before anything is
    decoded. Of several frames the first is taken. The EXIF orientation is applied, then everything
    but the pixels is dropped: places, times, devices, colour profiles and whatever hid behind the
    picture. Safe to call from several threads; at most two pictures of a process are decoded at
    once. Raises a `PhotoRefusedError`: PhotoEmptyError, PhotoTooLargeError, PhotoNotAPhotoError,
    PhotoTooManyPixelsError, PhotoTooSmallError, PhotoDamagedError.
    """
    if not content:
        raise errors.PhotoEmptyError
    if len(content) > max_bytes:
        raise errors.PhotoTooLargeError(limit_mb=max_bytes // (1024 * 1024))
    kind = recognise(content)
    if kind is None:
        raise errors.PhotoNotAPhotoError
    with _DECODING:
        return _as_jpeg(_decode(content, kind, max_pixels))


def shrink(jpeg: bytes, *, longest_side: int) -> bytes:
    """A JPEG of `accept_photo` with at most `longest_side` pixels a side; a smaller one as is.

    Raises `PhotoDamagedError` when it cannot be read.
    """
    with _DECODING:
        try:
            image = Image.open(io.BytesIO(jpeg), formats=[Format.JPEG])
            if max(image.size) <= longest_side:
                image.load()
                return jpeg
            _decode_small(image, longest_side)
            image.load()
            _bring_down(image, longest_side)
            return _as_jpeg(image).jpeg
        except (OSError, ValueError, SyntaxError) as error:
            raise errors.PhotoDamagedError from error


def _decode(content: bytes, kind: Format, max_pixels: int) -> Image.Image:
    """The first frame, at most 1600 pixels a side, upright, in RGB."""
    try:
        if kind is Format.JPEG and jpeg_scans(content, enough=MAX_SCANS + 1) > MAX_SCANS:
            raise errors.PhotoDamagedError
        if kind is Format.WEBP:
            _check_size(webp_size(content), min(max_pixels, MAX_WEBP_PIXELS))
        image: Image.Image = Image.open(io.BytesIO(content), formats=[kind])
        _check_size(image.size, max_pixels)
        if kind is Format.JPEG:
            _decode_small(image, LONGEST_SIDE)
        image, turn = _loaded_webp(image) if kind is Format.WEBP else _loaded(image)
        # Made small first: each later step would copy all of the large picture.
        image = _in_smooth_mode(image)
        _bring_down(image, LONGEST_SIDE)
        return _on_white(image if turn is None else image.transpose(turn))
    except errors.PhotoRefusedError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise errors.PhotoTooManyPixelsError(limit_mp=max_pixels // 1_000_000) from error
    # Decoders meet hostile bytes with errors of any kind; every one means that this is no sound
    # picture.
    except Exception as error:
        raise errors.PhotoDamagedError from error


def _check_size(size: tuple[int, int], max_pixels: int) -> None:
    width, height = size
    if width * height > max_pixels:
        raise errors.PhotoTooManyPixelsError(limit_mp=max_pixels // 1_000_000)
    # A strip of 200 × 20,000 pixels would be thinner than readable once its long side has been
    # brought down.
    scale = min(1.0, LONGEST_SIDE / max(width, height, 1))
    if min(width, height) * scale < LEAST_SIDE:
        raise errors.PhotoTooSmallError(least=LEAST_SIDE)


def _decode_small(image: Image.Image, longest_side: int) -> None:
    """Let a JPEG be decoded at a half, a quarter or an eighth where that is still large enough."""
    scale = longest_side / max(image.size)
    image.draft("RGB", (round(image.width * scale), round(image.height * scale)))


def _loaded(image: Image.Image) -> tuple[Image.Image, Image.Transpose | None]:
    """The first frame, and how it has to be turned."""
    image.load()
    return image, _turn(image)


def _loaded_webp(image: Image.Image) -> tuple[Image.Image, Image.Transpose | None]:
    """The same, as the decoder hands it over.

    Pillow's own load() would copy it once more beside what the decoder holds, 16 bytes a pixel
    instead of 12: too much for 12 megapixels in 200 MB (`bench.photos`).
    """
    turn = _turn(image)
    decoder, image._decoder = image._decoder, None  # type: ignore[attr-defined] # no other way in
    frame = decoder.get_next()
    del decoder
    if frame is None:
        raise errors.PhotoDamagedError
    mode = image.rawmode  # type: ignore[attr-defined]
    return Image.frombuffer(mode, image.size, frame[0], "raw", mode, 0, 1), turn


def _turn(image: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION_TAG, 1))
    # Broken metadata says nothing about the pixels: such a photo is taken as it lies.
    except Exception:
        return None


def _in_smooth_mode(image: Image.Image) -> Image.Image:
    """A mode in which making it smaller mixes neighbouring colours."""
    if image.mode.startswith("I"):
        # Sixteen bits a pixel; a plain conversion would cut instead of scale.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode in {"1", "P", "PA"}:
        return image.convert("RGBA")
    return image


def _bring_down(image: Image.Image, longest_side: int) -> None:
    image.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(image.convert("RGBA"))
    return ground.convert("RGB")


def _as_jpeg(image: Image.Image) -> Picture:
    # A new image: `info` of the old one carries EXIF, comments and profiles into what is saved.
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(out.getvalue(), clean.width, clean.height)
