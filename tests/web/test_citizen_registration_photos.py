"""Photos of Mẫu số 01 by form and in parts: bad ones are explained, nothing is lost (R04)."""

import io
import zipfile
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from tests.factories import HONG, a_draft, drawn
from tests.files import shots
from tests.files.specimens import (
    drawing,
    encoded,
    png_of_claimed_size,
    webp_of_claimed_size,
)
from tests.web.visiting import text_of, typed_in, upload, with_draft
from vssid.files.models import PartialUpload, StoredFile, UploadPart
from vssid.files.queries import read_file
from vssid.files.uploads.commands import PART_BYTES
from vssid.kernel.clock import utc_now
from vssid.registration import queries
from vssid.registration.commands import drafts

pytestmark = pytest.mark.django_db

PERSON = {"full_name": HONG.full_name, "number": HONG.number, "id_number": HONG.id_number}
PERSON_STEP, PAPERS_STEP = "/dang-ky/ban-than/", "/dang-ky/giay-to/"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"/>'
BLURRED = shots.taken(shots.portrait, shots.defocused, 4)
BAD = {
    "svg": (SVG, "không phải là ảnh"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "không phải là ảnh"),
    "pdf before a photo": (b"%PDF-1.7\n" + drawn("portrait"), "không phải là ảnh"),
    "gif and script": (b"GIF89a/*" + bytes(40) + b"*/=1;alert(1)//", "không phải là ảnh"),
    "page": (b"<!doctype html><script>alert(1)</script>", "không phải là ảnh"),
    "png bomb": (png_of_claimed_size(50_000, 50_000), "triệu điểm ảnh"),
    "webp bomb": (webp_of_claimed_size(16_000, 16_000), "triệu điểm ảnh"),
    "cut off": (drawn("portrait")[:3000], "bị hỏng"),
    "one pixel": (encoded(Image.new("RGB", (1, 1)), "PNG"), "quá nhỏ"),
    "a strip": (encoded(Image.new("RGB", (20_000, 201)), "JPEG"), "quá nhỏ"),
}


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("hidden.html", "<script>alert(1)</script>")
    return out.getvalue()


def _begun() -> tuple[Client, UUID]:
    draft = drafts.start_draft(now=utc_now())
    return with_draft(draft.id), draft.id


def _view(draft_id: UUID) -> queries.DraftView:
    found = queries.draft(draft_id)
    assert found is not None
    return found


def _kept(draft_id: UUID, kind: str = "portrait") -> bytes:
    return read_file(getattr(_view(draft_id), kind))


def _person(client: Client, content: bytes) -> Any:
    return client.post(PERSON_STEP, {**PERSON, "portrait": upload(content)})


def _begin(client: Client, content: bytes, kind: str = "chan-dung") -> Any:
    return client.post(f"/dang-ky/anh/{kind}/gui/", {"size": len(content)})


def _part(client: Client, address: str, content: bytes, offset: int) -> Any:
    return client.post(
        address,
        content[offset : offset + PART_BYTES],
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def _send(client: Client, content: bytes, kind: str = "chan-dung") -> Any:
    """The last answer of an upload in parts."""
    address = _begin(client, content, kind).json()["address"]
    for offset in range(0, len(content), PART_BYTES):
        answer = _part(client, address, content, offset)
    return answer


# --- bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_bad_file_in_the_form_is_explained_and_nothing_typed_is_lost(name: str) -> None:
    content, said = BAD[name]
    client, draft_id = _begun()
    answer = _person(client, content)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert typed_in(answer).items() >= PERSON.items()
    assert _view(draft_id).portrait is None
    assert _view(draft_id).answers.number == HONG.number


@pytest.mark.parametrize("name", BAD)
def test_bad_file_in_parts_is_explained_and_leaves_nothing(name: str) -> None:
    content, said = BAD[name]
    client, draft_id = _begun()
    answer = _send(client, content)
    assert answer.status_code == 422
    assert said in answer.json()["problem"]
    assert _view(draft_id).portrait is None
    assert not PartialUpload.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("tail", [_zip(), b"<script>alert(1)</script>", b"%PDF-1.7\n%%EOF"])
def test_of_two_files_in_one_only_the_photo_is_kept(tail: bytes) -> None:
    client, draft_id = _begun()
    assert _person(client, drawn("portrait") + tail).status_code == 302
    assert tail not in _kept(draft_id)
    assert _kept(draft_id).startswith(b"\xff\xd8\xff")


def test_photo_for_print_is_taken() -> None:
    client, draft_id = _begun()
    assert _person(client, encoded(drawing().convert("CMYK"), "JPEG")).status_code == 302
    assert Image.open(io.BytesIO(_kept(draft_id))).mode == "RGB"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = drawing() if orientation == 1 else drawing().transpose(turn[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    client, draft_id = _begun()
    content = encoded(held, "JPEG", exif=exif)
    assert _person(client, content).status_code == 302
    image = Image.open(io.BytesIO(_kept(draft_id)))
    assert image.size == (640, 480)
    red, green, _blue = image.convert("RGB").getpixel((160, 120))  # type: ignore[misc]
    assert (red > 200, green < 80) == (True, True)
    assert not image.getexif()


# --- hard to read ---------------------------------------------------------------------------------


def test_blurred_photo_is_asked_about_and_may_be_kept() -> None:
    client, draft_id = _begun()
    answer = _person(client, BLURRED)
    assert answer["Location"] == PERSON_STEP
    said = text_of(client.get(PERSON_STEP))
    assert "Ảnh mờ, khó nhìn rõ mặt. Chụp lại?" in said
    assert "Lau ống kính" in said
    assert typed_in(client.get(PERSON_STEP)).items() >= PERSON.items()
    assert _view(draft_id).portrait is not None
    assert client.post(PERSON_STEP, PERSON)["Location"] == PAPERS_STEP


def test_officer_can_be_shown_what_was_found() -> None:
    client, draft_id = _begun()
    _person(client, BLURRED)
    assert StoredFile.objects.get(pk=_view(draft_id).portrait).findings == ["blurry"]


def test_good_photo_in_its_place_ends_the_question() -> None:
    client, _id = _begun()
    _person(client, BLURRED)
    assert _person(client, drawn("portrait"))["Location"] == PAPERS_STEP
    assert "Chụp lại?" not in text_of(client.get(PERSON_STEP))


@pytest.mark.parametrize(
    ("spoil", "question"),
    [
        (shots.defocused, "Ảnh mờ, khó đọc. Chụp lại?"),
        (shots.dark, "Ảnh tối, khó đọc. Chụp lại?"),
        (shots.overexposed, "Ảnh quá sáng, chữ bị mờ. Chụp lại?"),
        (shots.glaring, "Ảnh bị lóa, có chỗ không đọc được. Chụp lại?"),
    ],
)
def test_each_reason_has_its_words_beside_the_paper_it_is_about(
    spoil: shots.Spoil, question: str
) -> None:
    client = with_draft(a_draft(photos=("portrait",)))
    sent = {
        "front": upload(drawn("front")),
        "back": upload(shots.taken(shots.card, spoil, 4)),
    }
    assert client.post(PAPERS_STEP, sent)["Location"] == PAPERS_STEP
    page = client.get(PAPERS_STEP)
    assert question in text_of(page)
    front, back = page.content.decode().split('id="back-box"')
    assert question not in front
    assert question in back
    assert client.post(PAPERS_STEP)["Location"] == "/dang-ky/dia-chi/"


def test_missing_paper_is_asked_for_beside_the_question_about_the_other() -> None:
    client = with_draft(a_draft(photos=("portrait",)))
    bad = shots.taken(shots.card, shots.defocused, 4)
    answer = client.post(PAPERS_STEP, {"front": upload(bad)})
    assert answer.status_code == 422
    assert "mặt sau" in text_of(answer)
    assert "Ảnh mờ, khó đọc. Chụp lại?" in text_of(answer)


# --- in parts -------------------------------------------------------------------------------------


def test_photo_in_parts_is_kept_as_one_from_the_form_is() -> None:
    client, draft_id = _begun()
    content = encoded(shots.noise(900, 700), "JPEG", quality=95)
    assert len(content) > 2 * PART_BYTES
    said = _send(client, content).json()
    assert (said["received"], said["is_stored"]) == (len(content), True)
    assert Image.open(io.BytesIO(_kept(draft_id))).size == (900, 700)
    assert not UploadPart.objects.exists()
    assert client.post(PERSON_STEP, PERSON)["Location"] == PAPERS_STEP


def test_upload_that_broke_off_goes_on_where_it_stopped() -> None:
    client, draft_id = _begun()
    content = encoded(shots.noise(900, 700), "JPEG", quality=95)
    address = _begin(client, content).json()["address"]
    _part(client, address, content, 0)
    assert client.get(address).json() == {"received": PART_BYTES}
    late = _part(client, address, content, 2 * PART_BYTES)
    assert (late.status_code, late.json()["received"]) == (409, PART_BYTES)
    for offset in range(PART_BYTES, len(content), PART_BYTES):
        assert _part(client, address, content, offset).status_code == 200
    assert _view(draft_id).portrait is not None


def test_who_missed_the_last_answer_is_told_again() -> None:
    client, _id = _begun()
    said = _send(client, BLURRED).json()
    assert said["question"] == "Ảnh mờ, khó nhìn rõ mặt. Chụp lại?"
    assert "Lau ống kính" in said["advice"]
    address = f"/dang-ky/anh/phan/{PartialUpload.objects.get().id}/"
    assert client.get(address).json() == said


def test_upload_of_one_visitor_is_not_another_visitors() -> None:
    client, _id = _begun()
    content = drawn("portrait")
    address = _begin(client, content).json()["address"]
    stranger, _other = _begun()
    assert stranger.get(address).status_code == 404
    assert _part(stranger, address, content, 0).status_code == 404


def test_visitor_without_a_draft_is_led_to_the_beginning() -> None:
    answer = Client().post("/dang-ky/anh/chan-dung/gui/", {"size": 10})
    assert (answer.status_code, answer["Location"]) == (302, "/dang-ky/")


@pytest.mark.parametrize("size", ["", "0", "-5", "12a", "٣", "9" * 30])
def test_size_that_is_none_is_explained(size: str) -> None:
    answer = _begun()[0].post("/dang-ky/anh/chan-dung/gui/", {"size": size})
    assert answer.status_code == 422
    assert "Chưa có ảnh" in answer.json()["problem"]


def test_too_large_a_photo_is_refused_before_it_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_PHOTO_MAX_BYTES", 1024 * 1024)
    answer = _begun()[0].post("/dang-ky/anh/chan-dung/gui/", {"size": 1024 * 1024 + 1})
    assert answer.status_code == 422
    assert "Ảnh nặng quá 1 MB" in answer.json()["problem"]


def test_network_that_only_begins_locks_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_UPLOADS_PER_NETWORK", 1)
    for _time in range(5):
        client, _id = _begun()
        answer = client.post("/dang-ky/anh/chan-dung/gui/", {"size": 10 * 1024 * 1024})
        assert answer.status_code == 201
    assert _send(_begun()[0], drawn("portrait")).json()["is_stored"]


def test_full_network_is_told_to_send_the_photo_with_its_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, draft_id = _begun()
    address = _begin(client, drawn("portrait")).json()["address"]
    monkeypatch.setattr(settings, "VSSID_UPLOADS_PER_NETWORK", 0)
    for late in (_part(client, address, drawn("portrait"), 0), _begin(client, b"another")):
        assert late.status_code == 429
        assert "bấm «Tiếp» để gửi cùng tờ khai" in late.json()["problem"]
    assert _person(client, drawn("portrait"))["Location"] == PAPERS_STEP
    assert _kept(draft_id)


@pytest.mark.parametrize("offset", ["", "x", "-1", "٣"])
def test_offset_that_is_none_is_answered_with_what_is_there(offset: str) -> None:
    client, _id = _begun()
    address = _begin(client, drawn("portrait")).json()["address"]
    answer = client.post(
        address,
        b"part",
        content_type="application/octet-stream",
        headers={"Upload-Offset": offset} if offset.isascii() else {},
    )
    assert (answer.status_code, answer.json()["received"]) == (409, 0)


def test_part_without_the_key_of_the_form_is_refused() -> None:
    _client, draft_id = _begun()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = with_draft(draft_id).cookies
    assert strict.post("/dang-ky/anh/chan-dung/gui/", {"size": 10}).status_code == 403


def test_beginning_without_end_has_its_end() -> None:
    client, _id = _begun()
    answers = [_begin(client, b"some photo").status_code for _ in range(122)]
    assert answers[0] == 201
    assert answers[-1] == 429


def test_filed_draft_takes_no_more_photos() -> None:
    client, draft_id = _begun()
    address = _begin(client, drawn("portrait")).json()["address"]
    drafts.Draft.objects.filter(id=draft_id).update(declaration=draft_id)
    assert _part(client, address, drawn("portrait"), 0).status_code == 302
