"""Photos as people send them (guides R04)."""

import io
import struct
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.files.specimens import (
    drawing,
    encoded,
    jpeg_of_scans,
    png_of_claimed_size,
    webp_of_claimed_size,
)
from vssid.files import errors, pictures
from vssid.files.formats import Format, jpeg_scans, recognise, webp_size
from vssid.files.pictures import Picture, accept_photo, shrink

KINDS = ["JPEG", "PNG", "WEBP", "HEIF"]


def opened(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.jpeg))


def is_red(image: Image.Image, place: tuple[float, float]) -> bool:
    x, y = (round(share * side) for share, side in zip(place, image.size, strict=True))
    red, green, _blue = image.convert("RGB").getpixel((x, y))
    return red > 200 and green < 80


# --- each format -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_each_format_becomes_a_jpeg_that_shows_the_same(kind: str) -> None:
    picture = accept_photo(encoded(drawing(), kind))
    image = opened(picture)
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    assert image.size == (picture.width, picture.height) == (640, 480)
    assert is_red(image, (0.25, 0.25))
    assert not is_red(image, (0.75, 0.75))


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_photo_comes_down_to_1600_pixels(kind: str) -> None:
    picture = accept_photo(encoded(drawing(2000, 500), kind))
    assert (picture.width, picture.height) == (1600, 400)


@pytest.mark.parametrize("options", [{"lossless": True}, {"lossless": False}])
def test_both_codings_of_webp_are_taken(options: dict[str, object]) -> None:
    content = encoded(drawing(), "WEBP", **options)
    assert webp_size(content) == (640, 480)
    assert accept_photo(content).width == 640


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1"])
def test_other_colour_modes_are_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert opened(accept_photo(encoded(drawing().convert(mode), kind))).mode == "RGB"


def test_sixteen_bits_are_scaled_not_cut() -> None:
    grey = Image.new("I;16", (400, 400), 0x8000)
    value = opened(accept_photo(encoded(grey, "PNG"))).convert("L").getpixel((200, 200))
    assert 120 <= value <= 136


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    assert opened(accept_photo(encoded(clear, "PNG"))).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "HEIF"])
def test_of_several_frames_the_first_is_taken(kind: str) -> None:
    content = encoded(
        drawing(), kind, save_all=True, append_images=[Image.new("RGB", (640, 480), "blue")]
    )
    assert is_red(opened(accept_photo(content)), (0.25, 0.25))


# --- what is dropped and turned -----------------------------------------------------------------


def with_place(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Hãng máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (21.0, 1.0, 42.5)
    return exif


@pytest.mark.parametrize("kind", KINDS)
def test_no_metadata_stays(kind: str) -> None:
    text = PngInfo()
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta/>")
    content = encoded(
        drawing(),
        kind,
        exif=with_place(1),
        icc_profile=b"profile",
        **{"pnginfo": text} if kind == "PNG" else {"xmp": b"<x:xmpmeta/>"},
    )
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    assert b"xmpmeta" in content
    picture = accept_photo(content)
    image = opened(picture)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (b"Exif", b"xmp", b"profile", b"ICC"):
        assert trace not in picture.jpeg


def test_a_comment_and_what_hides_behind_the_picture_are_dropped() -> None:
    content = encoded(drawing(), "JPEG", comment=b"ghi-chu") + b"<?php hidden ?>"
    picture = accept_photo(content)
    assert b"ghi-chu" not in picture.jpeg
    assert b"hidden" not in picture.jpeg


@pytest.mark.parametrize(
    ("orientation", "red_corner", "size"),
    [
        (1, (0.25, 0.25), (640, 480)),
        (2, (0.75, 0.25), (640, 480)),
        (3, (0.75, 0.75), (640, 480)),
        (4, (0.25, 0.75), (640, 480)),
        (5, (0.25, 0.25), (480, 640)),
        (6, (0.75, 0.25), (480, 640)),
        (7, (0.75, 0.75), (480, 640)),
        (8, (0.25, 0.75), (480, 640)),
        (99, (0.25, 0.25), (640, 480)),
    ],
)
def test_the_photo_stands_upright(
    orientation: int, red_corner: tuple[float, float], size: tuple[int, int]
) -> None:
    picture = accept_photo(encoded(drawing(), "JPEG", exif=with_place(orientation)))
    image = opened(picture)
    assert image.size == size
    corners = [(x, y) for x in (0.25, 0.75) for y in (0.25, 0.75) if is_red(image, (x, y))]
    assert corners == [red_corner]


def test_a_turned_heic_is_turned_once() -> None:
    # The encoder writes the turn into the container and keeps the tag in the metadata.
    content = encoded(drawing(), "HEIF", exif=with_place(6).tobytes())
    assert b"irot" in content
    picture = accept_photo(content)
    assert (picture.width, picture.height) == (480, 640)
    assert is_red(opened(picture), (0.75, 0.25))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data:UserWarning")
def test_broken_metadata_does_not_refuse_a_sound_photo() -> None:
    content = encoded(drawing(), "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff broken")
    assert accept_photo(content).width == 640


# --- what is refused -----------------------------------------------------------------------------


def test_nothing_is_refused() -> None:
    with pytest.raises(errors.PhotoEmptyError):
        accept_photo(b"")


def test_fifty_megabytes_are_refused_unseen() -> None:
    with pytest.raises(errors.PhotoTooLargeError) as caught:
        accept_photo(b"\xff\xd8\xff" + bytes(50 * 1024 * 1024))
    assert "10 MB" in str(caught.value)


def test_the_limit_of_bytes_itself_is_taken() -> None:
    content = encoded(drawing(), "JPEG")
    assert accept_photo(content, max_bytes=len(content)).width == 640
    with pytest.raises(errors.PhotoTooLargeError):
        accept_photo(content, max_bytes=len(content) - 1)


@pytest.mark.parametrize(
    "content",
    [
        "Họ và tên: ảnh của tôi".encode(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(50),
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"II*\0" + bytes(50),
        b"\0\0\0\x1cftypavif" + bytes(50),
        b"\0\0\0\x1cftypisom" + bytes(50),
        b"RIFF\0\0\0\0WAVEfmt ",
        b"\xff\xd8",
        b"\0",
    ],
)
def test_other_content_is_no_photo_whatever_it_is_called(content: bytes) -> None:
    with pytest.raises(errors.PhotoNotAPhotoError):
        accept_photo(content)


@pytest.mark.parametrize(
    "bomb",
    [
        png_of_claimed_size(60_000, 60_000),
        png_of_claimed_size(10_000, 10_000),
        webp_of_claimed_size(16_000_000, 16_000_000),
        webp_of_claimed_size(16_383, 16_383),
    ],
    ids=["png-large", "png-medium", "webp-largest", "webp-large"],
)
def test_a_small_file_of_huge_dimensions_is_refused_from_its_header(
    bomb: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def decode(*_args: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", decode)
    assert len(bomb) < 10_000
    with pytest.raises(errors.PhotoTooManyPixelsError) as caught:
        accept_photo(bomb)
    limit = 25 if bomb.startswith(b"RIFF") else 50
    assert f"{limit} triệu" in str(caught.value)


def test_a_webp_of_many_pixels_is_not_even_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def open_picture(*_args: object, **_options: object) -> None:
        raise AssertionError("opened")

    monkeypatch.setattr("PIL.Image.open", open_picture)
    with pytest.raises(errors.PhotoTooManyPixelsError):
        accept_photo(webp_of_claimed_size(16_383, 16_383))


@pytest.mark.parametrize("kind", KINDS)
def test_the_limit_of_pixels_counts_for_each_format(kind: str) -> None:
    content = encoded(drawing(), kind)
    assert accept_photo(content, max_pixels=640 * 480).width == 640
    with pytest.raises(errors.PhotoTooManyPixelsError):
        accept_photo(content, max_pixels=640 * 480 - 1)


@pytest.mark.parametrize("size", [(199, 900), (900, 199), (1, 1), (250, 4000)])
def test_too_small_or_too_narrow_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(errors.PhotoTooSmallError):
        accept_photo(encoded(drawing(*size), "PNG"))


def test_the_least_side_itself_is_taken() -> None:
    assert accept_photo(encoded(drawing(200, 200), "PNG")).width == 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_photo_is_refused(kind: str, share: float) -> None:
    content = encoded(Image.effect_noise((220, 220), 80).convert("RGB"), kind)
    with pytest.raises(errors.PhotoDamagedError):
        accept_photo(content[: int(len(content) * share)])


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_whatever_is_changed_it_is_a_photo_or_a_refusal(kind: str, data: st.DataObject) -> None:
    content = bytearray(encoded(drawing(240, 220), kind))
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        picture = accept_photo(bytes(content), max_pixels=1_000_000)
    except errors.PhotoRefusedError:
        return
    assert opened(picture).size == (picture.width, picture.height)


@given(st.binary(max_size=64))
def test_any_bytes_are_recognised_or_not(content: bytes) -> None:
    assert recognise(content) in {None, *Format}


@pytest.mark.parametrize("length", range(12, 30))
def test_a_cut_webp_header_is_damaged(length: int) -> None:
    with pytest.raises(errors.PhotoDamagedError):
        accept_photo(encoded(drawing(), "WEBP")[:length])


# --- together ------------------------------------------------------------------------------------


def test_threads_do_not_disturb_each_other() -> None:
    contents = [encoded(drawing(300 + 10 * step, 300), "WEBP") for step in range(12)]
    with ThreadPoolExecutor(6) as pool:
        widths = [picture.width for picture in pool.map(accept_photo, contents)]
    assert widths == [300 + 10 * step for step in range(12)]


def test_a_refusal_gives_its_place_back() -> None:
    for _ in range(5):
        with pytest.raises(errors.PhotoDamagedError):
            accept_photo(b"\xff\xd8\xff" + bytes(100))
    assert accept_photo(encoded(drawing(), "JPEG")).width == 640


def test_a_heic_that_lies_about_its_size_is_refused() -> None:
    content = encoded(drawing(800, 600), "HEIF")
    lie = content.replace(struct.pack(">II", 800, 600), struct.pack(">II", 300, 300))
    assert lie != content
    with pytest.raises(errors.PhotoDamagedError):
        accept_photo(lie)


def test_every_refusal_has_its_own_code_and_a_full_sentence() -> None:
    refusals = [errors.PhotoRefusedError, *errors.PhotoRefusedError.__subclasses__()]
    codes = {refusal.code for refusal in refusals}
    assert codes == {
        "photo.refused",
        "photo.empty",
        "photo.too-large",
        "photo.not-a-photo",
        "photo.too-many-pixels",
        "photo.too-small",
        "photo.damaged",
    }
    for refusal in refusals:
        sentence = str(refusal(limit_mb=10, limit_mp=50, least=200))
        assert "Xin " in sentence
        assert sentence.endswith(".")
        assert "{" not in sentence


# --- making smaller ------------------------------------------------------------------------------


def test_a_smaller_copy_keeps_the_proportion() -> None:
    jpeg = accept_photo(encoded(drawing(1200, 900), "JPEG")).jpeg
    assert Image.open(io.BytesIO(shrink(jpeg, longest_side=400))).size == (400, 300)


def test_a_small_picture_stays_as_it_is() -> None:
    jpeg = accept_photo(encoded(drawing(), "JPEG")).jpeg
    assert shrink(jpeg, longest_side=pictures.LONGEST_SIDE) is jpeg


@pytest.mark.parametrize("longest_side", [100, 5000])
def test_a_damaged_picture_is_not_made_smaller(longest_side: int) -> None:
    with pytest.raises(errors.PhotoDamagedError):
        shrink(encoded(drawing(), "JPEG")[:900], longest_side=longest_side)


# --- scans ----------------------------------------------------------------------------------------


def test_progressive_jpeg_of_a_camera_is_taken() -> None:
    content = encoded(drawing(), "JPEG", progressive=True)
    assert 1 < jpeg_scans(content, enough=1000) < pictures.MAX_SCANS / 2
    assert accept_photo(content).width == 640


def test_jpeg_of_many_scans_is_refused_before_it_is_decoded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = jpeg_of_scans(3000)
    assert jpeg_scans(content, enough=5000) == 3000
    monkeypatch.setattr(pictures.Image, "open", pytest.fail)
    with pytest.raises(errors.PhotoDamagedError):
        accept_photo(content)


def test_scans_of_a_thumbnail_and_of_an_appended_film_do_not_count() -> None:
    plain, scan = encoded(drawing(), "JPEG"), b"\xff\xda\x00\x08"
    thumbnail = 20 * scan
    segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
    content = plain[:2] + segment + plain[2:] + 100 * scan
    assert jpeg_scans(content, enough=1000) == 1
    assert accept_photo(content).width == 640


@given(st.binary(max_size=300))
def test_scans_of_any_bytes_are_counted_to_an_end(tail: bytes) -> None:
    assert 0 <= jpeg_scans(b"\xff\xd8" + tail, enough=5) <= 5
