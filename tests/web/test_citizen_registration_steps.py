"""The steps of Mẫu số 01 on the screen: nothing typed is ever lost (guides R01–R05, R19)."""

import io
from typing import Any
from uuid import UUID

import pytest
from captcha.models import CaptchaStore
from django.conf import settings
from django.test import Client
from PIL import Image

from tests.factories import (
    HONG,
    a_draft,
    drawn,
    last_code,
)
from tests.web.visiting import text_of, typed_in, upload, with_draft
from vssid.kernel.clock import utc_now
from vssid.registration import queries
from vssid.registration.commands import drafts
from vssid.registration.models import Declaration, Draft

pytestmark = pytest.mark.django_db

PERSON = {"full_name": HONG.full_name, "number": HONG.number, "id_number": HONG.id_number}
ADDRESS = {
    "era": "2025",
    "province": "01",
    "commune": "00004",
    "street": "Số 5, ngõ 12",
    "phone": "0912 000 001",
    "email": "",
}
OFFICE = {"provincial_agency": "001", "office": "00114"}


def _empty() -> tuple[Client, UUID]:
    draft = drafts.start_draft(now=utc_now())
    return with_draft(draft.id), draft.id


def _view(draft_id: UUID) -> queries.DraftView:
    found = queries.draft(draft_id)
    assert found is not None
    return found


def _person(client: Client, **changes: Any) -> Any:
    portrait = {"portrait": upload(drawn("portrait"))}
    return client.post("/dang-ky/ban-than/", {**PERSON, **portrait, **changes})


def _pass_picture(client: Client) -> Any:
    page = client.get("/dang-ky/xac-nhan/")
    key = typed_in(page)["ma_hinh"]
    drawn_signs = CaptchaStore.objects.get(hashkey=key).response
    sent = {"ma_hinh": key, "ma_kiem_tra": drawn_signs}
    return client.post("/dang-ky/xac-nhan/", sent)


# --- the way in -----------------------------------------------------------------------------------


def test_r01_app_opens_with_a_welcome_once() -> None:
    client = Client()
    assert "Chào mừng" in text_of(client.get("/?app=1"))
    assert "Đăng ký ngay" in text_of(client.get("/"))


def test_r02_choosing_oneself_begins_a_draft() -> None:
    client = Client()
    answer = client.post("/dang-ky/doi-tuong/", {"kind": "ca-nhan"})
    assert answer["Location"] == "/dang-ky/ban-than/"
    assert client.get("/dang-ky/ban-than/").status_code == 200
    assert Draft.objects.count() == 1


def test_r02_organisation_is_told_where_to_go_and_begins_no_draft() -> None:
    answer = Client().post("/dang-ky/doi-tuong/", {"kind": "to-chuc"})
    assert "Tổ chức đăng ký ở nơi khác" in text_of(answer)
    assert not Draft.objects.exists()


@pytest.mark.parametrize("kind", ["", "another"])
def test_who_chooses_nothing_is_asked_again(kind: str) -> None:
    assert Client().post("/dang-ky/doi-tuong/", {"kind": kind}).status_code == 422


def test_draft_begun_before_is_offered_where_it_was_left() -> None:
    page = with_draft(a_draft(photos=("portrait",))).get("/dang-ky/")
    assert "Khai tiếp" in text_of(page)
    assert 'href="/dang-ky/giay-to/"' in page.content.decode()


# --- each step leads to the next ------------------------------------------------------------------


def test_whole_way_from_the_person_to_the_review() -> None:
    client, draft_id = _empty()
    assert _person(client)["Location"] == "/dang-ky/giay-to/"
    photos = {"front": upload(drawn("front")), "back": upload(drawn("back"))}
    assert client.post("/dang-ky/giay-to/", photos)["Location"] == "/dang-ky/dia-chi/"
    assert client.post("/dang-ky/dia-chi/", ADDRESS)["Location"] == "/dang-ky/co-quan/"
    assert client.post("/dang-ky/co-quan/", OFFICE)["Location"] == "/dang-ky/xac-nhan/"
    assert _pass_picture(client)["Location"] == "/dang-ky/ma-otp/"
    sent = client.post("/dang-ky/ma-otp/", {"code": last_code()})
    assert sent["Location"] == "/dang-ky/xem-lai/"
    said = text_of(client.get("/dang-ky/xem-lai/"))
    for shown in (HONG.full_name, HONG.number, HONG.id_number, "Phường Ba Đình", "Thanh Trì"):
        assert shown in said
    assert client.post("/dang-ky/xem-lai/")["Location"] == "/dang-ky/da-ghi-nhan/"
    assert Declaration.objects.get().full_name == HONG.full_name
    assert _view(draft_id).is_filed


@pytest.mark.parametrize(
    ("changes", "photos", "leads_to"),
    [
        ({"full_name": ""}, drafts.PHOTOS, "/dang-ky/ban-than/"),
        ({}, ("portrait", "front"), "/dang-ky/giay-to/"),
        ({"phone": ""}, drafts.PHOTOS, "/dang-ky/dia-chi/"),
        ({"office": ""}, drafts.PHOTOS, "/dang-ky/co-quan/"),
    ],
)
@pytest.mark.parametrize("address", ["/dang-ky/xac-nhan/", "/dang-ky/xem-lai/"])
def test_step_that_was_jumped_over_is_opened(
    address: str, changes: Any, photos: Any, leads_to: str
) -> None:
    client = with_draft(a_draft(is_confirmed=False, photos=photos, **changes))
    assert client.get(address)["Location"] == leads_to
    assert client.post("/dang-ky/xem-lai/")["Location"] == leads_to


def test_review_waits_for_the_code() -> None:
    client = with_draft(a_draft(is_confirmed=False))
    assert client.get("/dang-ky/xem-lai/")["Location"] == "/dang-ky/xac-nhan/"
    assert client.post("/dang-ky/xem-lai/")["Location"] == "/dang-ky/xac-nhan/"
    assert client.get("/dang-ky/ma-otp/")["Location"] == "/dang-ky/xac-nhan/"
    assert not Declaration.objects.exists()


# --- the person -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("number", "019800000", "Mã số BHXH có 10 chữ số, bạn đã nhập 9"),
        ("number", "DN4010198000001", "chỉ nhập 10 số cuối"),
        ("number", "O198000001", "tránh nhầm chữ O với số 0"),
        ("id_number", "12345", "CCCD có 12 số"),
        ("full_name", "H0ng", "chỉ gồm chữ cái"),
        ("full_name", "", "Xin nhập họ và tên"),
        ("full_name", "<script>alert(1)</script>", "chỉ gồm chữ cái"),
    ],
)
def test_wrong_field_is_explained_and_everything_typed_stays(
    field: str, typed: str, said: str
) -> None:
    client, draft_id = _empty()
    answer = _person(client, **{field: typed})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert {**typed_in(answer), field: typed}.items() >= {**PERSON, field: typed}.items()
    assert typed_in(answer)[field] == typed
    assert "<script>alert" not in answer.content.decode()
    assert _view(draft_id).portrait is not None, "the good photo is kept"


def test_name_without_accents_is_asked_about_and_then_accepted() -> None:
    client, draft_id = _empty()
    answer = _person(client, full_name="Nguyen Thi Hong")
    assert answer.status_code == 422
    assert "Tên chưa có dấu" in text_of(answer)
    assert 'name="accents_are_right"' in answer.content.decode()
    again = {**PERSON, "full_name": "Nguyen Thi Hong", "accents_are_right": "1"}
    assert client.post("/dang-ky/ban-than/", again)["Location"] == "/dang-ky/giay-to/"
    assert _view(draft_id).answers.full_name == "Nguyen Thi Hong"


def test_passport_may_have_a_name_without_accents() -> None:
    client, draft_id = _empty()
    assert _person(client, full_name="John Smith", id_number="C1234567").status_code == 302
    assert _view(draft_id).answers.id_kind == "passport"


def test_kept_answers_are_shown_again() -> None:
    page = with_draft(a_draft()).get("/dang-ky/ban-than/")
    assert typed_in(page).items() >= PERSON.items()


# --- photos ---------------------------------------------------------------------------------------


def test_missing_portrait_is_asked_for_and_the_fields_are_kept() -> None:
    client, draft_id = _empty()
    answer = client.post("/dang-ky/ban-than/", PERSON)
    assert answer.status_code == 422
    assert "ảnh chân dung" in text_of(answer)
    assert typed_in(answer).items() >= PERSON.items()
    assert _view(draft_id).answers.full_name == HONG.full_name


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7 not a photo", "không phải là ảnh"),
        (drawn("portrait")[:3000], "bị hỏng"),
    ],
)
def test_photo_that_is_none_is_explained_and_the_fields_are_kept(content: bytes, said: str) -> None:
    client, draft_id = _empty()
    answer = _person(client, portrait=upload(content))
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert typed_in(answer).items() >= PERSON.items()
    assert _view(draft_id).portrait is None


def test_photo_of_50_mb_is_explained_and_the_fields_are_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "VSSID_PHOTO_MAX_BYTES", 2 * 1024 * 1024)
    client, draft_id = _empty()
    answer = _person(client, portrait=upload(b"\xff\xd8" + bytes(5 * 1024 * 1024)))
    assert answer.status_code == 422
    assert "Ảnh nặng quá 2 MB" in text_of(answer)
    assert typed_in(answer).items() >= PERSON.items()
    assert _view(draft_id).portrait is None


def test_photo_of_exactly_the_limit_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    content = drawn("portrait")
    monkeypatch.setattr(settings, "VSSID_PHOTO_MAX_BYTES", len(content))
    assert _person(_empty()[0]).status_code == 302


def test_bad_photo_does_not_push_out_the_good_one() -> None:
    draft_id = a_draft()
    before = _view(draft_id).portrait
    answer = _person(with_draft(draft_id), portrait=upload(b"GIF89a"))
    assert answer.status_code == 422
    assert _view(draft_id).portrait == before


def test_step_is_passed_again_without_taking_the_photos_again() -> None:
    client = with_draft(a_draft())
    assert client.post("/dang-ky/ban-than/", PERSON)["Location"] == "/dang-ky/giay-to/"
    assert client.post("/dang-ky/giay-to/")["Location"] == "/dang-ky/dia-chi/"


def test_one_good_photo_of_two_is_kept() -> None:
    draft_id = a_draft(photos=("portrait",))
    sent = {"front": upload(drawn("front")), "back": upload(b"nothing")}
    answer = with_draft(draft_id).post("/dang-ky/giay-to/", sent)
    assert answer.status_code == 422
    assert (_view(draft_id).front is None, _view(draft_id).back is None) == (False, True)


def test_photo_leaves_where_and_when_it_was_taken_behind() -> None:
    out, place = io.BytesIO(), Image.Exif()
    place[0x0110] = "Camera of Hong"
    Image.open(io.BytesIO(drawn("portrait"))).save(out, "JPEG", exif=place)
    client, _id = _empty()
    _person(client, portrait=upload(out.getvalue()))
    assert b"Camera of Hong" in out.getvalue()
    assert b"Camera of Hong" not in client.get("/dang-ky/anh/chan-dung/").content


def test_papers_may_come_before_the_person_and_then_need_no_back() -> None:
    client, draft_id = _empty()
    assert 'href="/dang-ky/giay-to/"' in client.get("/dang-ky/ban-than/").content.decode()
    assert "bỏ qua ô sau" in text_of(client.get("/dang-ky/giay-to/"))
    assert client.post("/dang-ky/giay-to/").status_code == 422
    sent = {"front": upload(drawn("front"))}
    assert client.post("/dang-ky/giay-to/", sent)["Location"] == "/dang-ky/ban-than/"
    # A card has a back, which is still asked for.
    assert _person(client)["Location"] == "/dang-ky/giay-to/"
    assert _view(draft_id).back is None


def test_passport_is_asked_for_one_page_only() -> None:
    draft_id = a_draft(photos=("portrait",), id_kind="passport", id_number="C1234567")
    client = with_draft(draft_id)
    assert "Hộ chiếu: trang có ảnh" in text_of(client.get("/dang-ky/giay-to/"))
    sent = {"front": upload(drawn("front"))}
    assert client.post("/dang-ky/giay-to/", sent)["Location"] == "/dang-ky/dia-chi/"


# --- address and phone ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"phone": "024 3861 1234"}, "không phải số di động"),
        ({"phone": "0912"}, "Số di động có 10 chữ số"),
        ({"email": "hong@"}, "email"),
        ({"street": " "}, "Xin nhập số nhà"),
        ({"street": "x" * 300}, "dài quá 255 ký tự"),
        ({"province": ""}, "Xin chọn tỉnh, thành phố"),
        ({"commune": ""}, "Xin chọn xã, phường"),
        ({"commune": "99999"}, "chọn trong danh sách"),
        ({"province": "79"}, "không thuộc Thành phố Hồ Chí Minh"),
    ],
)
def test_wrong_address_is_explained_and_everything_typed_stays(
    changes: dict[str, str], said: str
) -> None:
    client = with_draft(a_draft(phone="", address_province=""))
    sent = {**ADDRESS, "email": "hong@example.com", **changes}
    answer = client.post("/dang-ky/dia-chi/", sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    kept = {name: sent[name] for name in ("street", "phone", "email")}
    assert typed_in(answer).items() >= kept.items()


def test_address_of_the_former_era_is_kept_as_entered() -> None:
    draft_id = a_draft()
    sent = {**ADDRESS, "era": "legacy", "district": "020", "commune": "00640"}
    answer = with_draft(draft_id).post("/dang-ky/dia-chi/", sent)
    assert answer.status_code == 302
    answers = _view(draft_id).answers
    assert (answers.address_era, answers.address_district) == ("legacy", "020")


def test_district_of_the_former_era_must_be_chosen() -> None:
    sent = {**ADDRESS, "era": "legacy", "district": "", "commune": ""}
    answer = with_draft(a_draft()).post("/dang-ky/dia-chi/", sent)
    assert "Xin chọn quận, huyện" in text_of(answer)


def test_choosing_from_a_list_keeps_what_was_typed_and_saves_nothing() -> None:
    draft_id = a_draft(phone="", address_province="")
    sent = {**ADDRESS, "phone": "half a num", "cap-nhat": "1"}
    answer = with_draft(draft_id).post("/dang-ky/dia-chi/", sent)
    assert answer.status_code == 200
    assert "00004 - Phường Ba Đình" in text_of(answer)
    assert typed_in(answer)["phone"] == "half a num"
    assert _view(draft_id).answers.phone == ""


def test_changing_the_era_keeps_what_was_typed() -> None:
    sent = {**ADDRESS, "cap-nhat": "legacy"}
    answer = with_draft(a_draft(phone="")).post("/dang-ky/dia-chi/", sent)
    assert "020 - Huyện Thanh Trì" in text_of(answer)
    assert typed_in(answer)["street"] == ADDRESS["street"]


@pytest.mark.parametrize("changes", [{"province": "\0"}, {"era": "x"}, {"street": "a\0b\x1bcd"}])
def test_nonsense_in_the_address_is_never_a_failure(changes: dict[str, str]) -> None:
    for refresh in ({}, {"cap-nhat": "1"}):
        sent = {**ADDRESS, **changes, **refresh}
        answer = with_draft(a_draft()).post("/dang-ky/dia-chi/", sent)
        assert answer.status_code in {200, 302, 422}


# --- the office -----------------------------------------------------------------------------------


def test_r05_office_must_stand_below_the_chosen_agency() -> None:
    draft_id = a_draft(office="", provincial_agency="")
    answer = with_draft(draft_id).post(
        "/dang-ky/co-quan/", {"provincial_agency": "079", "office": "00114"}
    )
    assert answer.status_code == 422
    assert "không trực thuộc" in text_of(answer)
    assert _view(draft_id).answers.office == ""


def test_r05_provincial_agency_may_itself_be_chosen() -> None:
    draft_id = a_draft(office="")
    sent = {"provincial_agency": "001", "office": "001"}
    assert with_draft(draft_id).post("/dang-ky/co-quan/", sent).status_code == 302
    assert _view(draft_id).answers.office == "001"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"provincial_agency": "001"},
        {"office": "00114"},
        {"provincial_agency": "999", "office": "00114"},
        {"provincial_agency": "001", "office": "99999"},
    ],
)
def test_office_that_is_not_one_is_asked_for_again(sent: dict[str, str]) -> None:
    answer = with_draft(a_draft(office="")).post("/dang-ky/co-quan/", sent)
    assert answer.status_code == 422
    assert "Xin chọn" in text_of(answer)


def test_r05_office_near_the_address_is_offered_with_its_address_and_phone() -> None:
    page = with_draft(a_draft(office="", provincial_agency="")).get("/dang-ky/co-quan/")
    assert "[001] BHXH" in text_of(page)
    assert "Gần địa chỉ của bạn" in page.content.decode()


def test_r19_phone_of_the_chosen_office_is_at_hand_at_every_step() -> None:
    client = with_draft(a_draft())
    for step in ("ban-than/", "giay-to/", "dia-chi/", "co-quan/", "xem-lai/"):
        assert "Thanh Trì" in text_of(client.get(f"/dang-ky/{step}"))


def test_office_waits_for_the_address() -> None:
    client = with_draft(a_draft(address_province=""))
    assert client.get("/dang-ky/co-quan/")["Location"] == "/dang-ky/dia-chi/"
