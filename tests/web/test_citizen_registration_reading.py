"""What was read from photos fills in what is empty, and is told before «Ghi nhận» (R03, R08)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.factories import HONG, KHOA, a_draft, a_person, confirm, not_read_yet
from tests.registration.identity import people
from tests.web.visiting import text_of, typed_in, with_draft
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.registration.identity.reading import Texts
from vssid.registration.models import Declaration, Draft
from vssid.registration.readings import note_of

pytestmark = pytest.mark.django_db

PERSON, REVIEW = "/dang-ky/ban-than/", "/dang-ky/xem-lai/"
OF_HONG = f"{HONG.id_number}||{HONG.full_name}|12051990|Nữ|Thôn Đông|01012022"
OF_KHOA = f"{KHOA.id_number}||{KHOA.full_name}|12051990|Nam|Thôn Đông|01012022"
BLANK = {"full_name": "", "id_number": "", "id_kind": "", "number": ""}
TRAVELLER = people.Invented(
    full_name="Nguyễn Thị Hồng Ánh",
    surname="Nguyễn",
    given="Thị Hồng Ánh",
    sex="F",
    born_on=date(1990, 5, 12),
    number="",
    old_number="",
    address="",
    issued_on=date(2024, 3, 1),
    passport="C1234567",
)


def _drafted(qr: str | None, *, mrz: str = "", **changes: Any) -> tuple[Client, UUID]:
    """A visitor whose draft has photos; None: nothing has read them."""
    draft_id = a_draft(**changes)
    draft = Draft.objects.get(id=draft_id)
    for photo in (draft.front, draft.back):
        if photo and qr is not None:
            texts = Texts(qr=qr, mrz=mrz) if photo == draft.front else Texts()
            files.write_note(file_id=photo, note=note_of(texts))
    if qr is None:
        not_read_yet(draft.front, draft.back)
    return with_draft(draft_id), draft_id


def _grown_old(draft_id: UUID) -> None:
    """The photos came a while ago: their ids say when."""
    draft = Draft.objects.get(id=draft_id)
    for kind in ("front", "back"):
        old = StoredFile.objects.get(pk=getattr(draft, kind))
        old.pk = UUID(int=old.pk.int - (int(timedelta(minutes=5).total_seconds() * 1000) << 80))
        old.save(force_insert=True)
        Draft.objects.filter(id=draft_id).update(**{kind: old.pk})


# --- filling in -----------------------------------------------------------------------------------


def test_empty_fields_are_filled_in_with_a_word_to_check_them() -> None:
    page = _drafted(OF_HONG, **BLANK)[0].get(PERSON)
    typed = typed_in(page)
    assert (typed["full_name"], typed["id_number"]) == (HONG.full_name, HONG.id_number)
    assert "Xin xem lại từng chữ, từng số" in text_of(page)


@pytest.mark.parametrize("is_sent", [False, True])
def test_what_was_typed_is_never_replaced(*, is_sent: bool) -> None:
    client, _draft = _drafted(OF_HONG, **{**BLANK, "full_name": "Nguyễn Thị Hồng Anh"})
    kept = {"full_name": "Nguyễn Thị Hồng Anh", "number": "12", "id_number": "", "dien": "1"}
    typed = typed_in(client.post(PERSON, kept) if is_sent else client.get(PERSON))
    assert (typed["full_name"], typed["id_number"]) == ("Nguyễn Thị Hồng Anh", HONG.id_number)
    assert typed["number"] == ("12" if is_sent else "")


def test_whoever_has_typed_all_is_offered_nothing() -> None:
    page = _drafted(OF_KHOA)[0].get(PERSON)
    assert typed_in(page)["full_name"] == HONG.full_name
    assert "ảnh giấy tờ" not in text_of(page)


def test_page_asks_again_by_itself_while_photos_are_read_and_then_offers() -> None:
    client, draft_id = _drafted(None, **BLANK)
    page = client.get(PERSON)
    assert "Máy đang đọc ảnh giấy tờ" in text_of(page)
    assert 'hx-get="/dang-ky/ban-than/"' in page.content.decode()
    front = Draft.objects.get(id=draft_id).front
    assert front
    files.write_note(file_id=front, note=note_of(Texts(qr=OF_HONG)))
    part = client.get(PERSON, headers={"HX-Request": "true"})
    assert "Điền vào ô còn trống" in text_of(part)
    assert typed_in(part)["full_name"] == ""


def test_asking_ends_when_nothing_comes() -> None:
    client, draft_id = _drafted(None, **BLANK)
    _grown_old(draft_id)
    page = client.get(PERSON)
    assert "hx-get" not in page.content.decode()
    assert "Xin nhập theo giấy tờ" in text_of(page)


@pytest.mark.parametrize(("nation", "is_asked"), [("VNM", True), ("LAO", False)])
def test_only_a_vietnamese_passport_is_asked_for_accents(nation: str, *, is_asked: bool) -> None:
    mrz = "\n".join(people.td3(replace(TRAVELLER, nationality=nation)))
    client, _draft = _drafted("", mrz=mrz, **{**BLANK, "id_kind": "passport"})
    page = client.get(PERSON)
    typed = typed_in(page)
    assert (typed["full_name"], typed["id_number"]) == ("NGUYEN THI HONG ANH", "C1234567")
    assert ("gõ thêm dấu" in text_of(page)) is is_asked
    answer = client.post(PERSON, {**typed, "number": HONG.number})
    assert (answer.status_code == 422) is is_asked


def test_single_name_of_a_foreign_passport_is_filled_in_and_agrees() -> None:
    who = replace(TRAVELLER, surname="Keomany", given="", nationality="LAO")
    mrz = "\n".join(people.td3(who))
    client, draft_id = _drafted("", mrz=mrz, **{**BLANK, "id_kind": "passport"})
    typed = typed_in(client.get(PERSON))
    assert typed["full_name"] == "KEOMANY"
    assert client.post(PERSON, {**typed, "number": HONG.number}).status_code == 302
    confirm(draft_id)
    assert "Ảnh giấy tờ khớp với tờ khai" in text_of(client.get(REVIEW))


def test_name_that_its_passport_cut_off_is_left_to_the_person() -> None:
    who = replace(TRAVELLER, surname="V" * 30, given="W" * 30, nationality="NLD")
    mrz = "\n".join(people.td3(who))
    typed = typed_in(_drafted("", mrz=mrz, **{**BLANK, "id_kind": "passport"})[0].get(PERSON))
    assert (typed["full_name"], typed["id_number"]) == ("", "C1234567")


# --- before «Ghi nhận» ----------------------------------------------------------------------------


def test_card_that_agrees_is_said_to() -> None:
    a_person()
    assert "Ảnh giấy tờ khớp với tờ khai" in text_of(_drafted(OF_HONG)[0].get(REVIEW))


def test_front_that_agrees_is_not_said_to_while_the_back_is_still_read() -> None:
    a_person()
    client, draft_id = _drafted(None)
    draft = Draft.objects.get(id=draft_id)
    assert draft.front
    assert draft.back
    files.write_note(file_id=draft.front, note=note_of(Texts(qr=OF_HONG)))
    page = client.get(REVIEW)
    assert "Máy đang đọc ảnh giấy tờ" in text_of(page)
    assert "Ảnh giấy tờ khớp với tờ khai" not in text_of(page)
    assert 'hx-get="/dang-ky/xem-lai/"' in page.content.decode()
    files.write_note(file_id=draft.back, note=note_of(Texts(qr=OF_KHOA)))
    said = text_of(client.get(REVIEW))
    assert "Ảnh giấy tờ và tờ khai có chỗ khác nhau" in said
    assert "khớp với tờ khai" not in said


def test_difference_on_the_front_is_told_at_once_and_the_back_is_waited_for() -> None:
    a_person()
    client, draft_id = _drafted(None)
    front = Draft.objects.get(id=draft_id).front
    assert front
    files.write_note(file_id=front, note=note_of(Texts(qr=OF_KHOA)))
    page = client.get(REVIEW)
    assert "Máy còn đang đọc ảnh kia" in text_of(page)
    assert 'hx-get="/dang-ky/xem-lai/"' in page.content.decode()


def test_card_of_somebody_else_is_told_with_the_way_to_mend_and_bars_nothing() -> None:
    a_person()
    client, _draft = _drafted(OF_KHOA)
    page = client.get(REVIEW)
    said = text_of(page)
    assert f"Họ tên trên giấy tờ là «{KHOA.full_name}», trên tờ khai là «{HONG.full_name}»" in said
    assert "Vẫn đúng như bạn khai" in said
    drawn = page.content.decode()
    told = drawn[drawn.index("doi-chieu-anh") : drawn.index("Vẫn đúng như bạn khai")]
    assert 'href="/dang-ky/ban-than/"' in told
    assert 'href="/dang-ky/giay-to/"' in told
    assert client.post(REVIEW)["Location"] == "/dang-ky/da-ghi-nhan/"
    assert Declaration.objects.get().full_name == HONG.full_name


def test_nothing_that_the_registry_alone_knows_is_told() -> None:
    a_person()
    client, _draft = _drafted(OF_HONG.replace("12051990", "13061991"))
    said = text_of(client.get(REVIEW))
    assert "12/05/1990" not in said
    assert "chưa khớp với dữ liệu BHXH" in said


def test_review_waits_for_nothing() -> None:
    client, draft_id = _drafted(None)
    page = client.get(REVIEW)
    assert "Không cần chờ" in text_of(page)
    assert 'hx-get="/dang-ky/xem-lai/"' in page.content.decode()
    _grown_old(draft_id)
    assert "hx-get" not in client.get(REVIEW).content.decode()
    assert client.post(REVIEW)["Location"] == "/dang-ky/da-ghi-nhan/"
